//! HTML to leaves: elements make blocks, `<br>` makes lines, entities are decoded.
//!
//! The tokenizer gives exact ranges and never fails; no tree is built, so unclosed and crossed tags cost nothing. Scripts, styles,
//! forms of code and what a style hides are no prose. The same reader serves raw HTML inside Markdown.

use super::builder::Builder;
use super::entities::pieces;
use super::html_names::{Element, element};
use super::html_tags::{Open, Skip, Tag};
use super::looks::{Look, Looks};
use super::shape;
use super::{Area, BlockKind, LinkAttributes, LinkKind};
use crate::source::Source;
use crate::span::Span;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as TokenSpan, State, Tokenizer};
use std::ops::Range;

/// So many parts of a page inside each other are followed.
const DEEPEST: usize = 100;

/// Reads the body of an HTML text from the byte `start` on.
pub(super) fn read(source: &Source, start: u32, builder: &mut Builder<'_>) {
    let body = source.text.get(start as usize..).unwrap_or_default();
    let mut reader = HtmlReader::new(has_headings(body));
    reader.feed(source, Span::new(start, source.text.len() as u32), builder);
    reader.close(builder);
}

/// True where the author marks headings, so that a short line is not one.
fn has_headings(body: &str) -> bool {
    memchr::memchr_iter(b'<', body.as_bytes()).any(|at| {
        let mut tag = body[at + 1..].bytes();
        matches!(tag.next(), Some(b'h' | b'H')) && matches!(tag.next(), Some(b'1'..=b'6'))
    })
}

/// What is open at the present place.
#[derive(Debug, Default)]
pub(super) struct HtmlReader {
    has_headings: bool,
    tag: Tag,
    heading: Option<u8>,
    lists: u32,
    quotes: u32,
    is_cell: bool,
    /// Row and column of the next table cell.
    cell: (u32, u32),
    areas: Vec<(Element, Area)>,
    /// The element whose content nobody sees or nobody wrote as prose.
    skipped: Option<Skip>,
    strong: u32,
    code: Vec<u32>,
    link: Option<Open>,
    /// A link that nobody sees, until it ends.
    unseen: Option<Open>,
    looks: Looks,
    is_sheet: bool,
    /// The text before ended with a blank, or nothing stands before.
    after_blank: bool,
    /// Inside a paragraph of Markdown: elements that would begin a block mean nothing.
    is_inline: bool,
}

impl HtmlReader {
    /// A reader at the beginning of a text.
    pub fn new(has_headings: bool) -> Self {
        Self { has_headings, after_blank: true, ..Self::default() }
    }

