//! What strangers write to hold up or bring down a run: nesting without end, files without end, patterns that explode. Nothing overflows,
//! and what is wrong is told at its place.
//!
//! What once took a minute or more is read in a fraction of a second, so that a run is killed that works for a minute: on no machine is that
//! a matter of speed.

use super::signals::{pipe, until};
use super::{RULE, WARNING, limited};
use crate::folder::{Folder, Ran, texts};
use std::os::unix::fs::symlink;

/// Deep enough for any stack that is used up by nesting.
const DEEP: usize = 100_000;

/// A run that neither crashes nor is killed.
fn survives(folder: &Folder, what: &str, args: &[&str]) -> Ran {
    let ran = limited(folder, "ulimit -t 60", args);
    assert!(ran.status.is_some() && !ran.err.contains("panicked"), "{what}: {:?}\n{:.2000}", ran.status, ran.err);
    ran
}

#[test]
fn articles_nest_without_end() {
    let deep = |part: &str| part.repeat(DEEP);
    let front = |inner: String| format!("---\n{inner}\n---\nRest.\n");
    let toml = |inner: String| format!("+++\n{inner}\n+++\nRest.\n");
    let stairs = |part: &str| (0..1_000).map(|n| format!("{}{part}\n", " ".repeat(n * 2))).collect::<String>();
    let articles = [
        ("flow.md", front(format!("medlint: {}{}", deep("["), deep("]")))),
        ("maps.md", front(format!("medlint: {}", deep("{a: ")))),
        ("dashes.md", front(format!("medlint:\n  {}x", deep("- ")))),
        ("keys.md", front(format!("medlint:\n  {}x", deep("? ")))),
        ("stairs.md", front(format!("medlint:\n{}", stairs("- ")))),
        ("arrays.md", toml(format!("medlint = {}", deep("[")))),
        ("tables.md", toml(format!("medlint = {}", deep("{a=")))),
        ("dots.md", toml(format!("[medlint{}]\nb = 1", deep(".a")))),
        ("quotes.md", deep(">")),
        ("lists.md", deep("- ")),
        ("indented.md", stairs("- Rest the knee")),
        ("links.md", format!("{}a{}", deep("["), deep("](x)"))),
        ("images.md", deep("![a")),
        ("marks.md", deep("*a **b ")),
        ("elements.html", deep("<div>")),
        ("cells.html", deep("<table><tr><td>")),
        ("sheets.html", format!("<style>{}</style><p>Rest", deep("a{"))),
        ("parts.mdx", deep("<A>")),
        ("braces.mdx", deep("{")),
        ("comments.md", deep("<!--")),
    ];
    for (name, text) in &articles {
        let folder = Folder::with(&[(name, text)]);
        let ran = survives(&folder, name, &["check", "-q", "-o", "concise", "--fail-on", "never"]);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
    }
}

/// Each of these once took minutes: the time grew with the square or the cube of the length.
#[test]
fn articles_that_once_took_minutes() {
    let again = |text: &str, times: usize| text.repeat(times);
    let wide = |cell: &str| format!("|{}\n|{}\n|{}\n", again("a|", 20_000), again("-|", 20_000), again(cell, 20_000));
    let articles = [
        ("times.txt", again("24-48 hours ", 20_000)),
        ("zero-width.txt", again("a\u{200b}", 100_000)),
        ("stops.md", again("![a", 100_000)),
        ("clashes.txt", again("Avoid exercise for 48 hours. Begin exercise immediately. ", 4_000)),
        ("row.md", wide("avoid exercise for 48 hours|")),
        ("allowed.md", again("<!-- medlint allow: a/b, c/d -->\n\nRest.\n\n", 6_000)),
    ];
    for (name, text) in &articles {
        let folder = Folder::with(&[(name, text)]);
        let ran = survives(&folder, name, &["check", "-q", "-o", "concise", "--fail-on", "never"]);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
    }
}

