//! What settings change in rules: severity and options.

use super::file::{Ceiling, RuleSettings};
use super::load::MOST_MISTAKES;
use crate::checks;
use crate::rules::{Mistake, Part, Rule, RuleSet, nearest, proposed};
use crate::source::Source;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key of the severity among the options.
pub(super) const SEVERITY: &str = "severity";

/// Applies settings that were found to be right.
pub(super) fn apply(rules: &mut RuleSet, settings: &BTreeMap<String, RuleSettings>) {
    for (id, own) in settings {
        rules.change(id, |rule| tune(rule, own));
        match ceiling(own) {
            Some(Ceiling::Off) => rules.leave_out(|rule| rule.is_named(id)),
            Some(_) => rules.bring_back(id),
            None => {}
        }
    }
}

fn tune(rule: &mut Rule, settings: &RuleSettings) {
    if let Some(severity) = ceiling(settings).and_then(Ceiling::severity) {
        rule.severity = severity;
    }
    let options = settings.iter().filter(|(key, _)| *key != SEVERITY);
    rule.options.extend(options.map(|(key, value)| (key.clone(), value.clone())));
}

fn ceiling(settings: &RuleSettings) -> Option<Ceiling> {
    serde_json::from_value(settings.get(SEVERITY)?.clone()).ok()
}

/// All mistakes in settings of rules that stand under the keys `way`; `broken` were found in rule files before.
pub(super) fn mistakes(
    rules: &RuleSet,
    settings: &BTreeMap<String, RuleSettings>,
    source: &Arc<Source>,
    way: &[&str],
    broken: &[Mistake],
) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (id, own) in settings {
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        let at = |rest: &[&str], part, message: String| {
            let keys: Vec<&str> = way.iter().chain(&["rule", id.as_str()]).chain(rest).copied().collect();
            Mistake::at(source, &keys, part, message)
        };
        let rule = match rules.get(id) {
            Ok(rule) => rule,
            // The file of the rule may be one of those with mistakes.
            Err(_) if broken.iter().any(|mistake| mistake.source.text.contains(id.as_str())) => continue,
            Err(unknown) => {
                let message = if_family(rules, id, own)
                    .unwrap_or_else(|| no_rule(id, unknown.nearest.as_deref().filter(|name| name.contains('/'))));
                mistakes.push(at(&[], Part::Key, message));
                continue;
            }
        };
        for (key, value) in own {
            let told = match (key.as_str(), rule.options.contains_key(key)) {
                (SEVERITY, _) => of_severity(value).map(|message| (Part::Value, message)),
                (_, false) => Some((Part::Key, unknown_option(rule, key))),
                (_, true) => of_option(rules, rule, key, value).map(|message| (Part::Value, message)),
            };
            mistakes.extend(told.map(|(part, message)| at(&[key], part, message)));
        }
    }
    mistakes
}

fn no_rule(id: &str, nearest: Option<&str>) -> String {
    match nearest {
        None => format!("no rule is called “{id}”; `medlint rules` lists them"),
        near => format!("no rule is called “{id}”{}", proposed(near)),
    }
}

/// What a name means that is a family and no rule.
fn if_family(rules: &RuleSet, name: &str, settings: &RuleSettings) -> Option<String> {
    let all = rules.all();
    let of_family: Vec<&str> = all.iter().filter(|rule| rule.family() == name).map(|rule| &*rule.id).collect();
    let meant = settings.keys().map(|key| format!("{name}/{key}")).find(|id| of_family.contains(&id.as_str()));
    match (of_family.is_empty(), meant) {
        (true, _) => None,
        (_, Some(id)) => Some(format!("“{name}” is a family; a rule is written [rule.\"{id}\"]")),
        _ => Some(format!("“{name}” is a family; settings are made for its rules: {}", of_family.join(", "))),
    }
}

fn of_severity(value: &Value) -> Option<String> {
    const NAMES: [&str; 4] = ["off", "info", "warning", "error"];
    match value.as_str() {
        Some(name) if NAMES.contains(&name) => None,
        Some(name) => Some(format!("“{name}” is none of {}{}", NAMES.join(", "), proposed(nearest(name, NAMES)))),
        None => Some(format!("{value} is no severity; there are {}, in quotation marks", NAMES.join(", "))),
    }
}

fn unknown_option(rule: &Rule, key: &str) -> String {
    let known = || rule.options.keys().map(String::as_str).chain([SEVERITY]);
    match nearest(key, known()) {
        None => format!("{} has no option “{key}”; it has {}", rule.id, known().collect::<Vec<_>>().join(", ")),
        near => format!("{} has no option “{key}”{}", rule.id, proposed(near)),
    }
}

fn of_option(rules: &RuleSet, rule: &Rule, key: &str, value: &Value) -> Option<String> {
    let mut changed = rule.clone();
    changed.options.insert(key.to_owned(), value.clone());
    checks::verify(&Arc::new(changed), &rules.lexicon).err().map(|error| error.reason)
}