    /// Reads a stretch of the source.
    pub fn feed(&mut self, source: &Source, span: Span, builder: &mut Builder<'_>) {
        let text = source.slice(span);
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, at: TokenSpan<usize>| -> Option<()> {
            let at = Span::new(span.start + at.start as u32, span.start + at.end.max(at.start) as u32);
            self.event(event, at, source, builder);
            None
        });
        emitter.naively_switch_states(true);
        let mut tokens = Tokenizer::new_with_emitter(text, emitter);
        tokens.set_state(State::Data);
        // The callback keeps everything; there is nothing to collect.
        while tokens.next().is_some() {}
    }

    /// Reads a tag inside a paragraph of Markdown.
    pub fn feed_inline(&mut self, source: &Source, span: Span, builder: &mut Builder<'_>) {
        self.is_inline = true;
        self.feed(source, span, builder);
        self.is_inline = false;
    }

    /// Tells how many lists and quotations of Markdown are open around the text that comes.
    pub fn stands_in(&mut self, lists: u32, quotes: u32) {
        (self.lists, self.quotes) = (lists, quotes);
    }

    /// True inside an element whose content is not seen or no prose.
    pub fn skips(&self) -> bool {
        self.skipped.is_some()
    }

    fn event(&mut self, event: CallbackEvent<'_>, at: Span, source: &Source, builder: &mut Builder<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: text(name), start: at.start, ..Tag::default() }
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute = text(name);
                self.tag.is_hidden |= self.tag.attribute == "hidden";
                // An empty value is not told of.
                if self.tag.attribute == "href" {
                    self.tag.target = Some(String::new());
                }
            }
            CallbackEvent::AttributeValue { value } => self.tag.set(text(value)),
            CallbackEvent::CloseStartTag { .. } => self.start(at, builder),
            CallbackEvent::EndTag { name } => self.end(&text(name), at, builder),
            CallbackEvent::String { .. } if self.is_sheet => self.looks.read_sheet(source.slice(at)),
            CallbackEvent::String { .. } if self.skipped.is_none() => self.text(source, at, builder),
            CallbackEvent::Comment { .. } => {
                let bare = source.slice(at);
                let inner = bare.strip_prefix("<!--").or_else(|| bare.strip_prefix("<!")).unwrap_or(bare);
                let start = at.end - inner.len() as u32;
                let close = if bare.starts_with("<!--") { "-->" } else { ">" };
                let inner = inner.strip_suffix(close).unwrap_or(inner);
                builder.comment(at, Span::new(start, start + inner.len() as u32));
            }
            _ => {}
        }
    }

    fn start(&mut self, at: Span, builder: &mut Builder<'_>) {
        let mut tag = std::mem::take(&mut self.tag);
        let span = Span::new(tag.start, at.end);
        let kind = element(&tag.name);
        // A slash before the end means nothing in HTML: what has no end tag is known by its name.
        let is_empty = matches!(kind, Element::Void | Element::Image | Element::Break);
        if self.skipped.as_ref().is_some_and(|skip| skip.ends_before(&tag.name, kind)) {
            self.skipped = None;
        }
        self.is_sheet = tag.name == "style";
        if let Some(skip) = &mut self.skipped {
            skip.depth += u32::from(skip.name == tag.name && !is_empty);
            if kind == Element::Link && skip.is_hidden && tag.target.is_some() {
                let marks = skip.marks.clone();
                self.open_unseen(tag, span, marks, builder);
            }
            return;
        }
        if kind == Element::Skipped || tag.is_hidden && !is_empty {
            // A drawing in a link does not end it.
            let is_part = self.is_inline || self.link.is_some() && kind == Element::Skipped;
            if kind != Element::Inline && kind != Element::Link && !is_part {
                self.close(builder);
            }
            if let Some(link) = &mut self.link {
                link.attributes.has_graphic |= kind == Element::Skipped;
            }
            let skip = Skip { name: tag.name.clone(), depth: 1, is_hidden: tag.is_hidden, marks: tag.marks() };
            if kind == Element::Link && tag.target.is_some() {
                self.open_unseen(tag, span, String::new(), builder);
            }
            if !is_empty {
                self.skipped = Some(skip);
            }
            return;
        }
        let look = self.look(&tag);
        if !is_empty && kind != Element::Link {
            self.looks.start(&tag.name, look, &tag.marks(), !tag.attributes.class.is_empty());
        }
        match kind {
            Element::Break => {
                builder.leaf.line_break(span);
                self.after_blank = true;
            }
            Element::Image => {
                let here = builder.leaf.len();
                let target = tag.target.unwrap_or_default();
                builder.leaf.link(LinkKind::Image, here, span, target, Some(tag.attributes));
            }
            Element::Link => {
                // Links do not stand in each other (HTML Standard, "in body": a start tag whose tag name is "a").
                self.close_link(Span::new(span.start, span.start), builder);
                let Some(target) = tag.target.take() else { return };
                if let Some(marks) = self.looks.hide(look, !tag.attributes.class.is_empty()) {
                    tag.attributes.is_hidden = true;
                    tag.attributes.around = marks;
                }
                self.link = Some(Open { start: builder.leaf.len(), span, target, attributes: tag.attributes });
            }
            Element::Strong => self.strong += 1,
            Element::Quotation => builder.leaf.sign("“", span),
            Element::Code => self.code.push(builder.leaf.len()),
            Element::Inline | Element::Void => {}
            _ if self.is_inline => {}
            _ => {
                self.close(builder);
                self.open(kind, builder);
            }
        }
    }

    fn look(&self, tag: &Tag) -> Look {
        let attributes = &tag.attributes;
        let is_plain = attributes.style.is_empty() && tag.colours.is_empty() && self.looks.is_empty();
        match is_plain {
            true => Look::default(),
            false => self.looks.of(&format!("{};{}", tag.colours, attributes.style), &attributes.class, &tag.id),
        }
    }

    /// The open link ends, if there is one; `end` is its end tag, or where one would stand.
    fn close_link(&mut self, end: Span, builder: &mut Builder<'_>) {
        if let Some(Open { start, span, target, attributes }) = self.link.take() {
            builder.leaf.link(LinkKind::Inline, start, span.join(end), target, Some(attributes));
        }
    }

    /// A link begins that nobody sees; `marks` are those of the element that hides it.
    fn open_unseen(&mut self, tag: Tag, span: Span, marks: String, builder: &mut Builder<'_>) {
        self.close_unseen(None, builder);
        let attributes = LinkAttributes { is_hidden: true, around: marks, ..tag.attributes };
        let target = tag.target.unwrap_or_default();
        self.unseen = Some(Open { start: builder.leaf.len(), span, target, attributes });
    }

    /// The link that nobody sees ends.
    fn close_unseen(&mut self, end: Option<Span>, builder: &mut Builder<'_>) {
        if let Some(Open { span, target, attributes, .. }) = self.unseen.take() {
            let span = end.map_or(span, |end| span.join(end));
            let here = builder.leaf.len();
            builder.leaf.link(LinkKind::Inline, here, span, target, Some(attributes));
        }
    }

    /// Enters a block element.
    fn open(&mut self, kind: Element, builder: &mut Builder<'_>) {
        match kind {
            Element::Heading(level) => self.heading = Some(level),
            Element::List => self.lists += 1,
            Element::Quote => self.quotes += 1,
            Element::Table => self.cell = (0, 0),
            Element::Row => {
                if self.is_cell {
                    self.leave_cell();
                }
                if self.cell.1 > 0 {
                    self.cell = (self.cell.0 + 1, 0);
                }
            }
            Element::Cell => {
                if self.is_cell {
                    self.leave_cell();
                }
                self.is_cell = true;
            }
            Element::Area(area) => self.enter(kind, area, builder),
            Element::Section => self.enter(kind, builder.area, builder),
            Element::Header => {
                // One that stands in nothing is the head of the page.
                let area = if self.areas.is_empty() { Area::Banner } else { builder.area };
                self.enter(kind, area, builder);
            }
            _ => {}
        }
    }

    fn enter(&mut self, kind: Element, area: Area, builder: &mut Builder<'_>) {
        if self.areas.len() < DEEPEST {
            self.areas.push((kind, area));
        }
        builder.area = area;
    }

    fn leave_cell(&mut self) {
        self.is_cell = false;
        self.cell.1 += 1;
    }

    fn end(&mut self, name: &str, at: Span, builder: &mut Builder<'_>) {
        let kind = element(name);
        if self.skipped.as_ref().is_some_and(|skip| skip.ends_at(name)) {
            self.skipped = None;
        }
        self.is_sheet = false;
        if kind == Element::Link {
            self.close_unseen(Some(at), builder);
        }
        if let Some(skip) = &mut self.skipped {
            skip.depth -= u32::from(skip.name == name);
            if skip.depth == 0 {
                self.skipped = None;
                self.close_unseen(None, builder);
            }
            return;
        }
        self.looks.end(name);
        match kind {
            Element::Strong => self.strong = self.strong.saturating_sub(1),
            Element::Code => {
                if let Some(start) = self.code.pop() {
                    builder.leaf.skip_from(start);
                }
            }
            Element::Link => self.close_link(at, builder),
            Element::Break => builder.leaf.line_break(at),
            Element::Quotation => builder.leaf.sign("”", at),
            Element::Inline | Element::Void | Element::Image | Element::Skipped => {}
            _ if self.is_inline => {}
            _ => {
                self.close(builder);
                match kind {
                    // Empty ones left nothing that would have ended them.
                    Element::Heading(_) => self.heading = None,
                    Element::Cell if self.is_cell => self.leave_cell(),
                    Element::Row | Element::Table if self.is_cell => self.leave_cell(),
                    Element::List => self.lists = self.lists.saturating_sub(1),
                    Element::Quote => self.quotes = self.quotes.saturating_sub(1),
                    Element::Area(_) | Element::Section | Element::Header => {
                        if let Some(at) = self.areas.iter().rposition(|(open, _)| *open == kind) {
                            self.areas.truncate(at);
                        }
                        builder.area = self.areas.last().map_or(Area::Body, |(_, area)| *area);
                    }
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, source: &Source, at: Span, builder: &mut Builder<'_>) {
        let before = builder.leaf.len();
        for piece in pieces(source.slice(at), at.start) {
            if piece.text == " " {
                if !self.after_blank {
                    builder.leaf.piece(piece);
                }
                self.after_blank = true;
            } else {
                self.after_blank = false;
                builder.leaf.piece(piece);
            }
        }
        if self.strong > 0 {
            builder.leaf.strong += builder.leaf.len() - before;
        }
    }

    /// Ends what is open inside a leaf.
    pub fn close_inline(&mut self, builder: &mut Builder<'_>) {
        for start in self.code.drain(..).rev() {
            builder.leaf.skip_from(start.min(builder.leaf.len()));
        }
        self.close_unseen(None, builder);
        if let Some(Open { start, span, target, attributes }) = self.link.take() {
            builder.leaf.link(LinkKind::Inline, start.min(builder.leaf.len()), span, target, Some(attributes));
        }
    }

    /// Ends the leaf, if there is one.
    pub fn close(&mut self, builder: &mut Builder<'_>) {
        self.close_inline(builder);
        self.after_blank = true;
        let kind = self.kind();
        let leaf = &builder.leaf;
        if leaf.text.trim().is_empty() {
            return builder.close(BlockKind::Paragraph);
        }
        self.heading = None;
        if kind != BlockKind::Paragraph {
            return builder.close(kind);
        }
        let has_gap = |lines: &[Range<u32>]| lines.windows(3).any(|three| three[1].is_empty());
        builder.close_paragraph(self.has_headings, |text, lines| has_gap(lines) || shape::is_pasted(text, lines));
    }

    /// What text is at the present place.
    fn kind(&self) -> BlockKind {
        match (self.heading, self.is_cell, self.lists, self.quotes) {
            (Some(level), ..) => BlockKind::Heading(level),
            (_, true, ..) => BlockKind::Cell { row: self.cell.0, column: self.cell.1 },
            (_, _, 0, 0) => BlockKind::Paragraph,
            (_, _, 0, _) => BlockKind::Quote,
            (_, _, depth, _) => BlockKind::Item((depth - 1).min(u32::from(u8::MAX)) as u8),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
