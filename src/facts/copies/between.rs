//! What two documents say alike, as aligned regions: the same seeds, chains and ends as within one document.
//!
//! Both are laid behind each other with one word between them that equals no other, so that no region crosses from one into the other.

use super::ends::{Sentences, snapped};
use super::seeds::Seeds;
use super::{Copied, Run, align, chains, parts};
use crate::facts::Outline;
use std::ops::Range;

/// A region of the first document that stands in the second one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The words: `original` in the first document, `copy` in the second one. It names no runs of any facts.
    pub copied: Copied,
    /// The equal runs, in order; places as above.
    pub runs: Vec<Run>,
}

/// Compares one document with others; keeps its arrays from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Between {
    seeds: Seeds,
    /// The words of the first document, one that equals no other, and the words of the document that it is compared with.
    keys: Vec<u64>,
    split: usize,
    /// True for words of the second document that a region holds.
    is_told: Vec<bool>,
}

impl Between {
    /// Takes the first document. Silent blocks, marked one by one as far as anybody marked them, equal nothing, like tables, reference
    /// lists and the page around an article.
    pub fn lay(&mut self, first: &Outline, silent: &[bool]) {
        self.keys.clear();
        self.split = first.keys.len();
        self.add(first, silent);
        self.seeds.lay(&self.keys);
    }

    /// The regions that the first document and this one share, in order of this one; no word of it lies in two of them.
    pub fn find(&mut self, first: &Outline, second: &Outline, silent: &[bool]) -> Vec<Shared> {
        self.keys.truncate(self.split);
        self.keys.push(u64::MAX - self.split as u64);
        self.add(second, silent);
        let (both, keys, split) = (Both { first, second }, &self.keys, self.split as u32);
        let mut found: Vec<(Copied, Vec<Run>)> = Vec::new();
        for chain in chains::chains(self.seeds.find_behind(keys, self.split)) {
            for runs in parts::strong(&align::filled(keys, &chain)) {
                found.extend(snapped(&both, keys, runs));
            }
        }
        found.sort_by_key(|(c, _)| (std::cmp::Reverse(c.strength()), c.copy.start, c.original.start));
        self.is_told.clear();
        self.is_told.resize(keys.len(), false);
        let mut shared: Vec<Shared> = Vec::new();
        for (mut copied, mut runs) in found {
            let words = &mut self.is_told[copied.copy.start as usize..copied.copy.end as usize];
            if words.iter().any(|is| *is) {
                continue;
            }
            words.fill(true);
            let own = |word: u32| word - split - 1;
            copied.copy = own(copied.copy.start)..own(copied.copy.end);
            runs.iter_mut().for_each(|run| run.copy = own(run.copy));
            shared.push(Shared { copied, runs });
        }
        shared.sort_by_key(|one| one.copied.copy.start);
        shared
    }

    /// Puts the words of a document behind the others.
    fn add(&mut self, outline: &Outline, silent: &[bool]) {
        let offset = self.keys.len() as u32;
        self.keys.extend_from_slice(&outline.keys);
        for (number, (words, part)) in outline.parts().enumerate() {
            if part.takes_part && !silent.get(number).copied().unwrap_or(false) {
                continue;
            }
            for word in words {
                self.keys[(word + offset) as usize] = u64::MAX - u64::from(word + offset);
            }
        }
    }
}

/// Two documents, one behind the other.
struct Both<'a> {
    first: &'a Outline,
    second: &'a Outline,
}

impl Sentences for Both<'_> {
    fn around(&self, word: u32) -> Option<Range<u32>> {
        let split = self.first.words();
        match word.checked_sub(split) {
            None => self.first.sentence_at(word),
            Some(0) => None,
            Some(own) => {
                let words = self.second.sentence_at(own - 1)?;
                Some(words.start + split + 1..words.end + split + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Parser};
    use crate::language::Lexicon;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    fn doc(text: &str) -> Document {
        let source = Source::new("a.md", Format::Markdown, text.as_bytes().to_vec()).expect("text");
        Parser::new(&Lexicon::new(&[])).parse(Arc::new(source))
    }

    fn shared(first: &Document, second: &Document, silent: &[bool]) -> Vec<Shared> {
        let (first, second) = (Outline::of(first), Outline::of(second));
        let mut between = Between::default();
        between.lay(&first, silent);
        between.find(&first, &second, &[])
    }

    const SHARED: &str = "Hold the arm close to the body at night. Sleep on your back with a pillow under the elbow.";

    #[test]
    fn edits_do_not_part_a_region() {
        let first = doc(&format!("Ask for help at home.\n\n{SHARED}"));
        let second = doc(&format!("{}\n\nThe sling stays on.", SHARED.replace("close", "near")));
        let shared = shared(&first, &second, &[]);
        assert_eq!(shared.len(), 1);
        assert_eq!((shared[0].copied.original.clone(), shared[0].copied.copy.clone()), (5..24, 0..19));
        assert_eq!((shared[0].copied.equal, shared[0].runs.len()), (18, 2));
    }

    #[test]
    fn equal_documents_are_one_region_and_masked_blocks_none() {
        let text = format!("{SHARED}\n\nKeep the fingers moving.\n");
        let (first, second) = (doc(&text), doc(&text));
        let shared = shared(&first, &second, &[]);
        assert_eq!((shared.len(), shared[0].copied.permille()), (1, 1000));
        assert!(super::tests::shared(&first, &second, &[true]).is_empty());
    }
}
