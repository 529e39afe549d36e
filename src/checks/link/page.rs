//! The links of a page with what stands in and around them.

use crate::checks::quoted::is_quoted;
use crate::document::{Block, BlockKind, Document, LinkAttributes, LinkKind, Sentence};
use crate::facts::{Address, LinkUse};
use crate::span::{Span, TextSpan};
use std::ops::Range;

/// A document and its links.
pub(super) struct Page<'a> {
    pub doc: &'a Document,
    pub links: &'a [LinkUse],
}

impl<'a> Page<'a> {
    /// True where two signs at most part a link from the next one; the end of a line is one sign.
    pub fn are_side_by_side(&self, link: &LinkUse, next: &LinkUse) -> bool {
        let between = Span { start: link.span.end, end: next.span.start.max(link.span.end) };
        self.doc.source.slice(between).bytes().filter(|byte| *byte != b'\r').count() <= 2
    }

    /// What a reader sees of a link, without blanks around it.
    pub fn text(&self, link: &LinkUse) -> &'a str {
        self.doc.slice(link.text).trim()
    }

    /// Where it leads, as written.
    pub fn target(&self, link: &LinkUse) -> &'a str {
        link.target(self.doc)
    }

    /// The words of prose in a link.
    pub fn words(&self, link: &LinkUse) -> Range<u32> {
        self.words_in(link.text)
    }

    /// The words of prose in a range of the text.
    pub fn words_in(&self, text: TextSpan) -> Range<u32> {
        let words = &self.doc.words;
        let start = words.partition_point(|word| word.text.end <= text.start) as u32;
        let end = words.partition_point(|word| word.text.start < text.end) as u32;
        start..end.max(start)
    }

    /// The keys of a range of words.
    pub fn keys(&self, words: Range<u32>) -> Vec<u64> {
        let words = self.doc.words.get(words.start as usize..words.end as usize);
        words.unwrap_or_default().iter().map(|word| word.key).collect()
    }

    /// What is said about a link beyond its target.
    pub fn attributes(&self, link: &LinkUse) -> Option<&'a LinkAttributes> {
        self.doc.links.get(link.link? as usize)?.attributes.as_deref()
    }

    /// What stands for the words of a link to whoever does not see it: its label or title.
    pub fn label(&self, link: &LinkUse) -> &'a str {
        self.attributes(link).map_or("", |attributes| attributes.label.trim())
    }

    /// The images in a link.
    pub fn images(&self, link: &'a LinkUse) -> impl Iterator<Item = &'a LinkUse> + '_ {
        let first = self.links.partition_point(|other| other.span.start < link.span.start);
        let inside = self.links[first..].iter().take_while(|other| other.span.start < link.span.end);
        inside.filter(|other| other.kind == LinkKind::Image)
    }

    /// The block that a link stands in.
    pub fn block(&self, link: &LinkUse) -> Option<&'a Block> {
        self.doc.blocks.get(link.block? as usize)
    }

    /// The sentence that a link stands in.
    pub fn sentence(&self, link: &LinkUse) -> Option<&'a Sentence> {
        self.doc.sentences.get(link.sentence? as usize)
    }

    /// What stands before and behind a link in its sentence.
    pub fn around(&self, link: &LinkUse) -> (&'a str, &'a str) {
        let Some(sentence) = self.sentence(link) else { return ("", "") };
        let text = |start: u32, end: u32| self.doc.slice(TextSpan::new(start.min(end), end));
        (text(sentence.text.start, link.text.start), text(link.text.end, sentence.text.end))
    }

    /// True in what surrounds the article, which have links of their own.
    pub fn is_furniture(&self, link: &LinkUse) -> bool {
        link.area.is_furniture()
    }

    /// True in a row of a table or list, which is built like the rows around it.
    pub fn is_in_row(&self, link: &LinkUse) -> bool {
        self.block(link).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. } | BlockKind::Item(_)))
    }

    /// True between quotation marks or in a quotation.
    pub fn is_quoted(&self, link: &LinkUse) -> bool {
        !link.text.is_empty() && is_quoted(self.doc, link.text)
    }

    /// The address that a link shows as its text, if it shows one and nothing else.
    pub fn shown_address(&self, link: &LinkUse) -> Option<Address> {
        let text = self.text(link);
        let is_one =
            !text.is_empty() && text.contains('.') && !text.contains(char::is_whitespace) && !text.contains('@');
        let address = is_one.then(|| Address::of_host(text))?;
        let is_known = address.has_known_suffix || address.host.ends_with(".example") || !address.scheme.is_empty();
        let is_name = address
            .host
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
        (address.is_web() && is_known && is_name && address.host.contains('.')).then_some(address)
    }
}
