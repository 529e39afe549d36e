//! Visible text to source and nothing else: a list of pieces, in order of both texts.
//!
//! A piece is either verbatim (the visible text is a slice of the source) or decoded (an entity, a line break read as a
//! blank). Neighbouring verbatim pieces are joined, so a plain paragraph is one piece.

use crate::span::{Span, TextSpan};

/// A stretch of visible text and the source it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in the visible text.
    pub text: u32,
    /// The bytes of the source.
    pub source: Span,
    /// True where the visible text equals the source byte for byte.
    pub is_verbatim: bool,
}

/// The pieces of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Offsets {
    pieces: Vec<Piece>,
}

impl Offsets {
    /// Adds a piece behind all others; `length` is that of its visible text in bytes.
    pub fn push(&mut self, piece: Piece, length: u32) {
        debug_assert!(!piece.is_verbatim || piece.source.end - piece.source.start == length);
        if let Some(last) = self.pieces.last_mut()
            && last.is_verbatim
            && piece.is_verbatim
            && last.source.end == piece.source.start
            && last.text + (last.source.end - last.source.start) == piece.text
        {
            last.source.end = piece.source.end;
        } else {
            self.pieces.push(piece);
        }
    }

    /// The source of a range of visible text: from its first to its last character, markup between them included.
    pub fn span(&self, text: TextSpan) -> Span {
        let start = match self.at(text.start) {
            Some(p) if p.is_verbatim => p.source.start + (text.start - p.text).min(p.source.end - p.source.start),
            Some(p) => p.source.start,
            None => 0,
        };
        if text.is_empty() {
            return Span::new(start, start);
        }
        let end = match self.at(text.end - 1) {
            Some(p) if p.is_verbatim => p.source.start + (text.end - p.text).min(p.source.end - p.source.start),
            Some(p) => p.source.end,
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.pieces.clear();
    }

    /// The piece that holds the byte at `offset` of the visible text, or the last one before it.
    fn at(&self, offset: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.text <= offset);
        self.pieces.get(after.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a&amp;b` read as `a&b`.
    fn entity() -> Offsets {
        let mut offsets = Offsets::default();
        offsets.push(Piece { text: 0, source: Span::new(10, 11), is_verbatim: true }, 1);
        offsets.push(Piece { text: 1, source: Span::new(11, 16), is_verbatim: false }, 1);
        offsets.push(Piece { text: 2, source: Span::new(16, 17), is_verbatim: true }, 1);
        offsets
    }

    #[test]
    fn crosses_entities() {
        let offsets = entity();
        assert_eq!(offsets.span(TextSpan::new(0, 3)), Span::new(10, 17));
        assert_eq!(offsets.span(TextSpan::new(1, 2)), Span::new(11, 16));
        assert_eq!(offsets.span(TextSpan::new(2, 3)), Span::new(16, 17));
        assert_eq!(offsets.span(TextSpan::new(0, 1)), Span::new(10, 11));
    }

    #[test]
    fn joins_verbatim_neighbours() {
        let mut offsets = Offsets::default();
        offsets.push(Piece { text: 0, source: Span::new(0, 4), is_verbatim: true }, 4);
        offsets.push(Piece { text: 4, source: Span::new(4, 6), is_verbatim: true }, 2);
        assert_eq!(offsets.pieces.len(), 1);
    }
}
