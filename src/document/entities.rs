//! Text of HTML as stored to text as seen: entities decoded, blanks folded, and for each piece where it came from.

use crate::span::Span;
use html5gum::{Token, Tokenizer};
use std::borrow::Cow;

/// The longest entity, in bytes, its `&` and `;` included (`&CounterClockwiseContourIntegral;`).
const LONGEST: usize = 33;

/// Visible text and the source it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourcePiece<'a> {
    /// What a reader sees; a run of blanks is one blank.
    pub text: Cow<'a, str>,
    /// The bytes of the source.
    pub source: Span,
}

/// Cuts the text between two tags into pieces; `start` is where it stands in the source.
pub(super) fn pieces(text: &str, start: u32) -> impl Iterator<Item = SourcePiece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (seen, length) = next(rest);
        let source = Span::new(start + at as u32, start + (at + length) as u32);
        at += length;
        Some(SourcePiece { text: seen, source })
    })
}

/// The first piece of a text and its length in bytes.
fn next(text: &str) -> (Cow<'_, str>, usize) {
    let blanks = text.bytes().take_while(u8::is_ascii_whitespace).count();
    if blanks > 0 {
        return (" ".into(), blanks);
    }
    if text.starts_with('&')
        && let Some((decoded, length)) = entity(text)
    {
        return (decoded, length);
    }
    // A single blank between words is part of the piece; more blanks, and other ones, are a piece of their own.
    let bytes = text.as_bytes();
    let mut end = 1;
    while let Some(byte) = bytes.get(end) {
        let is_single = *byte == b' ' && bytes.get(end + 1).is_some_and(|b| !b.is_ascii_whitespace());
        if *byte == b'&' || byte.is_ascii_whitespace() && !is_single {
            break;
        }
        end += 1;
    }
    (text.get(..end).unwrap_or(text).into(), end)
}

/// What the entity at the beginning of a text stands for, and its length in bytes.
fn entity(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let inner = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let letters = text.bytes().skip(1).take(LONGEST).take_while(|b| inner(b)).count();
    let length = 1 + letters + usize::from(text.as_bytes().get(1 + letters) == Some(&b';'));
    let entity = text.get(..length).filter(|_| letters > 0)?;
    let common = match entity {
        "&amp;" => "&",
        "&nbsp;" | "&#160;" | "&#xa0;" | "&#xA0;" => "\u{a0}",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" | "&#34;" => "\"",
        "&apos;" | "&#39;" | "&#039;" => "'",
        "&rsquo;" | "&#8217;" => "’",
        "&ndash;" | "&#8211;" => "–",
        _ => "",
    };
    if !common.is_empty() {
        return Some((common.into(), length));
    }
    let decoded: String = Tokenizer::new(entity)
        .filter_map(Result::ok)
        .map(|token| match token {
            Token::String(text) => String::from_utf8_lossy(&text).into_owned(),
            _ => String::new(),
        })
        .collect();
    (decoded != entity && !decoded.is_empty()).then(|| (decoded.into(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_the_source() {
        let text = "One &amp; two\r\n  three&nbsp;&eacute; AT&T &unknown; x";
        let all: Vec<_> = pieces(text, 10).collect();
        let seen: String = all.iter().map(|p| p.text.as_ref()).collect();
        assert_eq!(seen, "One & two three\u{a0}é AT&T &unknown; x");
        assert!(all.windows(2).all(|pair| pair[0].source.end == pair[1].source.start));
        assert_eq!((all[0].source.start, all[all.len() - 1].source.end), (10, 10 + text.len() as u32));
    }
}
