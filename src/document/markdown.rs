//! Markdown to leaves: CommonMark with tables, footnotes, strike-through and task lists.
//!
//! Text events of pulldown-cmark are slices of the source, except for entities, so offsets are exact. Fenced and inline code
//! is no prose; raw HTML gives its comments and line breaks. Text pasted into Markdown without its blank lines, or with
//! bullets that Markdown does not know, is read by [`shape`].

use super::builder::Builder;
use super::shape;
use super::{BlockKind, LinkKind};
use crate::source::Source;
use crate::span::Span;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A paragraph with a line this long was pasted a paragraph a line, in bytes.
const PASTED_LINE: u32 = 200;

/// Reads the body of a Markdown text from the byte `start` on.
pub(super) fn read(source: &Source, start: u32, builder: &mut Builder<'_>) {
    let body = source.text.get(start as usize..).unwrap_or_default();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut reader = Reader {
        source,
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
    };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, Span::new(start + range.start as u32, start + range.end as u32));
    }
    reader.close();
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
    /// Links that are open: where they begin in the leaf and what they are.
    links: Vec<(u32, LinkKind, Span, String)>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.hidden == 0 => self.text(&text, span),
            Event::Code(code) if self.hidden == 0 => {
                let start = self.builder.leaf.len();
                self.text(&code, span);
                self.builder.leaf.skip_from(start);
            }
            Event::SoftBreak => self.builder.leaf.line_break(span),
            Event::HardBreak => self.builder.leaf.decoded(" ", span),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let leaf = &mut self.builder.leaf;
        if self.source.slice(span) == text {
            leaf.verbatim(text, span.start);
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
            Tag::Strong => self.strong += 1,
            Tag::Link { link_type, dest_url, .. } => {
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Inline,
                    LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
                    _ => LinkKind::Reference,
                };
                self.links.push((self.builder.leaf.len(), kind, span, dest_url.into_string()));
            }
            Tag::Image { dest_url, .. } => {
                self.links.push((self.builder.leaf.len(), LinkKind::Image, span, dest_url.into_string()));
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
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                if tag == TagEnd::Image {
                    self.hidden = self.hidden.saturating_sub(1);
                }
                if let Some((start, kind, span, target)) = self.links.pop() {
                    if kind == LinkKind::Autolink {
                        self.builder.leaf.skip_from(start);
                    }
                    self.builder.leaf.link(kind, start, span, target);
                }
            }
            _ => {}
        }
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
        let kind = self.kind;
        self.kind = self.surroundings();
        let leaf = &self.builder.leaf;
        if leaf.len() == 0 {
            return self.builder.discard();
        }
        if kind != BlockKind::Paragraph {
            return self.builder.close(kind);
        }
        let lines: Vec<Range<u32>> = leaf.lines().collect();
        let longest = lines.iter().map(|l| l.end - l.start).max().unwrap_or(0);
        let is_pasted = lines.len() > 1 && longest >= PASTED_LINE && !shape::is_wrapped(&leaf.text, &lines);
        if is_pasted || lines.iter().any(|l| begins_with_foreign_bullet(&leaf.text[l.start as usize..l.end as usize])) {
            let blocks = shape::blocks(&leaf.text, &lines);
            return self.builder.close_as(blocks);
        }
        let is_all_strong = leaf.strong as usize >= leaf.text.trim().len();
        let is_heading = (is_all_strong || !self.has_headings) && lines.len() == 1 && shape::is_heading(&leaf.text);
        self.builder.close(if is_heading { BlockKind::Heading(0) } else { kind });
    }

    /// What text without a paragraph mark is here: that of a tight list is its item's.
    fn surroundings(&self) -> BlockKind {
        match self.lists {
            0 => BlockKind::Paragraph,
            depth => BlockKind::Item((depth - 1).min(u32::from(u8::MAX)) as u8),
        }
    }

    /// Raw HTML: comments are kept, a line break is a blank, other tags are nothing.
    fn html(&mut self, html: &str, span: Span) {
        if html.len() == (span.end - span.start) as usize {
            let mut at = 0;
            while let Some(open) = html[at..].find("<!--").map(|i| at + i) {
                let close = html[open..].find("-->").map_or(html.len(), |i| open + i);
                let end = (close + 3).min(html.len());
                let inner = Span::new(span.start + (open + 4).min(close) as u32, span.start + close as u32);
                self.builder.comment(Span::new(span.start + open as u32, span.start + end as u32), inner);
                at = end;
            }
        }
        if html.starts_with("<br") {
            self.builder.leaf.decoded(" ", span);
        }
    }
}

/// True for bullets that Markdown does not know.
fn begins_with_foreign_bullet(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(|c: char| !c.is_ascii()) && shape::begins_with_bullet(line)
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}
