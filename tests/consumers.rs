//! One run over all fixtures in every format that other programs read, held against what those programs ask for, item by item, and
//! against the JSON report: no format loses a finding or a place.
//!
//! Code scanning has a file of its own, `sarif.rs`; what the formats look like stands in `reports/stored/`.
#![allow(clippy::unwrap_used, reason = "a shape that is not as asked is a failed test")]

#[path = "cli/folder.rs"]
#[allow(dead_code, reason = "the tests of the command line need more of it")]
mod folder;

use folder::Folder;
use roxmltree::{Document, Node};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

const FORMATS: [&str; 6] = ["json", "concise", "gitlab", "checkstyle", "junit", "rdjson"];
/// A file that is not there, because every format must say so.
const GONE: &str = "fixtures/gone.md";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The reports of the one run, by format.
static REPORTS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let file = |format: &str| folder.path().join(format);
    let mut command = Command::new(env!("CARGO_BIN_EXE_medlint"));
    command.args(["check", "--no-config", "fixtures", GONE]).current_dir(root());
    for format in FORMATS {
        command.arg("-o").arg(format!("{format}={}", file(format).display()));
    }
    assert_eq!(command.output().unwrap().status.code(), Some(2), "one file is missing");
    FORMATS.into_iter().map(|format| (format, fs::read_to_string(file(format)).unwrap())).collect()
});

fn parsed(format: &str) -> Value {
    serde_json::from_str(&REPORTS[format]).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

/// A text that is not empty.
fn text(value: &Value) -> &str {
    value.as_str().filter(|text| !text.is_empty()).unwrap_or_else(|| panic!("no text: {value}"))
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("no count: {value}")) as usize
}

/// Fails where an object has a key that is not among these.
fn has_only(value: &Value, keys: &[&str]) {
    let own = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    assert!(own.keys().all(|key| keys.contains(&key.as_str())), "{value}");
}

/// A finding as every format tells it: `path:line rule` and its other places, of which most formats name the first eight.
type Told = (String, Vec<String>);

fn expected() -> Vec<Told> {
    let line = |place: &Value| format!("{}:{}", text(&place["path"]), place["start"]["line"]);
    let place = |label: &Value| format!("{}:{}", line(label), label["start"]["column"]);
    let told = |finding: &Value| {
        let labels = list(&finding["labels"]);
        let mut others: Vec<String> = labels.iter().take(8).map(place).collect();
        others.extend((labels.len() > 8).then(|| format!("{} more", labels.len() - 8)));
        (format!("{} {}", line(finding), text(&finding["rule"])), others)
    };
    sorted(list(&parsed("json")["diagnostics"]).iter().map(told).collect())
}

fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

/// The places that a message names at the end of its first line.
fn seen(message: &str) -> Vec<String> {
    let first = message.lines().next().unwrap();
    let places = first.rsplit_once(" (see ").and_then(|(_, rest)| rest.strip_suffix(')'));
    places.map(|places| places.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}

#[test]
fn the_fixtures_say_something() {
    let (report, told) = (parsed("json"), expected());
    let fixes = list(&report["diagnostics"]).iter().filter(|finding| !finding["fix"].is_null()).count();
    assert!(told.len() > 100 && told.iter().filter(|(_, others)| !others.is_empty()).count() > 30 && fixes > 10);
    assert_eq!(list(&report["summary"]["unreadable"]).len(), 1);
}

#[test]
fn concise() {
    let told = |line: &str| {
        let (place, rest) = line.split_once(' ').unwrap();
        let (line_number, rule) = (place.rsplit_once(':').unwrap().0, rest.split(' ').nth(1).unwrap());
        (format!("{line_number} {rule}"), seen(line))
    };
    assert_eq!(sorted(REPORTS["concise"].lines().map(told).collect()), expected());
}

/// GitLab's documentation of the report, "Code Quality report format": what it reads, and that equal fingerprints are one entry.
#[test]
fn gitlab() {
    assert!(REPORTS["gitlab"].starts_with('['), "no byte-order mark");
    let report = parsed("gitlab");
    let (unreadable, found): (Vec<_>, Vec<_>) =
        list(&report).iter().partition(|entry| entry["check_name"] == "medlint/unreadable");
    assert_eq!(unreadable.iter().map(|entry| text(&entry["location"]["path"])).collect::<Vec<_>>(), [GONE]);
    for entry in list(&report) {
        has_only(entry, &["description", "check_name", "fingerprint", "severity", "location"]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(&entry["severity"])));
        assert!(!text(&entry["fingerprint"]).contains(char::is_whitespace));
        assert!(Path::new(text(&entry["location"]["path"])).is_relative());
        assert!(!text(&entry["location"]["path"]).starts_with("./"), "GitLab compares paths letter by letter");
        let lines = &entry["location"]["lines"];
        assert!(count(&lines["begin"]) >= 1 && count(&lines["end"]) >= count(&lines["begin"]), "{entry}");
    }
    let fingerprints: BTreeSet<&str> = list(&report).iter().map(|entry| text(&entry["fingerprint"])).collect();
    assert_eq!(fingerprints.len(), list(&report).len());
    let told = |entry: &&Value| {
        let (rule, description) = (text(&entry["check_name"]), text(&entry["description"]));
        assert!(description.starts_with(&format!("{rule}: ")), "the name is not shown: {description}");
        let location = &entry["location"];
        (format!("{}:{} {rule}", text(&location["path"]), location["lines"]["begin"]), seen(description))
    };
    assert_eq!(sorted(found.iter().map(told).collect()), expected());
}

