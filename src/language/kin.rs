//! Which words are near each other in meaning: `stitches` and `sutures`, `jog` and `run`. A table of vectors looked up in place.
//!
//! Built by `tools/`; see `rules/tables/README.md` for what from and for the layout.

/// The table as it lies in the repository.
static KIN: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/kin.bin"));
/// The table of how words are used.
static USAGE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/usage.bin"));
/// Mark, number of words, numbers of a vector.
const HEAD: usize = 24;
/// Numbers of a vector; two of them share a byte.
const SIZE: usize = 64;

/// The largest number of a vector.
const LARGEST: f32 = 15.0;

/// The vectors of words.
#[derive(Clone, Copy, Debug)]
pub struct Kin {
    marks: &'static [[u8; 4]],
    vectors: &'static [[u8; SIZE / 2]],
    /// How much each word tells of what its sentence is about.
    weights: &'static [u8],
}

/// A word of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KinWord(u32);

/// What a group of words is about: a direction, of length 1, or 0 where no word is known.
#[derive(Clone, Copy, Debug)]
pub struct Meaning([f32; SIZE]);

impl Meaning {
    /// How near two groups of words are in meaning: the cosine.
    pub fn nearness(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
}

impl Kin {
    /// Which words are near in meaning.
    pub fn builtin() -> Self {
        Self::of(KIN)
    }

    /// Which words play one part in statements about times and amounts: what a model that tells contradicting ones from others makes of them.
    pub fn usage() -> Self {
        Self::of(USAGE)
    }

    fn of(table: &'static [u8]) -> Self {
        let words = table.get(HEAD - 8..HEAD - 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let split = |bytes: &'static [u8], size| bytes.split_at_checked(words as usize * size).unwrap_or_default();
        let (marks, rest) = split(table.get(HEAD..).unwrap_or_default(), 4);
        let (vectors, weights) = split(rest, SIZE / 2);
        Self { marks: marks.as_chunks().0, vectors: vectors.as_chunks().0, weights }
    }

    /// A word of the table, by its key.
    pub fn word(self, key: u64) -> Option<KinWord> {
        let mark = (key >> 32) as u32;
        self.marks
            .binary_search_by_key(&mark, |bytes| u32::from_le_bytes(*bytes))
            .ok()
            .map(|place| KinWord(place as u32))
    }

    /// True for a word that tells what its sentence is about, as far as anybody knows: small words do not.
    pub fn tells(self, key: u64) -> bool {
        self.word(key).is_none_or(|word| self.weights.get(word.0 as usize).is_none_or(|weight| *weight > 0))
    }

    /// What words are about, by their keys: each counts by its own weight.
    pub fn meaning_of(self, keys: impl Iterator<Item = u64>) -> Meaning {
        self.meaning(keys.filter_map(|key| self.word(key)))
    }

    /// The same of words that were looked up already.
    pub fn meaning(self, words: impl Iterator<Item = KinWord>) -> Meaning {
        let mut sum = [0.0; SIZE];
        for word in words {
            let weight = self.weights.get(word.0 as usize).copied().map_or(0.0, f32::from);
            let vector = self.vector(word);
            sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += f32::from(number) * weight);
        }
        let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt().max(1.0);
        Meaning(sum.map(|number| number / length))
    }

    /// The vector of a word: numbers from -1 to 1.
    pub fn vector_of(self, word: KinWord) -> [f32; SIZE] {
        self.vector(word).map(|number| f32::from(number) / LARGEST)
    }

    /// The numbers of a vector: odd ones from -15 to 15, so that none is nought.
    fn vector(self, word: KinWord) -> [i16; SIZE] {
        let packed = self.vectors.get(word.0 as usize).unwrap_or(&[0; SIZE / 2]);
        let (mut low, mut high) = ([0; SIZE / 2], [0; SIZE / 2]);
        for (byte, (low, high)) in packed.iter().zip(low.iter_mut().zip(&mut high)) {
            *low = 2 * i16::from(byte & 15) - 15;
            *high = 2 * i16::from(byte >> 4) - 15;
        }
        let mut vector = [0; SIZE];
        vector[..SIZE / 2].copy_from_slice(&low);
        vector[SIZE / 2..].copy_from_slice(&high);
        vector
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::key;

    #[test]
    fn words_of_one_meaning_are_near() {
        let kin = Kin::builtin();
        let near =
            |a: &str, b: &str| kin.meaning_of([key(a)].into_iter()).nearness(&kin.meaning_of([key(b)].into_iter()));
        assert!(near("stitches", "sutures") > near("stitches", "breakfast") + 0.3);
        assert!(near("spectacles", "glasses") > near("spectacles", "tablets") + 0.3);
        assert!(near("jogging", "jogging") > 0.999);
        assert_eq!(kin.word(key("qwertzuiop")), None);
    }

    #[test]
    fn what_sentences_are_about_is_near_in_other_words() {
        let kin = Kin::builtin();
        let meaning = |text: &str| kin.meaning_of(text.split(' ').map(key));
        let wheel = meaning("stay away from behind the wheel");
        assert!(
            wheel.nearness(&meaning("driving your car")) > wheel.nearness(&meaning("resume swimming lengths")) + 0.3
        );
        assert!(wheel.nearness(&wheel) > 0.999);
        assert_eq!(wheel.nearness(&meaning("")), 0.0);
    }

    #[test]
    fn the_table_is_in_order() {
        let kin = Kin::builtin();
        assert!(kin.marks.is_sorted_by_key(|bytes| u32::from_le_bytes(*bytes)));
        assert_eq!(kin.marks.len(), kin.vectors.len());
        assert_eq!(kin.marks.len(), kin.weights.len());
    }
}
