//! Which words are near each other in meaning: `stitches` and `sutures`, `jog` and `run`. A table of vectors looked up in place.
//!
//! Built by `tools/`; see `rules/tables/README.md` for what from and for the layout.

/// The table as it lies in the repository.
static BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/kin.bin"));
/// Mark, number of words, numbers of a vector.
const HEAD: usize = 24;
/// Numbers of a vector; two of them share a byte.
const SIZE: usize = 64;

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
pub struct KinWord {
    place: u32,
    /// The product of its vector with itself.
    square: u32,
}

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
    /// The built-in table.
    pub fn builtin() -> Self {
        let words = BYTES.get(HEAD - 8..HEAD - 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let split = |bytes: &'static [u8], size| bytes.split_at_checked(words as usize * size).unwrap_or_default();
        let (marks, rest) = split(BYTES.get(HEAD..).unwrap_or_default(), 4);
        let (vectors, weights) = split(rest, SIZE / 2);
        Self { marks: marks.as_chunks().0, vectors: vectors.as_chunks().0, weights }
    }

    /// A word of the table, by its key.
    pub fn word(self, key: u64) -> Option<KinWord> {
        let place = self.place(key)?;
        let vector = self.packed(place);
        Some(KinWord { place, square: product(vector, vector).unsigned_abs() })
    }

    fn place(self, key: u64) -> Option<u32> {
        let mark = (key >> 32) as u32;
        self.marks.binary_search_by_key(&mark, |bytes| u32::from_le_bytes(*bytes)).ok().map(|place| place as u32)
    }

    /// How near two words are in meaning: 1 for the same, about 0 for words that have nothing to do with each other. The cosine of
    /// their vectors.
    pub fn nearness(self, a: KinWord, b: KinWord) -> f32 {
        let product = product(self.packed(a.place), self.packed(b.place));
        product as f32 / ((a.square as f32) * (b.square as f32)).sqrt().max(1.0)
    }

    /// What words are about, by their keys: each counts by its own weight.
    pub fn meaning_of(self, keys: impl Iterator<Item = u64>) -> Meaning {
        self.sum(keys.filter_map(|key| self.place(key)))
    }

    /// The same of words that were looked up already.
    pub fn meaning(self, words: impl Iterator<Item = KinWord>) -> Meaning {
        self.sum(words.map(|word| word.place))
    }

    fn sum(self, places: impl Iterator<Item = u32>) -> Meaning {
        let mut sum = [0.0; SIZE];
        for place in places {
            let weight = self.weights.get(place as usize).copied().map_or(0.0, f32::from);
            let vector = self.vector(place);
            sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += f32::from(number) * weight);
        }
        let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt().max(1.0);
        Meaning(sum.map(|number| number / length))
    }

    fn packed(self, place: u32) -> &'static [u8; SIZE / 2] {
        self.vectors.get(place as usize).unwrap_or(&[0; SIZE / 2])
    }

    /// The numbers of a vector: odd ones from -15 to 15, so that none is nought.
    fn vector(self, place: u32) -> [i16; SIZE] {
        let packed = self.packed(place);
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

/// The product of two vectors as they are packed: each number is twice its four bits less fifteen.
fn product(a: &[u8; SIZE / 2], b: &[u8; SIZE / 2]) -> i32 {
    let (mut both, mut sum) = (0i32, 0i32);
    for (a, b) in a.iter().zip(b) {
        let ([a, c], [b, d]) = ([a & 15, a >> 4].map(i32::from), [b & 15, b >> 4].map(i32::from));
        both += a * b + c * d;
        sum += a + b + c + d;
    }
    4 * both - 30 * sum + 225 * SIZE as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::key;

    #[test]
    fn words_of_one_meaning_are_near() {
        let kin = Kin::builtin();
        let near = |a: &str, b: &str| kin.nearness(kin.word(key(a)).expect(a), kin.word(key(b)).expect(b));
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
