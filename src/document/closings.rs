//! Where the expressions and tags of an MDX text end, for each that is opened in it.
//!
//! All marks that can open or close something are read once, from the last to the first: what follows a mark is known when it
//! is read, so each takes one step. The time is linear in the text however much of it is never closed, and whether
//! something is closed depends on nothing that stands before it.

use std::num::NonZeroU32;

/// The number of the mark behind another one, which is never the first; nothing where there is no end.
type Behind = Option<NonZeroU32>;

/// A byte that matters to expressions or tags, and how what it stands in goes on from here.
struct Mark {
    at: u32,
    /// Behind the brace that closes an expression.
    expression: Behind,
    /// Behind the end of a tag.
    tag: Behind,
    /// The tag has an expression in it, between here and its end.
    has_expression: bool,
}

/// The ends of all expressions and tags of a text.
pub(super) struct Closings {
    marks: Vec<Mark>,
}

impl Closings {
    /// Reads a text of at most 4 GiB.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let places = (0..bytes.len()).filter(|at| is_mark(bytes, *at));
        let new = |at| Mark { at: at as u32, expression: None, tag: None, has_expression: false };
        let mut closings = Self { marks: places.map(new).collect() };
        // Behind the nearest mark of each kind.
        let mut nearest: [Behind; 256] = [None; 256];
        for index in (0..closings.marks.len()).rev() {
            let byte = bytes[closings.marks[index].at as usize];
            let here = NonZeroU32::new(index as u32 + 1);
            closings.read(index, byte, here, &nearest);
            nearest[usize::from(byte)] = here;
        }
        closings
    }

    /// Behind the brace that closes the one at the byte `open`.
    pub fn expression(&self, open: usize) -> Option<usize> {
        self.end(self.follows(open)?.expression)
    }

    /// Behind the tag that begins at the byte `open`, and whether an expression stands in it.
    pub fn tag(&self, open: usize) -> Option<(usize, bool)> {
        let mark = self.follows(open)?;
        Some((self.end(mark.tag)?, mark.has_expression))
    }

    /// Strings are passed over, and so are nested expressions. An apostrophe in an expression is more often prose between tags than
    /// a string.
    fn read(&mut self, index: usize, byte: u8, here: Behind, nearest: &[Behind; 256]) {
        let same = nearest[usize::from(byte)];
        let (in_expression, in_tag) = match byte {
            b'{' => {
                let close = self.mark(here).and_then(|mark| mark.expression);
                (close, close)
            }
            b'"' => (same, same),
            b'`' => (same, here),
            b'\'' => (here, same),
            // The beginning of a comment: nothing in it counts.
            b'/' => (nearest[usize::from(b'*')], here),
            _ => (here, here),
        };
        let expression = self.mark(in_expression).and_then(|mark| mark.expression);
        let (tag, has_expression) = self.mark(in_tag).map_or((None, false), |mark| (mark.tag, mark.has_expression));
        let own = &mut self.marks[index];
        own.expression = if byte == b'}' { here } else { expression };
        (own.tag, own.has_expression) = match byte {
            b'>' => (here, false),
            // A tag that was never closed.
            b'<' => (None, false),
            _ => (tag, has_expression || byte == b'{'),
        };
    }

    fn mark(&self, behind: Behind) -> Option<&Mark> {
        self.marks.get(behind?.get() as usize)
    }

    /// The mark behind the byte `open`.
    fn follows(&self, open: usize) -> Option<&Mark> {
        self.marks.get(self.marks.partition_point(|mark| mark.at as usize <= open))
    }

    /// The byte behind the mark that ends something.
    fn end(&self, behind: Behind) -> Option<usize> {
        self.marks.get(behind?.get() as usize - 1).map(|mark| mark.at as usize + 1)
    }
}

/// True for braces, brackets, quotes, and the beginnings and ends of comments. Only what opens an expression begins a comment: `/*`
/// further in is more often part of an address or a pattern of paths.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'{' | b'}' | b'<' | b'>' | b'"' | b'\'' | b'`' => true,
        b'/' => bytes[..at].ends_with(b"{") && bytes[at..].starts_with(b"/*"),
        b'*' => bytes[at..].starts_with(b"*/"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the expression at the beginning of a text is.
    fn expression(text: &str) -> Option<&str> {
        Closings::of(text).expression(0).map(|end| &text[..end])
    }

    fn tag(text: &str) -> Option<(&str, bool)> {
        Closings::of(text).tag(0).map(|(end, has_expression)| (&text[..end], has_expression))
    }

    #[test]
    fn expressions() {
        assert_eq!(expression("{days} {more}"), Some("{days}"));
        assert_eq!(expression("{a {b} \"}\" `}` c} }"), Some("{a {b} \"}\" `}` c}"));
        assert_eq!(expression("{it's} it's}"), Some("{it's}"));
        assert_eq!(expression("{/* it\"s { } */} b */}"), Some("{/* it\"s { } */}"));
        assert_eq!(expression("{a {/* } */} b} }"), Some("{a {/* } */} b}"));
        assert_eq!(expression("{a /* b}"), Some("{a /* b}"));
        for open in ["{", "{a", "{a {b}", "{a \"}", "{/* a }", "{/* a */"] {
            assert_eq!(expression(open), None, "{open}");
        }
    }

    #[test]
    fn tags() {
        assert_eq!(tag("<a b=\"'>\" c='\">' `> d>"), Some(("<a b=\"'>\" c='\">' `>", false)));
        assert_eq!(tag("<a b={1 > 0} c> {d}>"), Some(("<a b={1 > 0} c>", true)));
        assert_eq!(tag("<a> {b}"), Some(("<a>", false)));
        assert_eq!(tag("<a } b>"), Some(("<a } b>", false)));
        for open in ["<", "<a <b>", "<a \">", "<a {b >", "<a {b} <c>"] {
            assert_eq!(tag(open), None, "{open}");
        }
    }
}
