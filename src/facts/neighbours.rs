//! The words that stand beside a word, in one breath: no punctuation between them.
//!
//! Up to four: the next word on either side, and behind small words (articles, prepositions, numbers) the next word of weight, no
//! more than four words away. These are the pairs that the table of swapped words counts and the checks ask for.

use crate::document::{Document, WordKind};
use crate::language::{Gap, KeyMap, Lexicon, folded, folded_key, key};

/// The list of the lexicon that holds the small words.
const LIST: &str = "small word";
/// So many words away a neighbour may stand.
const FARTHEST: usize = 4;

/// The small words, by the keys of their folded forms.
#[derive(Clone, Debug)]
pub struct SmallWords(KeyMap<()>);

/// A word beside another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The key of its folded form.
    pub key: u64,
    /// How far away it stands.
    pub gap: Gap,
    /// True on the right.
    pub is_after: bool,
    /// True for small words and numbers.
    pub is_small: bool,
}

/// A document with the folded forms of its words.
#[derive(Clone, Debug)]
pub struct FoldedWords<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The keys of the folded forms, a word each.
    pub keys: Vec<u64>,
}

impl SmallWords {
    /// The small words of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut words = KeyMap::default();
        words.extend(lexicon.words(LIST).iter().map(|word| (key(&folded(word)), ())));
        Self(words)
    }

    /// True for a small word or a number.
    pub fn has(&self, words: &FoldedWords<'_>, at: usize) -> bool {
        words.doc.words.get(at).is_none_or(|word| word.kind == WordKind::Number)
            || words.keys.get(at).is_none_or(|key| self.0.contains_key(key))
    }

    /// The next word on one side.
    pub fn next(&self, words: &FoldedWords<'_>, at: usize, is_after: bool) -> Option<Neighbour> {
        let place = words.step(at, is_after)?;
        let key = *words.keys.get(place)?;
        Some(Neighbour { key, gap: Gap::Next, is_after, is_small: self.has(words, place) })
    }

    /// The next word of weight on one side, where small words stand between.
    pub fn apart(&self, words: &FoldedWords<'_>, at: usize, is_after: bool) -> Option<Neighbour> {
        let mut place = words.step(at, is_after).filter(|place| self.has(words, *place))?;
        for _ in 1..FARTHEST {
            place = words.step(place, is_after)?;
            if !self.has(words, place) {
                let key = *words.keys.get(place)?;
                return Some(Neighbour { key, gap: Gap::Apart, is_after, is_small: false });
            }
        }
        None
    }
}

impl<'a> FoldedWords<'a> {
    /// Folds the words of a document.
    pub fn new(doc: &'a Document) -> Self {
        let folded = |word: &crate::document::Word| folded_key(doc.slice(word.text), word.key);
        Self { doc, keys: doc.words.iter().map(folded).collect() }
    }

    /// The word before or after, where nothing parts them.
    fn step(&self, at: usize, is_after: bool) -> Option<usize> {
        let before = if is_after { at } else { at.checked_sub(1)? };
        let next = if is_after { at + 1 } else { before };
        self.is_joined(before).then_some(next)
    }

    /// True where no more than blanks, hyphens and the like part a word from the next one.
    pub fn is_joined(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.doc.words.get(at), self.doc.words.get(at + 1)) else { return false };
        word.sentence == next.sentence
            && match self.doc.text.get(word.text.end as usize..next.text.start as usize) {
                Some(" " | "-") => true,
                Some(between) => between.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\'' | '’' | '*' | '_')),
                None => false,
            }
    }
}
