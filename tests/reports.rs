//! One run over a few articles of our own, in every format: against stored output, against what `INTERFACE.md` promises of
//! JSON, and format against format.
//!
//! `BLESS=1 cargo test --test reports` rewrites `reports/stored/`; the difference is then reviewed like code.
#![allow(clippy::unwrap_used, reason = "a shape that is not as promised is a failed test")]

use medlint::report::FORMATS;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

/// Where the program is run: the articles in a folder of a repository of their own, so that paths are the same everywhere.
fn site() -> &'static Path {
    static REPOSITORY: OnceLock<TempDir> = OnceLock::new();
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let root = REPOSITORY.get_or_init(|| tempfile::tempdir().unwrap()).path();
        let articles = root.join("site/articles");
        fs::create_dir_all(&articles).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        for article in fs::read_dir(home().join("articles")).unwrap() {
            let path = article.unwrap().path();
            fs::copy(&path, articles.join(path.file_name().unwrap())).unwrap();
        }
        root.join("site")
    })
}

/// The report of the one run in a format, the version left out.
fn report(format: &str) -> String {
    report_with(format, &[])
}

/// The same with more arguments.
fn report_with(format: &str, more: &[&str]) -> String {
    let options = ["--output", format, "--width", "100", "--color", "never", "articles", "gone.md"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_medlint"));
    command
        .arg("check")
        .args(options)
        .args(more)
        .current_dir(site())
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITHUB_STEP_SUMMARY");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "one file is missing");
    let report = String::from_utf8(output.stdout).unwrap();
    ["version", "semanticVersion"].iter().fold(report, |report, key| {
        report.replace(&format!("\"{key}\": \"{}\"", env!("CARGO_PKG_VERSION")), &format!("\"{key}\": \"…\""))
    })
}

fn json() -> Value {
    serde_json::from_str(&report("json")).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no string: {value}"))
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_else(|| panic!("no count: {value}")) as usize
}

/// Fails unless the object has just these keys.
fn has_keys(value: &Value, keys: &str) {
    let own: BTreeSet<&str> =
        value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(|k| &**k).collect();
    assert_eq!(own, keys.split(' ').collect(), "{value}");
}

/// The first line in which two texts differ, with the one before it.
fn difference(stored: &str, now: &str) -> String {
    let (mut old, mut new) = (stored.lines(), now.lines());
    let (mut number, mut before) = (1, "");
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => (number, before) = (number + 1, a),
            (None, None) => return "only line ends differ".to_owned(),
            (a, b) => {
                let shown = |line: Option<&str>| line.map_or("(the end)".to_owned(), str::to_owned);
                return format!("line {number}\n    {before}\n  - {}\n  + {}", shown(a), shown(b));
            }
        }
    }
}

#[test]
fn every_format_is_as_stored() {
    let folder = home().join("stored");
    let is_blessed = std::env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    let mut expected = BTreeSet::new();
    for (format, _) in FORMATS {
        let file = folder.join(format!("{format}.txt"));
        let now = report(format);
        expected.insert(file.clone());
        if is_blessed {
            fs::write(&file, &now).unwrap();
            continue;
        }
        match fs::read_to_string(&file) {
            Ok(stored) if stored == now => {}
            Ok(stored) => faults.push(format!("{format}: {}", difference(&stored, &now))),
            Err(error) => faults.push(format!("{}: {error}", file.display())),
        }
    }
    let stored: BTreeSet<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    faults.extend(stored.difference(&expected).map(|file| format!("{}: no format is called so", file.display())));
    assert!(faults.is_empty(), "{}\nif that is as it should be: BLESS=1 cargo test --test reports", faults.join("\n"));
}

#[test]
fn the_articles_show_every_kind_of_finding() {
    let report = json();
    let rules: BTreeSet<&str> = list(&report["diagnostics"]).iter().map(|d| text(&d["rule"])).collect();
    for rule in ["duplicate/passage", "duplicate/heading", "residue/page-chrome", "spun/contraction"] {
        assert!(rules.contains(rule), "{rule} is not among {rules:?}");
    }
}