#[test]
fn gitlab_knows_findings_again_when_lines_move() {
    let told = "Keep the splint on at night for six weeks and take it off twice a day to bend each finger.";
    let article = format!("# Splint\n\n{told}\n\nCold helps.\n\n{told}\n\nLeave a comment\n");
    let fingerprints = |before: &str| {
        let folder = Folder::with(&[("a.md", &format!("{before}{article}"))]);
        let report = folder.run(&["check", "-o", "gitlab"]).json();
        list(&report).iter().map(|entry| text(&entry["fingerprint"]).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fingerprints(""), fingerprints(&"\n".repeat(100)));
    assert_eq!(fingerprints("").len(), 2);
}

fn elements<'a>(node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    node.children().filter(Node::is_element).collect()
}

/// Fails where an element has another name, or an attribute that is not among these.
fn is_element(node: Node<'_, '_>, name: &str, attributes: &[&str]) {
    assert_eq!(node.tag_name().name(), name);
    assert!(node.attributes().all(|attribute| attributes.contains(&attribute.name())), "{node:?}");
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    let value = node.attribute(name).filter(|value| !value.is_empty());
    value.unwrap_or_else(|| panic!("no {name}: {node:?}"))
}

fn number(node: Node<'_, '_>, name: &str) -> usize {
    attribute(node, name).parse().unwrap()
}

/// What readers of Checkstyle's files expect: a file once, and in it errors with these five attributes.
#[test]
fn checkstyle() {
    let document = Document::parse(&REPORTS["checkstyle"]).unwrap();
    is_element(document.root_element(), "checkstyle", &["version"]);
    let (mut told, mut unreadable, mut files) = (Vec::new(), Vec::new(), BTreeSet::new());
    for file in elements(document.root_element()) {
        is_element(file, "file", &["name"]);
        let path = attribute(file, "name");
        assert!(files.insert(path) && !elements(file).is_empty(), "{path} stands twice or is empty");
        for error in elements(file) {
            is_element(error, "error", &["line", "column", "severity", "message", "source"]);
            assert!(["error", "warning", "info"].contains(&attribute(error, "severity")));
            assert!(number(error, "line") >= 1 && number(error, "column") >= 1 && elements(error).is_empty());
            let source = attribute(error, "source").strip_prefix("medlint.").unwrap();
            let message = attribute(error, "message");
            match source.split_once('.') {
                Some((family, name)) => {
                    told.push((format!("{path}:{} {family}/{name}", attribute(error, "line")), seen(message)))
                }
                None => unreadable.push(path),
            }
        }
    }
    assert_eq!(unreadable, [GONE]);
    assert_eq!(sorted(told), expected());
}

/// The schema to which Jenkins holds such files: elements, attributes, required ones; and counts that are true, names that occur once.
#[test]
fn junit() {
    let document = Document::parse(&REPORTS["junit"]).unwrap();
    let suites = document.root_element();
    is_element(suites, "testsuites", &["name", "tests", "failures", "errors"]);
    let (mut told, mut failed, mut unreadable, mut clean) = (Vec::new(), 0, Vec::new(), 0);
    let mut sums = [0, 0, 0];
    for suite in elements(suites) {
        is_element(suite, "testsuite", &["name", "tests", "failures", "errors"]);
        let (path, mut names) = (attribute(suite, "name"), BTreeSet::new());
        let mut counts = [0, 0, 0];
        for case in elements(suite) {
            is_element(case, "testcase", &["classname", "name"]);
            assert_eq!(attribute(case, "classname"), path);
            assert!(names.insert(attribute(case, "name")), "GitLab keeps one of two: {case:?}");
            counts[0] += 1;
            let parts = elements(case);
            let Some(part) = parts.first() else {
                clean += 1;
                continue;
            };
            assert_eq!(parts.len(), 1);
            match part.tag_name().name() {
                "error" => {
                    counts[2] += 1;
                    unreadable.push(path);
                    continue;
                }
                "failure" => {
                    is_element(*part, "failure", &["type", "message"]);
                    assert!(part.text().unwrap().contains(attribute(*part, "message")));
                    counts[1] += 1;
                }
                _ => is_element(*part, "system-out", &[]),
            }
            let text = part.text().unwrap();
            let (rule, place) = attribute(case, "name").split_once(" at ").unwrap();
            assert!(text.starts_with(&format!("{path}:{}", place.split(' ').next().unwrap())), "{text}");
            told.push((format!("{path}:{} {rule}", place.split_once(':').unwrap().0), seen(text)));
        }
        failed += counts[1];
        assert_eq!(counts, ["tests", "failures", "errors"].map(|name| number(suite, name)), "{path}");
        sums = std::array::from_fn(|index| sums[index] + counts[index]);
    }
    assert_eq!(sums, ["tests", "failures", "errors"].map(|name| number(suites, name)));
    assert_eq!(unreadable, [GONE]);
    let summary = &parsed("json")["summary"];
    assert_eq!(failed, count(&summary["errors"]) + count(&summary["warnings"]), "an info fails nothing");
    assert_eq!(elements(suites).len(), count(&summary["files"]) + 1, "every article has a suite");
    assert!(clean > 10, "clean articles pass");
    assert_eq!(sorted(told), expected());
}

