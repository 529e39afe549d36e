//! SARIF 2.1.0 (OASIS) with all that GitHub code scanning requires, recommends and limits.
//!
//! Code scanning reads addresses relative to the repository's root, knows a finding again by one fingerprint only, and shows
//! further places only where the message links them. It keeps 5,000 results of a run, so the worst come first and what is left
//! out is told. Results are made one by one while they are written; the keys and their order are in `shape`.

mod results;
mod rules;
mod shape;
mod text;

use super::closing::several;
use super::{Report, Run};
use results::{Results, location};
use shape::{Base, Bases, Driver, Execution, Invocation, Log, Message, Notification, Tool};
use std::io::{self, BufWriter, Write};

/// Results that code scanning keeps of a run.
const RESULTS: usize = 5000;

/// One document for code scanning.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sarif;

impl Report for Sarif {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let driver = Driver {
            name: "medlint",
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: run.rules.iter().map(|rule| rules::described(rule)).collect(),
        };
        let root = Base { description: Message::new("the root of the repository") };
        let execution = Execution {
            tool: Tool { driver },
            // True also where files could not be read: the run came to its end, and code scanning refuses the whole upload of an
            // unsuccessful one (codeql-action, thread 1316), so that one bad file would hide every finding.
            invocations: [Invocation { execution_successful: true, tool_execution_notifications: notifications(run) }],
            original_uri_base_ids: Bases { root },
            column_kind: "unicodeCodePoints",
            results: Results::new(run, RESULTS),
        };
        let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [execution] };
        serde_json::to_writer_pretty(&mut out, &log)?;
        writeln!(out)?;
        out.flush()
    }

    fn left_out(&self, run: &Run<'_>) -> usize {
        run.outcome.diagnostics.len().saturating_sub(RESULTS)
    }
}

/// What kept the report from being whole: files that could not be read, results above the limit.
fn notifications(run: &Run<'_>) -> Vec<Notification> {
    let unreadable = run.outcome.unreadable.iter().map(|problem| Notification {
        level: "error",
        message: Message::new(&format!("cannot read {}: {}", problem.path, problem.reason)),
        locations: vec![location(run.folder, &problem.path)],
    });
    let mut all: Vec<Notification> = unreadable.collect();
    let left_out = Sarif.left_out(run);
    if left_out > 0 {
        let (left_out, limit) = (several(left_out as u64, "finding"), several(RESULTS as u64, "result"));
        let text = format!("{left_out} left out, the least severe: code scanning keeps {limit} of a run");
        all.push(Notification { level: "warning", message: Message::new(&text), locations: Vec::new() });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use crate::diagnostic::{Applicability, Data, Diagnostic, Edit, Fix, Severity};
    use serde_json::{Value, json};

    const TEXT: &str = "\u{feff}Rühe.\r\nWalk “at once” [today].\n";

    fn results(found: Vec<Diagnostic>) -> Value {
        let report = render("sarif", &outcome(found), &library(&[("a b.txt", TEXT)]), Style::default());
        let mut report: Value = serde_json::from_str(&report).expect("JSON");
        report["runs"][0]["results"].take()
    }

    fn sample() -> Diagnostic {
        let others = vec![label("gone.txt", (7, 9), "told [first] here"), label("a b.txt", at(TEXT, "Rühe"), "")];
        let mut found = finding(label("a b.txt", at(TEXT, "“at once”"), "here"), others);
        (found.message, found.notes) = ("“[today\\]” was\nsaid".into(), vec!["one of them is wrong".into()]);
        let edits = vec![Edit { span: found.primary.span, replacement: "later".into() }];
        found.fix = Some(Fix { title: "say when".into(), applicability: Applicability::Unsafe, edits });
        found.data = Data::Copies { permille: 992, regions: Vec::new(), edits: Vec::new() };
        found
    }

    /// The hash of the sample where it occurs for the so-manieth time.
    fn hash(occurrence: usize) -> String {
        format!("{:016x}:{occurrence}", sample().fingerprint())
    }

    #[test]
    fn a_result_carries_all_of_a_finding() {
        let region = json!({"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 15});
        let artifact = json!({"uri": "a%20b.txt", "uriBaseId": "%SRCROOT%"});
        let text = "“\\[today\\\\\\]” was said (see [told \\[first\\] here](1), [a b.txt:1:1](2)).\n\
            one of them is wrong.\nfix: say when, if nothing is lost with it.";
        assert_eq!(
            results(vec![sample()])[0],
            json!({"ruleId": "timeline/conflict", "level": "error", "message": {"text": text},
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region},
                    "message": {"text": "here"}}],
                "relatedLocations": [
                    {"id": 1, "physicalLocation": {"artifactLocation": {"uri": "gone.txt", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}},
                        "message": {"text": "told \\[first\\] here"}},
                    {"id": 2, "physicalLocation": {"artifactLocation": artifact,
                        "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 5}},
                        "message": {"text": "a b.txt:1:1"}}],
                "partialFingerprints": {"primaryLocationLineHash": hash(1)},
                "fixes": [{"description": {"text": "say when, if nothing is lost with it"},
                    "artifactChanges": [{"artifactLocation": artifact,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "later"}}]}],
                    "properties": {"applicability": "unsafe"}}],
                "properties": {"similarity": 0.992}})
        );
    }

    #[test]
    fn fixes_that_cannot_be_applied_are_told_only() {
        let mut shown = sample();
        shown.fix.as_mut().expect("a fix").applicability = Applicability::DisplayOnly;
        let mut lost = sample();
        lost.primary.path = "gone.txt".into();
        let results = results(vec![shown, lost]);
        for result in [&results[0], &results[1]] {
            assert_eq!(result["fixes"], Value::Null);
            assert!(result["message"]["text"].as_str().is_some_and(|text| text.contains("fix: say when")));
        }
    }

    #[test]
    fn the_worst_comes_first_and_occurrences_follow_the_text() {
        let mut minor = sample();
        minor.severity = Severity::Info;
        let results = results(vec![minor, sample()]);
        let told = |index: usize| results[index]["partialFingerprints"]["primaryLocationLineHash"].clone();
        assert_eq!((&results[0]["level"], told(0)), (&json!("error"), json!(hash(2))));
        assert_eq!((&results[1]["level"], told(1)), (&json!("note"), json!(hash(1))));
    }

    #[test]
    fn places_above_the_limit_are_counted() {
        let others = (0..1200).map(|_| label("a b.txt", (3, 5), "again")).collect();
        let results = results(vec![finding(label("a b.txt", (3, 5), ""), others)]);
        let places = results[0]["relatedLocations"].as_array().map(Vec::len);
        assert_eq!(places, Some(999), "with the finding's own a thousand");
        let text = results[0]["message"]["text"].as_str().unwrap_or_default();
        assert!(text.ends_with(", [again](999), 201 more)."), "{text}");
    }
}
