//! Text that waits to be filled, in a text that is no template.

use super::template::Templates;
use crate::checks::quoted::is_quoted;
use crate::checks::traces::Traces;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::Document;
use crate::facts::{Facts, Gates};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {}

struct One {
    rule: Arc<Rule>,
    message: Template,
    traces: Traces,
}

struct Unfilled {
    all: Vec<One>,
    templates: Templates,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let Options {} = rule.options()?;
        Ok(One {
            message: rule.message(&["match"])?,
            traces: Traces::new(std::slice::from_ref(rule), false)?,
            rule: rule.clone(),
        })
    };
    let all = rules.iter().map(one).collect::<Result<_, RuleError>>()?;
    Ok(Check::Document(Box::new(Unfilled { all, templates: Templates::new(lexicon) })))
}

impl DocumentCheck for Unfilled {
    fn open(&self, gates: &mut Gates) {
        self.all.iter().for_each(|one| one.traces.open(gates));
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.all.iter().try_for_each(|one| one.traces.verify(std::slice::from_ref(&one.rule)))
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let before = out.len();
        for one in &self.all {
            one.traces.find(doc, facts, |trace| {
                if is_quoted(doc, trace.at) {
                    return;
                }
                let message = trace.pattern.message(&one.message, doc.slice(trace.at));
                let sure = if trace.pattern.is_likely { Sure::Likely } else { Sure::Certain };
                out.push(Found { diagnostic: finding(&one.rule, doc, trace.at, &[trace.words], message), sure });
            });
        }
        if out.len() > before && self.templates.is_template(doc) {
            out.truncate(before);
        }
    }
}
