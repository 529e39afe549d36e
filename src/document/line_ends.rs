//! A text with `\n` for every `\r\n`, and the way back to its bytes as stored.
//!
//! What is found in an article must not depend on the editor that saved it. Lengths that are limited would count `\r`, and
//! pulldown-cmark 0.13 makes two blanks of `\r\n` in inline code; so readers look at such a text, in which there is no difference.

use std::borrow::Cow;
use std::ops::Range;

/// A text whose lines end in `\n`.
pub(super) struct UnixText<'a> {
    /// The text without the `\r` of its line ends.
    pub text: Cow<'a, str>,
    /// The line ends in it, in bytes, before which a `\r` is stored.
    returns: Vec<usize>,
}

impl<'a> UnixText<'a> {
    /// Borrows the text where no line ends in `\r\n`.
    pub fn of(stored: &'a str) -> Self {
        let found = memchr::memmem::find_iter(stored.as_bytes(), b"\r\n");
        let returns: Vec<usize> = found.enumerate().map(|(before, at)| at - before).collect();
        let text = if returns.is_empty() { Cow::Borrowed(stored) } else { Cow::Owned(stored.replace("\r\n", "\n")) };
        Self { text, returns }
    }

    /// A range of the text in the bytes as stored; line ends are whole in it.
    pub fn stored(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| at + self.returns.partition_point(|line_end| *line_end < at);
        place(range.start)..place(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lead_back() {
        let stored = "\r\none\r\n\r\ntwo\nthree\rfour\r\n";
        let unix = UnixText::of(stored);
        assert_eq!(unix.text, "\none\n\ntwo\nthree\rfour\n");
        for (start, end) in (0..=unix.text.len()).flat_map(|end| (0..=end).map(move |start| (start, end))) {
            let part = &stored[unix.stored(start..end)];
            assert_eq!(part.replace("\r\n", "\n"), unix.text[start..end], "{start}..{end}: {part:?}");
        }
        assert!(matches!(UnixText::of("one\ntwo\rthree").text, Cow::Borrowed(_)));
    }
}
