//! Rules that are traces and nothing else.

use super::Traces;
use crate::checks::quoted::is_quoted;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::Document;
use crate::facts::{Facts, Gates};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    in_quotations: bool,
    in_menus: bool,
}

struct All {
    rules: Vec<Arc<Rule>>,
    /// What each of the rules wants and says.
    wording: Vec<(Options, Template)>,
    traces: Traces,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let wording = |rule: &Arc<Rule>| Ok((rule.options()?, rule.message(&["match"])?));
    let wording = rules.iter().map(wording).collect::<Result<_, RuleError>>()?;
    Ok(Check::Document(Box::new(All { wording, traces: Traces::new(rules, false)?, rules: rules.to_vec() })))
}

impl DocumentCheck for All {
    fn open(&self, gates: &mut Gates) {
        self.traces.open(gates);
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.traces.verify(&self.rules)
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        self.traces.find(doc, facts, |trace| {
            let (Some(rule), Some((options, message))) = (self.rules.get(trace.rule), self.wording.get(trace.rule))
            else {
                return;
            };
            let area = doc.blocks.get(trace.block as usize).map(|block| block.area).unwrap_or_default();
            let is_menu = area.is_furniture();
            if is_menu && !options.in_menus || !options.in_quotations && is_quoted(doc, trace.at) {
                return;
            }
            let message = trace.pattern.message(message, doc.slice(trace.at));
            let sure = if trace.pattern.is_likely { Sure::Likely } else { Sure::Certain };
            out.push(Found { diagnostic: finding(rule, doc, trace.at, &[trace.words], message), sure });
        });
    }
}
