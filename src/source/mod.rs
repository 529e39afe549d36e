//! Bytes as stored: what a file holds, which format it is in, and where its lines begin.
//!
//! A [`Source`] is made once from bytes and never changes. Bytes that are no UTF-8 text are refused here, with a
//! reason that an editor understands, so that everything behind this door may rely on text.

mod format;
mod lines;
mod path;

pub use format::Format;
pub use lines::{Lines, Position};
pub use path::{absolute, shown};

use crate::span::Span;
use std::fmt;
use std::sync::Arc;

/// UTF-8 byte-order mark.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One article as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the working directory, with `/`.
    pub path: Arc<str>,
    /// How the text is to be read.
    pub format: Format,
    /// The bytes as stored, a byte-order mark included, so that spans are offsets into the file.
    pub text: String,
}

/// Why a file cannot be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unreadable {
    /// The bytes are no UTF-8; the first bad byte stands at this offset.
    NotUtf8(usize),
    /// A NUL byte at this offset: a binary file.
    Binary(usize),
    /// UTF-16, told by its byte-order mark.
    Utf16,
    /// Larger than spans can address (4 GiB).
    TooLarge,
    /// The name tells no format that medlint reads.
    UnknownFormat,
    /// What the operating system said.
    Io(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8(at) => write!(f, "not UTF-8 text (byte {at})"),
            Self::Binary(at) => write!(f, "not UTF-8 text (binary: a NUL at byte {at})"),
            Self::Utf16 => f.write_str("not UTF-8 text (UTF-16: save it as UTF-8)"),
            Self::TooLarge => f.write_str("larger than 4 GiB"),
            Self::UnknownFormat => write!(f, "format unknown (medlint reads {})", Format::EXTENSIONS.join(", ")),
            Self::Io(reason) => f.write_str(reason),
        }
    }
}

impl Unreadable {
    /// The system's words without its error number, in the style of our own messages.
    pub fn from_io(error: Option<&std::io::Error>) -> Self {
        // A walk wraps what the system said into words of its own.
        let mut innermost = error.map(|error| error as &dyn std::error::Error);
        while let Some(inner) = innermost.and_then(|error| error.source()) {
            innermost = Some(inner);
        }
        let text = innermost.map_or("cannot be read".to_owned(), ToString::to_string);
        let bare = text.split(" (os error").next().unwrap_or(&text);
        let mut letters = bare.chars();
        Self::Io(letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default())
    }
}

impl Source {
    /// The text of a file.
    ///
    /// # Errors
    /// Bytes that are no UTF-8 text, or more than spans can address.
    pub fn new(path: impl Into<Arc<str>>, format: Format, bytes: Vec<u8>) -> Result<Self, Unreadable> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(Unreadable::TooLarge);
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(Unreadable::Utf16);
        }
        let text = String::from_utf8(bytes).map_err(|e| Unreadable::NotUtf8(e.utf8_error().valid_up_to()))?;
        match memchr::memchr(0, text.as_bytes()) {
            Some(at) => Err(Unreadable::Binary(at)),
            None => Ok(Self { path: path.into(), format, text }),
        }
    }

    /// What stands in `span`; empty where the span does not lie on character boundaries of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where the text begins: behind a byte-order mark.
    pub fn body_start(&self) -> u32 {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() as u32 } else { 0 }
    }

    /// The text without its byte-order mark.
    pub fn body(&self) -> &str {
        self.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_text() {
        let read = |bytes: &[u8]| Source::new("a.md", Format::Markdown, bytes.to_vec()).map(|s| s.text);
        assert_eq!(read(b"caf\xc3"), Err(Unreadable::NotUtf8(3)));
        assert_eq!(read(b"PK\x00"), Err(Unreadable::Binary(2)));
        assert_eq!(read(b"\xff\xfea\x00"), Err(Unreadable::Utf16));
        assert_eq!(read(b""), Ok(String::new()));
    }

    #[test]
    fn byte_order_mark_is_no_text_but_counts_in_spans() {
        let source = Source::new("a.txt", Format::Plain, "\u{feff}Rest.".into()).expect("text");
        assert_eq!((source.body(), source.body_start()), ("Rest.", 3));
        assert_eq!(source.slice(Span::new(3, 7)), "Rest");
    }
}
