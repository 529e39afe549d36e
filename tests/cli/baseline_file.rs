//! The baseline as a file: what it holds and keeps, where it lies, how it is merged, and what is told of a broken one.

use crate::baseline::{EYE, KNEE, accepted, gone, news};
use crate::folder::{Folder, texts, told};
use std::fs;

const CHECK: [&str; 4] = ["check", "-o", "json", "--baseline"];
const PHRASE: &str = "Who would certainly've slept?\n";

/// The lines of the file that hold findings, each as `article rule count`.
fn lines(folder: &Folder) -> Vec<String> {
    let text = folder.read("medlint.baseline");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let parts = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    parts.map(|parts| format!("{} {} {}", parts[0], parts[1], parts[3])).collect()
}

#[test]
fn one_finding_a_line_in_order() {
    let folder = accepted();
    let expected = [
        "care/cold.md duplicate/article 1",
        "care/eye.md duplicate/sentence 1",
        "care/knee.md duplicate/heading 1",
        "care/knee.md duplicate/passage 1",
        "care/knee.md residue/page-chrome 1",
        "care/knee.md spun/contraction 1",
    ];
    assert_eq!(lines(&folder), expected);
    let text = folder.read("medlint.baseline");
    assert!(text.starts_with("# medlint baseline 1\n") && text.ends_with("certainly've\n"), "{text}");
}

