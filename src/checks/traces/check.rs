//! Rules that are traces and nothing else.

use super::Traces;
use crate::checks::quoted::is_quoted;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Area, Document};
use crate::facts::Facts;
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

struct One {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    traces: Traces,
}

struct All(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        Ok(One {
            options: rule.options()?,
            message: rule.message(&["match"])?,
            traces: Traces::new(rule, false)?,
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(All(rules.iter().map(one).collect::<Result<_, RuleError>>()?))))
}

impl DocumentCheck for All {
    fn verify(&self) -> Result<(), RuleError> {
        self.0.iter().try_for_each(|one| one.traces.verify(&one.rule))
    }

    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        for one in &self.0 {
            one.traces.find(doc, |trace| {
                let area = doc.blocks.get(trace.block as usize).map(|block| block.area).unwrap_or_default();
                let is_menu = matches!(area, Area::Navigation | Area::Footer | Area::Form);
                if is_menu && !one.options.in_menus || !one.options.in_quotations && is_quoted(doc, trace.at) {
                    return;
                }
                let message = trace.pattern.message(&one.message, doc.slice(trace.at));
                let sure = if trace.pattern.is_likely { Sure::Likely } else { Sure::Certain };
                out.push(Found { diagnostic: finding(&one.rule, doc, trace.at, &[trace.words], message), sure });
            });
        }
    }
}
