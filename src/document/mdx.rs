//! MDX to Markdown: what is code to MDX is masked, byte for byte, and the rest is read as Markdown.
//!
//! Imports and exports, tags of components and expressions in braces are no prose; the text between tags is. A real MDX
//! parser fails on prose like "Take < 5 mg {"; here a brace or tag that is never closed is text. Expressions that hold only a comment
//! are comments.

use super::builder::Builder;
use super::closings::Closings;
use super::line_ends::UnixText;
use super::markdown::{MASK, read_body};
use crate::source::Source;
use crate::span::Span;
use std::ops::Range;

/// No tag or expression is longer than this, in bytes, where a line end is one: a stray brace must not hide the rest of an article.
const LONGEST: usize = 1 << 14;

/// Markdown takes a line for code that is indented so far.
const INDENTED: usize = 4;

/// Reads the body of an MDX text from the byte `start` on.
pub(super) fn read(source: &Source, start: u32, builder: &mut Builder<'_>) {
    let body = source.text.get(start as usize..).unwrap_or_default();
    let mut masked = body.as_bytes().to_vec();
    let mut comments = Vec::new();
    for range in code(body) {
        let inner = body.get(range.clone()).unwrap_or_default();
        if let Some(comment) = inner.strip_prefix("{/*").and_then(|c| c.strip_suffix("*/}")) {
            let at = |offset: usize| start + (range.start + offset) as u32;
            comments.push((Span::new(at(0), at(inner.len())), Span::new(at(3), at(3 + comment.len()))));
        }
        for byte in &mut masked[range] {
            if *byte != b'\n' && *byte != b'\r' {
                *byte = MASK as u8;
            }
        }
    }
    let mut masked = String::from_utf8(masked).unwrap_or_else(|_| body.to_owned());
    blank_lines(&mut masked);
    read_body(source, &masked, start, comments, builder);
}

/// A line of nothing but masks parts paragraphs; and an indented line is no code, as MDX has none: tags that stand in each other are
/// indented, and so is the text in them.
fn blank_lines(masked: &mut String) {
    let is_blank = |line: &str| line.chars().all(|c| c == MASK || c.is_whitespace());
    let is_item =
        |line: &str| line.trim_start().starts_with(|c: char| matches!(c, '-' | '*' | '+') || c.is_ascii_digit());
    let (mut follows_blank, mut is_in_list) = (true, false);
    let mut read = String::with_capacity(masked.len());
    for line in masked.split_inclusive('\n') {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        if is_blank(line) {
            read.push_str(&line.replace(MASK, " "));
            follows_blank = true;
            continue;
        }
        is_in_list = is_item(line) || is_in_list && indent > 0;
        if indent >= INDENTED && follows_blank && !is_in_list {
            read.extend(std::iter::repeat_n(MASK, indent));
            read.push_str(text);
        } else {
            read.push_str(line);
        }
        follows_blank = false;
    }
    *masked = read;
}

/// The ranges of an MDX text that are code.
fn code(body: &str) -> Vec<Range<usize>> {
    let unix = UnixText::of(body);
    code_of_lines(&unix.text).into_iter().map(|range| unix.stored(range)).collect()
}

/// Imports, exports, tags of components and expressions of a text whose lines end in `\n`.
fn code_of_lines(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let closings = Closings::of(body);
    let mut at = 0;
    let mut follows_blank = true;
    let mut fence: Option<&str> = None;
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = &rest[..length];
        let mark = line.trim_start();
        if let Some(open) = fence {
            fence = fence.filter(|_| !mark.starts_with(open));
        } else if mark.starts_with("```") || mark.starts_with("~~~") {
            fence = Some(&mark[..3]);
        } else if follows_blank && (line.starts_with("import ") || line.starts_with("export ")) {
            let end = end_of_statement(rest);
            found.push(at..at + end);
            at += end;
            continue;
        } else {
            let end = in_line(body, at..at + length, &closings, &mut found);
            at = end.max(at + length);
            follows_blank = line.trim().is_empty();
            continue;
        }
        at += length;
        follows_blank = line.trim().is_empty();
    }
    found
}

