//! `--fix`, `--unsafe-fixes` and `--diff`: what is changed, what is left alone, what remains, and that no file is ever half of both.

use crate::folder::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// A link with two tracking parameters (a safe fix) and a hidden character (another), a doubled paragraph (an unsafe one), a
/// sentence of a page (no fix).
const FAULTY: &str = "# Heel pain\n\nRead the [plan](https://plan.example/a?utm_source=mail&utm_medium=x) and do not dou\u{200b}ble the dose.\n\n\
    Roll a cold bottle under the arch for ten minutes every evening, and put the slippers away for six weeks.\n\n\
    Cold helps.\n\n\
    Roll a cold bottle under the arch for ten minutes every evening, and put the slippers away for six weeks.\n\n\
    Leave a comment\n";

fn safely_fixed() -> String {
    FAULTY.replace("?utm_source=mail&utm_medium=x", "").replace('\u{200b}', "")
}

fn wholly_fixed() -> String {
    let fixed = safely_fixed();
    let end = fixed.rfind("Roll a cold").unwrap_or_default();
    format!("{}Leave a comment\n", &fixed[..end])
}

#[test]
fn safe_fixes_are_applied_once_and_the_status_tells_what_remains() {
    let folder = Folder::with(&[("a.md", FAULTY)]);
    let ran = folder.run(&["check", "--fix", "-o", "concise"]);
    assert_eq!(folder.read("a.md"), safely_fixed());
    assert_eq!((ran.status, ran.err.as_str()), (Some(1), "medlint: applied 2 fixes to 1 file\n"));
    assert_eq!(ran.out, folder.run(&["check", "-o", "concise"]).out, "what is told is what remains");
    assert!(ran.out.contains("page-chrome") && !ran.out.contains("tracking"), "{}", ran.out);
    let modified = || fs::metadata(folder.path("a.md")).and_then(|file| file.modified()).expect("a file");
    let before = modified();
    let again = folder.run(&["check", "--fix", "-o", "concise"]);
    assert_eq!((again.out, again.err.as_str()), (ran.out, ""), "a second run finds nothing to do");
    assert_eq!((folder.read("a.md"), modified()), (safely_fixed(), before));
}

#[test]
fn nothing_left_is_success() {
    let folder = Folder::with(&[("a.md", "Do not dou\u{200b}ble the dose.\n")]);
    let ran = folder.run(&["check", "--fix", "-q"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    assert_eq!(folder.read("a.md"), "Do not double the dose.\n");
}

#[test]
fn unsafe_fixes_come_with_the_safe_ones_when_they_are_asked_for() {
    for args in [&["check", "--unsafe-fixes"][..], &["check", "--fix", "--unsafe-fixes"]] {
        let folder = Folder::with(&[("a.md", FAULTY)]);
        let ran = folder.run(args);
        assert_eq!((folder.read("a.md"), ran.status), (wholly_fixed(), Some(1)));
        assert_eq!(folder.run(args).err, "", "a second run finds nothing to do");
    }
}

#[test]
fn a_diff_writes_nothing_and_can_be_applied() {
    for (how, expected) in [(&["--diff"][..], safely_fixed()), (&["--diff", "--fix", "--unsafe-fixes"], wholly_fixed())]
    {
        let folder = Folder::with_history(&[("articles/a.md", FAULTY), ("b.md", "Rest.\n")]);
        let ran = folder.run(&[&["check", "-o", "json=all.json"], how].concat());
        assert_eq!(folder.read("articles/a.md"), FAULTY);
        assert!(ran.out.starts_with("--- a/articles/a.md\n+++ b/articles/a.md\n@@ -1,"), "{}", ran.out);
        assert!(ran.err.ends_with(" in 1 file, none applied\n"), "{}", ran.err);
        assert_eq!(ran.status, Some(1));
        let told = folder.read("all.json");
        assert_eq!(told, folder.run(&["check", "-o", "json"]).out, "all findings are still there");
        folder.write("fixes.patch", &ran.out);
        folder.git(&["apply", "fixes.patch"]);
        assert_eq!(folder.read("articles/a.md"), expected);
    }
    let folder = Folder::with(&[("a.md", "Do not dou\u{200b}ble the dose.")]);
    assert!(folder.run(&["check", "--diff"]).out.ends_with("+Do not double the dose.\n\\ No newline at end of file\n"));
    let ran = folder.run(&["check", "--diff", "-o", "json"]);
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("=FILE"), "{}", ran.err);
}

#[test]
fn standard_input_can_only_be_shown() {
    let folder = Folder::with(&[]);
    let ran = folder.run_with(&["check", "--fix", "-", "--stdin-filename", "a.md"], FAULTY.as_bytes());
    assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("--diff"), "{}", ran.err);
    let ran = folder.run_with(&["check", "--diff", "-", "--stdin-filename", "a.md"], FAULTY.as_bytes());
    assert!(ran.out.starts_with("--- a/a.md\n"), "{}", ran.out);
}

