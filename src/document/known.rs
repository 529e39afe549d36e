//! What a parser knows before it reads: abbreviations, headings of reference lists, the small words of English.

use super::sentences::Splitter;
use super::{Document, Language};
use crate::language::{Lexicon, WordList};
use memchr::memmem::Finder;

/// A text of fewer words tells no language.
const FEWEST_WORDS: usize = 20;
/// So many words are looked at.
const MOST_WORDS: usize = 200;
/// English prose has at least so many function words in a hundred; other languages have hardly any of them.
const ENGLISH_PERCENT: usize = 20;
/// With fewer function words in a hundred the text is not English.
const FOREIGN_PERCENT: usize = 8;

/// The word lists that reading needs.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Cuts blocks into sentences.
    pub splitter: Splitter,
    /// Headings over lists of sources.
    pub reference_headings: WordList,
    /// Finds addresses without a scheme.
    pub www: Finder<'static>,
    function_words: WordList,
}

impl Known {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            splitter: Splitter::new(lexicon),
            reference_headings: lexicon.list("reference heading"),
            www: Finder::new("www."),
            function_words: lexicon.list("function word"),
        }
    }

    /// The language of a document: what its front matter says, or else what its words tell.
    pub fn language(&self, doc: &Document) -> Language {
        let named =
            doc.front_matter.as_ref().and_then(|f| ["lang", "language", "locale"].iter().find_map(|key| f.get(key)));
        if let Some(name) = named.and_then(|value| value.as_str()) {
            let is_english = name.get(..2).is_some_and(|code| code.eq_ignore_ascii_case("en"));
            return if is_english { Language::English } else { Language::Other };
        }
        let words = doc.words.get(..MOST_WORDS).unwrap_or(&doc.words);
        let known = words.iter().filter(|word| self.function_words.has(&[word.key])).count();
        match known * 100 / words.len().max(1) {
            _ if words.len() < FEWEST_WORDS => Language::Unknown,
            ENGLISH_PERCENT.. => Language::English,
            FOREIGN_PERCENT.. => Language::Unknown,
            _ => Language::Other,
        }
    }
}
