//! The words that stand beside a word, in one breath: no punctuation between them.
//!
//! Up to four: the next word on either side, and behind small words (articles, prepositions, numbers) the next word of weight, no
//! more than four words away. These are the pairs that the table of swapped words counts and the checks ask for. Words are folded once
//! for all who ask, and the few of them that the table knows are listed.

use crate::document::{Document, Language, Word, WordKind};
use crate::facts::Facts;
use crate::language::swaps::Known;
use crate::language::{Gap, KeyMap, Lexicon, SwapTable, folded, folded_key_of_first, key};

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
#[derive(Clone, Copy, Debug)]
pub struct FoldedWords<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The keys of the folded forms, a word each.
    pub keys: &'a [u64],
}

/// A word that the table of swapped words knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swapped {
    /// Which word it is, as an index into [`Document::words`].
    pub at: u32,
    /// What the table knows of it.
    pub known: Known,
}

/// The keys of the folded forms of all words.
pub fn folded_keys(doc: &Document) -> Vec<u64> {
    let text = doc.text.as_bytes();
    let folded = |word: &Word| {
        // Only these have an ending to lose.
        if !matches!(text.get((word.text.end as usize).saturating_sub(1)), Some(b's' | b'S')) {
            return word.key;
        }
        let rest = doc.text.get(word.text.start as usize..).unwrap_or_default();
        folded_key_of_first(rest, (word.text.end - word.text.start) as usize, word.key)
    };
    doc.words.iter().map(folded).collect()
}

/// Folds the words of a document and finds those that the table knows; nothing in other languages than English.
pub(super) fn find_swapped(doc: &Document, table: SwapTable, facts: &mut Facts) {
    if doc.language == Language::Other {
        return;
    }
    facts.folded = folded_keys(doc);
    let known = |(at, key): (usize, &u64)| Some(Swapped { at: at as u32, known: table.word(*key)? });
    facts.swapped.extend(facts.folded.iter().enumerate().filter_map(known));
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
    #[inline]
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

impl FoldedWords<'_> {
    /// The word before or after, where nothing parts them.
    fn step(&self, at: usize, is_after: bool) -> Option<usize> {
        let before = if is_after { at } else { at.checked_sub(1)? };
        let next = if is_after { at + 1 } else { before };
        self.is_joined(before).then_some(next)
    }

    /// True where no more than blanks, hyphens and the like part a word from the next one.
    #[inline]
    pub fn is_joined(&self, at: usize) -> bool {
        let Some([word, next]) = self.doc.words.get(at..).and_then(|words| words.first_chunk()) else { return false };
        let (from, to) = (word.text.end as usize, next.text.start as usize);
        word.sentence == next.sentence
            && match self.doc.text.as_bytes().get(from) {
                Some(b' ' | b'-') if to == from + 1 => true,
                _ => self.doc.text.get(from..to).is_some_and(|between| {
                    between.chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '\'' | '’' | '*' | '_'))
                }),
            }
    }
}