/// The length of an import or export: up to the first blank line outside of brackets.
fn end_of_statement(text: &str) -> usize {
    let mut depth = 0i32;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() && depth <= 0 || at > LONGEST {
            break;
        }
        for byte in line.bytes() {
            depth += i32::from(matches!(byte, b'{' | b'(' | b'[')) - i32::from(matches!(byte, b'}' | b')' | b']'));
        }
        at += line.len();
    }
    at
}

/// Finds the code that begins in one line; gives where it ends, which may be further down.
fn in_line(body: &str, line: Range<usize>, closings: &Closings, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = body.as_bytes();
    let Range { start: mut at, end } = line;
    while at < end {
        let close = match bytes[at] {
            b'`' => {
                // Inline code is Markdown's own matter.
                let ticks = bytes[at..].iter().take_while(|b| **b == b'`').count();
                let mark = &body[at..at + ticks];
                at += ticks + body[at + ticks..end.max(at + ticks)].find(mark).map_or(0, |i| i + ticks);
                continue;
            }
            b'\\' => {
                at += 2;
                continue;
            }
            b'{' => closings.expression(at),
            b'<' => component_end(bytes, at, closings),
            _ => None,
        };
        match close.filter(|close| close - at <= LONGEST) {
            Some(close) => {
                found.push(at..close);
                at = close;
            }
            None => at += 1,
        }
    }
    at
}

/// Behind the tag at `open`, if it is one of a component or has an expression in it; other tags are HTML.
fn component_end(bytes: &[u8], open: usize, closings: &Closings) -> Option<usize> {
    let is_end_tag = bytes.get(open + 1) == Some(&b'/');
    let name = open + 1 + usize::from(is_end_tag);
    let first = bytes.get(name)?;
    if *first == b'>' {
        return Some(name + 1);
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let has_members = || bytes[name..].iter().find(|b| !b.is_ascii_alphanumeric()) == Some(&b'.');
    let (end, has_expression) = closings.tag(open)?;
    (first.is_ascii_uppercase() || has_expression || has_members()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &str) -> Vec<&str> {
        code(body).into_iter().map(|range| &body[range]).collect()
    }

    #[test]
    fn code_of_mdx() {
        let body = "import A from 'a'\nexport const b = 1\n\nRest <Tip kind=\"x>y\">two</Tip> days {days} {/* old */}.\n\n<>a</>\n<a href=\"x\">b</a> <i.b c={ {d: 1} } />";
        assert_eq!(
            parts(body),
            [
                "import A from 'a'\nexport const b = 1\n",
                "<Tip kind=\"x>y\">",
                "</Tip>",
                "{days}",
                "{/* old */}",
                "<>",
                "</>",
                "<i.b c={ {d: 1} } />"
            ]
        );
    }

    #[test]
    fn prose_is_prose() {
        for text in
            ["Take < 5 mg { and > 3", "a <b and c", "`{x}` and \\{y}", "```\n{x}\n<Tip>\n```", "We import goods"]
        {
            assert!(parts(text).is_empty(), "{text}: {:?}", parts(text));
        }
    }

    #[test]
    fn what_is_never_closed_changes_nothing_further_down() {
        let opens = ["<", "{", "<a ", "<A ", "<A \"'", "<!x", "\\{"];
        for (open, line_end) in opens.iter().flat_map(|open| [(open, "\n"), (open, "\r\n")]) {
            for (count, lines) in (0..40).flat_map(|count| [0, 1, 7].map(|lines| (count, lines))) {
                let before = line_end.repeat(lines) + &format!("{open}5 mg. ").repeat(count);
                let body = format!("{before}{line_end}{line_end}Rest {{/* old */}}<br> <Tip>now</Tip>");
                let found = parts(&body);
                assert!(found.ends_with(&["{/* old */}", "<Tip>", "</Tip>"]), "{body:?}: {found:?}");
            }
        }
    }
}
