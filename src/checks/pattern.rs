//! Regular expressions over the visible text of each block.
//!
//! For what words alone cannot tell: the shape of a line, a word with a wrong ending. Matches that hold no word of prose
//! (inside code, say) do not count. The engine is linear in the text, whatever the pattern.

use super::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, Document, Language};
use crate::facts::Facts;
use crate::language::{Lexicon, normal_form};
use crate::rules::{Rule, RuleError, Template, nearest, proposed};
use crate::span::TextSpan;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Captures, Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A compiled pattern is at most this large.
const MOST_BYTES: usize = 4 << 20;

/// A pattern of so many ranges compiles to less than [`MOST_BYTES`], whatever it is; larger ones are tried.
const SURELY_SMALL: usize = 4_000;

/// A pattern that can begin in more ways has no gate, unless its file names one.
const MOST_BEGINNINGS: usize = 48;
/// Shorter beginnings stand in most texts, in bytes.
const SHORTEST_BEGINNING: usize = 2;

/// The group that is marked, where a pattern has one.
const MARKED: &str = "at";

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
    /// Its number among the patterns of its rule.
    number: usize,
    message: Template,
    source: String,
    /// Letters of which some must stand in a text that it matches; empty where nobody can tell.
    letters: Vec<Vec<u8>>,
    /// The letters as one automaton, and the expression itself: both made when first needed, most runs need few.
    gate: OnceLock<Option<AhoCorasick>>,
    regex: OnceLock<Option<Regex>>,
    except: Vec<(String, BTreeSet<String>)>,
}

struct Patterns {
    /// Rules, and whether they are about English only.
    rules: Vec<(Arc<Rule>, bool)>,
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
        check.rules.push((rule.clone(), options.english_only));
        let own = rule.message(&["match"])?;
        for (number, pattern) in rule.pattern.iter().enumerate() {
            let source = match options.scope {
                Scope::Anywhere => pattern.regex.clone(),
                Scope::Block => format!("^(?:{})$", pattern.regex),
            };
            let except = pattern.except.iter().map(|(group, words)| {
                (group.clone(), words.iter().map(|word| normal_form(word)).collect::<BTreeSet<_>>())
            });
            let message = match &pattern.message {
                Some(text) => rule.template(text, &["match"], &["pattern", &number.to_string(), "message"])?,
                None => own.clone(),
            };
            check.patterns.push(Compiled {
                rule: index,
                number,
                message,
                letters: match pattern.gate.as_slice() {
                    [] => beginnings(&source),
                    letters => letters.iter().map(|letters| letters.as_bytes().to_vec()).collect(),
                },
                source,
                gate: OnceLock::new(),
                regex: OnceLock::new(),
                except: except.collect(),
            });
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

    /// The regular expression compiled, in bounded memory.
    fn compile(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.source).size_limit(MOST_BYTES).build()
    }

    /// The matches in a text. Patterns that do not compile match nothing; [`DocumentCheck::verify`] finds them.
    fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Captures<'a>> {
        let regex = self.regex.get_or_init(|| self.compile().ok());
        regex.iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// True where a group holds a word that makes the match honest.
    fn is_excepted(&self, captures: &Captures<'_>) -> bool {
        self.except
            .iter()
            .any(|(group, words)| captures.name(group).is_some_and(|m| words.contains(&normal_form(m.as_str()))))
    }
}

