//! Turns what a run found into what people and programs read: one file a format, all behind [`Report`].
//!
//! A report gets the findings as byte spans and asks the [`Library`] for the texts again; lines, columns and excerpts
//! are made here and nowhere else. Reports are written as they are made and buffer by themselves, and they never look
//! at the environment: width and colour come with the [`Style`]. A new format is a file and a line in [`FORMATS`].

pub(crate) mod axis;
mod checkstyle;
mod closing;
mod concise;
mod drawing;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod markdown;
mod markup;
mod mistakes;
mod pretty;
mod rdjson;
mod remarks;
mod repository;
mod sarif;
mod screen;
mod shape;
mod sources;
mod statistics;
mod told;
mod window;
mod xml;

pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use html::Html;
pub use json::{Json, JsonLines};
pub use junit::JUnit;
pub use markdown::Markdown;
pub use mistakes::write_mistakes;
pub use pretty::Pretty;
pub use rdjson::Rdjson;
pub use sarif::Sarif;
pub use screen::clean;
pub use statistics::write_statistics;

pub(crate) use closing::several;
pub(crate) use screen::wrap;
pub(crate) use shape::Stated;

use crate::diagnostic::Diagnostic;
use crate::engine::{Article, Library, Linter, Outcome};
use crate::rules::Rule;
use crate::source::Unreadable;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// How many further places are named in formats of a line a finding.
const PLACES: usize = 8;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Findings and figures.
    pub outcome: &'a Outcome,
    /// Where the texts under the findings come from.
    pub library: &'a dyn Library,
    /// The rules in force, sorted by id.
    pub rules: &'a [Arc<Rule>],
    /// The articles of the run, sorted by path, those that could not be read included.
    pub articles: &'a [Article],
    /// What the articles were read by, for reports that tell more of them than what was found.
    pub linters: &'a [Linter],
    /// Whether a finding fails the run.
    pub fails: &'a dyn Fn(&Diagnostic) -> bool,
    /// The way from the repository's root to the working directory, which paths start from: empty, or with a `/` at its end.
    pub folder: &'a str,
    /// How it should look, for formats that people read.
    pub style: Style,
}

impl<'a> Run<'a> {
    /// All findings, the most severe first, else in their order: for formats that may hold so many only.
    fn worst_first(&self) -> Vec<&'a Diagnostic> {
        let mut found: Vec<_> = self.outcome.diagnostics.iter().collect();
        found.sort_by_key(|finding| Reverse(finding.severity));
        found
    }

    /// Everything by file, sorted by path: what was read, with what was found in it, and what could not be read.
    fn files(&self) -> Vec<FileOfRun<'a>> {
        let mut files: BTreeMap<&str, FileOfRun<'_>> = BTreeMap::new();
        let empty = |path| FileOfRun { path, findings: &[], problem: None };
        for article in self.articles {
            files.entry(&article.path).or_insert(empty(&article.path));
        }
        for findings in self.outcome.diagnostics.chunk_by(|a, b| a.primary.path == b.primary.path) {
            let Some(first) = findings.first() else { continue };
            files.entry(&first.primary.path).or_insert(empty(&first.primary.path)).findings = findings;
        }
        for problem in &self.outcome.unreadable {
            files.entry(&problem.path).or_insert(empty(&problem.path)).problem = Some(&problem.reason);
        }
        files.into_values().collect()
    }
}

/// A file of a run.
struct FileOfRun<'a> {
    path: &'a str,
    findings: &'a [Diagnostic],
    /// Why it could not be read.
    problem: Option<&'a Unreadable>,
}

/// How a report for people should look. Formats for programs ignore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Terminal columns that no line exceeds, from [`Style::LEAST_WIDTH`] to [`Style::MOST_WIDTH`].
    pub width: usize,
    /// Whether ANSI colours are written.
    pub colored: bool,
    /// Whether more characters than ASCII's are drawn.
    pub unicode: bool,
    /// How much is told around the findings.
    pub verbosity: Verbosity,
}

impl Style {
    /// The narrowest terminal that is honoured, in columns.
    pub const LEAST_WIDTH: usize = 40;

    /// The widest, in columns: nobody reads longer lines.
    pub const MOST_WIDTH: usize = 1000;
}

impl Default for Style {
    /// What is right for a file or a pipe: 100 columns without colours.
    fn default() -> Self {
        Self { width: 100, colored: false, unicode: true, verbosity: Verbosity::default() }
    }
}

