//! `medlint test-rules`: runs the examples inside a house's own rule files.
//!
//! A bad example must give a finding of its rule, which begins at the quote where one is given, and no others where several are; a
//! good one must give none. All rules in force take part, as they would in an article.

use super::args::TestRulesArgs;
use super::plan::Settings;
use super::{Stop, here, screen};
use crate::config::rules_of_folder;
use crate::engine::Linter;
use crate::filter;
use crate::report::{several, write_mistakes};
use crate::rules::{Example, Mistake, Origin, Part, Rule, RuleSet};
use std::io::{self, Write};

/// Runs the examples; status 1 where one fails.
pub(super) fn run(args: &TestRulesArgs) -> Result<u8, Stop> {
    let rules = rules(args)?;
    if rules.house.is_empty() {
        return Err(Stop::trouble("there are no rule files to test; name a folder, or set `rules` in medlint.toml"));
    }
    let linter = Linter::new(&rules).map_err(Stop::trouble)?;
    let mut failed = Vec::new();
    let (mut count, mut untried) = (0, Vec::new());
    for (id, origin) in &rules.house {
        let Ok(rule) = rules.get(id) else { continue };
        let all = [("bad", &rule.bad), ("good", &rule.good)];
        let mut own = 0;
        for (kind, examples) in all {
            own += examples.len();
            for (index, example) in examples.iter().enumerate() {
                if let Some(message) = fault(&linter, rule, kind == "bad", example) {
                    failed.push(failure(origin, kind, index, message));
                }
            }
        }
        count += own;
        if own == 0 {
            untried.push(&**id);
        }
    }
    write_mistakes(&failed, screen::on_standard_output(), &mut io::stdout())?;
    let mut out = io::stdout().lock();
    let how = match failed.len() {
        0 => "all as they should be".to_owned(),
        failed => format!("{failed} failed"),
    };
    writeln!(out, "{}, {}: {how}", several(rules.house.len() as u64, "rule"), several(count as u64, "example"))?;
    if !untried.is_empty() {
        writeln!(out, "no examples: {}", untried.join(", "))?;
    }
    Ok(u8::from(!failed.is_empty()))
}

/// The rules to test, with all that would be in force beside them.
fn rules(args: &TestRulesArgs) -> Result<RuleSet, Stop> {
    let here = here()?;
    let Some(folder) = &args.folder else {
        return Ok(Settings::new(&args.settings, &here).of_folder(&here)?.rules(&[]));
    };
    if !folder.is_dir() {
        return Err(Stop::trouble(format_args!("{} is no folder", folder.display())));
    }
    rules_of_folder(folder, &here).map_err(|(mistakes, reason)| reason.map_or(Stop::Mistakes(mistakes), Stop::Trouble))
}

/// What is wrong with an example, if anything.
fn fault(linter: &Linter, rule: &Rule, is_bad: bool, example: &Example) -> Option<String> {
    let diagnostics = filter::lint_example(linter, example);
    let own = diagnostics.iter().filter(|d| d.rule == rule.id);
    let found: Vec<usize> = own.map(|d| d.primary.span.start as usize).collect();
    let words_at = |start: usize| {
        let words: Vec<&str> = example.text.get(start..)?.split_whitespace().take(6).collect();
        Some(words.join(" "))
    };
    match (is_bad, found.first()) {
        (false, None) => None,
        (false, Some(start)) => {
            Some(format!("{} must leave this good example alone, but reports “{} …”", rule.id, words_at(*start)?))
        }
        (true, None) => Some(format!("{} finds nothing in this bad example", rule.id)),
        (true, Some(_)) => {
            let is_missed = |at: &&String| example.text.rfind(at.as_str()).is_some_and(|place| !found.contains(&place));
            if let Some(at) = example.at.iter().find(is_missed) {
                return Some(format!("{} finds something in this bad example, but not at “{at}”", rule.id));
            }
            let places = example.places();
            let other = found.iter().find(|place| places.len() > 1 && !places.contains(place))?;
            Some(format!("{} finds more in this bad example than it lists, “{} …”", rule.id, words_at(*other)?))
        }
    }
}

/// A failed example at its place; one of a built-in rule that the file changes is told at the file's id.
fn failure(origin: &Origin, kind: &str, index: usize, message: String) -> Mistake {
    match origin.own_entry(kind, index) {
        Some(own) => Mistake::at(&origin.source, &[kind, &own.to_string(), "text"], Part::Value, message),
        None => {
            let message = format!("{message} (number {} of the built-in rule)", index + 1);
            Mistake::at(&origin.source, &["id"], Part::Value, message)
        }
    }
}
