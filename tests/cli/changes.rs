//! `--changed`: findings on lines that differ from a revision, in repositories of every shape and with odd settings of git.

use crate::baseline::{KNEE, cold};
use crate::folder::{Folder, told};
use std::fs;

/// Two paragraphs with a swapped contraction each, ten lines apart.
const TWO: &str = "# Sleep\n\nMany certainly've slept badly.\n\n1. Rest.\n2. Read.\n3. Walk.\n4. Eat.\n\nSome likely've slept well.\n";
const SWAPPED: &str = "Most surely've heard of it.\n";

/// The findings of a run as `path line`.
fn lines_told(folder: &Folder, place: &str, args: &[&str]) -> Vec<String> {
    let ran = folder.run_in(place, &[&["check", "-o", "json"], args].concat());
    assert_eq!(ran.err, "", "{args:?}");
    let report = ran.json();
    let all = report["diagnostics"].as_array().expect("a list").iter();
    all.map(|d| format!("{} {}", d["path"].as_str().expect("a path"), d["start"]["line"])).collect()
}

fn changed(folder: &Folder) -> Vec<String> {
    lines_told(folder, "", &["--changed"])
}

#[test]
fn findings_on_changed_lines_alone() {
    let folder = Folder::with_history(&[("a.md", TWO), ("b.md", TWO)]);
    assert_eq!(changed(&folder), [""; 0], "nothing changed");
    assert_eq!(folder.run(&["check", "--changed"]).status, Some(0));
    folder.edit("a.md", "slept badly", "slept too little");
    assert_eq!(changed(&folder), ["a.md 3"]);
    let ran = folder.run(&["check", "--changed"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("3 on lines that did not change"), "{}", ran.out);
    folder.git(&["add", "a.md"]);
    assert_eq!(changed(&folder), ["a.md 3"], "staged or not");
    folder.commit();
    assert_eq!(changed(&folder), [""; 0]);
    assert_eq!(lines_told(&folder, "", &["--changed", "HEAD~1"]), ["a.md 3"]);
    folder.edit("b.md", "# Sleep", "# Sleep\n\nIt is early.");
    assert_eq!(changed(&folder), [""; 0], "moved lines did not change");
    folder.write("new folder/c.md", SWAPPED);
    assert_eq!(changed(&folder), ["new folder/c.md 1"], "what git does not track is new");
    folder.write(".gitignore", "d.md\n");
    folder.write("d.md", SWAPPED);
    assert_eq!(
        lines_told(&folder, "", &["--changed", "--", "d.md"]),
        ["d.md 1"],
        "even what it ignores, when it is named"
    );
    folder.write("e.md", SWAPPED);
    folder.git(&["add", "-N", "e.md"]);
    assert_eq!(changed(&folder), ["e.md 1", "new folder/c.md 1"], "announced");
}

#[test]
fn a_finding_stays_when_any_of_its_places_is_touched() {
    type Edit = fn(&Folder);
    let table: [(&str, Edit, &[&str]); 11] = [
        ("the first telling", |f| replace_first(f, "sore side", "sore  side"), &["passage"]),
        ("the second telling", |f| replace_last(f, "sore side", "sore  side"), &["passage"]),
        ("the first heading", |f| replace_first(f, "## What helps first", "### What helps first"), &["heading"]),
        ("the second heading", |f| replace_last(f, "## What helps first", "##  What helps first"), &["heading"]),
        ("between them", |f| f.edit("a.md", "on flat ground", "on level ground"), &["contraction"]),
        ("the line before", |f| f.edit("a.md", "\nLeave", "Drink.\n\nLeave"), &[]),
        ("a line before is gone", |f| f.edit("a.md", "## How to begin again\n\n", ""), &[]),
        ("the line behind is gone", |f| f.edit("a.md", "Leave a comment\n\n", "Leave a comment\n"), &[]),
        ("the first copy of a pair is new", |f| f.edit("b.md", "# A cold", "# One cold"), &[]),
        ("any line of an article pasted twice", |f| f.edit("b.md", "Salt water", "Salted water"), &["article"]),
        (
            "a line of the second pasting",
            |f| {
                let text = f.read("b.md");
                let at = text.rfind("Do this").expect("a sentence");
                f.write("b.md", format!("{}So do this{}", &text[..at], &text[at + "Do this".len()..]));
            },
            &["article"],
        ),
    ];
    let mut wrong = Vec::new();
    for (what, edit, expected) in table {
        let folder = Folder::with_history(&[("a.md", KNEE), ("b.md", &cold())]);
        edit(&folder);
        let found = told(&folder.json(&["--changed"]));
        let found: Vec<&str> = found.iter().filter_map(|finding| finding.rsplit(['/', '-']).next()).collect();
        if found != expected {
            wrong.push(format!("{what}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn replace_first(folder: &Folder, from: &str, to: &str) {
    folder.write("a.md", folder.read("a.md").replacen(from, to, 1));
}

fn replace_last(folder: &Folder, from: &str, to: &str) {
    let text = folder.read("a.md");
    let (before, after) = text.split_at(text.rfind(from).expect("it"));
    folder.write("a.md", format!("{before}{}", after.replacen(from, to, 1)));
}

#[test]
fn a_deletion_inside_a_finding_touches_it() {
    let wrapped = KNEE.replace("ten minutes. Wait", "ten minutes.\nAsk a friend.\nWait");
    let folder = Folder::with_history(&[("a.md", &wrapped)]);
    folder.edit("a.md", "Ask a friend.\n", "");
    assert_eq!(changed(&folder), ["a.md 20"]);
}

#[test]
fn before_the_first_commit_all_is_new() {
    let folder = Folder::with(&[("a.md", TWO), ("b.md", SWAPPED)]);
    folder.git(&["init", "-q"]);
    assert_eq!(changed(&folder), ["a.md 3", "a.md 10", "b.md 1"], "nothing is tracked");
    folder.git(&["add", "a.md"]);
    assert_eq!(changed(&folder), ["a.md 3", "a.md 10", "b.md 1"]);
    let ran = folder.run(&["check", "--changed", "HEAD~1"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("git knows no revision “HEAD~1”"), "{}", ran.err);
}

#[test]
fn renames_are_followed() {
    let folder = Folder::with_history(&[("a.md", TWO)]);
    folder.git(&["mv", "a.md", "b.md"]);
    assert_eq!(changed(&folder), [""; 0], "only the name is new");
    folder.edit("b.md", "slept well", "slept enough");
    assert_eq!(changed(&folder), ["b.md 10"]);
    folder.git(&["commit", "-qam", "renamed"]);
    assert_eq!(lines_told(&folder, "", &["--changed", "HEAD~1"]), ["b.md 10"]);
    folder.remove("b.md");
    folder.write("c.md", "Rest.\n");
    assert_eq!(changed(&folder), [""; 0], "an article is gone");
}

#[test]
fn from_a_folder_of_the_repository() {
    let folder = Folder::with_history(&[("a.md", TWO), ("sub/deep/b.md", TWO), ("sub/c.md", SWAPPED)]);
    folder.edit("a.md", "slept badly", "slept too little");
    folder.edit("sub/deep/b.md", "slept well", "slept enough");
    assert_eq!(lines_told(&folder, "sub", &["--changed"]), ["deep/b.md 10"]);
    assert_eq!(
        lines_told(&folder, "sub/deep", &["--changed", "HEAD", "..", "../../a.md"]),
        ["../../a.md 3", "b.md 10"]
    );
    let outside = Folder::with(&[("x.md", SWAPPED)]);
    let path = outside.path("x.md");
    let ran = folder.run_in("sub", &["check", "--changed", "HEAD", path.to_str().expect("a name")]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("x.md lies outside the git repository .."), "{}", ran.err);
}

#[test]
fn in_a_linked_work_tree() {
    let folder = Folder::with_history(&[("main/a.md", TWO)]);
    folder.git(&["worktree", "add", "-q", "-b", "other", "linked"]);
    folder.edit("linked/main/a.md", "slept badly", "slept too little");
    assert_eq!(lines_told(&folder, "linked", &["--changed"]), ["main/a.md 3"]);
    assert_eq!(lines_told(&folder, "linked/main", &["--changed", "main"]), ["a.md 3"]);
}

#[test]
fn in_a_shallow_clone() {
    let folder = Folder::with_history(&[("full/a.md", TWO)]);
    folder.edit("full/a.md", "slept badly", "slept too little");
    folder.commit();
    folder.git(&["tag", "v2"]);
    folder.edit("full/a.md", "slept well", "slept enough");
    folder.commit();
    let address = format!("file://{}", folder.path("").display());
    let clone = Folder::with(&[]);
    clone.git(&["clone", "-q", "--depth", "1", &address, "copy"]);
    let ran = clone.run_in("copy", &["check", "--changed", "HEAD~1"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("HEAD~1") && ran.err.contains("shallow") && ran.err.contains("fetch"), "{}", ran.err);
    clone.git(&["-C", "copy", "fetch", "-q", "--depth", "1", "origin", "tag", "v2"]);
    assert_eq!(lines_told(&clone, "copy", &["--changed", "v2"]), ["full/a.md 10"], "without a common history");
    assert_eq!(lines_told(&clone, "copy", &["--changed"]), [""; 0]);
}

#[test]
fn what_others_did_meanwhile_is_not_told() {
    let folder = Folder::with_history(&[("a.md", TWO), ("b.md", TWO)]);
    folder.git(&["checkout", "-q", "-b", "feature"]);
    folder.edit("a.md", "slept badly", "slept too little");
    folder.commit();
    folder.git(&["checkout", "-q", "main"]);
    folder.edit("b.md", "certainly've slept badly", "slept badly");
    folder.commit();
    folder.git(&["checkout", "-q", "feature"]);
    assert_eq!(lines_told(&folder, "", &["--changed", "main"]), ["a.md 3"], "b.md is as it was when the branch began");
    folder.edit("b.md", "slept well", "slept enough");
    assert_eq!(lines_told(&folder, "", &["--changed", "main"]), ["a.md 3", "b.md 10"]);
}

#[test]
fn a_revision_or_a_path() {
    let folder = Folder::with_history(&[("a.md", TWO), ("b.md", TWO)]);
    folder.edit("a.md", "slept badly", "slept too little");
    folder.edit("b.md", "slept badly", "slept too little");
    let table: [(&[&str], &[&str]); 9] = [
        (&["--changed"], &["a.md 3", "b.md 3"]),
        (&["--changed", "a.md"], &["a.md 3"]),
        (&["--changed", "a.md", "b.md"], &["a.md 3", "b.md 3"]),
        (&["--changed", "HEAD", "b.md"], &["b.md 3"]),
        (&["--changed=HEAD", "b.md"], &["b.md 3"]),
        (&["b.md", "--changed", "HEAD"], &["b.md 3"]),
        (&["b.md", "--changed"], &["b.md 3"]),
        (&["--changed", "--select", "spun", "b.md"], &["b.md 3"]),
        (&["--changed", "--", "b.md"], &["b.md 3"]),
    ];
    for (args, expected) in table {
        assert_eq!(lines_told(&folder, "", args), expected, "{args:?}");
    }
    folder.git(&["branch", "a.md"]);
    assert_eq!(lines_told(&folder, "", &["--changed", "a.md"]), ["a.md 3", "b.md 3"], "a revision comes first");
    for (args, told) in [(&["--changed", "mian"][..], "“mian”"), (&["--changed="], "“”"), (&["--changed=-x"], "“-x”")]
    {
        let ran = folder.run(&[&["check"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.contains(&format!("--changed: git knows no revision {told}")), "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_may_be_odd() {
    let names =
        ["two words/ü.md", "a\"b.md", "line\nbreak/c.md", "-d.md", " e .md", "tab\tf.md", "b/g.md", "100%\\n.md"];
    let folder = Folder::with_history(&names.map(|name| (name, TWO)));
    let mut expected = names.map(|name| format!("{name} 3"));
    expected.sort();
    names.iter().for_each(|name| folder.edit(name, "slept badly", "slept too little"));
    for quoted in ["true", "false"] {
        folder.git(&["config", "core.quotePath", quoted]);
        assert_eq!(changed(&folder), expected, "{quoted}");
    }
}

#[test]
fn settings_of_git_change_nothing() {
    let settings = [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.srcPrefix", "x/"),
        ("color.diff", "always"),
        ("color.ui", "always"),
        ("core.quotePath", "false"),
        ("diff.renames", "copies"),
        ("diff.renames", "false"),
        ("diff.external", "false"),
        ("diff.relative", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.algorithm", "patience"),
        ("diff.suppressBlankEmpty", "true"),
        ("diff.wsErrorHighlight", "all"),
        ("diff.submodule", "log"),
        ("core.autocrlf", "true"),
        ("core.autocrlf", "input"),
        ("core.pager", "false"),
        ("status.relativePaths", "false"),
        ("diff.upper.textconv", "false"),
        ("i18n.logOutputEncoding", "latin1"),
    ];
    for (name, value) in settings {
        let folder = Folder::with_history(&[("ü.md", TWO), ("sub/b.md", TWO), (".gitattributes", "*.md diff=upper\n")]);
        folder.git(&["config", name, value]);
        folder.edit("ü.md", "slept badly", "slept too little");
        folder.git(&["mv", "sub/b.md", "sub/c.md"]);
        folder.edit("sub/c.md", "slept well", "slept enough");
        assert_eq!(changed(&folder), ["sub/c.md 10", "ü.md 3"], "{name} = {value}");
        assert_eq!(lines_told(&folder, "sub", &["--changed"]), ["c.md 10"], "{name} = {value}");
    }
}

#[test]
fn line_ends_of_windows_are_no_change() {
    let folder = Folder::with_history(&[("a.md", TWO)]);
    folder.git(&["config", "core.autocrlf", "true"]);
    folder.write("a.md", TWO.replace('\n', "\r\n"));
    assert_eq!(changed(&folder), [""; 0]);
    folder.edit("a.md", "slept well", "slept enough");
    assert_eq!(changed(&folder), ["a.md 10"]);
    assert_eq!(lines_told(&folder, "", &["--staged"]), [""; 0]);
}

#[test]
fn what_git_takes_for_binary_has_lines_too() {
    let folder = Folder::with_history(&[("a.md", TWO), (".gitattributes", "*.md -diff\n")]);
    folder.edit("a.md", "slept badly", "slept too little");
    assert_eq!(changed(&folder), ["a.md 3"]);
}

#[test]
fn what_the_environment_asks_of_git_changes_nothing() {
    let folder = Folder::with_history(&[("a.md", TWO)]);
    folder.edit("a.md", "slept badly", "slept too little");
    for (name, value) in
        [("GIT_DIFF_OPTS", "--unified=20"), ("GIT_EXTERNAL_DIFF", "false"), ("GIT_TRACE", "1"), ("LC_ALL", "de_DE")]
    {
        let mut command = folder.command(&["check", "-o", "concise", "--changed"]);
        let ran = Folder::end(command.env(name, value), b"");
        assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""), "{name}: {}", ran.out);
    }
}

#[test]
fn articles_in_a_conflict() {
    let folder = Folder::with_history(&[("a.md", TWO), ("b.md", TWO)]);
    folder.git(&["checkout", "-q", "-b", "other"]);
    folder.edit("a.md", "slept badly", "slept too little");
    folder.commit();
    folder.git(&["checkout", "-q", "main"]);
    folder.edit("a.md", "slept badly", "slept for six hours");
    folder.commit();
    assert_ne!(folder.try_git(&["merge", "-q", "other"]).status, Some(0));
    let told = ["a.md 3", "a.md 6"];
    assert_eq!(
        changed(&folder),
        told,
        "the mark of the conflict, what the other side brings, and no line that both have"
    );
    assert_eq!(folder.told(&["--staged"]), [""; 0], "nothing is staged for it");
}

#[cfg(unix)]
#[test]
fn links_and_submodules_are_no_articles() {
    let inner = Folder::with_history(&[("x.md", TWO)]);
    let folder = Folder::with_history(&[("a.md", TWO)]);
    std::os::unix::fs::symlink(folder.path("a.md"), folder.path("link.md")).expect("a link");
    folder.git(&["submodule", "--quiet", "add", inner.path("").to_str().expect("a name"), "inner"]);
    assert_eq!(changed(&folder), [""; 0]);
    assert_eq!(lines_told(&folder, "", &["--staged"]), [""; 0]);
    folder.commit();
    folder.edit("inner/x.md", "slept badly", "slept too little");
    assert_eq!(changed(&folder), [""; 0], "its own repository knows what changed in it");
    assert_eq!(lines_told(&folder, "inner", &["--changed"]), ["x.md 3"]);
    assert_eq!(lines_told(&folder, "", &["--baseline-from", "HEAD", "a.md"]), [""; 0]);
}

#[test]
fn without_git_it_is_said_what_is_missing() {
    let folder = Folder::with(&[("a.md", TWO)]);
    fs::create_dir(folder.path("empty")).expect("a folder");
    for args in [&["--changed"][..], &["--changed", "HEAD"], &["--staged"], &["--baseline-from", "HEAD"]] {
        let args = [&["check"], args].concat();
        let mut command = folder.command(&args);
        let ran = Folder::end(command.env("GIT_CEILING_DIRECTORIES", folder.path("..")), b"");
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(ran.err, format!("medlint: {}: this folder lies in no git repository\n", args[1]));
        let mut command = folder.command(&args);
        let ran = Folder::end(command.env("PATH", folder.path("empty")), b"");
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(ran.err, format!("medlint: {}: git is not installed, or not on the PATH\n", args[1]));
    }
}

#[test]
fn what_git_advises_is_passed_on() {
    let folder = Folder::with_history(&[("a.md", TWO)]);
    let mut command = folder.command(&["check", "--changed"]);
    let ran = Folder::end(command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").env("GIT_TRACE", "1"), b"");
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("medlint: --changed: detected dubious ownership"), "{}", ran.err);
    assert!(ran.err.contains("safe.directory") && ran.err.lines().count() == 1, "{}", ran.err);
}

#[test]
fn options_that_exclude_each_other() {
    let folder = Folder::with_history(&[("a.md", TWO), ("b", "# medlint baseline 1\n")]);
    let table: [&[&str]; 5] = [
        &["--changed", "--staged"],
        &["-", "--stdin-filename", "a.md", "--changed"],
        &["--staged", "--stdin-filename", "a.md"],
        &["--baseline", "b", "--baseline-from", "HEAD"],
        &["--staged", "-"],
    ];
    for args in table {
        let ran = folder.run(&[&["check"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(
            ran.err.contains("--staged") || ran.err.contains("--changed") || ran.err.contains("--baseline-from"),
            "{}",
            ran.err
        );
    }
    folder.edit("a.md", "slept badly", "slept too little");
    assert_eq!(lines_told(&folder, "", &["--changed", "HEAD", "--baseline", "b"]), ["a.md 3"], "both hold");
    assert_eq!(lines_told(&folder, "", &["--changed", "--baseline-from", "HEAD"]), [""; 0]);
}