impl DocumentCheck for Patterns {
    fn verify(&self) -> Result<(), RuleError> {
        for pattern in &self.patterns {
            let (rule, _) = &self.rules[pattern.rule];
            let number = pattern.number.to_string();
            let wrong = |reason: &str| rule.error(&["pattern", &number, "regex"], reason);
            let unusable = |error: regex_syntax::Error| {
                let error = error.to_string();
                let last = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
                wrong(&format!("this regular expression cannot be used: {last}"))
            };
            // Parsing finds every mistake but the size, and is much cheaper than compiling; first as it was written.
            let written = rule.pattern.get(pattern.number).map_or("", |pattern| &pattern.regex);
            regex_syntax::parse(written).map_err(unusable)?;
            let read = regex_syntax::parse(&pattern.source).map_err(unusable)?;
            if read.properties().minimum_len() == Some(0) {
                return Err(wrong("this pattern can match nothing at all; it must need at least one character"));
            }
            if read.properties().look_set().contains_word_unicode() {
                return Err(wrong(r"\b is thirty times slower than (?-u:\b); write that"));
            }
            if size(&read) > SURELY_SMALL && pattern.compile().is_err() {
                return Err(wrong("this pattern is too large; use smaller repetitions"));
            }
            let gates = rule.pattern.get(pattern.number).map_or(&[][..], |pattern| &pattern.gate);
            if let Some(empty) = gates.iter().position(String::is_empty) {
                let at = ["pattern", &number, "gate", &empty.to_string()];
                return Err(rule.error(&at, "this gate is empty, so it is always open"));
            }
            let groups = groups(&read);
            if let Some((group, _)) = pattern.except.iter().find(|(group, _)| !groups.contains(&group.as_str())) {
                let near = proposed(nearest(group, groups));
                let reason = format!("the regular expression has no group “{group}”{near}");
                return Err(rule.error(&["pattern", &number, "except", group], reason).about_key());
            }
        }
        Ok(())
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
        let is_meant = |pattern: &&Compiled| !(is_foreign && self.rules[pattern.rule].1);
        let open = self.patterns.iter().zip(is_open).filter(|(_, is_open)| *is_open).map(|(pattern, _)| pattern);
        let patterns: Vec<_> = open.filter(is_meant).collect();
        if patterns.is_empty() {
            return;
        }
        for block in &doc.blocks {
            let text = doc.slice(block.text);
            for pattern in patterns.iter().filter(|pattern| pattern.may_match(text)) {
                for captures in pattern.matches(text) {
                    let marked = captures.name(MARKED).or(captures.get(0));
                    let Some(marked) = marked.filter(|_| !pattern.is_excepted(&captures)) else { continue };
                    let at =
                        TextSpan::new(block.text.start + marked.start() as u32, block.text.start + marked.end() as u32);
                    let words = words_under(doc, block, at);
                    if words.is_empty() {
                        continue;
                    }
                    let (rule, _) = &self.rules[pattern.rule];
                    let message = pattern.message.fill(&[("match", marked.as_str())]);
                    out.push(Found { diagnostic: finding(rule, doc, at, &[words], message), sure: Sure::Certain });
                }
            }
        }
    }
}

/// How large a pattern is, in ranges of characters, repetitions multiplied out.
fn size(pattern: &Hir) -> usize {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repeated) => {
            let times = repeated.max.unwrap_or(repeated.min).max(repeated.min).max(1) as usize;
            size(&repeated.sub).saturating_mul(times)
        }
        HirKind::Capture(group) => size(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum: usize, part| sum.saturating_add(size(part)))
        }
    }
}

/// The names of the groups of a pattern.
fn groups(pattern: &Hir) -> Vec<&str> {
    match pattern.kind() {
        HirKind::Capture(group) => group.name.as_deref().into_iter().chain(groups(&group.sub)).collect(),
        HirKind::Repetition(repeated) => groups(&repeated.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

/// The words that a range touches.
fn words_under(doc: &Document, block: &Block, at: TextSpan) -> Range<u32> {
    let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
    let start = words.partition_point(|w| w.text.end <= at.start) as u32;
    let end = words.partition_point(|w| w.text.start < at.end) as u32;
    block.words.start + start..block.words.start + end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_patterns_compile() {
        for piece in ["a", r"\w", r"\pL", "(?i:k)", r"[^\pL]", "(?i:straße|maß)", r"(?:\d+|\pS)?", "[a-zà-ÿ一-龯]", "."]
        {
            let one = size(&regex_syntax::parse(piece).expect("a pattern"));
            let source = piece.repeat(SURELY_SMALL / one);
            let read = regex_syntax::parse(&source).expect("a pattern");
            assert!(size(&read) <= SURELY_SMALL, "{piece}: {}", size(&read));
            let pattern = RegexBuilder::new(&source).size_limit(MOST_BYTES).build();
            assert!(pattern.is_ok(), "{piece}: {pattern:?}");
        }
    }

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

    #[test]
    fn sizes_multiply() {
        let of = |pattern: &str| size(&regex_syntax::parse(pattern).expect("a pattern"));
        assert_eq!((of("abc"), of("(?:ab){3}"), of("(?:(?:ab){30}){100}")), (3, 6, 6000));
        assert!(of("(?:(?:a{1000}){1000}){1000}") > SURELY_SMALL);
        assert_eq!(groups(&regex_syntax::parse("(?P<a>x)(?:(?P<b>y)|z)+").expect("a pattern")), ["a", "b"]);
    }
}
