//! What is known of swapped words: which pairs of neighbours good health articles hold, which of them belong together, which words
//! a spinner puts for which, and the phrases that came of it. A table looked up in place.
//!
//! Built by `tools/` from counts over clean text and from `rules/spun/pairs.tsv` and `phrases.tsv`; `rules/tables/README.md` tells
//! the layout. Words are compared by the keys of their folded forms, see [`folded`](super::folded).

use super::key;

/// The table, as the build script took it.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spun.bin"));
/// What the table begins with.
pub const MARK: &[u8; 16] = b"medlint spun 01\n";
/// The sections: blocks of the filter, collocations, words, phrases, texts; then their lengths, 32 bits each.
const SECTIONS: usize = 5;
/// Bits that a pair sets in its block of the filter.
pub const FILTER_BITS: u32 = 7;
/// Bytes of a block of the filter.
pub const BLOCK: usize = 64;

/// How far apart two words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Side by side.
    Next,
    /// Parted by small words only.
    Apart,
}

/// The key of a pair of words.
#[inline]
pub fn pair_key(first: u64, second: u64, gap: Gap) -> u64 {
    mixed(first ^ mixed(second ^ (gap as u64)))
}

/// The key of a phrase of no words.
pub const NO_WORDS: u64 = 1;

/// The key of a phrase with one word more.
#[inline]
pub fn longer_key(phrase: u64, word: u64) -> u64 {
    mixed(phrase ^ word.rotate_left(17))
}

/// The key of a phrase.
pub fn phrase_key(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().fold(NO_WORDS, longer_key)
}

/// The key under which the longest phrase is filed that begins with two words.
#[inline]
pub fn beginning_key(first: u64, second: u64) -> u64 {
    mixed(!pair_key(first, second, Gap::Next))
}

/// A 64-bit finaliser (splitmix64).
#[inline]
pub const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The slot of `slots` where a search for a key begins.
#[inline]
pub fn first_slot(key: u64, slots: usize) -> usize {
    ((u128::from(key) * slots as u128) >> 64) as usize
}

/// The bits of a key inside its block of the filter.
#[inline]
pub fn filter_bits(key: u64) -> impl Iterator<Item = usize> {
    let hash = mixed(key);
    (0..FILTER_BITS).map(move |number| (hash >> (number * 9)) as usize & (BLOCK * 8 - 1))
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// True where a swapped phrase begins with it.
    pub begins_phrase: bool,
    at: u32,
}

impl Known {
    /// True where it stands for another word.
    #[inline]
    pub fn has_originals(self) -> bool {
        self.at > 0
    }
}

/// A word that a spinner puts another one for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Original {
    /// The word, folded.
    pub word: &'static str,
    /// How much the swap speaks for a spun text before its place is looked at, in hundredths of nats; never above 0.
    pub base: i32,
}

/// What a swapped phrase says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It also stands in honest texts.
    Weak,
    /// It hardly stands in honest texts.
    Likely,
    /// It stands in no honest text.
    Certain,
}

/// A swapped phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwappedPhrase {
    /// What probably stood there.
    pub original: &'static str,
    /// What it says of a text.
    pub certainty: Certainty,
    /// How much it speaks for a spun text, in hundredths of nats.
    pub weight: u32,
}

/// The table of swapped words.
#[derive(Clone, Copy, Debug)]
pub struct SwapTable {
    filter: &'static [[u8; BLOCK]],
    collocations: &'static [[u8; 4]],
    words: &'static [[u8; 8]],
    phrases: &'static [[u8; 8]],
    texts: &'static [u8],
}

impl SwapTable {
    /// The built-in table.
    pub fn builtin() -> Self {
        // Data, not to be folded into code: another table of the same size may be put in its place for measuring.
        let bytes = std::hint::black_box(BYTES);
        let mut at = MARK.len() + SECTIONS * 4;
        let mut section = |number: usize| {
            let head = bytes.get(MARK.len() + number * 4..).and_then(|rest| rest.first_chunk::<4>());
            let length = head.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
            at += length;
            bytes.get(at - length..at).unwrap_or_default()
        };
        Self {
            filter: section(0).as_chunks().0,
            collocations: section(1).as_chunks().0,
            words: section(2).as_chunks().0,
            phrases: section(3).as_chunks().0,
            texts: section(4),
        }
    }

