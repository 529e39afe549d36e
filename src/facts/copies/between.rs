//! What two documents say alike, as aligned regions: the same seeds, chains and ends as within one document.
//!
//! Both are laid behind each other with one word between them that equals no other, so that no region crosses from one into the other.

use super::ends::{Sentences, snapped};
use super::seeds::Seeds;
use super::{Copied, Run, align, chains, parts, takes_part};
use crate::document::Document;
use std::ops::Range;

/// A region of the first document that stands in the second one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The words: `original` in the first document, `copy` in the second one. It names no runs of any facts.
    pub copied: Copied,
    /// The equal runs, in order; places as above.
    pub runs: Vec<Run>,
}

/// Compares pairs of documents; keeps its arrays from one to the next.
#[derive(Clone, Debug, Default)]
pub struct Between {
    seeds: Seeds,
    keys: Vec<u64>,
}

impl Between {
    /// The regions that both share, in order of the second document; no word of it lies in two of them. Silent blocks, marked one by
    /// one as far as anybody marked them, equal nothing, like tables, reference lists and the page around an article.
    pub fn find(&mut self, first: (&Document, &[bool]), second: (&Document, &[bool])) -> Vec<Shared> {
        self.keys.clear();
        let split = first.0.words.len() as u32;
        for ((doc, silent), offset) in [(first, 0), (second, split + 1)] {
            self.keys.resize(offset as usize, u64::MAX - u64::from(split));
            self.keys.extend(doc.words.iter().map(|word| word.key));
            for (number, block) in doc.blocks.iter().enumerate() {
                let is_silent = silent.get(number).copied().unwrap_or(false) || !takes_part(block);
                for word in block.words.clone().filter(|_| is_silent) {
                    self.keys[(word + offset) as usize] = u64::MAX - u64::from(word + offset);
                }
            }
        }
        let (both, keys) = (Both { first: first.0, second: second.0 }, &self.keys);
        let mut found: Vec<(Copied, Vec<Run>)> = Vec::new();
        for chain in chains::chains(self.seeds.find_between(keys, split as usize)) {
            for runs in parts::strong(&align::filled(keys, &chain)) {
                found.extend(snapped(&both, keys, runs));
            }
        }
        found.sort_by_key(|(c, _)| (std::cmp::Reverse(c.strength()), c.copy.start, c.original.start));
        let mut is_told = vec![false; keys.len()];
        let mut shared: Vec<Shared> = Vec::new();
        for (mut copied, mut runs) in found {
            let words = &mut is_told[copied.copy.start as usize..copied.copy.end as usize];
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
}

/// Two documents, one behind the other.
struct Both<'a> {
    first: &'a Document,
    second: &'a Document,
}

impl Sentences for Both<'_> {
    fn around(&self, word: u32) -> Option<Range<u32>> {
        let split = self.first.words.len() as u32;
        match word.checked_sub(split) {
            None => self.first.around(word),
            Some(0) => None,
            Some(own) => {
                let words = self.second.around(own - 1)?;
                Some(words.start + split + 1..words.end + split + 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parser;
    use crate::language::Lexicon;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    fn doc(text: &str) -> Document {
        let source = Source::new("a.md", Format::Markdown, text.as_bytes().to_vec()).expect("text");
        Parser::new(&Lexicon::new(&[])).parse(Arc::new(source))
    }

    const SHARED: &str = "Hold the arm close to the body at night. Sleep on your back with a pillow under the elbow.";

    #[test]
    fn edits_do_not_part_a_region() {
        let first = doc(&format!("Ask for help at home.\n\n{SHARED}"));
        let second = doc(&format!("{}\n\nThe sling stays on.", SHARED.replace("close", "near")));
        let shared = Between::default().find((&first, &[]), (&second, &[]));
        assert_eq!(shared.len(), 1);
        assert_eq!((shared[0].copied.original.clone(), shared[0].copied.copy.clone()), (5..24, 0..19));
        assert_eq!((shared[0].copied.equal, shared[0].runs.len()), (18, 2));
    }

    #[test]
    fn equal_documents_are_one_region_and_masked_blocks_none() {
        let text = format!("{SHARED}\n\nKeep the fingers moving.\n");
        let (first, second) = (doc(&text), doc(&text));
        let shared = Between::default().find((&first, &[]), (&second, &[]));
        assert_eq!((shared.len(), shared[0].copied.permille()), (1, 1000));
        assert!(Between::default().find((&first, &[true]), (&second, &[])).is_empty());
    }
}