/// The bytes from one position of reviewdog to another: lines and columns from 1, columns in bytes, ends exclusive.
fn range(file: &str, range: &Value) -> std::ops::Range<usize> {
    let offset = |point: &Value| {
        has_only(point, &["line", "column"]);
        let before = file.split_inclusive('\n').take(count(&point["line"]) - 1).map(str::len).sum::<usize>();
        before + count(&point["column"]) - 1
    };
    has_only(range, &["start", "end"]);
    offset(&range["start"])..offset(&range["end"])
}

/// reviewdog's definition, `reviewdog.proto`: the names of its fields, bytes as columns, suggestions that are applied alone.
#[test]
fn rdjson() {
    let (report, json) = (parsed("rdjson"), parsed("json"));
    has_only(&report, &["source", "severity", "diagnostics"]);
    assert_eq!(text(&report["source"]["name"]), "medlint");
    let (unreadable, found): (Vec<_>, Vec<_>) =
        list(&report["diagnostics"]).iter().partition(|entry| entry["code"]["value"] == "medlint/unreadable");
    assert_eq!(unreadable.iter().map(|entry| text(&entry["location"]["path"])).collect::<Vec<_>>(), [GONE]);
    assert_eq!(found.len(), list(&json["diagnostics"]).len());
    let keys = ["message", "location", "severity", "source", "code", "suggestions", "original_output"];
    for (entry, finding) in found.iter().zip(list(&json["diagnostics"])) {
        has_only(entry, &[&keys[..], &["related_locations"]].concat());
        assert_eq!(text(&entry["severity"]), text(&finding["severity"]).to_uppercase());
        assert_eq!(text(&entry["code"]["value"]), text(&finding["rule"]));
        assert!(text(&entry["message"]).starts_with(text(&finding["message"]).split('\u{ad}').next().unwrap()));
        lies_at(&entry["location"], finding);
        let others = entry["related_locations"].as_array().cloned().unwrap_or_default();
        assert_eq!(others.len(), list(&finding["labels"]).len());
        others.iter().zip(list(&finding["labels"])).for_each(|(other, label)| lies_at(&other["location"], label));
        suggests(entry, finding);
    }
}

fn lies_at(location: &Value, place: &Value) {
    has_only(location, &["path", "range"]);
    assert_eq!(text(&location["path"]), text(&place["path"]));
    let file = fs::read_to_string(root().join(text(&place["path"]))).unwrap();
    let span = &place["span"];
    assert_eq!(range(&file, &location["range"]), count(&span["start"])..count(&span["end"]), "{place}");
}

/// The suggestion makes of the article what the fix makes of it.
fn suggests(entry: &Value, finding: &Value) {
    let fix = &finding["fix"];
    if fix.is_null() || fix["applicability"] == "display-only" {
        assert_eq!(entry["suggestions"], Value::Null);
        return;
    }
    let file = fs::read_to_string(root().join(text(&finding["path"]))).unwrap();
    let (mut fixed, mut suggested) = (file.clone(), file.clone());
    for edit in list(&fix["edits"]).iter().rev() {
        let span = count(&edit["span"]["start"])..count(&edit["span"]["end"]);
        fixed.replace_range(span, edit["replacement"].as_str().unwrap());
    }
    let [suggestion] = list(&entry["suggestions"]) else { panic!("{entry}") };
    has_only(suggestion, &["range", "text"]);
    suggested.replace_range(range(&file, &suggestion["range"]), suggestion["text"].as_str().unwrap());
    assert_eq!(suggested, fixed);
}
