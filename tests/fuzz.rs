//! Fuzzing that runs everywhere: inputs made from a small corpus and from what the repository holds anyway, a fixed number of them for each
//! target, the same ones in every run. `FUZZ_MINUTES=15 cargo test --test fuzz markdown` goes on for so long, from a seed that it names.
//!
//! An input that broke something stands in `fuzz/crashes/TARGET/` and is tried for ever.
#![allow(clippy::unwrap_used, reason = "what goes wrong around the targets is a failed test")]
#![allow(clippy::print_stderr, reason = "who fuzzes wants to know how much was tried")]

#[path = "fuzz/mutation.rs"]
mod mutation;
#[path = "fuzz/targets.rs"]
mod targets;

use medlint::rules::RuleSet;
use mutation::{Dice, mutated};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use targets::{TARGETS, Target};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The contents of all files in a folder, in the order of their names; none where there is no folder.
fn contents(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// What the inputs of a target are made from: its corpus, and what the repository's tests and rules hold of the kind.
fn known(target: &str) -> Vec<Vec<u8>> {
    let mut known = contents(&root().join("fuzz/corpus").join(target));
    known.extend(contents(&root().join("fuzz/crashes").join(target)));
    match target {
        "rules" => known.extend(contents(&root().join("tests/mistakes/rules"))),
        "config" => known.extend(contents(&root().join("tests/mistakes/settings"))),
        "time" => {
            let lines = fs::read_to_string(root().join("tests/time.tsv")).unwrap();
            known.extend(lines.lines().filter_map(|line| Some(line.split('\t').next()?.as_bytes().to_vec())));
        }
        "baseline" | "diff" | "fix" | "front-matter" => {}
        _ => {
            let all = RuleSet::builtin().rules;
            let examples = all.iter().flat_map(|rule| rule.bad.iter().chain(&rule.good));
            // The first byte of some targets chooses a format; in others, a letter does no harm.
            known.extend(
                examples.zip("abcd".chars().cycle()).map(|(e, letter)| format!("{letter}{}", e.text).into_bytes()),
            );
        }
    }
    assert!(!known.is_empty(), "{target} has a corpus");
    known
}

/// Tries one input; where it breaks something, it is kept.
fn tried(name: &str, target: Target, input: &[u8]) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(input))) {
        eprintln!("{name}: {} breaks it:\n{}", kept(name, input).display(), String::from_utf8_lossy(input));
        resume_unwind(panic);
    }
}

/// Keeps an input for whoever looks into it.
fn kept(name: &str, input: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join("medlint-fuzz");
    let file = folder.join(format!("{name}-{:016x}", fingerprint(input)));
    fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input)).unwrap();
    file
}

/// A name for an input (FNV-1a).
fn fingerprint(input: &[u8]) -> u64 {
    input.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Tries so many inputs of a target, or as many as `FUZZ_MINUTES` allow.
fn fuzz(name: &str, cases: usize) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let known = known(name);
    known.iter().for_each(|input| tried(name, *target, input));
    let minutes = std::env::var("FUZZ_MINUTES").ok().and_then(|minutes| minutes.parse::<f64>().ok());
    let (begun, seed) = (Instant::now(), minutes.map_or(1, |_| seed()));
    let mut dice = Dice::new(seed);
    let mut count = 0;
    let mut slowest = (Duration::ZERO, Vec::new());
    while minutes.map_or(count < cases, |minutes| begun.elapsed() < Duration::from_secs_f64(minutes * 60.0)) {
        let input = mutated(&mut dice, &known);
        let before = begun.elapsed();
        tried(name, *target, &input);
        slowest = slowest.max((begun.elapsed() - before, input));
        count += 1;
    }
    if minutes.is_some() {
        let took = begun.elapsed().as_secs_f64() / 60.0;
        eprintln!("{name}: {count} cases in {took:.1} minutes from seed {seed}; the slowest took {:?}", slowest.0);
        kept(name, &slowest.1);
    }
}

/// A seed that differs from run to run, unless `FUZZ_SEED` names one.
fn seed() -> u64 {
    let asked = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok());
    asked.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_nanos() as u64))
}

#[test]
fn every_target_is_run() {
    let own = fs::read_to_string(root().join("tests/fuzz.rs")).unwrap();
    for (name, _) in TARGETS {
        assert!(own.contains(&format!("fuzz(\"{name}\", ")), "{name} is never fuzzed");
    }
    for folder in ["fuzz/corpus", "fuzz/crashes"] {
        for entry in fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap) {
            let name = entry.file_name();
            let is_folder = entry.path().is_dir();
            assert!(
                !is_folder || TARGETS.iter().any(|(known, _)| name == *known),
                "{folder}/{} is of no target",
                name.display()
            );
        }
    }
}

#[test]
fn inputs_differ_and_are_the_same_in_every_run() {
    let known = known("markdown");
    let inputs = |seed| {
        let mut dice = Dice::new(seed);
        (0..200).map(|_| mutated(&mut dice, &known)).collect::<Vec<_>>()
    };
    let first = inputs(1);
    assert_eq!(first, inputs(1));
    let different: std::collections::BTreeSet<&Vec<u8>> = first.iter().collect();
    assert!(different.len() > 190 && first != inputs(2), "{}", different.len());
}

#[test]
fn markdown() {
    fuzz("markdown", 20_000);
}

#[test]
fn mdx() {
    fuzz("mdx", 20_000);
}

#[test]
fn html() {
    fuzz("html", 20_000);
}

#[test]
fn plain() {
    fuzz("plain", 20_000);
}

#[test]
fn front_matter() {
    fuzz("front-matter", 20_000);
}

#[test]
fn time() {
    fuzz("time", 20_000);
}

#[test]
fn lint() {
    fuzz("lint", 5_000);
}

#[test]
fn report() {
    fuzz("report", 500);
}

#[test]
fn rules() {
    fuzz("rules", 1_000);
}

#[test]
fn config() {
    fuzz("config", 300);
}

#[test]
fn baseline() {
    fuzz("baseline", 50_000);
}

#[test]
fn diff() {
    fuzz("diff", 100_000);
}

#[test]
fn fix() {
    fuzz("fix", 100_000);
}
