//! The texts under the findings, read again when a report needs them.
//!
//! Findings come sorted by path, so a few recent sources are kept together with what turns their bytes into lines and
//! columns. A file may have gone or changed since it was checked: then a place is [lost](Lost), never a panic.

use crate::diagnostic::Label;
use crate::engine::Library;
use crate::source::{Lines, Position, Source, Unreadable};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

/// How many sources are kept: a finding's own and those that its labels usually point to.
const KEPT: usize = 8;

/// A source with its line starts.
pub(super) struct Sheet {
    pub source: Arc<Source>,
    pub lines: Lines,
}

impl Sheet {
    pub fn new(source: Arc<Source>) -> Self {
        Self { lines: Lines::of(&source), source }
    }

    /// Line and column of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(offset, &self.source)
    }

    /// The same with the column in bytes, a byte-order mark counted like any others.
    pub fn position_in_bytes(&self, offset: u32) -> Position {
        let index = self.lines.index(offset);
        let start = self.lines.span(index, &self.source).start;
        Position { line: index as u32 + 1, column: offset.saturating_sub(start) + 1 }
    }
}

/// Why a place cannot be shown.
#[derive(Clone, Debug)]
pub(super) enum Lost {
    /// The file cannot be read any more.
    Unreadable(Unreadable),
    /// The text has no such place any more.
    Changed,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => reason.fmt(f),
            Self::Changed => f.write_str("the file has changed since it was checked"),
        }
    }
}

/// The sources used last, the latest first.
pub(super) struct Sources<'a> {
    library: &'a dyn Library,
    recent: Vec<(Arc<str>, Reading)>,
}

/// What came of reading a source.
type Reading = Result<Rc<Sheet>, Unreadable>;

impl<'a> Sources<'a> {
    pub fn new(library: &'a dyn Library) -> Self {
        Self { library, recent: Vec::with_capacity(KEPT) }
    }

    /// The source that holds the span of a label.
    pub fn sheet(&mut self, label: &Label) -> Result<Rc<Sheet>, Lost> {
        let sheet = self.of_path(&label.path).map_err(Lost::Unreadable)?;
        let is_there = sheet.source.text.get(label.span.range()).is_some();
        if is_there { Ok(sheet) } else { Err(Lost::Changed) }
    }

    /// Where a label lies, as people count; a lost place is the beginning of its file without text.
    pub fn located(&mut self, label: &Label) -> Located {
        match self.sheet(label) {
            Ok(sheet) => {
                let (start, end) = (sheet.position(label.span.start), sheet.position(label.span.end));
                Located { start, end, sheet: Some(sheet) }
            }
            Err(_) => Located { start: Located::NOWHERE, end: Located::NOWHERE, sheet: None },
        }
    }

    fn of_path(&mut self, path: &Arc<str>) -> Reading {
        let entry = match self.recent.iter().position(|(known, _)| known == path) {
            Some(index) => self.recent.remove(index),
            None => {
                self.recent.truncate(KEPT - 1);
                (path.clone(), self.library.source(path).map(|source| Rc::new(Sheet::new(source))))
            }
        };
        let found = entry.1.clone();
        self.recent.insert(0, entry);
        found
    }
}

/// A place as people count it.
pub(super) struct Located {
    pub start: Position,
    pub end: Position,
    sheet: Option<Rc<Sheet>>,
}

impl Located {
    const NOWHERE: Position = Position { line: 1, column: 1 };

    /// The source under the span of the label, its first `most` characters.
    pub fn text(&self, label: &Label, most: usize) -> &str {
        let text = self.sheet.as_ref().map_or("", |sheet| sheet.source.slice(label.span));
        text.char_indices().nth(most).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, label, library};
    use super::*;

    #[test]
    fn lost_places_lie_at_the_beginning() {
        let library = library(&[("a.txt", "café rest")]);
        let mut sources = Sources::new(&library);
        for lost in [label("gone.txt", (5, 6), ""), label("a.txt", (4, 9), ""), label("a.txt", (9, 99), "")] {
            let located = sources.located(&lost);
            assert_eq!((located.start, located.text(&lost, 300)), (Located::NOWHERE, ""));
        }
        let found = label("a.txt", at("café rest", "é rest"), "");
        let located = sources.located(&found);
        assert_eq!((located.start.column, located.end.column, located.text(&found, 3)), (4, 10, "é r"));
    }

    #[test]
    fn few_sources_are_kept() {
        let names: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
        let texts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Rest.")).collect();
        let library = library(&texts);
        let mut sources = Sources::new(&library);
        for name in &names {
            assert_eq!(sources.located(&label(name, (0, 4), "")).end.column, 5);
        }
        assert_eq!(sources.recent.len(), KEPT);
    }
}
