//! What GitHub code scanning asks of a SARIF file, item by item, held against runs in a repository made for the occasion; and
//! a reading by types that others made from the standard's schema.
//!
//! Code scanning refuses or drops in silence what does not comply, so every item of its documentation has an assertion here.
#![allow(clippy::unwrap_used, reason = "a shape that is not as asked is a failed test")]

#[path = "cli/folder.rs"]
#[allow(dead_code, reason = "the tests of the command line need more of it")]
mod folder;

use folder::Folder;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// A file whose name must be encoded, and the address that code scanning then finds.
const ODD_NAME: &str = "site/deep/two words, 100% é [1].md";
const ODD_ADDRESS: &str = "site/deep/two%20words%2C%20100%25%20%C3%A9%20%5B1%5D.md";

/// A finding on the first line, one behind letters of several bytes, an edited copy, a heading with a fix.
const ARTICLE: &str = "\u{feff}Leave a comment\r\n\r\n## Größe\r\n\r\n## Größe\r\n\r\n\
    Die Größe 😀: Allow’s begin with the room. Open the window for ten minutes before bedtime, and keep it cool at night.\r\n\r\n\
    Roll a cold bottle [1] under the arch for ten minutes every evening. Stretch the calf against a wall and hold each stretch for \
    thirty seconds. Wear shoes with a firm heel, also indoors, and put the slippers away for six weeks.\r\n\r\n\
    Most heels are better after three months. Come back sooner if the heel swells, turns red or stays numb.\r\n\r\n\
    Roll a cold bottle [1] under the arch for five minutes every evening. Stretch the calf against a wall and hold each stretch for \
    thirty seconds. Wear shoes with a firm heel, also indoors, and put the slippers away for six weeks.\r\n";

/// Something that only an editor might change.
const MILD: &str = "Before delving deeper, rest the knee for two days and cool it three times a day.\n";

fn repository() -> Folder {
    Folder::with(&[(".git/HEAD", ""), (ODD_NAME, ARTICLE), ("site/b.md", MILD), ("site/deep/bin.md", "Rest\0now")])
}

/// The only run in the report on these files, made in a folder of the repository.
fn run_in(folder: &Folder, working_directory: &str, paths: &[&str]) -> Value {
    let report = folder.run_in(working_directory, &[&["check", "-o", "sarif"], paths].concat()).json();
    assert_eq!(list(&report["runs"]).len(), 1, "one run a file, of 20 that are accepted");
    report["runs"][0].clone()
}

/// The run that most items are held against: from an odd working directory, upwards and downwards.
fn sample() -> Value {
    run_in(&repository(), "site/deep", &[".", "../b.md"])
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

/// A text that counts as given: it is there and not empty.
fn given<'a>(value: &'a Value, what: &str) -> &'a str {
    let text = value.as_str().unwrap_or_else(|| panic!("{what} is missing"));
    assert!(!text.trim().is_empty(), "{what} is empty, which does not count as given");
    text
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("no count: {value}"))
}

fn of_rule<'a>(run: &'a Value, rule: &str) -> &'a Value {
    list(&run["results"]).iter().find(|result| result["ruleId"] == rule).unwrap_or_else(|| panic!("{rule} is not told"))
}

fn hashes(run: &Value) -> Vec<String> {
    let hash = |result: &Value| result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_owned();
    list(&run["results"]).iter().map(hash).collect()
}

/// Every location of a result, its own first.
fn locations(result: &Value) -> Vec<&Value> {
    let related = result["relatedLocations"].as_array().map_or(&[][..], Vec::as_slice);
    list(&result["locations"]).iter().chain(related).collect()
}

#[test]
fn what_is_required_is_there() {
    let report = repository().run_in("site/deep", &["check", "-o", "sarif"]).json();
    assert!(given(&report["$schema"], "$schema").ends_with("sarif-2.1.0.json"), "$schema names 2.1.0");
    assert_eq!(report["version"], "2.1.0", "version");
    let run = sample();
    let driver = &run["tool"]["driver"];
    assert_eq!(given(&driver["name"], "tool.driver.name"), "medlint");
    for rule in list(&driver["rules"]) {
        let id = given(&rule["id"], "rule.id");
        given(&rule["shortDescription"]["text"], &format!("{id}: shortDescription.text"));
        given(&rule["fullDescription"]["text"], &format!("{id}: fullDescription.text"));
        given(&rule["help"]["text"], &format!("{id}: help.text"));
    }
    assert!(list(&run["results"]).len() >= 5, "the sample shows findings: {run}");
    for result in list(&run["results"]) {
        let id = given(&result["ruleId"], "result.ruleId");
        given(&result["message"]["text"], &format!("{id}: message.text"));
        assert_eq!(list(&result["locations"]).len(), 1, "{id}: locations, of which only the first is read");
        given(&result["partialFingerprints"]["primaryLocationLineHash"], &format!("{id}: primaryLocationLineHash"));
        for location in locations(result) {
            let place = &location["physicalLocation"];
            given(&place["artifactLocation"]["uri"], &format!("{id}: artifactLocation.uri"));
            for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(number(&place["region"][key]) >= 1, "{id}: region.{key} counts from 1");
            }
        }
    }
}

