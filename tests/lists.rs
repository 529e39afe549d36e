//! Holds the lists of rule files to a shape in which a change can be read: nothing stands twice, gates and parts of lines are sorted, and
//! lines of lists are short.

#![allow(clippy::unwrap_used, reason = "a tree that cannot be read is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Value;

/// Longer lines of a list are broken.
const MOST_COLUMNS: usize = 160;

/// Lists whose order tells nothing, so that it is that of their letters.
const SORTED: [&str; 2] = ["gate", "parts"];

/// The rule files and lists of words, each with its place under `rules/`.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let inside = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let all = inside(&root).into_iter().filter(|folder| folder.is_dir()).flat_map(|folder| inside(&folder));
    let mut all: Vec<PathBuf> = all.filter(|file| file.extension().is_some_and(|e| e == "toml")).collect();
    all.sort();
    let place = |file: &Path| file.strip_prefix(&root).unwrap().with_extension("").to_string_lossy().replace('\\', "/");
    all.iter().map(|file| (place(file), fs::read_to_string(file).unwrap())).collect()
}

/// Calls `found` with every list of strings by its key, but not with lists in a list, which are pairs.
fn each_list(key: &str, value: &Value, found: &mut impl FnMut(&str, Vec<&str>)) {
    match value {
        Value::Table(table) => table.iter().for_each(|(key, value)| each_list(key, value, found)),
        Value::Array(all) => {
            let strings: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            if !all.is_empty() && strings.len() == all.len() {
                found(key, strings);
            }
            all.iter().filter(|value| value.is_table()).for_each(|value| each_list(key, value, found));
        }
        _ => {}
    }
}

#[test]
fn nothing_stands_twice_in_a_list() {
    let mut offences = Vec::new();
    for (place, text) in files() {
        each_list("", &toml::from_str(&text).unwrap(), &mut |key, list| {
            let mut seen = BTreeSet::new();
            let twice = list.iter().filter(|entry| !seen.insert(**entry));
            offences.extend(twice.map(|entry| format!("{place}: “{entry}” stands twice in {key}")));
        });
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn lists_without_an_order_are_sorted() {
    let mut offences = Vec::new();
    for (place, text) in files() {
        each_list("", &toml::from_str(&text).unwrap(), &mut |key, list| {
            if SORTED.contains(&key) {
                let pairs = list.iter().zip(list.iter().skip(1)).filter(|(one, next)| one > next);
                offences.extend(pairs.map(|(one, next)| format!("{place}: in {key}, “{next}” stands behind “{one}”")));
            }
        });
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn lines_of_lists_are_short() {
    let mut offences = Vec::new();
    for (place, text) in files() {
        let mut end = None;
        for (number, line) in text.lines().enumerate() {
            // Texts of several lines are no lists.
            if let Some(mark) = end {
                end = if line.contains(mark) { None } else { end };
                continue;
            }
            let value = line.split_once(" = ").map_or(line, |(_, value)| value).trim_start();
            end =
                ["\"\"\"", "'''"].into_iter().find(|mark| value.strip_prefix(mark).is_some_and(|v| !v.contains(mark)));
            let is_key = value.len() < line.trim_start().len();
            let is_list = value.starts_with(['[', '{']) || !is_key && value.starts_with(['"', '\'']);
            if is_list && line.chars().count() > MOST_COLUMNS {
                offences.push(format!("{place}:{}: {} columns", number + 1, line.chars().count()));
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}
