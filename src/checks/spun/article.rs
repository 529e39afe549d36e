//! Whether an article as a whole is machine-swapped: the evidence of all its places added up.
//!
//! Every finding of the family counts once for its words, by its weight; the article needs more of it the longer it is. Where it is
//! found spun, weak findings are shown as well. Where two findings lie on the same words, the one that covers more is kept.

use crate::checks::{Check, Found, Sure, Terms, Verdict, finding};
use crate::diagnostic::{Data, Diagnostic, Label, Severity};
use crate::document::{Document, Language};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_words: usize,
    least_evidence: u32,
    evidence_per_100_words: u32,
    words_at_most: usize,
    least_places: usize,
    sign_weight: u32,
    warning_from: u32,
    places_named: usize,
}

struct Article {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    place: Template,
    sign: Template,
    terms: Option<Terms>,
}

struct All(Vec<Article>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let read = |rule: &Arc<Rule>| {
        Ok(Article {
            options: rule.options()?,
            message: rule.message(&["places"])?,
            place: rule.text("place", &["match", "suggestion"])?,
            sign: rule.text("sign", &["match"])?,
            terms: Terms::new(lexicon),
            rule: rule.clone(),
        })
    };
    Ok(Check::Verdict(Box::new(All(rules.iter().map(read).collect::<Result<_, RuleError>>()?))))
}

impl Verdict for All {
    fn judge(&self, doc: &Document, _facts: &Facts, found: &mut Vec<Found>) {
        for article in &self.0 {
            article.judge(doc, found);
        }
    }
}

impl Article {
    fn judge(&self, doc: &Document, found: &mut Vec<Found>) {
        let is_ours = |found: &Found| found.diagnostic.rule.split('/').next() == Some(self.rule.family());
        let (mut ours, rest): (Vec<Found>, Vec<Found>) = std::mem::take(found).into_iter().partition(is_ours);
        *found = rest;
        ours.retain(|found| self.terms.as_ref().is_none_or(|terms| !terms.covers(doc, &found.diagnostic)));
        let verdict = self.tell(doc, &ours);
        if verdict.is_some() {
            ours.iter_mut().filter(|found| found.sure == Sure::Weak).for_each(|found| {
                let is_strong = self.weight(&found.diagnostic) >= self.options.warning_from;
                found.sure = if is_strong { Sure::Certain } else { Sure::Doubtful };
            });
        }
        keep_the_widest(&mut ours);
        found.extend(ours);
        found.extend(verdict);
    }

    /// What a finding says of the article, in hundredths of nats.
    fn weight(&self, diagnostic: &Diagnostic) -> u32 {
        match &diagnostic.data {
            Data::Suggestions { weight, .. } => *weight,
            _ if diagnostic.severity == Severity::Info => 0,
            _ => self.options.sign_weight,
        }
    }

    /// The finding about the article, where the evidence is enough.
    fn tell(&self, doc: &Document, ours: &[Found]) -> Option<Found> {
        let options = &self.options;
        if doc.words.len().min(options.words_at_most) < options.min_words || doc.language == Language::Other {
            return None;
        }
        let mut evidence: BTreeMap<&[u64], (u32, &Diagnostic)> = BTreeMap::new();
        for found in ours {
            let weight = self.weight(&found.diagnostic);
            let strongest = evidence.entry(&found.diagnostic.identity).or_insert((weight, &found.diagnostic));
            if weight > strongest.0 {
                *strongest = (weight, &found.diagnostic);
            }
        }
        let mut evidence: Vec<(u32, &Diagnostic)> = evidence.into_values().filter(|(weight, _)| *weight > 0).collect();
        let sum: u32 = evidence.iter().map(|(weight, _)| weight).sum();
        let further = (doc.words.len().min(options.words_at_most) - options.min_words) as u32;
        if evidence.len() < options.least_places
            || sum < options.least_evidence + options.evidence_per_100_words * further / 100
        {
            return None;
        }
        evidence.sort_by_key(|(weight, diagnostic)| (Reverse(*weight), diagnostic.primary.span));
        let block = doc.blocks.iter().find(|block| !block.words.is_empty())?;
        let at = doc.words_text(block.words.clone());
        let message = self.message.fill(&[("places", &evidence.len().to_string())]);
        let mut diagnostic = finding(&self.rule, doc, at, std::slice::from_ref(&block.words), message);
        diagnostic.secondary =
            evidence.iter().take(options.places_named).map(|(_, diagnostic)| self.label(doc, diagnostic)).collect();
        diagnostic.secondary.sort_by_key(|label| label.span);
        Some(Found { diagnostic, sure: Sure::Certain })
    }

    fn label(&self, doc: &Document, diagnostic: &Diagnostic) -> Label {
        let written = doc.source.text.get(diagnostic.primary.span.range()).unwrap_or_default();
        let message = match &diagnostic.data {
            Data::Suggestions { suggestions, .. } => {
                let suggestion = suggestions.first().map_or("", String::as_str);
                self.place.fill(&[("match", written), ("suggestion", suggestion)])
            }
            _ => self.sign.fill(&[("match", written)]),
        };
        Label { message, ..diagnostic.primary.clone() }
    }
}

/// Of findings that overlap, keeps the one that begins first and covers most.
fn keep_the_widest(found: &mut Vec<Found>) {
    found.sort_by_key(|found| {
        let span = found.diagnostic.primary.span;
        (span.start, Reverse(span.end), Reverse(found.sure))
    });
    let mut end = 0;
    found.retain(|found| {
        let span = found.diagnostic.primary.span;
        let is_new = span.start >= end || found.sure == Sure::Weak;
        if is_new && found.sure != Sure::Weak {
            end = span.end;
        }
        is_new
    });
}