#[test]
fn what_is_not_told_is_not_fixed() {
    let allowed =
        FAULTY.replace("# Heel pain\n", "# Heel pain\n\n<!-- medlint allow-file: residue/invisible, link -->\n");
    let folder = Folder::with(&[("a.md", &allowed)]);
    folder.run(&["check", "--fix"]);
    assert_eq!(folder.read("a.md"), allowed, "suppressed");
    folder.write("a.md", FAULTY);
    folder.run(&["check", "--fix", "--ignore", "residue,link"]);
    assert_eq!(folder.read("a.md"), FAULTY, "left out by an option");
    folder.run(&["baseline"]);
    folder.run(&["check", "--fix", "--baseline", "medlint.baseline"]);
    assert_eq!(folder.read("a.md"), FAULTY, "accepted");
    folder.write("b.md", "Do not dou\u{200b}ble the dose.\n");
    folder.run(&["check", "--fix", "--baseline", "medlint.baseline"]);
    assert_eq!((folder.read("a.md").as_str(), folder.read("b.md").as_str()), (FAULTY, "Do not double the dose.\n"));
}

#[test]
fn only_what_changed_is_fixed() {
    let folder = Folder::with_history(&[("a.md", FAULTY)]);
    folder.edit("a.md", "Cold helps.", "Cold he\u{200b}lps.");
    let ran = folder.run(&["check", "--changed", "--fix"]);
    assert_eq!((folder.read("a.md").as_str(), ran.status), (FAULTY, Some(0)), "{}", ran.out);
    let ran = folder.run(&["check", "--staged", "--fix"]);
    assert_eq!(ran.status, Some(2), "what is staged is no file");
}

#[test]
fn fixes_that_overlap_are_applied_one_after_the_other() {
    // The second telling could go because of the first, and in both stands a link that is to be changed.
    let told = "Keep the splint on at night for six weeks, and bend each finger twice a day as the [plan](https://plan.example/a) shows.";
    let tracked = told.replace("/a)", "/a?utm_source=mail)");
    let folder = Folder::with(&[("a.md", &format!("{tracked}\n\nCold helps.\n\n{tracked}\n\nCall us.\n"))]);
    let ran = folder.run(&["check", "--unsafe-fixes"]);
    assert_eq!(
        (ran.status, folder.read("a.md")),
        (Some(0), format!("{told}\n\nCold helps.\n\nCall us.\n")),
        "{}",
        ran.out
    );
    assert_eq!(folder.run(&["check", "--unsafe-fixes"]).err, "", "nothing is left for a second run");
}

