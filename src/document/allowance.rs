//! Suppressions as an article writes them: in comments, in front matter, and on a line of their own in plain text.
//!
//! Here is only read what is asked for and which part of the source it covers; whether it suppressed anything is known when all
//! findings are. Whatever begins with the name of the program speaks to it, so that what it does not understand can be told.

use super::{Block, BlockKind, Document};
use crate::source::Lines;
use crate::span::Span;
use serde_json::Value;
use std::cell::LazyCell;
use std::ops::{Deref, Range};

/// What speaks to medlint begins with its name, also as the key in front matter.
const NAME: &str = "medlint";
/// Allows in a block.
const ALLOW: &str = "allow";
/// Allows in the whole article.
const ALLOW_FILE: &str = "allow-file";

/// A suppression in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The comment, or the key in front matter.
    pub place: Span,
    /// The rules and families that it names, with their places; none where it cannot be understood.
    pub names: Vec<(String, Span)>,
    /// The part of the source in which findings may begin that it suppresses.
    pub covers: Span,
}

/// What tells which part of the source a comment is about.
struct Places {
    lines: Lines,
    /// The last block of the list, table or quotation of each block.
    runs: Vec<u32>,
}

impl Allowance {
    /// The bytes at which a finding begins that it covers.
    pub fn range(&self) -> Range<u32> {
        self.covers.start..self.covers.end.max(self.covers.start + 1)
    }
}

impl Document {
    /// All suppressions, front matter first, then in source order.
    pub fn allowances(&self) -> Vec<Allowance> {
        if self.comments.is_empty() && self.front_matter.is_none() {
            return Vec::new();
        }
        let places = LazyCell::new(|| Places { lines: Lines::of(&self.source), runs: run_ends(&self.blocks) });
        let spoken = self.comments.iter().filter_map(|comment| self.of_comment(comment.span, comment.inner, &places));
        self.of_front_matter().into_iter().chain(spoken).collect()
    }

    fn of_comment(&self, place: Span, inner: Span, places: &impl Deref<Target = Places>) -> Option<Allowance> {
        let text = self.source.slice(inner);
        let start = inner.start + (text.len() - text.trim_start().len()) as u32;
        let rest = without_name(text.trim_start())?;
        if rest.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let (verb, names) = rest.split_once(':').unwrap_or((rest, ""));
        let covers = match verb.trim() {
            ALLOW => Some(self.covered_block(place, places)),
            ALLOW_FILE => Some(self.whole()),
            _ => None,
        };
        let names_start = start + (NAME.len() + verb.len() + 1) as u32;
        let names = covers.map(|_| listed(names, names_start)).unwrap_or_default();
        Some(Allowance { place, names, covers: covers.unwrap_or_default() })
    }

    fn of_front_matter(&self) -> Option<Allowance> {
        let front_matter = self.front_matter.as_ref()?;
        let value = front_matter.get(NAME)?;
        let inner = self.source.slice(front_matter.inner);
        let lines = inner.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let mut keys = lines.filter_map(|(at, line)| {
            let key = line.trim_start_matches(['[', ' ', '"', '\'']);
            let is_own = without_name(key)?.starts_with([':', '=', ']', '.', ' ', '"', '\'']);
            is_own.then(|| at + line.len() - key.len())
        });
        let key = keys.next().unwrap_or(0);
        let place = |at: usize, text: &str| {
            let start = front_matter.inner.start + at as u32;
            Span::new(start, start + text.len() as u32)
        };
        let wanted = match value.get(ALLOW) {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name.as_str()],
            _ => Vec::new(),
        };
        // Names stand in their order; behind one that is written in another way than it reads, no more places are looked for.
        let mut rest = Some(key);
        let mut at = |name: &str| {
            let found = rest.and_then(|from| Some(from + inner.get(from..)?.find(name)?));
            rest = found.map(|found| found + name.len());
            found.map_or_else(|| place(key, NAME), |found| place(found, name))
        };
        let names = wanted.into_iter().map(|name| (name.to_owned(), at(name))).collect();
        Some(Allowance { place: place(key, NAME), names, covers: self.whole() })
    }

    fn whole(&self) -> Span {
        Span::new(0, self.source.text.len() as u32)
    }

    /// The block whose text stands before a comment on its line, or else the block, list, table or quotation that follows.
    fn covered_block(&self, comment: Span, places: &Places) -> Span {
        let Places { lines, runs } = places;
        let line_of = |at: u32| lines.span(lines.index(at), &self.source);
        let line = line_of(comment.start).start;
        let before = self.source.text.get(line as usize..comment.start as usize).unwrap_or_default();
        let follows = self.blocks.partition_point(|block| self.span(block.text).start < comment.end);
        let own = follows.checked_sub(1).and_then(|index| self.blocks.get(index)).map(|block| self.span(block.text));
        if let Some(own) = own.filter(|own| !before.trim().is_empty() && own.end > line) {
            return Span::new(line_of(own.start).start, line_of(own.end.max(comment.end)).end);
        }
        let is_alone = before.trim().is_empty();
        let last = if is_alone { runs.get(follows).map(|end| *end as usize) } else { Some(follows) };
        let end = last.and_then(|last| self.blocks.get(last)).map(|block| self.span(block.text).end);
        Span::new(comment.end, end.map_or(comment.end, |end| line_of(end).end))
    }
}

