//! Repetition with a good reason: quotations taken out of the text, series that are built alike, refrains.
//!
//! What differs on purpose looks like a copy that was edited. Place and shape tell them apart: a series stands in lists, or at the
//! same place under different headings, three times and more or with the words of its heading; it is short. Two paragraphs that
//! differ in a number only are no series: one of them is wrong.

use super::family::Family;
use super::region::{blocks, edits, holds_number, keys, length, shared};
use crate::document::{BlockKind, Document};
use crate::facts::{Copied, Facts};
use crate::language::WordList;
use std::collections::BTreeMap;
use std::ops::Range;

/// A region told at least so often is part of how the article is built.
const REFRAIN: usize = 4;
/// A refrain is shorter than this, in words.
const REFRAIN_WORDS: u32 = 40;
/// A heading said at least so often is part of how the article is built.
const TEMPLATE: usize = 3;
/// So many words of a heading tell which one it is.
const HEADING_WORDS: u32 = 60;
/// What is built alike on purpose is weaker than this, in equal words less two for each that differs.
const SERIES: i64 = 40;
/// Two regions stand at the same place of their sections when they begin so near to it, in words.
const SAME_OFFSET: u32 = 3;

/// The first sentence of a paragraph is a label when it has so many words at most.
const LABEL_WORDS: u32 = 3;

/// Why a family may be no mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Nothing speaks for it.
    None,
    /// Only an editor can tell.
    Maybe,
    /// No editor would change it.
    Good,
}

/// Judges a family.
pub(super) fn reason(
    doc: &Document,
    facts: &Facts,
    series: &Series,
    notices: &WordList,
    family: &Family<'_>,
) -> Reason {
    let copied = family.strongest();
    let differs = copied.permille() < 1000;
    let places = [&copied.copy, &copied.original];
    let is_heading = |words: &&Range<u32>| {
        is_heading(words, blocks(doc, words).map(|block| (block.words.clone(), block.is_heading())))
    };
    if places.iter().any(is_heading) || is_pulled_quote(doc, copied) {
        return Reason::Good;
    }
    if places
        .iter()
        .all(|words| is_notice(words, super::region::words(doc, words).iter().map(|word| word.key), notices))
    {
        return Reason::Good;
    }
    if differs && series.is_one_list_or_block(doc, copied) {
        return Reason::Good;
    }
    if family.places.len() >= REFRAIN && length(&copied.copy) < REFRAIN_WORDS || have_other_parents(doc, copied) {
        return Reason::Maybe;
    }
    if copied.strength() >= SERIES {
        return Reason::None;
    }
    let are_lists = is_list(doc, &copied.copy) && is_list(doc, &copied.original);
    let are_alike = series.stand_alike(doc, copied);
    let are_told_apart = || tell_their_headings(doc, facts, copied) || have_one_label(doc, copied);
    let is_series = are_alike && (series.holds(copied) || differs && are_told_apart());
    match (differs, are_lists, is_series) {
        (true, true, _) | (true, _, true) if differs_in_numbers(doc, facts, copied) => Reason::Good,
        (true, true, _) | (true, _, true) => Reason::Maybe,
        (false, true, _) if are_alike => Reason::Maybe,
        _ => Reason::None,
    }
}

/// What an article says again and again: text that stands three times and more, each time a little different, is a series. Counted once for all
/// its copies.
#[derive(Default)]
pub(super) struct Series {
    /// How many copies there are of each word.
    counts: Vec<u8>,
    /// How often each heading is said, by its words.
    headings: BTreeMap<Vec<u64>, usize>,
    /// For each block, which item of its list it is, from 1; 0 for what is none.
    items: Vec<u32>,
}

impl Series {
    /// Counts the copies, headings and items of a document.
    pub fn of(doc: &Document, facts: &Facts) -> Self {
        if facts.copies.is_empty() {
            return Self::default();
        }
        let mut counts = vec![0u8; doc.words.len()];
        for place in facts.copies.iter().flat_map(|c| [&c.copy, &c.original]) {
            for count in &mut counts[place.start as usize..place.end as usize] {
                *count = count.saturating_add(1);
            }
        }
        let (mut headings, mut items) = (BTreeMap::new(), Vec::with_capacity(doc.blocks.len()));
        for (index, block) in (0..).zip(&doc.blocks) {
            if block.is_heading() {
                *headings.entry(heading_keys(doc, index)).or_default() += 1;
            }
            let before = items.last().copied().unwrap_or(0);
            items.push(if matches!(block.kind, BlockKind::Item(_)) { before + 1 } else { 0 });
        }
        Self { counts, headings, items }
    }

    /// True where one of the two tellings is told elsewhere too.
    fn holds(&self, copied: &Copied) -> bool {
        let middle = |words: &Range<u32>| (words.start + length(words) / 2) as usize;
        [&copied.copy, &copied.original]
            .iter()
            .any(|place| self.counts.get(middle(place)).is_some_and(|count| *count > 1))
    }

    /// Both stand in one block, or in one list with nothing else between them.
    fn is_one_list_or_block(&self, doc: &Document, copied: &Copied) -> bool {
        let first = doc.blocks.partition_point(|block| block.words.end <= copied.original.start);
        let end = doc.blocks.partition_point(|block| block.words.start < copied.copy.end);
        let last = end.checked_sub(1).and_then(|last| self.items.get(last));
        end == first + 1 || last.is_some_and(|item| *item as usize >= end.saturating_sub(first))
    }

