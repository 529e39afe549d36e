//! What the program answers besides findings, and how its report for people looks: colours, width, threads, help, `rules`
//! and `explain`.

use crate::folder::{Folder, texts};
use crate::{CLEAN, ERROR, INFO, WARNING};
use medlint::rules::RuleSet;
use std::process::Command;
use unicode_width::UnicodeWidthStr;

/// Text without what only colours it.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().map(str::to_owned).into_iter();
    first.chain(parts.map(|part| part.split_once('m').expect("a colour ends with m").1.to_owned())).collect()
}

/// An article whose findings lie far into long lines of all kinds of characters.
fn wide_article() -> String {
    let filler = "Schlaf über Nacht, 睡眠は大切です、 and then 😀 rest for a while with e\u{301}clairs; ".repeat(12);
    let told =
        "Drops go into the lower lid, never straight onto the eye, and children’s drops stay in the fridge door.";
    format!(
        "{filler}{told} {filler}\n\n{}. {told}\n\nFirst, people certainly’ve rested. {filler}\n",
        filler.trim_end_matches("; ")
    )
}

#[test]
fn no_line_is_wider_than_asked() {
    let folder = Folder::with(&[("a-rather-long-name-for-a-folder/and-for-a-file.txt", &wide_article())]);
    for width in [40, 57, 80, 100, 200] {
        let number = width.to_string();
        for loudness in [&[][..], &["-v"]] {
            let run = |color| {
                folder.run(&[&["check", "gone.md", ".", "--color", color, "--width", &number], loudness].concat())
            };
            let (plain, coloured) = (run("never").out, run("always").out);
            assert!(plain.contains("duplicate/sentence") && plain.contains("spun/contraction"), "{plain}");
            assert_eq!(without_colours(&coloured), plain, "colours change nothing else");
            for line in plain.lines() {
                assert!(line.width() <= width, "{} columns instead of {width}: {line}", line.width());
            }
        }
    }
    let default = folder.run(&["check"]).out;
    assert_eq!(default, folder.run(&["check", "--width", "100"]).out, "a pipe is 100 columns wide");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let is_coloured = |args: &[&str]| folder.run(&[&["check"], args].concat()).out.contains('\u{1b}');
    assert!(!is_coloured(&[]), "a pipe");
    assert!(!is_coloured(&["--color", "auto"]) && !is_coloured(&["--color", "never"]));
    assert!(is_coloured(&["--color", "always"]));
    assert!(!is_coloured(&["--color", "always", "-o", "json"]), "programs read that");
    let forced = folder.command(&["check", "--color", "always"]).env("NO_COLOR", "1").output().expect("it runs");
    assert!(forced.stdout.contains(&0x1b), "who asks on the command line gets colours");
}

/// `script` gives the program a terminal; where it is missing there is none to test with.
#[cfg(target_os = "linux")]
#[test]
fn no_color_is_honoured_on_a_terminal() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::with(&[("a.md", WARNING)]);
    let line = format!("{} check a.md", env!("CARGO_BIN_EXE_medlint"));
    let is_coloured = |value: Option<&str>| {
        let mut script = Command::new("script");
        script
            .args(["-qec", &line, "/dev/null"])
            .current_dir(folder.path(""))
            .env("TERM", "xterm")
            .env_remove("NO_COLOR");
        value.map(|value| script.env("NO_COLOR", value));
        let out = script.output().expect("it runs").stdout;
        assert!(String::from_utf8_lossy(&out).contains("Leave a comment"));
        out.contains(&0x1b)
    };
    assert_eq!([None, Some(""), Some("1")].map(is_coloured), [true, true, false], "an empty value is none");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let names: Vec<String> = (0..40).map(|n| format!("{}/{n}.md", n % 7)).collect();
    let texts = [CLEAN, INFO, WARNING, ERROR];
    let files: Vec<(&str, &str)> = names.iter().zip(texts.iter().cycle()).map(|(n, t)| (n.as_str(), *t)).collect();
    let folder = Folder::with(&files);
    folder.write("bad.md", "\0");
    for format in ["pretty", "concise", "json", "jsonl"] {
        let [one, four] = ["1", "4"].map(|jobs| folder.run(&["check", "-j", jobs, "-o", format]));
        assert_eq!((one.status, &one.out, &one.err), (four.status, &four.out, &four.err), "{format}");
    }
}

