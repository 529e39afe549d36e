//! The report for people at a terminal: each finding with its places in the text, then the figures of the run.
//!
//! No line is wider than the terminal, whatever an article holds. Places are shown by file, the finding's own file
//! first; a place that cannot be shown any more is told as a note, so that no finding is lost.

use super::axis::{self, Row};
use super::closing;
use super::drawing::{Canvas, Drawn, tone};
use super::excerpt::{Mark, rows};
use super::remarks::{extent, proposal};
use super::screen::{clean, columns, wrap};
use super::sources::{Sheet, Sources};
use super::{Report, Run, Style, Verbosity};
use crate::diagnostic::{Data, Diagnostic, Label, Statement};
use crate::source::Position;
use codespan_reporting::term::WriteStyle;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

/// How many further places a finding shows; `Verbose` shows all.
const PLACES: usize = 6;

/// Excerpts with carets and notes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pretty;

impl Report for Pretty {
    fn is_for_people(&self) -> bool {
        true
    }

    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let width = run.style.width.clamp(Style::LEAST_WIDTH, Style::MOST_WIDTH);
        let mut canvas = Canvas::new(out, width, run.style.colored);
        let mut sources = Sources::new(run.library);
        for diagnostic in &run.outcome.diagnostics {
            let finding = Finding::of(diagnostic, &mut sources, run.style.verbosity);
            finding.draw(&mut canvas, run.style.unicode)?;
        }
        closing::write(&mut canvas, run.outcome, run.style.verbosity)?;
        canvas.pen.flush()
    }
}

/// A finding with its places sorted out.
pub(super) struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    files: Vec<Shown>,
    notes: Vec<String>,
}

/// The places in one file.
struct Shown {
    path: Arc<str>,
    sheet: Rc<Sheet>,
    labels: Vec<Drawn>,
}

impl Shown {
    /// The place that is named above the excerpt.
    fn position(&self) -> Option<Position> {
        let first = self.labels.iter().min_by_key(|label| (!label.is_primary, label.mark.span.start))?;
        Some(self.sheet.position(first.mark.span.start))
    }

    fn last_line(&self) -> u32 {
        let lines = self.labels.iter().map(|label| self.sheet.position(label.mark.span.start).line);
        lines.max().unwrap_or(1)
    }
}

impl<'a> Finding<'a> {
    pub fn of(diagnostic: &'a Diagnostic, sources: &mut Sources<'_>, verbosity: Verbosity) -> Self {
        let mut finding = Self { diagnostic, files: Vec::new(), notes: Vec::new() };
        let most = if verbosity == Verbosity::Verbose { usize::MAX } else { PLACES };
        finding.place(&diagnostic.primary, true, sources);
        for label in diagnostic.secondary.iter().take(most) {
            finding.place(label, false, sources);
        }
        match diagnostic.secondary.len().saturating_sub(most) {
            0 => {}
            1 => finding.notes.push("1 more place is not shown".to_owned()),
            more => finding.notes.push(format!("{more} more places are not shown")),
        }
        finding.notes.extend(diagnostic.notes.iter().cloned());
        if let Data::Copies { regions, .. } = &diagnostic.data {
            finding.notes.extend(extent(regions, &diagnostic.primary.path, "", most, sources));
        }
        finding.notes.extend(diagnostic.fix.as_ref().map(proposal));
        finding
    }

    fn place(&mut self, label: &Label, is_primary: bool, sources: &mut Sources<'_>) {
        let message = clean(&label.message).into_owned();
        let sheet = match sources.sheet(label) {
            Ok(sheet) => sheet,
            Err(lost) => {
                let message = if message.is_empty() { String::new() } else { format!("{message} ") };
                return self.notes.push(format!("{}: {message}(no longer to be shown: {lost})", label.path));
            }
        };
        let drawn = Drawn { mark: Mark { span: label.span, message: columns(&message) }, is_primary, message };
        match self.files.iter_mut().find(|file| file.path == label.path) {
            Some(file) => file.labels.push(drawn),
            None => self.files.push(Shown { path: label.path.clone(), sheet, labels: vec![drawn] }),
        }
    }

    pub fn draw(&self, canvas: &mut Canvas<'_>, is_unicode: bool) -> io::Result<()> {
        let tone = tone(self.diagnostic.severity);
        self.header(canvas)?;
        let last_line = self.files.iter().map(Shown::last_line).max().unwrap_or(1);
        canvas.gutter = last_line.max(1).ilog10() as usize + 1;
        let widths = self.files.iter().flat_map(|file| &file.labels).map(|label| label.mark.message);
        let widest = widths.max().unwrap_or(0);
        let mut files = self.files.iter().peekable();
        while let Some(file) = files.next() {
            canvas.file(&file.path, file.position())?;
            canvas.border(tone)?;
            let marks: Vec<Mark> = file.labels.iter().map(|label| label.mark).collect();
            for row in rows(&file.sheet, &marks, canvas.room(), widest) {
                canvas.row(&row, &file.labels, tone)?;
            }
            if files.peek().is_some() || !self.notes.is_empty() {
                canvas.border(tone)?;
            }
        }
        self.notes.iter().try_for_each(|note| canvas.note(note))?;
        if let Some(axis) = self.axis(canvas.room().saturating_sub(2), is_unicode) {
            canvas.picture(&axis)?;
        }
        writeln!(canvas.pen)
    }