#[test]
fn json_has_the_promised_shape() {
    let report = json();
    has_keys(&report, "schema tool summary diagnostics");
    assert_eq!(number(&report["schema"]), 1);
    has_keys(&report["tool"], "name version");
    assert_eq!(text(&report["tool"]["name"]), "medlint");
    let summary = &report["summary"];
    has_keys(summary, "files words errors warnings infos suppressed baselined unreadable");
    assert_eq!(number(&summary["files"]), fs::read_dir(home().join("articles")).unwrap().count());
    assert!(number(&summary["words"]) > 200);
    assert_eq!((number(&summary["suppressed"]), number(&summary["baselined"])), (0, 0));
    let [unreadable] = list(&summary["unreadable"]) else { panic!("{summary}") };
    has_keys(unreadable, "path reason");
    assert_eq!((text(&unreadable["path"]), text(&unreadable["reason"]).is_empty()), ("gone.md", false));
    for finding in list(&report["diagnostics"]) {
        has_keys(finding, "rule severity path span start end text message labels notes fix fingerprint data");
        assert!(["error", "warning", "info"].contains(&text(&finding["severity"])));
        assert!(text(&finding["rule"]).split_once('/').is_some() && !text(&finding["message"]).is_empty());
        let fingerprint = text(&finding["fingerprint"]);
        assert!(fingerprint.len() == 16 && fingerprint.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
        list(&finding["notes"]).iter().for_each(|note| assert!(!text(note).is_empty()));
        has_place(finding);
        for label in list(&finding["labels"]) {
            has_keys(label, "path span start end text message");
            text(&label["message"]);
            has_place(label);
        }
        has_fix(finding);
        has_data(finding);
    }
}

/// The bytes of a span in its file.
fn source<'a>(file: &'a str, span: &Value) -> &'a str {
    has_keys(span, "start end");
    let range = number(&span["start"])..number(&span["end"]);
    file.get(range).unwrap_or_else(|| panic!("{span} is not in the file or cuts a character"))
}

fn article(place: &Value) -> String {
    let path = text(&place["path"]);
    assert!(path.starts_with("articles/") && !path.contains('\\'), "{path}");
    fs::read_to_string(home().join(path)).unwrap()
}

/// Span, text, start and end tell the same.
fn has_place(place: &Value) {
    let file = article(place);
    let under = source(&file, &place["span"]);
    assert_eq!(text(&place["text"]), under.chars().take(300).collect::<String>());
    for key in ["start", "end"] {
        has_keys(&place[key], "line column");
        let before = file[..number(&place["span"][key])].trim_start_matches('\u{feff}');
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!((number(&place[key]["line"]), number(&place[key]["column"])), (line, column), "{place}");
    }
}

fn has_fix(finding: &Value) {
    let fix = &finding["fix"];
    if fix.is_null() {
        return;
    }
    has_keys(fix, "title applicability edits");
    assert!(["safe", "unsafe", "display-only"].contains(&text(&fix["applicability"])));
    let file = article(finding);
    let mut end = 0;
    for edit in list(&fix["edits"]) {
        has_keys(edit, "span replacement");
        source(&file, &edit["span"]);
        assert!(number(&edit["span"]["start"]) >= end, "edits overlap");
        end = number(&edit["span"]["end"]);
    }
}

fn has_data(finding: &Value) {
    let data = finding["data"].as_object().unwrap();
    if !text(&finding["rule"]).starts_with("duplicate/") {
        return;
    }
    let similarity = data["similarity"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&similarity));
    let matches = list(&data["matches"]);
    assert!(matches.len() >= 2, "{finding}");
    for place in matches {
        has_keys(place, "path span");
        assert!(!source(&article(place), &place["span"]).is_empty());
    }
    let holds = |label: &Value| {
        let within = |place: &&Value| {
            place["path"] == label["path"]
                && number(&place["span"]["start"]) <= number(&label["span"]["start"])
                && number(&place["span"]["end"]) >= number(&label["span"]["end"])
        };
        matches.iter().any(|place| within(&place))
    };
    assert!(holds(finding) && list(&finding["labels"]).iter().all(holds), "marked outside of the copies: {finding}");
}

#[test]
fn an_edited_copy_says_so() {
    let report = json();
    let passage = list(&report["diagnostics"]).iter().find(|d| d["rule"] == "duplicate/passage").unwrap();
    let similarity = passage["data"]["similarity"].as_f64().unwrap();
    assert!(similarity > 0.9 && similarity < 1.0, "{similarity}");
    assert_eq!(list(&passage["notes"]).len(), 2, "one word was changed, and it is a number");
    assert!(text(&passage["notes"][0]).contains("number"));
    assert!(["ten", "five"].iter().all(|word| text(&passage["notes"][1]).contains(word)));
}

#[test]
fn findings_are_sorted() {
    let report = json();
    let order = |d: &Value| {
        let at = |key: &str| number(&d["span"][key]);
        (text(&d["path"]).to_owned(), at("start"), at("end"), text(&d["rule"]).to_owned())
    };
    let keys: Vec<_> = list(&report["diagnostics"]).iter().map(order).collect();
    assert!(keys.is_sorted() && keys.len() > 3, "{keys:?}");
}

#[test]
fn lines_hold_the_same_as_the_document() {
    let (lines, document) = (report("jsonl"), json());
    let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    has_keys(&last, "summary");
    assert_eq!(last["summary"], document["summary"]);
    assert_eq!(lines, list(&document["diagnostics"]));
}

