//! One run over all fixtures in every format: each tells the same findings at the same places, and each is, byte for byte, what it was.
//!
//! All of it together is over a megabyte, so a digest of each report is stored with its figures. `BLESS=1 cargo test --test all_formats`
//! rewrites `reports/fixtures.tsv`. What other programs ask of their formats is held against the same run in `consumers.rs`.
#![allow(clippy::unwrap_used, reason = "a shape that is not as promised is a failed test")]

use medlint::report::FORMATS;
use rapidhash::v3::rapidhash_v3;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// The reports of the one run, by format, without the version.
static REPORTS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &folder.path().join("fixtures"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_medlint"));
    command.args(["check", "--no-config", "--width", "100", "--color", "never", "--verbose", "fixtures", "gone.md"]);
    for (format, _) in FORMATS {
        command.arg("--output").arg(format!("{format}={format}.report"));
    }
    command.env_remove("GITHUB_ACTIONS").env_remove("GITHUB_STEP_SUMMARY").current_dir(folder.path());
    assert_eq!(command.output().unwrap().status.code(), Some(2), "one file is missing");
    let version = format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let read = |format| fs::read_to_string(folder.path().join(format!("{format}.report"))).unwrap();
    FORMATS.iter().map(|(format, _)| (*format, read(format).replace(&version, "ersion\": \"…\""))).collect()
});

/// Articles only: what is expected of them is no article.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).unwrap() }
    }
}

fn parsed(format: &str) -> Value {
    serde_json::from_str(&REPORTS[format]).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[][..], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// A finding as most formats tell it: `path:line rule`, and its other places, of which most name the first eight.
type Told = (String, Vec<String>);

/// What the JSON report tells.
fn expected() -> Vec<Told> {
    let line = |place: &Value| format!("{}:{}", text(&place["path"]), place["start"]["line"]);
    let other = |place: &Value| format!("{}:{}", line(place), place["start"]["column"]);
    let told = |finding: &Value| {
        let labels = list(&finding["labels"]);
        assert!(labels.len() <= 8, "the fixtures show no more places than every format names");
        (format!("{} {}", line(finding), text(&finding["rule"])), labels.iter().map(other).collect())
    };
    sorted(list(&parsed("json")["diagnostics"]).iter().map(told).collect())
}

fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

fn places(told: &[Told]) -> usize {
    told.iter().map(|(_, others)| others.len()).sum()
}

/// What stands between two texts.
fn between<'a>(whole: &'a str, start: &str, end: &str) -> Option<&'a str> {
    whole.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map(|(part, _)| part)
}

#[test]
fn the_page_and_the_lines_hold_the_findings_of_the_document() {
    let document = parsed("json");
    let findings = list(&document["diagnostics"]);
    assert!(findings.len() > 100 && places(&expected()) > 50, "the fixtures say something");
    let mut lines: Vec<Value> = REPORTS["jsonl"].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.pop().unwrap()["summary"], document["summary"]);
    assert_eq!(lines, findings);
    let page = between(&REPORTS["html"], "id=\"data\">", "</script>").unwrap();
    let page: Value = serde_json::from_str(page).unwrap();
    assert_eq!((&page["findings"], &page["summary"]), (&document["diagnostics"], &document["summary"]));
}

#[test]
fn code_scanning_gets_every_finding_and_place() {
    let report = parsed("sarif");
    let line = |location: &Value| {
        let place = &location["physicalLocation"];
        format!("{}:{}", text(&place["artifactLocation"]["uri"]), place["region"]["startLine"])
    };
    let other = |place: &Value| format!("{}:{}", line(place), place["physicalLocation"]["region"]["startColumn"]);
    let told = |result: &Value| {
        let others = list(&result["relatedLocations"]).iter().map(other).collect();
        (format!("{} {}", line(&result["locations"][0]), text(&result["ruleId"])), others)
    };
    assert_eq!(sorted(list(&report["runs"][0]["results"]).iter().map(told).collect()), expected());
    // The standard's own types read all of it: a key that they do not know would be lost on the way.
    let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&REPORTS["sarif"]).unwrap();
    assert_eq!(serde_json::to_value(typed).unwrap(), report);
}

