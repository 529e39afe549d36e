//! The words that the rules of the check find.

use super::families::{Options as Likeness, Telling};
use super::parts::Options as Stitched;
use crate::checks::duplicate::labels::{Labels, whole_article};
use crate::checks::duplicate::region::{opening, whole};
use crate::checks::finding;
use crate::diagnostic::{Data, Diagnostic, Label, Place};
use crate::document::Document;
use crate::facts::{Facts, Passage};
use crate::language::WordTable;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// How many of the words that tellings share are quoted.
const QUOTED: usize = 4;

/// What a rule speaks of.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    Passage,
    Conclusion,
    Article,
}

#[derive(Deserialize)]
struct Kind {
    unit: Unit,
}

/// A rule, by what it speaks of.
pub(super) enum Wording {
    Passage(PassageWording),
    Closing(ClosingWording),
    Stitched(StitchedWording),
}

impl Wording {
    /// Reads the options and texts of a rule.
    pub fn new(rule: &Arc<Rule>) -> Result<Self, RuleError> {
        let kind: Kind = rule.options()?;
        let mut own = (**rule).clone();
        own.options.remove("unit");
        Ok(match kind.unit {
            Unit::Passage => Self::Passage(PassageWording {
                options: own.options()?,
                message: rule.message(&["times"])?,
                labels: Labels::new(rule)?,
                shared: rule.text("shared", &["words"])?,
                rule: rule.clone(),
            }),
            Unit::Conclusion => Self::Closing(ClosingWording {
                message: rule.message(&["times"])?,
                labels: Labels::new(rule)?,
                rule: rule.clone(),
            }),
            Unit::Article => Self::Stitched(StitchedWording {
                options: own.options()?,
                message: rule.message(&["parts"])?,
                first: rule.text("first", &[])?,
                again: rule.text("again", &[])?,
                rule: rule.clone(),
            }),
        })
    }
}

/// A rule about passages told again.
pub(super) struct PassageWording {
    pub options: Likeness,
    rule: Arc<Rule>,
    message: Template,
    labels: Labels,
    shared: Template,
}

impl PassageWording {
    /// The finding about tellings of one thing.
    pub fn tell(&self, doc: &Document, telling: &Telling) -> Diagnostic {
        let passages: Vec<&Passage> = telling.places.iter().collect();
        let times = self.labels.times(passages.len());
        let message = self.message.fill(&[("times", &times)]);
        let mut finding = told(&self.rule, doc, &passages, message, &self.labels);
        let words = shared_words(doc, passages[0], passages[1]);
        if !words.is_empty() {
            finding.notes.push(self.shared.fill(&[("words", &words)]));
        }
        finding.data = Data::Copies { permille: telling.permille, regions: regions(doc, &passages), edits: Vec::new() };
        finding
    }
}

/// A rule about closing sections.
pub(super) struct ClosingWording {
    rule: Arc<Rule>,
    message: Template,
    labels: Labels,
}

impl ClosingWording {
    /// The finding about several closing sections.
    pub fn tell(&self, doc: &Document, facts: &Facts, closings: &[u32]) -> Diagnostic {
        let passages: Vec<&Passage> =
            closings.iter().filter_map(|passage| facts.passages.get(*passage as usize)).collect();
        let times = self.labels.times(passages.len());
        let message = self.message.fill(&[("times", &times)]);
        let mut finding = told(&self.rule, doc, &passages, message, &self.labels);
        let is_closing = |passage: u32| closings.binary_search(&passage).is_ok();
        let pairs = facts.likenesses.iter().filter(|p| is_closing(p.earlier) && is_closing(p.later));
        let permille = pairs.map(|pair| pair.permille).max().unwrap_or(0);
        finding.data = Data::Copies { permille, regions: regions(doc, &passages), edits: Vec::new() };
        finding
    }
}

/// A rule about articles glued together.
pub(super) struct StitchedWording {
    pub options: Stitched,
    rule: Arc<Rule>,
    message: Template,
    first: Template,
    again: Template,
}

impl StitchedWording {
    /// The finding about the parts of an article, by their first blocks.
    pub fn tell(&self, doc: &Document, starts: &[u32]) -> Diagnostic {
        let text = |block: u32| doc.blocks.get(block as usize).map(|block| opening(doc, &block.words));
        let message = self.message.fill(&[("parts", &starts.len().to_string())]);
        let words: Vec<Range<u32>> = starts
            .iter()
            .filter_map(|start| doc.blocks.get(*start as usize))
            .map(|block| block.words.clone())
            .collect();
        let second = starts.get(1).copied().and_then(text).unwrap_or_default();
        let mut finding = finding(&self.rule, doc, second, &words, message);
        finding.identity = whole_article(doc, starts.len());
        finding.primary.message = self.again.fill(&[]);
        for (index, start) in starts.iter().enumerate().filter(|(index, _)| *index != 1) {
            let label = if index == 0 { &self.first } else { &self.again };
            let span = doc.span(text(*start).unwrap_or_default());
            finding.secondary.push(Label { path: doc.source.path.clone(), span, message: label.fill(&[]) });
        }
        // What is unique to a part is no copy: only where the parts begin is named.
        let begins = starts.iter().filter_map(|start| Some(doc.span(text(*start)?)));
        let regions = begins.map(|span| Place { path: doc.source.path.clone(), span }).collect();
        finding.data = Data::Copies { permille: 0, regions, edits: Vec::new() };
        finding
    }
}

/// A finding at the second of several passages.
fn told(rule: &Rule, doc: &Document, passages: &[&Passage], message: String, labels: &Labels) -> Diagnostic {
    let words: Vec<Range<u32>> = passages.iter().map(|passage| passage.words.clone()).collect();
    let openings: Vec<TextSpan> = words.iter().map(|words| opening(doc, words)).collect();
    labels.finding(rule, doc, &openings, &words, message)
}

fn regions(doc: &Document, passages: &[&Passage]) -> Vec<Place> {
    let place = |words: &Range<u32>| Place { path: doc.source.path.clone(), span: doc.span(whole(doc, words)) };
    passages.iter().map(|passage| place(&passage.words)).collect()
}

/// The rarest words that two passages share, as the later one says them.
fn shared_words(doc: &Document, earlier: &Passage, later: &Passage) -> String {
    let table = WordTable::builtin();
    let words = |passage: &Passage| {
        doc.words.get(passage.words.start as usize..passage.words.end as usize).unwrap_or_default().iter()
    };
    let stem = |key: u64| table.get(key).map_or((u32::MAX, key), |form| (form.stem, 0));
    let known: BTreeMap<(u32, u64), ()> = words(earlier).map(|word| (stem(word.key), ())).collect();
    let mut shared: BTreeMap<(u32, u64), (u32, &str)> = BTreeMap::new();
    for word in words(later).filter(|word| known.contains_key(&stem(word.key))) {
        let rarity = table.get(word.key).map_or(u32::MAX, |form| form.rarity);
        shared.entry(stem(word.key)).or_insert((rarity, doc.slice(word.text)));
    }
    let mut rarest: Vec<(u32, &str)> = shared.into_values().collect();
    rarest.sort_by_key(|(rarity, text)| (std::cmp::Reverse(*rarity), text.len(), *text));
    rarest.iter().take(QUOTED).map(|(_, text)| format!("“{text}”")).collect::<Vec<_>>().join(", ")
}
