//! Places of one article that say the same, as aligned regions.
//!
//! Seed, chain, align: runs of a few equal words are found through a hash table ([`seeds`]); neighbouring runs with about the
//! same shift are chained over the edits between them ([`chains`]); the gaps of a chain are aligned word by word, weak
//! stretches are cut off ([`parts`]) and the ends moved to sentence boundaries ([`ends`]). The strongest copies are kept first, and
//! no word is the later telling of two of them. Exact runs alone would split an edited copy in pieces. Time is linear in the
//! words of the article: every step is bounded per word.

mod align;
mod between;
mod chains;
mod ends;
mod parts;
mod seeds;

pub use align::Run;
pub use between::{Between, Shared};

use super::Facts;
use crate::document::{Area, Block, BlockKind, Document};
use seeds::Seeds;
use std::ops::Range;

/// Copies with fewer equal words are ordinary phrases.
const FEWEST: u32 = 8;
/// A word that differs costs as much as so many equal words bring. At two, what is less than two thirds equal is no copy.
const DIFFERENCE: u32 = 2;

/// A region told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Words of the later telling.
    pub copy: Range<u32>,
    /// Words of the earlier telling.
    pub original: Range<u32>,
    /// Words that are equal, in the same order.
    pub equal: u32,
    /// Its runs, as indexes into [`Facts::runs`].
    pub runs: Range<u32>,
}

impl Copied {
    /// Equal words, less [`DIFFERENCE`] for each word that differs: how strong the evidence for a copy is.
    pub fn strength(&self) -> i64 {
        let length = |range: &Range<u32>| range.end - range.start;
        let differing = length(&self.original) + length(&self.copy) - 2 * self.equal;
        i64::from(self.equal) - difference(differing, 0) / 2
    }

    /// Share of the words of both tellings that are equal in order, in thousandths.
    pub fn permille(&self) -> u16 {
        let both = (self.copy.end - self.copy.start) + (self.original.end - self.original.start);
        (2000 * u64::from(self.equal)).checked_div(u64::from(both)).unwrap_or(0) as u16
    }
}

/// Finds the copies of documents; keeps its arrays from one to the next.
#[derive(Clone, Debug, Default)]
pub struct CopyFinder {
    seeds: Seeds,
    keys: Vec<u64>,
    is_copy: Vec<bool>,
}

impl CopyFinder {
    /// Adds the copies of a document to its facts.
    pub fn find(&mut self, doc: &Document, facts: &mut Facts) {
        self.read_keys(doc);
        let keys = &self.keys;
        let mut found: Vec<(Copied, Vec<Run>)> = Vec::new();
        for chain in chains::chains(self.seeds.find(keys)) {
            for runs in parts::strong(&align::filled(keys, &chain)) {
                found.extend(ends::snapped(doc, keys, runs));
            }
        }
        found.sort_by_key(|(c, _)| (std::cmp::Reverse(c.strength()), c.copy.start, c.original.start));
        self.is_copy.clear();
        self.is_copy.resize(keys.len(), false);
        for (mut copied, runs) in found {
            let words = &mut self.is_copy[copied.copy.start as usize..copied.copy.end as usize];
            if words.iter().filter(|w| **w).count() * 2 >= words.len() {
                continue;
            }
            words.fill(true);
            copied.runs = facts.runs.len() as u32..(facts.runs.len() + runs.len()) as u32;
            facts.runs.extend(runs);
            facts.copies.push(copied);
        }
        facts.copies.sort_by_key(|c| (c.copy.start, c.original.start));
        let ends = facts.copies.iter().map(|copied| copied.copy.end);
        facts.reach = ends
            .scan(0, |reach, end| {
                *reach = end.max(*reach);
                Some(*reach)
            })
            .collect();
    }

    /// The keys of all words; words that take no part equal nothing.
    fn read_keys(&mut self, doc: &Document) {
        self.keys.clear();
        self.keys.extend(doc.words.iter().map(|w| w.key));
        for block in doc.blocks.iter().filter(|block| !takes_part(block)) {
            for word in block.words.clone() {
                self.keys[word as usize] = u64::MAX - u64::from(word);
            }
        }
    }
}

/// False for tables, reference lists and the page around the article, which repeat for honest reasons.
pub(super) fn takes_part(block: &Block) -> bool {
    let is_page = matches!(block.area, Area::Navigation | Area::Footer | Area::Form);
    !block.is_reference && !is_page && !matches!(block.kind, BlockKind::Cell { .. })
}

/// What a difference costs, in half words: both sides count half each.
fn difference(original: u32, copy: u32) -> i64 {
    i64::from(DIFFERENCE) * i64::from(original + copy)
}