#[test]
fn what_is_recommended_is_there() {
    let run = sample();
    let driver = &run["tool"]["driver"];
    assert_eq!(given(&driver["semanticVersion"], "semanticVersion"), env!("CARGO_PKG_VERSION"));
    assert_eq!(run["columnKind"], "unicodeCodePoints", "columnKind tells what columns count");
    for rule in list(&driver["rules"]) {
        let id = given(&rule["id"], "rule.id");
        given(&rule["name"], &format!("{id}: name"));
        let markdown = given(&rule["help"]["markdown"], &format!("{id}: help.markdown"));
        for part in ["### Reported", "### Fine", &format!("medlint allow: {id} ")] {
            assert!(markdown.contains(part), "{id}: help.markdown holds examples and a way out: {part}");
        }
        let level = given(&rule["defaultConfiguration"]["level"], &format!("{id}: level"));
        let severity = given(&rule["properties"]["problem.severity"], &format!("{id}: problem.severity"));
        let table = [("error", "error"), ("warning", "warning"), ("note", "recommendation")];
        assert!(table.contains(&(level, severity)), "{id}: {level} goes with {severity}");
        let precision = given(&rule["properties"]["precision"], &format!("{id}: precision"));
        assert!(["very-high", "high", "medium", "low"].contains(&precision), "{id}: precision {precision}");
        let tags = list(&rule["properties"]["tags"]);
        assert_eq!(tags, [id.split('/').next().unwrap()], "{id}: the family is a tag");
    }
    for result in list(&run["results"]) {
        let index = number(&result["ruleIndex"]) as usize;
        assert_eq!(driver["rules"][index]["id"], result["ruleId"], "ruleIndex points to the rule");
        assert!(["error", "warning", "note"].contains(&given(&result["level"], "level")), "level");
    }
    let [invocation] = list(&run["invocations"]) else { panic!("one invocation") };
    assert_eq!(invocation["executionSuccessful"], true, "an unsuccessful run is refused as a whole");
    let [notification] = list(&invocation["toolExecutionNotifications"]) else { panic!("{invocation}") };
    assert_eq!(notification["level"], "error", "an unreadable file is told");
    assert!(given(&notification["message"]["text"], "notification").contains("bin.md: not UTF-8 text"));
    let place = &notification["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "site/deep/bin.md", "its address is one of the repository");
}

#[test]
fn limits_are_kept() {
    let run = sample();
    let characters = |value: &Value| value.as_str().unwrap().chars().count();
    assert!(list(&run["tool"]["driver"]["rules"]).len() <= 25_000, "rules a run");
    for rule in list(&run["tool"]["driver"]["rules"]) {
        assert!(characters(&rule["name"]) <= 255, "{}: name", rule["id"]);
        assert!(characters(&rule["shortDescription"]["text"]) <= 1024, "{}: shortDescription", rule["id"]);
        assert!(characters(&rule["fullDescription"]["text"]) <= 1024, "{}: fullDescription", rule["id"]);
        assert!(list(&rule["properties"]["tags"]).len() <= 20, "{}: tags", rule["id"]);
    }
    for result in list(&run["results"]) {
        assert!(locations(result).len() <= 1000, "{}: locations", result["ruleId"]);
    }
}

#[test]
fn addresses_are_relative_to_the_root_wherever_it_is_run() {
    let folder = repository();
    let whole = folder.path(ODD_NAME);
    let ways: [(&str, &[&str]); 4] = [
        ("", &["."]),
        ("site", &["deep", "b.md"]),
        ("site/deep", &[".", "../b.md"]),
        ("site/deep", &[whole.to_str().unwrap(), "../deep/./../b.md"]),
    ];
    for (working_directory, paths) in ways {
        let run = run_in(&folder, working_directory, paths);
        let places = list(&run["results"]).iter().flat_map(locations);
        let addresses: BTreeSet<&str> = places
            .map(|place| &place["physicalLocation"]["artifactLocation"])
            .inspect(|artifact| assert_eq!(artifact["uriBaseId"], "%SRCROOT%", "{working_directory}"))
            .map(|artifact| artifact["uri"].as_str().unwrap())
            .collect();
        assert_eq!(addresses, BTreeSet::from([ODD_ADDRESS, "site/b.md"]), "from {working_directory}, encoded");
        let bases = run["originalUriBaseIds"].as_object().unwrap();
        assert_eq!(bases.keys().collect::<Vec<_>>(), ["%SRCROOT%"], "the base of the addresses is declared");
        assert!(bases["%SRCROOT%"].get("uri").is_none(), "no address of this machine");
    }
    let own = folder.path("");
    let text = folder.run_in("site", &["check", "-o", "sarif"]).out;
    assert!(!text.contains(own.to_str().unwrap()) && !text.contains("\"file:"), "nothing names this machine");
}

#[test]
fn outside_of_a_repository_addresses_start_from_the_working_directory() {
    let folder = Folder::with(&[("site/a.md", "Leave a comment\n")]);
    let run = run_in(&folder, "site", &["a.md"]);
    assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a.md");
}

#[test]
fn every_other_place_is_linked_from_the_message() {
    let run = sample();
    let mut linked = 0;
    for result in list(&run["results"]) {
        let message = result["message"]["text"].as_str().unwrap();
        let related = result["relatedLocations"].as_array().map_or(&[][..], Vec::as_slice);
        let mut ids = BTreeSet::new();
        for location in related {
            let id = number(&location["id"]);
            assert!(ids.insert(id), "an id is given once");
            let text = given(&location["message"]["text"], "relatedLocations.message.text");
            assert!(message.contains(&format!("[{text}]({id})")), "{text} ({id}) is linked in: {message}");
            linked += 1;
        }
        let links = message.match_indices("](").filter(|(at, _)| !message[..*at].ends_with('\\'));
        let targets: BTreeSet<u64> =
            links.map(|(at, _)| message[at + 2..].split(')').next().unwrap().parse().unwrap()).collect();
        assert_eq!(targets, ids, "every link leads to a location: {message}");
    }
    assert!(linked >= 2, "the sample has findings with two places");
}

#[test]
fn brackets_in_an_article_are_no_links() {
    let folder = Folder::with(&[("a.md", "## Rest [now](0) \\[x]\n\n## Rest [now](0) \\[x]\n\nRest the knee.\n")]);
    let run = run_in(&folder, "", &["a.md"]);
    let message = of_rule(&run, "duplicate/heading")["message"]["text"].as_str().unwrap();
    assert!(message.contains("\\[x\\]") && message.contains("[said here first](1)"), "{message}");
}

#[test]
fn fingerprints_survive_lines_above_and_are_never_shared() {
    let folder = repository();
    let text = ARTICLE.trim_start_matches('\u{feff}').to_owned() + "\n\nLeave a comment\n\nRest.\n\nLeave a comment\n";
    folder.write("a.md", &text);
    let before = run_in(&folder, "", &["a.md"]);
    let lines: String =
        (0..100).map(|line| format!("Line {line} is of its own kind, number {}.\n\n", line * 7)).collect();
    folder.write("a.md", lines + &text);
    let after = run_in(&folder, "", &["a.md"]);
    assert_eq!(hashes(&before), hashes(&after), "no line number is in a fingerprint");
    let line = |run: &Value| number(&run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"]);
    assert_eq!(line(&after), line(&before) + 200, "lines did move");
    let own: BTreeSet<String> = hashes(&before).into_iter().collect();
    assert_eq!(own.len(), list(&before["results"]).len(), "findings of equal words have numbers");
    let words: BTreeSet<&str> = own.iter().map(|hash| hash.split(':').next().unwrap()).collect();
    assert!(words.len() < own.len(), "the article holds equal words twice");
    folder.write("other.md", &text);
    assert_eq!(hashes(&run_in(&folder, "", &["other.md"])), hashes(&before), "a renamed file keeps them");
}

/// The byte of a place in a text, by its line and its column in characters.
fn byte(text: &str, line: &Value, column: &Value) -> u64 {
    let start: usize = text.split_inclusive('\n').take(number(line) as usize - 1).map(str::len).sum();
    let mark = if start == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = &text[start + mark..];
    let within = rest.char_indices().nth(number(column) as usize - 1).map_or(rest.len(), |(at, _)| at);
    (start + mark + within) as u64
}

#[test]
fn regions_are_the_spans_of_the_json_report() {
    let folder = repository();
    let (run, json) = (run_in(&folder, "", &[ODD_NAME]), folder.json(&[ODD_NAME]));
    let bytes = |region: &Value| {
        let [start, end] = ["start", "end"]
            .map(|side| byte(ARTICLE, &region[format!("{side}Line")], &region[format!("{side}Column")]));
        (start, end)
    };
    let span = |span: &Value| (number(&span["start"]), number(&span["end"]));
    let found = list(&json["diagnostics"]);
    assert_eq!(found.len(), list(&run["results"]).len());
    let mut fixes = 0;
    for result in list(&run["results"]) {
        let hash = result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap();
        let finding = found
            .iter()
            .find(|f| f["rule"] == result["ruleId"] && hash.starts_with(f["fingerprint"].as_str().unwrap()));
        let finding = finding.unwrap_or_else(|| panic!("{hash} is not in the JSON report"));
        let spans = [finding].into_iter().chain(list(&finding["labels"])).map(|place| span(&place["span"]));
        let regions = locations(result).into_iter().map(|place| bytes(&place["physicalLocation"]["region"]));
        assert_eq!(regions.collect::<Vec<_>>(), spans.collect::<Vec<_>>(), "{}", result["ruleId"]);
        let edits = finding["fix"]["edits"].as_array().map_or(&[][..], Vec::as_slice);
        for (index, edit) in edits.iter().enumerate() {
            let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][index];
            assert_eq!(bytes(&replacement["deletedRegion"]), span(&edit["span"]), "what a fix deletes");
            assert_eq!(replacement["insertedContent"]["text"], edit["replacement"], "what it puts there");
            fixes += 1;
        }
    }
    assert!(fixes > 0, "the sample has a fix");
    let first = &of_rule(&run, "residue/page-chrome")["locations"][0]["physicalLocation"]["region"];
    assert_eq!((number(&first["startLine"]), number(&first["startColumn"])), (1, 1), "a finding on the first line");
    let behind = &of_rule(&run, "spun/contraction")["locations"][0]["physicalLocation"]["region"];
    assert_eq!((number(&behind["startColumn"]), number(&behind["endColumn"])), (14, 21), "columns count characters");
}

#[test]
fn of_too_many_results_the_worst_are_kept_and_the_rest_is_counted() {
    // 5,100 lines, the same heading over and over, a mild finding, and an error in the last file.
    let folder = Folder::with(&[
        ("a.md", &*format!("{MILD}\n{}", "Leave a comment\n\n".repeat(5100))),
        ("b.md", "Who would certainly've thought that needles help the skin?\n"),
    ]);
    let ran = folder.run(&["check", "-o", "sarif=out.sarif"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("out.sarif leaves out 103 of the least severe findings"), "standard error: {}", ran.err);
    let report: Value = serde_json::from_slice(&fs::read(folder.path("out.sarif")).unwrap()).unwrap();
    let run = &report["runs"][0];
    let levels: Vec<&str> = list(&run["results"]).iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels.len(), 5000, "code scanning keeps so many");
    assert_eq!((levels[0], levels[1], levels[4999]), ("error", "warning", "warning"), "the worst first");
    let [notification] = list(&run["invocations"][0]["toolExecutionNotifications"]) else { panic!("one notification") };
    let text = given(&notification["message"]["text"], "notification");
    assert!(text.starts_with("103 findings left out"), "the file tells, too: {text}");
    let few = folder.run(&["check", "-o", "sarif=few.sarif", "b.md"]);
    assert_eq!(few.err, "", "a report that holds everything needs no note");
}

#[test]
fn the_standards_own_types_read_all_of_it() {
    let folder = repository();
    for paths in [&["."][..], &["site/b.md"], &["no-findings.md"], &["gone.md"]] {
        folder.write("no-findings.md", "Rest the knee.\n");
        let text = folder.run(&[&["check", "-o", "sarif"], paths].concat()).out;
        let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{paths:?}: {e}"));
        let (ours, theirs): (Value, Value) =
            (serde_json::from_str(&text).unwrap(), serde_json::to_value(&typed).unwrap());
        assert_eq!(ours, theirs, "{paths:?}: a key that the standard does not know is lost on the way");
    }
}
