//! Wrong settings and wrong rule files, one fault a file: each gives one message, at the line that the file marks.
//!
//! `mistakes/settings/NAME.toml` becomes the `medlint.toml` of a fresh folder, `mistakes/rules/NAME.toml` a rule file
//! that such settings name. What the program says stands in `mistakes/stored/`; `BLESS=1 cargo test --test mistakes`
//! rewrites that, and the difference is reviewed like code.
#![allow(clippy::unwrap_used, reason = "what goes wrong around the program is a failed test")]

#[allow(dead_code, reason = "other tests need the rest of it")]
#[path = "cli/folder.rs"]
mod folder;

use folder::{Folder, Ran};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Stands at the end of the line that is wrong. A file that can hold no mark is wrong in its first line: it is empty.
const MARK: &str = "# <- here";

/// Cases whose message stands at another line than it should, with that line. One whose message finds the mark must go.
const ELSEWHERE: &[(&str, usize)] = &[
    // The message is there, but under [options].
    ("rules-key-after-options", 1),
    // The text is opened in the first line; what follows from that is told instead.
    ("settings-syntax-line-break-in-string", 2),
    ("settings-syntax-long-string-open", 3),
];

/// Cases whose message still speaks as a programmer does. An entry whose message has become plain must go.
const UNCLEAR: &str = "rules-regex-escape";

/// What no message for an editor says.
const JARGON: &str = "string field struct map sequence variant null JSON u32 i64 f64 boolean mantissa newline bytes";

const ARTICLE: &str = "# Knee care\n\nRest the knee for two days. Then begin to walk.\n";
const RULES: &str = "rules = \"editorial\"\n";
/// Read before any rule file of a case.
const GOOD_RULE: (&str, &str) = (
    "editorial/a-newsletter.toml",
    "id = \"house/newsletter\"\nname = \"an old name of our newsletter\"\ncheck = \"phrase\"\n\
     message = \"“{match}” has a new name; write “Lakeside Letter”\"\n\n[options]\nscope = \"sentence\"\n\n\
     [[phrase]]\nany = [\"clinic gazette\"]\n",
);

struct Case {
    /// `settings-NAME` or `rules-NAME`.
    name: String,
    /// Where it lies in the folder that the program is run in.
    path: String,
    text: String,
}

impl Case {
    /// The number of the marked line.
    fn line(&self) -> usize {
        let marked: Vec<usize> =
            (1..).zip(self.text.lines()).filter(|(_, l)| l.contains(MARK)).map(|(n, _)| n).collect();
        match marked.as_slice() {
            [] if self.text.is_empty() => 1,
            [line] => *line,
            _ => panic!("{}: one line is marked with {MARK}", self.name),
        }
    }
}

fn mistakes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The names of the files in a folder of cases, without their ends, sorted.
fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(mistakes().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries.map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Every case, and what the program says of it.
static CASES: LazyLock<Vec<(Case, Ran)>> = LazyLock::new(|| {
    let case = |kind: &str, name: String| Case {
        path: if kind == "rules" { format!("editorial/{name}.toml") } else { "medlint.toml".to_owned() },
        text: fs::read_to_string(mistakes().join(kind).join(format!("{name}.toml"))).unwrap(),
        name: format!("{kind}-{name}"),
    };
    let of = |kind| names(kind).into_iter().map(move |name| case(kind, name));
    let ran = |case: Case| {
        let folder = home(&[("medlint.toml", RULES)]);
        folder.write(&case.path, &case.text);
        let ran = check(&folder);
        (case, ran)
    };
    of("rules").chain(of("settings")).map(ran).collect()
});

/// The names of all cases.
fn known() -> BTreeSet<&'static str> {
    CASES.iter().map(|(case, _)| &*case.name).collect()
}

/// A folder with nothing wrong in it, and these files.
fn home(files: &[(&str, &str)]) -> Folder {
    let around = [("a.md", ARTICLE), ("content/b.md", ARTICLE), ("faq/c.md", ARTICLE), GOOD_RULE];
    Folder::with(&[&around, files].concat())
}

fn check(folder: &Folder) -> Ran {
    folder.run(&["check", "a.md"])
}

/// The messages with their places, in the order told: file, line, text.
fn told(err: &str) -> Vec<(String, usize, String)> {
    let mut told = Vec::new();
    let mut text = String::new();
    for line in err.lines() {
        let place = line.trim_start().strip_prefix("┌─ ");
        match (line.strip_prefix("error: "), place.map(|p| p.rsplitn(3, ':').collect::<Vec<_>>())) {
            (Some(first), _) => text = first.to_owned(),
            (_, Some(place)) => {
                let [_, number, file] = place.as_slice() else { panic!("{line}") };
                told.push(((*file).to_owned(), number.parse().unwrap(), std::mem::take(&mut text)));
            }
            // A long message goes on.
            _ if !text.is_empty() => text = format!("{text} {}", line.trim()),
            _ => {}
        }
    }
    told
}

