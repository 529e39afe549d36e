//! Stopped with the keyboard: what was being written is whole, nothing else is begun, and nothing is left lying about.

use super::{FAULTY, FIXED, WARNING, litter};
use crate::folder::Folder;
use serde_json::Value;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

/// A pipe with a name: who opens it waits for somebody at the other end.
pub fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

fn interrupt(child: &Child) {
    // It may have ended.
    let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
}

/// Waits until something is so, for some seconds at most.
pub fn until(mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::yield_now();
    }
}

fn ended_by_the_signal(status: ExitStatus) -> bool {
    status.signal() == Some(2)
}

#[test]
fn a_report_that_is_not_begun_leaves_the_old_one() {
    let folder = Folder::with(&[("a.md", WARNING), ("all.json", "old")]);
    pipe(&folder.path("b.md"));
    let mut child = folder.command(&["check", "-o", "json=all.json", "a.md", "b.md"]).spawn().unwrap();
    // Opened at this end when the program has opened its own, which then waits for a text.
    let open = fs::OpenOptions::new().write(true).open(folder.path("b.md")).unwrap();
    interrupt(&child);
    until(|| child.try_wait().unwrap().is_some());
    drop(open);
    let status = child.wait().unwrap();
    assert!(ended_by_the_signal(status), "{status}");
    assert_eq!((folder.read("all.json").as_str(), litter(&folder)), ("old", Vec::new()));
}

#[test]
fn a_report_is_whole_or_not_there() {
    let many = "Leave a comment\n\nRest the knee for two days.\n\n".repeat(300);
    let names: Vec<String> = (0..20).map(|n| format!("{n:02}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*many)).collect();
    let mut stopped = 0;
    for part in 0..12 {
        let folder = Folder::with(&files);
        let mut child = folder.command(&["check", "-q", "-o", "json=all.json", "-o", "html=all.html"]).spawn().unwrap();
        match part {
            0 => {}
            // By what has been done, then a little later each time.
            _ => until(|| folder.path("all.json").exists() || !litter(&folder).is_empty()),
        }
        std::thread::sleep(Duration::from_millis(part * 2));
        interrupt(&child);
        // Before anything is written, signals end a program that does not listen as well.
        stopped += usize::from(ended_by_the_signal(child.wait().unwrap()) && part > 0);
        if let Ok(report) = fs::read_to_string(folder.path("all.json")) {
            let read: Value = serde_json::from_str(&report).unwrap();
            assert!(read["diagnostics"].as_array().is_some_and(|found| !found.is_empty()));
        }
        if let Ok(page) = fs::read_to_string(folder.path("all.html")) {
            assert!(page.trim_end().ends_with("</html>"));
        }
        assert_eq!(litter(&folder), Vec::<String>::new(), "stopped in part {part}");
    }
    assert!(stopped > 0, "no run was stopped while it wrote");
}

#[test]
fn fixes_are_whole_and_leave_nothing_lying_about() {
    let names: Vec<String> = (0..40).map(|n| format!("{n:02}.md")).collect();
    let (old, new) = (FAULTY.repeat(50), FIXED.repeat(50));
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*old)).collect();
    let mut halves = 0;
    for last in [0, 1, 3, 9, 20, 30] {
        let folder = Folder::with(&files);
        let args = ["check", "--fix", "-q", "-o", "concise", "--select", "residue/invisible"];
        let mut child = folder.command(&args).spawn().unwrap();
        until(|| folder.read(&names[last]) == new);
        interrupt(&child);
        let status = child.wait().unwrap();
        let texts: Vec<String> = names.iter().map(|name| folder.read(name)).collect();
        assert!(texts.iter().all(|text| *text == old || *text == new), "stopped behind {last}");
        assert_eq!(litter(&folder), Vec::<String>::new(), "stopped behind {last}");
        if ended_by_the_signal(status) {
            halves += usize::from(texts.contains(&old));
        }
    }
    assert!(halves > 0, "no run was stopped half-way");
}
