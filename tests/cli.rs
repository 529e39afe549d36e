//! Runs the program as a user does, in folders made for the occasion: exit statuses, what is read and what is left alone,
//! where reports go, mistyped options. What single commands answer and how reports look stands in `cli/answers.rs`, the
//! commands around settings in `cli/commands.rs`, the summary of a job on GitHub in `cli/job_summary.rs`, settings in
//! `cli/settings.rs`, suppressions in `cli/suppressions.rs`, what is accepted in `cli/baseline.rs` and `cli/baseline_file.rs`, what git
//! knows in `cli/changes.rs`, `cli/staged.rs` and `cli/revisions.rs`, fixes in `cli/fixing.rs`, articles among others in
//! `cli/across.rs`, the facts of a house in `cli/facts.rs`, what is read about times in `cli/timeline.rs`.

#[path = "cli/across.rs"]
mod across;
#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/baseline.rs"]
mod baseline;
#[path = "cli/baseline_file.rs"]
mod baseline_file;
#[path = "cli/changes.rs"]
mod changes;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/facts.rs"]
mod facts;
#[path = "cli/fixing.rs"]
mod fixing;
#[path = "cli/folder.rs"]
mod folder;
#[path = "cli/job_summary.rs"]
mod job_summary;
#[path = "cli/revisions.rs"]
mod revisions;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/staged.rs"]
mod staged;
#[path = "cli/suppressions.rs"]
mod suppressions;
#[path = "cli/timeline.rs"]
mod timeline;

use folder::{Folder, texts};
use medlint::report::FORMATS;
use std::fs;
use std::io::Read;

const CLEAN: &str = "# Knee care\n\nRest the knee for two days. Then begin to walk.\n";
const INFO: &str = "Wash your hands first. Drops go into the lower lid, never straight onto the eye.\n\n\
    Wait five minutes between two kinds. Drops go into the lower lid, never straight onto the eye.\n";
const WARNING: &str = "Rest the knee for two days.\n\nLeave a comment\n";
const ERROR: &str = "Who would certainly've thought that needles help the skin?\n";
/// A rule file of a house, which reports one sentence of [`WARNING`] and [`CLEAN`].
const HOUSE_RULE: &str = r#"
id = "house/wording"
name = "wording that we do not use"
severity = "warning"
check = "phrase"
message = "“{match}” is not how we say it"
explain = "Our readers asked for plain words."
[options]
scope = "sentence"
[[phrase]]
any = ["rest the knee"]
[[bad]]
text = "Rest the knee for two days."
at = "Rest the knee"
[[good]]
text = "Put the leg up for two days."
"#;

