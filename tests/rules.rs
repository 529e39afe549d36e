//! Runs every good and bad example of every rule file: a bad one gives findings of its rule that begin at its quotes and no others, a
//! good one gives none. Every pattern matches in one of the bad examples of its rule. Each is a test of its own name.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "gates/files.rs"]
mod files;

use libtest_mimic::{Arguments, Failed, Trial};
use medlint::diagnostic::Diagnostic;
use medlint::engine::Linter;
use medlint::filter;
use medlint::language::Lexicon;
use medlint::rules::{Example, Rule, RuleSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn main() {
    let arguments = Arguments::from_args();
    let rules = files::rules().into_iter().map(Arc::new).collect();
    let set = RuleSet { rules, ..RuleSet::builtin() };
    let linter = Arc::new(Linter::new(&set).expect("built-in rules can be used"));
    let mut trials = Vec::new();
    for rule in &set.rules {
        for (index, example) in rule.bad.iter().enumerate() {
            let (linter, rule, example) = (linter.clone(), rule.clone(), example.clone());
            trials.push(Trial::test(format!("{}/bad/{index}", rule.id), move || bad(&linter, &rule, &example)));
        }
        for (index, example) in rule.good.iter().enumerate() {
            let (linter, rule, example) = (linter.clone(), rule.clone(), example.clone());
            trials.push(Trial::test(format!("{}/good/{index}", rule.id), move || good(&linter, &rule, &example)));
        }
        for number in 0..rule.pattern.len() {
            let (rule, lexicon) = (rule.clone(), set.lexicon.clone());
            let name = format!("{}/pattern/{number}", rule.id);
            trials.push(Trial::test(name, move || matches_in_an_example(&rule, number, lexicon)));
        }
    }
    for rule in &set.rules {
        let (rule, lexicon) = (rule.clone(), set.lexicon.clone());
        let name = format!("{}/verified", rule.id);
        let verify = move || medlint::checks::verify(&rule, &lexicon).map_err(Failed::from);
        trials.push(Trial::test(name, verify));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The findings of a rule in an example.
fn findings(linter: &Linter, rule: &Rule, example: &Example) -> Vec<Diagnostic> {
    filter::lint_example(linter, example).into_iter().filter(|d| d.rule == rule.id).collect()
}

fn bad(linter: &Linter, rule: &Rule, example: &Example) -> Result<(), Failed> {
    let found = findings(linter, rule, example);
    let starts: BTreeSet<usize> = found.iter().map(|d| d.primary.span.start as usize).collect();
    let places = example.places();
    let quote = |place: &usize| example.text[*place..].chars().take(40).collect::<String>();
    let missed: Vec<String> = places.difference(&starts).map(quote).collect();
    let others: Vec<String> = starts.difference(&places).map(quote).collect();
    match missed.is_empty() && others.is_empty() {
        true => Ok(()),
        false => Err(format!("missed: {missed:?}; not listed: {others:?}").into()),
    }
}

fn good(linter: &Linter, rule: &Rule, example: &Example) -> Result<(), Failed> {
    let found = findings(linter, rule, example);
    if found.is_empty() { Ok(()) } else { Err(format!("must stay silent, but: {found:#?}").into()) }
}

/// The rule with this pattern and no other, and no phrases, finds something in one of its bad examples.
fn matches_in_an_example(rule: &Rule, number: usize, lexicon: Arc<Lexicon>) -> Result<(), Failed> {
    let pattern = vec![rule.pattern[number].clone()];
    let alone = Rule { pattern, phrase: Vec::new(), ..rule.clone() };
    let (rules, house, left_out) = (vec![Arc::new(alone)], BTreeMap::new(), Vec::new());
    let linter = Linter::new(&RuleSet { rules, lexicon, house, left_out })?;
    match rule.bad.iter().any(|example| !findings(&linter, rule, example).is_empty()) {
        true => Ok(()),
        false => Err(format!("no bad example holds what this pattern matches: {}", rule.pattern[number].regex).into()),
    }
}
