//! What may not be read or written. Root may do everything, so root runs the program as nobody here.

use super::{FAULTY, FIXED, WARNING};
use crate::folder::{Folder, Ran, texts};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// Who owns nothing.
const NOBODY: u32 = 65_534;

/// A folder that belongs to whoever the program is run as, with the program where all can run it.
struct Home {
    folder: Folder,
    is_root: bool,
}

impl Home {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder::with(files);
        let is_root = fs::metadata(folder.path("")).unwrap().uid() == 0;
        let home = Self { folder, is_root };
        fs::set_permissions(home.folder.path(""), Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(home.folder.path(".bin")).unwrap();
        // By another program: what this one has open for writing, tests beside this one would hand on to what they start.
        let mut copy = Command::new("cp");
        copy.arg(env!("CARGO_BIN_EXE_medlint")).arg(home.folder.path(".bin/medlint"));
        assert!(copy.status().unwrap().success());
        home.own(home.folder.path("").as_path());
        home
    }

    fn own(&self, path: &std::path::Path) {
        if self.is_root {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        if path.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| self.own(&entry.unwrap().path()));
        }
    }

    fn lock(&self, name: &str, mode: u32) {
        fs::set_permissions(self.folder.path(name), Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(self.folder.path(".bin/medlint"));
        command.args(args).current_dir(self.folder.path("")).env_remove("GITHUB_ACTIONS");
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Folder::end(&mut command, b"")
    }
}

#[test]
fn what_may_not_be_read_is_told_and_the_rest_is_read() {
    let home =
        Home::with(&[("a.md", WARNING), ("shut.md", WARNING), ("locked/b.md", WARNING), ("listed/c.md", WARNING)]);
    home.lock("shut.md", 0o000);
    home.lock("locked", 0o000);
    // Its names can be seen, and nothing behind them.
    home.lock("listed", 0o444);
    let ran = home.run(&["check", "-o", "json"]);
    ["locked", "listed"].into_iter().for_each(|name| home.lock(name, 0o755));
    assert_eq!(ran.status, Some(2));
    let report = ran.json();
    assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"]);
    let unreadable = &report["summary"]["unreadable"];
    assert_eq!(texts(unreadable, "path"), ["listed/c.md", "locked", "shut.md"]);
    assert_eq!(texts(unreadable, "reason"), ["permission denied"; 3]);
}

#[test]
fn settings_that_may_not_be_read_stop_the_run_at_their_place() {
    let home = Home::with(&[("a.md", WARNING), ("medlint.toml", "rules = \"house\"\n"), ("house/a.toml", super::RULE)]);
    for file in ["medlint.toml", "house/a.toml"] {
        home.lock(file, 0o000);
        let ran = home.run(&["check"]);
        home.lock(file, 0o644);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{file}");
        assert!(ran.err.contains("permission denied") && ran.err.contains(&format!("{file}:1:1")), "{}", ran.err);
    }
    home.lock("house", 0o000);
    let ran = home.run(&["check"]);
    home.lock("house", 0o755);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("medlint.toml:1:"), "{}", ran.err);
}

#[test]
fn what_may_not_be_fixed_is_told_and_the_rest_is_fixed() {
    let home = Home::with(&[("a.md", FAULTY), ("read-only.md", FAULTY), ("locked/b.md", FAULTY)]);
    home.lock("read-only.md", 0o444);
    home.lock("locked", 0o555);
    let ran = home.run(&["check", "--fix", "-q", "-o", "concise"]);
    home.lock("locked", 0o755);
    assert_eq!(ran.status, Some(2));
    let told =
        "medlint: cannot fix locked/b.md: permission denied\nmedlint: cannot fix read-only.md: it is read-only\n";
    assert_eq!(ran.err, told);
    let read = |name: &str| home.folder.read(name);
    assert_eq!([read("a.md"), read("read-only.md"), read("locked/b.md")], [FIXED, FAULTY, FAULTY]);
    assert_eq!(fs::read_dir(home.folder.path("locked")).unwrap().count(), 1, "nothing is left lying about");
    let remaining: Vec<&str> = ran.out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(remaining, ["locked/b.md", "read-only.md"], "what remains is told");
}

#[test]
fn reports_that_may_not_be_written_are_trouble() {
    let home =
        Home::with(&[("a.md", WARNING), ("locked/old.json", "old"), ("locked/open.json", "old"), ("shut.json", "old")]);
    home.lock("shut.json", 0o444);
    home.lock("locked/old.json", 0o444);
    home.lock("locked", 0o555);
    let write = |to: &str| home.run(&["check", "a.md", "-o", &format!("json={to}")]);
    for to in ["shut.json", "locked/old.json", "locked/new.json"] {
        let ran = write(to);
        assert_eq!((ran.status, ran.err), (Some(2), format!("medlint: {to}: permission denied\n")));
    }
    // The folder takes no new file, but the old one may be written.
    assert_eq!(write("locked/open.json").status, Some(1));
    let ran = home.run(&["baseline", "a.md", "--baseline", "locked/medlint.baseline"]);
    home.lock("locked", 0o755);
    assert_eq!((ran.status, ran.err.as_str()), (Some(2), "medlint: locked/medlint.baseline: permission denied\n"));
    let read = |name: &str| home.folder.read(name);
    assert_eq!([read("shut.json"), read("locked/old.json")], ["old", "old"]);
    assert!(read("locked/open.json").contains("page-chrome"));
}

#[test]
fn links_in_a_circle_end() {
    let folder = Folder::with(&[("a.md", WARNING), ("sub/b.md", WARNING)]);
    let link = |to: &str, name: &str| symlink(to, folder.path(name)).unwrap();
    link("..", "sub/up");
    link(".", "self");
    link("loop.md", "loop.md");
    link("pong.md", "ping.md");
    link("ping.md", "pong.md");
    link("gone.md", "dangling.md");
    assert_eq!(folder.found_in(&[]), ["a.md", "sub/b.md"], "folders are searched without following links");
    assert_eq!(folder.run(&["check"]).status, Some(1));
    let report = folder.json(&["a.md", "loop.md", "ping.md", "dangling.md"]);
    assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"]);
    let unreadable = &report["summary"]["unreadable"];
    assert_eq!(texts(unreadable, "path"), ["dangling.md", "loop.md", "ping.md"]);
    let circle = "too many levels of symbolic links";
    assert_eq!(texts(unreadable, "reason"), ["no such file or directory", circle, circle]);
    for name in ["self/self/self/a.md", "sub/up/sub/up/a.md"] {
        assert_eq!(folder.found_in(&[name]).len(), 1, "{name}");
    }
    // Settings, rules, facts and baselines.
    link("circle", "circle");
    for args in [&["--config", "circle"][..], &["--baseline", "circle"]] {
        let ran = folder.run(&[&["check", "a.md"], args].concat());
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(ran.err.contains(circle), "{}", ran.err);
    }
    folder.write("house/a.toml", super::RULE);
    link("b.toml", "house/b.toml");
    for settings in ["rules = \"house\"\n", "[facts]\nfile = \"circle\"\n", "rules = \"circle\"\n"] {
        folder.write("medlint.toml", settings);
        let ran = folder.run(&["check", "a.md"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{settings}");
        assert!(ran.err.contains(circle) || ran.err.contains("does not exist"), "{}", ran.err);
    }
}
