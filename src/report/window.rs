//! Which parts of a line an excerpt shows: a window around each place, long places cut to head and tail.
//!
//! In articles a line is a paragraph. A window reaches some way to both sides of a place and ends between words;
//! windows that come close are one. What lies between two windows of a line is left out, and where all of that belongs
//! to one place, as between the head and the tail of a long one, the window goes on behind the gap. Only the bytes of
//! the windows are looked at, so a line may be as long as it likes.

use super::sources::Sheet;
use crate::span::Span;

/// Places of more bytes than this are cut to head and tail.
const LONGEST: u32 = 160;

/// What is left of a place that is cut: so many bytes at least, if its message should stand beside them, and at most.
const LEAST_CUT: u32 = 48;
const MOST_CUT: u32 = 120;

/// Windows that leave out fewer bytes than this between them are joined.
const NEAR: u32 = 24;

/// Bytes of context on each side: the most, for a place that exceeds a row, and the least that is worth an ellipsis.
const MOST_CONTEXT: u32 = 60;
const SOME_CONTEXT: u32 = 20;
const LEAST_CONTEXT: u32 = 8;

/// How far the cut in a place may move to end between words, in bytes.
const SNAP: u32 = 24;

/// The part of a line that is shown.
pub(super) struct Window {
    /// Index of the line, from 0.
    pub line: usize,
    /// What is shown, in order; something is left out between two parts.
    pub parts: Vec<Span>,
    /// Whether the line goes on before the first part.
    pub is_cut_before: bool,
    /// Whether the line goes on behind the last part.
    pub is_cut_after: bool,
}

impl Window {
    /// From the beginning of the first part to the end of the last.
    pub fn extent(&self) -> Span {
        let all = |a: Span, b: &Span| a.join(*b);
        self.parts.iter().fold(self.parts.first().copied().unwrap_or_default(), all)
    }
}

/// A place that is to be shown.
pub(super) struct Sight {
    /// What is underlined: the place, or of a place with several lines the head that is shown.
    pub span: Span,
    line: usize,
    spans_lines: bool,
    /// The bytes that must be shown: all of the place, or its head and its tail.
    anchors: Vec<Span>,
    /// What is shown besides.
    context: (u32, u32),
}

impl Sight {
    /// The sight of a span on a screen with `room` columns, some of which a message of `message` columns may need.
    pub fn of(sheet: &Sheet, span: Span, room: usize, message: usize) -> Self {
        let text = &sheet.source.text;
        let line = sheet.lines.index(span.start);
        let whole = bare_line(sheet, line);
        let start = span.start.clamp(whole.start, whole.end);
        let mut end = span.end.clamp(start, whole.end);
        let spans_lines = span.end > whole.end && sheet.lines.index(span.end - 1) > line;
        let left = cut_bytes(room, message);
        let anchors = if spans_lines {
            end = head(text, start, end, left);
            vec![Span { start, end }]
        } else if end - start > LONGEST {
            let cut = ceil(text, end - left * 2 / 5);
            let last = if is_word_start(text, cut) { cut } else { after_blank(text, cut, end).unwrap_or(cut) };
            let first = head(text, start, end, left.saturating_sub(end - last));
            vec![Span { start, end: first }, Span { start: last.max(first), end }]
        } else {
            vec![Span { start, end }]
        };
        let context = if anchors.len() > 1 { (0, 0) } else { context(Span { start, end }, whole, room) };
        let context = if spans_lines { (context.0.min(SOME_CONTEXT), 0) } else { context };
        Self { span: Span { start, end }, line, spans_lines, anchors, context }
    }

    /// What is shown of the line: the anchors with the context around them.
    fn parts(&self, sheet: &Sheet) -> Vec<Span> {
        let (text, whole) = (&sheet.source.text, bare_line(sheet, self.line));
        let mut parts = self.anchors.clone();
        if let Some(first) = parts.first_mut() {
            first.start = widen_before(text, first.start, whole.start, self.context.0);
        }
        if let Some(last) = parts.last_mut().filter(|_| !self.spans_lines) {
            last.end = widen_after(text, last.end, whole.end, self.context.1);
        }
        parts
    }
}

