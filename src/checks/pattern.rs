//! Regular expressions over the visible text of each block.
//!
//! For what words alone cannot tell: the shape of a line, a word with a wrong ending. Matches that hold no word of prose
//! (inside code, say) do not count. A pattern is tried on the blocks where letters stand that open it; the engine is linear in the
//! text, whatever the pattern.

use super::expression::Expression;
use super::gate::Letters;
use super::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, Document, Language};
use crate::facts::{Facts, Gates};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use regex_syntax::hir::literal::Extractor;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A pattern that can begin in more ways has no gate, unless its file names one.
const MOST_BEGINNINGS: usize = 48;
/// Shorter beginnings stand in most texts, in bytes.
const SHORTEST_BEGINNING: usize = 2;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    scope: Scope,
    /// Articles in other languages are left alone.
    #[serde(default)]
    english_only: bool,
}

/// Where a pattern must match.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Scope {
    /// Anywhere in a block.
    Anywhere,
    /// All of a block.
    Block,
}

struct Tried {
    rule: usize,
    expression: Expression,
    /// True where nobody can tell which letters stand in a text that it matches.
    is_always_open: bool,
}

/// A rule of patterns.
struct Patterned {
    rule: Arc<Rule>,
    message: Template,
    is_english_only: bool,
}

struct Patterns {
    rules: Vec<Patterned>,
    patterns: Vec<Tried>,
    /// The patterns by the letters that open them.
    letters: Letters<usize>,
}

/// Builds the check.
pub(super) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut check = Patterns { rules: Vec::new(), patterns: Vec::new(), letters: Letters::default() };
    for (index, rule) in rules.iter().enumerate() {
        let options: Options = rule.options()?;
        let message = rule.message(&["match"])?;
        check.rules.push(Patterned { rule: rule.clone(), message, is_english_only: options.english_only });
        for (number, pattern) in rule.pattern.iter().enumerate() {
            let expression = Expression::new(rule, number, options.scope == Scope::Block)?;
            let letters = if pattern.gate.is_empty() { beginnings(&expression.source) } else { Vec::new() };
            let is_always_open = letters.is_empty() && pattern.gate.is_empty();
            letters.iter().for_each(|letters| check.letters.add(letters, check.patterns.len()));
            pattern.gate.iter().for_each(|letters| check.letters.add_written(letters, check.patterns.len()));
            check.patterns.push(Tried { rule: index, expression, is_always_open });
        }
    }
    Ok(Check::Document(Box::new(check)))
}

/// The letters that a match of a pattern can begin with, where they are few and long enough to be rare.
fn beginnings(source: &str) -> Vec<Vec<u8>> {
    let Ok(read) = regex_syntax::parse(source) else { return Vec::new() };
    let found = Extractor::new().limit_total(MOST_BEGINNINGS).extract(&read);
    let letters = found.literals().unwrap_or_default();
    match letters.iter().all(|literal| literal.len() >= SHORTEST_BEGINNING) {
        true => letters.iter().map(|literal| literal.as_bytes().to_vec()).collect(),
        false => Vec::new(),
    }
}

impl Patterns {
    /// The blocks with the patterns that are open there.
    fn openings(&self, doc: &Document, facts: &Facts) -> BTreeSet<(u32, usize)> {
        let is_foreign = doc.language == Language::Other;
        let is_meant = |pattern: &Tried| !(is_foreign && self.rules[pattern.rule].is_english_only);
        let mut open = BTreeSet::new();
        self.letters.each(doc, facts, |pattern, block| {
            if is_meant(&self.patterns[pattern]) {
                open.insert((block, pattern));
            }
        });
        let always =
            self.patterns.iter().enumerate().filter(|(_, pattern)| pattern.is_always_open && is_meant(pattern));
        always.for_each(|(pattern, _)| open.extend((0..doc.blocks.len() as u32).map(|block| (block, pattern))));
        open
    }
}

impl DocumentCheck for Patterns {
    fn verify(&self) -> Result<(), RuleError> {
        self.patterns.iter().try_for_each(|pattern| pattern.expression.verify(&self.rules[pattern.rule].rule))
    }

    fn open(&self, gates: &mut Gates) {
        self.letters.open_pairs(gates);
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        for (block, pattern) in self.openings(doc, facts) {
            let (Some(block), Some(pattern)) = (doc.blocks.get(block as usize), self.patterns.get(pattern)) else {
                continue;
            };
            pattern.expression.each_match(doc.slice(block.text), |range| {
                let at = TextSpan::new(block.text.start + range.start as u32, block.text.start + range.end as u32);
                let words = words_under(doc, block, at);
                if words.is_empty() {
                    return;
                }
                let Patterned { rule, message, .. } = &self.rules[pattern.rule];
                let message = pattern.expression.message(message, doc.slice(at));
                let sure = if pattern.expression.is_likely { Sure::Likely } else { Sure::Certain };
                out.push(Found { diagnostic: finding(rule, doc, at, &[words], message), sure });
            });
        }
    }
}

/// The words that a range touches.
pub(super) fn words_under(doc: &Document, block: &Block, at: TextSpan) -> Range<u32> {
    let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
    let start = words.partition_point(|w| w.text.end <= at.start) as u32;
    let end = words.partition_point(|w| w.text.start < at.end) as u32;
    block.words.start + start..block.words.start + end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_derived() {
        let of = |source: &str| {
            beginnings(source).into_iter().map(|l| String::from_utf8(l).expect("text")).collect::<Vec<_>>()
        };
        assert_eq!(of(r"(?:rest|bed)\s+days"), ["rest", "bed"]);
        assert!(
            of("(?i)lakeside")
                .iter()
                .all(|start| "lakeside".starts_with(&start.to_lowercase().replace('\u{212a}', "k")))
        );
        assert_eq!((of(r"\w+ing"), of("a|rest"), of("")), (vec![], vec![], vec![]));
    }
}
