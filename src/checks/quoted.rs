//! What stands in quotation marks or in a quotation is somebody else's words: spam in a text about spam, say.

use crate::document::{BlockKind, Document};
use crate::span::TextSpan;

/// No quotation inside a paragraph is longer, in bytes.
const LONGEST: usize = 600;

/// What a quotation begins with.
const OPENING: [char; 7] = ['“', '„', '‘', '«', '‹', '"', '\''];

/// True where a place begins in a quotation: in a block that is one, or between quotation marks in its block.
pub(super) fn is_quoted(doc: &Document, at: TextSpan) -> bool {
    let index = doc.blocks.partition_point(|block| block.text.end < at.end.max(at.start + 1));
    let Some(block) = doc.blocks.get(index) else { return false };
    if block.kind == BlockKind::Quote {
        return true;
    }
    let text = doc.slice(block.text);
    let start = (at.start - block.text.start.min(at.start)) as usize;
    let first = floor(text, start.saturating_sub(LONGEST));
    let last = floor(text, ((at.end - block.text.start.min(at.end)) as usize + LONGEST).min(text.len()));
    let (before, after) =
        (text.get(first..start).unwrap_or_default(), text.get(start.min(last)..last).unwrap_or_default());
    before.contains(OPENING) && is_between(before, after)
}

/// True where a quotation is open at the end of `before` and is closed in `after`.
fn is_between(before: &str, after: &str) -> bool {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('‹', '›')];
    let is_open = |(open, close): &(char, char)| {
        let opened = before.rfind(*open);
        // An apostrophe closes nothing.
        let closed = before.char_indices().rev().find(|(at, c)| {
            *c == *close && (*close != '’' || !before[at + c.len_utf8()..].starts_with(char::is_alphabetic))
        });
        opened.is_some_and(|opened| closed.is_none_or(|(closed, _)| closed < opened)) && after.contains(*close)
    };
    if PAIRS.iter().any(is_open) {
        return true;
    }
    let straight = |mark: char| {
        let marks = before.char_indices().filter(|(at, c)| {
            let follows_digit = before[..*at].ends_with(|c: char| c.is_ascii_digit());
            *c == mark && !follows_digit
        });
        marks.count() % 2 == 1 && after.contains(mark)
    };
    let single = || {
        let opens = before.rfind(" '").max(before.starts_with('\'').then_some(0));
        opens.is_some_and(|at| !before[at + 1..].contains("' ") && !before[at + 1..].contains("',"))
            && after.find('\'').is_some_and(|at| !after[at + 1..].starts_with(char::is_alphabetic))
    };
    straight('"') || single()
}

/// The last place up to this one that lies between two characters.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::is_between;

    #[test]
    fn marks() {
        for (before, after) in
            [("He said “do ", " now”"), ("\"a\" and \"", "\" is"), ("the line '", "' was"), ("« ", " »")]
        {
            assert!(is_between(before, after), "{before}|{after}");
        }
        for (before, after) in
            [("“a” and ", " “b”"), ("12\" wide and ", " 3\" long"), ("it’s ", " isn’t it"), ("“open ", " end")]
        {
            assert!(!is_between(before, after), "{before}|{after}");
        }
    }
}
