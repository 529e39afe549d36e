//! The report for programs, as `INTERFACE.md` describes it: one JSON document, or one object a line.
//!
//! Both are written finding by finding, so that their size is no matter; the keys and their order are in `shape`.

use super::shape::{Summary, with_finding};
use super::sources::Sources;
use super::{Report, Run};
use crate::diagnostic::Diagnostic;
use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::io::{self, BufWriter, Write};

/// Raised when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

/// One document with everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl Report for Json {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let document = Document {
            schema: SCHEMA,
            tool: Tool { name: "medlint", version: env!("CARGO_PKG_VERSION") },
            summary: Summary::of(run.outcome),
            diagnostics: Findings::new(&run.outcome.diagnostics, Sources::new(run.library)),
        };
        serde_json::to_writer_pretty(&mut out, &document)?;
        writeln!(out)?;
        out.flush()
    }
}

/// One finding a line, then one line with the figures of the run.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

impl Report for JsonLines {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut sources = Sources::new(run.library);
        for diagnostic in &run.outcome.diagnostics {
            with_finding(diagnostic, &mut sources, |finding| serde_json::to_writer(&mut out, finding))?;
            writeln!(out)?;
        }
        serde_json::to_writer(&mut out, &Closing { summary: Summary::of(run.outcome) })?;
        writeln!(out)?;
        out.flush()
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    tool: Tool,
    summary: Summary<'a>,
    diagnostics: Findings<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Closing<'a> {
    summary: Summary<'a>,
}

/// All findings; each is located only while it is written.
pub(super) struct Findings<'a> {
    found: &'a [Diagnostic],
    sources: RefCell<Sources<'a>>,
}

impl<'a> Findings<'a> {
    pub fn new(found: &'a [Diagnostic], sources: Sources<'a>) -> Self {
        Self { found, sources: RefCell::new(sources) }
    }
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.found.iter().map(|diagnostic| OneOf { diagnostic, sources: &self.sources }))
    }
}

struct OneOf<'a, 's> {
    diagnostic: &'a Diagnostic,
    sources: &'a RefCell<Sources<'s>>,
}

impl Serialize for OneOf<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        with_finding(self.diagnostic, &mut self.sources.borrow_mut(), |finding| finding.serialize(serializer))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use crate::diagnostic::{Applicability, Data, Edit, Edited, Fix, Place};
    use crate::engine::{Outcome, Problem};
    use crate::source::Unreadable;
    use crate::span::Span;
    use serde_json::{Value, json};

    const TEXT: &str = "\u{feff}Rühe.\r\nWalk “at once” today.";

    fn sample() -> Outcome {
        let mut rich = finding(label("a.txt", at(TEXT, "“at once”"), "here"), vec![label("gone.txt", (7, 9), "there")]);
        rich.notes = vec!["a note".into()];
        rich.identity = vec![0xab, 0xcd];
        let edits = vec![Edit { span: rich.primary.span, replacement: "later".into() }];
        rich.fix = Some(Fix { title: "say when".into(), applicability: Applicability::DisplayOnly, edits });
        rich.data = Data::Copies {
            permille: 992,
            regions: vec![Place { path: "a.txt".into(), span: Span { start: 3, end: 9 } }],
            edits: vec![Edited { before: "once".into(), after: String::new() }],
        };
        let end = finding(label("a.txt", (TEXT.len(), TEXT.len()), ""), Vec::new());
        let mut outcome = outcome(vec![rich, end]);
        outcome.unreadable = vec![Problem { path: "a.bin".into(), reason: Unreadable::Binary(2) }];
        outcome
    }

    #[test]
    fn the_document_is_as_promised() {
        let report = render("json", &sample(), &library(&[("a.txt", TEXT)]), Style::default());
        let value: Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(value["schema"], 1);
        assert_eq!(value["tool"], json!({"name": "medlint", "version": env!("CARGO_PKG_VERSION")}));
        assert_eq!(
            value["summary"],
            json!({"files": 1, "words": 1234, "errors": 2, "warnings": 0, "infos": 0, "suppressed": 0, "baselined": 0,
                "unreadable": [{"path": "a.bin", "reason": "not UTF-8 text (binary: a NUL at byte 2)"}]})
        );
        let start = TEXT.find('“').expect("there");
        assert_eq!(
            value["diagnostics"][0],
            json!({"rule": "timeline/conflict", "severity": "error", "path": "a.txt",
                "span": {"start": start, "end": start + 13}, "start": {"line": 2, "column": 6},
                "end": {"line": 2, "column": 15}, "text": "“at once”",
                "message": "exercise is forbidden here and advised there",
                "labels": [{"path": "gone.txt", "span": {"start": 7, "end": 9}, "start": {"line": 1, "column": 1},
                    "end": {"line": 1, "column": 1}, "text": "", "message": "there"}],
                "notes": ["a note"],
                "fix": {"title": "say when", "applicability": "display-only",
                    "edits": [{"span": {"start": start, "end": start + 13}, "replacement": "later"}]},
                "fingerprint": format!("{:016x}", sample().diagnostics[0].fingerprint()),
                "data": {"similarity": 0.992, "matches": [{"path": "a.txt", "span": {"start": 3, "end": 9}}],
                    "edits": [{"before": "once", "after": ""}]}})
        );
        let end = &value["diagnostics"][1];
        assert_eq!((&end["fix"], &end["data"], &end["labels"]), (&Value::Null, &json!({}), &json!([])));
        assert_eq!((&end["text"], &end["start"]), (&json!(""), &json!({"line": 2, "column": 22})));
    }

    #[test]
    fn keys_come_in_the_promised_order() {
        let report = render("json", &sample(), &library(&[("a.txt", TEXT)]), Style::default());
        let mut rest = report.as_str();
        let keys = "schema tool name version summary files words errors warnings infos suppressed baselined unreadable \
            diagnostics rule severity path span start end start line end text message labels notes fix title \
            applicability edits replacement fingerprint data similarity matches edits before after";
        for key in keys.split_whitespace() {
            let quoted = format!("\"{key}\":");
            let place = rest.find(&quoted).unwrap_or_else(|| panic!("{key} in {rest}"));
            rest = rest.get(place + quoted.len()..).unwrap_or_default();
        }
    }

    #[test]
    fn lines_hold_one_finding_each_and_end_with_the_summary() {
        let library = library(&[("a.txt", TEXT)]);
        let lines = render("jsonl", &sample(), &library, Style::default());
        let document: Value =
            serde_json::from_str(&render("json", &sample(), &library, Style::default())).expect("JSON");
        let values: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(values.len(), 3);
        assert_eq!(values.first(), document["diagnostics"].get(0));
        assert_eq!(values.last(), Some(&json!({"summary": document["summary"]})));
    }

    #[test]
    fn quotes_are_cut_after_300_characters() {
        let text = "é".repeat(301);
        let outcome = outcome(vec![finding(label("a.txt", (0, text.len()), ""), Vec::new())]);
        let report = render("jsonl", &outcome, &library(&[("a.txt", &text)]), Style::default());
        assert_eq!(report.matches('é').count(), 300);
    }
}
