//! reviewdog's format, which puts findings into the review of a change, with fixes that are applied by a click.
//!
//! Columns count bytes from 1, ends are exclusive, paths start from the working directory (`reviewdog.proto`). A suggestion is
//! applied alone, so a fix of several edits is told as one that replaces all from the first to the last. Fixes that only a person
//! can make are told in the message.

use super::repository::from_root;
use super::screen::clean;
use super::sources::{Sheet, Sources};
use super::told::Told;
use super::{Report, Run};
use crate::diagnostic::{Applicability, Diagnostic, Label, Severity};
use crate::engine::Problem;
use crate::source::Position;
use crate::span::Span;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// A document with everything, an entry a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rdjson;

impl Report for Rdjson {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut sources = Sources::new(run.library);
        let unreadable = run.outcome.unreadable.iter().map(unreadable);
        let findings = run.outcome.diagnostics.iter().map(|finding| entry(finding, &mut sources));
        write!(out, "{{\"source\":{{\"name\":\"medlint\"}},\"diagnostics\":[")?;
        for (index, entry) in unreadable.chain(findings).enumerate() {
            writeln!(out, "{}", if index == 0 { "" } else { "," })?;
            serde_json::to_writer(&mut out, &entry)?;
        }
        writeln!(out, "\n]}}")?;
        out.flush()
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<[Suggestion; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

fn entry<'a>(finding: &'a Diagnostic, sources: &mut Sources<'_>) -> Entry<'a> {
    let message = Told::of(finding, "", sources).lines(sources);
    let related =
        |label: &Label| Related { message: clean(&label.message).into_owned(), location: location(label, sources) };
    let related_locations = finding.secondary.iter().map(related).collect();
    Entry {
        message,
        location: location(&finding.primary, sources),
        severity: severity(finding.severity),
        code: Code { value: &finding.rule },
        suggestions: suggestion(finding, sources).map(|suggestion| [suggestion]),
        related_locations,
    }
}

/// A file that could not be read: an entry without a range.
fn unreadable(problem: &Problem) -> Entry<'_> {
    let path = from_root("", &problem.path);
    Entry {
        message: format!("cannot read {}: {}", clean(&path), problem.reason),
        location: Location { path, range: None },
        severity: "ERROR",
        code: Code { value: "medlint/unreadable" },
        suggestions: None,
        related_locations: Vec::new(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

/// Where a label lies; a lost place is a file without a range.
fn location(label: &Label, sources: &mut Sources<'_>) -> Location {
    let sheet = sources.sheet(label).ok();
    Location { path: from_root("", &label.path), range: sheet.map(|sheet| range(label.span, &sheet)) }
}

fn range(span: Span, sheet: &Sheet) -> Range {
    let point = |offset| {
        let Position { line, column } = sheet.position_in_bytes(offset);
        Point { line, column }
    };
    Range { start: point(span.start), end: point(span.end) }
}

/// The fix as one replacement, where a program may apply it and the text is still there.
fn suggestion(finding: &Diagnostic, sources: &mut Sources<'_>) -> Option<Suggestion> {
    let fix = finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::DisplayOnly)?;
    let whole = Span { start: fix.edits.first()?.span.start, end: fix.edits.last()?.span.end };
    let label = Label { path: finding.primary.path.clone(), span: whole, message: String::new() };
    let sheet = sources.sheet(&label).ok()?;
    let mut text = String::new();
    let mut from = whole.start;
    for edit in &fix.edits {
        text.push_str(sheet.source.slice(Span { start: from, end: edit.span.start }));
        text.push_str(&edit.replacement);
        from = edit.span.end;
    }
    Some(Suggestion { range: range(whole, &sheet), text })
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use super::*;
    use crate::diagnostic::{Edit, Fix};
    use serde_json::{Value, json};

    const TEXT: &str = "Rühe.\nÜbe “nicht” heute.\n";

    fn report(applicability: Applicability) -> Value {
        let mut found = finding(label("a.txt", at(TEXT, "“nicht”"), ""), vec![label("a.txt", at(TEXT, "he"), "there")]);
        let edit = |quote, replacement: &str| {
            let (start, end) = at(TEXT, quote);
            let span = Span { start: start as u32, end: end as u32 };
            Edit { span, replacement: replacement.to_owned() }
        };
        let edits = vec![edit("“", ""), edit("” ", " erst ")];
        found.fix = Some(Fix { title: "say when".into(), applicability, edits });
        let lost = finding(label("gone.txt", (3, 4), ""), Vec::new());
        let text = render("rdjson", &outcome(vec![found, lost]), &library(&[("a.txt", TEXT)]), Style::default());
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn columns_count_bytes_and_a_fix_is_one_replacement() {
        let report = report(Applicability::Unsafe);
        let message =
            "exercise is forbidden here and advised there (see a.txt:1:3)\nfix: say when, if nothing is lost with it";
        let range = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "column": start}, "end": {"line": line, "column": end}});
        assert_eq!(report["source"], json!({"name": "medlint"}));
        assert_eq!(
            report["diagnostics"][0],
            json!({"message": message, "severity": "ERROR", "code": {"value": "timeline/conflict"},
                "location": {"path": "a.txt", "range": range(2, 6, 17)},
                "suggestions": [{"range": range(2, 6, 18), "text": "nicht erst "}],
                "related_locations": [{"message": "there",
                    "location": {"path": "a.txt", "range": range(1, 4, 6)}}]})
        );
        assert_eq!(report["diagnostics"][1]["location"], json!({"path": "gone.txt"}));
    }

    #[test]
    fn what_only_a_person_can_do_is_no_suggestion() {
        let report = report(Applicability::DisplayOnly);
        assert_eq!(report["diagnostics"][0]["suggestions"], Value::Null);
        assert!(report["diagnostics"][0]["message"].as_str().is_some_and(|text| text.ends_with("\nfix: say when")));
    }
}