    /// Both begin at the same place under different headings, or under a heading that the article says again and again: as many words
    /// behind it, in the same item of a list, or behind the same label.
    fn stand_alike(&self, doc: &Document, copied: &Copied) -> bool {
        let (original, copy) = (place(doc, &copied.original), place(doc, &copied.copy));
        let (Some(original), Some(copy)) = (original, copy) else { return false };
        let item = |words: &Range<u32>| self.item(doc, words);
        let are_same_items = || item(&copied.original).is_some_and(|number| item(&copied.copy) == Some(number));
        let is_near = original.1.abs_diff(copy.1) <= SAME_OFFSET;
        let is_same_place = is_near || are_same_items() || have_one_label(doc, copied);
        let heading = heading_keys(doc, copy.0);
        let is_template = || self.headings.get(&heading).is_some_and(|times| *times >= TEMPLATE);
        is_same_place && (heading_keys(doc, original.0) != heading || is_template())
    }

    /// The number of the item that a region begins with, in its list.
    fn item(&self, doc: &Document, words: &Range<u32>) -> Option<u32> {
        let block = doc.sentence_of(words.start)?.block;
        let number = *self.items.get(block as usize)?;
        (number > 0 && doc.blocks.get(block as usize)?.words.start + SAME_OFFSET >= words.start).then_some(number)
    }
}

/// A short notice, a disclaimer or a call to action, which is said wherever it is needed: by its words and their keys.
pub(super) fn is_notice(words: &Range<u32>, keys: impl Iterator<Item = u64>, notices: &WordList) -> bool {
    length(words) < REFRAIN_WORDS && notices.begins(keys)
}

/// Headings are judged by a rule of their own, and a text may say again what its heading says. `blocks` are those that the words touch,
/// each with its words and whether it is a heading.
pub(super) fn is_heading(words: &Range<u32>, blocks: impl Iterator<Item = (Range<u32>, bool)>) -> bool {
    let prose: u32 = blocks.filter(|(_, is_heading)| !is_heading).map(|(own, _)| shared(&own, words)).sum();
    prose * 2 < length(words)
}

/// One of the two is a quotation, and the other the text that it was taken from.
fn is_pulled_quote(doc: &Document, copied: &Copied) -> bool {
    let is_quote = |words: &Range<u32>| blocks(doc, words).all(|b| b.kind == BlockKind::Quote);
    is_quote(&copied.original) != is_quote(&copied.copy)
}

/// Every word stands in a list item.
fn is_list(doc: &Document, words: &Range<u32>) -> bool {
    blocks(doc, words).all(|b| matches!(b.kind, BlockKind::Item(_)))
}

/// Both stand in paragraphs that begin with one label: “In use. The display is huge …”.
fn have_one_label(doc: &Document, copied: &Copied) -> bool {
    let label = |words: &Range<u32>| {
        let sentence = doc.sentences.get(doc.block_of(words.start)?.sentences.start as usize)?;
        (length(&sentence.words) <= LABEL_WORDS).then(|| keys(doc, &sentence.words))
    };
    label(&copied.original).is_some_and(|own| !own.is_empty() && label(&copied.copy).as_ref() == Some(&own))
}

/// Both stand under the same subheading of different headings: "If you miss a dose" under each medicine.
fn have_other_parents(doc: &Document, copied: &Copied) -> bool {
    let (Some(original), Some(copy)) = (place(doc, &copied.original), place(doc, &copied.copy)) else { return false };
    let parent = |heading: u32| doc.heading_path(heading).next().map(|parent| heading_keys(doc, parent));
    let are_marked = [original.0, copy.0].iter().all(|h| doc.blocks[*h as usize].kind != BlockKind::Heading(0));
    let (before, after) = (parent(original.0), parent(copy.0));
    are_marked
        && heading_keys(doc, original.0) == heading_keys(doc, copy.0)
        && before.is_some()
        && after.is_some()
        && before != after
}

/// The later telling differs by the very words of its heading: another medicine, another week.
fn tell_their_headings(doc: &Document, facts: &Facts, copied: &Copied) -> bool {
    let (Some(original), Some(copy)) = (place(doc, &copied.original), place(doc, &copied.copy)) else { return false };
    let old = heading_keys(doc, original.0);
    let own: Vec<u64> = heading_keys(doc, copy.0).into_iter().filter(|key| !old.contains(key)).collect();
    let edits = edits(copied, facts.runs_of(copied));
    edits.iter().any(|(_, after)| keys(doc, after).iter().any(|key| own.contains(key)))
}

/// The heading that a region stands under, or begins with, and how many words after it the region begins.
fn place(doc: &Document, words: &Range<u32>) -> Option<(u32, u32)> {
    let first = doc.sentence_of(words.start)?.block;
    let block = doc.blocks.get(first as usize)?;
    let heading = if block.is_heading() { first } else { block.heading? };
    Some((heading, words.start.saturating_sub(doc.blocks.get(heading as usize)?.words.end)))
}

fn heading_keys(doc: &Document, heading: u32) -> Vec<u64> {
    let words = doc.blocks.get(heading as usize).map(|block| block.words.clone()).unwrap_or_default();
    keys(doc, &(words.start..words.end.min(words.start + HEADING_WORDS)))
}

/// More than every second difference is one of numbers.
fn differs_in_numbers(doc: &Document, facts: &Facts, copied: &Copied) -> bool {
    let edits = edits(copied, facts.runs_of(copied));
    let numbers = edits.iter().filter(|(before, after)| holds_number(doc, before) || holds_number(doc, after));
    numbers.count() * 2 > edits.len()
}
