//! `medlint rules`: every rule, a line each.

use super::Stop;
use super::args::{RulesArgs, RulesFormat};
use crate::diagnostic::Severity;
use crate::rules::{Rule, RuleSet};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, BufWriter, Write};

/// Lists the rules.
pub(super) fn run(args: &RulesArgs) -> Result<u8, Stop> {
    let rules = RuleSet::builtin();
    let mut out = BufWriter::new(io::stdout().lock());
    match args.output {
        RulesFormat::Pretty => {
            let widest = rules.rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in &rules.rules {
                writeln!(out, "{:widest$}  {:7}  {}", rule.id, rule.severity.as_str(), rule.name)?;
            }
        }
        RulesFormat::Json => {
            let list = List { schema: 1, rules: rules.rules.iter().map(|rule| Entry::of(rule)).collect() };
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
    severity: Severity,
    message: &'a str,
    explain: &'a str,
    options: &'a Map<String, Value>,
    fixable: bool,
}

impl<'a> Entry<'a> {
    fn of(rule: &'a Rule) -> Self {
        Self {
            id: &rule.id,
            name: &rule.name,
            family: rule.family(),
            severity: rule.severity,
            message: &rule.message,
            explain: &rule.explain,
            options: &rule.options,
            fixable: false,
        }
    }
}
