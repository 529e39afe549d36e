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
fn every_rule_is_listed() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for rule in medlint::rules::RuleSet::builtin().rules {
        let row = format!("| `{}` | {} | {} |", rule.id, rule.severity.as_str(), rule.name);
        assert!(readme.contains(&row), "the README lacks this row: {row}");
    }
}
