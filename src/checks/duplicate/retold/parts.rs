//! Where an article starts over: several complete articles on one subject in one file.
//!
//! A part begins where the opening of the article, its definition as a rule, is told again. That alone happens in good
//! articles; it is a new part when a title stands over it or the part before came to a conclusion, and when more of what came
//! before is told again after it.

use super::families::Families;
use crate::document::{BlockKind, Document};
use crate::facts::Facts;
use serde::Deserialize;

/// When an article starts over.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Options {
    /// Likeness from which on two passages tell the same, 0 to 1.
    pub likeness: f64,
    /// So many shared words at least.
    pub shared: u16,
    /// So many passages from the beginning are the opening of an article.
    pub opening: u32,
    /// So many signs at least.
    pub signs: usize,
    /// Where a larger share of the words is copied, the copies are told instead, 0 to 1.
    pub copied: f64,
}

/// A part is at least so many passages long.
const SHORTEST: u32 = 2;

/// The first block of each part, where there are several.
pub(super) fn parts(
    doc: &Document,
    facts: &Facts,
    families: &Families,
    closings: &[u32],
    options: &Options,
) -> Option<Vec<u32>> {
    let opening = families.all().iter().filter(|family| family.passages[0] < options.opening);
    let mut restarts: Vec<u32> = opening.flat_map(|family| family.passages.iter().skip(1).copied()).collect();
    restarts.sort_unstable();
    let mut starts = vec![0];
    let mut last = 0;
    for restart in restarts {
        if restart - last < SHORTEST {
            continue;
        }
        let crossing = families.all().iter().filter(|family| {
            let is_here = |passage: &u32| *passage > restart;
            family.passages[0] < restart && family.passages.iter().any(is_here)
        });
        let title = title_over(doc, facts, restart);
        let concludes = closings.iter().any(|closing| (last..restart).contains(closing))
            && closings.iter().any(|closing| *closing > restart);
        let crossing = crossing.count();
        let signs = crossing + usize::from(title.is_some()) + usize::from(concludes);
        if crossing > 0 && (title.is_some() || concludes) && signs >= options.signs {
            starts.push(title.unwrap_or(facts.passages[restart as usize].blocks.start));
            last = restart;
        }
    }
    (starts.len() > 1).then_some(starts)
}

/// The heading right over a passage, where it is of no lower level than the first heading of the article and was not said before:
/// a section that is copied with its heading is no new article.
fn title_over(doc: &Document, facts: &Facts, passage: u32) -> Option<u32> {
    let before = facts.passages.get(passage as usize)?.blocks.start.checked_sub(1)?;
    let level = |block: u32| match doc.blocks.get(block as usize)?.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let first = (0..doc.blocks.len() as u32).find_map(level)?;
    level(before).filter(|level| *level <= first)?;
    let keys = |block: u32| {
        let words = doc.blocks.get(block as usize).map(|block| block.words.clone()).unwrap_or_default();
        doc.words.get(words.start as usize..words.end as usize).unwrap_or_default().iter().map(|word| word.key)
    };
    let is_said_before = (0..before).any(|block| level(block).is_some() && keys(block).eq(keys(before)));
    (!is_said_before).then_some(before)
}
