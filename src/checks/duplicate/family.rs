//! Copies of one place, grouped: a passage told three times is one finding with three places.

use super::region::{length, shared};
use crate::facts::Copied;
use std::ops::Range;

/// Copies whose shares of equal words differ by more are not tellings of one text, in thousandths.
const AS_ALIKE: u16 = 80;
/// Two regions are the same place when they share so much of the longer one, in percent.
const SAME_PLACE: u32 = 70;

/// Tellings of one region, the first one first.
pub(super) struct Family<'a> {
    /// Words of each telling.
    pub places: Vec<Range<u32>>,
    /// The copies that it was made of.
    pub copies: Vec<&'a Copied>,
}

impl Family<'_> {
    /// The copy that stands for the family: the strongest one.
    pub fn strongest(&self) -> &Copied {
        self.copies[0]
    }

    /// The telling that is reported, the first one that repeats another.
    pub fn repeat(&self) -> &Range<u32> {
        &self.places[1]
    }
}

/// Groups copies, the strongest first. A copy of a copy joins the family of the first telling if it is about as much alike:
/// a paragraph that is only built like one that was copied is no third telling.
pub(super) fn families(copies: &[Copied]) -> Vec<Family<'_>> {
    let mut order: Vec<&Copied> = copies.iter().collect();
    order.sort_by_key(|c| (std::cmp::Reverse(c.strength()), c.copy.start));
    let mut families: Vec<Family<'_>> = Vec::new();
    let mut homes = Homes::new(copies);
    for copied in order {
        let family = homes.of(&copied.original).filter(|(family, place)| {
            let home = &families[*family];
            home.strongest().permille().abs_diff(copied.permille()) <= AS_ALIKE
                && is_same_place(&home.places[*place], &copied.original)
        });
        let index = family.map_or(families.len(), |(index, _)| index);
        match families.get_mut(index) {
            Some(family) => family.copies.push(copied),
            None => {
                homes.settle(&copied.original, (index, 0));
                families.push(Family { places: vec![copied.original.clone()], copies: vec![copied] });
            }
        }
        let places = &mut families[index].places;
        homes.settle(&copied.copy, (index, places.len()));
        places.push(copied.copy.clone());
    }
    for family in &mut families {
        family.places.sort_by_key(|place| place.start);
    }
    families.sort_by_key(|family| family.repeat().start);
    families
}

/// Which family and telling the words belong to, by word. The same place shares its middle word.
struct Homes(Vec<Option<(usize, usize)>>);

impl Homes {
    fn new(copies: &[Copied]) -> Self {
        Self(vec![None; copies.iter().map(|c| c.copy.end as usize).max().unwrap_or(0)])
    }

    fn of(&self, words: &Range<u32>) -> Option<(usize, usize)> {
        self.0.get((words.start + length(words) / 2) as usize).copied().flatten()
    }

    fn settle(&mut self, words: &Range<u32>, home: (usize, usize)) {
        self.0[words.start as usize..words.end as usize].fill(Some(home));
    }
}

fn is_same_place(a: &Range<u32>, b: &Range<u32>) -> bool {
    shared(a, b) * 100 >= length(a).max(length(b)) * SAME_PLACE
}
