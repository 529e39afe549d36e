//! `--staged`: what the next commit holds is read, not what the work tree holds, and only its changed lines are told.

use crate::folder::Folder;
use std::fs;

const GOOD: &str = "# Sleep\n\nMany have slept badly.\n\nGo to bed early.\n\nSome have slept well.\n";
const BAD: &str = "# Sleep\n\nMany certainly've slept badly.\n\nGo to bed early.\n\nSome have slept well.\n";
const WORSE: &str = "# Sleep\n\nMany certainly've slept badly.\n\nGo to bed early.\n\nSome likely've slept well.\n";
const SWAPPED: &str = "Most surely've heard of it.\n";

/// The findings as `path line text`.
fn staged_in(folder: &Folder, place: &str, args: &[&str]) -> Vec<String> {
    let ran = folder.run_in(place, &[&["check", "-o", "json", "--staged"], args].concat());
    assert_eq!(ran.err, "", "{args:?}");
    let report = ran.json();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let all = report["diagnostics"].as_array().expect("a list").iter();
    all.map(|d| format!("{} {} {}", text(&d["path"]), d["start"]["line"], text(&d["text"]))).collect()
}

fn staged(folder: &Folder) -> Vec<String> {
    staged_in(folder, "", &[])
}

#[test]
fn the_index_is_read_and_not_the_work_tree() {
    let folder = Folder::with_history(&[("a.md", GOOD)]);
    assert_eq!(staged(&folder), [""; 0]);
    assert_eq!(folder.run(&["check", "--staged"]).status, Some(0), "nothing is staged");
    folder.write("a.md", BAD);
    assert_eq!(staged(&folder), [""; 0], "bad in the work tree alone");
    folder.git(&["add", "a.md"]);
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "bad in both");
    folder.write("a.md", GOOD);
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "bad in the index alone");
    folder.write("a.md", format!("\n\n\n{WORSE}"));
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "other lines in the work tree");
    folder.remove("a.md");
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "deleted from the work tree");
    folder.write("a.md", b"\xff\0");
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "unreadable in the work tree");
    assert_eq!(folder.run(&["check", "--staged"]).status, Some(1));
}

#[test]
fn parts_of_a_file() {
    let folder = Folder::with_history(&[("a.md", GOOD)]);
    folder.write("a.md", GOOD.replace("Some have", "Some likely've"));
    folder.git(&["add", "a.md"]);
    folder.write("a.md", WORSE);
    assert_eq!(staged(&folder), ["a.md 7 likely've"]);
    folder.git(&["commit", "-qm", "one part"]);
    assert_eq!(staged(&folder), [""; 0]);
    folder.git(&["add", "a.md"]);
    assert_eq!(staged(&folder), ["a.md 3 certainly've"], "the other part");
}

#[test]
fn the_first_commit() {
    let folder = Folder::with(&[("a.md", BAD), ("b.md", BAD)]);
    folder.git(&["init", "-q"]);
    assert_eq!(staged(&folder), [""; 0], "nothing is staged yet");
    assert_eq!(folder.run(&["check", "--staged"]).status, Some(0));
    folder.git(&["add", "a.md"]);
    assert_eq!(staged(&folder), ["a.md 3 certainly've"]);
}

#[test]
fn renamed_and_deleted_files() {
    let folder = Folder::with_history(&[("a.md", BAD), ("b.md", SWAPPED), ("c.md", "Rest.\n")]);
    folder.git(&["mv", "a.md", "x.md"]);
    assert_eq!(staged(&folder), [""; 0], "only the name is new");
    folder.git(&["rm", "-q", "b.md"]);
    assert_eq!(staged(&folder), [""; 0], "what is gone has no findings");
    folder.edit("x.md", "Some have", "Some likely've");
    folder.git(&["add", "x.md"]);
    assert_eq!(staged(&folder), ["x.md 7 likely've"]);
    folder.git(&["rm", "-q", "--cached", "c.md"]);
    folder.write("c.md", SWAPPED);
    assert_eq!(staged(&folder), ["x.md 7 likely've"], "no longer git's");
}

#[test]
fn a_repeat_of_what_is_only_in_the_work_tree_is_none() {
    let passage =
        "Roll a cold bottle under the arch for ten minutes every evening, then stretch the calf against a wall.\n";
    let folder = Folder::with_history(&[("a.md", &format!("# Feet\n\n{passage}"))]);
    let twice = format!("# Feet\n\n{passage}\nShoes matter more than the distance does.\n\n{passage}");
    folder.write("a.md", &twice);
    assert_eq!(staged(&folder), [""; 0]);
    folder.git(&["add", "a.md"]);
    folder.write("a.md", "# Feet\n");
    let found = staged(&folder);
    assert!(matches!(&found[..], [finding] if finding.starts_with("a.md 7 Roll")), "{found:?}");
}

