//! Which words and pairs of words give away a remark about a text: what was learnt from remarks of many writers, looked up in place.
//!
//! Built by `tools/`; see `rules/tables/README.md` for what from and for the layout.

/// The table as it lies in the repository.
static BYTES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/remark.bin"));
/// Mark, number of openers, number of features, the constant.
const HEAD: usize = 28;
/// Weights are told in parts of a nat.
const PARTS: f32 = 16.0;

/// Something that a text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// A word, by its key.
    Word(u64),
    /// Two words side by side.
    Pair(u64, u64),
    /// It doubts twice over: `??`.
    Doubt,
    /// It begins with a name that it speaks to.
    Addressee,
    /// It ends with initials.
    Signature,
}

impl Feature {
    /// Stands for any number in words and pairs.
    pub const NUMBER: u64 = 1;

    /// What it is filed under: the upper half of a key.
    pub fn mark(self) -> u32 {
        match self {
            Self::Word(key) => upper(key),
            Self::Pair(first, second) => upper(first.rotate_left(21).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ second),
            Self::Doubt => 2,
            Self::Addressee => 3,
            Self::Signature => 4,
        }
    }
}

fn upper(key: u64) -> u32 {
    (key >> 32) as u32
}

/// The weights of features.
#[derive(Clone, Copy, Debug)]
pub struct RemarkTable {
    openers: &'static [[u8; 8]],
    /// The upper halves of the features' keys.
    marks: &'static [[u8; 4]],
    weights: &'static [u8],
    always: f32,
}

impl RemarkTable {
    /// The built-in table.
    pub fn builtin() -> Self {
        let number =
            |at: usize| BYTES.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
        let split = |bytes: &'static [u8], size: usize| bytes.split_at_checked(size).unwrap_or_default();
        let (openers, features) = (number(HEAD - 12) as usize, number(HEAD - 8) as usize);
        let (openers, rest) = split(BYTES.get(HEAD..).unwrap_or_default(), openers * 8);
        let (marks, weights) = split(rest, features * 4);
        let always = number(HEAD - 4) as i32 as f32 / PARTS;
        Self { openers: openers.as_chunks().0, marks: marks.as_chunks().0, weights, always }
    }

    /// The words one of which a remark holds, by their keys.
    pub fn openers(self) -> impl Iterator<Item = u64> {
        self.openers.iter().map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// How likely a text that shows such features is a remark, as log odds; each counts once.
    pub fn odds(self, features: impl IntoIterator<Item = Feature>) -> f32 {
        let mut places: Vec<usize> = features.into_iter().filter_map(|feature| self.place(feature.mark())).collect();
        places.sort_unstable();
        places.dedup();
        let weight = |place: &usize| self.weights.get(*place).map_or(0.0, |weight| f32::from(*weight as i8) / PARTS);
        self.always + places.iter().map(weight).sum::<f32>()
    }

    fn place(self, mark: u32) -> Option<usize> {
        self.marks.binary_search_by_key(&mark, |bytes| u32::from_le_bytes(*bytes)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::keys;

    #[test]
    fn remarks_are_likelier_than_advice() {
        let table = RemarkTable::builtin();
        let odds = |text: &str| {
            let keys = keys(text);
            let pairs = keys.windows(2).map(|two| Feature::Pair(two[0], two[1]));
            table.odds(keys.iter().copied().map(Feature::Word).chain(pairs))
        };
        assert!(odds("I have shortened the intro as you asked and left the keywords where they were") > 2.0);
        assert!(odds("Shorten the walk on hot days and leave the stick where you can reach it") < -2.0);
        assert!(table.openers().count() > 100 && table.marks.is_sorted_by_key(|bytes| u32::from_le_bytes(*bytes)));
        assert_eq!(table.marks.len(), table.weights.len());
    }
}
