//! GitLab's Code Quality report: a JSON array that a merge request compares with the one of its target branch.
//!
//! GitLab shows the description, the severity and the place, and nothing else, so the rule and the other places stand in the
//! description. It knows a finding again by its fingerprint and drops all but one of equal ones: ours is made from the article,
//! the rule, its words and the how manieth of its kind it is, never from a line. Paths start from the repository's root.

use super::repository::from_root;
use super::screen::clean;
use super::sources::Sources;
use super::told::{Told, numbered};
use super::{Report, Run};
use crate::diagnostic::Severity;
use crate::engine::Problem;
use rapidhash::v3::rapidhash_v3;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// An array of findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct GitLab;

impl Report for GitLab {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut sources = Sources::new(run.library);
        let unreadable = run.outcome.unreadable.iter().map(|problem| unreadable(problem, run.folder));
        let findings = numbered(&run.outcome.diagnostics).map(|(finding, occurrence)| {
            let told = Told::of(finding, run.folder, &mut sources);
            Entry {
                description: format!("{}: {}", finding.rule, told.message()),
                check_name: &finding.rule,
                fingerprint: fingerprint(&told.path, finding.fingerprint(), occurrence),
                severity: severity(finding.severity),
                location: Location { path: told.path, lines: Lines { begin: told.start.line, end: told.end.line } },
            }
        });
        write!(out, "[")?;
        for (index, entry) in unreadable.chain(findings).enumerate() {
            writeln!(out, "{}", if index == 0 { "" } else { "," })?;
            serde_json::to_writer(&mut out, &entry)?;
        }
        writeln!(out, "\n]")?;
        out.flush()
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// A file that could not be read, which GitLab has no other place for.
fn unreadable(problem: &Problem, folder: &str) -> Entry<'static> {
    let path = from_root(folder, &problem.path);
    Entry {
        description: format!("cannot read {}: {}", clean(&path), problem.reason),
        check_name: "medlint/unreadable",
        fingerprint: fingerprint(&path, 0, 0),
        severity: "blocker",
        location: Location { path, lines: Lines { begin: 1, end: 1 } },
    }
}

/// GitLab's word; it also has `minor` and, for what must never be merged, `blocker`.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}

/// What a finding is known by; no two of a report are equal.
fn fingerprint(path: &str, own: u64, occurrence: u32) -> String {
    format!("{:016x}", rapidhash_v3(format!("{path}\0{own:016x}\0{occurrence}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use super::*;
    use crate::engine::Outcome;
    use crate::source::Unreadable;
    use serde_json::{Value, json};

    #[test]
    fn an_entry_has_all_that_is_read() {
        let text = "Rest.\nWalk at once.";
        let found = finding(label("a.txt", at(text, "Walk"), ""), vec![label("a.txt", (0, 4), "")]);
        let unreadable = vec![Problem { path: "a.bin".into(), reason: Unreadable::NotUtf8(3) }];
        let outcome = Outcome { unreadable, ..outcome(vec![found.clone(), found]) };
        let report = render("gitlab", &outcome, &library(&[("a.txt", text)]), Style::default());
        assert_eq!(report.lines().count(), 5, "an entry a line\n{report}");
        let report: Value = serde_json::from_str(&report).expect("JSON");
        assert_eq!(report[0]["description"], "cannot read a.bin: not UTF-8 text (byte 3)");
        let description = "timeline/conflict: exercise is forbidden here and advised there (see a.txt:1:1)";
        assert_eq!(
            report[1],
            json!({"description": description, "check_name": "timeline/conflict", "severity": "critical",
                "fingerprint": report[1]["fingerprint"],
                "location": {"path": "a.txt", "lines": {"begin": 2, "end": 2}}})
        );
        assert_ne!(report[1]["fingerprint"], report[2]["fingerprint"], "equal ones would be one");
    }

    #[test]
    fn nothing_found_is_an_empty_array() {
        assert_eq!(render("gitlab", &outcome(Vec::new()), &library(&[]), Style::default()), "[\n]\n");
    }
}
