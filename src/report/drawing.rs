//! Puts rows on the terminal: codespan's renderer draws source lines, carets and notes; gutters, messages and colours
//! come together here.
//!
//! codespan's `emit` would print a paragraph as one line and a message as another, however long they are, and has no
//! word for `info`. Its renderer draws row by row what `excerpt` has laid out, and messages that find no room behind
//! their carets are folded below them.

use super::excerpt::{Mark, Piece, Row};
use super::screen::{columns, tail, wrap};
use crate::diagnostic::Severity;
use crate::source::Position;
use codespan_reporting::diagnostic::{LabelStyle, Severity as Tone};
use codespan_reporting::files::Error;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{Config, Renderer, Styles, WriteStyle};
use std::io::{self, BufWriter, Write};

/// A label as it is drawn.
pub(super) struct Drawn {
    pub mark: Mark,
    pub is_primary: bool,
    pub message: String,
}

impl Drawn {
    fn style(&self) -> LabelStyle {
        if self.is_primary { LabelStyle::Primary } else { LabelStyle::Secondary }
    }
}

/// The tone in which codespan draws a severity.
pub(super) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Info => Tone::Note,
    }
}

/// A terminal with colours or without, and a gutter for line numbers.
pub(super) struct Canvas<'w> {
    pub pen: Pen<'w>,
    /// Columns of the terminal.
    pub width: usize,
    /// Columns of the widest line number of the finding.
    pub gutter: usize,
    config: Config,
}

impl<'w> Canvas<'w> {
    pub fn new(out: &'w mut dyn Write, width: usize, colored: bool) -> Self {
        let out = BufWriter::new(out);
        let out: Box<dyn WriteColor + 'w> =
            if colored { Box::new(Ansi::new(out)) } else { Box::new(NoColor::new(out)) };
        let pen = Pen { out, styles: Styles::default(), hides_numbers: false, is_in_number: false };
        Self { pen, width, gutter: 1, config: Config::default() }
    }

    /// Columns for text behind the gutter.
    pub fn room(&self) -> usize {
        self.width.saturating_sub(self.gutter + 3)
    }

    /// `┌─ path:line:column`; without a position where it is not known.
    pub fn file(&mut self, path: &str, position: Option<Position>) -> io::Result<()> {
        let place = position.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
        write!(self.pen, "{:1$} ", "", self.gutter)?;
        self.pen.set_source_border()?;
        write!(self.pen, "┌─")?;
        self.pen.reset()?;
        let mut name = tail(path, self.room().saturating_sub(1 + place.len()));
        if let Some((_, rest)) = name.strip_prefix('…').and_then(|end| end.split_once('/')) {
            name = format!("…/{rest}");
        }
        writeln!(self.pen, " {name}{place}")
    }

    /// A line with nothing but the border.
    pub fn border(&mut self, tone: Tone) -> io::Result<()> {
        let gutter = self.gutter;
        self.renderer().render_snippet_empty(gutter, tone, 0, &[]).map_err(io_error)
    }

