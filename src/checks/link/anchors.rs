//! The stock phrases of link sellers: as the text of a link, or left in the prose without one.
//!
//! Phrases of the rule count as the whole text of a link. Patterns count there too, and in prose: but not in quotation marks,
//! and not where a link or a colon follows in the sentence, as it does in honest directions.

use super::page::Page;
use crate::checks::quoted::is_quoted;
use crate::checks::traces::{Trace, Traces};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Data, Diagnostic};
use crate::document::{BlockKind, Document, LinkKind};
use crate::facts::{Facts, Gates, LinkUse, Needs};
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {}

struct One {
    rule: Arc<Rule>,
    message: Template,
    linked: Template,
    phrases: WordList,
    traces: Traces,
}

struct Anchors(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let Options {} = rule.options()?;
        Ok(One {
            message: rule.message(&["match"])?,
            linked: rule.text("linked", &["match"])?,
            phrases: WordList::of(rule.phrase.iter().flat_map(|phrase| &phrase.any)),
            traces: Traces::new(std::slice::from_ref(rule), false)?,
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(Anchors(rules.iter().map(one).collect::<Result<_, RuleError>>()?))))
}

impl DocumentCheck for Anchors {
    fn needs(&self) -> Needs {
        Needs { links: true, ..Needs::default() }
    }

    fn open(&self, gates: &mut Gates) {
        self.0.iter().for_each(|one| one.traces.open(gates));
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.0.iter().try_for_each(|one| one.traces.verify(std::slice::from_ref(&one.rule)))
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let page = Page { doc, links: &facts.links };
        for one in &self.0 {
            for link in facts.links.iter().filter(|link| link.kind != LinkKind::Image && link.link.is_some()) {
                let is_stock = one.phrases.has(&page.keys(page.words(link)));
                if is_stock && !page.is_furniture(link) && !page.is_quoted(link) {
                    let diagnostic = one.linked(&page, link);
                    out.push(Found { diagnostic, sure: Sure::Certain });
                }
            }
            one.traces.find(doc, facts, |trace| out.extend(one.found(&page, &trace)));
        }
    }
}

impl One {
    fn linked(&self, page: &Page<'_>, link: &LinkUse) -> Diagnostic {
        let message = self.linked.fill(&[("match", page.text(link))]);
        let mut diagnostic = finding(&self.rule, page.doc, link.text, &[page.words(link)], message);
        diagnostic.primary.span = link.span;
        diagnostic.data = Data::Link {
            host: link.address.host.clone(),
            target: page.target(link).to_owned(),
            reasons: vec![self.rule.id.clone()],
        };
        diagnostic
    }

    fn found(&self, page: &Page<'_>, trace: &Trace<'_>) -> Option<Found> {
        let block = page.doc.blocks.get(trace.block as usize)?;
        let is_furniture = block.area.is_furniture();
        if is_furniture || matches!(block.kind, BlockKind::Cell { .. }) || is_quoted(page.doc, trace.at) {
            return None;
        }
        let sure = if trace.pattern.is_likely { Sure::Likely } else { Sure::Certain };
        let first = page.links.partition_point(|link| link.text.end < trace.at.end);
        let holder = page.links.iter().skip(first).take_while(|link| link.text.start <= trace.at.start);
        if let Some(link) = holder.into_iter().find(|link| link.text.start <= trace.at.start && link.link.is_some()) {
            return Some(Found { diagnostic: self.linked(page, link), sure });
        }
        if leads_on(page, trace) {
            return None;
        }
        let message = trace.pattern.message(&self.message, page.doc.slice(trace.at));
        let words = [trace.words.clone()];
        Some(Found { diagnostic: finding(&self.rule, page.doc, trace.at, &words, message), sure })
    }
}

/// True where a link or a colon follows in the sentence, or the next block is a list: directions that have somewhere to lead.
fn leads_on(page: &Page<'_>, trace: &Trace<'_>) -> bool {
    let doc = page.doc;
    let Some(sentence) = doc.sentence_of(trace.words.start) else { return false };
    let end = sentence.text.end.max(trace.at.end);
    let rest = doc.slice(TextSpan::new(trace.at.end, end));
    let follows = |link: &LinkUse| link.text.start >= trace.at.start && link.text.start < end && link.link.is_some();
    let first = page.links.partition_point(|link| link.text.start < trace.at.start);
    rest.contains(':') || page.links.iter().skip(first).take(4).any(follows)
}
