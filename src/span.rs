//! Byte ranges in the two coordinate systems of medlint: the file as stored, and the text as a reader sees it.
//!
//! They are two types on purpose: `avoid exercise` in the visible text may be `avoid <b>exercise</b>` in the file.
//! Only [`Document::span`](crate::document::Document::span) crosses from one to the other.

use std::ops::Range;

/// A half-open range of bytes in a source file as stored on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte of the range.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to and without `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The range as an index into the bytes of the source.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True where the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// True where every byte of `other` lies in this range.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A half-open range of bytes in the text a reader sees. Not interchangeable with [`Span`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextSpan {
    /// First byte of the range.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl TextSpan {
    /// The range from `start` up to and without `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "text span {start}..{end} runs backwards");
        Self { start, end }
    }

    /// The range as an index into the visible text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True where the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest range that holds both.
    pub fn join(self, other: TextSpan) -> TextSpan {
        TextSpan { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
