//! How the tellings of one thing are labelled and counted, the same in every rule of the family.

use crate::checks::finding;
use crate::diagnostic::{Diagnostic, Label, identity};
use crate::document::Document;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use std::ops::Range;

/// What a finding about so many tellings of a whole article is recognised by: edits anywhere in it leave it the same finding.
pub(super) fn whole_article(doc: &Document, tellings: usize) -> Vec<u64> {
    vec![identity(doc.title()); tellings]
}

/// The words for the first, the second and every further telling, and for how many there are.
pub(super) struct Labels {
    first: Template,
    again: Template,
    more: Template,
    twice: Template,
    often: Template,
}

impl Labels {
    /// Reads the texts of a rule.
    pub fn new(rule: &Rule) -> Result<Self, RuleError> {
        Ok(Self {
            first: rule.text("first", &[])?,
            again: rule.text("again", &[])?,
            more: rule.text("more", &[])?,
            twice: rule.text("twice", &[])?,
            often: rule.text("often", &["tellings"])?,
        })
    }

    /// How often a thing is told, in words.
    pub fn times(&self, tellings: usize) -> String {
        match tellings {
            2 => self.twice.fill(&[]),
            tellings => self.often.fill(&[("tellings", &tellings.to_string())]),
        }
    }

    /// A finding at the second of several tellings, with labels for all, recognised by the given words.
    pub fn finding(
        &self,
        rule: &Rule,
        doc: &Document,
        tellings: &[TextSpan],
        words: &[Range<u32>],
        message: String,
    ) -> Diagnostic {
        let mut finding = finding(rule, doc, tellings.get(1).copied().unwrap_or_default(), words, message);
        finding.primary.message = self.again.fill(&[]);
        for (index, telling) in tellings.iter().enumerate().filter(|(index, _)| *index != 1) {
            let message = if index == 0 { &self.first } else { &self.more };
            let path = doc.source.path.clone();
            finding.secondary.push(Label { path, span: doc.span(*telling), message: message.fill(&[]) });
        }
        finding
    }
}
