//! The pages under `docs/`: those about rules are written from the rule files, and every command on the others is run.
//!
//! `BLESS=1 cargo test --test docs` writes the pages of the rules and the outputs of the commands anew; review the difference like
//! code. On a guide page a fenced block whose language is followed by a name is a file, made in a folder that the page has for
//! itself; a `console` block holds commands behind `$ ` with what they say.

#![allow(clippy::unwrap_used, missing_docs)]

use medlint::rules::{Example, Rule, RuleSet};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn is_blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[test]
fn rule_pages_are_fresh() {
    let folder = docs().join("rules");
    let mut pages: BTreeMap<PathBuf, String> = BTreeMap::new();
    let rules = RuleSet::builtin().rules;
    for rule in &rules {
        pages.insert(folder.join(format!("{}.md", rule.id)), page(rule));
    }
    pages.insert(folder.join("README.md"), index(&rules.iter().map(|rule| &**rule).collect::<Vec<_>>()));
    if is_blessed() {
        let _ = fs::remove_dir_all(&folder);
        for (path, page) in &pages {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page).unwrap();
        }
    }
    for (path, page) in &pages {
        let stored = fs::read_to_string(path).unwrap_or_default();
        assert!(stored == *page, "{} is not what its rule says; run BLESS=1 cargo test --test docs", path.display());
    }
    let orphans: Vec<PathBuf> = files(&folder).into_iter().filter(|path| !pages.contains_key(path)).collect();
    assert!(orphans.is_empty(), "pages without a rule: {orphans:?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn index(rules: &[&Rule]) -> String {
    let mut page = String::from(
        "# Rules\n\nWritten from the files under `rules/`. A severity is the most that a finding can have; where a rule is less sure, it is \
         a step or two lower.\n\n| rule | at most | finds |\n|---|---|---|\n",
    );
    for rule in rules {
        writeln!(page, "| [`{0}`]({0}.md) | {1} | {2} |", rule.id, rule.severity.as_str(), rule.name).unwrap();
    }
    page
}

fn page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n**{}**, at most {}.\n\n", rule.id, rule.name, rule.severity.as_str());
    writeln!(page, "{}\n", rule.explain.trim()).unwrap();
    for (title, examples) in [("Reported", &rule.bad), ("Fine", &rule.good)] {
        writeln!(page, "## {title}\n").unwrap();
        examples.iter().for_each(|example| write_example(&mut page, example));
    }
    if !rule.options.is_empty() {
        page.push_str("## Options\n\n| option | as built in | meaning |\n|---|---|---|\n");
        for (name, value) in &rule.options {
            let meaning = rule.meaning[name].replace('|', "\\|");
            writeln!(page, "| `{name}` | `{value}` | {meaning} |").unwrap();
        }
        page.push('\n');
    }
    writeln!(page, "## Settings\n\n```toml\n[rule.\"{}\"]", rule.id).unwrap();
    writeln!(page, "severity = \"{}\"  # off, info, warning or error", rule.severity.as_str()).unwrap();
    for (name, value) in &rule.options {
        writeln!(page, "{name} = {value}").unwrap();
    }
    page.push_str("```\n");
    if !rule.sources.is_empty() {
        page.push_str("\n## Rests on\n\n");
        rule.sources.iter().for_each(|source| writeln!(page, "- {source}").unwrap());
    }
    page
}

fn write_example(page: &mut String, example: &Example) {
    for beside in &example.beside {
        write_article(page, beside);
        page.push_str("beside\n\n");
    }
    write_article(page, &example.text);
    for fact in &example.facts {
        writeln!(page, "by the fact: {}\n", fact.join(", ")).unwrap();
    }
    let quotes: Vec<String> = example.at.iter().map(|at| format!("“{}”", at.replace('\n', " "))).collect();
    if !quotes.is_empty() {
        writeln!(page, "at {}\n", quotes.join(", ")).unwrap();
    }
}

fn write_article(page: &mut String, text: &str) {
    let text = text.trim();
    let fence = if text.contains("```") { "````" } else { "```" };
    writeln!(page, "{fence}markdown\n{text}\n{fence}\n").unwrap();
}

#[test]
fn guides_tell_the_truth() {
    let mut commands = 0;
    let is_guide =
        |path: &PathBuf| path.extension().is_some_and(|kind| kind == "md") && !path.starts_with(docs().join("rules"));
    for path in files(&docs()).into_iter().filter(is_guide) {
        let page = fs::read_to_string(&path).unwrap();
        let fresh = run(&page, &mut commands);
        if is_blessed() {
            fs::write(&path, &fresh).unwrap();
        }
        let stored = fs::read_to_string(&path).unwrap();
        for (number, (said, says)) in stored.lines().zip(fresh.lines()).enumerate() {
            assert_eq!(said, says, "{}:{}: medlint says something else", path.display(), number + 1);
        }
        assert_eq!(stored, fresh, "{}", path.display());
    }
    assert!(commands > 0, "the guides run commands");
}

/// The page with its commands run and their outputs as they are.
fn run(page: &str, commands: &mut usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut fresh = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        writeln!(fresh, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some((_, name)) => {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, body.join("\n") + "\n").unwrap();
                body.iter().for_each(|line| writeln!(fresh, "{line}").unwrap());
            }
            None if info == "console" => {
                for command in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
                    let said = said(command, folder.path());
                    let gap = if said.is_empty() { "" } else { "\n" };
                    write!(fresh, "$ {command}\n{said}{gap}").unwrap();
                    *commands += 1;
                }
                fresh.truncate(fresh.trim_end().len());
                fresh.push('\n');
            }
            None => {
                body.iter().for_each(|line| writeln!(fresh, "{line}").unwrap());
                recipes(&body, folder.path());
            }
        }
        fresh.push_str("```\n");
    }
    fresh
}

/// Recipes for other programs are not run by them here, but what they call medlint with must be understood.
fn recipes(body: &[&str], folder: &Path) {
    for options in body.iter().filter_map(|line| line.split_once("medlint check ")).map(|(_, options)| options) {
        let mut run = Command::new(env!("CARGO_BIN_EXE_medlint"));
        run.arg("check").args(options.split_whitespace()).current_dir(folder).env_remove("GITHUB_STEP_SUMMARY");
        let output = run.output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|status| status < 2), "medlint check {options}\n{err}");
    }
}

#[test]
fn every_input_of_the_action_is_explained() {
    let action = fs::read_to_string(docs().join("../action.yml")).unwrap();
    let page = fs::read_to_string(docs().join("ci.md")).unwrap();
    let inputs = action.split_once("\ninputs:\n").unwrap().1.split_once("\nruns:\n").unwrap().0;
    let named = inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> = named.map(|line| line.trim().trim_end_matches(':')).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "docs/ci.md says nothing of {name}");
    }
}

/// What a command prints, standard output first. Guides run medlint, git and `cat`, without the settings of whoever tests.
fn said(command: &str, folder: &Path) -> String {
    let mut words = command.split_whitespace();
    let program = match words.next() {
        Some("medlint") => env!("CARGO_BIN_EXE_medlint"),
        Some(program @ ("git" | "cat")) => program,
        other => panic!("guides run no {other:?}"),
    };
    let mut run = Command::new(program);
    run.args(words)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        run.env(format!("GIT_{role}_NAME"), "editor").env(format!("GIT_{role}_EMAIL"), "editor@example.org");
    }
    let output = run.output().unwrap();
    let all = [output.stdout, output.stderr].concat();
    String::from_utf8(all).unwrap().replace("\n\n\n", "\n\n")
}
