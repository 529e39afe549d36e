//! Two articles side by side: what of the one stands in the other, with all that a finding will need of both texts.

use super::super::differences::{Difference, Differences};
use super::super::region::{keys, length, opening, whole};
use crate::diagnostic::identity;
use crate::document::Document;
use crate::facts::Shared;
use crate::span::Span;
use std::ops::Range;

/// What two articles share. What stands in pairs is of the earlier article first.
pub(super) struct Meeting {
    /// The articles, by number.
    pub files: [u32; 2],
    /// True where they are one article, not two that share a passage.
    pub is_article: bool,
    /// What they are recognised by: hashes of their titles.
    pub titles: [u64; 2],
    /// Their words.
    pub words: [u32; 2],
    /// What stands in both, in order of the later article.
    pub regions: Vec<Region>,
}

/// A place of one article that stands in another one. What stands in pairs is of the earlier article first.
pub(super) struct Region {
    /// Its words.
    pub words: [Range<u32>; 2],
    /// The whole of it in the sources.
    pub spans: [Span; 2],
    /// Its first heading or sentence in the sources.
    pub openings: [Span; 2],
    /// What it is recognised by.
    pub identity: [u64; 2],
    /// Words that are equal, in the same order.
    pub equal: u32,
    /// Equal words, less two for each that differs.
    pub strength: i64,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Meeting {
    /// What a finding needs of regions that two articles share.
    pub fn of(files: [u32; 2], docs: [&Document; 2], shared: &[Shared], differences: &Differences) -> Self {
        Self {
            files,
            is_article: false,
            titles: docs.map(|doc| identity(doc.title())),
            words: docs.map(|doc| doc.words.len() as u32),
            regions: shared.iter().map(|one| Region::of(docs, one, differences)).collect(),
        }
    }

    /// The share of each article's words that lie in the regions, in thousandths.
    pub fn shares(&self) -> [u16; 2] {
        [0, 1].map(|side| {
            let told: u32 = self.regions.iter().map(|region| length(&region.words[side])).sum();
            permille(told, self.words[side])
        })
    }

    /// The share of words that are equal in order, over all regions, in thousandths.
    pub fn alike(&self) -> u16 {
        let equal: u32 = self.regions.iter().map(|region| region.equal).sum();
        let told: u32 = self.regions.iter().flat_map(|region| &region.words).map(length).sum();
        permille(2 * equal, told)
    }
}

impl Region {
    fn of(docs: [&Document; 2], shared: &Shared, differences: &Differences) -> Self {
        let words = [shared.copied.original.clone(), shared.copied.copy.clone()];
        let of = |side: usize| (docs[side], &words[side]);
        Self {
            spans: [0, 1].map(of).map(|(doc, words)| doc.span(whole(doc, words))),
            openings: [0, 1].map(of).map(|(doc, words)| doc.span(opening(doc, words))),
            identity: [0, 1].map(of).map(|(doc, words)| identity(keys(doc, words))),
            equal: shared.copied.equal,
            strength: shared.copied.strength(),
            differences: differences.between(docs[0], docs[1], &shared.copied, &shared.runs),
            words,
        }
    }

    /// The share of words that are equal in order, in thousandths.
    pub fn permille(&self) -> u16 {
        permille(2 * self.equal, self.words.iter().map(length).sum())
    }
}

/// A share in thousandths; 0 of nothing.
pub(super) fn permille(part: u32, whole: u32) -> u16 {
    (1000 * u64::from(part)).checked_div(u64::from(whole)).unwrap_or(0) as u16
}
