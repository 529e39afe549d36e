//! Byte offsets to lines and columns as people count them.
//!
//! Lines and columns count from 1, columns in Unicode characters; a byte-order mark is no character. A line ends with
//! `\n`; a `\r` before it belongs to the line end.

use super::Source;
use crate::span::Span;

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
}

/// Characters are counted once in blocks of this many bytes, so that a column far into a line costs one block.
const BLOCK_BYTES: usize = 1 << 10;

/// Where each line of a source begins.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
    /// Characters before each block.
    counts: Vec<u32>,
}

impl Lines {
    /// Finds the line starts of a source and counts its characters.
    pub fn of(source: &Source) -> Self {
        let bytes = source.text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        let counts = bytes.chunks(BLOCK_BYTES).scan(0, |before, block| {
            let count = *before;
            *before += characters(block);
            Some(count)
        });
        Self { starts, counts: counts.collect() }
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

    /// Line and column of the byte at `offset`, in time that does not grow with the line.
    pub fn position(&self, offset: u32, source: &Source) -> Position {
        let index = self.index(offset);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let start = if start == 0 { source.body_start().min(offset) } else { start };
        let column = self.characters_before(offset, source).saturating_sub(self.characters_before(start, source));
        Position { line: index as u32 + 1, column: column + 1 }
    }

    fn characters_before(&self, offset: u32, source: &Source) -> u32 {
        let block = offset as usize / BLOCK_BYTES;
        let begun = source.text.as_bytes().get(block * BLOCK_BYTES..offset as usize).unwrap_or_default();
        self.counts.get(block).copied().unwrap_or_else(|| self.total(source)) + characters(begun)
    }

    /// All characters, for an offset at the very end of whole blocks.
    fn total(&self, source: &Source) -> u32 {
        let last = self.counts.len().saturating_sub(1);
        let rest = source.text.as_bytes().get(last * BLOCK_BYTES..).unwrap_or_default();
        self.counts.last().copied().unwrap_or(0) + characters(rest)
    }
}

/// Characters that begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    // Told many bytes at a time, and so of most texts.
    if bytes.is_ascii() {
        return bytes.len() as u32;
    }
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32
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

    #[test]
    fn long_lines() {
        for length in [BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 5 * BLOCK_BYTES] {
            let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
            let source = Source::new("a.txt", Format::Plain, text.clone().into()).expect("text");
            let column = Lines::of(&source).position(length as u32, &source).column;
            assert_eq!(column as usize, text.chars().count() + 1, "{length}");
        }
    }
}
