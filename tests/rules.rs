//! Runs every good and bad example of every rule file: a bad one gives a finding of its rule that begins at its quote, a good
//! one gives none of its rule. Each example is a test of its own name.

#![allow(clippy::unwrap_used, missing_docs)]

use libtest_mimic::{Arguments, Failed, Trial};
use medlint::diagnostic::Diagnostic;
use medlint::engine::Linter;
use medlint::filter;
use medlint::rules::{Example, Rule, RuleSet};
use std::sync::Arc;

fn main() {
    let arguments = Arguments::from_args();
    let set = RuleSet::builtin();
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
    }
    for rule in &set.rules {
        let (rule, lexicon) = (rule.clone(), set.lexicon.clone());
        let name = format!("{}/verified", rule.id);
        let verify = move || medlint::checks::verify(&rule, &lexicon).map_err(Failed::from);
        trials.push(Trial::test(name, verify));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The findings of a rule in an example, with the text they were found in.
fn findings(linter: &Linter, rule: &Rule, example: &Example) -> (Vec<Diagnostic>, String) {
    let found = filter::lint_example(linter, example).into_iter().filter(|d| d.rule == rule.id);
    (found.collect(), example.text.clone())
}

fn bad(linter: &Linter, rule: &Rule, example: &Example) -> Result<(), Failed> {
    let (found, text) = findings(linter, rule, example);
    let quote = example.at.as_deref().ok_or("a bad example says where the fault is")?;
    let place = text.rfind(quote).ok_or("the quote stands in the text")?;
    match found.iter().any(|d| d.primary.span.start as usize == place) {
        true => Ok(()),
        false => Err(format!("nothing begins at byte {place}, “{quote}”; found: {found:#?}").into()),
    }
}

fn good(linter: &Linter, rule: &Rule, example: &Example) -> Result<(), Failed> {
    let (found, _) = findings(linter, rule, example);
    if found.is_empty() { Ok(()) } else { Err(format!("must stay silent, but: {found:#?}").into()) }
}
