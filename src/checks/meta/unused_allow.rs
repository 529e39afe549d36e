//! Suppressions that suppress nothing, name no rule, or cannot be understood.
//!
//! Whether a suppression was needed is known only when all findings of a run are; a filter knows then and asks here for words.

use crate::checks::Check;
use crate::diagnostic::{Data, Diagnostic, Label, Severity, identity};
use crate::language::{Lexicon, keys};
use crate::rules::{Rule, RuleError, Template};
use crate::span::Span;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {}

/// The wording of the rule.
#[derive(Clone, Debug)]
pub struct UnusedAllow {
    rule: Arc<Rule>,
    unused: Template,
    unknown: Template,
    nearest: Template,
    unclear: Template,
}

/// What is wrong with a suppression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle<'a> {
    /// There is nothing that it suppresses.
    Unused(&'a str),
    /// It names no rule; the second name may be meant.
    Unknown(&'a str, Option<&'a str>),
    /// It names nothing, or cannot be understood.
    Unclear,
}

/// Builds the check; of several rules the first one speaks.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut wordings = Vec::new();
    for rule in rules {
        let Options {} = rule.options()?;
        wordings.push(UnusedAllow {
            unused: rule.message(&["match"])?,
            unknown: rule.text("unknown", &["match"])?,
            nearest: rule.text("nearest", &["match", "nearest"])?,
            unclear: rule.text("unclear", &[])?,
            rule: rule.clone(),
        });
    }
    Ok(Check::Allowances(wordings.swap_remove(0)))
}

impl UnusedAllow {
    /// The rule that speaks.
    pub fn rule(&self) -> &Arc<Rule> {
        &self.rule
    }

    /// The finding about a suppression.
    pub fn tell(&self, path: &Arc<str>, span: Span, idle: Idle<'_>) -> Diagnostic {
        let (name, message) = match idle {
            Idle::Unused(name) => (name, self.unused.fill(&[("match", name)])),
            Idle::Unknown(name, None) => (name, self.unknown.fill(&[("match", name)])),
            Idle::Unknown(name, Some(nearest)) => (name, self.nearest.fill(&[("match", name), ("nearest", nearest)])),
            Idle::Unclear => ("", self.unclear.fill(&[])),
        };
        Diagnostic {
            primary: Label { path: path.clone(), span, message: String::new() },
            rule: self.rule.id.clone(),
            severity: self.rule.severity.min(Severity::Info),
            message,
            secondary: Vec::new(),
            notes: Vec::new(),
            fix: None,
            data: Data::None,
            identity: vec![identity(keys(name))],
        }
    }
}
