//! What the program is made of: no unsafe code of ours, licences that go together, no crate twice without a reason, and no call that
//! reaches a network.
//!
//! The lists are short on purpose: whoever adds a crate that does not fit adds a line here, and says why.
#![allow(clippy::unwrap_used, reason = "what cannot be asked is a failed test")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Licences that what we ship may be under, and those of build and test tools as well.
const LICENCES: &[&str] =
    &["MIT", "Apache-2.0", "Unicode-3.0", "Zlib", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Unlicense"];

/// Crates that are under another licence, with the reason why they may be used.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("cssparser", "MPL-2.0", "tests compare our HTML with a browser's tree; never shipped"),
    ("cssparser-macros", "MPL-2.0", "as cssparser"),
    ("dtoa-short", "MPL-2.0", "as cssparser"),
    ("selectors", "MPL-2.0", "as cssparser"),
];

/// Crates in several versions, with the reason; none of those that are shipped may stand here.
const TWICE: &[(&str, &str)] = &[
    ("rand", "phf, under scraper, is older than proptest; tests only"),
    ("rand_core", "as rand"),
    ("syn", "macros of several ages, when building only"),
];

/// What reaches other machines begins with one of these; `socketpair`, `send` and `recv` join threads and processes of this machine.
const NETWORK: &[&str] = &[
    "socket",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "getaddrinfo",
    "gethostbyname",
    "sendto",
    "recvfrom",
    "res_init",
];

/// Commands of git that ask other machines.
const ELSEWHERE: &[&str] =
    &["archive", "clone", "fetch", "fetch-pack", "ls-remote", "pull", "push", "remote", "send-pack", "submodule"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo knows of all packages on this platform, asked without a network.
static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let tool = |name: &str| std::env::var_os(name.to_uppercase()).unwrap_or_else(|| name.into());
    let said = Command::new(tool("rustc")).arg("-vV").output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Command::new(tool("cargo"));
    cargo.args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host]);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
});

struct Package<'a> {
    name: &'a str,
    version: &'a str,
    licence: &'a str,
    is_shipped: bool,
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The ids of what is linked into the program: ordinary dependencies of ordinary dependencies.
fn shipped() -> BTreeSet<&'static str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&METADATA["resolve"]["nodes"]).iter().map(|entry| (text(entry, "id"), entry)).collect();
    let own = list(&METADATA["packages"]).iter().find(|package| package["name"] == "medlint").unwrap();
    let mut found = BTreeSet::new();
    let mut left = vec![text(own, "id")];
    while let Some(id) = left.pop() {
        if found.insert(id) {
            let all = list(&nodes[id]["deps"]).iter();
            let ordinary = all.filter(|dep| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()));
            left.extend(ordinary.map(|dep| text(dep, "pkg")));
        }
    }
    found
}

/// Every package but our own.
fn packages() -> Vec<Package<'static>> {
    let shipped = shipped();
    let strangers = list(&METADATA["packages"]).iter().filter(|package| !package["source"].is_null());
    let package = |package: &'static Value| Package {
        name: text(package, "name"),
        version: text(package, "version"),
        licence: text(package, "license"),
        is_shipped: shipped.contains(text(package, "id")),
    };
    strangers.map(package).collect()
}

/// True where an expression of licences can be met by those that are allowed: `/` is an old way to write `OR`.
fn can_be_met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any(words, at, allowed);
        *at += 1;
        return met;
    }
    // An exception allows more than the licence does.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    allowed(word)
}

#[test]
fn expressions_of_licences_are_read() {
    let met = |expression: &str| can_be_met(expression, &|name| ["A", "B"].contains(&name));
    for yes in ["A", "A OR C", "C/B", "C / A", "(C OR A) AND B", "A WITH x OR C", "C AND C OR A"] {
        assert!(met(yes), "{yes}");
    }
    for no in ["", "C", "A AND C", "(A OR B) AND C", "C WITH A", "A B", "(A"] {
        assert!(!met(no), "{no}");
    }
}

#[test]
fn licences_go_together() {
    let mut used = BTreeSet::new();
    for Package { name, version, licence, is_shipped } in packages() {
        let otherwise = OTHERWISE.iter().find(|(own, ..)| *own == name && !is_shipped);
        used.extend(otherwise.map(|(own, ..)| *own));
        let is_allowed = |one: &str| LICENCES.contains(&one) || otherwise.is_some_and(|(_, own, _)| *own == one);
        assert!(can_be_met(licence, &is_allowed), "{name} {version} is under “{licence}”");
    }
    let known: BTreeSet<&str> = OTHERWISE.iter().map(|(name, ..)| *name).collect();
    assert_eq!(used, known, "used (left), listed (right)");
}

