//! The world around the program breaks: full disks, closed pipes, signals (here); files that move while they are read
//! (`faults/moving.rs`), names that nobody expects (`faults/names.rs`), what may not be read or written (`faults/locked.rs`), and what
//! strangers write to hold up a run (`faults/strangers.rs`). Each ends with the status and the message that was promised, and no file is
//! half of anything.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "what goes wrong around the program is a failed test")]

#[allow(dead_code, reason = "other tests need the rest of it")]
#[path = "cli/folder.rs"]
mod folder;
#[path = "faults/locked.rs"]
mod locked;
#[path = "faults/moving.rs"]
mod moving;
#[path = "faults/names.rs"]
mod names;
#[path = "faults/signals.rs"]
mod signals;
#[path = "faults/strangers.rs"]
mod strangers;

use folder::{Folder, Ran};
use medlint::report::FORMATS;
use std::fs::{self, OpenOptions};
use std::process::Stdio;

const WARNING: &str = "Rest the knee for two days.\n\nLeave a comment\n";
/// With a safe fix.
const FAULTY: &str = "Do not dou\u{200b}ble the dose.\n";
const FIXED: &str = "Do not double the dose.\n";

/// Every command that answers on standard output.
const COMMANDS: &[&[&str]] = &[
    &["check", "a.md"],
    &["check", "a.md", "-o", "concise", "--statistics"],
    &["check", "c.md", "--diff"],
    &["baseline", "a.md"],
    &["config", "a.md"],
    &["completions", "bash"],
    &["explain", "spun/padding"],
    &["facts", "b.md"],
    &["init"],
    &["man"],
    &["rules"],
    &["rules", "-o", "json"],
    &["schema"],
    &["test-rules", "house"],
    &["timeline", "b.md"],
    &["timeline", "b.md", "-o", "json"],
    &["timeline", "--expressions", "b.md"],
    &["--help"],
    &["check", "--help"],
    &["--version"],
];

const RULE: &str = "id = \"house/wording\"\nname = \"wording\"\nseverity = \"warning\"\ncheck = \"phrase\"\n\
    message = \"“{match}” is not how we say it\"\nexplain = \"Why.\"\n[options]\nscope = \"sentence\"\n[[phrase]]\n\
    any = [\"rest the knee\"]\n[[bad]]\ntext = \"Rest the knee.\"\nat = \"Rest the knee\"\n[[good]]\ntext = \"Put it up.\"\n";

fn articles() -> Folder {
    let claims = "# Microneedling\n\nAvoid exercise for 24 hours after microneedling.\n";
    Folder::with(&[("a.md", WARNING), ("b.md", claims), ("c.md", FAULTY), ("house/a.toml", RULE)])
}

/// What is left in a folder besides what was put there: files that were to take a place.
fn litter(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.contains(".new")).collect()
}

/// A run whose standard output is this.
fn run_into(folder: &Folder, args: &[&str], out: impl Into<Stdio>) -> Ran {
    let mut command = folder.command(args);
    command.stdout(out);
    Folder::end(&mut command, b"")
}

/// A run that may write no file larger than a kibibyte: to the program, a disk that is full.
fn on_a_full_disk(folder: &Folder, args: &[&str]) -> Ran {
    limited(folder, "trap '' XFSZ; ulimit -f 1", args)
}

/// A run within the limits that a shell sets.
fn limited(folder: &Folder, limits: &str, args: &[&str]) -> Ran {
    let mut command = folder.command(&[]);
    let program = command.get_program().to_owned();
    command = std::process::Command::new("sh");
    command.args(["-c", &format!("{limits}; exec \"$@\""), "sh"]).arg(program).args(args);
    command.current_dir(folder.path("")).env_remove("GITHUB_ACTIONS");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Folder::end(&mut command, b"")
}

#[test]
fn an_answer_that_cannot_be_written_is_trouble() {
    for args in COMMANDS {
        let folder = articles();
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = run_into(&folder, args, full);
        assert_eq!(ran.status, Some(2), "{args:?}");
        assert!(ran.err.ends_with("medlint: standard output: no space left on device\n"), "{args:?}: {}", ran.err);
    }
    let folder = articles();
    for (format, _) in FORMATS {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        assert_eq!(run_into(&folder, &["check", "-o", format], full).status, Some(2), "{format}");
    }
}