#[test]
fn scopes_are_those_of_the_work_tree() {
    let folder = Folder::with_history(&[("medlint.toml", "exclude = [\"drafts/**\"]\n"), ("c.md", "Rest.\n")]);
    for name in ["a.md", "drafts/b.md", "sub/d.md", "sub/e.txt", ".hidden/f.md", "sub/.g.md", "code.rs", "sub/h.docx"] {
        folder.write(name, SWAPPED);
    }
    folder.git(&["add", "-A"]);
    let found = |place, args: &[&str]| -> Vec<String> {
        let found = staged_in(&folder, place, args);
        found.iter().filter_map(|finding| Some(finding.split_once(' ')?.0.to_owned())).collect()
    };
    assert_eq!(found("", &[]), ["a.md", "sub/d.md", "sub/e.txt"]);
    assert_eq!(found("sub", &[]), ["d.md", "e.txt"]);
    assert_eq!(found("sub", &["..", "e.txt"]), ["../a.md", "d.md", "e.txt"]);
    assert_eq!(found("", &["sub/d.md", ".hidden"]), [".hidden/f.md", "sub/d.md"], "what is named is read");
    assert_eq!(found("", &["drafts/b.md"]), ["drafts/b.md"]);
    assert_eq!(found("", &["drafts"]), [""; 0]);
    assert_eq!(found("", &["--force-exclude", "drafts/b.md", "a.md"]), ["a.md"]);
    assert_eq!(found("", &["gone.md"]), [""; 0]);
    folder.write("list", "a.md\nsub/.g.md\n");
    assert_eq!(found("", &["--files-from", "list"]), ["a.md", "sub/.g.md"]);
    folder.write(".gitignore", "a.md\n");
    assert_eq!(found("", &["a.md"]), ["a.md"], "what git tracks it does not ignore");
}

#[test]
fn what_git_holds_may_be_unreadable() {
    let folder = Folder::with_history(&[("a.md", GOOD)]);
    folder.write("a.md", b"caf\xe9");
    folder.git(&["add", "a.md"]);
    folder.write("a.md", GOOD);
    let ran = folder.run(&["check", "--staged"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.out.contains("a.md") && ran.out.contains("UTF-8"), "{}", ran.out);
}

#[test]
fn files_that_are_not_checked_out() {
    let folder = Folder::with_history(&[("here/a.md", GOOD), ("far/b.md", BAD)]);
    folder.git(&["sparse-checkout", "set", "here"]);
    assert!(!folder.path("far/b.md").exists());
    folder.write("here/a.md", WORSE);
    folder.git(&["add", "here/a.md"]);
    assert_eq!(staged(&folder), ["here/a.md 3 certainly've", "here/a.md 7 likely've"]);
    assert_eq!(folder.run(&["check", "--staged"]).status, Some(1), "nothing was unreadable");
}

#[test]
fn announced_files_hold_nothing_yet() {
    let folder = Folder::with_history(&[("a.md", GOOD)]);
    folder.write("b.md", SWAPPED);
    folder.git(&["add", "-N", "b.md"]);
    assert_eq!(staged(&folder), [""; 0]);
}

#[test]
fn a_touched_file_is_the_same_file() {
    let folder = Folder::with_history(&[("a.md", BAD), ("b.md", GOOD)]);
    // The same bytes with another date: git finds out only by reading.
    fs::remove_file(folder.path("a.md")).expect("a file");
    folder.write("a.md", BAD);
    folder.write("b.md", BAD);
    folder.git(&["add", "b.md"]);
    assert_eq!(staged(&folder), ["b.md 3 certainly've"]);
}

#[cfg(unix)]
#[test]
fn as_a_hook() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_history(&[("a.md", GOOD), ("sub/b.md", GOOD)]);
    let hook = format!("#!/bin/sh\nexec '{}' check --staged -o concise >&2\n", env!("CARGO_BIN_EXE_medlint"));
    folder.write(".git/hooks/pre-commit", hook);
    fs::set_permissions(folder.path(".git/hooks/pre-commit"), fs::Permissions::from_mode(0o755)).expect("a mode");
    folder.write("a.md", BAD);
    folder.write("sub/b.md", WORSE);
    let stopped = |args: &[&str]| {
        let ran = folder.try_git(&[&["commit", "-qm", "change"], args].concat());
        assert_ne!(ran.status, Some(0), "{args:?}");
        ran.err.lines().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(stopped(&["-a"]), ["a.md:3:6", "sub/b.md:3:6", "sub/b.md:7:6"], "all at once");
    assert_eq!(stopped(&["--", "sub/b.md"]), ["sub/b.md:3:6", "sub/b.md:7:6"], "past what is staged");
    folder.git(&["add", "a.md"]);
    assert_eq!(stopped(&[]), ["a.md:3:6"]);
    folder.write("a.md", GOOD.replace("early", "at ten"));
    folder.git(&["commit", "-qm", "change", "--", "a.md"]);
    folder.git(&["-C", "sub", "worktree", "add", "-q", "../linked"]);
    folder.write("linked/a.md", BAD);
    let ran = folder.try_git(&["-C", "linked", "commit", "-qam", "change"]);
    assert!(ran.status != Some(0) && ran.err.starts_with("a.md:3:6 "), "{}", ran.err);
}

#[test]
fn an_unreadable_file_stops_only_the_change_that_brings_it() {
    let folder = Folder::with_history(&[("a.md", GOOD)]);
    folder.write("old.md", b"\xff\xfeR\0");
    folder.git(&["add", "-A"]);
    for option in ["--staged", "--changed"] {
        assert_eq!(folder.run(&["check", option]).status, Some(2), "{option}: it is new");
    }
    folder.commit();
    folder.write("a.md", format!("{GOOD}\nIce helps.\n"));
    folder.git(&["add", "-A"]);
    for option in ["--staged", "--changed"] {
        assert_eq!(folder.run(&["check", option]).status, Some(0), "{option}: it did not change");
    }
    assert_eq!(folder.run(&["check"]).status, Some(2));
}
