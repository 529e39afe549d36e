//! Which words may open something: a small set of bits before any table is asked. Most words of an article open nothing, and
//! asking the bits costs a fraction of a look-up.

use crate::language::KeyMap;

/// Bits of the filter; a thousand words set one in eight.
const BITS: usize = 1 << 13;

/// A map from the keys of words, asked for every word of an article.
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
    /// Files something under a word.
    pub fn add(&mut self, key: u64, value: T) {
        let bit = key as usize % BITS;
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.entries.entry(key).or_default().push(value);
    }

    /// What is filed under a word.
    pub fn get(&self, key: u64) -> Option<&[T]> {
        let bit = key as usize % BITS;
        match self.bits[bit / 64] >> (bit % 64) & 1 {
            0 => None,
            _ => self.entries.get(&key).map(Vec::as_slice),
        }
    }

    /// True where nothing is filed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