    /// Statements about time on an axis, where at least two have a place on it; each is called by its line.
    fn axis(&self, width: usize, is_unicode: bool) -> Option<Vec<String>> {
        let Data::Claims(statements) = &self.diagnostic.data else { return None };
        let sheet = &self.files.iter().find(|file| file.path == self.diagnostic.primary.path)?.sheet;
        let name = |statement: &Statement| sheet.position(statement.span.start).line.to_string();
        let drawn = statements.iter().filter(|statement| axis::is_drawn(statement));
        let rows: Vec<Row<'_>> = drawn.map(|statement| Row { name: name(statement), statement }).collect();
        (rows.len() > 1).then(|| axis::draw(&rows, width, is_unicode))
    }

    /// `severity[rule]: message`, folded; without the brackets where no rule speaks.
    fn header(&self, canvas: &mut Canvas<'_>) -> io::Result<()> {
        let (severity, rule) = (self.diagnostic.severity.as_str(), clean(&self.diagnostic.rule));
        let name = if rule.is_empty() { severity.to_owned() } else { format!("{severity}[{rule}]") };
        let text = format!("{name}: {}", self.diagnostic.message);
        let mut left = name.len();
        for (index, line) in wrap(&text, canvas.width, canvas.width - 2).iter().enumerate() {
            let (name, message) = line.split_at_checked(left).unwrap_or((line, ""));
            left -= name.len();
            write!(canvas.pen, "{}", if index == 0 { "" } else { "  " })?;
            if !name.is_empty() {
                canvas.pen.set_header(tone(self.diagnostic.severity))?;
                write!(canvas.pen, "{name}")?;
            }
            canvas.pen.set_header_message()?;
            write!(canvas.pen, "{message}")?;
            canvas.pen.reset()?;
            writeln!(canvas.pen)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::screen;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use super::*;
    use crate::diagnostic::{Applicability, Fix, Place, Severity};
    use crate::span::Span;
    use proptest::prelude::*;

    fn quiet(width: usize) -> Style {
        Style { width, verbosity: Verbosity::Quiet, ..Style::default() }
    }

    #[test]
    fn a_finding_in_two_files() {
        let (one, two) = ("\u{feff}Rest.\r\n\r\nÜbung: start at once.\r\n", "Avoid all exercise.");
        let library = library(&[("a.txt", one), ("b/c.txt", two)]);
        let other = label("b/c.txt", at(two, "Avoid all exercise"), "forbidden");
        let mut found = finding(label("a.txt", at(one, "start at once"), "allowed"), vec![other]);
        found.notes = vec!["one of them is wrong".into()];
        found.severity = Severity::Info;
        assert_eq!(
            render("pretty", &outcome(vec![found]), &library, quiet(80)),
            "info[timeline/conflict]: exercise is forbidden here and advised there\n\
             \x20 ┌─ a.txt:3:8\n\
             \x20 │\n\
             3 │ Übung: start at once.\n\
             \x20 │        ^^^^^^^^^^^^^ allowed\n\
             \x20 │\n\
             \x20 ┌─ b/c.txt:1:1\n\
             \x20 │\n\
             1 │ Avoid all exercise.\n\
             \x20 │ ------------------ forbidden\n\
             \x20 │\n\
             \x20 = one of them is wrong\n\n"
        );
    }

    #[test]
    fn two_places_on_one_row_have_their_messages() {
        let text = "Start at once, but avoid all exercise.";
        let other =
            label("a.txt", at(text, "avoid all exercise"), "and a message that is far too long for what is left");
        let found = finding(label("a.txt", at(text, "Start"), "allowed"), vec![other]);
        let report = render("pretty", &outcome(vec![found]), &library(&[("a.txt", text)]), quiet(60));
        let rows: Vec<&str> = report.lines().skip(4).collect();
        assert_eq!(
            rows,
            [
                "1 │ Start at once, but avoid all exercise.",
                "  │ ^^^^^              ------------------",
                "  │ │                  and a message that is far too long",
                "  │ │                  for what is left",
                "  │ allowed",
                ""
            ]
        );
    }

    #[test]
    fn lost_places_are_told() {
        let library = library(&[("a.txt", "Rest.")]);
        let found = finding(label("gone.txt", (2, 9), "here"), vec![label("a.txt", (3, 77), "there")]);
        let report = render("pretty", &outcome(vec![found]), &library, quiet(100));
        assert_eq!(
            report,
            "error[timeline/conflict]: exercise is forbidden here and advised there\n\
             \x20 = gone.txt: here (no longer to be shown: no such file or directory)\n\
             \x20 = a.txt: there (no longer to be shown: the file has changed since it was checked)\n\n"
        );
    }

    #[test]
    fn copies_name_their_lines() {
        let text = "Rest\nnow.\nRest\nthen.\n";
        let mut found = finding(label("a.txt", (10, 14), "again"), vec![label("a.txt", (0, 4), "first")]);
        let place = |start, end| Place { path: "a.txt".into(), span: Span { start, end } };
        found.data = Data::Copies { permille: 990, regions: vec![place(0, 10), place(10, 21)], edits: Vec::new() };
        found.fix = Some(Fix { title: "keep one".into(), applicability: Applicability::Unsafe, edits: Vec::new() });
        let report = render("pretty", &outcome(vec![found]), &library(&[("a.txt", text)]), Style::default());
        let notes: Vec<_> = report.lines().filter_map(|line| line.strip_prefix("  = ")).collect();
        let fix = "fix: keep one, if nothing is lost with it";
        assert_eq!(notes, ["full extent: lines 1–2; lines 3–4", fix]);
    }

    #[test]
    fn the_end_of_a_long_path_is_shown_and_any_width_is_taken() {
        let path = "articles/2019/archive/after-your-wisdom-tooth-is-out.md";
        let outcome = outcome(vec![finding(label(path, (0, 4), ""), Vec::new())]);
        let report = |width| render("pretty", &outcome, &library(&[(path, "Rest.")]), quiet(width));
        assert!(report(0).contains("\n  ┌─ …er-your-wisdom-tooth-is-out.md:1:1\n"), "{}", report(0));
        assert!(report(60).contains("\n  ┌─ …/2019/archive/after-your-wisdom-tooth-is-out.md:1:1\n"), "{}", report(60));
        assert!(report(usize::MAX).contains("\n1 │ Rest.\n  │ ^^^^\n"), "{}", report(usize::MAX));
    }

    #[test]
    fn of_many_places_some_are_shown() {
        let text = "Rest now.\n".repeat(40);
        let others = (1..40).map(|n| label("a.txt", (n * 10, n * 10 + 4), "told again")).collect();
        let outcome = outcome(vec![finding(label("a.txt", (0, 4), ""), others)]);
        let library = library(&[("a.txt", &text)]);
        let report = render("pretty", &outcome, &library, quiet(80));
        assert!(report.contains("= 33 more places are not shown\n"), "{report}");
        let report = render("pretty", &outcome, &library, Style { verbosity: Verbosity::Verbose, ..quiet(80) });
        assert_eq!(report.matches("told again").count(), 39);
    }

    fn nasty() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,9} ",
            "[a-z]{30,90}",
            "[膝を休める。、]{1,40}",
            "[ \\t\r\n]{1,5}",
            "(e\u{301}|\u{301}|👩\u{200d}🔬|❤\u{fe0f}|🇩🇪|กำ|क्षि|각|\u{1100}){1,9}",
            "[\u{1b}\u{7}\u{7f}\u{9b}\u{202e}\u{200b}\u{feff}\u{2028}\u{ad}]{1,3}",
            "\\PC{1,20}",
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_line_fits_and_nothing_steers_the_terminal(
            text in nasty(), message in nasty(), width in 0..130usize,
            cuts in proptest::collection::vec(0.0..1.0f64, 8),
        ) {
            let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let place = |cut: &f64| boundaries.get((cut * boundaries.len() as f64) as usize).copied().unwrap_or(0);
            let spans = cuts.chunks(2).map(|pair| match pair.iter().map(place).collect::<Vec<_>>().as_slice() {
                [a, b] => (*a.min(b), *a.max(b)),
                _ => (0, 0),
            });
            let mut labels: Vec<Label> = spans.map(|span| label("a/ü\u{1b}膝.txt", span, &message)).collect();
            let mut found = finding(labels.remove(0), labels);
            (found.message, found.notes) = (message.clone(), vec![message]);
            let library = library(&[("a/ü\u{1b}膝.txt", &text)]);
            let outcome = outcome(vec![found]);
            let style = Style { width, ..Style::default() };
            let report = render("pretty", &outcome, &library, style);
            for line in report.lines() {
                let columns = screen::columns(line);
                prop_assert!(columns <= width.max(Style::LEAST_WIDTH), "{columns} {line:?}");
                let steers = |c: char| c.is_control() || "\u{202e}\u{200b}\u{feff}\u{2028}".contains(c);
                prop_assert!(!line.contains(steers), "{line:?}");
            }
            prop_assert!(report.contains('^'));
            let colored = render("pretty", &outcome, &library, Style { colored: true, ..style });
            prop_assert_ne!(&colored, &report);
            let plain: String = colored.split('\x1b').enumerate().map(|(index, part)| match part.split_once('m') {
                Some((_, text)) if index > 0 => text,
                _ => part,
            }).collect();
            prop_assert_eq!(plain, report);
        }
    }
}
