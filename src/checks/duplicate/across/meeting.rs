//! Two articles side by side: what of the one stands in the other, by their words alone.

use super::super::region::length;
use super::draft::Spot;
use crate::facts::{Copied, Outline, Shared};
use std::ops::Range;

/// What two articles share. What stands in pairs is of the earlier article first.
pub(super) struct Meeting {
    /// The articles, by number.
    pub files: [u32; 2],
    /// True where they are one article, not two that share a passage.
    pub is_article: bool,
    /// Their words.
    pub words: [u32; 2],
    /// What stands in both, in order of the later article.
    pub regions: Vec<Region>,
}

/// A place of one article that stands in another one.
pub(super) struct Region {
    /// Its words in both, and which of them are equal.
    pub shared: Shared,
    /// Where it stands in the sources, as far as it is known.
    pub spots: [Option<Spot>; 2],
}

/// The words of a region in one of two articles: 0 for the earlier one, 1 for the later one.
pub(super) fn side(shared: &Shared, number: usize) -> &Range<u32> {
    if number == 0 { &shared.copied.original } else { &shared.copied.copy }
}

impl Region {
    /// A region that two articles share.
    pub fn of(outlines: [&Outline; 2], shared: Shared) -> Self {
        let spots = [0, 1].map(|number| Spot::of(outlines[number], side(&shared, number)));
        Self { shared, spots }
    }

    /// Its words in one of the two articles.
    pub fn side(&self, number: usize) -> &Range<u32> {
        side(&self.shared, number)
    }

    /// What is equal in both.
    pub fn copied(&self) -> &Copied {
        &self.shared.copied
    }
}

impl Meeting {
    /// The share of each article's words that lie in the regions, in thousandths.
    pub fn shares(&self) -> [u16; 2] {
        [0, 1].map(|number| {
            let told: u32 = self.regions.iter().map(|region| length(region.side(number))).sum();
            permille(told, self.words[number])
        })
    }

    /// The share of words that are equal in order, over all regions, in thousandths.
    pub fn alike(&self) -> u16 {
        let equal: u32 = self.regions.iter().map(|region| region.copied().equal).sum();
        let told = |region: &Region| length(region.side(0)) + length(region.side(1));
        permille(2 * equal, self.regions.iter().map(told).sum())
    }
}

/// A share in thousandths; 0 of nothing.
pub(super) fn permille(part: u32, whole: u32) -> u16 {
    (1000 * u64::from(part)).checked_div(u64::from(whole)).unwrap_or(0) as u16
}
