//! Holds the source tree to its own rules: layers, file heads and lengths, what must not stand in code, rules and checks
//! that name each other, the wording of messages, fixtures with their sidecars.
//!
//! What the compiler cannot see is read here as text. Comments and literals are blanked before code is judged, so that a
//! word inside a string is no offence.
#![allow(clippy::unwrap_used, reason = "a tree that cannot be read is a failed test")]

use medlint::checks::{self, CHECKS};
use medlint::language::{Entry, WordsFile};
use medlint::rules::{Rule, RuleSet};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Who may import whom: from further left only.
const LAYERS: &str =
    "span|source diagnostic|language|document|facts|rules|checks|config|engine|filter report|server|cli";

/// At so many lines a file is asked what its second thing is.
const MOST_LINES: usize = 400;

/// Words that we do not use for findings and parts of text.
const FORBIDDEN_WORDS: &[&str] = &["violation", "alert", "token", "chunk", "node", "issue"];

/// What has no place outside tests: the library never prints and never gives up.
const FORBIDDEN_CODE: &str =
    ".unwrap() panic! todo! unimplemented! unreachable! print! println! eprint! eprintln! dbg!";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder or the file itself, sorted; nothing where it does not exist.
fn files(below: &Path) -> Vec<PathBuf> {
    if below.is_file() {
        return vec![below.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(below) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.flat_map(|entry| files(&entry.unwrap().path())).collect();
    found.sort();
    found
}

fn files_in(parts: &[&str], extension: &str) -> Vec<PathBuf> {
    let all = parts.iter().flat_map(|part| files(&root().join(part)));
    all.filter(|file| file.extension().is_some_and(|e| e == extension)).collect()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// The path as we speak of it: from the root, with `/`.
fn short(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Fails with all offences at once.
fn none(what: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{what}:\n  {}", offences.join("\n  "));
}

/// Rust with comments and the insides of literals turned into blanks; lines stay where they are.
fn bare(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let length = comment(rest).or_else(|| literal(rest, &out));
        let (part, after) = rest.split_at(length.unwrap_or(c.len_utf8()));
        match length {
            Some(_) => out.extend(part.chars().map(|c| if c == '\n' { c } else { ' ' })),
            None => out.push_str(part),
        }
        rest = after;
    }
    out
}

/// The length of the comment that begins here; block comments do not nest with us.
fn comment(code: &str) -> Option<usize> {
    if code.starts_with("//") {
        return Some(code.find('\n').unwrap_or(code.len()));
    }
    code.starts_with("/*").then(|| code.find("*/").map_or(code.len(), |at| at + 2))
}

/// The length of the string or character that begins here, behind what was already seen.
fn literal(code: &str, before: &str) -> Option<usize> {
    let follows_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let raw = code.strip_prefix('r').filter(|_| !follows_name || before.ends_with('b'));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            return Some(code[body..].find(&close).map_or(code.len(), |at| body + at + close.len()));
        }
    }
    let quote = code.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            // A lifetime: what follows one character is no closing quote.
            _ if quote == '\'' && !code[at + c.len_utf8()..].starts_with('\'') && !code[1..].starts_with('\\') => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// Bare code without what is compiled for tests only.
fn without_tests(bare: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut rest = bare;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at + MARK.len()..];
        let end = match item.find(['{', ';']) {
            Some(open) if item[open..].starts_with('{') => open + closing_brace(&item[open..]),
            Some(stop) => stop,
            None => item.len() - 1,
        };
        out.extend(item[..=end].chars().filter(|c| *c == '\n'));
        rest = &item[end + 1..];
    }
    out + rest
}

/// Where the brace that opens `code` is closed.
fn closing_brace(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    code.len() - 1
}

/// The modules that code names behind `crate::`, with the byte at which each does, nested braces of a `use` included.
fn modules_named(bare: &str) -> Vec<(usize, String)> {
    const CRATE: &str = "crate::";
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, _) in bare.match_indices(CRATE).filter(|(at, _)| !bare[..*at].ends_with(['$', '_'])) {
        let rest = bare[at + CRATE.len()..].trim_start();
        let name = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !rest.starts_with('{') {
            found.push((at, name(rest)));
            continue;
        }
        let mut depth = 0;
        for (place, c) in rest[..closing_brace(rest)].char_indices() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 1 && matches!(c, '{' | ',') {
                found.push((at, name(&rest[place + 1..])));
            }
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[test]
fn code_is_read_as_written() {
    let code = "use crate::{a::{B, c}, d};\nlet x: &'a str = \"crate::no // no\"; // crate::no\nlet y = '\"'; crate::e::f();\n\
        let z = r#\"crate::no \" \"#; let q = '\\'';\n#[cfg(test)]\nmod tests { fn f() { g.unwrap() } }\nfn h() {}";
    let bare = bare(code);
    let names: Vec<String> = modules_named(&bare).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["a", "d", "e"]);
    assert_eq!(bare.lines().count(), code.lines().count());
    let rest = without_tests(&bare);
    assert!(bare.contains(".unwrap()") && !rest.contains(".unwrap()") && rest.contains("fn h()"), "{rest}");
}

