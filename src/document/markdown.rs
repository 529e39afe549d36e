//! Markdown to leaves: CommonMark with tables, footnotes, strike-through and task lists.
//!
//! Text events of pulldown-cmark are slices of the source, except for entities, so offsets are exact. Fenced and inline code
//! is no prose; raw HTML is read like a page of HTML. Text pasted into Markdown without its blank lines, or with
//! bullets that Markdown does not know, is read by [`shape`].

use super::builder::Builder;
use super::html::HtmlReader;
use super::line_ends::UnixText;
use super::shape;
use super::{BlockKind, LinkAttributes, LinkKind};
use crate::source::Source;
use crate::span::Span;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

/// Reads the body of a Markdown text from the byte `start` on.
pub(super) fn read(source: &Source, start: u32, builder: &mut Builder<'_>) {
    let body = source.text.get(start as usize..).unwrap_or_default();
    read_body(source, body, start, Vec::new(), builder);
}

/// Stands for a byte that is no prose, in a body that was prepared for reading.
pub(super) const MASK: char = '\u{1}';

/// Reads a body that is as long as the source from `start` on, byte for byte, but for what is masked; `comments` were found in it.
pub(super) fn read_body(
    source: &Source,
    body: &str,
    start: u32,
    comments: Vec<(Span, Span)>,
    builder: &mut Builder<'_>,
) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader {
        source,
        body,
        start,
        comments: comments.into_iter().peekable(),
        html: HtmlReader::new(true),
        is_html_block: false,
        builder,
        has_headings: has_headings(body),
        kind: BlockKind::Paragraph,
        lists: 0,
        quotes: 0,
        is_footnote: false,
        cell: (0, 0),
        hidden: 0,
        strong: 0,
        links: Vec::new(),
        definition: None,
    };
    let unix = UnixText::of(body);
    let mut events = Parser::new_ext(&unix.text, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let at = |range: Range<usize>| {
            let range = unix.stored(range);
            Span::new(start + range.start as u32, start + range.end as u32)
        };
        reader.definition = match &event {
            Event::Start(Tag::Link { link_type, id, .. }) if is_reference(*link_type) => {
                events.reference_definitions().get(id).map(|definition| at(definition.span.clone()))
            }
            _ => None,
        };
        reader.event(event, at(range));
    }
    reader.close();
    for (comment, inner) in reader.comments.by_ref() {
        reader.builder.comment(comment, inner);
    }
}

