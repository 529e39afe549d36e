//! A clash of two claims in words.

use super::{first_telling, say_one_time};
use crate::checks::finding;
use crate::diagnostic::{Data, Diagnostic, Label, Statement};
use crate::document::Document;
use crate::facts::{Claim, ClaimReader, Facts};
use crate::language::length;
use crate::rules::{Rule, RuleError, Template};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The words of a rule.
pub(super) struct Wording {
    rule: Arc<Rule>,
    message: Template,
    first: Template,
    again: Template,
    /// The same statement in a copy.
    copy: Template,
    /// How both were read, and what was taken for granted.
    read: Template,
    assumed: Template,
    reader: ClaimReader,
}

impl Wording {
    pub fn new(rule: &Arc<Rule>, reader: &ClaimReader) -> Result<Self, RuleError> {
        Ok(Self {
            message: rule.message(&["here", "there"])?,
            first: rule.text("first", &["time"])?,
            again: rule.text("again", &["time"])?,
            copy: rule.text("copy", &["time"])?,
            read: rule.text("read", &["here", "there"])?,
            assumed: rule.text("assumed", &[])?,
            rule: rule.clone(),
            reader: reader.clone(),
        })
    }

    /// The finding at the later one of two claims.
    pub fn tell(
        &self,
        doc: &Document,
        facts: &Facts,
        copies: &Copies<'_>,
        earlier: &Claim,
        later: &Claim,
    ) -> Diagnostic {
        let time = |claim: &Claim| {
            let words = facts.time(claim).map(|time| time.words.clone()).unwrap_or_default();
            doc.quote(words)
        };
        let (here, there) = (time(later), time(earlier));
        let message = self.message.fill(&[("here", &here), ("there", &there)]);
        let at = doc.words_text(later.words.clone());
        let words = [earlier.words.clone(), later.words.clone()];
        let mut finding = finding(&self.rule, doc, at, &words, message);
        finding.primary.message = self.again.fill(&[("time", &here)]);
        let label = |claim: &Claim, message: String| Label {
            path: doc.source.path.clone(),
            span: doc.span(doc.words_text(claim.words.clone())),
            message,
        };
        finding.secondary.push(label(earlier, self.first.fill(&[("time", &there)])));
        for (claim, time) in [(earlier, &there), (later, &here)] {
            let copies = copies.of(claim);
            finding.secondary.extend(copies.iter().map(|copy| label(copy, self.copy.fill(&[("time", time)]))));
        }
        let statements = [earlier, later].map(|claim| Statement::of(doc, facts, &self.reader, claim));
        if let [Some(there), Some(here)] = [&statements[0], &statements[1]].map(stretch) {
            finding.notes.push(self.read.fill(&[("here", &here), ("there", &there)]));
            if earlier.anchor.is_none() || later.anchor.is_none() {
                finding.notes.push(self.assumed.fill(&[]));
            }
        }
        finding.data = Data::Claims(statements.into());
        finding
    }
}

/// The claims that stand in copies, by the first telling of their words.
pub(super) struct Copies<'a> {
    facts: &'a Facts,
    by_start: BTreeMap<u32, Vec<&'a Claim>>,
}

impl<'a> Copies<'a> {
    pub fn new(doc: &Document, facts: &'a Facts) -> Self {
        let mut by_start: BTreeMap<u32, Vec<&Claim>> = BTreeMap::new();
        for claim in &facts.claims {
            if let Some(original) = first_telling(doc, facts, claim) {
                by_start.entry(original).or_default().push(claim);
            }
        }
        Self { facts, by_start }
    }

    /// The same claim in copies of its sentence, one for each.
    fn of(&self, claim: &Claim) -> Vec<&'a Claim> {
        let copies = self.by_start.get(&claim.words.start).into_iter().flatten().copied();
        let mut same: Vec<&Claim> = copies.filter(|copy| say_one_time(self.facts, copy, claim)).collect();
        same.dedup_by_key(|copy| copy.sentence);
        same
    }
}

/// The stretch of time that a statement speaks of; `None` for doses, counts and moments.
fn stretch(statement: &Statement) -> Option<String> {
    let from = statement.from?;
    Some(match statement.certain_to.or(statement.to) {
        Some(to) if to == from => length(from),
        Some(to) => format!("{}–{}", length(from), length(to)),
        None => format!("{}–…", length(from)),
    })
}
