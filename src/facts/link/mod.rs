//! Links as a reader meets them: what each shows, where it leads, in which sentence it stands.
//!
//! Besides the links of the document, addresses count that are printed without scheme and `www.`: nobody can click them, but
//! they name a host all the same. They stay prose to everybody else.

mod address;
mod punycode;

pub use address::{Address, Scheme, unescaped};

use crate::document::{Area, Document, LinkKind};
use crate::span::{Span, TextSpan};

/// A link and the place it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// How it is written; a printed address is [`LinkKind::Bare`].
    pub kind: LinkKind,
    /// Its index in [`Document::links`]; `None` for a printed address.
    pub link: Option<u32>,
    /// What a reader sees of it; empty for images and for what is hidden.
    pub text: TextSpan,
    /// The whole link in the source.
    pub span: Span,
    /// Where it leads.
    pub address: Address,
    /// The block that it stands in, as an index into [`Document::blocks`].
    pub block: Option<u32>,
    /// The sentence that it stands in, as an index into [`Document::sentences`].
    pub sentence: Option<u32>,
    /// The part of the page that it stands in.
    pub area: Area,
    /// True in a list of sources or a footnote.
    pub is_reference: bool,
}

impl LinkUse {
    /// Where it leads, as written.
    pub fn target<'a>(&self, doc: &'a Document) -> &'a str {
        match self.link.and_then(|link| doc.links.get(link as usize)) {
            Some(link) => &link.target,
            None => doc.slice(self.text),
        }
    }
}

/// The links of a document and the addresses printed in it, in order.
pub(super) fn read(doc: &Document) -> Vec<LinkUse> {
    let mut uses: Vec<LinkUse> = Vec::with_capacity(doc.links.len());
    for (index, link) in doc.links.iter().enumerate() {
        let place = Place::of(doc, link.text);
        uses.push(LinkUse {
            kind: link.kind,
            link: Some(index as u32),
            text: link.text,
            span: link.span,
            address: Address::of(&link.target),
            block: place.block,
            sentence: place.sentence,
            area: link.area,
            is_reference: place.is_reference,
        });
    }
    let linked = uses.len();
    let mut next = 0;
    each_printed(&doc.text, |span| {
        while uses[..linked].get(next).is_some_and(|known| known.text.end <= span.start) {
            next += 1;
        }
        let is_linked = uses[..linked].get(next).is_some_and(|known| known.text.start < span.end);
        let address = Address::of_host(doc.slice(span));
        if is_linked || !address.has_known_suffix && !is_kept_for_examples(&address.host) || is_code(doc, span) {
            return;
        }
        let place = Place::of(doc, span);
        uses.push(LinkUse {
            kind: LinkKind::Bare,
            link: None,
            text: span,
            span: doc.span(span),
            address,
            block: place.block,
            sentence: place.sentence,
            area: place.area,
            is_reference: place.is_reference,
        });
    });
    uses.sort_by_key(|one| (one.span, one.link));
    uses
}

/// Domains that no one can register, for documentation and tests (RFC 2606).
fn is_kept_for_examples(host: &str) -> bool {
    host.ends_with(".example")
}

/// Where something stands.
#[derive(Default)]
struct Place {
    block: Option<u32>,
    sentence: Option<u32>,
    area: Area,
    is_reference: bool,
}

impl Place {
    fn of(doc: &Document, text: TextSpan) -> Self {
        let at = doc.blocks.partition_point(|block| block.text.end < text.end.max(text.start));
        let Some(block) = doc.blocks.get(at).filter(|block| block.text.start <= text.start) else {
            return Self::default();
        };
        let range = block.sentences.start as usize..block.sentences.end as usize;
        let sentences = doc.sentences.get(range).unwrap_or_default();
        let sentence = sentences.partition_point(|sentence| sentence.text.end <= text.start);
        let sentence = sentence.min(sentences.len().saturating_sub(1)) as u32;
        Self {
            block: Some(at as u32),
            sentence: (!sentences.is_empty()).then_some(block.sentences.start + sentence),
            area: block.area,
            is_reference: block.is_reference || block.kind == crate::document::BlockKind::Footnote,
        }
    }
}

/// Code holds no words.
fn is_code(doc: &Document, span: TextSpan) -> bool {
    let first = doc.words.partition_point(|word| word.text.end <= span.start);
    doc.words.get(first).is_none_or(|word| word.text.start >= span.end)
}

/// Calls `found` with each run of characters that looks like `name.tld` or `name.tld/path`, without a scheme before it.
fn each_printed(text: &str, mut found: impl FnMut(TextSpan)) {
    let bytes = text.as_bytes();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.') || b >= 0x80;
    let mut done = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        let is_inside = |b: &u8| b.is_ascii_lowercase();
        if dot < done || !bytes.get(dot + 1).is_some_and(is_inside) || !bytes.get(dot + 2).is_some_and(is_inside) {
            continue;
        }
        let before = bytes[done..dot].iter().rev().take_while(|b| is_name(**b)).count();
        let after = bytes[dot..].iter().take_while(|b| is_name(**b)).count();
        let (start, mut end) = (dot - before, dot + after);
        let follows_address =
            start.checked_sub(1).is_some_and(|at| matches!(bytes[at], b'/' | b'@' | b':' | b'_' | b'='));
        if bytes.get(end) == Some(&b'/') {
            end += bytes[end..]
                .iter()
                .take_while(|b| !b.is_ascii_whitespace() && **b < 0x80 && !b"()<>\"[]{}".contains(*b))
                .count();
        }
        while end > start && matches!(bytes[end - 1], b'.' | b'-' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*') {
            end -= 1;
        }
        done = end.max(dot + 1);
        let is_whole = text.is_char_boundary(start) && text.is_char_boundary(end);
        let has_name = bytes.get(start).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        if before > 0 && is_whole && has_name && !follows_address && bytes.get(end) != Some(&b'@') {
            found(TextSpan::new(start as u32, end as u32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_addresses() {
        let text = "More at rcpsych.ac.uk/help, e.g. nhs.uk. Take 2.5mg.then rest.Now mail a@b.example or https://c.example/d.e; bit.ly/X (see d.org/a?b=1).";
        let mut all = Vec::new();
        each_printed(text, |span| all.push(&text[span.range()]));
        assert_eq!(all, ["rcpsych.ac.uk/help", "nhs.uk", "2.5mg.then", "bit.ly/X", "d.org/a?b=1"]);
    }
}
