//! What opens a phrase or a pattern: tables asked at the few places of a document that may open anything, see
//! [`Openings`](crate::facts::Openings).
//!
//! Words open by their keys. Letters open by two neighbouring bytes of theirs, the rarest in most texts; only where the two stand, the
//! rest is compared.

use crate::document::{Block, Document};
use crate::facts::{Facts, Gates, pair_at};
use crate::language::{KeyMap, WordTable};
use memchr::arch::all::packedpair::Pair;

/// Bits of the filter; a thousand words set one in eight.
const BITS: usize = 1 << 13;

/// A map from keys, asked much more often than it answers: a small set of bits is asked before it.
#[derive(Clone, Debug)]
pub(super) struct Opening<T> {
    bits: Box<[u64; BITS / 64]>,
    entries: KeyMap<Vec<T>>,
}

impl<T> Default for Opening<T> {
    fn default() -> Self {
        Self { bits: Box::new([0; BITS / 64]), entries: KeyMap::default() }
    }
}

impl<T> Opening<T> {
    /// Files something under a key.
    pub fn add(&mut self, key: u64, value: T) {
        let bit = key as usize % BITS;
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.entries.entry(key).or_default().push(value);
    }

    /// What is filed under a key.
    pub fn get(&self, key: u64) -> Option<&[T]> {
        let bit = key as usize % BITS;
        match self.bits[bit / 64] >> (bit % 64) & 1 {
            0 => None,
            _ => self.entries.get(&key).map(Vec::as_slice),
        }
    }

    /// Opens the gates at all its words.
    pub fn open_words(&self, gates: &mut Gates) {
        self.entries.keys().for_each(|key| gates.add_word(*key));
    }
}

/// Which of some words is the rarest in health articles; the first of several.
pub(super) fn rarest(words: &[u64]) -> Option<usize> {
    let table = WordTable::builtin();
    let rarity = |key: u64| table.get(key).map_or(u32::MAX, |form| form.rarity);
    (0..words.len()).rev().max_by_key(|at| rarity(words[*at]))
}

/// Letters that open something.
#[derive(Clone, Debug)]
struct Filed<T> {
    letters: Vec<u8>,
    is_any_case: bool,
    /// Where in them the pair stands that they are filed under.
    offset: usize,
    value: T,
}

/// A map from letters, for all places where they stand.
#[derive(Clone, Debug)]
pub(super) struct Letters<T> {
    filed: Opening<Filed<T>>,
    pairs: Vec<u64>,
}

impl<T> Default for Letters<T> {
    fn default() -> Self {
        Self { filed: Opening::default(), pairs: Vec::new() }
    }
}

/// A key for a pair of bytes. The map takes keys as they are, and those of words are well mixed.
fn mixed(pair: u64) -> u64 {
    pair.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl<T: Copy> Letters<T> {
    /// Files something under letters; no letters open nothing.
    pub fn add(&mut self, letters: &[u8], value: T) {
        self.add_as(letters, false, value);
    }

    /// Files something under letters as a rule file writes them: without a capital they stand for capitals too.
    pub fn add_written(&mut self, letters: &str, value: T) {
        let has_capital = letters.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_any_case = !has_capital && letters.bytes().any(|byte| byte.is_ascii_lowercase());
        self.add_as(letters.as_bytes(), is_any_case, value);
    }

    fn add_as(&mut self, letters: &[u8], is_any_case: bool, value: T) {
        let rarest = Pair::new(letters).map_or(0, |pair| usize::from(pair.index1()));
        let offset = rarest.min(letters.len().saturating_sub(2));
        let filed = || Filed { letters: letters.to_vec(), is_any_case, offset, value };
        match letters {
            [] => {}
            [one] => (0..=u8::MAX).for_each(|next| self.file(u64::from(*one) << 8 | u64::from(next), filed())),
            _ => {
                let written = |at: usize| {
                    let byte = letters.get(at).copied().unwrap_or_default();
                    let capital = Some(byte.to_ascii_uppercase()).filter(|capital| is_any_case && *capital != byte);
                    [Some(byte), capital].into_iter().flatten()
                };
                for first in written(offset) {
                    for second in written(offset + 1) {
                        self.file(u64::from(first) << 8 | u64::from(second), filed());
                    }
                }
            }
        }
    }

    fn file(&mut self, pair: u64, filed: Filed<T>) {
        self.filed.add(mixed(pair), filed);
        self.pairs.push(pair);
    }

    /// Opens the gates at all its letters.
    pub fn open_pairs(&self, gates: &mut Gates) {
        self.pairs.iter().for_each(|pair| gates.add_pair(*pair));
    }

    /// Calls `found` with what is filed under the letters that stand in a block, and the block.
    pub fn each(&self, doc: &Document, facts: &Facts, mut found: impl FnMut(T, u32)) {
        let text = doc.text.as_bytes();
        let mut index = 0;
        for place in &facts.openings.pairs {
            let place = *place as usize;
            let filed = pair_at(text, place).and_then(|pair| self.filed.get(mixed(pair))).unwrap_or_default();
            for Filed { letters, is_any_case, offset, value } in filed {
                let Some(start) = place.checked_sub(*offset) else { continue };
                let stands = |stand: &[u8]| stand == letters || *is_any_case && stand.eq_ignore_ascii_case(letters);
                if !text.get(start..start + letters.len()).is_some_and(stands) {
                    continue;
                }
                while doc.blocks.get(index).is_some_and(|block| (block.text.end as usize) <= place) {
                    index += 1;
                }
                let is_within = |block: &Block| {
                    block.text.start as usize <= start && start + letters.len() <= block.text.end as usize
                };
                if doc.blocks.get(index).is_some_and(is_within) {
                    found(*value, index as u32);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parser;
    use crate::language::Lexicon;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    #[test]
    fn letters_are_found_in_their_blocks() {
        let text = "Up here {a\n\nthe ‘in step’ with\n\nlast {";
        let source = Source::new("a.txt", Format::Plain, text.as_bytes().to_vec()).expect("text");
        let doc = Parser::new(&Lexicon::default()).parse(Arc::new(source));
        let mut letters = Letters::default();
        for (index, own) in ["{", "in step", "’", "step with", "a\n\nthe", ""].iter().enumerate() {
            letters.add(own.as_bytes(), index);
        }
        let mut gates = Gates::default();
        letters.open_pairs(&mut gates);
        let facts = Facts { openings: gates.openings(&doc), ..Facts::default() };
        let mut all = Vec::new();
        letters.each(&doc, &facts, |index, block| all.push((index, block)));
        assert_eq!(all, [(0, 0), (1, 1), (2, 1), (0, 2)]);
    }

    #[test]
    fn small_letters_stand_for_capitals() {
        let source = Source::new("a.txt", Format::Plain, b"[Url] [url] [URL] [uRL]".to_vec()).expect("text");
        let doc = Parser::new(&Lexicon::default()).parse(Arc::new(source));
        let (mut letters, mut gates) = (Letters::default(), Gates::default());
        letters.add_written("[url", 'a');
        letters.add_written("[URL", 'A');
        letters.open_pairs(&mut gates);
        let facts = Facts { openings: gates.openings(&doc), ..Facts::default() };
        let mut all = Vec::new();
        letters.each(&doc, &facts, |value, _| all.push(value));
        all.sort_unstable();
        assert_eq!(all, ['A', 'a', 'a', 'a', 'a']);
    }
}
