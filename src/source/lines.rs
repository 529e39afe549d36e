//! Byte offsets to lines and columns as people count them.
//!
//! Lines and columns count from 1, columns in Unicode characters; a byte-order mark is no character. A line ends with
//! `\n`; a `\r` before it belongs to the line end.

use super::{BYTE_ORDER_MARK, Source};
use crate::span::Span;

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
}

/// Where each line of a source begins.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the line starts of a source, in one pass over its bytes.
    pub fn of(source: &Source) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', source.text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// How many lines there are; text after the last line end counts as one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Index of the line that holds the byte at `offset`, from 0.
    pub fn index(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, its line end left out; empty behind the last line.
    pub fn span(&self, index: usize, source: &Source) -> Span {
        let length = source.text.len() as u32;
        let start = self.starts.get(index).copied().unwrap_or(length);
        let end = self.starts.get(index + 1).copied().unwrap_or(length);
        let line = source.text.get(start as usize..end as usize).unwrap_or_default();
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let bare = bare.strip_suffix('\r').unwrap_or(bare);
        Span::new(start, start + bare.len() as u32)
    }

    /// Line and column of the byte at `offset`.
    pub fn position(&self, offset: u32, source: &Source) -> Position {
        let index = self.index(offset);
        let start = self.starts.get(index).copied().unwrap_or(0) as usize;
        let before = source.text.get(start..offset as usize).unwrap_or_default();
        let before = if start == 0 { before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before) } else { before };
        Position { line: index as u32 + 1, column: before.chars().count() as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn counts_characters_not_bytes() {
        let source = Source::new("a.txt", Format::Plain, "\u{feff}Ünï\r\ncafé x".into()).expect("text");
        let lines = Lines::of(&source);
        let at = |needle: &str| lines.position(source.text.find(needle).expect("there") as u32, &source);
        assert_eq!(at("Ü"), Position { line: 1, column: 1 });
        assert_eq!(at("ï"), Position { line: 1, column: 3 });
        assert_eq!(at("x"), Position { line: 2, column: 6 });
        assert_eq!(source.slice(lines.span(0, &source)), "\u{feff}Ünï");
        assert_eq!(lines.count(), 2);
    }
}
