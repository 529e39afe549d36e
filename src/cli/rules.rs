//! `medlint rules`: every rule, a line each, the house's own included; severities and options as the settings have them.

use super::args::{RulesArgs, RulesFormat};
use super::plan::Settings;
use super::{Stop, here};
use crate::rules::{Rule, RuleSet};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, BufWriter, Write};

/// Lists the rules.
pub(super) fn run(args: &RulesArgs) -> Result<u8, Stop> {
    let here = here()?;
    let rules = Settings::new(&args.settings, &here).of_folder(&here)?.rules(&[]);
    let all = rules.all();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.output {
        RulesFormat::Pretty => {
            let widest = all.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in all {
                writeln!(out, "{:widest$}  {:7}  {}", rule.id, rules.ceiling(rule), rule.name)?;
            }
        }
        RulesFormat::Json => {
            let list = List { schema: 1, rules: all.iter().map(|rule| Entry::of(&rules, rule)).collect() };
            let json = serde_json::to_string_pretty(&list).map_err(Stop::trouble)?;
            writeln!(out, "{json}")?;
        }
    }
    out.flush()?;
    Ok(0)
}

#[derive(Serialize)]
struct List<'a> {
    schema: u32,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    family: &'a str,
    severity: &'a str,
    message: &'a str,
    explain: &'a str,
    options: &'a Map<String, Value>,
    fixable: bool,
}

impl<'a> Entry<'a> {
    fn of(rules: &RuleSet, rule: &'a Rule) -> Self {
        Self {
            id: &rule.id,
            name: &rule.name,
            family: rule.family(),
            severity: rules.ceiling(rule),
            message: &rule.message,
            explain: &rule.explain,
            options: &rule.options,
            fixable: rule.texts.contains_key("fix"),
        }
    }
}
