//! What lines are when no markup says so: paragraphs, headings and list items by their shape.
//!
//! Pasted text comes in two habits: a paragraph a line, or hard-wrapped. A text is hard-wrapped where lines break in the
//! middle of sentences; then lines are joined that filled their width. Otherwise every line stands for itself, a short one
//! without end punctuation is a heading, and one that begins with a bullet of any glyph or a number is a list item.

use super::BlockKind;
use std::ops::Range;

/// A line shorter than this may end for any reason and tells nothing about wrapping, in characters.
const SHORTEST_WRAPPED: usize = 40;
/// No editor wraps wider than this, in characters.
const WIDEST_WRAP: usize = 130;
/// A heading in sentence case is no longer than this.
const HEADING_WORDS: usize = 12;
/// A heading in capitals or title case is no longer than this.
const TITLE_WORDS: usize = 32;
/// So many different short lines in a row are a list (of contents, say), not headings.
const LIST_LINES: usize = 4;
/// Words shorter than this may be small in title case, in characters.
const TITLE_CASE_WORD: usize = 4;

/// A line this long is a paragraph, in bytes.
const PARAGRAPH_LINE: u32 = 200;

/// Lines that make one block.
#[derive(Debug)]
struct Group {
    /// From the first to the last line, bullet included.
    range: Range<u32>,
    /// Where its text begins: behind the bullet.
    content: u32,
    bullet: Option<Bullet>,
    /// Blanks before the first character.
    indent: usize,
    follows_blank: bool,
}

/// What a list item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bullet {
    Glyph,
    Number,
}

/// The blocks that the lines of `text` make. An empty line parts blocks.
pub(super) fn blocks(text: &str, lines: &[Range<u32>]) -> Vec<(Range<u32>, BlockKind)> {
    let groups = groups(text, lines);
    let mut blocks = Vec::with_capacity(groups.len());
    let mut at = 0;
    let mut first_indent = 0;
    while let Some(group) = groups.get(at) {
        if group.bullet.is_some() {
            if at == 0 || groups[at - 1].bullet.is_none() {
                first_indent = group.indent;
            }
            let is_numbered_heading = group.bullet == Some(Bullet::Number)
                && is_heading(slice(text, group))
                && groups.get(at + 1).is_some_and(|next| next.bullet.is_none() && !is_heading(slice(text, next)));
            let depth = group.indent.saturating_sub(first_indent) / 2;
            blocks.push(match is_numbered_heading {
                true => (group.range.clone(), BlockKind::Heading(0)),
                false => (group.content..group.range.end, BlockKind::Item(depth.min(8) as u8)),
            });
            at += 1;
            continue;
        }
        let run = run_of_short_lines(text, &groups[at..]);
        let after_lead_in = at > 0 && slice(text, &groups[at - 1]).ends_with(':');
        let is_list = run >= 2 && after_lead_in || distinct(text, &groups[at..at + run]) >= LIST_LINES;
        for group in &groups[at..at + run.max(1)] {
            let kind = match run {
                0 if is_labelled_heading(text, &groups[at..]) => BlockKind::Heading(0),
                0 => BlockKind::Paragraph,
                _ if is_list => BlockKind::Item(0),
                _ if is_heading(slice(text, group)) => BlockKind::Heading(0),
                _ => BlockKind::Paragraph,
            };
            blocks.push((group.range.clone(), kind));
        }
        at += run.max(1);
    }
    blocks
}

/// True where a line or paragraph looks like a heading: short, or longer in capitals or title case; a question at most.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim();
    let Some(last) = text.trim_end_matches(is_quote).chars().next_back() else { return false };
    let Some(first) = text.trim_start_matches(is_quote).chars().next() else { return false };
    if matches!(last, '.' | '!' | ':' | ';' | ',' | '…') || !(first.is_uppercase() || first.is_numeric()) {
        return false;
    }
    if holds_stop(text) || text.contains("://") {
        return false;
    }
    let words = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    words <= HEADING_WORDS || words <= TITLE_WORDS && is_title_case(text)
}

/// True where lines are paragraphs: a long one, in a text that is not hard-wrapped.
pub(super) fn is_pasted(text: &str, lines: &[Range<u32>]) -> bool {
    lines.len() > 1 && lines.iter().any(|line| line.end - line.start >= PARAGRAPH_LINE) && !is_wrapped(text, lines)
}

/// True where a line ends early without a stop and the next one begins anew: short lines that were set under one another, in a
/// text whose other lines are joined.
pub(super) fn has_lone_lines(text: &str, lines: &[Range<u32>]) -> bool {
    let slices: Vec<&str> = lines.iter().map(|line| text[index(line)].trim()).collect();
    let width = slices.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    slices.windows(2).any(|pair| {
        let [line, next] = [pair[0], pair[1]];
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        let is_early = line.chars().count() + 1 + word <= width * 3 / 4 || width < SHORTEST_WRAPPED;
        is_early && is_heading(line) && next.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    })
}

