//! Names with blanks, line ends, quotation marks, colours and bytes that are no text: told in one line, fixed, and put into patches that git
//! applies.

use super::{FAULTY, FIXED, WARNING};
use crate::folder::{Folder, texts};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

const ODD: &[&str] = &[
    "two words.md",
    "line\nbreak.md",
    "tab\there.md",
    "quote\"d.md",
    "back\\slash.md",
    "red\u{1b}[31m.md",
    "-o.md",
    "ünï 頭.md",
    "::error::x.md",
    "a\n::error::x.md",
    "a%0Ab,c:d.md",
    " blank at both ends .md",
];

/// No line begins or ends within a name, and nothing steers a terminal.
fn is_tame(text: &str) -> bool {
    text.lines().all(|line| line.starts_with("medlint: ") || line.contains(".md:") || line.is_empty())
        && !text.contains('\u{1b}')
}

#[test]
fn every_name_is_read_and_told_in_one_line() {
    for name in ODD {
        let folder = Folder::with(&[(name, WARNING)]);
        let report = folder.json(&[]);
        assert_eq!(texts(&report["diagnostics"], "path"), [*name]);
        let ran = folder.run(&["check", "-o", "concise"]);
        assert_eq!((ran.status, ran.out.lines().count()), (Some(1), 1), "{name:?}: {}", ran.out);
        assert!(is_tame(&ran.out), "{:?}", ran.out);
        let ran = folder.run(&["check"]);
        assert!(!ran.out.contains('\u{1b}') && !ran.out.lines().any(|line| line.starts_with("::")), "{:?}", ran.out);
    }
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    for name in ODD {
        let folder = Folder::with(&[(name, "\0")]);
        for args in [&["check", "-o", "concise"][..], &["baseline"], &["timeline"], &["facts"]] {
            let ran = folder.run(args);
            assert_eq!(ran.status, Some(2), "{name:?}");
            assert!(ran.err.contains("not UTF-8 text"), "{args:?}: {}", ran.err);
            let told = ran.err.lines().filter(|line| !line.contains("nothing to check"));
            assert_eq!(told.count(), 1, "{args:?}: {:?}", ran.err);
            assert!(is_tame(&ran.err), "{args:?}: {:?}", ran.err);
        }
    }
}

#[test]
fn statements_are_listed_under_every_name() {
    for name in ODD {
        let folder = Folder::with(&[(
            name,
            "# Microneedling for scars\n\nThe session takes 15 minutes. Bring a hat for the way home.\n",
        )]);
        let ran = folder.run(&["timeline"]);
        assert!(
            ran.status == Some(0) && ran.out.lines().next().is_some_and(|line| line.ends_with(".md")),
            "{:?}",
            ran.out
        );
        let draft = folder.run(&["facts"]).out;
        assert!(!draft.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{draft:?}");
        let read: toml::Table = draft.parse().unwrap_or_else(|e| panic!("{name:?}: {e}\n{draft}"));
        assert!(read.contains_key("fact"), "{draft}");
    }
}

#[test]
fn every_name_is_fixed_and_patched() {
    for name in ODD {
        let folder = Folder::with_history(&[(name, FAULTY)]);
        let ran = folder.run(&["check", "--diff"]);
        folder.write("fixes.patch", &ran.out);
        folder.git(&["apply", "fixes.patch"]);
        assert_eq!(folder.read(name), FIXED, "{name:?}: {}", ran.out);
        folder.write(name, FAULTY);
        let ran = folder.run(&["check", "--fix", "-q"]);
        assert_eq!((ran.status, folder.read(name).as_str()), (Some(0), FIXED), "{name:?}: {}", ran.err);
    }
}

#[test]
fn a_name_that_is_no_text_is_told_and_the_rest_is_read() {
    let bad = OsStr::from_bytes(b"bad\xff.md");
    let folder = Folder::with(&[("a.md", WARNING)]);
    fs::write(folder.path("").join(bad), WARNING).unwrap();
    let list = b"bad\xff.md\0a.md\0";
    let ways: [(&[&str], &[u8]); 4] =
        [(&["."], b""), (&["--files-from", "-"], list), (&["--files-from", "-"], b"a.md\nbad\xff.md\n"), (&[], b"")];
    for (args, input) in ways {
        let ran = folder.run_with(&[&["check", "-o", "json"], args].concat(), input);
        assert_eq!(ran.status, Some(2), "{args:?}");
        let report = ran.json();
        assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"], "{args:?}");
        let unreadable = &report["summary"]["unreadable"];
        assert_eq!(
            (texts(unreadable, "path"), texts(unreadable, "reason")),
            (vec!["bad\u{fffd}.md".into()], vec!["its name is not UTF-8".into()])
        );
    }
    let mut command = folder.command(&["check", "-o", "json", "a.md"]);
    command.arg(bad).stdin(Stdio::piped());
    let ran = Folder::end(&mut command, b"");
    assert_eq!((ran.status, texts(&ran.json()["diagnostics"], "path").len()), (Some(2), 1));
}

#[test]
fn a_folder_whose_name_is_no_text_is_no_obstacle() {
    let folder = Folder::with(&[]);
    let inner = folder.path("").join(OsStr::from_bytes(b"in\xffner"));
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("a.md"), WARNING).unwrap();
    fs::write(inner.join("medlint.toml"), "fail-on = \"error\"\n").unwrap();
    let mut command = folder.command(&["check", "-o", "concise"]);
    command.current_dir(&inner);
    let ran = Folder::end(&mut command, b"");
    assert_eq!((ran.status, ran.out.starts_with("a.md:3:1 ")), (Some(0), true), "{}{}", ran.out, ran.err);
}