/// How much a report for people tells around the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// The findings and the files that could not be read, nothing else.
    Quiet,
    /// Also the figures of the run and how to go on.
    #[default]
    Normal,
    /// Also every further place.
    Verbose,
}

/// A format.
pub trait Report {
    /// Writes the whole report.
    ///
    /// # Errors
    /// Whatever `out` says, a closed pipe included.
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()>;

    /// True for formats that people read on a terminal, so that more text may follow.
    fn is_for_people(&self) -> bool {
        false
    }

    /// False for formats that have no place for files that could not be read.
    fn names_unreadable(&self) -> bool {
        true
    }

    /// How many findings the report leaves out because who reads it accepts no more. Reports for people say so themselves.
    fn left_out(&self, _run: &Run<'_>) -> usize {
        0
    }
}

/// Makes the report of one format.
pub type Constructor = fn() -> Box<dyn Report>;

/// Every format by the name it has on the command line; the first is the default.
pub const FORMATS: &[(&str, Constructor)] = &[
    ("pretty", || Box::new(Pretty)),
    ("concise", || Box::new(Concise)),
    ("json", || Box::new(Json)),
    ("jsonl", || Box::new(JsonLines)),
    ("sarif", || Box::new(Sarif)),
    ("github", || Box::new(GitHub)),
    ("gitlab", || Box::new(GitLab)),
    ("checkstyle", || Box::new(Checkstyle)),
    ("junit", || Box::new(JUnit)),
    ("rdjson", || Box::new(Rdjson)),
    ("markdown", || Box::new(Markdown)),
    ("html", || Box::new(Html)),
];

/// The names of all formats, in order.
pub fn names() -> Vec<&'static str> {
    FORMATS.iter().map(|(name, _)| *name).collect()
}

/// The report that a name stands for.
pub fn by_name(name: &str) -> Option<Box<dyn Report>> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, make)| make())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::diagnostic::{Data, Diagnostic, Label, Severity};
    use crate::engine::Disk;
    use crate::source::{Format, Source};
    use crate::span::Span;

    /// A library of texts in memory; other paths cannot be read.
    pub(crate) fn library(texts: &[(&str, &str)]) -> Disk {
        let mut library = Disk::default();
        for (path, text) in texts {
            library.hold(Source::new(*path, Format::Plain, text.as_bytes().to_vec()).expect("text"));
        }
        library
    }

    pub(crate) fn label(path: &str, span: (usize, usize), message: &str) -> Label {
        Label { path: path.into(), span: Span { start: span.0 as u32, end: span.1 as u32 }, message: message.into() }
    }

    /// The place of a quote that occurs in a text.
    pub(crate) fn at(text: &str, quote: &str) -> (usize, usize) {
        let start = text.find(quote).expect("the quote occurs");
        (start, start + quote.len())
    }

    pub(crate) fn finding(primary: Label, secondary: Vec<Label>) -> Diagnostic {
        Diagnostic {
            primary,
            rule: "timeline/conflict".into(),
            severity: Severity::Error,
            message: "exercise is forbidden here and advised there".into(),
            secondary,
            notes: Vec::new(),
            fix: None,
            data: Data::None,
            identity: vec![0xab],
        }
    }

    pub(crate) fn outcome(diagnostics: Vec<Diagnostic>) -> Outcome {
        Outcome { diagnostics, files: 1, words: 1234, ..Outcome::default() }
    }

    pub(crate) fn run<'a>(outcome: &'a Outcome, library: &'a Disk, style: Style) -> Run<'a> {
        Run { outcome, library, rules: &[], articles: &[], linters: &[], fails: &|_| true, folder: "", style }
    }

    pub(crate) fn render(format: &str, outcome: &Outcome, library: &Disk, style: Style) -> String {
        let mut out = Vec::new();
        by_name(format).expect("known").write(&run(outcome, library, style), &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn formats_have_different_names() {
        for (index, (name, _)) in FORMATS.iter().enumerate() {
            assert!(by_name(name).is_some());
            assert_eq!(FORMATS.iter().position(|(other, _)| other == name), Some(index));
        }
        assert!(by_name("xml").is_none());
    }

    #[test]
    fn a_closed_pipe_is_an_error_and_no_panic() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
        let library = library(&[("a.txt", "Rest.")]);
        let outcome = outcome(vec![finding(label("a.txt", (0, 4), "here"), Vec::new())]);
        for (name, make) in FORMATS {
            let run = run(&outcome, &library, Style::default());
            let error = make().write(&run, &mut Closed).expect_err(name);
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{name}");
        }
    }
}