#[test]
fn settings_nest_without_end() {
    let deep = |part: &str| part.repeat(DEEP);
    let files = [
        ("medlint.toml", format!("terms = {}", deep("["))),
        ("medlint.toml", format!("rule = {}", deep("{a="))),
        ("medlint.toml", format!("[rule{}]\n", deep(".a"))),
        ("medlint.toml", format!("rule{} = 1\n", deep(".a"))),
        ("medlint.toml", format!("exclude = [\"{}\"]\n", deep("{a,"))),
        ("medlint.toml", format!("exclude = [\"{}\"]\n", deep("["))),
        ("house/a.toml", format!("id = {}", deep("["))),
        ("house/a.toml", RULE.replace("scope = \"sentence\"", &format!("scope = {}", deep("{a=")))),
        ("house/a.toml", format!("[[bad{}]]\n", deep(".a"))),
        ("facts.toml", format!("fact = {}", deep("["))),
    ];
    for (name, text) in &files {
        let settings = "rules = \"house\"\n[facts]\nfile = \"facts.toml\"\n";
        let folder =
            Folder::with(&[("a.md", WARNING), ("medlint.toml", settings), ("house/a.toml", RULE), ("facts.toml", "")]);
        folder.write(name, text);
        let what = format!("{name}: {:.40}", text);
        let ran = survives(&folder, &what, &["check"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{what}\n{:.400}", ran.err);
        assert!(ran.err.contains(&format!("{name}:")), "{what}: told at its place\n{:.400}", ran.err);
        assert!(ran.err.len() < 10_000, "{what}: the message is as long as the file");
    }
}

/// A rule of one pattern.
fn rule_of(pattern: &str) -> String {
    let [id, name] = ["house/shape", "shape"];
    format!(
        "id = \"{id}\"\nname = \"{name}\"\ncheck = \"pattern\"\nmessage = \"“{{match}}” again\"\nexplain = \"Why.\"\n[options]\n\
         scope = \"anywhere\"\n[[pattern]]\nregex = '{pattern}'\n"
    )
}

#[test]
fn patterns_that_explode_elsewhere_are_refused_or_linear() {
    let deep = |open: &str, close: &str| format!("{}a{}", open.repeat(DEEP), close.repeat(DEEP));
    let refused =
        [deep("(", ")"), deep("(?:", ")*"), "(?:a{1000}){1000}".into(), r"\pL{100000}".into(), deep("[", "]")];
    for pattern in &refused {
        let folder = Folder::with(&[
            ("a.md", WARNING),
            ("medlint.toml", "rules = \"house\"\n"),
            ("house/a.toml", &rule_of(pattern)),
        ]);
        let ran = survives(&folder, &pattern[..9.min(pattern.len())], &["check"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{:.400}", ran.err);
        assert!(ran.err.contains("house/a.toml:9:9"), "{:.40}: at its place\n{:.400}", pattern, ran.err);
    }
    // What backtracks for ever in other engines.
    for pattern in ["(a+)+[0-9]", "(a|a)*[0-9]", "(?:.*a){12}[0-9]", "(?:a?){30}a{30}[0-9]"] {
        let text = format!("Rest {} now.\n", "a".repeat(20_000));
        let folder = Folder::with(&[
            ("a.md", &text),
            ("medlint.toml", "rules = \"house\"\n"),
            ("house/a.toml", &rule_of(pattern)),
        ]);
        let ran = survives(&folder, pattern, &["check", "-q", "--select", "house"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(0), ""), "{pattern}: {}", ran.err);
    }
}

#[test]
fn sizes_have_bounds() {
    let phrases: String = (0..60_000).map(|n| format!("\"rest {n}\",\n")).collect();
    let phrases = RULE.replace("[\"rest the knee\"]", &format!("[\n{phrases}]"));
    let many: Vec<(String, String)> =
        (0..2).map(|n| (format!("house/{n}.toml"), phrases.replace("house/wording", &format!("house/w{n}")))).collect();
    let patterns: String = (0..90).map(|n| format!("[[pattern]]\nregex = '\\pL{{90}}x{n}'\n")).collect();
    let large = rule_of("x").replace("[[pattern]]\nregex = 'x'\n", &patterns);
    let words = |n: usize| {
        let words: String = (0..30_000).map(|word| format!("\"w{n} x{word}\",\n")).collect();
        (format!("house/{n}.toml"), format!("kind = \"words\"\nlist = \"term\"\nwords = [\n{words}]\n"))
    };
    let words: Vec<(String, String)> = (0..9).map(words).collect();
    let small: Vec<(String, String)> = (0..1_100).map(|n| (format!("house/{n}.toml"), String::new())).collect();
    let below = format!("house/{}a.toml", "x/".repeat(20));
    let table: [(&[(String, String)], &str); 5] = [
        (&[("house/a.toml".to_owned(), large)], "too large together"),
        (&words, "at most 200000 words"),
        (&many, "phrases"),
        (&small, "holds 1100 files; medlint reads at most 1000"),
        (&[(below, RULE.to_owned())], "holds no file of rules"),
    ];
    for (files, message) in table {
        let folder = Folder::with(&[("a.md", WARNING), ("medlint.toml", "rules = \"house\"\n")]);
        files.iter().for_each(|(name, text)| folder.write(name, text));
        let ran = survives(&folder, message, &["check"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{message}");
        assert!(ran.err.contains(message), "{message}: {:.600}", ran.err);
    }
}

#[test]
fn mistakes_without_end_are_told_to_a_hundred() {
    let rules: String = (0..15_000).map(|n| format!("[rule.\"x/{n}\"]\nseverity = \"off\"\n")).collect();
    let terms = format!("terms = [{}]\n", "\"-\", ".repeat(60_000));
    let hosts = format!("[links]\nallow = [{}]\n", "\"x\", ".repeat(60_000));
    let overrides = "[[override]]\nfiles = [\"x\"]\nrule.\"x/y\".severity = \"off\"\n".repeat(10_000);
    let facts = "[[fact]]\nprocedure = \"x\"\ntopic = \"x\"\nslot = \"x\"\nrange = \"x\"\n".repeat(10_000);
    let settings = [rules, terms, hosts, overrides].map(|text| ("medlint.toml", text));
    for (name, text) in settings.iter().chain(&[("facts.toml", facts)]) {
        let folder = Folder::with(&[("a.md", WARNING), ("medlint.toml", "[facts]\nfile = \"facts.toml\"\n")]);
        folder.write(name, text);
        let ran = survives(&folder, name, &["check"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{name}");
        let count = ran.err.lines().filter(|line| line.starts_with("error:")).count();
        assert!((100..=101).contains(&count), "{name}: {count}");
    }
}

#[test]
fn files_without_end_are_refused() {
    let folder = Folder::with(&[("a.md", WARNING), ("house/a.toml", RULE)]);
    for name in ["zero.md", "zero", "house/zero.toml"] {
        symlink("/dev/zero", folder.path(name)).unwrap();
    }
    let report = folder.json(&["a.md", "zero.md"]);
    assert_eq!(texts(&report["diagnostics"], "path"), ["a.md"]);
    assert!(texts(&report["summary"]["unreadable"], "reason")[0].contains("binary"));
    for (option, reason) in [("--config", "larger than 1 MiB"), ("--baseline", "a NUL at byte 0")] {
        let ran = folder.run(&["check", "a.md", option, "zero"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{option}");
        assert!(ran.err.contains(reason), "{}", ran.err);
    }
    let table = [
        ("rules = \"house\"\n", "house/zero.toml:1:1", "it is a pipe or a device"),
        ("[facts]\nfile = \"zero\"\n", "medlint.toml:2:8", "is no file"),
    ];
    for (settings, told, reason) in table {
        folder.write("medlint.toml", settings);
        let ran = folder.run(&["check", "a.md"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{settings}");
        assert!(ran.err.contains(told) && ran.err.contains(reason), "{}", ran.err);
    }
    // A pipe that nobody writes into.
    folder.remove("house/zero.toml");
    pipe(&folder.path("house/pipe.toml"));
    folder.write("medlint.toml", "rules = \"house\"\n");
    let mut child = folder.command(&["check", "a.md"]).spawn().unwrap();
    until(|| child.try_wait().unwrap().is_some());
    child.kill().unwrap();
    let ran = child.wait_with_output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && told.contains("house/pipe.toml:1:1"), "{}: {told}", ran.status);
    // Settings that are a device hold for nobody, and the nearest file upwards counts.
    folder.remove("medlint.toml");
    symlink("/dev/zero", folder.path("medlint.toml")).unwrap();
    assert_eq!(folder.run(&["check", "a.md"]).status, Some(1));
}

#[test]
fn baselines_of_strangers_are_told_line_by_line() {
    let nested = format!("# medlint baseline 1\n{{\"a\": {}\n", "[".repeat(DEEP));
    let long = format!("# medlint baseline 1\n{}\n", "a\t".repeat(DEEP));
    let places =
        format!("# medlint baseline 1\na.md\tx/y\t00000000000000ff\t1\t{}\tRest\n", "00000000000000ff,".repeat(DEEP));
    for text in [&nested, &long, &places] {
        let folder = Folder::with(&[("a.md", WARNING), ("base", text)]);
        let ran = survives(&folder, "a baseline", &["check", "--baseline", "base"]);
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{:.300}", ran.err);
        assert!(ran.err.contains("base:2:1") && ran.err.len() < 10_000, "{:.300}", ran.err);
    }
}
