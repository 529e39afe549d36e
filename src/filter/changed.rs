//! What a change touched: leaves out findings on other lines.
//!
//! A finding stays when any of its places is touched, in whatever article: of a pair, the changed side may be the partner. Where
//! lines were only deleted, a place is touched that goes on across the gap.

use crate::engine::{Library, Outcome};
use crate::source::Lines;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What is new in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// All of it.
    Whole,
    /// Lines, from 1, in order. An empty range is a gap before its line, where lines were deleted.
    Lines(Vec<Range<u32>>),
}

/// Leaves out the findings that touch nothing that changed, by article, and the files that could not be read and did not change:
/// an old fault of those stops nobody now. Articles that are not named did not change.
pub fn keep_changed(outcome: &mut Outcome, changes: &BTreeMap<Arc<str>, Changed>, library: &dyn Library) {
    let mut sheets = Sheets { library, lines: BTreeMap::new() };
    let before = outcome.diagnostics.len();
    outcome.diagnostics.retain(|finding| {
        finding
            .places()
            .any(|(path, span)| changes.get(path).is_some_and(|changed| sheets.touches(path, span, changed)))
    });
    outcome.unreadable.retain(|problem| changes.contains_key(&problem.path));
    outcome.unchanged += before - outcome.diagnostics.len();
}

/// Where the lines of changed articles begin.
struct Sheets<'a> {
    library: &'a dyn Library,
    lines: BTreeMap<Arc<str>, Option<Lines>>,
}

impl Sheets<'_> {
    fn touches(&mut self, path: &Arc<str>, span: Span, changed: &Changed) -> bool {
        let Changed::Lines(ranges) = changed else { return true };
        let library = self.library;
        let lines = self.lines.entry(path.clone());
        let lines = lines.or_insert_with(|| library.source(path).ok().map(|source| Lines::of(&source)));
        // A file that cannot be read any more is told, not passed over.
        let Some(lines) = lines else { return true };
        let line = |offset: u32| lines.index(offset) as u32 + 1;
        is_touched(line(span.start), line(span.end.saturating_sub(1).max(span.start)), ranges)
    }
}

/// True where one of the ranges holds a line from the first to the last, or is a gap between them.
fn is_touched(first: u32, last: u32, ranges: &[Range<u32>]) -> bool {
    ranges.iter().any(|range| match range.is_empty() {
        true => first < range.start && range.start <= last,
        false => range.start <= last && first < range.end,
    })
}

/// Reads what `git diff --unified=0` prints: the lines that are new in each file, by its path from the repository's root. Files without
/// such lines are left out.
pub fn changes(patch: &[u8]) -> BTreeMap<String, Vec<Range<u32>>> {
    let mut changes: BTreeMap<String, Vec<Range<u32>>> = BTreeMap::new();
    let mut path = None;
    // Lines of the hunk that are still to come: those may look like anything.
    let mut left = 0;
    for line in patch.split(|byte| *byte == b'\n') {
        match line {
            [b'-' | b'+', ..] if left > 0 => left -= 1,
            [b'd', b'i', b'f', b'f', b' ', ..] => path = None,
            [b'+', b'+', b'+', b' ', name @ ..] => path = new_name(name),
            [b'@', b'@', b' ', header @ ..] => {
                let Some((old, new)) = hunk(header) else { continue };
                left = old.1.saturating_add(new.1);
                if let Some(path) = &path {
                    // A hunk without new lines names the line before the gap.
                    let start = new.0.saturating_add(u32::from(new.1 == 0));
                    changes.entry(String::clone(path)).or_default().push(start..start.saturating_add(new.1));
                }
            }
            _ => {}
        }
    }
    changes
}

/// The two ranges of a hunk header, each as first line and count: `-3,2 +4 @@ …`.
fn hunk(header: &[u8]) -> Option<((u32, u32), (u32, u32))> {
    let mut parts = header.split(|byte| *byte == b' ');
    let mut range = |sign: u8| {
        let text = str::from_utf8(parts.next()?.strip_prefix(&[sign])?).ok()?;
        match text.split_once(',') {
            Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
            None => Some((text.parse().ok()?, 1)),
        }
    };
    Some((range(b'-')?, range(b'+')?))
}

/// The path behind `+++ `: none for a file that is gone. Git quotes names with odd characters as C does.
fn new_name(name: &[u8]) -> Option<String> {
    let name = name.strip_suffix(b"\r").unwrap_or(name);
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let quoted = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
    let bytes = quoted.map_or_else(|| name.to_vec(), unquoted);
    let path = bytes.strip_prefix(b"b/")?;
    Some(String::from_utf8_lossy(path).into_owned())
}

/// What stands between quotation marks, its escapes resolved.
fn unquoted(quoted: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let (b'\\', Some((&escaped, after))) = (byte, rest.split_first()) else {
            bytes.push(byte);
            continue;
        };
        rest = after;
        bytes.push(match escaped {
            b'0'..=b'3' => {
                let digits = after.iter().take(2).take_while(|digit| matches!(digit, b'0'..=b'7'));
                let value = digits.clone().fold(escaped - b'0', |value, digit| value.wrapping_mul(8) + (digit - b'0'));
                rest = after.get(digits.count()..).unwrap_or_default();
                value
            }
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            other => other,
        });
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_gaps() {
        let touched = |ranges: &[(u32, u32)]| {
            is_touched(3, 5, &ranges.iter().map(|(start, end)| *start..*end).collect::<Vec<_>>())
        };
        assert!(touched(&[(5, 6)]) && touched(&[(1, 4)]) && !touched(&[(1, 3), (6, 9)]));
        assert!(touched(&[(4, 4)]) && touched(&[(5, 5)]), "something is gone from within");
        assert!(!touched(&[(3, 3)]) && !touched(&[(6, 6)]), "it is gone from before or behind");
    }

    #[test]
    fn patches() {
        let patch = b"diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -3,2 +3 @@ ## Rest\n-old\n--- a/no.md\n+++ b/no.md\n\
            @@ -9 +8,0 @@\n-gone\n\\ No newline at end of file\n\
            diff --git a/gone.md b/gone.md\n--- a/gone.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n\
            diff --git a/b c.md b/b c.md\nsimilarity index 100%\nrename from x\nrename to b c.md\n\
            diff --git a/two words.md b/two words.md\n--- /dev/null\n+++ b/two words.md\t\n@@ -0,0 +1,4 @@\n+1\n+2\n+3\n+4\n\
            diff --git x y\n--- /dev/null\n+++ \"b/\\303\\274\\t\\\"q\\\".md\"\n@@ -0,0 +1 @@\n+1\n";
        let found = changes(patch);
        let found: Vec<_> =
            found.iter().flat_map(|(path, lines)| lines.iter().map(|l| (&**path, l.start, l.end))).collect();
        assert_eq!(found, [("a.md", 3, 4), ("a.md", 9, 9), ("two words.md", 1, 5), ("ü\t\"q\".md", 1, 2)]);
    }

    #[test]
    fn odd_patches_do_no_harm() {
        for patch in [
            "@@",
            "@@ -1 +",
            "@@ -1 +99999999999 @@",
            "+++ \"b/\\",
            "+++ \"",
            "@@ -0,4294967295 +4294967295,4294967295 @@",
        ] {
            assert!(changes(patch.as_bytes()).is_empty(), "{patch}");
        }
        assert_eq!(changes(b"+++ b/a\n@@ -1 +4294967295,4294967295 @@").len(), 1);
    }
}
