//! Text as a terminal shows it: what may reach it, how wide that is, and where it is folded.
//!
//! Everything is done by grapheme cluster. Control characters, and those that are invisible or turn the direction of
//! writing, become visible symbols; every cluster takes at least one column, so that it can be underlined. Terminals
//! disagree on the width of composed clusters, so the larger of two readings counts.

use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A tab is shown as this many blanks wherever it stands.
const TAB: &str = "    ";

/// Clusters beyond this are shown character by character: nobody reads them, and lines must end somewhere.
const CLUSTER_COLUMNS: usize = 4;
const CLUSTER_BYTES: usize = 32;

/// Columns that a text takes, control characters left aside: composed or character by character, what is more.
pub(super) fn columns(text: &str) -> usize {
    text.width().max(text.chars().map(|c| c.width().unwrap_or(0)).sum())
}

/// One cluster on the screen.
pub(super) struct Cell {
    /// Its bytes in the text of the strip.
    pub shown: Range<usize>,
    pub columns: usize,
    pub is_blank: bool,
}

/// A text made fit for a terminal, still in one line.
#[derive(Default)]
pub(super) struct Strip {
    pub text: String,
    pub cells: Vec<Cell>,
}

impl Strip {
    pub fn of(text: &str) -> Self {
        let mut strip = Self::default();
        clusters(text).for_each(|cluster| strip.push(cluster));
        strip
    }

    /// Appends one cluster.
    pub fn push(&mut self, cluster: &str) {
        let shown = shown(cluster);
        let start = self.text.len();
        self.text.push_str(&shown);
        let is_blank = shown.chars().all(char::is_whitespace) && shown != "\u{a0}";
        self.cells.push(Cell { shown: start..self.text.len(), columns: columns(&shown), is_blank });
    }

    /// What a row of cells shows.
    pub fn slice(&self, cells: Range<usize>) -> &str {
        let row = self.cells.get(cells).unwrap_or_default();
        let start = row.first().map_or(0, |cell| cell.shown.start);
        let end = row.last().map_or(0, |cell| cell.shown.end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Folds the cells into rows: at blanks, beside wide characters, and inside a word only when it exceeds a row.
    /// `room` is the width of a row by its index; one blank may hang over it. Where `begins_row` says so for a cell and
    /// the column it would take, the word begins a new row.
    pub fn fold(&self, room: impl Fn(usize) -> usize, begins_row: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let (mut start, mut used) = (0, 0);
        let mut opportunity = None;
        for (index, cell) in self.cells.iter().enumerate() {
            if index > start && begins_row(index, used) {
                let (cut, before) = opportunity.take().unwrap_or((index, used));
                rows.push(start..cut);
                (start, used) = (cut, used - before);
            }
            loop {
                let least = room(rows.len() + 1);
                let room = room(rows.len());
                let hangs_over = cell.is_blank && cell.columns == 1 && used <= room;
                if index == start || used + cell.columns <= room || hangs_over {
                    break;
                }
                // What goes to the next row must fit there, or the row is cut right here.
                let between_words = opportunity.take().filter(|(_, before)| used - before <= least);
                let (cut, before) = between_words.unwrap_or((index, used));
                rows.push(start..cut);
                (start, used) = (cut, used - before);
            }
            let is_wide = cell.columns > 1 && !cell.is_blank;
            if is_wide && index > start {
                opportunity = Some((index, used));
            }
            used += cell.columns;
            if cell.is_blank || is_wide {
                opportunity = Some((index + 1, used));
            }
        }
        if start < self.cells.len() {
            rows.push(start..self.cells.len());
        }
        rows
    }
}

/// A text in one line without anything that a terminal could take for a command.
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_plain =
        |c: char| matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2026}');
    if text.chars().all(is_plain) { text.into() } else { Strip::of(text).text.into() }
}

