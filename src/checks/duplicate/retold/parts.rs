//! Where an article starts over: several complete articles on one subject in one file.
//!
//! A place where one may begin is a heading of the title's level, what follows a conclusion, or a passage that tells the opening
//! again. Each alone is common in good articles. Signs are added up: a real title, one that names the subject again, a
//! conclusion before it and another one after it, the opening told again, and other things from before that are told again after.

use super::closings::is_listed;
use super::families::Families;
use crate::document::{BlockKind, Document};
use crate::facts::Facts;
use crate::language::{WordList, WordTable};
use serde::Deserialize;
use std::collections::BTreeSet;

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
/// More things told again are no further signs.
const MOST_CROSSING: usize = 3;
/// A word of a title names the subject when it is at least so rare, in tenths of nats.
const TELLING: u32 = 30;

/// What is known of an article that may be several.
pub(super) struct Article<'a> {
    pub doc: &'a Document,
    pub facts: &'a Facts,
    /// What is told again in it.
    pub families: &'a Families,
    /// The first passages of its closing sections.
    pub closings: &'a [u32],
    /// Headings over what says again, for a good reason, what stands elsewhere.
    pub repeating: &'a WordList,
}

impl Article<'_> {
    /// The first block of each part, where there are several.
    pub fn parts(&self, options: &Options) -> Option<Vec<u32>> {
        let mut starts = vec![0];
        let mut last = 0;
        for passage in SHORTEST..self.facts.passages.len() as u32 {
            if passage - last < SHORTEST {
                continue;
            }
            if let Some(block) = self.restart(passage, last, options) {
                starts.push(block);
                last = passage;
            }
        }
        (starts.len() > 1).then_some(starts)
    }

    /// The block that a new part begins with, where one begins at this passage; the part before began at `last`.
    fn restart(&self, passage: u32, last: u32, options: &Options) -> Option<u32> {
        let heading = self.heading_over(passage);
        if heading.is_some_and(|heading| self.is_repeating(heading) || self.is_said_before(heading)) {
            return None;
        }
        let title = heading.filter(|heading| self.is_title(*heading));
        let is_real_title = title.is_some_and(|title| self.level(title) > Some(0)) && self.has_deeper_headings();
        let after_closing = self
            .closings
            .iter()
            .any(|closing| *closing > last && [*closing, self.end_of(*closing)].contains(&(passage - 1)))
            || self.closes(passage - 1);
        let tells_opening = self
            .families
            .all()
            .iter()
            .any(|family| family.passages[0] < options.opening && family.passages[1..].contains(&passage));
        if !is_real_title && !after_closing && !tells_opening {
            return None;
        }
        let crossing = self.families.all().iter().filter(|family| {
            family.passages.iter().any(|p| *p < passage) && family.passages.iter().any(|p| *p > passage)
        });
        let crossing = crossing.count().min(MOST_CROSSING);
        let closes_again = self.closings.iter().any(|closing| *closing >= passage);
        if crossing == 0 && !tells_opening || title.is_none() && !after_closing {
            return None;
        }
        let names_subject = title.is_some_and(|title| self.names_subject(title));
        // A title of another subject opens a chapter.
        if is_real_title && !names_subject && !after_closing && !tells_opening {
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

    fn level(&self, block: u32) -> Option<u8> {
        match self.doc.blocks.get(block as usize)?.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        }
    }

    /// True for a heading of no lower level than the first one of the article.
    fn is_title(&self, heading: u32) -> bool {
        self.level(heading) <= self.levels().next()
    }

    /// True where the first heading of the article is a title, with others below it.
    fn has_deeper_headings(&self) -> bool {
        let first = self.levels().next();
        self.levels().any(|level| Some(level) > first)
    }

    fn levels(&self) -> impl Iterator<Item = u8> {
        (0..self.doc.blocks.len() as u32).filter_map(|block| self.level(block))
    }

    /// A section that is copied with its heading is no new article.
    fn is_said_before(&self, heading: u32) -> bool {
        (0..heading).any(|block| self.level(block).is_some() && self.keys(block) == self.keys(heading))
    }

    /// True for a heading that announces a repetition in its first words.
    fn is_repeating(&self, heading: u32) -> bool {
        let keys = self.keys(heading);
        (1..=keys.len().min(self.repeating.longest())).any(|length| self.repeating.has(&keys[..length]))
    }

    /// True where a passage ends a section that sums up.
    fn closes(&self, passage: u32) -> bool {
        let heading =
            self.facts.passages.get(passage as usize).and_then(|p| self.doc.blocks.get(p.blocks.start as usize));
        heading.and_then(|block| block.heading).is_some_and(|heading| is_listed(self.doc, heading, self.repeating))
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

    /// True for a title that names what the first title, or the first passage, is about.
    fn names_subject(&self, title: u32) -> bool {
        let table = WordTable::builtin();
        let stems = |keys: Vec<u64>| -> BTreeSet<(u32, u64)> {
            let forms = keys.into_iter().map(|key| (key, table.get(key)));
            let telling = forms.filter(|(_, form)| form.is_none_or(|form| form.rarity >= TELLING));
            telling.map(|(key, form)| form.map_or((u32::MAX, key), |form| (form.stem, 0))).collect()
        };
        let first = (0..self.doc.blocks.len() as u32).find(|block| self.level(*block).is_some()).unwrap_or(0);
        let mut subject = stems(self.keys(first));
        let opening =
            self.facts.passages.first().and_then(|p| self.doc.sentence_of(p.words.start)).map(|s| s.words.clone());
        let opening = opening.and_then(|words| self.doc.words.get(words.start as usize..words.end as usize));
        subject.extend(stems(opening.unwrap_or_default().iter().map(|word| word.key).collect()));
        !stems(self.keys(title)).is_disjoint(&subject)
    }

    fn keys(&self, block: u32) -> Vec<u64> {
        let words = self.doc.blocks.get(block as usize).map(|block| block.words.clone()).unwrap_or_default();
        let words = self.doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        words.iter().map(|word| word.key).collect()
    }
}
