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
    pairs: Box<[u64; PAIRS / 64]>,
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
        Self { words: vec![0; WORD_BITS / 64], has_words: false, pairs: Box::new([0; PAIRS / 64]), has_pairs: false }
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
        if self.has_pairs {
            self.each_pair(doc.text.as_bytes(), |at| openings.pairs.push(at as u32));
        }
        openings
    }

    /// Calls `found` with the places of a text where a pair stands. Most do not, and which does is as good as chance: a bit for each byte is worked
    /// out without a branch, and only words of bits that are not nought are looked at.
    fn each_pair(&self, text: &[u8], mut found: impl FnMut(usize)) {
        let Some((first, rest)) = text.split_first() else { return };
        // The zero behind the last byte ends the last pair.
        let (mut before, mut at) = (u16::from(*first), 0);
        let ends = rest.chunks(64).chain([&[0][..]]);
        for ends in ends {
            let mut bits = 0u64;
            for (index, end) in ends.iter().enumerate() {
                before = before << 8 | u16::from(*end);
                bits |= (self.pairs[usize::from(before) / 64] >> (before % 64) & 1) << index;
            }
            while bits != 0 {
                found(at + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
            at += ends.len();
        }
    }
}

/// The number of the pair of bytes that begins at a place; behind the last byte stands a zero.
pub fn pair_at(text: &[u8], at: usize) -> Option<u64> {
    let second = text.get(at + 1).copied().unwrap_or_default();
    text.get(at).map(|first| u64::from(*first) << 8 | u64::from(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_wherever_they_stand() {
        let mut gates = Gates::default();
        for pair in [*b"ab", *b"bc", *b"z\0"] {
            gates.add_pair(u64::from(pair[0]) << 8 | u64::from(pair[1]));
        }
        let mut text = b"ab".repeat(70);
        text.extend(b"..bc.cab.az");
        for start in 0..text.len() {
            let (text, mut found) = (&text[start..], Vec::new());
            gates.each_pair(text, |at| found.push(at));
            let stands = |at: &usize| {
                [*b"ab", *b"bc", *b"z\0"].iter().any(|pair| {
                    let own = u64::from(pair[0]) << 8 | u64::from(pair[1]);
                    pair_at(text, *at) == Some(own)
                })
            };
            assert_eq!(found, (0..text.len()).filter(stands).collect::<Vec<_>>());
        }
        gates.each_pair(b"", |at| panic!("a pair at {at} of nothing"));
    }
}