/// A text folded into lines of at most `first` columns for the first and `rest` for the others, fit for a terminal.
pub(crate) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let strip = Strip::of(text.trim());
    let rows = strip.fold(|row| if row == 0 { first } else { rest }, |_, _| false);
    let lines = rows.into_iter().map(|row| strip.slice(row).trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// The end of a text in at most `most` columns, `…` in front where something was left out.
pub(super) fn tail(text: &str, most: usize) -> String {
    let strip = Strip::of(text);
    if strip.cells.iter().map(|cell| cell.columns).sum::<usize>() <= most {
        return strip.text;
    }
    let mut left = most.saturating_sub(1);
    let fits = |cell: &&Cell| {
        let fits = cell.columns <= left;
        left = if fits { left - cell.columns } else { 0 };
        fits
    };
    let kept = strip.cells.iter().rev().take_while(fits).count();
    let count = strip.cells.len();
    format!("…{}", if kept == 0 { "" } else { strip.slice(count - kept..count) })
}

/// The grapheme clusters of a text; monstrous ones come apart.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true).flat_map(|cluster| {
        let is_sane = cluster.len() <= CLUSTER_BYTES && columns(cluster) <= CLUSTER_COLUMNS;
        let mut rest = cluster;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?.len_utf8();
            let (piece, left) = rest.split_at(if is_sane { rest.len() } else { first });
            rest = left;
            Some(piece)
        })
    })
}

/// What stands for a cluster on the screen.
fn shown(cluster: &str) -> Cow<'_, str> {
    let mut characters = cluster.chars();
    match (characters.next(), characters.next()) {
        (Some('\t'), None) => TAB.into(),
        (Some('\n'), None) | (Some('\r'), Some('\n')) => " ".into(),
        (Some('\u{85}' | '\u{2028}' | '\u{2029}'), None) => "␤".into(),
        (Some(control @ '\0'..='\u{1f}'), None) => picture(control).to_string().into(),
        (Some('\u{7f}'), None) => "␡".into(),
        (Some('\u{80}'..='\u{9f}'), None) => "\u{fffd}".into(),
        (Some(hidden), None) if is_hidden(hidden) => "◌".into(),
        _ if columns(cluster) == 0 => "◌".into(),
        _ => cluster.into(),
    }
}

/// The Unicode picture of a control character.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}')
}

/// Characters that show nothing or change how others are shown.
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_could_steer_a_terminal_is_shown_as_a_symbol() {
        assert_eq!(clean("a\u{1b}[31m\r\nb\u{9b}c\td\u{202e}e\u{200b}\u{7f}\0"), "a␛[31m b\u{fffd}c    d◌e◌␡␀");
        assert_eq!(clean("e\u{301} \u{301}"), "e\u{301} \u{301}");
        assert_eq!(clean("\u{301}"), "◌");
    }

    #[test]
    fn folds_at_blanks_and_inside_long_words_only_when_it_must() {
        assert_eq!(wrap("rest the knee for two days", 10, 10), ["rest the", "knee for", "two days"]);
        assert_eq!(wrap("  abc abcdefghijkl  ", 5, 4), ["abc", "abcd", "efgh", "ijkl"]);
        assert_eq!(wrap("膝を休める日", 5, 5), ["膝を", "休め", "る日"]);
        assert_eq!(wrap("", 5, 5), [""; 0]);
    }

    #[test]
    fn the_end_of_a_path_stays() {
        assert_eq!(tail("articles/rest.md", 16), "articles/rest.md");
        assert_eq!(tail("articles/rest.md", 8), "…rest.md");
        assert_eq!(tail("膝膝", 3), "…膝");
        assert_eq!(tail("膝膝", 1), "…");
    }

    const ODD: &str = "(\\PC|[ \\t\\r\\n]|[\u{301}\u{200d}\u{fe0f}👩❤膝é\u{202e}\u{1b}ก]){0,60}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_line_is_too_wide(text in ODD, first in 4..30usize, rest in 4..30usize) {
            let lines = wrap(&text, first, rest);
            for (index, line) in lines.iter().enumerate() {
                prop_assert!(columns(line) <= if index == 0 { first } else { rest }, "{line:?}");
            }
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(kept(&lines.concat()), kept(&clean(text.trim())));
            prop_assert!(columns(&tail(&text, first)) <= first);
        }
    }
}
