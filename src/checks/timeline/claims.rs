//! Compares the claims of an article with each other.

use super::compare::clash;
use super::same::Subjects;
use super::wording::Wording;
use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::claim::{Slot, Stance, Topics};
use crate::facts::{Claim, Facts, Needs};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// The slots that are compared.
    slots: Vec<Slot>,
    /// True for pairs in which something is forbidden or allowed, false for all others.
    advice: bool,
    /// By what factor two times differ, at least.
    factor: f64,
}

/// A claim is compared with so many before it, so that the time stays linear in the claims of an article.
const MOST_COMPARED: usize = 300;

struct Claims {
    rules: Vec<(Wording, Options)>,
    topics: Topics,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let rules = rules.iter().map(|rule| Ok((Wording::new(rule)?, rule.options::<Options>()?)));
    let rules = rules.collect::<Result<Vec<_>, RuleError>>()?;
    Ok(Check::Document(Box::new(Claims { rules, topics: Topics::new(lexicon) })))
}

impl DocumentCheck for Claims {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        // What stands in a copy is told with its first telling.
        let is_first = |claim: &&Claim| facts.original(claim.words.start) == claim.words.start;
        let own: Vec<&Claim> = facts.claims.iter().filter(is_first).collect();
        let subjects = Subjects::new(facts, &self.topics);
        for (wording, options) in &self.rules {
            let is_asked = |claim: &&&Claim| options.slots.contains(&claim.slot);
            let claims: Vec<&Claim> = own.iter().filter(is_asked).copied().collect();
            for (index, later) in claims.iter().enumerate() {
                let nearest = &claims[index.saturating_sub(MOST_COMPARED)..index];
                let clashing = nearest.iter().find(|earlier| {
                    is_advice(earlier, later) == options.advice
                        && clash(facts, &subjects, earlier, later, options.factor)
                });
                if let Some(earlier) = clashing {
                    let diagnostic = wording.tell(doc, facts, earlier, later);
                    out.push(Found { diagnostic, sure: Sure::Certain });
                }
            }
        }
    }
}

/// True where one of two claims forbids or allows when something may begin.
fn is_advice(a: &Claim, b: &Claim) -> bool {
    let is_leave = |claim: &Claim| matches!(claim.stance, Stance::Forbid | Stance::Permit);
    a.slot == Slot::Start && b.slot == Slot::Start && (is_leave(a) || is_leave(b))
}
