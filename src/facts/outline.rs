//! What of a document is laid beside other documents: its words by their keys, where sentences and blocks stand, and no text.
//!
//! A tenth of what a document takes in memory, so that a run can keep it until articles are compared, and reads those alone again
//! whose words it quotes.

use super::copies::takes_part;
use crate::document::{BlockKind, Document, Sentence};
use crate::span::Span;
use std::ops::Range;

/// A document without its text. Blocks and sentences follow each other, so that each begins where the one before ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The keys of its words.
    pub keys: Vec<u64>,
    /// Its blocks, as many as the document has.
    pub blocks: Vec<Part>,
    sentences: Vec<Line>,
}

/// A sentence of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    /// Where it ends, in words.
    end: u32,
    /// Where it stands in the source.
    span: Span,
}

/// A block of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it ends, in words.
    pub end: u32,
    /// True for headings.
    pub is_heading: bool,
    /// True for paragraphs of a quotation.
    pub is_quote: bool,
    /// False for tables, reference lists and the page around the article, which repeat for honest reasons.
    pub takes_part: bool,
}

impl Outline {
    /// The outline of a document.
    pub fn of(doc: &Document) -> Self {
        let part = |block: &crate::document::Block| Part {
            end: block.words.end,
            is_heading: block.is_heading(),
            is_quote: block.kind == BlockKind::Quote,
            takes_part: takes_part(block),
        };
        let line = |sentence: &Sentence| Line { end: sentence.words.end, span: doc.span(sentence.text) };
        Self {
            keys: doc.words.iter().map(|word| word.key).collect(),
            blocks: doc.blocks.iter().map(part).collect(),
            sentences: doc.sentences.iter().map(line).collect(),
        }
    }

    /// How many words it has.
    pub fn words(&self) -> u32 {
        self.keys.len() as u32
    }

    /// The keys of a range of words.
    pub fn keys(&self, words: &Range<u32>) -> &[u64] {
        self.keys.get(words.start as usize..words.end as usize).unwrap_or_default()
    }

    /// All blocks with their words.
    pub fn parts(&self) -> impl Iterator<Item = (Range<u32>, Part)> {
        let starts = [0].into_iter().chain(self.blocks.iter().map(|part| part.end));
        starts.zip(&self.blocks).map(|(start, part)| (start..part.end, *part))
    }

    /// The blocks that a range of words touches, with their words.
    pub fn parts_at(&self, words: &Range<u32>) -> impl Iterator<Item = (Range<u32>, Part)> + use<'_> {
        let first = self.blocks.partition_point(|part| part.end <= words.start);
        let end = words.end;
        self.parts().skip(first).take_while(move |(words, _)| words.start < end)
    }

    /// The words of the sentence that holds a word.
    pub fn sentence_at(&self, word: u32) -> Option<Range<u32>> {
        let at = self.line_at(word);
        let start = at.checked_sub(1).and_then(|before| self.sentences.get(before)).map_or(0, |before| before.end);
        Some(start..self.sentences.get(at)?.end)
    }

    /// Where whole sentences stand in the source, all of them and the first; `None` where words begin or end inside a sentence.
    pub fn spans(&self, words: &Range<u32>) -> Option<(Span, Span)> {
        let (first, last) = (self.sentence_at(words.start)?, self.sentence_at(words.end.checked_sub(1)?)?);
        if first.start != words.start || last.end != words.end {
            return None;
        }
        let span = |word: u32| Some(self.sentences.get(self.line_at(word))?.span);
        let (first, last) = (span(first.start)?, span(last.start)?);
        Some((Span::new(first.start, last.end), first))
    }

    /// The number of the sentence that holds a word.
    fn line_at(&self, word: u32) -> usize {
        self.sentences.partition_point(|sentence| sentence.end <= word)
    }
}
