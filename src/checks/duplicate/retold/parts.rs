//! Where an article starts over: several complete articles on one subject in one file.
//!
//! A place where one may begin is a heading of the title's level, what follows a conclusion, or a passage that tells the opening
//! again. Each alone is common in good articles. Signs are added up: a real title, one that names the subject again, a
//! conclusion before it and another one after it, the opening told again, and other things from before that are told again after.

use super::families::{Families, Repeating};
use crate::document::{Block, BlockKind, Document};
use crate::facts::Facts;
use crate::language::WordTable;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

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
/// An article that is told by its title has so many sections at least.
const SECTIONS: usize = 2;
/// More things told again are no further signs.
const MOST_CROSSING: usize = 3;
/// A word of a title names the subject when it is at least so rare, in tenths of nats.
const TELLING: u32 = 30;

/// What is known of an article that may be several. Made once, so that every passage is judged in constant time.
pub(super) struct Article<'a> {
    doc: &'a Document,
    facts: &'a Facts,
    /// Headings over what says again, for a good reason, what stands elsewhere.
    repeating: &'a Repeating,
    /// The level of the first heading, and the headings of that level that have sections of their own below them.
    first_level: Option<u8>,
    sectioned: BTreeSet<u32>,
    /// Where each heading is said first, by its words.
    said: BTreeMap<Vec<u64>, u32>,
    /// By passage: how many things are told before and after it.
    crossing: Vec<usize>,
    /// Passages that tell the opening again.
    openings: BTreeSet<u32>,
    /// The first and the last passages of closing sections.
    closings: BTreeSet<u32>,
    last_closing: Option<u32>,
    /// What the article is about.
    subject: BTreeSet<(u32, u64)>,
}

impl<'a> Article<'a> {
    /// Looks at an article, the tellings in it and its closing sections.
    pub fn new(
        doc: &'a Document,
        facts: &'a Facts,
        families: &Families,
        closings: &[u32],
        repeating: &'a Repeating,
        options: &Options,
    ) -> Self {
        let levels = || doc.blocks.iter().filter_map(level);
        let first_level = levels().next();
        let mut said = BTreeMap::new();
        for (block, _) in (0..).zip(&doc.blocks).filter(|(_, block)| block.is_heading()) {
            said.entry(keys(doc, block)).or_insert(block);
        }
        let mut changes = vec![0isize; facts.passages.len() + 2];
        let mut openings = BTreeSet::new();
        for passages in families.all().iter().map(|family| &family.passages) {
            if let (Some(first), Some(last)) = (passages.first(), passages.last()) {
                changes[*first as usize + 1] += 1;
                changes[*last as usize] -= 1;
                if *first < options.opening {
                    openings.extend(&passages[1..]);
                }
            }
        }
        let crossing = changes.iter().scan(0, |sum, change| {
            *sum += change;
            Some(usize::try_from(*sum).unwrap_or(0))
        });
        let mut article = Self {
            doc,
            facts,
            repeating,
            first_level,
            sectioned: sectioned(doc, first_level),
            said,
            crossing: crossing.collect(),
            openings,
            closings: closings.iter().copied().collect(),
            last_closing: closings.last().copied(),
            subject: BTreeSet::new(),
        };
        article.closings.extend(closings.iter().map(|closing| article.end_of(*closing)).collect::<Vec<_>>());
        let first = doc.blocks.iter().position(Block::is_heading).unwrap_or(0) as u32;
        let opening = facts.passages.first().and_then(|p| doc.sentence_of(p.words.start)).map(|s| s.words.clone());
        let opening = opening.and_then(|words| doc.words.get(words.start as usize..words.end as usize));
        article.subject = telling(keys(doc, first).into_iter());
        article.subject.extend(telling(opening.unwrap_or_default().iter().map(|word| word.key)));
        article
    }

    /// The first block of each part, where there are several.
    pub fn parts(&self, options: &Options) -> Option<Vec<u32>> {
        let mut starts = vec![0];
        let mut last = 0;
        for passage in SHORTEST..self.facts.passages.len() as u32 {
            if passage - last < SHORTEST {
                continue;
            }
            if let Some(block) = self.restart(passage, options) {
                starts.push(block);
                last = passage;
            }
        }
        (starts.len() > 1).then_some(starts)
    }

