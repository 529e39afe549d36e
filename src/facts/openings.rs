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
    /// A bit each: 8 KB, which stay in the cache next to the processor.
    pairs: Vec<u64>,
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
        Self { words: vec![0; WORD_BITS / 64], pairs: vec![0; PAIRS / 64], has_pairs: false }
    }
}

impl Gates {
    /// Opens at a word, by its key.
    pub fn add_word(&mut self, key: u64) {
        let bit = key as usize % WORD_BITS;
        if let Some(bits) = self.words.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
        }
    }

    /// Opens at a pair of bytes, as [`pair_at`] numbers it.
    pub fn add_pair(&mut self, pair: u64) {
        if let Some(bits) = self.pairs.get_mut(pair as usize / 64) {
            *bits |= 1 << (pair % 64);
            self.has_pairs = true;
        }
    }

    /// The places of a document that may open something; a few others too.
    pub fn openings(&self, doc: &Document) -> Openings {
        let opens = |key: u64| {
            let bit = key as usize % WORD_BITS;
            self.words.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
        };
        let words = doc.words.iter().enumerate().filter(|(_, word)| opens(word.key)).map(|(at, _)| at as u32);
        let mut openings = Openings { words: words.collect(), pairs: Vec::new() };
        if self.has_pairs {
            let bytes = doc.text.as_bytes();
            let is_open =
                |pair: u16| self.pairs.get(usize::from(pair / 64)).is_some_and(|bits| bits >> (pair % 64) & 1 == 1);
            let pairs = bytes.windows(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            openings.pairs.extend(pairs.enumerate().filter(|(_, pair)| is_open(*pair)).map(|(at, _)| at as u32));
            let last = bytes.len().saturating_sub(1);
            openings.pairs.extend(pair_at(bytes, last).filter(|pair| is_open(*pair as u16)).map(|_| last as u32));
        }
        openings
    }
}

/// The number of the pair of bytes that begins at a place; behind the last byte stands a zero.
pub fn pair_at(text: &[u8], at: usize) -> Option<u64> {
    let second = text.get(at + 1).copied().unwrap_or_default();
    text.get(at).map(|first| u64::from(*first) << 8 | u64::from(second))
}
