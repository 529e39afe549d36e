//! The words that the rules of the check find.

use super::families::{Options as Likeness, Telling};
use super::parts::Options as Stitched;
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
                first: rule.text("first", &[])?,
                again: rule.text("again", &[])?,
                more: rule.text("more", &[])?,
                twice: rule.text("twice", &[])?,
                often: rule.text("often", &["tellings"])?,
                shared: rule.text("shared", &["words"])?,
                rule: rule.clone(),
            }),
            Unit::Conclusion => Self::Closing(ClosingWording {
                message: rule.message(&["times"])?,
                first: rule.text("first", &[])?,
                again: rule.text("again", &[])?,
                more: rule.text("more", &[])?,
                twice: rule.text("twice", &[])?,
                often: rule.text("often", &["tellings"])?,
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
    first: Template,
    again: Template,
    more: Template,
    twice: Template,
    often: Template,
    shared: Template,
}

impl PassageWording {
    /// The finding about tellings of one thing.
    pub fn tell(&self, doc: &Document, telling: &Telling) -> Diagnostic {
        let passages: Vec<&Passage> = telling.places.iter().collect();
        let times = times(&self.twice, &self.often, passages.len());
        let message = self.message.fill(&[("times", &times)]);
        let mut finding = told(&self.rule, doc, &passages, message, [&self.first, &self.again, &self.more]);
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
    first: Template,
    again: Template,
    more: Template,
    twice: Template,
    often: Template,
}

impl ClosingWording {
    /// The finding about several closing sections.
    pub fn tell(&self, doc: &Document, facts: &Facts, closings: &[u32]) -> Diagnostic {
        let passages: Vec<&Passage> =
            closings.iter().filter_map(|passage| facts.passages.get(*passage as usize)).collect();
        let times = times(&self.twice, &self.often, passages.len());
        let message = self.message.fill(&[("times", &times)]);
        let mut finding = told(&self.rule, doc, &passages, message, [&self.first, &self.again, &self.more]);
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
        let text = |block: u32| doc.blocks.get(block as usize).map(|block| opening(doc, block.words.clone()));
        let message = self.message.fill(&[("parts", &starts.len().to_string())]);
        let words: Vec<Range<u32>> = starts
            .iter()
            .filter_map(|start| doc.blocks.get(*start as usize))
            .map(|block| block.words.clone())
            .collect();
        let second = starts.get(1).copied().and_then(text).unwrap_or_default();
        let mut finding = finding(&self.rule, doc, second, &words, message);
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

fn times(twice: &Template, often: &Template, tellings: usize) -> String {
    match tellings {
        2 => twice.fill(&[]),
        tellings => often.fill(&[("tellings", &tellings.to_string())]),
    }
}

/// A finding at the second of several passages, with labels for the first, the second and the rest.
fn told(rule: &Rule, doc: &Document, passages: &[&Passage], message: String, labels: [&Template; 3]) -> Diagnostic {
    let words: Vec<Range<u32>> = passages.iter().map(|passage| passage.words.clone()).collect();
    let at = |passage: &Passage| opening(doc, passage.words.clone());
    let mut finding = finding(rule, doc, passages.get(1).map(|p| at(p)).unwrap_or_default(), &words, message);
    finding.primary.message = labels[1].fill(&[]);
    for (index, passage) in passages.iter().enumerate().filter(|(index, _)| *index != 1) {
        let label = if index == 0 { labels[0] } else { labels[2] };
        let span = doc.span(at(passage));
        finding.secondary.push(Label { path: doc.source.path.clone(), span, message: label.fill(&[]) });
    }
    finding
}

/// What is marked of a passage: its first sentence.
fn opening(doc: &Document, words: Range<u32>) -> TextSpan {
    doc.sentence_of(words.start).map_or_else(|| doc.words_text(words.clone()), |sentence| sentence.text)
}

fn regions(doc: &Document, passages: &[&Passage]) -> Vec<Place> {
    let text = |passage: &Passage| {
        let blocks = doc.blocks.get(passage.blocks.start as usize..passage.blocks.end as usize).unwrap_or_default();
        blocks.iter().map(|block| block.text).reduce(TextSpan::join).unwrap_or_default()
    };
    passages.iter().map(|p| Place { path: doc.source.path.clone(), span: doc.span(text(p)) }).collect()
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