    /// The block that a new part begins with, where one begins at this passage.
    fn restart(&self, passage: u32, options: &Options) -> Option<u32> {
        let heading = self.heading_over(passage);
        if heading
            .is_some_and(|heading| self.repeating.announces(&keys(self.doc, heading)) || self.is_said_before(heading))
        {
            return None;
        }
        let title = heading.filter(|heading| self.level(*heading) <= self.first_level);
        let is_real_title = title.is_some_and(|title| self.is_real_title(title));
        let after_closing = self.closings.contains(&(passage - 1)) || self.closes(passage - 1);
        let tells_opening = self.openings.contains(&passage);
        let crossing = self.crossing.get(passage as usize).copied().unwrap_or(0).min(MOST_CROSSING);
        let closes_again = self.last_closing >= Some(passage);
        if crossing == 0 && !tells_opening || title.is_none() && !after_closing {
            return None;
        }
        let names_subject = title.is_some_and(|title| self.names_subject(title));
        // A title of another subject opens a chapter.
        if !(after_closing || tells_opening || is_real_title && names_subject) {
            return None;
        }
        let signs =
            [is_real_title, is_real_title, names_subject, after_closing, after_closing && closes_again, tells_opening];
        let signs = signs.into_iter().filter(|sign| *sign).count();
        let is_sure = is_real_title || tells_opening || closes_again || names_subject && crossing == MOST_CROSSING;
        (is_sure && signs + crossing >= options.signs)
            .then(|| title.unwrap_or(self.facts.passages[passage as usize].blocks.start))
    }

    /// The heading right over a passage.
    fn heading_over(&self, passage: u32) -> Option<u32> {
        let before = self.facts.passages.get(passage as usize)?.blocks.start.checked_sub(1)?;
        self.level(before).map(|_| before)
    }

    /// True for a heading that can be the title of an article in its place: of the highest level there is, or with sections below
    /// it like the first one. In a page without a title of its own, the headings of its sections are no titles.
    fn is_real_title(&self, title: u32) -> bool {
        match self.first_level {
            None | Some(0) => false,
            Some(1) => !self.sectioned.is_empty(),
            Some(_) => {
                self.sectioned.contains(&title) && self.sectioned.first().is_some_and(|first| self.is_first(*first))
            }
        }
    }

    /// True for the first heading.
    fn is_first(&self, heading: u32) -> bool {
        self.doc.blocks.iter().position(Block::is_heading) == Some(heading as usize)
    }

    fn level(&self, block: u32) -> Option<u8> {
        self.doc.blocks.get(block as usize).and_then(level)
    }

    /// A section that is copied with its heading is no new article.
    fn is_said_before(&self, heading: u32) -> bool {
        self.said.get(&keys(self.doc, heading)).is_some_and(|first| *first < heading)
    }

    /// True where a passage ends a section that sums up.
    fn closes(&self, passage: u32) -> bool {
        let block =
            self.facts.passages.get(passage as usize).and_then(|p| self.doc.blocks.get(p.blocks.start as usize));
        let heading = block.and_then(|block| block.heading);
        heading.is_some_and(|heading| self.repeating.announces(&keys(self.doc, heading)))
    }

    /// The last passage of a closing section.
    fn end_of(&self, closing: u32) -> u32 {
        let heading = |passage: u32| {
            let first = self.facts.passages.get(passage as usize)?.blocks.start;
            self.doc.blocks.get(first as usize)?.heading
        };
        let own = heading(closing);
        let following = (closing..self.facts.passages.len() as u32).take_while(|next| heading(*next) == own);
        match own.is_some_and(|own| self.facts.passages[closing as usize].blocks.start == own + 1) {
            true => following.last().unwrap_or(closing),
            false => closing,
        }
    }

    /// True for a title that names what the first title, or the first sentence, is about.
    fn names_subject(&self, title: u32) -> bool {
        !telling(keys(self.doc, title).into_iter()).is_disjoint(&self.subject)
    }
}

/// The headings of a level with at least two deeper ones below them.
fn sectioned(doc: &Document, level_of_titles: Option<u8>) -> BTreeSet<u32> {
    let mut sectioned = BTreeSet::new();
    let mut last = None;
    let mut below = 0;
    for (block, level) in (0..).zip(&doc.blocks).filter_map(|(number, block)| Some((number, level(block)?))) {
        if Some(level) <= level_of_titles {
            (last, below) = (Some(block), 0);
        } else {
            below += 1;
        }
        if below >= SECTIONS {
            sectioned.extend(last);
        }
    }
    sectioned
}

fn level(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

/// The stems of words that are rare enough to name a subject; of an unknown word, its key.
fn telling(keys: impl Iterator<Item = u64>) -> BTreeSet<(u32, u64)> {
    let table = WordTable::builtin();
    let forms = keys.map(|key| (key, table.get(key)));
    let rare = forms.filter(|(_, form)| form.is_none_or(|form| form.rarity >= TELLING));
    rare.map(|(key, form)| form.map_or((u32::MAX, key), |form| (form.stem, 0))).collect()
}

fn keys(doc: &Document, block: u32) -> Vec<u64> {
    let words = doc.blocks.get(block as usize).map(|block| block.words.clone()).unwrap_or_default();
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    words.iter().map(|word| word.key).collect()
}