#[cfg(unix)]
#[test]
fn mode_and_links_stay_and_what_may_not_be_written_is_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::with(&[("real/a.md", FAULTY), ("locked.md", FAULTY), ("c.md", FAULTY)]);
    let mode = |name: &str| fs::metadata(folder.path(name)).expect("a file").permissions().mode() & 0o7777;
    let set = |name: &str, mode| fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).expect("set");
    set("real/a.md", 0o640);
    set("locked.md", 0o444);
    symlink("real/a.md", folder.path("link.md")).expect("a link");
    let ran = folder.run(&["check", "--fix", "-o", "concise", "link.md", "real/a.md", "locked.md", "c.md"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("medlint: cannot fix locked.md: it is read-only\n"), "{}", ran.err);
    assert!(fs::symlink_metadata(folder.path("link.md")).expect("a link").is_symlink());
    assert_eq!((folder.read("link.md"), folder.read("c.md")), (safely_fixed(), safely_fixed()));
    assert_eq!((folder.read("locked.md").as_str(), mode("real/a.md"), mode("locked.md")), (FAULTY, 0o640, 0o444));
    let tracking =
        |name: &str| ran.out.lines().filter(|line| line.starts_with(name) && line.contains("tracking")).count();
    assert_eq!((tracking("locked.md"), tracking("c.md")), (1, 0), "what remains is told\n{}", ran.out);
    let left: Vec<_> =
        fs::read_dir(folder.path("")).expect("a folder").map(|entry| entry.expect("read").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

/// Over all fixtures, that is wherever a rule has a fix: what is fixed once needs no second run, and the findings that had one are gone.
#[test]
fn a_second_run_over_the_fixtures_changes_nothing() {
    let fixtures = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures"));
    for (args, kinds) in [(&["--fix"][..], &["safe"][..]), (&["--fix", "--unsafe-fixes"], &["safe", "unsafe"])] {
        let folder = Folder::with(&[]);
        copy(fixtures, &folder.path("fixtures"));
        let args = [&["check", "--no-config", "-o", "json"], args].concat();
        let first = folder.run(&args);
        assert!(first.err.contains("medlint: applied "), "{}", first.err);
        let left = first.json();
        let left = left["diagnostics"].as_array().expect("findings").iter();
        let fixable = |finding: &&serde_json::Value| kinds.iter().any(|kind| finding["fix"]["applicability"] == *kind);
        assert_eq!(left.filter(fixable).count(), 0, "{args:?}: something is left to fix");
        let before = Folder::with(&[]);
        copy(&folder.path("fixtures"), &before.path("fixtures"));
        let second = folder.run(&args);
        assert_eq!((second.err.as_str(), second.out), ("", first.out), "{args:?}");
        assert!(same(&folder.path("fixtures"), &before.path("fixtures")), "{args:?}: a second run changed something");
    }
}

/// Whether two folders hold the same bytes.
fn same(one: &std::path::Path, other: &std::path::Path) -> bool {
    let mut entries = fs::read_dir(one).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.all(|path| {
        let twin = other.join(path.file_name().expect("a name"));
        if path.is_dir() { same(&path, &twin) } else { fs::read(&path).ok() == fs::read(&twin).ok() }
    })
}

/// What every file holds: `None` for something that is neither old nor new.
fn states(folder: &Folder, files: &BTreeMap<String, String>) -> Vec<Option<bool>> {
    let state = |(name, old): (&String, &String)| match folder.read(name) {
        now if now == *old => Some(false),
        now if now == old.replace('\u{200b}', "") => Some(true),
        _ => None,
    };
    files.iter().map(state).collect()
}

#[test]
fn a_run_that_is_killed_leaves_every_file_old_or_new() {
    let paragraph = |n: usize| format!("Do not dou\u{200b}ble dose {n}, and rest for {n} days.\n\n").repeat(40);
    let files: BTreeMap<String, String> = (0..60).map(|n| (format!("{n:02}.md"), paragraph(n))).collect();
    let written = || Folder::with(&files.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>());
    let args = ["check", "--fix", "-q", "-o", "concise", "--select", "residue/invisible"];
    // By the clock, from before the first file to behind the last one.
    let folder = written();
    let begun = Instant::now();
    assert_eq!(folder.run(&args).status, Some(0));
    let whole = begun.elapsed();
    assert!(states(&folder, &files).iter().all(|state| *state == Some(true)));
    for part in 0..9 {
        let folder = written();
        killed(&folder, &args, || std::thread::sleep(whole * part / 8));
        assert!(states(&folder, &files).iter().all(Option::is_some), "killed at {part}/8");
    }
    // By what has been done: while files are written.
    let mut halves = 0;
    for last in [0, 1, 15, 30, 50] {
        let folder = written();
        let name = format!("{last:02}.md");
        killed(&folder, &args, || {
            let begun = Instant::now();
            while folder.read(&name) == files[&name] && begun.elapsed() < Duration::from_secs(20) {
                std::thread::yield_now();
            }
        });
        let states = states(&folder, &files);
        assert!(states.iter().all(Option::is_some), "killed when {name} was new");
        halves += usize::from(states.contains(&Some(true)) && states.contains(&Some(false)));
        // What was begun can be ended.
        assert_eq!(folder.run(&args).status, Some(0));
        assert!(files.iter().all(|(name, old)| folder.read(name) == old.replace('\u{200b}', "")));
    }
    assert!(halves > 0, "no run was killed half-way");
}

/// A run that is killed after a while.
fn killed(folder: &Folder, args: &[&str], wait: impl Fn()) {
    let mut child = folder.command(args).spawn().expect("it runs");
    wait();
    // It may have ended.
    let _ = child.kill();
    let _ = child.wait();
}

/// Nothing that changes advice is safe: a reader sees the same letters and digits before and after, but for characters that stood
/// there by mistake. A rule that gets a safe fix must be named here, and thought about.
#[test]
fn safe_fixes_change_no_word() {
    let folder = Folder::with(&[]);
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    copy(std::path::Path::new(fixtures), &folder.path("fixtures"));
    let before = folder.json(&["--no-config"]);
    let known = ["link/tracking", "residue/invisible", "residue/mojibake"];
    let findings = before["diagnostics"].as_array().expect("findings");
    let safe = findings.iter().filter(|finding| finding["fix"]["applicability"] == "safe");
    let paths: std::collections::BTreeSet<&str> = safe
        .map(|finding| {
            let rule = finding["rule"].as_str().expect("a rule");
            assert!(known.contains(&rule), "is it sure that fixes of {rule} change no advice?");
            finding["path"].as_str().expect("a path")
        })
        .collect();
    let letters = |text: &str, format| {
        use medlint::{document::Parser, source::Source};
        let source = Source::new("a", format, text.as_bytes().to_vec()).expect("text");
        let document = Parser::new(&medlint::rules::RuleSet::builtin().lexicon).parse(source.into());
        document.text.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let format = |path: &str| medlint::source::Format::of_path(std::path::Path::new(path)).expect("a format");
    let old: Vec<String> = paths.iter().map(|path| folder.read(path)).collect();
    folder.run(&["check", "--no-config", "--fix"]);
    for (path, old) in paths.iter().zip(&old) {
        let new = folder.read(path);
        assert_ne!(&new, old, "{path} is fixed");
        assert_eq!(letters(&new, format(path)), letters(old, format(path)), "{path}");
    }
    assert!(paths.len() > 1, "{paths:?}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => fs::write(target, fs::read(path).expect("read")).expect("written"),
        }
    }
}
