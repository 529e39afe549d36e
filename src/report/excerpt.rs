//! A window of a long line as rows that fit a terminal, with the places marked on each.
//!
//! The cells of a window are folded between words; `…` stands where something is left out. A place that goes over
//! several rows is marked on each of them and tells its message on the last. A place begins a row where that keeps it
//! whole, or where its message would find no room otherwise.

use super::screen::{Strip, clusters};
use super::sources::Sheet;
use super::window::{Sight, Window, windows};
use crate::span::Span;
use std::ops::Range;

/// A message is folded in no fewer columns than this if the screen has them.
const MESSAGE_COLUMNS: usize = 30;

/// A place to be marked.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub span: Span,
    /// Columns that its message takes in one line.
    pub message: usize,
}

/// A row of an excerpt.
pub(super) struct Row {
    /// Line of the source, from 1.
    pub number: u32,
    /// Whether the row goes on with the window of the row above.
    pub is_continued: bool,
    /// Whether something is left out between the row above and this one.
    pub follows_gap: bool,
    pub text: String,
    pub pieces: Vec<Piece>,
}

/// What a row shows of a place.
pub(super) struct Piece {
    /// Index of the mark.
    pub mark: usize,
    /// Bytes of the row's text; of an empty place, the byte that follows.
    pub bytes: Range<usize>,
    /// Columns of the row.
    pub columns: Range<usize>,
    /// Whether the message belongs here.
    pub is_last: bool,
}

impl Piece {
    /// Where a message of `width` columns begins below the piece on a screen with `room` columns.
    pub fn message_column(&self, width: usize, room: usize) -> usize {
        self.columns.start.min(room.saturating_sub(width.min(MESSAGE_COLUMNS)))
    }
}

/// The rows that show all marks of one source, `room` columns wide at most. Places that are cut leave room for a
/// message of `widest` columns; it is the same for the whole finding, so that equal texts are cut in the same way.
pub(super) fn rows(sheet: &Sheet, marks: &[Mark], room: usize, widest: usize) -> Vec<Row> {
    let sights: Vec<Sight> = marks.iter().map(|mark| Sight::of(sheet, mark.span, room, widest)).collect();
    let messages: Vec<usize> = marks.iter().map(|mark| mark.message).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut line_before = None;
    for window in windows(sheet, &sights) {
        let follows_gap = line_before.is_some_and(|before: usize| window.line != before + 1);
        line_before = Some(window.line);
        for (index, mut row) in Reel::of(sheet, &window).rows(&sights, &messages, room).into_iter().enumerate() {
            row.number = window.line as u32 + 1;
            row.is_continued = index > 0;
            row.follows_gap = index == 0 && follows_gap;
            rows.push(row);
        }
    }
    for mark in 0..marks.len() {
        let of_mark = |piece: &&mut Piece| piece.mark == mark;
        if let Some(last) = rows.iter_mut().flat_map(|row| &mut row.pieces).filter(of_mark).last() {
            last.is_last = true;
        }
    }
    rows
}

/// The cells of a window and the bytes of the source that each stands for.
struct Reel {
    strip: Strip,
    places: Vec<Option<Span>>,
    extent: Span,
}

impl Reel {
    fn of(sheet: &Sheet, window: &Window) -> Self {
        let text = &sheet.source.text;
        let extent = window.extent();
        let mut reel = Self { strip: Strip::default(), places: Vec::new(), extent };
        if window.is_cut_before {
            let is_between_words = text.get(..extent.start as usize).is_some_and(|before| before.ends_with(' '));
            reel.push_gap(if is_between_words { "… " } else { "…" }, None);
        }
        let mut end_before = None;
        for part in &window.parts {
            if let Some(start) = end_before {
                reel.push_gap(" … ", Some(Span { start, end: part.start }));
            }
            let mut start = part.start;
            for cluster in clusters(sheet.source.slice(*part)) {
                let end = start + cluster.len() as u32;
                reel.strip.push(cluster);
                reel.places.push(Some(Span { start, end }));
                start = end;
            }
            end_before = Some(part.end);
        }
        if window.is_cut_after {
            let is_between_words = text.get(extent.end as usize..).is_some_and(|t| t.starts_with(char::is_whitespace));
            reel.push_gap(if is_between_words { " …" } else { "…" }, None);
        }
        reel
    }

    fn push_gap(&mut self, text: &str, place: Option<Span>) {
        for cluster in clusters(text) {
            self.strip.push(cluster);
            self.places.push(place);
        }
    }

