//! The page that comes with annotations where a job on GitHub names a file for it.

use crate::WARNING;
use crate::folder::{Folder, Ran};
use std::fs;

/// A run in a job whose summary is this file.
fn run(folder: &Folder, summary: &str, args: &[&str]) -> Ran {
    let output = folder.command(&[&["check"], args].concat()).env("GITHUB_STEP_SUMMARY", summary).output();
    let output = output.expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn annotations_come_with_a_page_behind_what_stands_there() {
    let folder = Folder::with(&[("a.md", WARNING), ("summary.html", "Built.\n")]);
    let ran = run(&folder, "summary.html", &["-o", "github", "a.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.starts_with("::warning title=residue/page-chrome,file=a.md,line=3,"), "{}", ran.out);
    let page = folder.run(&["check", "-o", "markdown", "a.md"]).out;
    let read = || fs::read_to_string(folder.path("summary.html")).expect("it is there");
    assert_eq!(read(), format!("Built.\n{page}"));
    run(&folder, "summary.html", &["-o", "json=all.json", "-o", "github=annotations.txt", "a.md"]);
    assert_eq!(read(), format!("Built.\n{page}{page}"));
}

#[test]
fn no_other_format_writes_it() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    for args in [&["a.md"][..], &["-o", "markdown", "a.md"], &["-o", "concise", "-o", "sarif=x.sarif", "a.md"]] {
        assert_eq!(run(&folder, "summary.html", args).status, Some(1));
        assert!(!folder.path("summary.html").exists(), "{args:?}");
    }
    let ran = run(&folder, "", &["-o", "github", "a.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""), "an empty name is none");
}

#[test]
fn a_page_that_cannot_be_written_is_trouble_after_the_annotations() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let ran = run(&folder, "no/such/folder/summary.html", &["-o", "github", "a.md"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.out.starts_with("::warning ") && ran.err.contains("no/such/folder/summary.html"), "{}", ran.err);
}

#[test]
fn in_a_job_annotations_and_the_page_come_by_themselves_behind_the_log() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let job = |args: &[&str], value: &str| {
        let mut command = folder.command(&[&["check", "a.md"], args].concat());
        command.env("GITHUB_ACTIONS", value).env("GITHUB_STEP_SUMMARY", "summary.html");
        Folder::end(&mut command, b"")
    };
    let (pretty, annotations) =
        (folder.run(&["check", "a.md"]).out, folder.run(&["check", "a.md", "-o", "github"]).out);
    let ran = job(&[], "true");
    assert_eq!((ran.status, ran.out), (Some(1), format!("{pretty}{annotations}")));
    assert_eq!(folder.read("summary.html"), folder.run(&["check", "a.md", "-o", "markdown"]).out);
    folder.remove("summary.html");
    assert_eq!(job(&[], "false").out, pretty, "no job on GitHub");
    let explicit = folder.run(&["check", "a.md", "-o", "concise"]).out;
    assert_eq!(job(&["-o", "concise"], "true").out, explicit, "who asks for a format gets that one");
    assert!(!folder.path("summary.html").exists());
}