    /// True where good text holds the pair; a few others pass for known too.
    #[inline]
    pub fn is_attested(self, pair: u64) -> bool {
        let Some(block) = self.filter.get(first_slot(pair, self.filter.len())) else { return true };
        filter_bits(pair).all(|bit| block.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1))
    }

    /// How often a pair that belongs together stands in good health text, in sixteenths of doublings.
    pub fn collocation(self, pair: u64) -> Option<u32> {
        let mark = (pair as u32 & 0x00ff_ffff).max(1);
        let mut slot = first_slot(pair, self.collocations.len());
        for _ in 0..self.collocations.len() {
            let entry = u32::from_le_bytes(*self.collocations.get(slot)?);
            match entry & 0x00ff_ffff {
                0 => return None,
                found if found == mark => return Some(entry >> 24),
                _ => slot = slot_after(slot, self.collocations.len()),
            }
        }
        None
    }

    /// What is known of a word, by the key of its folded form.
    #[inline]
    pub fn word(self, word: u64) -> Option<Known> {
        let entry = find(self.words, word)?;
        Some(Known { begins_phrase: entry >> 24 != 0, at: entry & 0x00ff_ffff })
    }

    /// Tells what is no phrase of the table without a look into it.
    pub fn phrase_gate(self) -> PhraseGate {
        let mut bits = vec![0; 1 << (GATE_BITS - 6)];
        for slot in self.phrases {
            let mark = (u64::from_le_bytes(*slot) >> 32) as u32;
            if let Some(bits) = bits.get_mut(gate_bit(mark) / 64).filter(|_| mark > 0) {
                *bits |= 1 << (gate_bit(mark) % 64);
            }
        }
        PhraseGate(bits)
    }

    /// The most words of a swapped phrase that begins with these two; 0 where none does.
    #[inline]
    pub fn longest_phrase(self, gate: &PhraseGate, first: u64, second: u64) -> usize {
        let key = beginning_key(first, second);
        let mark = mark_of(key);
        match gate.lets_pass(mark) {
            true => find_marked(self.phrases, key, mark).map_or(0, |length| length as usize),
            false => 0,
        }
    }

    /// The words that a spinner puts this one for, the likeliest first.
    pub fn originals(self, known: Known) -> impl Iterator<Item = Original> {
        // A record at 0 would be empty: texts begin with a zero byte.
        let mut rest = self.texts.get(known.at as usize..).unwrap_or_default();
        let count = rest.split_off_first().copied().unwrap_or_default();
        (0..count).map_while(move |_| {
            let base = -4 * i32::from(*rest.split_off_first()?);
            Some(Original { word: text(&mut rest)?, base })
        })
    }

    /// How much the likeliest swap speaks for a spun text before its place is looked at; `None` where a word stands for no other.
    #[inline]
    pub fn best_base(self, known: Known) -> Option<i32> {
        match self.texts.get(known.at as usize..)? {
            [1..=u8::MAX, base, ..] => Some(-4 * i32::from(*base)),
            _ => None,
        }
    }

    /// The phrase of these words, by its key.
    pub fn phrase(self, key: u64) -> Option<SwappedPhrase> {
        let entry = find(self.phrases, key)?;
        let mut rest = self.texts.get(entry as usize..)?;
        let certainty = match rest.split_off_first()? {
            0 => Certainty::Weak,
            1 => Certainty::Likely,
            _ => Certainty::Certain,
        };
        let weight = u32::from(*rest.split_off_first()?) * 4;
        Some(SwappedPhrase { original: text(&mut rest)?, certainty, weight })
    }
}

/// The bits of a gate, as a power of two: 16 KB, which stay in the cache next to the processor.
const GATE_BITS: u32 = 17;

/// The marks of all phrases by their upper bits: eight in nine beginnings that are none need no look into the table.
#[derive(Clone, Debug)]
pub struct PhraseGate(Vec<u64>);

impl PhraseGate {
    fn lets_pass(&self, mark: u32) -> bool {
        self.0.get(gate_bit(mark) / 64).is_some_and(|bits| bits >> (gate_bit(mark) % 64) & 1 == 1)
    }
}

fn gate_bit(mark: u32) -> usize {
    (mark >> (u32::BITS - GATE_BITS)) as usize
}

/// What marks the slot of a key: the upper half of the mixed key; never 0.
fn mark_of(key: u64) -> u32 {
    ((mixed(key) >> 32) as u32).max(1)
}

fn slot_after(slot: usize, slots: usize) -> usize {
    if slot + 1 < slots { slot + 1 } else { 0 }
}

/// What is filed under a key: the upper half of a slot holds the mark, the lower half the entry.
fn find(slots: &[[u8; 8]], key: u64) -> Option<u32> {
    match slots.get(first_slot(key, slots.len()))? {
        [0, 0, 0, 0, 0, 0, 0, 0] => None,
        _ => find_marked(slots, key, mark_of(key)),
    }
}

fn find_marked(slots: &[[u8; 8]], key: u64, mark: u32) -> Option<u32> {
    let mut slot = first_slot(key, slots.len());
    for _ in 0..slots.len() {
        let entry = u64::from_le_bytes(*slots.get(slot)?);
        match (entry >> 32) as u32 {
            0 => return None,
            found if found == mark => return Some(entry as u32),
            _ => slot = slot_after(slot, slots.len()),
        }
    }
    None
}

/// A text with its length before it.
fn text(rest: &mut &'static [u8]) -> Option<&'static str> {
    let length = usize::from(*rest.split_off_first()?);
    std::str::from_utf8(rest.split_off(..length)?).ok()
}

/// The key of a word as the table knows it.
pub fn word_key(word: &str) -> u64 {
    key(&super::folded(word))
}
