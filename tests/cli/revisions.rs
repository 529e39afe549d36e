//! `--baseline-from`: what stood already at a revision is accepted, without a file and without checking anything out.

use crate::baseline::{EYE, KNEE};
use crate::folder::{Folder, told};

const SWAPPED: &str = "Most surely've heard of it.\n";
const NEW: &str = "error spun/contraction";

/// What is new since a revision, and how much is accepted.
fn since(folder: &Folder, place: &str, args: &[&str]) -> (Vec<String>, u64) {
    let ran = folder.run_in(place, &[&["check", "-o", "json", "--baseline-from"], args].concat());
    assert_eq!(ran.err, "", "{args:?}");
    let report = ran.json();
    (told(&report), report["summary"]["baselined"].as_u64().expect("a number"))
}

fn new(findings: &[&str], accepted: u64) -> (Vec<String>, u64) {
    (findings.iter().map(|finding| (*finding).to_owned()).collect(), accepted)
}

/// Two articles with five findings in the first commit.
fn history() -> Folder {
    Folder::with_history(&[("care/knee.md", KNEE), ("care/eye.md", EYE)])
}

#[test]
fn what_stood_then_is_accepted() {
    type Edit = fn(&Folder);
    let table: [(&str, Edit, &[&str], u64); 11] = [
        ("nothing", |_| {}, &[], 5),
        ("lines above", |f| f.edit("care/knee.md", "# Knee", "Checked in May.\n\n# Knee"), &[], 5),
        (
            "a finding more",
            |f| f.edit("care/eye.md", "Blink", "Many likely've heard it. Blink"),
            &["care/eye.md error spun/contraction"],
            5,
        ),
        ("a new file", |f| f.write("a.md", SWAPPED), &["a.md error spun/contraction"], 5),
        ("a file renamed", |f| f.rename("care/knee.md", "care/a.md"), &[], 5),
        ("a folder renamed", |f| f.rename("care", "body/care"), &[], 5),
        ("a file deleted", |f| f.remove("care/knee.md"), &[], 1),
        (
            "a copy",
            |f| f.write("care/a.md", EYE),
            &["care/a.md warning duplicate/sentence", "care/eye.md error duplicate/copied-article"],
            5,
        ),
        ("unreadable today", |f| f.write("care/x.rs", "fn f() {}"), &[], 5),
        (
            "a word in a telling",
            |f| f.edit("care/knee.md", "ten minutes", "a quarter"),
            &["care/knee.md warning duplicate/passage"],
            4,
        ),
        (
            "committed",
            |f| {
                f.write("a.md", SWAPPED);
                f.commit();
            },
            &["a.md error spun/contraction"],
            5,
        ),
    ];
    for (what, edit, expected, accepted) in table {
        let folder = history();
        folder.git(&["tag", "v1"]);
        edit(&folder);
        assert_eq!(since(&folder, "", &["v1"]), new(expected, accepted), "{what}");
    }
}

#[test]
fn parts_and_folders() {
    let folder = history();
    folder.write("care/knee.md", format!("{KNEE}\n{SWAPPED}"));
    let told = [&format!("knee.md {NEW}")[..]];
    assert_eq!(since(&folder, "care", &["HEAD"]), new(&told, 5));
    assert_eq!(since(&folder, "care", &["HEAD", "knee.md"]), new(&told, 4));
    assert_eq!(since(&folder, "care", &["HEAD", "../care/eye.md"]), new(&[], 1));
    assert_eq!(since(&folder, "care", &["HEAD", "--select", "spun"]), new(&told, 1));
    folder.rename("care/eye.md", "eye.md");
    assert_eq!(since(&folder, "", &["HEAD", "eye.md"]), new(&[], 1), "under its new name alone");
    let report =
        folder.json_with(&["-", "--stdin-filename", "care/knee.md", "--baseline-from", "HEAD"], KNEE.as_bytes());
    assert_eq!(report["summary"]["baselined"], 4, "{report}");
}

#[test]
fn together_with_what_is_staged() {
    let folder = history();
    folder.write("care/eye.md", format!("{EYE}\n{SWAPPED}"));
    folder.git(&["add", "-A"]);
    folder.write("care/eye.md", EYE);
    assert_eq!(since(&folder, "", &["HEAD", "--staged"]).0, [format!("care/eye.md {NEW}")]);
    folder.git(&["mv", "-f", "care/eye.md", "care/a.md"]);
    assert_eq!(since(&folder, "", &["HEAD", "--staged"]).0, [format!("care/a.md {NEW}")]);
}

#[test]
fn the_settings_of_today_judge() {
    let folder = history();
    folder.write("medlint.toml", "[rule.\"duplicate/passage\"]\nmin-words = 40\n");
    assert_eq!(since(&folder, "", &["HEAD"]), new(&[], 4));
    folder.write("medlint.toml", "[[override]]\nfiles = [\"care/**\"]\nrule.\"spun/contraction\".severity = \"off\"\n");
    folder.rename("care", "body");
    let (told, accepted) = since(&folder, "", &["HEAD", "-q"]);
    assert_eq!((told.len(), accepted), (1, 4), "what was off under its old name was not accepted: {told:?}");
}

#[test]
fn what_could_not_be_read_then_holds_nothing() {
    let folder = Folder::with(&[("b.md", SWAPPED)]);
    folder.write("a.md", b"caf\xe9");
    folder.git(&["init", "-q"]);
    folder.commit();
    folder.write("a.md", SWAPPED);
    assert_eq!(since(&folder, "", &["HEAD"]), new(&[&format!("a.md {NEW}")], 1));
}

#[test]
fn revisions_that_are_none() {
    let folder = history();
    for revision in ["v9", "HEAD~7", "", "care/knee.md", "-x", "HEAD:care"] {
        let ran = folder.run(&["check", &format!("--baseline-from={revision}")]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{revision}");
        let expected = format!("--baseline-from: git knows no revision “{revision}”");
        assert!(ran.err.contains(&expected), "{revision}: {}", ran.err);
    }
    let unborn = Folder::with(&[("a.md", SWAPPED)]);
    unborn.git(&["init", "-q"]);
    assert_eq!(unborn.run(&["check", "--baseline-from", "HEAD"]).status, Some(2));
}

#[test]
fn nothing_is_written() {
    let folder = history();
    folder.write("care/knee.md", format!("{KNEE}\n{SWAPPED}"));
    let before =
        (folder.git(&["status", "--porcelain"]), folder.git(&["count-objects"]), folder.git(&["stash", "list"]));
    for args in [&["--baseline-from", "HEAD"][..], &["--changed"], &["--staged"]] {
        folder.run(&[&["check"], args].concat());
        let after =
            (folder.git(&["status", "--porcelain"]), folder.git(&["count-objects"]), folder.git(&["stash", "list"]));
        assert_eq!(after, before, "{args:?}");
    }
}
