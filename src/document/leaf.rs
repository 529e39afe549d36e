//! Inline content on its way to becoming a block: its visible text, where each byte came from, and what in it is no prose.
//!
//! A format adds text, code, links and line breaks in reading order; offsets count from the beginning of the leaf.

use super::entities::SourcePiece;
use super::offsets::{Offsets, Piece};
use super::{Area, Link, LinkAttributes, LinkKind};
use crate::span::{Span, TextSpan};
use std::ops::Range;

/// Inline content that is not yet a block. Offsets count from the beginning of the leaf.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// The visible text; a line break inside it is a blank.
    pub text: String,
    /// Where the blanks that were line breaks stand.
    pub breaks: Vec<u32>,
    /// How much of the text was marked up as strong, in bytes.
    pub strong: u32,
    pub(super) pieces: Vec<Piece>,
    /// Code: seen, but no prose.
    pub(super) skips: Vec<TextSpan>,
    pub(super) links: Vec<Link>,
}

impl Leaf {
    /// Text that stands in the source just so, from the byte `source` on.
    pub fn verbatim(&mut self, text: &str, source: u32) {
        let span = Span::new(source, source + text.len() as u32);
        self.pieces.push(Piece { text: self.len(), source: span, is_verbatim: true });
        self.text.push_str(text);
    }

    /// Text that was written as something else.
    pub fn decoded(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.pieces.push(Piece { text: self.len(), source, is_verbatim: false });
            self.text.push_str(text);
        }
    }

    /// Text of HTML, as seen and as stored.
    pub fn piece(&mut self, piece: SourcePiece<'_>) {
        let is_verbatim = piece.text.len() == (piece.source.end - piece.source.start) as usize
            && (piece.text.len() > 1 || piece.text != " ");
        match is_verbatim {
            true => self.verbatim(&piece.text, piece.source.start),
            false => self.decoded(&piece.text, piece.source),
        }
    }

    /// A line break, read as a blank.
    pub fn line_break(&mut self, source: Span) {
        self.breaks.push(self.len());
        self.decoded(" ", source);
    }

    /// A sign that a tag stands for.
    pub fn sign(&mut self, sign: &str, source: Span) {
        self.decoded(sign, source);
    }

    /// Marks what was added since `start` as no prose, what was marked in it before included.
    pub fn skip_from(&mut self, start: u32) {
        while self.skips.pop_if(|inner| inner.start >= start).is_some() {}
        self.skips.push(TextSpan::new(start, self.len()));
    }

    /// A link over what was added since `start`.
    pub fn link(&mut self, kind: LinkKind, start: u32, span: Span, target: String, attributes: Option<LinkAttributes>) {
        let attributes = attributes.filter(|a| *a != LinkAttributes::default()).map(Box::new);
        // An image inside a link ends first but does not begin first.
        let at = self.links.iter().rposition(|l| l.text.start <= start).map_or(0, |i| i + 1);
        let text = TextSpan::new(start, self.len());
        self.links.insert(at, Link { kind, text, span, target, definition: None, area: Area::Body, attributes });
    }

    /// Says where the target of the link that was last added from `start` on is defined.
    pub fn define_last(&mut self, start: u32, definition: Option<Span>) {
        if definition.is_some()
            && let Some(link) = self.links.iter_mut().rev().find(|link| link.text.start == start)
        {
            link.definition = definition;
        }
    }

    /// Length of the text so far, in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// The lines of the leaf, cut at its breaks.
    pub fn lines(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        let starts = std::iter::once(0).chain(self.breaks.iter().map(|b| b + 1));
        let ends = self.breaks.iter().copied().chain(std::iter::once(self.len()));
        starts.zip(ends).map(|(start, end)| start..end)
    }

    /// The source of a range of the text.
    pub fn source_of(&self, text: TextSpan) -> Span {
        let mut offsets = Offsets::default();
        let first = self.pieces.partition_point(|p| p.text <= text.start).saturating_sub(1);
        for piece in self.pieces.iter().skip(first).take_while(|p| p.text < text.end) {
            offsets.push(*piece, piece.source.end - piece.source.start);
        }
        offsets.span(text)
    }

    /// Forgets everything but keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.breaks.clear();
        self.strong = 0;
        self.pieces.clear();
        self.skips.clear();
        self.links.clear();
    }
}
