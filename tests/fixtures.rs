//! Lints every article in `fixtures/` and compares what is found with the sidecar next to it, exactly: a finding too many fails
//! like one too few, a known miss that is suddenly found must be moved up, and a known false one that is gone must be deleted. One named test a file. The articles of a folder below
//! `corpus/` are judged together: each has its own sidecar, and other places may lie in any of them.

#![allow(clippy::unwrap_used, missing_docs)]

use libtest_mimic::{Arguments, Failed, Trial};
use medlint::diagnostic::Diagnostic;
use medlint::engine::Linter;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A sidecar.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sidecar {
    #[serde(default)]
    expect: Vec<Expected>,
    /// A careful reader sees it, no rule does yet.
    #[serde(default)]
    known_miss: Vec<Expected>,
    /// A rule sees it, a careful reader does not.
    #[serde(default)]
    known_false: Vec<Expected>,
}

/// One finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    severity: Option<String>,
    /// A quote inside the finding's own place.
    at: String,
    /// Which occurrence of the quote, from 1.
    nth: Option<usize>,
    /// Quotes inside its other places, the first occurrence of each.
    #[serde(default)]
    with: Vec<String>,
}

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let linter = Arc::new(Linter::new(&RuleSet::builtin()).expect("built-in rules can be used"));
    let mut articles = Vec::new();
    collect(&root, &mut articles);
    articles.sort();
    assert!(!articles.is_empty(), "fixtures/ holds articles");
    let trials = articles.into_iter().map(|article| {
        let name = article.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let linter = linter.clone();
        Trial::test(name, move || compare(&linter, &article))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn collect(folder: &Path, articles: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, articles);
        } else if Format::of_path(&path).is_some() {
            articles.push(path);
        }
    }
}

/// An article under its file name.
fn source(article: &Path) -> Result<Source, Failed> {
    let format = Format::of_path(article).unwrap();
    let name = article.file_name().unwrap().to_string_lossy().into_owned();
    Ok(Source::new(name, format, fs::read(article)?).map_err(|e| e.to_string())?)
}

fn compare(linter: &Linter, article: &Path) -> Result<(), Failed> {
    let mut others = Vec::new();
    if article.ancestors().nth(2).is_some_and(|folder| folder.ends_with("fixtures/corpus")) {
        collect(article.parent().unwrap(), &mut others);
    }
    others.retain(|other| other != article);
    let own = source(article)?;
    let others = others.iter().map(|other| source(other)).collect::<Result<Vec<_>, _>>()?;
    let texts: BTreeMap<String, String> =
        others.iter().chain([&own]).map(|source| (source.path.to_string(), source.text.clone())).collect();
    let text = own.text.clone();
    let sidecar = fs::read_to_string(article.with_extension("expect.toml"))?;
    let sidecar: Sidecar = toml::from_str(&sidecar)?;
    let mut found = medlint::filter::lint_among(linter, own, others);
    let mut faults = Vec::new();
    for expected in sidecar.expect.iter().chain(&sidecar.known_false) {
        match found.iter().position(|d| expected.is(d, &texts)) {
            Some(index) => drop(found.remove(index)),
            None => faults.push(format!("not found: {expected:?}")),
        }
    }
    for missed in &sidecar.known_miss {
        if found.iter().any(|d| missed.is(d, &texts)) {
            faults.push(format!("a known miss is found now, move it up: {missed:?}"));
        }
    }
    faults.extend(found.iter().map(|d| format!("not expected: {}", told(d, &text))));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

impl Expected {
    fn is(&self, found: &Diagnostic, texts: &BTreeMap<String, String>) -> bool {
        let at = texts[&*found.primary.path].match_indices(&self.at).nth(self.nth.unwrap_or(1) - 1);
        *found.rule == *self.rule
            && self.severity.as_deref().is_none_or(|severity| severity == found.severity.as_str())
            && at.is_some_and(|(start, quote)| overlaps(found.primary.span.range(), start, quote.len()))
            && self.with.iter().all(|quote| {
                found.secondary.iter().any(|label| {
                    let start = texts[&*label.path].find(quote);
                    start.is_some_and(|start| overlaps(label.span.range(), start, quote.len()))
                })
            })
    }
}

fn overlaps(place: std::ops::Range<usize>, start: usize, length: usize) -> bool {
    place.start < start + length && start < place.end
}

fn told(found: &Diagnostic, text: &str) -> String {
    let quote: String = text[found.primary.span.range()].chars().take(80).collect();
    format!("{} {} at “{quote}”, {}, notes {:?}", found.severity.as_str(), found.rule, found.message, found.notes)
}
