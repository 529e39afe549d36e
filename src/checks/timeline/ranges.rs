//! Ranges that run backwards: “48-24 hours”.

use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::Document;
use crate::facts::{Facts, Needs};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use std::sync::Arc;

struct Ranges {
    rule: Arc<Rule>,
    message: Template,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _: &Lexicon) -> Result<Check, RuleError> {
    let rules = rules.iter().map(|rule| Ok(Ranges { message: rule.message(&["time"])?, rule: rule.clone() }));
    Ok(Check::Document(Box::new(rules.collect::<Result<Vec<_>, RuleError>>()?)))
}

impl DocumentCheck for Vec<Ranges> {
    fn needs(&self) -> Needs {
        Needs { times: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        for time in facts.times.iter().filter(|time| time.is_reversed) {
            let at = doc.words_text(time.words.clone());
            let words = doc.quote(time.words.clone());
            for Ranges { rule, message } in self {
                let message = message.fill(&[("time", &words)]);
                let diagnostic = finding(rule, doc, at, std::slice::from_ref(&time.words), message);
                out.push(Found { diagnostic, sure: Sure::Certain });
            }
        }
    }
}
