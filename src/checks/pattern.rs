//! Regular expressions over the visible text of each block.
//!
//! For what words alone cannot tell: the shape of a line, a word with a wrong ending. Matches that hold no word of prose
//! (inside code, say) do not count. The engine is linear in the text, whatever the pattern.

use super::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, Document};
use crate::facts::Facts;
use crate::language::normal_form;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;
use regex::{Captures, Regex};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The group that is marked, where a pattern has one.
const MARKED: &str = "at";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    scope: Scope,
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
    message: Template,
    source: String,
    /// Compiled when a gate opens for the first time: most runs need few.
    regex: OnceLock<Option<Regex>>,
    gate: Vec<Finder<'static>>,
    except: Vec<(String, BTreeSet<String>)>,
}

struct Patterns {
    rules: Vec<Arc<Rule>>,
    patterns: Vec<Compiled>,
    /// All gates at once: most documents hold none.
    gates: AhoCorasick,
}

/// Builds the check.
pub(super) fn build(rules: &[Arc<Rule>]) -> Result<Check, RuleError> {
    let gates = rules.iter().flat_map(|rule| &rule.pattern).flat_map(|pattern| &pattern.gate);
    let gates = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(gates);
    let gates = gates.map_err(|e| rules[0].error(format!("pattern: gate: {e}")))?;
    let mut check = Patterns { rules: Vec::new(), patterns: Vec::new(), gates };
    for (index, rule) in rules.iter().enumerate() {
        let options: Options = rule.options()?;
        check.rules.push(rule.clone());
        let own = rule.message(&["match"])?;
        for pattern in &rule.pattern {
            let anchored = match options.scope {
                Scope::Anywhere => pattern.regex.clone(),
                Scope::Block => format!("^(?:{})$", pattern.regex),
            };
            let except = pattern.except.iter().map(|(group, words)| {
                (group.clone(), words.iter().map(|word| normal_form(word)).collect::<BTreeSet<_>>())
            });
            let except = except.collect();
            let message = pattern.message.as_deref().map(|text| Template::new(text, &["match"])).transpose();
            let message =
                message.map_err(|e| rule.error(format!("pattern: message: {e}")))?.unwrap_or_else(|| own.clone());
            let gate = pattern.gate.iter().map(|letters| Finder::new(letters).into_owned()).collect();
            check.patterns.push(Compiled {
                rule: index,
                message,
                source: anchored,
                regex: OnceLock::new(),
                gate,
                except,
            });
        }
    }
    Ok(Check::Document(Box::new(check)))
}

impl Compiled {
    /// True where a text may hold a match.
    fn may_match(&self, text: &str) -> bool {
        self.gate.is_empty() || self.gate.iter().any(|letters| letters.find(text.as_bytes()).is_some())
    }

    /// The matches in a text. Patterns that do not compile match nothing; the tests of the rules compile all.
    fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Captures<'a>> {
        let regex = self.regex.get_or_init(|| Regex::new(&self.source).ok());
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
    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        let is_open = self.gates.is_match(&doc.text);
        let passes = |pattern: &&Compiled| pattern.gate.is_empty() || is_open && pattern.may_match(&doc.text);
        let patterns: Vec<_> = self.patterns.iter().filter(passes).collect();
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
                    let rule = &self.rules[pattern.rule];
                    let message = pattern.message.fill(&[("match", marked.as_str())]);
                    out.push(Found { diagnostic: finding(rule, doc, at, &[words], message), sure: Sure::Certain });
                }
            }
        }
    }
}

/// The words that a range touches.
fn words_under(doc: &Document, block: &Block, at: TextSpan) -> Range<u32> {
    let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
    let start = words.partition_point(|w| w.text.end <= at.start) as u32;
    let end = words.partition_point(|w| w.text.start < at.end) as u32;
    block.words.start + start..block.words.start + end.max(start)
}