#[test]
fn a_huge_line_is_read() {
    // As in an article, few words stand in the same order twice.
    let syllables = [
        "rest", "kne", "col", "mov", "ice", "doc", "hel", "ski", "cre", "sle", "wal", "wat", "tab", "dos", "nur", "sun",
    ];
    let mut state = 1u32;
    let mut text = String::from("They certainly’ve rested. ");
    // English, as its first words tell.
    text.push_str(&"It is for you, and it was not in the way of them. ".repeat(16));
    while text.len() < 3_000_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (16..32).step_by(4).for_each(|bits| text.push_str(syllables[(state >> bits & 15) as usize]));
        text.push_str(if state >> 12 & 15 == 0 { ". " } else { " " });
    }
    text.push_str("children furthermore’ve slept.");
    let folder = Folder::with(&[("huge.txt", &text)]);
    let report = folder.json(&["--select", "spun/contraction"]);
    assert_eq!(texts(&report["diagnostics"], "text"), ["certainly’ve", "furthermore’ve"]);
    let ran = folder.run(&["check", "--fail-on", "error", "-q", "--width", "80"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.len() < 1_000_000 && ran.out.lines().all(|line| line.width() <= 80), "excerpts, not the line");
}

#[test]
fn quiet_and_verbose_change_what_stands_around_the_findings() {
    let folder = Folder::with(&[("a.md", WARNING), ("b.md", CLEAN)]);
    let [quiet, normal, verbose] = ["-q", "--fail-on=warning", "-v"].map(|option| folder.run(&["check", option]).out);
    assert!(normal.starts_with(&quiet) && quiet.contains("Leave a comment"), "{quiet}");
    assert!(!quiet.contains("2 articles") && normal.contains("2 articles") && verbose.contains("2 articles"));
}

#[test]
fn help_and_version() {
    let folder = Folder::with(&[]);
    for option in ["-V", "--version"] {
        assert_eq!(folder.run(&[option]).out, format!("medlint {}\n", env!("CARGO_PKG_VERSION")));
    }
    let options = "--output --config --no-config --select --ignore --fail-on --isolated --stdin-filename --files-from \
        --force-exclude --allow-empty --color --width --jobs --quiet --verbose";
    let table = [
        ("-h", "check explain rules timeline facts config init schema test-rules completions man"),
        ("--help", "medlint check PATH"),
        ("check", options),
        ("explain", "RULE --config --no-config"),
        ("rules", "--output --config --no-config"),
        (
            "timeline",
            "--output --config --no-config --stdin-filename --files-from --force-exclude --allow-empty --expressions",
        ),
        ("facts", "--config --no-config --stdin-filename --files-from --force-exclude --allow-empty"),
        ("config", "[PATH] --config --no-config"),
        ("init", "medlint.toml"),
        ("schema", "JSON Schema medlint.toml --config --no-config"),
        ("test-rules", "[DIR] --config --no-config"),
        ("completions", "SHELL bash zsh fish powershell"),
        ("man", "manual"),
    ];
    for (command, words) in table {
        let args = if command.starts_with('-') { vec![command] } else { vec![command, "--help"] };
        let ran = folder.run(&args);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{args:?}");
        let missing: Vec<&str> = words.split(' ').filter(|word| !ran.out.contains(word)).collect();
        assert!(missing.is_empty(), "{args:?} says nothing of {missing:?}:\n{}", ran.out);
    }
}

