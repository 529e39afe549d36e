//! Repetition with a good reason: quotations taken out of the text, series that are built alike, refrains.
//!
//! What differs on purpose looks like a copy that was edited. Place and shape tell them apart: a series stands in one list, or
//! at the same place under different headings; its differences are numbers; it is short.

use super::family::Family;
use super::region::{blocks, edits, holds_number, keys, length, shared};
use crate::document::{Block, BlockKind, Document};
use crate::facts::{Copied, Facts};
use std::ops::Range;

/// A region told at least so often is part of how the article is built.
const REFRAIN: usize = 4;
/// A refrain is shorter than this, in words.
const REFRAIN_WORDS: u32 = 40;
/// A heading said at least so often is part of how the article is built.
const TEMPLATE: usize = 3;
/// What is built alike on purpose is weaker than this, in equal words less two for each that differs.
const SERIES: i64 = 40;
/// Two regions stand at the same place of their sections when they begin so near to it, in words.
const SAME_OFFSET: u32 = 3;

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
pub(super) fn reason(doc: &Document, facts: &Facts, family: &Family<'_>) -> Reason {
    let copied = family.strongest();
    let differs = copied.permille() < 1000;
    if is_heading(doc, &copied.copy) || is_heading(doc, &copied.original) || is_pulled_quote(doc, copied) {
        return Reason::Good;
    }
    if differs && is_one_list_or_block(doc, copied) {
        return Reason::Good;
    }
    if family.places.len() >= REFRAIN && length(&copied.copy) < REFRAIN_WORDS {
        return Reason::Maybe;
    }
    let are_lists = is_list(doc, &copied.copy) && is_list(doc, &copied.original);
    let may_be_series = copied.strength() < SERIES && (differs || are_lists);
    match may_be_series && (are_lists && differs || stand_alike(doc, copied)) {
        true if differs && differs_in_numbers(doc, facts, copied) => Reason::Good,
        true => Reason::Maybe,
        false => Reason::None,
    }
}

/// Headings are judged by a rule of their own, and a text may say again what its heading says.
fn is_heading(doc: &Document, words: &Range<u32>) -> bool {
    let prose: u32 = blocks(doc, words).filter(|b| !b.is_heading()).map(|b| shared(&b.words, words)).sum();
    prose * 2 < length(words)
}

/// One of the two is a quotation, and the other the text that it was taken from.
fn is_pulled_quote(doc: &Document, copied: &Copied) -> bool {
    let is_quote = |words: &Range<u32>| blocks(doc, words).all(|b| b.kind == BlockKind::Quote);
    is_quote(&copied.original) != is_quote(&copied.copy)
}

/// Both stand in one block, or in one list with nothing else between them.
fn is_one_list_or_block(doc: &Document, copied: &Copied) -> bool {
    let between = copied.original.start..copied.copy.end;
    blocks(doc, &between).count() == 1 || is_list(doc, &between)
}

/// Every word stands in a list item.
fn is_list(doc: &Document, words: &Range<u32>) -> bool {
    blocks(doc, words).all(|b| matches!(b.kind, BlockKind::Item(_)))
}

/// Both begin at the same place under different headings, or under a heading that the article says again and again.
fn stand_alike(doc: &Document, copied: &Copied) -> bool {
    let (Some(original), Some(copy)) = (place(doc, &copied.original), place(doc, &copied.copy)) else { return false };
    original.1.abs_diff(copy.1) <= SAME_OFFSET
        && (keys(doc, &original.0.words) != keys(doc, &copy.0.words) || is_template(doc, copy.0))
}

/// The heading that a region stands under, or begins with, and how many words after it the region begins.
fn place<'a>(doc: &'a Document, words: &Range<u32>) -> Option<(&'a Block, u32)> {
    let first = doc.block_of(words.start)?;
    let heading = if first.is_heading() { first } else { doc.blocks.get(first.heading? as usize)? };
    Some((heading, words.start.saturating_sub(heading.words.end)))
}

/// True for a heading that the article says so often that it must be built that way.
fn is_template(doc: &Document, heading: &Block) -> bool {
    let own = keys(doc, &heading.words);
    let twins = doc.blocks.iter().filter(|b| b.is_heading() && keys(doc, &b.words) == own);
    twins.count() >= TEMPLATE
}

/// More than every second difference is one of numbers.
fn differs_in_numbers(doc: &Document, facts: &Facts, copied: &Copied) -> bool {
    let edits = edits(copied, facts.runs_of(copied));
    let numbers = edits.iter().filter(|(before, after)| holds_number(doc, before) || holds_number(doc, after));
    numbers.count() * 2 > edits.len()
}
