//! Regular expressions that are tried only where words or a sign open them.
//!
//! Every pattern names what must stand in a block before it is tried there: words (`mouse click`), also with the sign behind them
//! (`by-`, `by -`), signs (`{{`), or letters inside of words (`…XX`). A page that holds none of them costs nothing more. A match without a
//! word of prose in it is code or an address, and no trace.

mod check;

pub(in crate::checks) use check::build;

use super::expression::Expression;
use super::gate::{Letters, Opening, rarest};
use super::pattern::words_under;
use crate::document::Document;
use crate::facts::{Facts, Gates};
use crate::language::keys;
use crate::rules::{Rule, RuleError};
use crate::span::TextSpan;
use std::ops::Range;
use std::sync::Arc;

/// Stands before letters that open a pattern inside of words too.
const INSIDE: char = '…';

/// The patterns of some rules.
pub(super) struct Traces {
    /// Each with the number of its rule.
    patterns: Vec<(usize, Expression)>,
    words: Opening<Gate>,
    /// The patterns by the signs that open them.
    signs: Letters<usize>,
}

/// Words that open a pattern. They are filed under the rarest of them, so that few places are looked at.
struct Gate {
    pattern: usize,
    words: Vec<u64>,
    /// Which of the words it is filed under.
    anchor: usize,
    sign: Option<char>,
    /// True where a blank stands before the sign.
    is_parted: bool,
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
    /// The number of its rule.
    pub rule: usize,
}

impl Traces {
    /// The patterns of rules; `is_whole` where they must match a whole block.
    pub fn new(rules: &[Arc<Rule>], is_whole: bool) -> Result<Self, RuleError> {
        let mut traces = Self { patterns: Vec::new(), words: Opening::default(), signs: Letters::default() };
        let numbered = rules.iter().enumerate();
        for (index, rule) in numbered {
            traces.read(index, rule, is_whole)?;
        }
        Ok(traces)
    }

    fn read(&mut self, index: usize, rule: &Rule, is_whole: bool) -> Result<(), RuleError> {
        for (number, pattern) in rule.pattern.iter().enumerate() {
            if pattern.gate.is_empty() {
                let reason = "this pattern says with `gate` which word or sign opens it; it does not";
                return Err(rule.error(&["pattern", &number.to_string()], reason));
            }
            for gate in &pattern.gate {
                self.add(gate, self.patterns.len());
            }
            self.patterns.push((index, Expression::new(rule, number, is_whole)?));
        }
        Ok(())
    }

    fn add(&mut self, gate: &str, pattern: usize) {
        let is_words = gate.starts_with(char::is_alphanumeric);
        let words = if is_words { keys(gate) } else { Vec::new() };
        match rarest(&words) {
            Some(anchor) => {
                let sign = gate.chars().next_back().filter(|c| !c.is_alphanumeric());
                let is_parted = sign.is_some_and(|sign| gate.trim_end_matches(sign).ends_with(' '));
                self.words.add(words[anchor], Gate { pattern, words, anchor, sign, is_parted });
            }
            None => self.signs.add_written(gate.strip_prefix(INSIDE).unwrap_or(gate), pattern),
        }
    }

    /// Makes sure of every pattern.
    pub fn verify(&self, rules: &[Arc<Rule>]) -> Result<(), RuleError> {
        self.patterns.iter().try_for_each(|(rule, pattern)| pattern.verify(&rules[*rule]))
    }

    /// Opens the gates of all patterns.
    pub fn open(&self, gates: &mut Gates) {
        self.words.open_words(gates);
        self.signs.open_pairs(gates);
    }

    /// Calls `found` with every match, by pattern and then by place.
    pub fn find<'a>(&'a self, doc: &Document, facts: &Facts, mut found: impl FnMut(Trace<'a>)) {
        for (pattern, block) in self.openings(doc, facts) {
            let (Some((rule, pattern)), Some(within)) = (self.patterns.get(pattern), doc.blocks.get(block as usize))
            else {
                continue;
            };
            pattern.each_match(doc.slice(within.text), |range| {
                let at = TextSpan::new(within.text.start + range.start as u32, within.text.start + range.end as u32);
                let words = words_under(doc, within, at);
                if !words.is_empty() {
                    found(Trace { block, at, words, pattern, rule: *rule });
                }
            });
        }
    }

    /// The patterns that are opened, with the blocks, in order.
    fn openings(&self, doc: &Document, facts: &Facts) -> Vec<(usize, u32)> {
        let mut open = Vec::new();
        for index in &facts.openings.words {
            let Some(word) = doc.words.get(*index as usize) else { continue };
            let Some(gates) = self.words.get(word.key) else { continue };
            let Some(sentence) = doc.sentences.get(word.sentence as usize) else { continue };
            let is_open = |gate: &&Gate| gate.is_open(doc, *index as usize);
            open.extend(gates.iter().filter(is_open).map(|gate| (gate.pattern, sentence.block)));
        }
        self.signs.each(doc, facts, |pattern, block| open.push((pattern, block)));
        open.sort_unstable();
        open.dedup();
        open
    }
}

impl Gate {
    /// True where its words stand round the one at `index`, and its sign behind those.
    fn is_open(&self, doc: &Document, index: usize) -> bool {
        let Some(start) = index.checked_sub(self.anchor) else { return false };
        let end = start + self.words.len();
        let stand = || doc.words.get(start..end).unwrap_or_default();
        let is_equal = self.words.len() == 1
            || stand().len() == self.words.len() && stand().iter().zip(&self.words).all(|(word, key)| word.key == *key);
        let next = || {
            let end = doc.words.get(end - 1)?.text.end as usize;
            let behind = doc.text.get(end..)?;
            let sign = if self.is_parted { behind.strip_prefix(' ')? } else { behind };
            sign.chars().next()
        };
        is_equal && (self.sign.is_none() || self.sign == next())
    }
}
