//! Annotations in a pull request: workflow commands that GitHub reads from the log of a job.
//!
//! GitHub shows ten annotations of each kind a step and drops the rest without a word. So the worst findings come first,
//! within a severity one for every rule and article before any second one, and the last line counts what has no annotation.

use super::closing::several;
use super::repository::from_root;
use super::screen::clean;
use super::sources::Sources;
use super::told::Told;
use super::{Report, Run};
use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

/// Annotations of each kind that GitHub shows a step.
const SHOWN: usize = 10;
/// Of them, how many may go to files that could not be read, so that errors find room.
const UNREADABLE: usize = SHOWN / 2;

/// `::error title=…,file=…,line=…::message`, then a line for what found no room.
#[derive(Clone, Copy, Debug, Default)]
pub struct GitHub;

impl Report for GitHub {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut sources = Sources::new(run.library);
        let unreadable = &run.outcome.unreadable;
        for problem in unreadable.iter().take(UNREADABLE) {
            let file = property(&from_root(run.folder, &problem.path));
            let message = format!("cannot read {}: {}", clean(&problem.path), problem.reason);
            writeln!(out, "::error file={file}::{}", data(&message))?;
        }
        let mut told = 0;
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let taken = if severity == Severity::Error { unreadable.len().min(UNREADABLE) } else { 0 };
            for finding in chosen(run, severity, SHOWN - taken) {
                writeln!(out, "{}", annotation(finding, run.folder, &mut sources))?;
                told += 1;
            }
        }
        for problem in unreadable.iter().skip(UNREADABLE) {
            writeln!(out, "cannot read {}: {}", clean(&problem.path), clean(&problem.reason.to_string()))?;
        }
        let all = run.outcome.diagnostics.len();
        if told < all {
            let left = all - told;
            let all = several(all as u64, "finding");
            writeln!(
                out,
                "not annotated: {left} of {all} (GitHub shows {SHOWN} of each severity); see the job summary"
            )?;
        }
        out.flush()
    }
}

/// The findings of a severity that are annotated: the first one of every rule and article, then the others.
fn chosen<'a>(run: &Run<'a>, severity: Severity, most: usize) -> impl Iterator<Item = &'a Diagnostic> {
    let mut seen = BTreeSet::new();
    let own = run.outcome.diagnostics.iter().filter(move |finding| finding.severity == severity);
    let (first, others): (Vec<_>, Vec<_>) =
        own.partition(|finding| seen.insert((&finding.rule, &finding.primary.path)));
    first.into_iter().chain(others).take(most)
}

fn annotation(finding: &Diagnostic, folder: &str, sources: &mut Sources<'_>) -> String {
    let told = Told::of(finding, folder, sources);
    let (start, end) = (told.start, told.end);
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // Columns on several lines are refused.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.column, end.column) } else { String::new() };
    format!(
        "::{command} title={},file={},line={},endLine={}{columns}::{}",
        property(&finding.rule),
        property(&told.path),
        start.line,
        end.line,
        data(&told.lines(sources)),
    )
}

/// A message as a command holds it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as a command holds it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, finding, label, library, outcome, render, run};
    use super::super::{Report, Style};
    use super::*;
    use crate::engine::{Outcome, Problem};
    use crate::source::Unreadable;

    const TEXT: &str = "Rest.\nÜbe nicht.\nWalk at once.";

    fn report(found: Vec<Diagnostic>) -> String {
        render("github", &outcome(found), &library(&[("a, b:100%\nc.txt", TEXT), ("a.txt", TEXT)]), Style::default())
    }

    #[test]
    fn everything_with_a_meaning_is_escaped() {
        let mut found = finding(label("a, b:100%\nc.txt", at(TEXT, "nicht"), ""), vec![label("a.txt", (0, 4), "")]);
        (found.message, found.notes) = ("100 %0A\r\n::error::now, at: once".into(), vec!["a note".into()]);
        assert_eq!(
            report(vec![found]),
            "::error title=timeline/conflict,file=a%2C b%3A100%25%0Ac.txt,line=2,endLine=2,col=5,endColumn=10::\
             100 %250A ::error::now, at: once (see a.txt:1:1)%0Aa note\n"
        );
    }

    #[test]
    fn columns_are_told_of_one_line_only() {
        let (start, end) = (at(TEXT, "nicht").0, at(TEXT, "once").1);
        let report = report(vec![finding(label("a.txt", (start, end), ""), Vec::new())]);
        assert!(report.contains(",line=2,endLine=3::"), "{report}");
    }

    #[test]
    fn paths_start_at_the_root_of_the_repository() {
        let outcome = outcome(vec![finding(label("../en/a.txt", (0, 0), ""), vec![label("b.txt", (0, 0), "")])]);
        let library = library(&[]);
        let mut out = Vec::new();
        let run = Run { folder: "site/de/", ..run(&outcome, &library, Style::default()) };
        GitHub.write(&run, &mut out).expect("written");
        let report = String::from_utf8(out).expect("text");
        assert!(report.contains("file=site/en/a.txt,") && report.contains("(see site/de/b.txt:1:1)"), "{report}");
    }

    #[test]
    fn every_rule_and_article_comes_before_any_second_finding() {
        let mut found: Vec<Diagnostic> = (0..12).map(|n| finding(label("a.txt", (n, n + 1), ""), Vec::new())).collect();
        let mut other = finding(label("a.txt", (20, 21), ""), Vec::new());
        other.rule = "spun/padding".into();
        let mut minor = finding(label("a.txt", (2, 3), ""), Vec::new());
        minor.severity = Severity::Info;
        found.extend([other, minor]);
        let report = report(found);
        let lines: Vec<&str> = report.lines().collect();
        assert_eq!(lines.len(), 12, "ten errors, a notice, and what is left\n{report}");
        assert!(lines[1].contains("title=spun/padding") && lines[10].starts_with("::notice "), "{report}");
        assert!(lines[11].starts_with("not annotated: 3 of 14 findings "), "{report}");
    }

    #[test]
    fn unreadable_files_leave_room_for_errors() {
        let problem = |n| Problem { path: format!("{n},.bin").into(), reason: Unreadable::NotUtf8(3) };
        let diagnostics = (0..20).map(|n| finding(label("a.txt", (n, n), ""), Vec::new())).collect();
        let outcome = Outcome { unreadable: (0..7).map(problem).collect(), ..outcome(diagnostics) };
        let report = render("github", &outcome, &library(&[]), Style::default());
        assert_eq!(report.lines().filter(|line| line.starts_with("::error ")).count(), SHOWN, "{report}");
        assert!(report.starts_with("::error file=0%2C.bin::cannot read 0,.bin: not UTF-8 text (byte 3)\n"), "{report}");
        assert!((0..7).all(|n| report.contains(&format!("cannot read {n},.bin"))), "{report}");
    }
}
