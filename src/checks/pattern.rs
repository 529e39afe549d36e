//! Regular expressions over the visible text of each block.
//!
//! For what words alone cannot tell: the shape of a line, a word with a wrong ending. Matches that hold no word of prose
//! (inside code, say) do not count. The engine is linear in the text, whatever the pattern.

use super::expression::Expression;
use super::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, Document, Language};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use aho_corasick::{AhoCorasick, MatchKind};
use regex_syntax::hir::literal::Extractor;
use serde::Deserialize;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

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

struct Compiled {
    rule: usize,
    expression: Expression,
    /// Letters of which some must stand in a text that it matches; empty where nobody can tell.
    letters: Vec<Vec<u8>>,
    /// The letters as one automaton, made when first needed: most runs need few.
    gate: OnceLock<Option<AhoCorasick>>,
}

/// A rule of patterns.
struct Patterned {
    rule: Arc<Rule>,
    message: Template,
    is_english_only: bool,
}

struct Patterns {
    rules: Vec<Patterned>,
    patterns: Vec<Compiled>,
    /// All gates at once, so that one pass over a document tells which patterns may match; and whose each gate is.
    gates: Option<AhoCorasick>,
    owners: Vec<usize>,
}

/// Builds the check.
pub(super) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut check = Patterns { rules: Vec::new(), patterns: Vec::new(), gates: None, owners: Vec::new() };
    for (index, rule) in rules.iter().enumerate() {
        let options: Options = rule.options()?;
        let message = rule.message(&["match"])?;
        check.rules.push(Patterned { rule: rule.clone(), message, is_english_only: options.english_only });
        for (number, pattern) in rule.pattern.iter().enumerate() {
            let expression = Expression::new(rule, number, options.scope == Scope::Block)?;
            let letters = match pattern.gate.as_slice() {
                [] => beginnings(&expression.source),
                letters => letters.iter().map(|letters| letters.as_bytes().to_vec()).collect(),
            };
            check.patterns.push(Compiled { rule: index, expression, letters, gate: OnceLock::new() });
        }
    }
    let gates =
        check.patterns.iter().enumerate().flat_map(|(index, p)| p.letters.iter().map(move |gate| (index, gate)));
    let (owners, letters): (Vec<usize>, Vec<&Vec<u8>>) = gates.unzip();
    check.gates = AhoCorasick::builder().match_kind(MatchKind::Standard).build(letters).ok();
    check.owners = owners;
    Ok(Check::Document(Box::new(check)))
}

fn automaton<'a>(letters: impl Iterator<Item = &'a Vec<u8>>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(letters).ok()
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

impl Compiled {
    /// True where a text may hold a match.
    fn may_match(&self, text: &str) -> bool {
        self.letters.is_empty() || {
            let gate = self.gate.get_or_init(|| automaton(self.letters.iter()));
            gate.as_ref().is_none_or(|gate| gate.is_match(text))
        }
    }
}

impl DocumentCheck for Patterns {
    fn verify(&self) -> Result<(), RuleError> {
        self.patterns.iter().try_for_each(|pattern| pattern.expression.verify(&self.rules[pattern.rule].rule))
    }

    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        let mut is_open: Vec<bool> = self.patterns.iter().map(|pattern| pattern.letters.is_empty()).collect();
        match &self.gates {
            Some(gates) => gates
                .find_overlapping_iter(&doc.text)
                .filter_map(|gate| self.owners.get(gate.pattern().as_usize()))
                .for_each(|owner| is_open[*owner] = true),
            None => is_open.fill(true),
        }
        let is_foreign = doc.language == Language::Other;
        let is_meant = |pattern: &&Compiled| !(is_foreign && self.rules[pattern.rule].is_english_only);
        let open = self.patterns.iter().zip(is_open).filter(|(_, is_open)| *is_open).map(|(pattern, _)| pattern);
        let patterns: Vec<_> = open.filter(is_meant).collect();
        if patterns.is_empty() {
            return;
        }
        for block in &doc.blocks {
            let text = doc.slice(block.text);
            for pattern in patterns.iter().filter(|pattern| pattern.may_match(text)) {
                pattern.expression.each_match(text, |range| {
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
