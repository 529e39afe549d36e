//! The one place where blocks, sentences, words and links come into being, whatever the format.
//!
//! A format collects the inline content of a paragraph, an item or a cell in a [`Leaf`] and then closes it as one block or,
//! line by line, as several. Closing trims
//! blanks, finds bare addresses, cuts sentences and words, and ties the block to its heading and lead-in.

use super::known::Known;
use super::leaf::Leaf;
use super::offsets::Piece;
use super::shape;
use super::words::each_word;
use super::{Area, Block, BlockKind, Comment, Document, Link, LinkKind, Sentence, Word};
use crate::span::{Span, TextSpan};
use linkify::{LinkFinder, LinkKind as Found};
use memchr::memmem::Finder;
use std::ops::Range;

/// What parts blocks in the visible text.
const BLOCK_BREAK: &str = "\n\n";

/// Makes a document out of leaves.
pub(super) struct Builder<'a> {
    /// The leaf being collected.
    pub leaf: Leaf,
    /// The part of the page that blocks now belong to.
    pub area: Area,
    doc: &'a mut Document,
    known: &'a Known,
    heading: Option<u32>,
    /// The headings that the present place stands under, the highest first, with their levels.
    path: Vec<(u8, u32)>,
    /// The question that is being answered.
    question: Option<u32>,
    /// Under a heading that lists sources.
    is_reference: bool,
    /// What introduces the lists around the present place, outermost first.
    lead_ins: Vec<Option<u32>>,
    /// The header cells of the present table.
    header: Vec<u32>,
    addresses: LinkFinder,
    /// Code and addresses of the block being closed, counted from its start.
    skips: Vec<TextSpan>,
    /// Links of the block being closed, counted from its start.
    links: Vec<Link>,
    /// Ends of the sentences of the block being closed.
    ends: Vec<u32>,
}