    /// A note, folded.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        let (gutter, room) = (self.gutter, self.room());
        self.renderer().render_snippet_note(gutter, &wrap(text, room, room).join("\n")).map_err(io_error)
    }

    /// Lines that are drawn as they are.
    pub fn picture(&mut self, lines: &[String]) -> io::Result<()> {
        let gutter = self.gutter;
        self.renderer().render_snippet_note(gutter, &lines.join("\n")).map_err(io_error)
    }

    /// A row of source with its marks and messages.
    pub fn row(&mut self, row: &Row, labels: &[Drawn], tone: Tone) -> io::Result<()> {
        let (gutter, room) = (self.gutter, self.room());
        if row.follows_gap {
            self.renderer().render_snippet_break(gutter, tone, 0, &[]).map_err(io_error)?;
        }
        let beside = beside(row, labels, room);
        let mut carets = Vec::new();
        let mut below = Vec::new();
        for (index, piece) in row.pieces.iter().enumerate() {
            let Some(label) = labels.get(piece.mark) else { continue };
            let is_beside = beside == Some(index);
            carets.push((label.style(), piece.bytes.clone(), if is_beside { label.message.as_str() } else { "" }));
            if piece.is_last && !is_beside && !label.message.is_empty() {
                below.push((piece.message_column(columns(&label.message), room), label));
            }
        }
        carets.sort_by_key(|(_, bytes, _)| (bytes.start, bytes.end));
        self.pen.hides_numbers = row.is_continued;
        let number = row.number as usize;
        self.renderer().render_snippet_source(gutter, number, &row.text, tone, &carets, 0, &[]).map_err(io_error)?;
        self.pen.hides_numbers = false;
        below.reverse();
        below.sort_by_key(|(column, _)| *column);
        while let Some((column, label)) = below.pop() {
            for line in wrap(&label.message, room - column, room - column) {
                self.message(column, label, &line, &below, tone)?;
            }
        }
        Ok(())
    }

    /// A line of a message below its carets, with bars from the marks that are still to be told.
    fn message(
        &mut self,
        column: usize,
        label: &Drawn,
        line: &str,
        left: &[(usize, &Drawn)],
        tone: Tone,
    ) -> io::Result<()> {
        write!(self.pen, "{:1$} ", "", self.gutter)?;
        self.pen.set_source_border()?;
        write!(self.pen, "│")?;
        self.pen.reset()?;
        write!(self.pen, " ")?;
        let mut at = 0;
        for (bar, label) in left.iter().filter(|(bar, _)| *bar < column) {
            if *bar >= at {
                write!(self.pen, "{:1$}", "", bar - at)?;
                self.pen.set_label(tone, label.style())?;
                write!(self.pen, "│")?;
                self.pen.reset()?;
                at = bar + 1;
            }
        }
        write!(self.pen, "{:1$}", "", column - at)?;
        self.pen.set_label(tone, label.style())?;
        write!(self.pen, "{line}")?;
        self.pen.reset()?;
        writeln!(self.pen)
    }

    fn renderer(&mut self) -> Renderer<'_, '_> {
        Renderer::new(&mut self.pen, &self.config)
    }
}

/// The piece whose message fits behind its carets: the last one of the row, overlapping no other.
fn beside(row: &Row, labels: &[Drawn], room: usize) -> Option<usize> {
    let (index, last) = row.pieces.iter().enumerate().max_by_key(|(_, piece)| piece.bytes.end)?;
    let message = &labels.get(last.mark)?.message;
    let is_alone = |(other, piece): (usize, &Piece)| other == index || piece.bytes.end <= last.bytes.start;
    let fits = last.columns.end + 1 + columns(message) <= room;
    (last.is_last && !message.is_empty() && fits && row.pieces.iter().enumerate().all(is_alone)).then_some(index)
}

/// What codespan reports is what the writer said; the other cases concern files, and we hand it none.
fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// The writer behind codespan's renderer. Rows that go on with a line have the same number; it is written once.
pub(super) struct Pen<'w> {
    out: Box<dyn WriteColor + 'w>,
    styles: Styles,
    hides_numbers: bool,
    is_in_number: bool,
}

impl Write for Pen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !(self.is_in_number && self.hides_numbers) {
            return self.out.write(bytes);
        }
        bytes.iter().try_for_each(|_| self.out.write_all(b" "))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Pen<'_> {
    fn set_header(&mut self, tone: Tone) -> io::Result<()> {
        self.out.set_color(self.styles.header(tone))
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.header_message())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.is_in_number = true;
        self.out.set_color(self.styles.line_number())
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.note_bullet())
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.out.set_color(self.styles.source_border())
    }

    fn set_label(&mut self, tone: Tone, style: LabelStyle) -> io::Result<()> {
        self.out.set_color(self.styles.label(tone, style))
    }

    fn reset(&mut self) -> io::Result<()> {
        self.is_in_number = false;
        WriteColor::reset(&mut self.out)
    }
}