#[test]
fn modules_import_from_lower_layers_only() {
    let layer = |name: &str| LAYERS.split('|').position(|layer| layer.split(' ').any(|known| known == name));
    let mut offences = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files_in(&["src"], "rs") {
        let place = short(&file);
        let own = place.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        if ["lib", "main"].contains(&own.as_str()) {
            continue;
        }
        let Some(number) = layer(&own) else {
            offences.push(format!("{place}: the module `{own}` has no layer"));
            continue;
        };
        let code = bare(&read(&file));
        for (at, name) in modules_named(&code) {
            if name != own && layer(&name).is_none_or(|other| other >= number) {
                offences.push(format!("{place}:{}: `{own}` may not import `{name}`", line_of(&code, at)));
            }
            seen.insert(name);
        }
    }
    none("layers", &offences);
    assert!(seen.contains("span") && seen.contains("engine"), "imports were not recognised: {seen:?}");
}

#[test]
fn every_source_file_is_a_module() {
    let mut offences = Vec::new();
    for file in files_in(&["src"], "rs") {
        let folder = file.parent().unwrap();
        let stem = file.file_stem().unwrap().to_str().unwrap();
        if folder.ends_with("src") && ["lib", "main"].contains(&stem) {
            continue;
        }
        let (module, home) = if stem == "mod" { (folder, folder.parent().unwrap()) } else { (file.as_path(), folder) };
        let module = module.file_stem().unwrap().to_str().unwrap();
        let parent = home.join(if home.ends_with("src") { "lib.rs" } else { "mod.rs" });
        let code = bare(&read(&parent));
        if !code.lines().any(|line| line.trim_end().ends_with(&format!("mod {module};"))) {
            offences.push(format!("{} is not named in {}", short(&file), short(&parent)));
        }
    }
    none("files that nobody compiles", &offences);
}

#[test]
fn files_open_with_their_purpose_and_stay_short() {
    let mut offences = Vec::new();
    for file in files_in(&["src", "tests", "benches", "tools", "fuzz", "build.rs"], "rs") {
        let text = read(&file);
        if !text.starts_with("//! ") {
            offences.push(format!("{} does not open with `//!`", short(&file)));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            offences.push(format!("{} has {lines} lines, more than {MOST_LINES}", short(&file)));
        }
    }
    none("files", &offences);
}

#[test]
fn the_library_neither_panics_nor_prints() {
    let mut offences = Vec::new();
    for file in files_in(&["src"], "rs") {
        let code = without_tests(&bare(&read(&file)));
        for forbidden in FORBIDDEN_CODE.split(' ') {
            for (at, _) in code.match_indices(forbidden) {
                let is_end_of_name = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                if forbidden.starts_with('.') || !is_end_of_name {
                    offences.push(format!("{}:{}: {forbidden}", short(&file), line_of(&code, at)));
                }
            }
        }
    }
    none("outside tests", &offences);
}

/// The rules as their files say, by the file.
fn rules_on_disk() -> BTreeMap<String, Rule> {
    let is_rule = |file: &PathBuf| !file.parent().unwrap().ends_with("lexicon");
    let parse = |file: PathBuf| {
        let rule = toml::from_str(&read(&file)).unwrap_or_else(|e| panic!("{}: {e}", short(&file)));
        (short(&file), rule)
    };
    files_in(&["rules"], "toml").into_iter().filter(is_rule).map(parse).collect()
}

#[test]
fn the_packed_rules_equal_their_files() {
    let mut on_disk: Vec<Rule> = rules_on_disk().into_values().collect();
    on_disk.sort_by(|a, b| a.id.cmp(&b.id));
    let builtin = RuleSet::builtin();
    let packed: Vec<Rule> = builtin.rules.iter().map(|rule| (**rule).clone()).collect();
    let ids = |rules: &[Rule]| rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&packed), ids(&on_disk));
    for (packed, written) in packed.iter().zip(&on_disk) {
        assert_eq!(packed, written);
    }
    for file in files_in(&["rules/lexicon"], "toml") {
        let words: WordsFile = toml::from_str(&read(&file)).unwrap();
        assert_eq!(words.kind, "words", "{}", short(&file));
        let list = builtin.lexicon.list(&words.list);
        for phrase in words.words.iter().chain(words.entry.iter().flat_map(Entry::forms)) {
            assert!(list.has_text(phrase), "{}: “{phrase}” is not in the packed list", short(&file));
        }
        let entries = builtin.lexicon.entries(&words.list);
        assert!(words.entry.iter().all(|entry| entries.contains(entry)), "{}", short(&file));
    }
}

