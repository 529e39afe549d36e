//! Word lists that several parts share, read from files with `kind = "words"`.
//!
//! A list is a set of phrases by name. Built-in lists lie under `rules/lexicon`; the parser and checks ask for a list by
//! its name and get an empty one where nobody wrote it. The words of a list may stand for something, a number or a length of
//! time: those are its entries.

use super::{Entry, KeyMap, WordsFile, key, keys};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// A set of phrases, compared in normal form.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    words: KeyMap<()>,
    phrases: BTreeSet<Vec<u64>>,
    /// The words that entries begin with.
    first: KeyMap<()>,
    longest: usize,
}

impl WordList {
    /// A list of these phrases.
    pub fn of<'a>(phrases: impl IntoIterator<Item = &'a String>) -> Self {
        let mut list = Self::default();
        phrases.into_iter().for_each(|phrase| list.add(phrase));
        list
    }

    fn add(&mut self, phrase: &str) {
        let phrase = keys(phrase);
        self.first.extend(phrase.first().map(|word| (*word, ())));
        self.longest = self.longest.max(phrase.len());
        match phrase.as_slice() {
            [] => {}
            [word] => drop(self.words.insert(*word, ())),
            _ => drop(self.phrases.insert(phrase)),
        }
    }

    /// True where just these words, in normal form, stand in the list.
    pub fn has(&self, keys: &[u64]) -> bool {
        match keys {
            [word] => self.words.contains_key(word),
            phrase => self.phrases.contains(phrase),
        }
    }

    /// Calls `phrase` with the words of each entry, in normal form, words before longer phrases.
    pub fn each(&self, mut phrase: impl FnMut(&[u64])) {
        let mut words: Vec<u64> = self.words.keys().copied().collect();
        words.sort_unstable();
        words.iter().for_each(|word| phrase(&[*word]));
        self.phrases.iter().for_each(|words| phrase(words));
    }

    /// The number of words of its longest phrase; 0 for an empty list.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// True where these words begin with an entry.
    pub fn begins(&self, words: impl Iterator<Item = u64>) -> bool {
        let mut words = words.peekable();
        if !words.peek().is_some_and(|word| self.first.contains_key(word)) {
            return false;
        }
        let keys: Vec<u64> = words.take(self.longest).collect();
        (1..=keys.len()).any(|length| self.has(&keys[..length]))
    }

    /// True where an entry stands anywhere in these words.
    pub fn stands_in(&self, words: &[u64]) -> bool {
        let ends = |rest: &[u64]| (1..=self.longest.min(rest.len())).any(|length| self.has(&rest[..length]));
        (0..words.len()).any(|start| self.first.contains_key(&words[start]) && ends(&words[start..]))
    }

    /// True where the list holds this text as a phrase.
    pub fn has_text(&self, text: &str) -> bool {
        let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric());
        let first = || super::words(text).next().is_some_and(|first| self.first.contains_key(&key(first)));
        if is_word { self.words.contains_key(&key(text)) } else { first() && self.has(&keys(text)) }
    }
}

/// All lists by name. A list is read, and put in order, only for who asks for it; copies share what was read.
#[derive(Clone, Debug, Default)]
pub struct Lexicon(Arc<BTreeMap<String, Written>>);

/// A list: files of words as they were packed, and what was added to them.
#[derive(Clone, Debug, Default)]
struct Written {
    packed: Vec<&'static str>,
    added: Vec<WordsFile>,
    read: OnceLock<Contents>,
}

/// What the files of a list hold, in order.
#[derive(Clone, Debug, Default)]
struct Contents {
    words: Vec<String>,
    entries: Vec<Entry>,
}

impl Lexicon {
    /// Joins files into lists.
    pub fn new<'a>(files: impl IntoIterator<Item = &'a WordsFile>) -> Self {
        let mut lexicon = Self::default();
        files.into_iter().for_each(|file| lexicon.add(file));
        lexicon
    }

    /// The lists in files that were packed, a line each: the name of the list, a tab, the packed file.
    pub fn packed(files: &'static str) -> Self {
        let mut lists: BTreeMap<String, Written> = BTreeMap::new();
        for (list, file) in files.lines().filter_map(|line| line.split_once('\t')) {
            lists.entry(list.to_owned()).or_default().packed.push(file);
        }
        Self(Arc::new(lists))
    }

    /// Joins one more file.
    pub fn add(&mut self, file: &WordsFile) {
        let list = Arc::make_mut(&mut self.0).entry(file.list.clone()).or_default();
        list.added.push(file.clone());
        list.read = OnceLock::new();
    }

    /// The words of this list that stand for something, in order; empty where there are none.
    pub fn entries(&self, name: &str) -> &[Entry] {
        self.0.get(name).map_or(&[], |list| list.contents().entries.as_slice())
    }

    /// The plain words of this list as written, in order; empty where there are none.
    pub fn words(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], |list| list.contents().words.as_slice())
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The list of this name; empty where there is none.
    pub fn list(&self, name: &str) -> WordList {
        let mut list = WordList::default();
        if let Some(written) = self.0.get(name).map(Written::contents) {
            written
                .words
                .iter()
                .chain(written.entries.iter().flat_map(Entry::forms))
                .for_each(|phrase| list.add(phrase));
        }
        list
    }
}

impl Written {
    fn contents(&self) -> &Contents {
        self.read.get_or_init(|| {
            let packed = self.packed.iter().map(|line| WordsFile::unpacked(line));
            let mut contents = Contents::default();
            for (words, entries) in packed.chain(self.added.iter().cloned().map(|file| (file.words, file.entry))) {
                contents.words.extend(words);
                contents.entries.extend(entries);
            }
            contents
        })
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
            entry: Vec::new(),
        };
        let lexicon = Lexicon::new(&[file(&["Dr", "e.g."]), file(&["Prof"])]);
        let titles = lexicon.list("title");
        assert!(titles.has_text("prof") && titles.has_text("E.G") && !titles.has_text("doctor"));
        assert!(!lexicon.list("unknown").has_text("dr"));
    }
}
