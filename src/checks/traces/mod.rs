//! Regular expressions that are tried only where a word or a sign opens them.
//!
//! Every pattern names what must stand in a block before it is tried there: a word (`click`), a word with the sign behind it
//! (`by-`), or signs alone (`{{`). One pass over the words and one search for each sign serve all patterns of all rules;
//! a page that holds none of them costs nothing more. A match without a word of prose in it is code or an address, and no trace.

mod check;

pub(in crate::checks) use check::build;

use super::gate::Opening;
use super::expression::Expression;
use super::pattern::words_under;
use crate::document::{Block, Document};
use crate::language::key;
use crate::rules::{Rule, RuleError};
use crate::span::TextSpan;
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::ops::Range;

/// The patterns of one rule.
pub(super) struct Traces {
    patterns: Vec<Expression>,
    words: Opening<(usize, Option<char>)>,
    signs: Vec<(Finder<'static>, usize)>,
}

/// A match of a pattern.
pub(super) struct Trace<'a> {
    /// Its block, as an index into [`Document::blocks`].
    pub block: u32,
    /// What is marked.
    pub at: TextSpan,
    /// The words under it.
    pub words: Range<u32>,
    /// The pattern.
    pub pattern: &'a Expression,
}

impl Traces {
    /// The patterns of a rule; `is_whole` where they must match a whole block.
    pub fn new(rule: &Rule, is_whole: bool) -> Result<Self, RuleError> {
        let mut traces = Self { patterns: Vec::new(), words: Opening::default(), signs: Vec::new() };
        for (number, pattern) in rule.pattern.iter().enumerate() {
            if pattern.gate.is_empty() {
                let reason = "this pattern says with `gate` which word or sign opens it; it does not";
                return Err(rule.error(&["pattern", &number.to_string()], reason));
            }
            for gate in &pattern.gate {
                let word: String = gate.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')).collect();
                match word.is_empty() {
                    true => traces.signs.push((Finder::new(gate).into_owned(), number)),
                    false => traces.words.add(key(&word), (number, gate[word.len()..].chars().next())),
                }
            }
            traces.patterns.push(Expression::new(rule, number, is_whole)?);
        }
        Ok(traces)
    }

    /// Makes sure of every pattern.
    pub fn verify(&self, rule: &Rule) -> Result<(), RuleError> {
        self.patterns.iter().try_for_each(|pattern| pattern.verify(rule))
    }

    /// Calls `found` with every match, by pattern and then by place.
    pub fn find<'a>(&'a self, doc: &Document, mut found: impl FnMut(Trace<'a>)) {
        for (pattern, block) in self.openings(doc) {
            let (Some(pattern), Some(within)) = (self.patterns.get(pattern), doc.blocks.get(block as usize)) else {
                continue;
            };
            pattern.each_match(doc.slice(within.text), |range| {
                let at = TextSpan::new(within.text.start + range.start as u32, within.text.start + range.end as u32);
                let words = words_under(doc, within, at);
                if !words.is_empty() {
                    found(Trace { block, at, words, pattern });
                }
            });
        }
    }

    /// The patterns that are opened, with the blocks.
    fn openings(&self, doc: &Document) -> BTreeSet<(usize, u32)> {
        let mut open = BTreeSet::new();
        if !self.words.is_empty() {
            for word in &doc.words {
                let Some(patterns) = self.words.get(word.key) else { continue };
                let Some(sentence) = doc.sentences.get(word.sentence as usize) else { continue };
                let next = doc.text.get(word.text.end as usize..).and_then(|rest| rest.chars().next());
                let is_open = |sign: &Option<char>| sign.is_none() || *sign == next;
                open.extend(patterns.iter().filter(|(_, sign)| is_open(sign)).map(|(p, _)| (*p, sentence.block)));
            }
        }
        for (sign, pattern) in &self.signs {
            let mut from = 0;
            while let Some(at) = doc.text.as_bytes().get(from..).and_then(|rest| sign.find(rest)) {
                let at = (from + at) as u32;
                let block = doc.blocks.partition_point(|block: &Block| block.text.end <= at);
                let Some(within) = doc.blocks.get(block) else { break };
                open.insert((*pattern, block as u32));
                from = within.text.end as usize;
            }
        }
        open
    }
}