#[test]
fn the_summary_of_a_job_gets_every_finding_and_place() {
    let is_row = |line: &&str| ["| error |", "| warning |", "| info |"].iter().any(|start| line.starts_with(start));
    let told = |row: &str| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let others = cells.last().unwrap().trim_end_matches('|').trim().split("<br>").filter(|place| !place.is_empty());
        let [rule, place] = [cells[1], cells[2]].map(|cell| cell.trim_matches('`'));
        (format!("{place} {rule}"), others.map(|place| place.trim_matches('`').to_owned()).collect())
    };
    assert!(!REPORTS["markdown"].contains("left out here"), "there is room for all");
    assert_eq!(sorted(REPORTS["markdown"].lines().filter(is_row).map(told).collect()), expected());
}

#[test]
fn annotations_are_findings_and_the_others_are_counted() {
    let report = &REPORTS["github"];
    let told = |line: &str| {
        let property = |start: &str| between(line, start, ",").unwrap();
        let finding = format!("{}:{} {}", property(",file="), property(",line="), property(" title="));
        let first = line.split("%0A").next().unwrap();
        let others = first.rsplit_once(" (see ").and_then(|(_, rest)| rest.strip_suffix(')'));
        (finding, others.map(|others| others.split(", ").map(str::to_owned).collect()).unwrap_or_default())
    };
    let annotated: Vec<Told> = report.lines().filter(|line| line.contains(" title=")).map(told).collect();
    let expected = expected();
    assert!(annotated.iter().all(|told| expected.contains(told)), "{annotated:#?}");
    assert!(annotated.len() > 20 && places(&annotated) > 5);
    let left = format!("not annotated: {} of {} findings", expected.len() - annotated.len(), expected.len());
    assert!(report.contains(&left), "{left}\n{report}");
}

#[test]
fn a_terminal_shows_every_finding_and_place() {
    let report = &REPORTS["pretty"];
    let heads = |severity: &str| report.lines().filter(|line| line.starts_with(&format!("{severity}["))).count();
    for severity in ["error", "warning", "info"] {
        let found = parsed("json");
        let found = list(&found["diagnostics"]).iter().filter(|finding| finding["severity"] == severity).count();
        assert_eq!(heads(severity), found, "{severity}");
    }
    // A mark that goes on over several rows begins once: what is counted are findings, and places that are shown or told.
    let mut shown: Vec<(String, String)> = Vec::new();
    let mut rule = "";
    for line in report.lines() {
        if let Some((head, rest)) = line.split_once('[').filter(|(head, _)| ["error", "warning", "info"].contains(head))
        {
            rule = rest.split(']').next().unwrap_or(head);
        }
        if let Some((_, place)) = line.split_once("┌─ ") {
            shown.push((rule.to_owned(), place.rsplit_once(':').unwrap().0.to_owned()));
        }
    }
    let first: Vec<(String, String)> = expected()
        .into_iter()
        .map(|(finding, _)| finding.rsplit_once(' ').map(|(place, rule)| (rule.to_owned(), place.to_owned())).unwrap())
        .collect();
    assert!(shown.len() >= first.len());
    let missing: Vec<_> = first.iter().filter(|finding| !shown.contains(finding)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_format_is_as_stored() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/fixtures.tsv");
    let (findings, places) = (expected().len(), places(&expected()));
    let mut now = format!("findings\t{findings}\nplaces\t{places}\n");
    for (format, report) in &*REPORTS {
        let digest = rapidhash_v3(report.as_bytes());
        now += &format!("{format}\t{} lines\t{digest:016x}\n", report.lines().count());
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    let differs = |(old, new): (&str, &str)| (old != new).then(|| format!("- {old}\n+ {new}"));
    let faults: Vec<String> = stored.lines().zip(now.lines()).filter_map(differs).collect();
    assert!(stored == now, "{}\nif that is as it should be: BLESS=1 cargo test --test all_formats", faults.join("\n"));
}
