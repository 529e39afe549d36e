//! What boxes, bottles and strips hold: a number that is no dose.

use crate::document::{Document, Word};
use crate::facts::time::{Kind, Time};
use crate::facts::{Claim, Facts};
use crate::language::{KeyMap, Lexicon, WordList, keys};
use std::ops::Range;

/// Doses are kept in thousandths.
pub(super) const THOUSAND: i64 = 1000;
/// What stands round a container.
pub(super) const LIST: &str = "supply";
/// Words between a container and its number, at most: “holds exactly”.
pub(super) const BETWEEN: usize = 3;
/// So many of them are no part of a phrase of the lexicon.
const LOOSE: usize = 1;

/// Which numbers are those of containers; cheap to ask where there is none.
#[derive(Clone, Debug)]
pub(super) struct Containers {
    names: WordList,
    holds: WordList,
    within: WordList,
    /// Measures of what is weighed or poured, not counted.
    weights: WordList,
    numbers: KeyMap<i64>,
}

/// What a container holds.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// The container and the number, with what stands between them.
    pub words: Range<u32>,
    pub sentence: u32,
    /// In thousandths of the measure, where that is named.
    pub amount: i64,
    pub measure: Option<u16>,
}

impl Containers {
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut numbers = KeyMap::default();
        for entry in lexicon.entries("quantity") {
            let values = entry.forms().filter_map(|form| match keys(form).as_slice() {
                [word] => Some((*word, entry.value?)),
                _ => None,
            });
            numbers.extend(values);
        }
        let measures = lexicon.entries("dose unit").iter().filter(|entry| entry.of.is_some());
        Self {
            names: lexicon.list("container"),
            holds: cues(lexicon, LIST, "holds"),
            within: cues(lexicon, LIST, "within"),
            weights: WordList::of(measures.flat_map(|entry| entry.forms())),
            numbers,
        }
    }

    /// True for a claim about what a container holds.
    pub fn hold(&self, doc: &Document, facts: &Facts, claim: &Claim) -> bool {
        let time = facts.time(claim).filter(|time| matches!(time.kind, Kind::Dose { .. }));
        let sentence = time.and_then(|_| doc.sentences.get(claim.sentence as usize));
        let (Some(time), Some(sentence)) = (time, sentence) else { return false };
        self.in_words(doc, facts, sentence.words.clone()).any(|held| meet(&held.words, &time.words))
    }

    /// True where one of some words names a container.
    pub fn name(&self, words: &[u64]) -> bool {
        words.iter().any(|key| self.names.has(&[*key]))
    }

    /// True where words name a measure of what is weighed or poured.
    pub fn are_weighed(&self, doc: &Document, words: Range<u32>) -> bool {
        slice(doc, words).iter().any(|word| self.weights.has(&[word.key]))
    }

    /// What is held in a stretch of words.
    pub fn in_words<'a>(
        &'a self,
        doc: &'a Document,
        facts: &'a Facts,
        words: Range<u32>,
    ) -> impl Iterator<Item = Held> + 'a {
        let is_name = |at: &u32| doc.words.get(*at as usize).is_some_and(|word| self.names.has(&[word.key]));
        words.clone().filter(is_name).filter_map(move |at| {
            self.behind(doc, facts, at, words.end).or_else(|| self.before(doc, facts, at, words.start))
        })
    }

    /// `the box holds 28 tablets`, `a pack of twenty`.
    fn behind(&self, doc: &Document, facts: &Facts, at: u32, end: u32) -> Option<Held> {
        let number = (at + 2..end.min(at + 2 + BETWEEN as u32)).find(|number| self.number(doc, *number).is_some())?;
        let between = slice(doc, at + 1..number);
        let least = between.len().saturating_sub(LOOSE).max(1);
        let holds = (least..=between.len()).any(|length| self.holds.has(&key_list(&between[..length])));
        holds.then(|| self.held(doc, facts, at..number + 1, number)).flatten()
    }

    /// `100 ml in the bottle`, `the ten in the box`.
    fn before(&self, doc: &Document, facts: &Facts, at: u32, start: u32) -> Option<Held> {
        let starts = (1..=BETWEEN as u32).filter_map(|length| at.checked_sub(length)).filter(|from| *from > start);
        let from = starts.into_iter().find(|from| self.within.has(&key_list(slice(doc, *from..at))))?;
        let first = facts.times.partition_point(|time| time.words.end < from);
        let ends_here = |time: &&Time| time.words.end == from && matches!(time.kind, Kind::Dose { .. });
        let time = facts.times.get(first).filter(ends_here);
        let number = time.map_or(from - 1, |time| time.words.start);
        let number = (number..from).find(|number| self.number(doc, *number).is_some())?;
        self.held(doc, facts, number..at + 1, number)
    }

    fn held(&self, doc: &Document, facts: &Facts, words: Range<u32>, number: u32) -> Option<Held> {
        let sentence = doc.words.get(number as usize)?.sentence;
        let first = facts.times.partition_point(|time| time.words.end <= number);
        let time = facts.times.get(first).filter(|time| time.words.contains(&number));
        let (amount, measure) = match time {
            Some(Time { kind: Kind::Dose { measure, per: None }, interval: Some(interval), .. }) => {
                (interval.lo, Some(*measure))
            }
            Some(_) => return None,
            None => (self.number(doc, number)?.saturating_mul(THOUSAND), None),
        };
        let end = time.map_or(words.end, |time| time.words.end.max(words.end));
        (amount > THOUSAND).then_some(Held { words: words.start..end, sentence, amount, measure })
    }

    /// The number that a word is.
    pub fn number(&self, doc: &Document, at: u32) -> Option<i64> {
        let word = doc.words.get(at as usize)?;
        doc.slice(word.text).parse().ok().or_else(|| self.numbers.get(&word.key).copied())
    }
}

/// True for stretches of words that share one.
pub(super) fn meet(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

pub(super) fn slice(doc: &Document, words: Range<u32>) -> &[Word] {
    doc.words.get(words.start as usize..words.end as usize).unwrap_or_default()
}

pub(super) fn key_list(words: &[Word]) -> Vec<u64> {
    words.iter().map(|word| word.key).collect()
}

/// The phrases of one kind.
pub(super) fn cues(lexicon: &Lexicon, list: &str, of: &str) -> WordList {
    let entries = lexicon.entries(list).iter().filter(|entry| entry.of.as_deref() == Some(of));
    WordList::of(entries.flat_map(|entry| entry.forms()))
}
