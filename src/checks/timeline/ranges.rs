//! Ranges that run backwards: “48-24 hours”.

use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::Document;
use crate::facts::time::Lead;
use crate::facts::{Facts, Needs, Time};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use std::sync::Arc;

/// Behind these stands the rest of a length: “1 h 20”.
const UNITS: [&str; 9] = ["h", "hr", "hrs", "hour", "hours", "m", "min", "mins", "minutes"];

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
        for time in facts.times.iter().filter(|time| time.is_reversed && !is_honest(doc, time)) {
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

/// True for what only looks like a range: a change, “from 75 to 45 minutes”, and the end of a longer number, “1 h 20 to 1 h 50”.
fn is_honest(doc: &Document, time: &Time) -> bool {
    let word = |at: u32| doc.words.get(at as usize).map_or("", |word| doc.slice(word.text));
    let before = time.words.start.checked_sub(1).map_or("", word);
    let is_unit = UNITS.contains(&before.trim_start_matches(|c: char| c.is_ascii_digit()));
    time.lead == Lead::From || is_unit
}
