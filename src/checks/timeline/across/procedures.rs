//! Which procedure an article is about.

use crate::document::Document;
use crate::language::{KeyMap, Lexicon, keys};

/// The list of the lexicon.
const LIST: &str = "procedure";
/// An article whose title names none is about the one that it names so often, at least.
const OFTEN: usize = 3;

/// The procedures of a lexicon.
#[derive(Clone, Debug)]
pub struct Procedures {
    names: Vec<String>,
    /// By the first word: all words, and the number of the procedure; longer ones first.
    by_first: KeyMap<Vec<(Vec<u64>, u16)>>,
}

impl Procedures {
    /// Takes the procedures from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let entries = lexicon.entries(LIST);
        let mut by_first: KeyMap<Vec<(Vec<u64>, u16)>> = KeyMap::default();
        for (number, entry) in (0..).zip(entries) {
            for form in entry.any.iter().map(|form| keys(form)) {
                if let Some(first) = form.first() {
                    by_first.entry(*first).or_default().push((form, number));
                }
            }
        }
        by_first
            .values_mut()
            .for_each(|forms| forms.sort_by_key(|(form, number)| (std::cmp::Reverse(form.len()), *number)));
        Self { names: entries.iter().map(|entry| entry.any.first().cloned().unwrap_or_default()).collect(), by_first }
    }

    /// What the lexicon calls a procedure.
    pub fn name(&self, procedure: u16) -> &str {
        self.names.get(usize::from(procedure)).map_or("", String::as_str)
    }

    /// The procedure of this name in any of its forms.
    pub fn named(&self, name: &str) -> Option<u16> {
        let keys = keys(name);
        self.at(&keys).filter(|(length, _)| *length == keys.len()).map(|(_, number)| number)
    }

    /// The procedure that an article is about: the first one in its title, or the one that it names most, several times. `None` where
    /// two are named alike.
    pub fn of(&self, doc: &Document) -> Option<u16> {
        let title = doc.title();
        if let Some((_, number)) = (0..title.len()).find_map(|at| self.at(title.get(at..)?)) {
            return Some(number);
        }
        let words: Vec<u64> = doc.words.iter().map(|word| word.key).collect();
        let mut counts: Vec<usize> = vec![0; self.names.len()];
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let found = self.at(rest);
            if let Some(count) = found.and_then(|(_, number)| counts.get_mut(usize::from(number))) {
                *count += 1;
            }
            at += found.map_or(1, |(length, _)| length);
        }
        let most = counts.iter().copied().max().filter(|most| *most >= OFTEN)?;
        let mut leading = (0..).zip(&counts).filter(|(_, count)| **count == most);
        leading.next().filter(|_| leading.next().is_none()).map(|(number, _)| number)
    }

    /// The longest form that words begin with: how many words it has, and its procedure.
    fn at(&self, words: &[u64]) -> Option<(usize, u16)> {
        let forms = self.by_first.get(words.first()?)?;
        forms.iter().find(|(form, _)| words.starts_with(form)).map(|(form, number)| (form.len(), *number))
    }
}