/// For each block, the last one of the list, table or quotation that it belongs to, or the block itself.
fn run_ends(blocks: &[Block]) -> Vec<u32> {
    let is_more = |pair: &[Block]| match (pair[0].kind, pair[1].kind) {
        (BlockKind::Item(_), BlockKind::Item(_)) | (BlockKind::Quote, BlockKind::Quote) => true,
        (BlockKind::Cell { row, .. }, BlockKind::Cell { row: next, .. }) => row <= next,
        _ => false,
    };
    let mut ends: Vec<u32> = (0..).take(blocks.len()).collect();
    for (index, pair) in blocks.windows(2).enumerate().rev() {
        if is_more(pair) {
            ends[index] = ends[index + 1];
        }
    }
    ends
}

/// What stands behind the name of the program, in whatever case.
fn without_name(text: &str) -> Option<&str> {
    let (name, rest) = text.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then_some(rest)
}

/// Names between commas or blanks with their places; what stands in brackets or behind a dash is the reason.
fn listed(text: &str, start: u32) -> Vec<(String, Span)> {
    let mut names: Vec<(String, Span)> = Vec::new();
    let mut depth = 0u32;
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = depth == 0 && !c.is_whitespace() && !matches!(c, ',' | ';' | '(' | ')');
        if is_part && open.is_none() && !c.is_alphanumeric() {
            break;
        }
        match (is_part, open) {
            (true, None) => open = Some(at),
            (false, Some(from)) => {
                let span = Span::new(start + from as u32, start + at as u32);
                names.push((text[from..at].to_owned(), span));
                open = None;
            }
            _ => {}
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    names
}

/// The bytes of a line of plain text that is a suppression and nothing else.
pub(super) fn on_its_own(line: &str) -> bool {
    let Some(rest) = without_name(line.trim()) else { return false };
    rest.split_once(':').is_some_and(|(verb, _)| [ALLOW, ALLOW_FILE].contains(&verb.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parser;
    use crate::language::Lexicon;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    fn covered(path: &str, text: &str) -> Vec<(Vec<String>, String)> {
        let format = Format::of_path(std::path::Path::new(path)).expect("known");
        let source = Arc::new(Source::new(path, format, text.into()).expect("text"));
        let doc = Parser::new(&Lexicon::default()).parse(source.clone());
        let told = |a: Allowance| {
            for (name, span) in &a.names {
                assert_eq!(source.slice(*span), name);
            }
            (a.names.into_iter().map(|(name, _)| name).collect(), source.slice(a.covers).trim().to_owned())
        };
        doc.allowances().into_iter().map(told).collect()
    }

    fn of(path: &str, text: &str) -> Vec<(String, String)> {
        covered(path, text).into_iter().map(|(names, covers)| (names.join(" "), covers)).collect()
    }

    fn one(names: &str, covers: &str) -> Vec<(String, String)> {
        vec![(names.to_owned(), covers.to_owned())]
    }

    #[test]
    fn the_block_that_follows() {
        let markdown = "One.\n\n<!-- medlint allow: link/x, spun (both, for now) -->\nTwo is\nwrapped.\n\nThree.\n";
        assert_eq!(of("a.md", markdown), one("link/x spun", "Two is\nwrapped."));
        let mdx = "One.\n\n{/* medlint allow: link/x */}\n\nTwo.\n\nThree.\n";
        assert_eq!(of("a.mdx", mdx), one("link/x", "Two."));
        let html = "<p>One.</p>\n<!--medlint allow:link/x-->\n<p>Two <b>is</b></p>\n<p>Three.</p>";
        assert_eq!(of("a.html", html), one("link/x", "<p>Two <b>is</b></p>"));
        let plain = "One goes first.\nmedlint allow: link/x (why)\nTwo comes next.\nThree is last.\n";
        assert_eq!(of("a.txt", plain), one("link/x", "Two comes next."));
        let list = "<!-- medlint allow: a/b -->\n\n- one\n- two\n\nThree.\n";
        assert_eq!(of("a.md", list), one("a/b", "- one\n- two"));
        assert_eq!(of("a.md", "- <!-- medlint allow: a/b --> one\n- two\n"), one("a/b", "one"));
        assert_eq!(of("a.md", "<!-- MedLint allow: a/b; c – because, why -->\nTwo.\n"), one("a/b c", "Two."));
        assert_eq!(of("a.md", "One.\n\n<!-- medlint allow: a/b -->\n"), one("a/b", ""));
    }

    #[test]
    fn the_block_of_a_line() {
        let text = "One is\nwrapped. <!-- medlint allow: a/b -->\nstill one\n\nTwo.\n";
        assert_eq!(of("a.md", text), one("a/b", "One is\nwrapped. <!-- medlint allow: a/b -->\nstill one"));
        let text = "# One <!-- medlint allow: a/b -->\n\nTwo.\n";
        assert_eq!(of("a.md", text), one("a/b", "# One <!-- medlint allow: a/b -->"));
        let text = "<p>One.</p> <!-- medlint allow: a/b -->\n<p>Two.</p>";
        assert_eq!(of("a.html", text), one("a/b", "<p>One.</p> <!-- medlint allow: a/b -->"));
        assert_eq!(
            of("a.mdx", "One. {/* medlint allow: a/b */}\n\nTwo.\n"),
            one("a/b", "One. {/* medlint allow: a/b */}")
        );
    }

    #[test]
    fn the_article() {
        let whole = |path, text: &str, names: &str| assert_eq!(of(path, text), one(names, text.trim()), "{text}");
        whole("a.md", "One.\n\n<!-- medlint allow-file: duplicate (a reason, with commas) -->", "duplicate");
        whole("a.md", "---\ntitle: x\nmedlint: { allow: [duplicate, a/b] }\n---\nOne.", "duplicate a/b");
        whole("a.md", "---\nmedlint:\n  allow:\n    - duplicate\n---\nOne.", "duplicate");
        whole("a.md", "---\nmedlint: { allow: [a/bc, a/b, a/bc] }\n---\nOne.", "a/bc a/b a/bc");
        whole("a.md", "+++\n[medlint]\nallow = [\"duplicate\"]\n+++\nOne.", "duplicate");
        whole("a.txt", "medlint allow-file: duplicate\nOne goes first.", "duplicate");
    }

    #[test]
    fn what_is_no_suppression() {
        for text in [
            "Use medlint allow: x in a comment.",
            "<!-- medlints -->",
            "`<!-- medlint allow: a/b -->`",
            "<!-- see medlint allow: x -->",
        ] {
            assert_eq!(of("a.md", text), [], "{text}");
        }
        for text in [
            "<!-- medlint allow a/b -->",
            "<!-- medlint-disable: a/b -->",
            "<!-- medlint allow: (why) -->",
            "---\nmedlint: { alow: [a/b] }\n---\n",
        ] {
            assert!(of("a.md", text)[0].0.is_empty(), "{text}");
        }
    }
}
