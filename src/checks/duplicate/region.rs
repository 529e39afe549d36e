//! Ranges of words as parts of an article: their blocks, their text, what differs between two of them.

use crate::document::{Block, Document, Word, WordKind};
use crate::facts::{Copied, Run};
use crate::span::TextSpan;
use std::ops::Range;

/// Differences parted by fewer equal words than this are one.
const NEAR_EDITS: u32 = 3;

/// The number of words of a range.
pub(super) fn length(words: &Range<u32>) -> u32 {
    words.end - words.start
}

/// How many words lie in both ranges.
pub(super) fn shared(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The blocks that a region touches.
pub(super) fn blocks<'a>(doc: &'a Document, words: &Range<u32>) -> impl Iterator<Item = &'a Block> + Clone + use<'a> {
    let first = doc.blocks.partition_point(|b| b.words.end <= words.start);
    let end = doc.blocks.partition_point(|b| b.words.start < words.end);
    doc.blocks.get(first..end.max(first)).unwrap_or_default().iter()
}

/// The words of a range.
pub(super) fn words<'a>(doc: &'a Document, words: &Range<u32>) -> &'a [Word] {
    doc.words.get(words.start as usize..words.end as usize).unwrap_or_default()
}

/// The keys of a range of words.
pub(super) fn keys(doc: &Document, range: &Range<u32>) -> Vec<u64> {
    words(doc, range).iter().map(|word| word.key).collect()
}

/// True where a region lies in one sentence.
pub(super) fn is_one_sentence(doc: &Document, words: &Range<u32>) -> bool {
    doc.sentence_of(words.start).is_some_and(|s| words.end <= s.words.end)
}

/// What is marked of a region: its first heading or sentence.
pub(super) fn opening(doc: &Document, words: &Range<u32>) -> TextSpan {
    let end = doc.sentence_of(words.start).map_or(words.end, |s| s.words.end.min(words.end));
    whole(doc, &(words.start..end))
}

/// The text of a region, with the punctuation of sentences that it takes in from their first word or up to their last.
pub(super) fn whole(doc: &Document, words: &Range<u32>) -> TextSpan {
    let mut text = doc.words_text(words.clone());
    let last = words.end.saturating_sub(1);
    if let (Some(first), Some(last)) = (doc.sentence_of(words.start), doc.sentence_of(last)) {
        text.start = if first.words.start == words.start { first.text.start } else { text.start };
        text.end = if last.words.end == words.end { last.text.end } else { text.end };
    }
    text
}

/// Words of the first telling and words of the later one that stand for each other; one of the two may be empty.
pub(super) type Edit = (Range<u32>, Range<u32>);

/// The differences between two tellings, in order; neighbouring ones are joined.
pub(super) fn edits(copied: &Copied, runs: &[Run]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let (mut original, mut copy) = (copied.original.start, copied.copy.start);
    let end = Run { original: copied.original.end, copy: copied.copy.end, length: 0 };
    for run in runs.iter().chain([&end]) {
        let edit = (original..run.original.max(original), copy..run.copy.max(copy));
        if !edit.0.is_empty() || !edit.1.is_empty() {
            match edits.last_mut() {
                Some(last) if edit.1.start - last.1.end < NEAR_EDITS && edit.0.start - last.0.end < NEAR_EDITS => {
                    last.0.end = edit.0.end;
                    last.1.end = edit.1.end;
                }
                _ => edits.push(edit),
            }
        }
        (original, copy) = (run.original_end(), run.copy_end());
    }
    edits
}

/// True where a range of words holds a number in digits.
pub(super) fn holds_number(doc: &Document, range: &Range<u32>) -> bool {
    words(doc, range).iter().any(|word| word.kind == WordKind::Number)
}