    fn rows(mut self, sights: &[Sight], messages: &[usize], room: usize) -> Vec<Row> {
        let cells: Vec<Option<Range<usize>>> = sights.iter().map(|sight| self.cells_under(sight.span)).collect();
        let is_at_end = |mark: &usize| {
            let is_here = sights.get(*mark).is_some_and(|sight| self.extent.contains(sight.span));
            is_here && cells.get(*mark).is_some_and(Option::is_none)
        };
        let at_end: Vec<usize> = (0..sights.len()).filter(is_at_end).collect();
        let mut folded = self.fold(&cells, messages, room);
        let marked = cells.iter().flatten().map(|cells| cells.end).max().filter(|_| at_end.is_empty());
        let last =
            marked.and_then(|marked| folded.iter().find(|row| row.end >= marked).map(|row| (row.clone(), marked)));
        if let Some((row, marked)) = last.filter(|(row, _)| row.end < self.places.len()) {
            self.end_in_row(row, marked, room);
            folded = self.fold(&cells, messages, room);
        }
        if folded.is_empty() {
            folded.push(0..0);
        }
        let mut rows: Vec<Row> = folded.iter().map(|row| self.row(row, &cells)).collect();
        if let (Some(row), Some(cells)) = (rows.last_mut(), folded.last()) {
            at_end.into_iter().for_each(|mark| self.mark_end(row, cells.clone(), mark, room));
        }
        rows
    }

    /// Rows of cells. The last column stays free for a blank, or for the mark of an empty place at the end.
    fn fold(&self, cells: &[Option<Range<usize>>], messages: &[usize], room: usize) -> Vec<Range<usize>> {
        let begins_row = |index: usize, column: usize| {
            cells.iter().zip(messages).any(|(cells, message)| match cells {
                Some(cells) if cells.start == index && column > 0 => {
                    let columns = self.columns(cells.clone());
                    let fits = column + columns < room;
                    let is_beside = column + columns + 1 + message <= room;
                    let is_below = column + (*message).min(MESSAGE_COLUMNS) <= room;
                    columns < room && !(fits && (is_beside || is_below))
                }
                _ => false,
            })
        };
        self.strip.fold(|_| room - 1, begins_row)
    }

    /// Ends the window with this row, the last one that has a mark, so that no row holds context alone.
    fn end_in_row(&mut self, row: Range<usize>, marked: usize, room: usize) {
        let ends_word = |end: &usize| {
            let is_before_blank = self.strip.cells.get(*end).is_some_and(|cell| cell.is_blank);
            is_before_blank && self.columns(row.start..*end) + 2 < room
        };
        let end = (marked..=row.end).rev().find(ends_word);
        self.strip.cells.truncate(end.unwrap_or(row.end));
        self.places.truncate(end.unwrap_or(row.end));
        self.strip.text.truncate(self.strip.cells.last().map_or(0, |cell| cell.shown.end));
        if end.is_some() {
            self.push_gap(" …", None);
        }
    }

    fn row(&self, row: &Range<usize>, cells: &[Option<Range<usize>>]) -> Row {
        let mut pieces = Vec::new();
        for (mark, cells) in cells.iter().enumerate() {
            let Some(cells) = cells else { continue };
            let mut here = cells.start.max(row.start)..cells.end.min(row.end);
            let is_blank = |index: usize| self.strip.cells.get(index).is_some_and(|cell| cell.is_blank);
            while here.len() > 1 && here.end < cells.end && is_blank(here.end - 1) {
                here.end -= 1;
            }
            while here.len() > 1 && here.start > cells.start && is_blank(here.start) {
                here.start += 1;
            }
            if !here.is_empty() {
                pieces.push(self.piece(row, here, mark));
            }
        }
        let marked = pieces.iter().map(|piece| piece.bytes.end).max().unwrap_or(0);
        let mut text = self.strip.slice(row.clone()).to_owned();
        text.truncate(text.trim_end().len().max(marked));
        Row { number: 0, is_continued: false, follows_gap: false, text, pieces }
    }

    fn piece(&self, row: &Range<usize>, cells: Range<usize>, mark: usize) -> Piece {
        let start = self.strip.slice(row.start..cells.start).len();
        let column = self.columns(row.start..cells.start);
        Piece {
            mark,
            bytes: start..start + self.strip.slice(cells.clone()).len(),
            columns: column..column + self.columns(cells),
            is_last: false,
        }
    }

    /// Marks the place behind the last cell, or that cell where the row has no column left.
    fn mark_end(&self, row: &mut Row, cells: Range<usize>, mark: usize, room: usize) {
        row.text = self.strip.slice(cells.clone()).to_owned();
        let (bytes, column) = (row.text.len(), self.columns(cells.clone()));
        row.pieces.push(if column < room {
            Piece { mark, bytes: bytes..bytes + 1, columns: column..column + 1, is_last: false }
        } else {
            self.piece(&cells, cells.end.saturating_sub(1)..cells.end, mark)
        });
    }