#[test]
fn the_same_bytes_however_it_is_written() {
    let folder = accepted();
    let text = folder.read("medlint.baseline");
    for args in [&["-j1"][..], &["-j8"], &["care"], &["care/knee.md", "care/eye.md"], &["--prune"], &["-q"]] {
        let ran = folder.run(&[&["baseline"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(0), "medlint.baseline: 6 findings accepted\n"), "{args:?}");
        assert_eq!(folder.read("medlint.baseline"), text, "{args:?}");
    }
    folder.remove("medlint.baseline");
    folder.run(&["baseline", "-j8"]);
    assert_eq!(folder.read("medlint.baseline"), text);
    assert!(!folder.path("medlint.baseline.new").exists());
}

#[test]
fn a_part_of_the_tree_or_of_the_rules_keeps_the_other_entries() {
    let folder = accepted();
    let before = folder.read("medlint.baseline");
    folder.edit("care/eye.md", "Blink", "Many likely've heard it. Blink");
    folder.edit("care/knee.md", "Leave a comment\n\n", "");
    for args in [&["care/cold.md"][..], &["--select", "duplicate"], &["--ignore", "spun,residue"]] {
        assert_eq!(folder.run(&[&["baseline"], args].concat()).status, Some(0));
        assert_eq!(folder.read("medlint.baseline"), before, "{args:?}");
    }
    folder.run(&["baseline", "care/eye.md"]);
    assert_eq!(lines(&folder).len(), 7, "one more, and none less");
    folder.run(&["baseline", "--select", "residue"]);
    assert_eq!(lines(&folder).len(), 6, "{:?}", lines(&folder));
    folder.remove("care/cold.md");
    folder.run(&["baseline", "care/eye.md"]);
    assert_eq!(lines(&folder).len(), 5, "an article that is gone is gone wherever one looks");
}

#[test]
fn only_what_was_looked_for_can_be_gone() {
    let folder = accepted();
    let said = |args: &[&str]| gone(&folder.run(&[&CHECK[..], &["medlint.baseline"], args].concat()));
    for args in [&["--select", "spun"][..], &["--ignore", "duplicate"], &["care/eye.md"], &["care/knee.md"]] {
        assert_eq!(said(args), 0, "{args:?}");
    }
    folder.write("care/knee.md", "# Knee pain\n\nRest.\n");
    let table = [(&["--select", "spun"][..], 1), (&["--select", "duplicate"], 2), (&["care/eye.md"], 0), (&[], 4)];
    for (args, count) in table {
        assert_eq!(said(args), count, "{args:?}");
    }
    assert_eq!(said(&["-q"]), 0, "nothing but findings");
    folder.write("care/knee.md", b"\xff");
    assert_eq!(news(&folder).2, 0, "nobody knows what a file holds that cannot be read");
}

#[test]
fn pruning_accepts_nothing() {
    let folder = accepted();
    let before = folder.read("medlint.baseline");
    folder.write("new.md", PHRASE);
    assert_eq!(folder.run(&["baseline", "--prune"]).out, "medlint.baseline: 6 findings accepted\n");
    assert_eq!(folder.read("medlint.baseline"), before);
    folder.rename("care", "body");
    folder.run(&["baseline", "--prune"]);
    assert_eq!(folder.read("medlint.baseline"), before.replace("care/", "body/"), "entries follow their articles");
    assert_eq!(folder.run(&["baseline"]).out, "medlint.baseline: 7 findings accepted (1 new)\n");
    let empty = Folder::with(&[("a.md", PHRASE)]);
    let ran = empty.run(&["baseline", "--prune"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("medlint.baseline") && !empty.path("medlint.baseline").exists(), "{}", ran.err);
}

#[test]
fn suppressed_findings_need_no_accepting() {
    let folder = Folder::with(&[("a.md", "<!-- medlint allow: spun -->\nWho would certainly've slept?\n")]);
    assert_eq!(folder.run(&["baseline"]).out, "medlint.baseline: 0 findings accepted\n");
    assert!(lines(&folder).is_empty());
    assert_eq!(news(&folder), (vec![], 0, 0), "an empty baseline is a baseline");
    folder.write("a.md", PHRASE);
    assert_eq!(news(&folder), (vec!["a.md error spun/contraction".to_owned()], 0, 0));
}

#[test]
fn paths_start_from_the_folder_of_the_file() {
    let folder = accepted();
    let text = folder.read("medlint.baseline");
    for (place, file) in [("care", "../medlint.baseline"), ("", "care/../medlint.baseline"), ("", "./medlint.baseline")]
    {
        let report = folder.run_in(place, &[&CHECK[..], &[file]].concat()).json();
        assert_eq!((told(&report), report["summary"]["baselined"].as_u64()), (vec![], Some(6)), "{place} {file}");
    }
    let whole = folder.path("medlint.baseline");
    let whole = whole.to_str().expect("a name");
    assert_eq!(folder.run_in("care", &["check", "--baseline", whole]).status, Some(0));
    folder.run_in("care", &["baseline", "--baseline", "../medlint.baseline"]);
    assert_eq!(folder.read("medlint.baseline"), text, "written from below");
    folder.write("medlint.toml", "");
    let ran = folder.run_in("care", &["baseline"]);
    assert_eq!(ran.out, "../medlint.baseline: 6 findings accepted\n", "beside the settings");
    fs::create_dir(folder.path("ci")).expect("a folder");
    folder.run(&["baseline", "--baseline", "ci/known.baseline"]);
    assert_eq!(folder.read("ci/known.baseline"), text.replace("\ncare/", "\n../care/"));
    assert_eq!(folder.run(&["check", "--baseline", "ci/known.baseline"]).status, Some(0));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folder_makes_no_difference() {
    let folder = accepted();
    std::os::unix::fs::symlink(folder.path(""), folder.path("link")).expect("a link");
    let ran = folder.run(&["check", "--baseline", "link/medlint.baseline"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    let before = folder.read("medlint.baseline");
    folder.run(&["baseline", "--baseline", "link/medlint.baseline"]);
    assert_eq!(folder.read("medlint.baseline"), before);
}

#[test]
fn names_of_articles_may_be_odd() {
    let names = ["#1 ü.md", "100%.md", "%41.md", "two  words.md", "-x.md", "a\"b'.md", "a\tb.md", "line\nbreak.md"];
    let folder = Folder::with(&names.map(|name| (name, PHRASE)));
    folder.run(&["baseline"]);
    assert_eq!(folder.read("medlint.baseline").lines().count(), 3 + names.len());
    assert_eq!(news(&folder), (vec![], names.len() as u64, 0));
    folder.remove("#1 ü.md");
    assert_eq!(news(&folder), (vec![], names.len() as u64 - 1, 1));
}

#[test]
fn a_missing_file_is_an_error() {
    let folder = Folder::with(&[("a.md", PHRASE), ("sub/b.md", PHRASE)]);
    for file in ["gone.baseline", "sub", "no/such/folder/x"] {
        let ran = folder.run(&["check", "--baseline", file]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{file}");
        assert!(ran.err.contains(file) && ran.err.contains("`medlint baseline`"), "{}", ran.err);
    }
    assert_eq!(folder.run(&["baseline", "--baseline", "no/such/folder/x"]).status, Some(2));
    let ran = folder.run(&["baseline", "gone.md"]);
    assert_eq!((ran.status, folder.path("medlint.baseline").exists()), (Some(2), false), "{}", ran.err);
    assert!(ran.err.contains("gone.md"), "{}", ran.err);
}

#[test]
fn nothing_to_accept() {
    let folder = Folder::with(&[("a.rs", "")]);
    let ran = folder.run(&["baseline"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("nothing to check"), "{}", ran.err);
    let ran = folder.run(&["baseline", "--allow-empty"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, "medlint.baseline: 0 findings accepted\n");
}

#[test]
fn a_broken_file_is_told_at_its_place() {
    let folder = accepted();
    let good = folder.read("medlint.baseline");
    let after = |line: &str| format!("{good}{line}\n");
    let table = [
        (after("<<<<<<< HEAD"), "10:1", "merge"),
        (after("care/knee.md spun/contraction"), "10:1", "six parts"),
        (good.replace("\t1\t-\tLeave", "\tmany\t-\tLeave"), "8:", "count"),
        (good.replace("spun/contraction\t", "spun/contraction\tx"), "9:", "fingerprint"),
        (good.replace("baseline 1\n", "baseline 7\n"), "1:1", "another version"),
        ("[rule]\n".to_owned(), "1:1", "no baseline"),
        (String::new(), "1:1", "empty"),
    ];
    for (text, place, reason) in table {
        folder.write("medlint.baseline", text);
        for command in [&["check", "--baseline", "medlint.baseline"][..], &["baseline"], &["baseline", "--prune"]] {
            let before = folder.read("medlint.baseline");
            let ran = folder.run(command);
            assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{reason}");
            let told = ran.err.contains(&format!("medlint.baseline:{place}")) && ran.err.contains(reason);
            assert!(told, "{place} {reason}: {}", ran.err);
            assert_eq!(folder.read("medlint.baseline"), before, "nothing is lost");
        }
    }
    folder.write("medlint.baseline", after("one\ntwo"));
    let ran = folder.run(&["check", "--baseline", "medlint.baseline"]);
    assert_eq!(ran.err.matches("six parts").count(), 2, "every line is told: {}", ran.err);
}

#[test]
fn lines_of_people_and_of_windows() {
    let folder = accepted();
    let text = folder.read("medlint.baseline");
    let table = [
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        format!("{text}\n# accepted in May\n\n"),
        text.trim_end().to_owned(),
        format!("{text}{}", text.lines().last().expect("a line")),
    ];
    for text in table {
        folder.write("medlint.baseline", &text);
        assert_eq!(news(&folder), (vec![], 6, 0), "{text:?}");
    }
    let reversed: Vec<&str> = text.lines().skip(3).collect::<Vec<_>>().into_iter().rev().collect();
    folder.write("medlint.baseline", format!("# medlint baseline 1\n{}\n", reversed.join("\n")));
    assert_eq!(news(&folder), (vec![], 6, 0), "any order");
    folder.run(&["baseline"]);
    assert_eq!(folder.read("medlint.baseline"), text, "written anew it is in order again");
}

/// Two branches that accept the findings of their own new article, merged; the file has an entry before, between or behind.
fn merged(ours: &str, theirs: &str) -> Folder {
    let folder = Folder::with_history(&[("knee.md", KNEE)]);
    folder.run(&["baseline"]);
    folder.commit();
    let accept = |branch: &str, name: &str| {
        folder.git(&["checkout", "-q", "-b", branch, "main"]);
        folder.write(name, EYE);
        folder.run(&["baseline"]);
        folder.commit();
    };
    accept("theirs", theirs);
    accept("ours", ours);
    let ran = folder.try_git(&["merge", "-q", "theirs", "-m", "both"]);
    let is_clean = ran.status == Some(0);
    assert_eq!(is_clean, (ours < "knee.md") != (theirs < "knee.md"), "{}", ran.out);
    folder
}

#[test]
fn two_branches_that_accept_findings_merge() {
    let folder = merged("a.md", "z.md");
    // What both added is one article.
    let copy = |name: &str| vec![format!("{name} error duplicate/copied-article")];
    assert_eq!(news(&folder), (copy("z.md"), 6, 0), "far apart");
    let folder = merged("a.md", "b.md");
    let ran = folder.run(&["check", "--baseline", "medlint.baseline"]);
    assert_eq!((ran.status, ran.err.matches("a merge left its marks").count()), (Some(2), 3), "{}", ran.err);
    let text = folder.read("medlint.baseline");
    let both = text.lines().filter(|line| !["<<<", "===", ">>>"].iter().any(|mark| line.starts_with(mark)));
    folder.write("medlint.baseline", both.map(|line| format!("{line}\n")).collect::<String>());
    assert_eq!(news(&folder), (copy("b.md"), 6, 0), "the lines of both sides");
    folder.write(".gitattributes", "*.baseline merge=union\n");
    folder.write("medlint.baseline", text);
    folder.git(&["checkout", "-q", "-m", "--", "medlint.baseline"]);
    assert_eq!(news(&folder), (copy("b.md"), 6, 0), "as git joins them where it is told to");
}

#[test]
fn the_summary_counts_what_is_left_out() {
    let folder = accepted();
    folder.write("a.md", PHRASE);
    let ran = folder.run(&["check", "--baseline", "medlint.baseline"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.contains("6 in the baseline"), "{}", ran.out);
    let report = folder.run(&[&CHECK[..], &["medlint.baseline"]].concat()).json();
    assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"]);
    assert_eq!((&report["summary"]["baselined"], &report["summary"]["errors"]), (&6.into(), &1.into()));
}