#[test]
fn every_rule_has_a_line() {
    let rules = RuleSet::builtin().rules;
    let ran = Folder::with(&[]).run(&["rules"]);
    assert_eq!((ran.status, ran.err.as_str(), ran.out.lines().count()), (Some(0), "", rules.len()));
    for (line, rule) in ran.out.lines().zip(&rules) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[..2], [&*rule.id, rule.severity.as_str()]);
        assert_eq!(words[2..].join(" "), rule.name);
    }
}

#[test]
fn rules_as_json() {
    let folder = Folder::with(&[]);
    let list: serde_json::Value = serde_json::from_str(&folder.run(&["rules", "-o", "json"]).out).expect("JSON");
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&list), ["rules", "schema"]);
    assert_eq!(list["schema"], 1);
    let rules = RuleSet::builtin().rules;
    assert_eq!(texts(&list["rules"], "id"), rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>());
    for (entry, rule) in list["rules"].as_array().expect("a list").iter().zip(&rules) {
        assert_eq!(keys(entry), ["explain", "family", "fixable", "id", "message", "name", "options", "severity"]);
        let text = |key: &str| entry[key].as_str().expect("text").to_owned();
        assert_eq!(
            [text("name"), text("message"), text("explain")],
            [rule.name.clone(), rule.message.clone(), rule.explain.clone()]
        );
        assert_eq!([text("family"), text("severity")], [rule.family(), rule.severity.as_str()]);
        assert_eq!(entry["options"].as_object(), Some(&rule.options));
        assert!(entry["fixable"].is_boolean());
    }
}

#[test]
fn rules_are_explained() {
    let folder = Folder::with(&[]);
    for rule in RuleSet::builtin().rules {
        let ran = folder.run(&["explain", &rule.id]);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", rule.id);
        assert!(ran.out.starts_with(&*rule.id) && ran.out.contains(rule.severity.as_str()), "{}", ran.out);
        let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for text in [&rule.name, &rule.explain] {
            assert!(told.contains(&text.split_whitespace().collect::<Vec<_>>().join(" ")), "{}: {text}", rule.id);
        }
        for option in rule.options.keys().chain(rule.bad.iter().flat_map(|example| &example.at)) {
            assert!(ran.out.contains(option.as_str()), "{}: {option}", rule.id);
        }
        let shown = |title: &str| ran.out.lines().filter(|line| *line == title).count();
        assert_eq!((shown("Reported:"), shown("Fine:")), (rule.bad.len(), rule.good.len()), "{}", rule.id);
    }
}

#[test]
fn expressions_are_told_line_by_line() {
    let folder = Folder::with(&[(
        "said.txt",
        "10 minutes, three times a day\n\nat least 24-48 hours\ntwice a day for two weeks\na day spa",
    )]);
    let told = folder.run(&["timeline", "--expressions", "said.txt", "-o", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    let hours = |lo: serde_json::Value, hi: serde_json::Value, bound: &str| (lo, hi, bound.to_owned());
    let readings: Vec<_> = json["expressions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| (e["lo"].clone(), e["hi"].clone(), e["bound"].as_str().expect("a word").to_owned()))
        .collect();
    let none = serde_json::Value::Null;
    let expected = [
        hours(8.0.into(), 8.0.into(), "every"),
        hours(none.clone(), none.clone(), "none"),
        hours(24.0.into(), none.clone(), "min"),
        hours(336.0.into(), 336.0.into(), "exact"),
        hours(none.clone(), none, "none"),
    ];
    assert_eq!(readings, expected);
    let text = folder.run(&["timeline", "--expressions", "said.txt"]).out;
    assert!(text.lines().count() == 5 && text.contains("at least 24-48 hours"), "{text}");
    let claims = folder.run(&["timeline", "said.txt", "-o", "json"]).json();
    assert_eq!((&claims["schema"], &claims["articles"][0]["path"]), (&1.into(), &"said.txt".into()));
}
