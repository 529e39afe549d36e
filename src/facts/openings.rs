//! Where a document may open a phrase or a pattern of any rule: found in one pass over its words and one over its bytes.
//!
//! Most words and letters open nothing. Every check names beforehand the words and pairs of neighbouring bytes that it has something
//! filed under; it then looks at those few places alone, instead of reading the document once more.

use crate::document::Document;

/// Bits for the words of all rules; two thousand words set one in sixteen.
const WORD_BITS: usize = 1 << 15;
/// All pairs of bytes.
const PAIRS: usize = 1 << 16;

/// What may open anything, for all checks of a run.
#[derive(Clone, Debug)]
pub struct Gates {
    words: Vec<u64>,
    has_words: bool,
    /// A bit each: 8 KB, which stay in the cache next to the processor.
    pairs: Vec<u64>,
    /// True for bytes that a pair begins with.
    first: [bool; 256],
    has_pairs: bool,
}

/// The places of a document where something may begin, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openings {
    /// Indexes into [`Document::words`].
    pub words: Vec<u32>,
    /// Where in [`Document::text`] one of the pairs stands, in bytes.
    pub pairs: Vec<u32>,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            words: vec![0; WORD_BITS / 64],
            has_words: false,
            pairs: vec![0; PAIRS / 64],
            first: [false; 256],
            has_pairs: false,
        }
    }
}

impl Gates {
    /// Opens at a word, by its key.
    pub fn add_word(&mut self, key: u64) {
        let bit = key as usize % WORD_BITS;
        if let Some(bits) = self.words.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
            self.has_words = true;
        }
    }

    /// Opens at a pair of bytes, as [`pair_at`] numbers it.
    pub fn add_pair(&mut self, pair: u64) {
        if let Some(bits) = self.pairs.get_mut(pair as usize / 64) {
            *bits |= 1 << (pair % 64);
            self.first[usize::from((pair >> 8) as u8)] = true;
            self.has_pairs = true;
        }
    }

    /// The places of a document that may open something; a few others too.
    pub fn openings(&self, doc: &Document) -> Openings {
        let mut openings = Openings::default();
        let words = if self.has_words { doc.words.as_slice() } else { &[] };
        for (at, word) in words.iter().enumerate() {
            let bit = word.key as usize % WORD_BITS;
            if self.words.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1) {
                openings.words.push(at as u32);
            }
        }
        let bytes = if self.has_pairs { doc.text.as_bytes() } else { &[] };
        for (at, byte) in bytes.iter().enumerate() {
            // Most bytes begin no pair.
            if self.first[usize::from(*byte)] && pair_at(bytes, at).is_some_and(|pair| self.has_pair(pair)) {
                openings.pairs.push(at as u32);
            }
        }
        openings
    }

    fn has_pair(&self, pair: u64) -> bool {
        self.pairs.get(pair as usize / 64).is_some_and(|bits| bits >> (pair % 64) & 1 == 1)
    }
}

/// The number of the pair of bytes that begins at a place; behind the last byte stands a zero.
pub fn pair_at(text: &[u8], at: usize) -> Option<u64> {
    let second = text.get(at + 1).copied().unwrap_or_default();
    text.get(at).map(|first| u64::from(*first) << 8 | u64::from(second))
}