#[test]
fn no_crate_comes_twice_without_a_reason() {
    let mut versions: BTreeMap<&str, Vec<&Package<'_>>> = BTreeMap::new();
    let packages = packages();
    packages.iter().for_each(|package| versions.entry(package.name).or_default().push(package));
    let twice: Vec<_> = versions.into_iter().filter(|(_, all)| all.len() > 1).collect();
    for (name, all) in &twice {
        assert!(all.iter().filter(|one| one.is_shipped).count() < 2, "{name} is shipped in several versions");
    }
    let twice: BTreeSet<&str> = twice.into_iter().map(|(name, _)| name).collect();
    let known: BTreeSet<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(twice, known, "in several versions (left), listed (right)");
}

#[test]
fn all_crates_come_from_the_registry() {
    let own: Vec<&str> =
        list(&METADATA["packages"]).iter().filter(|one| one["source"].is_null()).map(|one| text(one, "name")).collect();
    assert_eq!(own, ["medlint", "medlint-tools"], "whatever else lies on the disk is a stranger's too");
    for package in list(&METADATA["packages"]).iter().filter(|package| !package["source"].is_null()) {
        let source = text(package, "source");
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{}", text(package, "name"));
    }
    assert!(packages().iter().filter(|package| package.is_shipped).count() > 50, "the packages are found");
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate_of_ours() {
    for file in ["src/lib.rs", "src/main.rs", "build.rs"] {
        let code = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(code.lines().any(|line| line == "#![forbid(unsafe_code)]"), "{file} does not forbid unsafe code");
    }
    // The tools, and tests and benches, by what holds for the workspace.
    let manifest = |file: &str| std::fs::read_to_string(root().join(file)).unwrap().parse::<toml::Table>().unwrap();
    assert_eq!(manifest("Cargo.toml")["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for file in ["Cargo.toml", "tools/Cargo.toml"] {
        assert_eq!(manifest(file)["lints"]["workspace"].as_bool(), Some(true), "{file}");
    }
}

/// The names that a program asks the dynamic linker for, from its own table (ELF, 64 bits, little-endian): its strings stand in the section
/// that the section of dynamic symbols, of type 11, is linked to.
#[cfg(target_os = "linux")]
fn dynamic_names(program: &[u8]) -> BTreeSet<String> {
    let number = |at: usize, bytes: usize| {
        program[at..at + bytes].iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let (first, size, count) = (number(0x28, 8), number(0x3a, 2), number(0x3c, 2));
    let header = |index: usize| first + index * size;
    let symbols = (0..count).map(header).find(|at| number(at + 4, 4) == 11).unwrap();
    let strings = header(number(symbols + 0x28, 4));
    let (start, length) = (number(strings + 0x18, 8), number(strings + 0x20, 8));
    let names = program[start..start + length].split(|byte| *byte == 0);
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// The program asks the system for no call that could open a way to another machine: it has no such call to make. Other programs that it
/// starts are git alone, with commands that stay on this machine.
#[cfg(target_os = "linux")]
#[test]
fn the_program_has_no_call_that_reaches_a_network() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_medlint")).unwrap();
    let asked = dynamic_names(&program);
    let asks_for = |name: &str| asked.contains(name);
    assert!(asks_for("socketpair") && asks_for("open64"), "names of calls are not found: {asked:?}");
    let found: Vec<&&str> = NETWORK.iter().filter(|name| asks_for(name)).collect();
    assert!(found.is_empty(), "the program calls {found:?}");
}

#[test]
fn git_is_asked_for_nothing_from_elsewhere() {
    let mut programs = BTreeSet::new();
    let mut commands = BTreeSet::new();
    for file in sources(&root().join("src")) {
        let code = std::fs::read_to_string(&file).unwrap();
        programs.extend(
            code.match_indices("Command::new(")
                .map(|(at, found)| code[at + found.len()..].split(')').next().unwrap_or_default().to_owned()),
        );
        let asked = ELSEWHERE.iter().filter(|command| code.contains(&format!("\"{command}\"")));
        commands.extend(asked.map(|command| format!("{command} in {}", file.display())));
    }
    assert_eq!(programs, BTreeSet::from(["\"git\"".to_owned()]));
    assert!(commands.is_empty(), "{commands:?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}
