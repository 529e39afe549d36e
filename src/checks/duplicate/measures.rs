//! Numbers, times and doses: where two tellings differ in one, the reader is told two things.

use crate::document::{Word, WordKind};
use crate::language::{Lexicon, WordList};

/// The words of numbers and measures.
#[derive(Clone, Debug)]
pub(super) struct Measures {
    numbers: WordList,
    units: WordList,
}

impl Measures {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { numbers: lexicon.list("number word"), units: lexicon.list("measure") }
    }

    /// True where words of one telling and the words of the other that stand for them give another number, time or dose. A number in
    /// digits is not held against one in words.
    pub fn differ(&self, before: &[Word], after: &[Word]) -> bool {
        let differ = |is_one: &dyn Fn(&Word) -> bool| {
            let of = |words: &[Word]| words.iter().filter(|word| is_one(word)).map(|word| word.key).collect::<Vec<_>>();
            let (before, after) = (of(before), of(after));
            !before.is_empty() && !after.is_empty() && before != after
        };
        differ(&|word| word.kind == WordKind::Number)
            || differ(&|word| self.numbers.has(&[word.key]))
            || differ(&|word| self.units.has(&[word.key]))
    }
}