impl<'a> Builder<'a> {
    /// Builds into an empty document.
    pub fn new(doc: &'a mut Document, known: &'a Known) -> Self {
        let mut addresses = LinkFinder::new();
        addresses.url_must_have_scheme(false);
        Self {
            leaf: Leaf::default(),
            area: Area::Body,
            doc,
            known,
            heading: None,
            path: Vec::new(),
            question: None,
            is_reference: false,
            lead_ins: Vec::new(),
            header: Vec::new(),
            addresses,
            skips: Vec::new(),
            links: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Closes the whole leaf as one block. Links without any text around them are kept all the same.
    pub fn close(&mut self, kind: BlockKind) {
        if self.leaf.text.trim().is_empty() {
            let here = self.doc.text.len() as u32;
            let text = TextSpan::new(here, here);
            let area = self.area;
            self.doc.links.extend(self.leaf.links.drain(..).map(|link| Link { text, area, ..link }));
        } else {
            self.block(0..self.leaf.len(), kind);
        }
        self.leaf.clear();
    }

    /// Closes the leaf as several blocks.
    pub fn close_as(&mut self, blocks: impl IntoIterator<Item = (Range<u32>, BlockKind)>) {
        for (range, kind) in blocks {
            self.block(range, kind);
        }
        self.leaf.clear();
    }

    /// Closes the leaf as the paragraph that it is, or as what pasted lines look like. A short one is a heading when all of it
    /// is strong, or when the author marks no headings.
    pub fn close_paragraph(&mut self, marks_headings: bool, is_pasted: impl Fn(&str, &[Range<u32>]) -> bool) {
        let lines: Vec<Range<u32>> = self.leaf.lines().collect();
        if is_pasted(&self.leaf.text, &lines) {
            return self.close_as(shape::blocks(&self.leaf.text, &lines));
        }
        let is_all_strong = self.leaf.strong as usize >= self.leaf.text.trim().len();
        let may_be_heading = lines.len() == 1 && (is_all_strong || !marks_headings);
        let is_heading = may_be_heading && shape::is_heading(&self.leaf.text);
        self.close(if is_heading { BlockKind::Heading(0) } else { BlockKind::Paragraph });
    }

    /// A comment at the present place.
    pub fn comment(&mut self, span: Span, inner: Span) {
        self.doc.comments.push(Comment { span, inner });
    }

    fn block(&mut self, range: Range<u32>, kind: BlockKind) {
        let Some(range) = self.trimmed(range) else { return };
        if !self.doc.text.is_empty() {
            self.doc.text.push_str(BLOCK_BREAK);
        }
        let base = self.doc.text.len() as u32;
        self.doc.text.push_str(&self.leaf.text[range.start as usize..range.end as usize]);
        self.move_pieces(&range, base);
        self.collect_marks(&range);
        self.doc.links.extend(self.links.drain(..).map(|link| {
            let text = TextSpan::new(base + link.text.start, base + link.text.end);
            Link { text, area: self.area, ..link }
        }));
        let index = self.doc.blocks.len() as u32;
        let text = TextSpan::new(base, base + range.end - range.start);
        let (first_sentence, first_word) = (self.doc.sentences.len() as u32, self.doc.words.len() as u32);
        self.cut(text, index);
        let (lead_in, parent) = (self.lead_in(kind, index), self.parent(kind, index));
        let is_heading = matches!(kind, BlockKind::Heading(_));
        if is_heading {
            self.is_reference = self.known.reference_headings.has_text(self.doc.slice(text));
        }
        let is_question = self.doc.slice(text).ends_with('?') && self.doc.sentences.len() as u32 == first_sentence + 1;
        if is_heading || is_question {
            self.question = None;
        }
        self.doc.blocks.push(Block {
            kind,
            text,
            sentences: first_sentence..self.doc.sentences.len() as u32,
            words: first_word..self.doc.words.len() as u32,
            heading: self.heading,
            parent,
            area: self.area,
            is_reference: self.is_reference,
            lead_in,
            question: self.question,
        });
        if is_heading {
            self.heading = Some(index);
        }
        if is_question && (is_heading || kind == BlockKind::Paragraph) {
            self.question = Some(index);
        }
    }

    /// The range without blanks at its ends.
    fn trimmed(&self, range: Range<u32>) -> Option<Range<u32>> {
        let text = self.leaf.text.get(range.start as usize..range.end as usize)?;
        let start = range.start + (text.len() - text.trim_start().len()) as u32;
        let end = range.end - (text.len() - text.trim_end().len()) as u32;
        (start < end).then_some(start..end)
    }

    fn move_pieces(&mut self, range: &Range<u32>, base: u32) {
        let pieces = &self.leaf.pieces;
        let first = pieces.partition_point(|p| p.text <= range.start).saturating_sub(1);
        for (index, piece) in pieces.iter().enumerate().skip(first) {
            if piece.text >= range.end {
                break;
            }
            let end = pieces.get(index + 1).map_or(self.leaf.len(), |next| next.text).min(range.end);
            let start = piece.text.max(range.start);
            let source = if piece.is_verbatim {
                Span::new(piece.source.start + start - piece.text, piece.source.start + end - piece.text)
            } else {
                piece.source
            };
            let text = base + start - range.start;
            self.doc.offsets.push(Piece { text, source, is_verbatim: piece.is_verbatim }, end - start);
        }
    }

    /// Copies what the leaf knows of links and code in `range`, counted from its start, and adds bare addresses.
    fn collect_marks(&mut self, range: &Range<u32>) {
        // A link without text may stand behind the last blank.
        let rest = self.leaf.text.get(range.end as usize..).unwrap_or_default();
        let end = if rest.trim_start().is_empty() { self.leaf.len() } else { range.end };
        let touches = |span: &TextSpan| span.start < range.end || span.start <= end && span.is_empty();
        let moved = |span: TextSpan| {
            let inside = |at: u32| at.clamp(range.start, range.end) - range.start;
            TextSpan::new(inside(span.start), inside(span.end))
        };
        let leaf = &self.leaf;
        let first = leaf.skips.partition_point(|s| s.end <= range.start);
        self.skips.clear();
        self.skips.extend(leaf.skips.iter().skip(first).take_while(|s| touches(s)).map(|s| moved(*s)));
        let first = leaf.links.partition_point(|l| l.text.end < range.start);
        self.links.clear();
        let links = leaf.links.iter().skip(first).take_while(|l| touches(&l.text));
        self.links.extend(links.map(|l| Link { text: moved(l.text), ..l.clone() }));
        self.find_addresses(range);
    }

    /// Addresses in running text are links, and no prose.
    fn find_addresses(&mut self, range: &Range<u32>) {
        let text = &self.leaf.text[range.start as usize..range.end as usize];
        if !may_hold_address(text, &self.known.www) {
            return;
        }
        let (marked, linked) = (self.skips.len(), self.links.len());
        // How far the links reach that begin before the address.
        let (mut next, mut reach) = (0, 0);
        for found in self.addresses.links(text) {
            let address = found.as_str();
            let is_email = *found.kind() == Found::Email;
            let span = TextSpan::new(found.start() as u32, found.end() as u32);
            let marks = &self.skips[..marked];
            let code = marks.get(marks.partition_point(|s| s.end <= span.start));
            let is_code = code.is_some_and(|s| s.start < span.end);
            if is_code || !(is_email || address.contains("://") || address.starts_with("www.")) {
                continue;
            }
            self.skips.push(span);
            while let Some(link) = self.links[..linked].get(next).filter(|l| l.text.start <= span.start) {
                reach = reach.max(link.text.end);
                next += 1;
            }
            if !is_email && span.end > reach {
                let in_leaf = TextSpan::new(range.start + span.start, range.start + span.end);
                let source = self.leaf.source_of(in_leaf);
                self.links.push(Link {
                    kind: LinkKind::Bare,
                    text: span,
                    span: source,
                    target: address.to_owned(),
                    definition: None,
                    area: self.area,
                    attributes: None,
                });
            }
        }
        self.skips.sort_unstable();
        self.links.sort_by_key(|l| l.text);
    }

    /// Cuts a block into sentences and words.
    fn cut(&mut self, text: TextSpan, block: u32) {
        let Document { text: all, sentences, words, .. } = &mut *self.doc;
        let visible = &all[text.range()];
        let skips = self.skips.iter().map(|s| s.range());
        self.ends.clear();
        self.known.splitter.split(visible, skips.clone(), &mut self.ends);
        let first = sentences.len() as u32;
        let mut start = 0;
        for end in &self.ends {
            let sentence = &visible[start as usize..*end as usize];
            let lead = (sentence.len() - sentence.trim_start().len()) as u32;
            let from = text.start + start + lead;
            let to = text.start + start + sentence.trim_end().len() as u32;
            sentences.push(Sentence { text: TextSpan::new(from, to.max(from)), words: 0..0, block });
            start = *end;
        }
        let mut sentence = first;
        let after = |sentence: u32| sentences.get(sentence as usize + 1).map_or(u32::MAX, |next| next.text.start);
        let mut next = after(sentence);
        let mut prose = |from: usize, to: usize| {
            each_word(&visible[from..to], |start, end, key, kind| {
                let span = TextSpan::new(text.start + (from + start) as u32, text.start + (from + end) as u32);
                while span.start >= next {
                    sentence += 1;
                    next = after(sentence);
                }
                words.push(Word { text: span, key, sentence, kind });
            });
        };
        let mut from = 0;
        for skip in skips {
            prose(from.min(skip.start), skip.start);
            from = skip.end.max(from);
        }
        prose(from, visible.len());
        let mut word = words.partition_point(|w| w.sentence < first) as u32;
        for (index, sentence) in sentences.iter_mut().enumerate().skip(first as usize) {
            let start = word;
            while words.get(word as usize).is_some_and(|w| w.sentence as usize == index) {
                word += 1;
            }
            sentence.words = start..word;
        }
    }

    /// The heading over one that begins, which is now the last of those that the place stands under.
    fn parent(&mut self, kind: BlockKind, index: u32) -> Option<u32> {
        let BlockKind::Heading(level) = kind else { return None };
        let level = if level == 0 { u8::MAX } else { level };
        while self.path.pop_if(|(open, _)| *open >= level).is_some() {}
        let parent = self.path.last().map(|(_, heading)| *heading);
        self.path.push((level, index));
        parent
    }

    /// What introduces a block of this kind at the present place.
    fn lead_in(&mut self, kind: BlockKind, index: u32) -> Option<u32> {
        let before = index.checked_sub(1).and_then(|i| Some((i, self.doc.blocks.get(i as usize)?)));
        match kind {
            BlockKind::Item(depth) => {
                let depth = depth as usize;
                let opener = match before {
                    Some((i, b)) if !b.is_heading() && !matches!(b.kind, BlockKind::Cell { .. }) => Some(i),
                    _ => None,
                };
                match before {
                    Some((_, Block { kind: BlockKind::Item(last), .. })) => {
                        self.lead_ins.truncate(depth.min(*last as usize) + 1);
                    }
                    _ => self.lead_ins.clear(),
                }
                self.lead_ins.resize(self.lead_ins.len().max(depth + 1), opener);
                self.lead_ins.get(depth).copied().flatten()
            }
            BlockKind::Cell { row: 0, column } => {
                self.header.truncate(column as usize);
                self.header.push(index);
                None
            }
            BlockKind::Cell { column, .. } => self.header.get(column as usize).copied(),
            _ => None,
        }
    }
}

/// True where a text holds what every address has: `@`, `://` or `www.`.
fn may_hold_address(text: &str, www: &Finder<'_>) -> bool {
    let bytes = text.as_bytes();
    let is_mark = |at: usize| bytes[at] == b'@' || bytes[..at].ends_with(b":");
    memchr::memchr2_iter(b'@', b'/', bytes).any(is_mark) || www.find(bytes).is_some()
}
