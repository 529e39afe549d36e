//! Files that go, grow, shrink or change their kind while a run reads others: what was found is told, at a lost place where it must be.

use super::WARNING;
use super::signals::pipe;
use crate::folder::Folder;
use medlint::report::FORMATS;
use std::fs;
use std::io::Write;

/// What every format says of the finding, and of nothing else: the name of a rule also stands in lists of rules.
const FOUND: &str = "“Leave a comment” belongs";

/// What happens to an article behind its reading.
type Change = fn(&Folder);

const CHANGES: &[(&str, Change)] = &[
    ("goes", |folder| folder.remove("a.md")),
    ("grows in front", |folder| folder.write("a.md", format!("{}\n\n{WARNING}", "Walk, then rest. ".repeat(60)))),
    ("grows behind", |folder| folder.write("a.md", WARNING.repeat(200))),
    ("shrinks", |folder| folder.write("a.md", "é")),
    ("is empty", |folder| folder.write("a.md", "")),
    ("has other characters there", |folder| folder.write("a.md", "頭痛".repeat(40))),
    ("is no text any more", |folder| folder.write("a.md", b"Rest\xff\xfe now")),
    ("is a folder", |folder| {
        folder.remove("a.md");
        fs::create_dir(folder.path("a.md")).unwrap();
    }),
];

/// A run in which the first article changes while the second one, a pipe, is read.
fn run(change: Change, args: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::with(&[("a.md", WARNING)]);
    pipe(&folder.path("b.md"));
    // One thread reads in order.
    let child = folder.command(&[&["check", "-j", "1", "a.md", "b.md"], args].concat()).spawn().unwrap();
    let mut text = fs::OpenOptions::new().write(true).open(folder.path("b.md")).unwrap();
    change(&folder);
    text.write_all(b"Put the leg up.\n").unwrap();
    drop(text);
    let ended = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[test]
fn what_was_found_is_told_in_every_format() {
    for (what, change) in CHANGES {
        for (format, _) in FORMATS {
            let (status, out, err) = run(*change, &["-o", format]);
            assert_eq!(status, Some(1), "{what}, {format}: {out}{err}");
            assert!(out.contains(FOUND), "{what}, {format}: {out}");
            assert!(!err.contains("panicked"), "{what}, {format}: {err}");
        }
    }
}

#[test]
fn a_lost_place_says_why() {
    let table = [
        ("goes", "no such file or directory"),
        ("shrinks", "has changed since it was checked"),
        ("is no text any more", "not UTF-8"),
    ];
    for (what, reason) in table {
        let (_, change) = CHANGES.iter().find(|(name, _)| *name == what).unwrap();
        let (_, out, _) = run(*change, &[]);
        assert!(out.contains(reason), "{what}: {out}");
    }
}