/// Bytes that are left of a place that is cut: they fill one row, together with the message if that leaves enough.
fn cut_bytes(room: usize, message: usize) -> u32 {
    let bytes = |columns: usize| u32::try_from(room.saturating_sub(columns + 5)).unwrap_or(MOST_CUT);
    let beside = bytes(message);
    if beside >= LEAST_CUT { beside.min(MOST_CUT) } else { bytes(0).min(MOST_CUT) }
}

/// How many bytes to show before and behind a place: what it leaves of a row, the larger share behind.
fn context(place: Span, whole: Span, room: usize) -> (u32, u32) {
    let room = u32::try_from(room).unwrap_or(u32::MAX).min(LONGEST + 2 * MOST_CONTEXT);
    let (before, behind) = (place.start - whole.start, whole.end - place.end);
    let Some(spare) = room.checked_sub(place.end - place.start + 6) else { return (SOME_CONTEXT, SOME_CONTEXT) };
    let first = (spare * 2 / 5).max(spare.saturating_sub(behind)).min(before).min(MOST_CONTEXT);
    let second = (spare - first).min(behind).min(MOST_CONTEXT);
    let worth = |bytes: u32, all: u32| if bytes < LEAST_CONTEXT && bytes < all { 0 } else { bytes };
    (worth(first, before), worth(second, behind))
}

/// The windows that show all sights, in the order of the text.
pub(super) fn windows(sheet: &Sheet, sights: &[Sight]) -> Vec<Window> {
    let parts_of = |sight: &Sight| sight.parts(sheet).into_iter().map(|part| (sight.line, part)).collect::<Vec<_>>();
    let mut parts: Vec<(usize, Span)> = sights.iter().flat_map(parts_of).collect();
    parts.sort_unstable();
    let mut windows: Vec<Window> = Vec::new();
    for (line, part) in parts {
        let is_one_place = |gap: Span| sights.iter().any(|sight| sight.line == line && sight.span.contains(gap));
        match windows.last_mut().filter(|window| window.line == line) {
            Some(window) => match window.parts.last_mut() {
                Some(last) if part.start <= last.end.saturating_add(NEAR) => last.end = last.end.max(part.end),
                Some(last) if is_one_place(Span { start: last.end, end: part.start }) => window.parts.push(part),
                _ => windows.push(Window::new(line, part)),
            },
            None => windows.push(Window::new(line, part)),
        }
    }
    for window in &mut windows {
        let (whole, extent) = (bare_line(sheet, window.line), window.extent());
        let goes_on = |sight: &Sight| sight.spans_lines && sight.line == window.line && sight.span.end == extent.end;
        window.is_cut_before = extent.start > whole.start;
        window.is_cut_after = extent.end < whole.end || sights.iter().any(goes_on);
    }
    windows
}

impl Window {
    fn new(line: usize, part: Span) -> Self {
        Self { line, parts: vec![part], is_cut_before: false, is_cut_after: false }
    }
}

/// A line without its end and without a byte-order mark.
fn bare_line(sheet: &Sheet, line: usize) -> Span {
    let span = sheet.lines.span(line, &sheet.source);
    let start = if span.start == 0 { sheet.source.body_start().min(span.end) } else { span.start };
    Span { start, end: span.end }
}

fn widen_before(text: &str, start: u32, least: u32, by: u32) -> u32 {
    if start - least <= by + 2 {
        return least;
    }
    let cut = ceil(text, start - by);
    if is_word_start(text, cut) { cut } else { after_blank(text, cut, start).unwrap_or(cut) }
}

fn widen_after(text: &str, end: u32, most: u32, by: u32) -> u32 {
    if most - end <= by + 2 {
        return most;
    }
    let cut = floor(text, end + by);
    if is_word_end(text, cut) { cut } else { before_blank(text, end, cut).unwrap_or(cut) }
}

