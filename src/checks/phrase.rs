//! Phrases, word by word in normal form, for all rules in one pass.
//!
//! Each phrase is filed under its first word that is no wildcard; the rest of it is compared only where that word stands. At one
//! place the longest phrase of a rule wins.

use super::gate::Opening;
use super::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{BlockKind, Document, Language};
use crate::facts::{Facts, Gates};
use crate::language::{Lexicon, key, words};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// Stands for one word of any kind.
const WILDCARD: &str = "*";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    scope: Scope,
    /// Articles in other languages are left alone.
    #[serde(default)]
    english_only: bool,
}

/// Where a phrase must stand.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Scope {
    /// Anywhere inside a sentence.
    Sentence,
    /// Alone in its block, where it does not belong: a heading over a paragraph is its topic, a footer has its own words.
    Block,
}

struct Entry {
    rule: usize,
    /// The words; `None` is a wildcard.
    words: Vec<Option<u64>>,
    /// Which of the words it is filed under.
    anchor: usize,
}

/// A rule of phrases.
struct Phrased {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
}

struct Phrases {
    rules: Vec<Phrased>,
    entries: Opening<Entry>,
}

/// Builds the check.
pub(super) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut phrases = Phrases { rules: Vec::new(), entries: Opening::default() };
    for (index, rule) in rules.iter().enumerate() {
        let options: Options = rule.options()?;
        phrases.rules.push(Phrased { rule: rule.clone(), options, message: rule.message(&["match"])? });
        for (number, list) in rule.phrase.iter().enumerate() {
            if list.any.is_empty() {
                return Err(rule.error(&["phrase", &number.to_string(), "any"], "this list holds no phrase"));
            }
            for (place, phrase) in list.any.iter().enumerate() {
                let words = words_of(phrase);
                let anchor = words.iter().position(Option::is_some);
                let (Some(anchor), Some(key)) = (anchor, words.iter().flatten().next().copied()) else {
                    let at = ["phrase", &number.to_string(), "any", &place.to_string()];
                    return Err(rule.error(&at, format!("“{phrase}” holds no word")));
                };
                if phrase.split_whitespace().any(|part| part.contains(WILDCARD) && part != WILDCARD) {
                    let at = ["phrase", &number.to_string(), "any", &place.to_string()];
                    return Err(rule.error(&at, format!("“{phrase}”: * stands for a whole word, between blanks")));
                }
                phrases.entries.add(key, Entry { rule: index, words, anchor });
            }
        }
    }
    Ok(Check::Document(Box::new(phrases)))
}

/// The words of a phrase; `None` is a wildcard.
pub(super) fn words_of(phrase: &str) -> Vec<Option<u64>> {
    let mut all = Vec::new();
    for part in phrase.split_whitespace() {
        match part {
            WILDCARD => all.push(None),
            _ => all.extend(words(part).map(|word| Some(key(word)))),
        }
    }
    all
}

impl Phrases {
    /// The words that a phrase covers when its anchor stands at `at`.
    fn place(&self, entry: &Entry, doc: &Document, at: usize) -> Option<Range<u32>> {
        let start = at.checked_sub(entry.anchor)?;
        let words = doc.words.get(start..start + entry.words.len())?;
        let first = words.first()?;
        let is_equal = words.iter().zip(&entry.words).all(|(word, key)| key.is_none_or(|key| key == word.key));
        let range = start as u32..(start + words.len()) as u32;
        let options = &self.rules[entry.rule].options;
        if options.english_only && doc.language == Language::Other {
            return None;
        }
        let fits = match options.scope {
            Scope::Sentence => words.iter().all(|word| word.sentence == first.sentence),
            Scope::Block => doc.block_of(range.start)?.words == range && !is_at_home(doc, first.sentence),
        };
        (is_equal && fits).then_some(range)
    }
}

/// A paragraph under a heading has at least so many words.
const PARAGRAPH_WORDS: usize = 12;

/// True for a sentence that belongs where it stands: a marked heading with a paragraph right under it, or a part of the page that
/// HTML marks as such.
pub(super) fn is_at_home(doc: &Document, sentence: u32) -> bool {
    let Some(block) = doc.sentences.get(sentence as usize).map(|s| s.block as usize) else { return false };
    if doc.blocks[block].area.is_furniture() {
        return true;
    }
    let is_marked = matches!(doc.blocks[block].kind, BlockKind::Heading(1..));
    let next = doc.blocks.get(block + 1);
    is_marked && next.is_some_and(|next| next.kind == BlockKind::Paragraph && next.words.len() >= PARAGRAPH_WORDS)
}

impl DocumentCheck for Phrases {
    fn open(&self, gates: &mut Gates) {
        self.entries.open_words(gates);
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let mut places: Vec<(u32, std::cmp::Reverse<u32>, usize)> = Vec::new();
        for at in &facts.openings.words {
            let word = doc.words.get(*at as usize);
            let Some(entries) = word.and_then(|word| self.entries.get(word.key)) else { continue };
            let place = |entry: &Entry| Some((entry.rule, self.place(entry, doc, *at as usize)?));
            let found = entries.iter().filter_map(place);
            places.extend(found.map(|(rule, range)| (range.start, std::cmp::Reverse(range.end), rule)));
        }
        places.sort_unstable();
        let mut taken: Vec<u32> = vec![0; self.rules.len()];
        for (start, std::cmp::Reverse(end), index) in places {
            if start < taken[index] {
                continue;
            }
            taken[index] = end;
            let Phrased { rule, message, .. } = &self.rules[index];
            let at = doc.words_text(start..end);
            let message = message.fill(&[("match", doc.slice(at))]);
            let words = start..end;
            out.push(Found { diagnostic: finding(rule, doc, at, &[words], message), sure: Sure::Certain });
        }
    }
}