#[test]
fn the_status_follows_severity_and_fail_on() {
    let table = [(CLEAN, [0, 0, 0, 0]), (INFO, [0, 0, 1, 0]), (WARNING, [0, 1, 1, 0]), (ERROR, [1, 1, 1, 0])];
    for (text, expected) in table {
        let folder = Folder::with(&[("a.md", text)]);
        let statuses = ["error", "warning", "info", "never"].map(|l| folder.run(&["check", "--fail-on", l]).status);
        assert_eq!(statuses, expected.map(Some), "{text}");
        assert_eq!(folder.run(&["check"]).status, Some(expected[1]), "warning is the default\n{text}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_wins_over_findings() {
    let table: [(&str, &[u8], &str); 8] = [
        ("binary.md", b"Rest\0 now", "NUL at byte 4"),
        ("latin1.md", b"caf\xe9 noir", "byte 3"),
        ("half.txt", b"caf\xc3", "byte 3"),
        ("little.md", b"\xff\xfeR\0", "UTF-16"),
        ("big.md", b"\xfe\xff\0R", "UTF-16"),
        ("word.docx", b"Rest.", "format unknown"),
        ("no_extension", b"Rest.", "format unknown"),
        ("missing.md", b"", "no such file"),
    ];
    for (name, bytes, reason) in table {
        let folder = Folder::with(&[("fine.md", WARNING)]);
        if !reason.starts_with("no such") {
            folder.write(name, bytes);
        }
        let report = folder.json(&[name, "fine.md"]);
        let unreadable = &report["summary"]["unreadable"];
        assert_eq!(texts(unreadable, "path"), [name]);
        assert!(texts(unreadable, "reason")[0].contains(reason), "{name}: {unreadable}");
        assert_eq!(report["summary"]["files"], 1, "{name}");
        assert_eq!(texts(&report["diagnostics"], "path"), ["fine.md"]);
        let ran = folder.run(&[name, "fine.md", "--fail-on", "never"]);
        assert_eq!(ran.status, Some(2), "{name}");
        assert!(ran.out.contains(name) && ran.out.contains("Leave a comment"), "{}", ran.out);
    }
    assert_eq!(Folder::with(&[("a.md", CLEAN)]).run(&["check", ""]).status, Some(2), "an empty name");
}

#[test]
fn an_unreadable_file_is_never_passed_over_in_silence() {
    let folder = Folder::with(&[("fine.md", WARNING)]);
    for (format, _) in FORMATS {
        for loudness in ["-q", "-v"] {
            let ran = folder.run(&["check", "fine.md", "gone.md", "-o", format, loudness]);
            assert_eq!(ran.status, Some(2));
            assert!(ran.out.contains("gone.md") || ran.err.contains("gone.md"), "{format} {loudness}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_locked_folder_is_a_problem_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.md", WARNING), ("locked/b.md", WARNING)]);
    let lock = |mode| fs::set_permissions(folder.path("locked"), fs::Permissions::from_mode(mode)).unwrap();
    lock(0o000);
    let is_locked = fs::read_dir(folder.path("locked")).is_err();
    let (ran, report) = (folder.run(&["check"]), folder.json(&[]));
    lock(0o755);
    // Nothing is locked for root, who then finds both.
    let (status, unreadable) = if is_locked { (2, vec!["locked".to_owned()]) } else { (1, Vec::new()) };
    assert_eq!(ran.status, Some(status));
    assert_eq!(texts(&report["summary"]["unreadable"], "path"), unreadable);
    assert_eq!(texts(&report["diagnostics"], "path").len(), if is_locked { 1 } else { 2 });
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::with(&[("two words – ü.md", WARNING), ("notes.md/inner.txt", WARNING), ("UP.MD", WARNING)]);
    assert_eq!(folder.found_in(&[]), ["UP.MD", "notes.md/inner.txt", "two words – ü.md"]);
    folder.write("line\nbreak.md", WARNING);
    let list = "line\nbreak.md\0UP.MD\0";
    let report = folder.json_with(&["--files-from", "-"], list.as_bytes());
    assert_eq!(texts(&report["diagnostics"], "path"), ["UP.MD", "line\nbreak.md"]);
    fs::write(folder.path("").join(std::ffi::OsStr::from_bytes(b"bad\xff.md")), CLEAN).unwrap();
    assert_eq!(folder.run(&["check"]).status, Some(2), "a name that is not UTF-8 cannot be reported as a path");
}

#[test]
fn nothing_to_check() {
    for (files, args) in [(&[][..], &["check"][..]), (&[("a.rs", "fn f() {}"), ("b.docx", "Rest.")], &["check", "."])] {
        let folder = Folder::with(files);
        let ran = folder.run(args);
        assert_eq!(ran.status, Some(2));
        assert!(ran.err.contains("nothing to check"), "{}", ran.err);
        assert_eq!(folder.run(&[args, &["--allow-empty"]].concat()).status, Some(0));
    }
    let folder = Folder::with(&[("list", "\n\n"), ("a.md", CLEAN)]);
    assert_eq!(folder.run(&["check", "--files-from", "list"]).status, Some(2), "an empty list is not the folder");
}

#[test]
fn empty_files_are_fine() {
    let folder = Folder::with(&[("a.md", ""), ("b.txt", ""), ("c.md", "\u{feff}"), ("d.txt", "\r\n\r\n")]);
    let report = folder.json(&[]);
    assert_eq!(report["summary"]["files"], 4);
    assert_eq!(report["summary"]["words"], 0);
    assert_eq!(folder.run(&["check"]).status, Some(0));
}

#[test]
fn standard_input() {
    let folder = Folder::with(&[("a.md", CLEAN)]);
    let path = |args: &[&str], input: &str| texts(&folder.json_with(args, input.as_bytes())["diagnostics"], "path");
    assert_eq!(path(&["-"], WARNING), ["<stdin>"]);
    assert_eq!(path(&["-", "--stdin-filename", "new/b.txt"], WARNING), ["new/b.txt"]);
    assert_eq!(path(&["-", "a.md"], WARNING), ["<stdin>"], "with other files");
    // The name tells the format: in Markdown this line is code and no prose.
    let code = "Rest for two days.\n\n    Leave a comment\n";
    assert_eq!(path(&["-", "--stdin-filename", "b.md"], code).len(), 0);
    assert_eq!(path(&["-", "--stdin-filename", "b.txt"], code).len(), 1);
    for (args, input) in [(&["-"][..], &b"caf\xc3"[..]), (&["-", "--stdin-filename", "b.docx"], b"Rest.")] {
        assert_eq!(folder.run_with(args, input).status, Some(2), "{args:?}");
    }
    assert_eq!(folder.run_with(&["-"], b"").status, Some(0), "an empty text is a text");
}

#[test]
fn a_buffer_is_read_once_and_named_like_its_file() {
    let folder = Folder::with(&[("a.md", CLEAN)]);
    let whole = folder.path("a.md");
    for name in ["a.md", "./a.md", whole.to_str().unwrap()] {
        let report = folder.json_with(&["-", "a.md", "--stdin-filename", name], WARNING.as_bytes());
        assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"], "{name}");
        assert_eq!(report["summary"]["files"], 1, "{name}");
    }
}

#[test]
fn lists_of_files() {
    let folder =
        Folder::with(&[("a.md", WARNING), ("b c.md", WARNING), ("d.md", WARNING), ("list", "a.md\r\nb c.md\n")]);
    assert_eq!(folder.found_in(&["--files-from", "list"]), ["a.md", "b c.md"]);
    assert_eq!(folder.found_in(&["d.md", "--files-from", "list"]), ["a.md", "b c.md", "d.md"]);
    for (list, expected) in [("d.md\n\na.md", ["a.md", "d.md"]), ("b c.md\0a.md\0", ["a.md", "b c.md"])] {
        let report = folder.json_with(&["--files-from", "-"], list.as_bytes());
        assert_eq!(texts(&report["diagnostics"], "path"), expected);
    }
    let ran = folder.run(&["check", "--files-from", "gone"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("gone") && ran.out.is_empty(), "{}", ran.err);
}

#[test]
fn folders_leave_ignored_and_hidden_files_alone() {
    for repository in ["plain/x", ".git/x"] {
        let folder = Folder::with(&[
            (repository, ""),
            (".gitignore", "drafts/\n*.tmp.md\n"),
            ("a.md", WARNING),
            ("b.tmp.md", WARNING),
            ("drafts/c.md", WARNING),
            ("sub/.gitignore", "d.md\n"),
            ("sub/d.md", WARNING),
            ("sub/e.markdown", WARNING),
            (".hidden.md", WARNING),
            (".secret/f.md", WARNING),
            ("page.docx", WARNING),
        ]);
        assert_eq!(folder.found_in(&[]), ["a.md", "sub/e.markdown"], "{repository}");
        assert_eq!(folder.found_in(&["sub"]), ["sub/e.markdown"]);
        assert_eq!(
            folder.found_in(&["drafts/c.md", ".hidden.md"]),
            [".hidden.md", "drafts/c.md"],
            "named ones are read"
        );
    }
}

#[test]
fn paths_are_relative_and_told_once() {
    let folder = Folder::with(&[("sub/a.md", WARNING), ("b.md", WARNING)]);
    let whole = folder.path("sub/a.md");
    let whole = whole.to_str().unwrap();
    for args in [&["./sub/./a.md"][..], &[whole], &["sub"], &["sub/"], &["sub/a.md", "sub", "./sub/a.md", whole]] {
        assert_eq!(folder.found_in(args), ["sub/a.md"], "{args:?}");
        assert_eq!(folder.json(args)["summary"]["files"], 1, "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn detours_lead_to_the_same_article() {
    let folder = Folder::with(&[("sub/a.md", WARNING), ("sub/deep/b.md", CLEAN), ("c.md", WARNING)]);
    std::os::unix::fs::symlink(folder.path("sub/deep"), folder.path("link")).expect("a link");
    for args in [&["sub/../sub/a.md"][..], &["sub/deep/.."], &["sub/deep/../a.md", "sub"], &["link/../a.md"]] {
        assert_eq!(folder.found_in(args), ["sub/a.md"], "{args:?}");
    }
    for args in [&["..", "a.md"][..], &["../sub/a.md", "../c.md"], &["deep/..", "../c.md"]] {
        let report = folder.run_in("sub", &[&["check", "-o", "json"], args].concat()).json();
        assert_eq!(texts(&report["diagnostics"], "path"), ["../c.md", "a.md"], "{args:?}");
    }
    let report = folder.json_with(&["-", "sub", "--stdin-filename", "c/../sub/a.md"], CLEAN.as_bytes());
    assert_eq!((texts(&report["diagnostics"], "path").len(), &report["summary"]["files"]), (0, &2.into()));
}

#[test]
fn a_bare_path_means_check() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let table = [&["check", "a.md"][..], &["check"], &["a.md"], &["."], &["-q", "a.md"], &["-o", "pretty", "a.md"]];
    for args in table {
        let ran = folder.run(args);
        assert_eq!(ran.status, Some(1), "{args:?}");
        assert!(ran.out.starts_with("warning[residue/page-chrome]"), "{args:?}: {}", ran.out);
    }
}

#[test]
fn several_outputs() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let ran = folder.run(&["check", "-o", "json=all.json", "-o", "concise", "--output", "jsonl=all.jsonl", "a.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.starts_with("a.md:3:1 warning residue/page-chrome "), "{}", ran.out);
    let read = |name: &str| fs::read_to_string(folder.path(name)).unwrap();
    assert_eq!(read("all.json"), folder.run(&["check", "-o", "json", "a.md"]).out);
    assert_eq!(read("all.jsonl"), folder.run(&["check", "-o", "jsonl", "a.md"]).out);
    let ran = folder.run(&["check", "-o", "json=only.json", "a.md"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""), "nothing was asked of standard output");
    for args in [&["-o", "json", "-o", "concise"][..], &["-o", "json=no/such/folder/x.json"]] {
        let ran = folder.run(&[&["check", "a.md"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!ran.err.is_empty());
    }
    let ran = folder.run(&["check", "a.md", "-o", "html=", "-o", "json=none.json"]);
    assert!(ran.status == Some(2) && ran.out.is_empty() && ran.err.contains("write html=FILE"), "{}", ran.err);
    assert!(!folder.path("none.json").exists());
}

#[test]
fn mistyped_names_are_told_with_what_was_meant() {
    let folder = Folder::with(&[("a.md", WARNING)]);
    let table: &[(&[&str], &str)] = &[
        (&["check", "-o", "jsn"], "json"),
        (&["check", "--select", "duplicate/haeding"], "duplicate/heading"),
        (&["check", "--ignore", "residue/page-crome"], "residue/page-chrome"),
        (&["check", "--selct", "spun"], "--select"),
        (&["check", "--fail-on", "warnings"], "warning"),
        (&["check", "--color", "alwys"], "always"),
        (&["check", "--width", "wide"], "--width"),
        (&["check", "-j", "many"], "--jobs"),
        (&["check", "-q", "-v"], "--verbose"),
        (&["explain", "spun/contractions"], "spun/contraction"),
        (&["explain", "spnu"], "spun"),
        (&["rules", "-o", "jsn"], "json"),
        (&[], "Usage"),
    ];
    for (args, meant) in table {
        let ran = folder.run(args);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.contains(meant), "{args:?}: {}", ran.err);
    }
}

#[test]
fn rules_are_selected_and_ignored() {
    let folder = Folder::with(&[("a.md", WARNING), ("b.md", ERROR), ("c.md", INFO)]);
    let table: &[(&[&str], &[&str])] = &[
        (&["--select", "spun/contraction"], &["b.md"]),
        (&["--select", "residue,duplicate"], &["a.md", "c.md"]),
        (&["--select", "residue", "--select", "duplicate/sentence"], &["a.md", "c.md"]),
        (&["--ignore", "spun"], &["a.md", "c.md"]),
        (&["--ignore", "residue/page-chrome,spun/contraction"], &["c.md"]),
        (&["--select", "spun,residue", "--ignore", "spun/contraction"], &["a.md"]),
        (&["--isolated"], &["a.md", "b.md", "c.md"]),
    ];
    for (args, expected) in table {
        assert_eq!(folder.found_in(args), *expected, "{args:?}");
    }
    assert_eq!(folder.run(&["check", "--ignore", "spun", "--fail-on", "error"]).status, Some(0));
}

#[test]
fn reports_alone_go_to_standard_output() {
    let folder = Folder::with(&[("a.md", WARNING), ("b.md", "\0")]);
    for (format, _) in FORMATS.iter().filter(|(format, _)| *format != "concise") {
        assert_eq!(folder.run(&["check", "-o", format]).err, "", "{format}");
    }
    let ran = folder.run(&["check", "-o", "concise", "a.md"]);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""));
    assert_eq!(Folder::with(&[("a.md", CLEAN)]).run(&["check", "-q"]).out, "");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::with(&[("a.txt", &"Leave a comment\n\n".repeat(3000))]);
    for (format, _) in FORMATS {
        let mut child = folder.command(&["check", "-o", format]).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        pipe.read_exact(&mut [0; 10]).unwrap();
        drop(pipe);
        let ended = child.wait_with_output().unwrap();
        assert!(matches!(ended.status.code(), Some(0 | 1)), "{format}: {}", ended.status);
        assert!(ended.stderr.is_empty(), "{format}: {}", String::from_utf8_lossy(&ended.stderr));
    }
}