/// Where the head of `start..end` ends: after about `bytes`, between words if one ends near.
fn head(text: &str, start: u32, end: u32, bytes: u32) -> u32 {
    if end - start <= bytes {
        return end;
    }
    let cut = floor(text, start + bytes);
    let nearest = floor(text, cut.saturating_sub(SNAP).max(start));
    if is_word_end(text, cut) { cut } else { before_blank(text, nearest, cut).unwrap_or(cut) }
}

fn is_word_start(text: &str, at: u32) -> bool {
    text.get(..at as usize).is_some_and(|before| before.ends_with([' ', '\t']))
}

fn is_word_end(text: &str, at: u32) -> bool {
    text.get(at as usize..).is_some_and(|after| after.starts_with([' ', '\t']))
}

/// The place behind the first blank of a range.
fn after_blank(text: &str, start: u32, end: u32) -> Option<u32> {
    let range = text.get(start as usize..end as usize)?;
    range.find([' ', '\t']).map(|at| start + at as u32 + 1)
}

/// The place of the last blank of a range.
fn before_blank(text: &str, start: u32, end: u32) -> Option<u32> {
    let range = text.get(start as usize..end as usize)?;
    range.rfind([' ', '\t']).map(|at| start + at as u32)
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, at: u32) -> u32 {
    (0..=at.min(text.len() as u32)).rev().find(|at| text.is_char_boundary(*at as usize)).unwrap_or(0)
}

/// The nearest character boundary at or behind an offset.
fn ceil(text: &str, at: u32) -> u32 {
    (at..text.len() as u32).find(|at| text.is_char_boundary(*at as usize)).unwrap_or(text.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::super::tests::at;
    use super::*;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    fn shown(text: &str, quotes: &[(usize, usize)]) -> Vec<Vec<String>> {
        let sheet = Sheet::new(Arc::new(Source::new("a.txt", Format::Plain, text.into()).expect("text")));
        let span = |quote: &(usize, usize)| Span { start: quote.0 as u32, end: quote.1 as u32 };
        let sights: Vec<Sight> = quotes.iter().map(|quote| Sight::of(&sheet, span(quote), 95, 10)).collect();
        let windows = windows(&sheet, &sights);
        let part = |part: &Span| sheet.source.slice(*part).to_owned();
        windows.iter().map(|window| window.parts.iter().map(part).collect()).collect()
    }

    #[test]
    fn far_places_have_two_windows_and_near_ones_share_one() {
        let text = format!("{}rest now {}walk now {}", "one two ".repeat(30), "six ten ".repeat(30), "end ".repeat(30));
        let far = shown(&text, &[at(&text, "rest now"), at(&text, "walk now")]);
        assert_eq!(far.len(), 2);
        assert!(far.iter().flatten().all(|part| part.len() <= 140 && part.contains("now")), "{far:?}");
        let text = "rest now and then walk now".to_owned();
        assert_eq!(shown(&text, &[at(&text, "rest"), at(&text, "walk")]), [[text]]);
    }

    #[test]
    fn a_long_place_is_cut_to_head_and_tail() {
        let text = "word ".repeat(100);
        let parts = shown(&text, &[(0, 500)]);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts.first().map(Vec::len), Some(2));
        assert!(parts.iter().flatten().map(String::len).sum::<usize>() <= LONGEST as usize);
    }

    #[test]
    fn of_several_lines_the_first_is_shown() {
        assert_eq!(shown("\u{feff}One\r\ntwo\r\nthree", &[(3, 13)]), [["One"]]);
        assert_eq!(shown("One\n\ntwo", &[(3, 4)]), [["One"]]);
    }

    #[test]
    fn no_time_is_spent_on_the_rest_of_a_line() {
        let text = format!("{}膝", "x".repeat(2_000_000));
        let parts = shown(&text, &[(1_000_000, 1_000_003), (2_000_000, 2_000_003), (0, 2_000_003)]);
        assert!(parts.iter().flatten().map(String::len).sum::<usize>() < 1000);
    }
}