#[test]
fn all_formats_count_alike() {
    let report_of_json = json();
    let counts = ["error", "warning", "info"].map(|severity| {
        let found = list(&report_of_json["diagnostics"]).iter().filter(|d| d["severity"] == severity).count();
        assert_eq!(number(&report_of_json["summary"][format!("{severity}s")]), found);
        (severity, found)
    });
    let (pretty, concise) = (report("pretty"), report("concise"));
    for (severity, count) in counts {
        assert_eq!(
            pretty.matches(&format!("\n{severity}[")).count() + usize::from(pretty.starts_with(severity)),
            count
        );
        assert_eq!(concise.matches(&format!(" {severity} ")).count(), count);
        let plural = if count == 1 { "" } else { "s" };
        assert_eq!(pretty.contains(&format!(" {count} {severity}{plural}")), count > 0, "{pretty}");
    }
    let summary = &report_of_json["summary"];
    let figures = format!("{} articles, {} words: ", summary["files"], summary["words"]);
    assert!(pretty.contains(&figures) && pretty.contains("gone.md"), "{figures}\n{pretty}");
    assert!(pretty.lines().all(|line| line.chars().count() <= 100));
}

/// A finding as most formats tell it: its line, and where its other places are.
type Told = (String, Vec<String>);

/// The findings of the JSON report, with this in front of every path.
fn told_in_json(folder: &str) -> Vec<Told> {
    let line = |place: &Value| format!("{folder}{}:{}", text(&place["path"]), place["start"]["line"]);
    let place = |label: &Value| format!("{}:{}", line(label), label["start"]["column"]);
    let report = json();
    let findings = list(&report["diagnostics"]).iter();
    sorted(findings.map(|finding| (line(finding), list(&finding["labels"]).iter().map(place).collect())).collect())
}

fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

/// The places behind `see` in a message.
fn seen(message: &str) -> Vec<String> {
    let places = message.split_once(" (see ").map(|(_, rest)| rest.split(')').next().unwrap());
    places.map(|places| places.split(", ").map(str::to_owned).collect()).unwrap_or_default()
}

fn told_in_concise() -> Vec<Told> {
    let told = |line: &str| {
        let mut parts = line.splitn(3, ':');
        (format!("{}:{}", parts.next().unwrap(), parts.next().unwrap()), seen(line))
    };
    sorted(report("concise").lines().map(told).collect())
}

fn told_in_github() -> Vec<Told> {
    let report = report("github");
    let told = |line: &str| {
        let property = |key: &str| line.split_once(key).unwrap().1.split([',', ':']).next().unwrap().to_owned();
        (format!("{}:{}", property("file="), property(",line=")), seen(line))
    };
    sorted(report.lines().filter(|line| line.starts_with("::") && line.contains("title=")).map(told).collect())
}

fn told_in_markdown() -> Vec<Told> {
    let told = |row: &str| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let others = cells[4].trim_end_matches('|').trim();
        let others = others.split("<br>").filter(|place| !place.is_empty());
        (cells[2].trim_matches('`').to_owned(), others.map(|place| place.trim_matches('`').to_owned()).collect())
    };
    let is_row = |line: &&str| ["| error |", "| warning |", "| info |"].iter().any(|start| line.starts_with(start));
    sorted(report("markdown").lines().filter(is_row).map(told).collect())
}

fn told_in_sarif() -> Vec<Told> {
    let report: Value = serde_json::from_str(&report("sarif")).unwrap();
    let line = |location: &Value| {
        let place = &location["physicalLocation"];
        format!("{}:{}", text(&place["artifactLocation"]["uri"]), place["region"]["startLine"])
    };
    let place = |other: &Value| format!("{}:{}", line(other), other["physicalLocation"]["region"]["startColumn"]);
    let told = |result: &Value| {
        let others = result["relatedLocations"].as_array().map_or(&[][..], Vec::as_slice);
        (line(&result["locations"][0]), others.iter().map(place).collect())
    };
    sorted(list(&report["runs"][0]["results"]).iter().map(told).collect())
}

#[test]
fn no_format_loses_a_finding_or_a_place() {
    let (own, rooted) = (told_in_json(""), told_in_json("site/"));
    let places: usize = own.iter().map(|(_, others)| others.len()).sum();
    assert!(own.len() > 3 && places > 1, "the articles show findings with other places");
    assert_eq!(told_in_concise(), own);
    assert_eq!(told_in_github(), rooted);
    assert_eq!(told_in_markdown(), rooted);
    assert_eq!(told_in_sarif(), rooted);
    let pretty = report_with("pretty", &["-v"]);
    let marks = |mark: char| {
        let drawn = |line: &&str| line.split_once('│').is_some_and(|(_, row)| row.trim_start().starts_with(mark));
        pretty.lines().filter(drawn).count()
    };
    assert_eq!((marks('^'), marks('-')), (own.len(), places), "{pretty}");
}