    /// The cells that show a place, of an empty one the cell that follows; none where the text ends.
    fn cells_under(&self, span: Span) -> Option<Range<usize>> {
        let overlaps = |place: &Option<Span>| place.is_some_and(|p| p.start < span.end && span.start < p.end);
        let follows = |place: &Option<Span>| place.is_some_and(|p| span.start < p.end);
        if span.is_empty() {
            let next = self.places.iter().position(follows).filter(|_| self.extent.contains(span))?;
            return Some(next..next + 1);
        }
        let start = self.places.iter().position(overlaps)?;
        let end = self.places.iter().rposition(overlaps)?;
        Some(start..end + 1)
    }

    fn columns(&self, cells: Range<usize>) -> usize {
        self.strip.cells.get(cells).unwrap_or_default().iter().map(|cell| cell.columns).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::at;
    use super::*;
    use crate::source::{Format, Source};
    use std::sync::Arc;

    /// The rows as text, with `^` below what is marked and the number of the mark where its message goes.
    fn drawn(text: &str, places: &[(usize, usize)], room: usize) -> Vec<String> {
        let sheet = Sheet::new(Arc::new(Source::new("a.txt", Format::Plain, text.into()).expect("text")));
        let mark = |place: &(usize, usize)| Mark { span: Span::new(place.0 as u32, place.1 as u32), message: 6 };
        let marks: Vec<Mark> = places.iter().map(mark).collect();
        let mut lines = Vec::new();
        for row in rows(&sheet, &marks, room, 6) {
            let gap = if row.follows_gap { "·" } else { "" };
            let number = if row.is_continued { String::new() } else { row.number.to_string() };
            lines.push(format!("{gap}{number}|{}", row.text));
            for piece in &row.pieces {
                let carets = "^".repeat(piece.columns.len());
                let last = if piece.is_last { piece.mark.to_string() } else { String::new() };
                lines.push(format!("|{:1$}{carets}{last}", "", piece.columns.start));
            }
        }
        lines
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let text = "Rest.\r\nThen walk at once.\r\n";
        assert_eq!(drawn(text, &[at(text, "walk")], 40), ["2|Then walk at once.", "|     ^^^^0"]);
    }

    #[test]
    fn two_far_places_of_a_line_have_two_windows() {
        let text = format!("Avoid exercise {}start at once{}", "and so on ".repeat(30), " and so on".repeat(30));
        assert_eq!(
            drawn(&text, &[at(&text, "start at once"), at(&text, "Avoid exercise")], 50),
            [
                "1|Avoid exercise and so on and so on and so on …",
                "|^^^^^^^^^^^^^^1",
                "·1|… and so on start at once and so on and so …",
                "|            ^^^^^^^^^^^^^0"
            ]
        );
    }

    #[test]
    fn a_place_over_several_rows_tells_its_message_on_the_last() {
        let text = "Patients rest the knee for two whole days after the small operation and do not walk.";
        assert_eq!(
            drawn(text, &[at(text, "rest the knee for two whole days after the small operation")], 40),
            [
                "1|Patients rest the knee for two whole",
                "|         ^^^^^^^^^^^^^^^^^^^^^^^^^^^",
                "|days after the small operation and do …",
                "|^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^0",
            ]
        );
    }

    #[test]
    fn wide_characters_tabs_and_marks_are_underlined_in_full() {
        assert_eq!(drawn("膝を休める", &[(3, 9)], 40), ["1|膝を休める", "|  ^^^^0"]);
        assert_eq!(drawn("a\tb", &[(1, 2)], 40), ["1|a    b", "| ^^^^0"]);
        assert_eq!(drawn("cafe\u{301}s", &[(4, 6)], 40), ["1|cafe\u{301}s", "|   ^0"]);
        assert_eq!(drawn("a\u{200b}b", &[(1, 4)], 40), ["1|a◌b", "| ^0"]);
    }

    #[test]
    fn empty_places_are_marked_where_they_are() {
        assert_eq!(drawn("", &[(0, 0)], 40), ["1|", "|^0"]);
        assert_eq!(drawn("Rest.\n", &[(6, 6)], 40), ["2|", "|^0"]);
        assert_eq!(drawn("Rest.\n", &[(5, 5)], 40), ["1|Rest.", "|     ^0"]);
        assert_eq!(drawn("\u{feff}Rest.", &[(0, 0)], 40), ["1|Rest.", "|^0"]);
        assert_eq!(drawn("Rest now.", &[(5, 5)], 40), ["1|Rest now.", "|     ^0"]);
        let text = "Patients rest the knee for two whole days after it.";
        assert_eq!(
            drawn(text, &[(0, 8), (51, 51)], 30).last().map(String::as_str),
            Some("|                        ^1")
        );
    }

    #[test]
    fn of_several_lines_the_head_is_shown() {
        let text = "A heading\n\nand its text";
        assert_eq!(drawn(text, &[(0, text.len())], 40), ["1|A heading …", "|^^^^^^^^^0"]);
    }
}
