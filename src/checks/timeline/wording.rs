//! A clash of two claims in words.

use crate::checks::finding;
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::facts::{Claim, Facts};
use crate::rules::{Rule, RuleError, Template};
use std::sync::Arc;

/// The words of a rule.
pub(super) struct Wording {
    rule: Arc<Rule>,
    message: Template,
    first: Template,
    again: Template,
}

impl Wording {
    pub fn new(rule: &Arc<Rule>) -> Result<Self, RuleError> {
        Ok(Self {
            message: rule.message(&["here", "there"])?,
            first: rule.text("first", &["time"])?,
            again: rule.text("again", &["time"])?,
            rule: rule.clone(),
        })
    }

    /// The finding at the later one of two claims.
    pub fn tell(&self, doc: &Document, facts: &Facts, earlier: &Claim, later: &Claim) -> Diagnostic {
        let time = |claim: &Claim| {
            let words = facts.times.get(claim.time as usize).map(|time| time.words.clone()).unwrap_or_default();
            doc.slice(doc.words_text(words)).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (here, there) = (time(later), time(earlier));
        let message = self.message.fill(&[("here", &here), ("there", &there)]);
        let at = doc.words_text(later.words.clone());
        let words = [earlier.words.clone(), later.words.clone()];
        let mut finding = finding(&self.rule, doc, at, &words, message);
        finding.primary.message = self.again.fill(&[("time", &here)]);
        finding.secondary.push(Label {
            path: doc.source.path.clone(),
            span: doc.span(doc.words_text(earlier.words.clone())),
            message: self.first.fill(&[("time", &there)]),
        });
        finding
    }
}