/// The places alone.
fn places(err: &str) -> Vec<(String, usize)> {
    told(err).into_iter().map(|(file, line, _)| (file, line)).collect()
}

#[test]
fn what_is_around_the_cases_is_right() {
    for settings in ["", RULES] {
        let ran = check(&home(&[("medlint.toml", settings)]));
        assert_eq!((ran.status, &*ran.err), (Some(0), ""), "{settings}\n{}", ran.out);
    }
}

#[test]
fn every_mistake_is_told_once_and_where_it_is() {
    assert!(CASES.len() >= 50);
    let mut faults = Vec::new();
    for (case, ran) in CASES.iter() {
        if ran.status != Some(2) || !ran.out.is_empty() {
            faults.push(format!("{}: status {:?}\n{}{}", case.name, ran.status, ran.out, ran.err));
            continue;
        }
        let errors = ran.err.lines().filter(|line| line.starts_with("error: ")).count();
        let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == case.name).map(|(_, line)| *line);
        let wanted = vec![(case.path.clone(), elsewhere.unwrap_or(case.line()))];
        if errors != 1 || places(&ran.err) != wanted {
            faults.push(format!("{}: wanted once, at {wanted:?}\n{}", case.name, ran.err));
        }
    }
    for (name, line) in ELSEWHERE {
        if !CASES.iter().any(|(case, _)| case.name == *name && case.line() != *line) {
            faults.push(format!("{name}: there is no such case any more, or it stands where it should"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_message_is_as_stored() {
    let folder = mistakes().join("stored");
    let is_blessed = std::env::var_os("BLESS").is_some();
    let mut faults = Vec::new();
    for (case, ran) in CASES.iter() {
        let (file, now) = (folder.join(format!("{}.txt", case.name)), &ran.err);
        if is_blessed {
            fs::write(&file, now).unwrap();
            continue;
        }
        match fs::read_to_string(&file) {
            Ok(stored) if stored == *now => {}
            Ok(stored) => faults.push(format!("{}\n--- stored\n{stored}--- now\n{now}", case.name)),
            Err(error) => faults.push(format!("{}: {error}", file.display())),
        }
    }
    let known = known();
    let orphans = names("stored").into_iter().filter(|name| !known.contains(&**name));
    faults.extend(orphans.map(|name| format!("stored/{name}.txt: no case is called so")));
    assert!(faults.is_empty(), "{}\nif that is as it should be: BLESS=1 cargo test --test mistakes", faults.join("\n"));
}

/// What a programmer would say and an editor would not understand; what is quoted from the file is left out.
fn jargon(message: &str) -> Option<String> {
    let own: String = message.split('“').map(|part| part.split_once('”').map_or(part, |(_, after)| after)).collect();
    let jargon: BTreeSet<&str> = JARGON.split(' ').collect();
    let found = own.split(|c: char| !c.is_alphanumeric()).find(|word| jargon.contains(word)).map(str::to_owned);
    let trouble = [
        (own.contains(", expected "), "a parser speaks"),
        (message.starts_with(char::is_uppercase), "a capital at its beginning"),
        (message.ends_with('.'), "a stop at its end"),
    ];
    found.or_else(|| trouble.iter().find(|(is_so, _)| *is_so).map(|(_, what)| (*what).to_owned()))
}

#[test]
fn messages_are_for_editors() {
    let mut faults = Vec::new();
    for (case, ran) in CASES.iter() {
        for (_, _, message) in told(&ran.err) {
            match (jargon(&message), UNCLEAR.split(' ').any(|name| name == case.name)) {
                (Some(what), false) => faults.push(format!("{}: {what}: {message}", case.name)),
                (None, true) => faults.push(format!("{}: no longer unclear", case.name)),
                _ => {}
            }
        }
    }
    let known = known();
    let unclear = UNCLEAR.split(' ').filter(|name| !name.is_empty());
    faults.extend(unclear.filter(|name| !known.contains(name)).map(|name| format!("{name}: no such case")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn several_mistakes_are_told_at_once_in_order() {
    let settings = r#"rules = "editorial"
terms = [""]
exclude = ["../drafts"]

[rule."duplicate/haeding"]
severity = "off"

[rule."duplicate/heading"]
min-word = 3
severity = "of"

[links]
allow = ["x"]
"#;
    let first = GOOD_RULE.1.replace("house/newsletter", "house/first").replace("\"sentence\"", "\"line\"");
    let second = GOOD_RULE.1.replace("house/newsletter", "house/second").replace("{match}", "{word}");
    let files = [("medlint.toml", settings), ("editorial/c.toml", &second), ("editorial/b.toml", &first)];
    let folder = home(&files);
    let ran = check(&folder);
    assert_eq!((ran.status, &*ran.out), (Some(2), ""));
    let rule_places = [("editorial/b.toml", 7), ("editorial/c.toml", 4)];
    let own_places = [2, 3, 5, 9, 10, 13].map(|line| ("medlint.toml", line));
    let wanted: Vec<_> = rule_places.into_iter().chain(own_places).map(|(f, line)| (f.to_owned(), line)).collect();
    assert_eq!(places(&ran.err), wanted, "{}", ran.err);
    assert_eq!(check(&folder).err, ran.err, "the same again");
}

#[test]
fn all_settings_files_of_a_run_are_judged() {
    let folder = home(&[("content/medlint.toml", "article = \"\"\n"), ("faq/medlint.toml", "terms = [\n\"\"]\n")]);
    let ran = folder.run(&["check"]);
    assert_eq!((ran.status, &*ran.out), (Some(2), ""));
    let wanted = [("content/medlint.toml".to_owned(), 1), ("faq/medlint.toml".to_owned(), 2)];
    assert_eq!(places(&ran.err), wanted, "{}", ran.err);
    assert_eq!(folder.run(&["check", "a.md"]).status, Some(0), "settings that hold for no article are not read");
}

#[test]
fn a_file_that_is_no_text_is_told() {
    let large = "# No rule is this long.\n".repeat(50_000);
    let table: [(&str, &str, &[u8], &str); 5] = [
        ("", "medlint.toml", b"terms = [\"Lake\"]\narticle = \"H\xfcfte\"\n", "not UTF-8 text"),
        ("", "medlint.toml", b"\xff\xfea\0", "save it as UTF-8"),
        ("", "medlint.toml", b"article = \"hip\0\"\n", "not UTF-8 text"),
        (RULES, "editorial/b.toml", b"name = \"H\xfcfte\"\n", "not UTF-8 text"),
        (RULES, "editorial/b.toml", large.as_bytes(), "larger than 1 MiB"),
    ];
    for (settings, file, bytes, reason) in table {
        let folder = home(&[("medlint.toml", settings)]);
        folder.write(file, bytes);
        let ran = check(&folder);
        assert_eq!((ran.status, &*ran.out), (Some(2), ""), "{}", ran.err);
        // Nothing of the file can be shown, so its first line stands for all of it.
        assert_eq!(places(&ran.err), [(file.to_owned(), 1)], "{}", ran.err);
        assert!(told(&ran.err)[0].2.contains(reason), "{}", ran.err);
    }
}

#[test]
fn settings_that_were_asked_for_must_be_there() {
    for (file, line) in [("gone.toml", 1), ("content", 1)] {
        let ran = home(&[]).run(&["check", "--config", file, "a.md"]);
        assert_eq!((ran.status, &*ran.out), (Some(2), ""), "{}", ran.err);
        assert_eq!(places(&ran.err), [(file.to_owned(), line)], "{}", ran.err);
    }
}

#[test]
fn a_mistake_in_the_facts_stands_in_their_file() {
    let settings = "[facts]\nfile = \"house/facts.toml\"\n";
    let ran = check(&home(&[("medlint.toml", settings), ("house/facts.toml", "# Ours\nwalking = six weeks\n")]));
    assert_eq!((ran.status, &*ran.out), (Some(2), ""));
    assert_eq!(places(&ran.err), [("house/facts.toml".to_owned(), 2)], "{}", ran.err);
}

#[test]
fn marks_and_line_ends_of_other_programs_are_no_mistake() {
    let rule = GOOD_RULE.1.replace("house/newsletter", "house/gazette").replace('\n', "\r\n");
    let settings = "rules = \"editorial\"\r\nfail-on = \"never\"\r\n";
    for mark in ["", "\u{feff}"] {
        let files = [("medlint.toml", &*format!("{mark}{settings}")), ("editorial/b.toml", &format!("{mark}{rule}"))];
        let ran = check(&home(&files));
        assert_eq!((ran.status, &*ran.err), (Some(0), ""), "{}", ran.out);
        let wrong = format!("{mark}{settings}article = \"\"\r\n");
        let ran = check(&home(&[("medlint.toml", &wrong)]));
        assert_eq!(places(&ran.err), [("medlint.toml".to_owned(), 3)], "{}", ran.err);
        assert!(ran.err.contains("medlint.toml:3:11"), "the column counts from the line's beginning\n{}", ran.err);
    }
}
