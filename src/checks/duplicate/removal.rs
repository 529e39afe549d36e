//! Deleting the second of two equal tellings, whole lines of it.
//!
//! Only where nothing else is lost: whole blocks, in formats where a block is lines, with nothing but marks of markup around and
//! between them. The fix is unsafe: which of the two should stay is for a person to say.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::document::{Block, Document};
use crate::rules::Template;
use crate::source::Format;
use crate::span::Span;
use std::ops::Range;

/// What markup puts around the text of a block.
const MARKS: &str = "#-*+_>~`=0123456789.)( \t\r\n";

/// The fix that deletes a range of words, where they are whole blocks.
pub(super) fn removal(doc: &Document, words: &Range<u32>, title: &Template) -> Option<Fix> {
    if doc.source.format == Format::Html {
        return None;
    }
    let first = doc.blocks.partition_point(|block| block.words.end <= words.start);
    let end = doc.blocks.partition_point(|block| block.words.start < words.end);
    let blocks = doc.blocks.get(first..end)?;
    let is_whole = blocks.first()?.words.start == words.start && blocks.last()?.words.end == words.end;
    let span = lines(doc, blocks).filter(|_| is_whole)?;
    let edits = vec![Edit { span, replacement: String::new() }];
    Some(Fix { title: title.fill(&[]), applicability: Applicability::Unsafe, edits })
}

/// The lines of blocks and the blank ones behind them; `None` where they hold more than the text of the blocks.
fn lines(doc: &Document, blocks: &[Block]) -> Option<Span> {
    let text = &doc.source.text;
    let spans: Vec<Span> = blocks.iter().map(|block| doc.span(block.text)).collect();
    let start =
        text.get(..spans.first()?.start as usize)?.rfind('\n').map_or(doc.source.body_start() as usize, |at| at + 1);
    let after = spans.last()?.end as usize;
    let line_end = text.get(after..)?.find('\n').map_or(text.len(), |at| after + at + 1);
    let between = spans.windows(2).map(|pair| pair[0].end as usize..pair[1].start as usize);
    let around = [start..spans.first()?.start as usize, after..line_end];
    let is_bare = |range: Range<usize>| text.get(range).is_some_and(|part| part.chars().all(|c| MARKS.contains(c)));
    if !between.chain(around).all(is_bare) {
        return None;
    }
    let mut end = line_end;
    for line in text.get(line_end..)?.split_inclusive('\n') {
        let is_underline =
            end == line_end && !line.trim().is_empty() && line.trim().chars().all(|c| c == '=' || c == '-');
        if !line.trim().is_empty() && !is_underline {
            break;
        }
        end += line.len();
    }
    Some(Span::new(start as u32, end as u32))
}