impl Open {
    fn new(kind: LinkKind, span: Span, target: String, label: String) -> Self {
        Self { start: 0, kind, span, target, label, definition: None }
    }
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// True where the author marks headings, so that a short line is not one.
fn has_headings(body: &str) -> bool {
    body.lines().any(|line| {
        let bare = line.trim_start_matches('#');
        bare.len() < line.len() && (bare.is_empty() || bare.starts_with([' ', '\t']))
    })
}

struct Reader<'a, 'b> {
    source: &'a Source,
    /// The text as prepared, and where it begins in the source.
    body: &'a str,
    start: u32,
    /// Comments that are still to come.
    comments: Peekable<IntoIter<(Span, Span)>>,
    html: HtmlReader,
    /// Inside a block of HTML that was read as a whole.
    is_html_block: bool,
    builder: &'a mut Builder<'b>,
    has_headings: bool,
    /// What the leaf being collected will be.
    kind: BlockKind,
    lists: u32,
    quotes: u32,
    is_footnote: bool,
    /// Row and column of the next table cell.
    cell: (u32, u32),
    /// How many code blocks and images are open: their text is no prose.
    hidden: u32,
    /// How many strong marks are open.
    strong: u32,
    /// Links that are open.
    links: Vec<Open>,
    /// Where the target of the link that begins is defined.
    definition: Option<Span>,
}

/// A link or image that is not yet closed.
struct Open {
    /// Where it begins in the leaf.
    start: u32,
    kind: LinkKind,
    span: Span,
    target: String,
    /// Its title, or what stands in the place of an image.
    label: String,
    definition: Option<Span>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        while let Some((comment, inner)) = self.comments.next_if(|(comment, _)| comment.start < span.start) {
            self.builder.comment(comment, inner);
        }
        let is_skipped = self.hidden > 0 || self.html.skips();
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if !is_skipped => self.text(&text, span),
            Event::Text(text) => {
                if let Some(image) = self.links.last_mut().filter(|open| open.kind == LinkKind::Image) {
                    image.label.push_str(&text);
                }
            }
            Event::Code(code) if !is_skipped => {
                let start = self.builder.leaf.len();
                self.text(&code, span);
                self.builder.leaf.skip_from(start);
            }
            Event::SoftBreak => self.builder.leaf.line_break(span),
            Event::HardBreak => self.builder.leaf.decoded(" ", span),
            Event::Html(_) if !self.is_html_block => {
                self.html.stands_in(self.lists, self.quotes);
                self.html.feed(self.source, span, self.builder);
            }
            Event::InlineHtml(_) => self.html.feed_inline(self.source, span, self.builder),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let leaf = &mut self.builder.leaf;
        let stored = self.body.get((span.start - self.start) as usize..(span.end - self.start) as usize);
        if stored == Some(text) {
            let mut at = span.start;
            for part in text.split_inclusive(MASK) {
                leaf.verbatim(part.trim_end_matches(MASK), at);
                at += part.len() as u32;
            }
        } else {
            leaf.decoded(text, span);
        }
        if self.strong > 0 {
            leaf.strong += text.len() as u32;
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open(None),
            Tag::Heading { level, .. } => self.open(Some(BlockKind::Heading(depth(level)))),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::List(_) => {
                self.close();
                self.lists += 1;
            }
            Tag::Item => self.open(None),
            Tag::FootnoteDefinition(_) => {
                self.close();
                self.is_footnote = true;
            }
            Tag::Table(_) => {
                self.close();
                self.cell = (0, 0);
            }
            Tag::TableCell => self.open(Some(BlockKind::Cell { row: self.cell.0, column: self.cell.1 })),
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.close();
                self.hidden += 1;
            }
            Tag::HtmlBlock => {
                self.close();
                // Behind list and quotation marks, lines of HTML come one by one.
                self.is_html_block = self.lists == 0 && self.quotes == 0;
                if self.is_html_block {
                    self.html.feed(self.source, span, self.builder);
                }
            }
            Tag::Strong => self.strong += 1,
            Tag::Link { link_type, dest_url, title, .. } => {
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Inline,
                    LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
                    _ => LinkKind::Reference,
                };
                let definition = self.definition.take();
                self.open_link(Open { definition, ..Open::new(kind, span, dest_url.into(), title.into()) });
            }
            Tag::Image { dest_url, .. } => {
                self.open_link(Open::new(LinkKind::Image, span, dest_url.into(), String::new()));
                self.hidden += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.is_footnote = false;
            }
            TagEnd::TableCell => {
                self.close();
                self.cell.1 += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.cell = (self.cell.0 + 1, 0),
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::HtmlBlock => {
                self.html.close(self.builder);
                if !self.is_html_block {
                    self.html.stands_in(0, 0);
                }
                self.is_html_block = false;
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                if tag == TagEnd::Image {
                    self.hidden = self.hidden.saturating_sub(1);
                }
                if let Some(Open { start, kind, span, target, label, definition }) = self.links.pop() {
                    if kind == LinkKind::Autolink {
                        self.builder.leaf.skip_from(start);
                    }
                    let attributes = LinkAttributes { label, ..LinkAttributes::default() };
                    self.builder.leaf.link(kind, start, span, target, Some(attributes));
                    self.builder.leaf.define_last(start, definition);
                }
            }
            _ => {}
        }
    }

    fn open_link(&mut self, link: Open) {
        self.links.push(Open { start: self.builder.leaf.len(), ..link });
    }

    /// Begins a leaf; without a kind it is what its surroundings make of it.
    fn open(&mut self, kind: Option<BlockKind>) {
        self.close();
        self.kind = kind.unwrap_or(match (self.lists, self.quotes) {
            _ if self.is_footnote => BlockKind::Footnote,
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::Quote,
            (depth, _) => BlockKind::Item((depth - 1).min(u32::from(u8::MAX)) as u8),
        });
    }

    /// Ends the leaf, if there is one.
    fn close(&mut self) {
        self.html.close_inline(self.builder);
        let kind = self.kind;
        self.kind = self.surroundings();
        let leaf = &self.builder.leaf;
        if leaf.text.is_empty() {
            return self.builder.close(kind);
        }
        if kind != BlockKind::Paragraph {
            return self.builder.close(kind);
        }
        let is_pasted = |text: &str, lines: &[Range<u32>]| {
            let slices = lines.iter().map(|l| &text[l.start as usize..l.end as usize]);
            shape::is_pasted(text, lines)
                || shape::has_lone_lines(text, lines)
                || slices.clone().any(shape::begins_with_foreign_bullet)
        };
        self.builder.close_paragraph(self.has_headings, is_pasted);
    }

    /// What text without a paragraph mark is here: that of a tight list is its item's.
    fn surroundings(&self) -> BlockKind {
        match self.lists {
            0 => BlockKind::Paragraph,
            depth => BlockKind::Item((depth - 1).min(u32::from(u8::MAX)) as u8),
        }
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}