#[test]
fn rules_and_checks_name_each_other() {
    let named: BTreeSet<String> = rules_on_disk().into_values().map(|rule| rule.check).collect();
    let known: BTreeSet<String> = CHECKS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, known, "checks named by rules (left), entries of CHECKS (right)");
    assert_eq!(known.len(), CHECKS.len(), "two checks of one name");
}

#[test]
fn every_wording_is_used() {
    let lexicon = RuleSet::builtin().lexicon;
    let mut offences = Vec::new();
    for (file, rule) in rules_on_disk() {
        assert!(checks::build(&[Arc::new(rule.clone())], &lexicon).is_ok(), "{file} cannot be built alone");
        for key in rule.texts.keys() {
            let mut broken = rule.clone();
            broken.texts.insert(key.clone(), "{never closed".to_owned());
            if checks::verify(&Arc::new(broken), &lexicon).is_ok() {
                offences.push(format!("{file}: [texts] {key} is asked for by no check"));
            }
        }
    }
    none("wording", &offences);
}

#[test]
fn messages_keep_the_house_style() {
    let mut offences = Vec::new();
    for (file, rule) in rules_on_disk() {
        let texts = rule.texts.iter().map(|(key, text)| (key.as_str(), text));
        for (key, text) in [("name", &rule.name), ("message", &rule.message)].into_iter().chain(texts) {
            let opens_well = text.starts_with(|c: char| c.is_lowercase() || matches!(c, '“' | '‘' | '{'));
            if !opens_well {
                offences.push(format!("{file}: {key} begins neither in lower case nor with a quotation: {text}"));
            }
            if text.trim_end().ends_with('.') {
                offences.push(format!("{file}: {key} ends with a full stop: {text}"));
            }
            for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
                if FORBIDDEN_WORDS.contains(&word.strip_suffix('s').unwrap_or(word)) {
                    offences.push(format!("{file}: {key} says “{word}”"));
                }
            }
        }
    }
    none("messages", &offences);
}

#[test]
fn no_pattern_uses_a_unicode_word_boundary() {
    let mut offences = Vec::new();
    for (file, rule) in rules_on_disk() {
        for pattern in &rule.pattern {
            let rest = pattern.regex.replace(r"(?-u:\b)", "").replace(r"\\", "");
            if [r"\b", r"\B", r"\<", r"\>"].iter().any(|boundary| rest.contains(boundary)) {
                offences.push(format!("{file}: {}", pattern.regex));
            }
        }
    }
    none("write (?-u:\\b), which is thirty times faster", &offences);
}

#[test]
fn articles_and_expectations_come_in_pairs() {
    const SIDECAR: &str = ".expect.toml";
    let mut articles = BTreeSet::new();
    let mut sidecars = BTreeSet::new();
    for file in files(&root().join("fixtures")) {
        let place = short(&file);
        match place.strip_suffix(SIDECAR) {
            Some(stem) => assert!(sidecars.insert(stem.to_owned())),
            None => assert!(articles.insert(short(&file.with_extension(""))), "{place}: two articles of one stem"),
        }
    }
    assert!(!articles.is_empty());
    let astray: Vec<String> = articles.symmetric_difference(&sidecars).cloned().collect();
    none("an article without expectations, or expectations without an article", &astray);
}

#[test]
fn nothing_points_outside_the_repository() {
    // Put together here, or this file would be the first offence.
    let places = [["..", "/shared"].concat(), ["/", "work/"].concat()];
    let parts =
        ["src", "tests", "rules", "fixtures", "benches", "tools", "docs", ".ci", ".github", "README.md", "action.yml"];
    let files = parts.iter().chain(&["Cargo.toml", "build.rs"]).flat_map(|part| files(&root().join(part)));
    let mut offences = Vec::new();
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for place in &places {
            for (at, _) in text.match_indices(place.as_str()) {
                offences.push(format!("{}:{} names {place}", short(&file), line_of(&text, at)));
            }
        }
    }
    none("places outside", &offences);
}