/// True where lines break in the middle of sentences.
fn is_wrapped(text: &str, lines: &[Range<u32>]) -> bool {
    let (mut broken, mut all) = (0, 0);
    for pair in lines.windows(2) {
        let [line, next] = [&text[index(&pair[0])], &text[index(&pair[1])]];
        let length = line.chars().count();
        if !(SHORTEST_WRAPPED..=WIDEST_WRAP).contains(&length) || next.trim().is_empty() || bullet(next).is_some() {
            continue;
        }
        all += 1;
        broken += usize::from(goes_on(line, next));
    }
    broken > 0 && broken * 4 >= all
}

/// True for bullets that Markdown does not know.
pub(super) fn begins_with_foreign_bullet(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| !c.is_ascii()) && bullet(line).is_some()
}

/// The byte length of a bullet with its blanks at the beginning of a line, if it begins with one.
fn bullet(line: &str) -> Option<(usize, Bullet)> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let content = rest.trim_start();
    let blanks = rest.len() - content.len();
    if content.is_empty() {
        return None;
    }
    if matches!(
        first,
        '•' | '◦'
            | '▪'
            | '▫'
            | '‣'
            | '⁃'
            | '∙'
            | '●'
            | '○'
            | '■'
            | '□'
            | '➢'
            | '➤'
            | '►'
            | '▶'
            | '✓'
            | '✔'
            | '✗'
    ) || matches!(first, '-' | '*' | '+' | '–' | '—' | '·' | '→' | '»') && blanks > 0
    {
        return Some((indent + first.len_utf8() + blanks, Bullet::Glyph));
    }
    let open = text.strip_prefix('(').unwrap_or(text);
    let label = open.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_number = (1..=3).contains(&label) && open.bytes().take(label).all(|b| b.is_ascii_digit());
    let is_letter = label == 1 && open.as_bytes().get(1) == Some(&b')');
    let closed = open.get(label..)?.strip_prefix(['.', ')'])?;
    let content = closed.trim_start();
    let is_marked = (is_number || is_letter) && content.len() < closed.len() && !content.is_empty();
    is_marked.then(|| (line.len() - content.len(), Bullet::Number))
}

/// Joins lines that belong together.
fn groups(text: &str, lines: &[Range<u32>]) -> Vec<Group> {
    let document_is_wrapped = is_wrapped(text, lines);
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    let mut follows_blank = true;
    while at < lines.len() {
        let chunk = lines[at..].iter().take_while(|l| !text[index(l)].trim().is_empty()).count();
        let chunk_lines = &lines[at..at + chunk];
        let width = chunk_lines.iter().map(|l| text[index(l)].chars().count()).max().unwrap_or(0);
        let is_wrapped = width <= WIDEST_WRAP && (document_is_wrapped || is_wrapped(text, chunk_lines));
        let mut before: Option<&str> = None;
        for line in chunk_lines {
            let words = &text[index(line)];
            let indent = words.len() - words.trim_start().len();
            let bullet = bullet(words);
            let joins = is_wrapped && bullet.is_none() && before.is_some_and(|before| fills(before, words, width));
            match groups.last_mut() {
                Some(group) if joins => group.range.end = line.end,
                _ if words.contains(char::is_alphanumeric) => {
                    let content = line.start + bullet.map_or(indent, |(length, _)| length) as u32;
                    let bullet = bullet.map(|(_, kind)| kind);
                    groups.push(Group { range: line.clone(), content, bullet, indent, follows_blank });
                    follows_blank = false;
                }
                // A rule of dashes or the like parts blocks.
                _ => follows_blank = true,
            }
            before = words.contains(char::is_alphanumeric).then_some(words);
        }
        at += chunk.max(1);
        follows_blank |= chunk == 0;
    }
    groups
}

/// True where `line` was as full as it could be before `next`, or breaks in the middle of a sentence.
fn fills(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    let length = line.trim_end().chars().count();
    length >= SHORTEST_WRAPPED.min(width / 2) && length + 1 + word.chars().count() > width || goes_on(line, next)
}

/// True where a sentence goes on from `line` to `next`.
fn goes_on(line: &str, next: &str) -> bool {
    let is_open = !line.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"']);
    is_open && next.trim_start().starts_with(char::is_lowercase)
}

/// True where the first group is a heading that ends in a colon, with a paragraph and no list under it.
fn is_labelled_heading(text: &str, groups: &[Group]) -> bool {
    let [heading, next, ..] = groups else { return false };
    let opens_list = next.bullet.is_some() || run_of_short_lines(text, &groups[1..]) > 0;
    slice(text, heading).strip_suffix(':').is_some_and(is_heading) && !opens_list
}