#[test]
fn an_answer_that_nobody_reads_is_no_error() {
    for args in COMMANDS {
        let folder = articles();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = run_into(&folder, args, writer);
        assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("pipe") && !ran.err.contains("panicked"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn standard_output_that_breaks_takes_no_file_with_it() {
    let folder = articles();
    let args = ["check", "-o", "concise", "-o", "json=all.json", "a.md"];
    let expected = folder.run(&["check", "-o", "json", "a.md"]).out;
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(run_into(&folder, &args, writer).status, Some(0));
    assert_eq!(folder.read("all.json"), expected, "nobody reads the other report");
    folder.remove("all.json");
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert_eq!(run_into(&folder, &args, full).status, Some(2));
    assert_eq!(folder.read("all.json"), expected, "the other report cannot be written");
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let folder = articles();
    // Before c.md, so that what goes on behind a failure is seen.
    let long = format!("{FAULTY}\n{}", "Rest the knee for two days, and walk then.\n\n".repeat(100));
    folder.write("big.md", &long);
    folder.write("all.json", "old");
    let ran = on_a_full_disk(&folder, &["check", "-o", "json=all.json", "big.md", "a.md"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    assert_eq!(ran.err, "medlint: all.json: file too large\n");
    assert_eq!((folder.read("all.json").as_str(), litter(&folder)), ("old", Vec::new()));
    let ran = on_a_full_disk(&folder, &["check", "--fix", "-q", "-o", "concise", "big.md", "c.md"]);
    assert_eq!(ran.status, Some(2));
    assert_eq!(ran.err, "medlint: cannot fix big.md: file too large\n");
    assert_eq!((folder.read("big.md"), folder.read("c.md"), litter(&folder)), (long, FIXED.to_owned(), Vec::new()));
    folder.write("medlint.baseline", "# medlint baseline 1\n");
    folder.write("many.md", (0..40).map(|n| format!("Leave a comment {n}\n\nLeave a reply\n\n")).collect::<String>());
    let ran = on_a_full_disk(&folder, &["baseline"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    assert_eq!(ran.err, "medlint: medlint.baseline: file too large\n");
    assert_eq!((folder.read("medlint.baseline").as_str(), litter(&folder)), ("# medlint baseline 1\n", Vec::new()));
}

#[test]
fn reports_go_where_they_are_sent() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = articles();
    let expected = folder.run(&["check", "-o", "json", "a.md"]).out;
    let write = |to: &str| folder.run(&["check", "-o", &format!("json={to}"), "a.md"]);
    // Devices and pipes stay what they are.
    let ran = write("/dev/stdout");
    assert_eq!((ran.status, ran.out), (Some(1), expected.clone()));
    let ran = write("/dev/full");
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), "medlint: /dev/full: no space left on device\n"));
    assert!(fs::metadata("/dev/full").unwrap().rdev() != 0);
    // A link leads to the file that is meant, even where that is still to be made; a file keeps its mode.
    symlink("real.json", folder.path("link.json")).unwrap();
    for _ in 0..2 {
        assert_eq!(write("link.json").status, Some(1));
        assert_eq!(folder.read("real.json"), expected);
        assert!(fs::symlink_metadata(folder.path("link.json")).unwrap().is_symlink());
    }
    fs::set_permissions(folder.path("real.json"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(write("link.json").status, Some(1));
    assert_eq!(fs::metadata(folder.path("real.json")).unwrap().mode() & 0o777, 0o640);
    // A new file is as open as any that a program makes.
    fs::write(folder.path("other"), "").unwrap();
    let mode = |name: &str| fs::metadata(folder.path(name)).unwrap().mode() & 0o777;
    assert_eq!(write("new.json").status, Some(1));
    assert_eq!(mode("new.json"), mode("other"));
    fs::create_dir(folder.path("folder")).unwrap();
    assert_eq!(write("folder").err, "medlint: folder: is a directory\n");
    assert_eq!(litter(&folder), Vec::<String>::new());
}
