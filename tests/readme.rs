//! The README shows what the program really says: each command in it that is followed by a block of output is run.

#![allow(clippy::unwrap_used, missing_docs)]

use std::process::Command;

#[test]
fn examples_are_true() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let mut shown = 0;
    for (before, after) in
        readme.match_indices("\n\n```text\n").map(|(at, mark)| (&readme[..at], &readme[at + mark.len()..]))
    {
        let command = before
            .lines()
            .last()
            .unwrap()
            .trim()
            .strip_prefix("$ medlint ")
            .expect("a command stands before its output");
        let block = after.split_once("\n```\n").expect("the block ends").0;
        let output = Command::new(env!("CARGO_BIN_EXE_medlint"))
            .args(command.split_whitespace())
            .args(["--color", "never", "--width", "96"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), block, "`medlint {command}`");
        shown += 1;
    }
    assert!(shown > 0, "the README shows an example");
}

#[test]
fn every_command_and_format_is_told() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci.md")).unwrap();
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_medlint")).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let help_of_check = help(&["check", "--help"]);
    for name in medlint::report::names() {
        let told = format!("`{name}`");
        assert!(readme.contains(&told) && page.contains(&told), "README and docs/ci.md tell of the format {name}");
        assert!(help_of_check.contains(name), "{help_of_check}");
    }
    let all = help(&["--help"]);
    let commands = all.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.contains(&"check") && names.len() > 8, "{names:?}");
    for name in names {
        assert!(readme.contains(&format!("medlint {name}")), "the README tells nothing of `medlint {name}`");
    }
}

#[test]
fn every_rule_is_listed() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for rule in medlint::rules::RuleSet::builtin().rules {
        let row = format!("| `{}` | {} | {} |", rule.id, rule.severity.as_str(), rule.name);
        assert!(readme.contains(&row), "the README lacks this row: {row}");
    }
}