/// How many of the first groups are short lines without end punctuation, with no blank line between them. A single line
/// counts only if it is a heading.
fn run_of_short_lines(text: &str, groups: &[Group]) -> usize {
    let is_short = |group: &Group| {
        let line = slice(text, group);
        group.bullet.is_none() && (is_heading(line) || is_entry(line))
    };
    let run = groups.iter().enumerate().take_while(|(i, g)| is_short(g) && (*i == 0 || !g.follows_blank)).count();
    match groups.first() {
        Some(first) if run == 1 && !is_heading(slice(text, first)) => 0,
        _ => run,
    }
}

/// True for a short line that may stand in a list without bullets, in lower case too.
fn is_entry(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= HEADING_WORDS && !line.ends_with(['.', '!', '?', ':']) && !holds_stop(line)
}

/// How many of these lines differ from the line before them.
fn distinct(text: &str, groups: &[Group]) -> usize {
    let differs = |pair: &[Group]| !slice(text, &pair[0]).eq_ignore_ascii_case(slice(text, &pair[1]));
    groups.windows(2).filter(|pair| differs(pair)).count() + usize::from(!groups.is_empty())
}

/// True where a sentence ends inside the text.
fn holds_stop(text: &str) -> bool {
    text.match_indices(['.', '!', '?']).any(|(at, _)| {
        let mut after = text[at + 1..].chars();
        let before = text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
        before > 2 && after.next().is_some_and(char::is_whitespace) && after.next().is_some_and(char::is_uppercase)
    })
}

/// True where every word that is not short begins with a capital or a digit.
fn is_title_case(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() < TITLE_CASE_WORD || !word.starts_with(char::is_lowercase)
    })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '(' | ')' | '[' | ']' | '*' | '_')
}

fn slice<'a>(text: &'a str, group: &Group) -> &'a str {
    text[group.content as usize..group.range.end as usize].trim_end()
}

fn index(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(char, String)> {
        let mut at = 0;
        let lines: Vec<_> = text
            .split('\n')
            .map(|line| {
                let range = at..at + line.len() as u32;
                at = range.end + 1;
                range
            })
            .collect();
        let name = |kind| match kind {
            BlockKind::Heading(_) => 'h',
            BlockKind::Item(_) => 'i',
            _ => 'p',
        };
        let kinds = blocks(text, &lines).into_iter();
        kinds.map(|(range, kind)| (name(kind), text[index(&range)].replace('\n', "⏎").trim().to_owned())).collect()
    }

    fn kinds(text: &str) -> String {
        read(text).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn a_paragraph_a_line() {
        let long = "Rest the knee for two days and keep it cool. Then begin to move it. ".repeat(4);
        assert_eq!(kinds(&format!("Knee care\n{long}\nWhat helps?\n{long}\n{long}")), "hphpp");
        assert_eq!(kinds(&format!("Treatment:\n{long}\nCall us if:\n- it swells")), "hppi");
        assert_eq!(kinds("A TITLE\n\nBlog Article\n\nRest the knee for two days."), "hhp");
    }

    #[test]
    fn hard_wrapped() {
        let text = "Knee care\nRest the knee for two days after the operation and keep it\ncool with a wet towel. Then begin to move it slowly in bed, and\nwalk on the third day.\n\nCall us if it swells.";
        assert_eq!(kinds(text), "hpp");
    }

    #[test]
    fn bullets_of_any_glyph() {
        assert_eq!(
            kinds("It may help with:\n  • scars\n  – large pores\n1) spots\n(2) lines\nAsk your doctor first."),
            "piiiip"
        );
        assert_eq!(read("• scars")[0].1, "scars");
        assert_eq!(
            kinds(
                "1. Rest the knee\nKeep it still for two days. Then move it.\n\n2. Cool it\nUse ice in a towel. Never ice alone."
            ),
            "hphp"
        );
        assert_eq!(kinds("-10 degrees is cold.\n2.5 mg is enough."), "pp");
    }

    #[test]
    fn lists_without_bullets() {
        assert_eq!(
            kinds(
                "Contents\nWhat it is\nWho gets it\nTreatment\nOutlook\n\nWhat it is\nA rash that itches. It is harmless."
            ),
            "iiiiihp"
        );
        assert_eq!(kinds("You may notice:\nredness\nswelling\nA slight fever\n\nCall us then."), "piiip");
        assert_eq!(kinds("Treatment\nTREATMENT\nIt is rarely needed. It works."), "hhp");
    }

    #[test]
    fn sentences_are_no_headings() {
        for text in
            ["Rest for two days.", "rest for two days", "Such as:", "Rest. Then Walk", "See https://a.example/b", "***"]
        {
            assert!(!is_heading(text), "{text}");
        }
        let line = "Always research a product as much as you can before you come to a final decision about it";
        assert!(!is_heading(line));
        for text in ["IS IT SAFE?", "What to Expect", "“Dry” eyes", "5 tips for better sleep"] {
            assert!(is_heading(text), "{text}");
        }
    }
}
