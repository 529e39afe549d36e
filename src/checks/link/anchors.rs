//! The stock phrases of link sellers: as the text of a link, or left in the prose without one.
//!
//! Phrases of the rule count as the whole text of a link. Labels put together from parts and patterns count there too, and in prose: but not in
//! quotation marks, and not where a link or a colon follows in the sentence, as it does in honest directions.

use super::labels::{Labels, Parts, are_capital};
use super::page::Page;
use crate::checks::quoted::is_quoted;
use crate::checks::traces::Traces;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Data, Diagnostic};
use crate::document::{BlockKind, Document, LinkKind};
use crate::facts::{Facts, Gates, LinkUse, Needs};
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    parts: Parts,
}

struct One {
    rule: Arc<Rule>,
    message: Template,
    linked: Template,
    phrases: WordList,
    labels: Labels,
    traces: Traces,
}

struct Anchors(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let Options { parts } = rule.options()?;
        Ok(One {
            message: rule.message(&["match"])?,
            linked: rule.text("linked", &["match"])?,
            phrases: WordList::of(rule.phrase.iter().flat_map(|phrase| &phrase.any)),
            labels: Labels::new(&parts),
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
        for one in &self.0 {
            one.traces.open(gates);
            one.labels.open(gates);
        }
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.0.iter().try_for_each(|one| one.traces.verify(std::slice::from_ref(&one.rule)))
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let page = Page { doc, links: &facts.links };
        for one in &self.0 {
            for link in facts.links.iter().filter(|link| link.kind != LinkKind::Image && link.link.is_some()) {
                let words = page.words(link);
                let bare = one.labels.without_fillers(doc, words.clone());
                let is_phrase = |words: Range<u32>| one.phrases.has(&page.keys(words));
                let is_stock = is_phrase(words.clone()) || is_phrase(bare) || one.labels.are_label(doc, words);
                if is_stock && !page.is_furniture(link) && !page.is_quoted(link) {
                    let diagnostic = one.linked(&page, link);
                    out.push(Found { diagnostic, sure: Sure::Certain });
                }
            }
            one.traces.find(doc, facts, |trace| {
                let sure = if trace.pattern.is_likely { Sure::Likely } else { Sure::Certain };
                let message = trace.pattern.message(&one.message, doc.slice(trace.at));
                out.extend(one.found(&page, trace.at, trace.words, message, sure));
            });
            one.put_together(&page, facts, out);
        }
    }
}

impl One {
    /// Labels put together from parts, in prose.
    fn put_together(&self, page: &Page<'_>, facts: &Facts, out: &mut Vec<Found>) {
        let doc = page.doc;
        let mut sentences: Vec<u32> = Vec::new();
        let words = facts.openings.words.iter().filter(|index| self.labels.may_hold(doc, **index));
        sentences.extend(words.filter_map(|index| Some(doc.words.get(*index as usize)?.sentence)));
        sentences.dedup();
        for sentence in sentences.into_iter().filter_map(|index| doc.sentences.get(index as usize)) {
            let is_phrase = |words: Range<u32>| self.phrases.has(&page.keys(words));
            for words in self.labels.in_prose(doc, sentence.words.clone(), is_phrase) {
                let at = doc.words_text(words.clone());
                let is_whole_block = doc.blocks.get(sentence.block as usize).is_some_and(|block| block.words == words);
                let message = self.message.fill(&[("match", doc.slice(at))]);
                out.extend((!is_whole_block).then(|| self.found(page, at, words, message, Sure::Certain)).flatten());
            }
        }
    }

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

    fn found(&self, page: &Page<'_>, at: TextSpan, words: Range<u32>, message: String, sure: Sure) -> Option<Found> {
        let block = page.doc.block_of(words.start)?;
        if block.area.is_furniture() || is_quoted(page.doc, at) {
            return None;
        }
        let first = page.links.partition_point(|link| link.text.end < at.end);
        let holder = page.links.iter().skip(first).take_while(|link| link.text.start <= at.start);
        if let Some(link) = holder.into_iter().find(|link| link.text.start <= at.start && link.link.is_some()) {
            return Some(Found { diagnostic: self.linked(page, link), sure });
        }
        if matches!(block.kind, BlockKind::Cell { .. })
            || !are_capital(page.doc, words.clone()) && leads_on(page, at, words.start)
        {
            return None;
        }
        Some(Found { diagnostic: finding(&self.rule, page.doc, at, &[words], message), sure })
    }
}

/// True where a link or a colon follows in the sentence, or the next block is a list: directions that have somewhere to lead.
fn leads_on(page: &Page<'_>, at: TextSpan, first: u32) -> bool {
    let doc = page.doc;
    let Some(sentence) = doc.sentence_of(first) else { return false };
    let end = sentence.text.end.max(at.end);
    let rest = doc.slice(TextSpan::new(at.end, end));
    let follows = |link: &LinkUse| link.text.start >= at.start && link.text.start < end && link.link.is_some();
    let first = page.links.partition_point(|link| link.text.start < at.start);
    rest.contains(':') || page.links.iter().skip(first).take(4).any(follows)
}
