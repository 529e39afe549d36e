//! Word lists that several parts share, read from files with `kind = "words"`.
//!
//! A list is a set of phrases by name. Built-in lists lie under `rules/lexicon`; the parser and checks ask for a list by
//! its name and get an empty one where nobody wrote it.

use super::{KeyMap, WordsFile, key, keys};
use std::collections::{BTreeMap, BTreeSet};

/// A set of phrases, compared in normal form.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    words: KeyMap<()>,
    phrases: BTreeSet<Vec<u64>>,
}

impl WordList {
    /// True where just these words, in normal form, stand in the list.
    pub fn has(&self, keys: &[u64]) -> bool {
        match keys {
            [word] => self.words.contains_key(word),
            phrase => self.phrases.contains(phrase),
        }
    }

    /// True where the list holds this text as a phrase.
    pub fn has_text(&self, text: &str) -> bool {
        let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_word { self.words.contains_key(&key(text)) } else { self.has(&keys(text)) }
    }
}

/// All lists by name.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lists: BTreeMap<String, WordList>,
}

impl Lexicon {
    /// Joins files into lists.
    pub fn new<'a>(files: impl IntoIterator<Item = &'a WordsFile>) -> Self {
        let mut lexicon = Self::default();
        for file in files {
            let list = lexicon.lists.entry(file.list.clone()).or_default();
            for phrase in file.words.iter().map(|phrase| keys(phrase)) {
                match phrase.as_slice() {
                    [word] => drop(list.words.insert(*word, ())),
                    _ => drop(list.phrases.insert(phrase)),
                }
            }
        }
        lexicon
    }

    /// The list of this name; empty where there is none.
    pub fn list(&self, name: &str) -> WordList {
        self.lists.get(name).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_list_are_joined() {
        let file = |words: &[&str]| WordsFile {
            kind: "words".into(),
            list: "title".into(),
            about: String::new(),
            words: words.iter().map(|w| (*w).to_owned()).collect(),
        };
        let lexicon = Lexicon::new(&[file(&["Dr", "e.g."]), file(&["Prof"])]);
        let titles = lexicon.list("title");
        assert!(titles.has_text("prof") && titles.has_text("E.G") && !titles.has_text("doctor"));
        assert!(!lexicon.list("unknown").has_text("dr"));
    }
}
