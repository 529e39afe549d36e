//! Copied regions, each reported once by the widest rule that fits.
//!
//! The regions come from the facts; here they are grouped (a passage told three times is one finding), measured against the
//! options of the rules from the widest unit to the narrowest, and put into words with their first few differences.

use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Data, Diagnostic, Edited, Label, Place};
use crate::document::Document;
use crate::facts::{Copied, Facts, Needs, Run};
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// Differences parted by fewer equal words than this are told as one.
const NEAR_EDITS: u32 = 3;
/// How many words of a difference are quoted.
const QUOTED_WORDS: u32 = 12;
/// Two regions are the same place when they share so much of the longer one, in percent.
const SAME_PLACE: u32 = 70;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// What is copied.
    unit: Unit,
    /// Words of the later telling, at least.
    min_words: u32,
    /// Words from which on the finding has the rule's full severity; below it is info.
    full_words: u32,
    /// Share of words that are equal in order, at least; 0 to 1.
    similarity: f64,
    /// Share of the article's words that lie in the tellings, at least; 0 to 1.
    share: f64,
    /// How many differences are told.
    edits: usize,
}

/// What is copied, from wide to narrow.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    /// Most of the article.
    Article,
    /// A heading with what stands under it.
    Section,
    /// Several sentences.
    Passage,
    /// A sentence.
    Sentence,
}

struct Wording {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    first: Template,
    again: Template,
    more: Template,
    exact: Template,
    near: Template,
    changed: Template,
    dropped: Template,
    added: Template,
    others: Template,
}

struct Copies {
    /// From the widest unit to the narrowest.
    rules: Vec<Wording>,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>]) -> Result<Check, RuleError> {
    let mut wordings = Vec::new();
    for rule in rules {
        wordings.push(Wording {
            options: rule.options()?,
            message: rule.message(&["words", "alike", "tellings"])?,
            first: rule.text("first", &[])?,
            again: rule.text("again", &[])?,
            more: rule.text("more", &[])?,
            exact: rule.text("exact", &[])?,
            near: rule.text("near", &["percent"])?,
            changed: rule.text("changed", &["before", "after"])?,
            dropped: rule.text("dropped", &["before"])?,
            added: rule.text("added", &["after"])?,
            others: rule.text("others", &["count"])?,
            rule: rule.clone(),
        });
    }
    wordings.sort_by_key(|w| w.options.unit);
    Ok(Check::Document(Box::new(Copies { rules: wordings })))
}

/// Tellings of one region, the first one first.
struct Family<'a> {
    places: Vec<Range<u32>>,
    copies: Vec<&'a Copied>,
}

impl DocumentCheck for Copies {
    fn needs(&self) -> Needs {
        Needs { copies: true }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        for family in families(&facts.copies) {
            let fitting = self.rules.iter().find_map(|rule| Some((rule, rule.judge(doc, &family)?)));
            if let Some((rule, sure)) = fitting {
                let diagnostic = rule.tell(doc, facts, &family);
                out.push(Found { diagnostic, sure });
            }
        }
    }
}

/// Groups copies of one place. A copy of a copy joins the family of the first telling.
fn families(copies: &[Copied]) -> Vec<Family<'_>> {
    let mut families: Vec<Family<'_>> = Vec::new();
    for copied in copies {
        let home =
            families.iter_mut().rev().find(|f| f.places.iter().any(|place| is_same_place(place, &copied.original)));
        match home {
            Some(family) => {
                family.places.push(copied.copy.clone());
                family.copies.push(copied);
            }
            None => families
                .push(Family { places: vec![copied.original.clone(), copied.copy.clone()], copies: vec![copied] }),
        }
    }
    families
}

fn is_same_place(a: &Range<u32>, b: &Range<u32>) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared * 100 >= length(a).max(length(b)) * SAME_PLACE
}

fn length(range: &Range<u32>) -> u32 {
    range.end - range.start
}

impl Wording {
    /// How sure this rule is of a family; `None` where it does not fit.
    fn judge(&self, doc: &Document, family: &Family<'_>) -> Option<Sure> {
        let options = &self.options;
        let copied = family.copies.first()?;
        let words = length(&copied.copy).min(length(&copied.original));
        let told: u32 = family.places.iter().map(length).sum();
        let fits = words >= options.min_words
            && f64::from(copied.permille()) >= options.similarity * 1000.0
            && f64::from(told) >= options.share * doc.words.len() as f64
            && match options.unit {
                Unit::Article | Unit::Passage => true,
                Unit::Section => opens_section(doc, &copied.copy) && opens_section(doc, &copied.original),
                Unit::Sentence => true,
            };
        let sure = if words >= options.full_words { Sure::Certain } else { Sure::Doubtful };
        fits.then_some(sure)
    }

    /// The finding in words.
    fn tell(&self, doc: &Document, facts: &Facts, family: &Family<'_>) -> Diagnostic {
        let permille = family.copies.iter().map(|c| c.permille()).min().unwrap_or(0);
        let copied = family.copies[0];
        let percent = (permille / 10).to_string();
        let alike = if permille == 1000 { self.exact.fill(&[]) } else { self.near.fill(&[("percent", &percent)]) };
        let words = length(&copied.copy).to_string();
        let tellings = family.places.len().to_string();
        let message = self.message.fill(&[("words", &words), ("alike", &alike), ("tellings", &tellings)]);
        let mut finding = finding(&self.rule, doc, opening(doc, &copied.copy), &family.places, message);
        finding.primary.message = self.again.fill(&[]);
        let path = &doc.source.path;
        for (index, place) in family.places.iter().enumerate().filter(|(i, _)| *i != 1) {
            let text = if index == 0 { &self.first } else { &self.more };
            let span = doc.span(opening(doc, place));
            finding.secondary.push(Label { path: path.clone(), span, message: text.fill(&[]) });
        }
        let regions = family
            .places
            .iter()
            .map(|place| Place { path: path.clone(), span: doc.span(doc.words_text(place.clone())) });
        let edits: Vec<Edited> = edits(doc, copied, facts.runs_of(copied));
        finding.notes.extend(edits.iter().take(self.options.edits).map(|edit| self.tell_edit(edit)));
        if edits.len() > self.options.edits {
            finding.notes.push(self.others.fill(&[("count", &(edits.len() - self.options.edits).to_string())]));
        }
        finding.data = Data::Copies { permille, regions: regions.collect(), edits };
        finding
    }

    fn tell_edit(&self, edit: &Edited) -> String {
        match (edit.before.is_empty(), edit.after.is_empty()) {
            (_, true) => self.dropped.fill(&[("before", &edit.before)]),
            (true, _) => self.added.fill(&[("after", &edit.after)]),
            _ => self.changed.fill(&[("before", &edit.before), ("after", &edit.after)]),
        }
    }
}

/// True where a region holds a heading and text under it.
fn opens_section(doc: &Document, words: &Range<u32>) -> bool {
    let first = doc.blocks.partition_point(|b| b.words.end <= words.start);
    let blocks = doc.blocks.iter().skip(first).take_while(|b| b.words.start < words.end);
    let mut after_heading = blocks.skip_while(|b| !b.is_heading() || b.words.start < words.start);
    after_heading.any(|b| !b.is_heading() && b.words.end <= words.end + 1)
}

/// What is marked of a region: its first heading or sentence.
fn opening(doc: &Document, words: &Range<u32>) -> TextSpan {
    let end = doc.sentence_of(words.start).map_or(words.end, |s| s.words.end.min(words.end));
    doc.words_text(words.start..end)
}

/// The differences between two tellings, in order; neighbouring ones are joined.
fn edits(doc: &Document, copied: &Copied, runs: &[Run]) -> Vec<Edited> {
    let mut gaps: Vec<(Range<u32>, Range<u32>)> = Vec::new();
    let (mut original, mut copy) = (copied.original.start, copied.copy.start);
    let end = Run { original: copied.original.end, copy: copied.copy.end, length: 0 };
    for run in runs.iter().chain([&end]) {
        let gap = (original..run.original.max(original), copy..run.copy.max(copy));
        if !gap.0.is_empty() || !gap.1.is_empty() {
            match gaps.last_mut() {
                Some(last) if gap.1.start - last.1.end < NEAR_EDITS && gap.0.start - last.0.end < NEAR_EDITS => {
                    last.0.end = gap.0.end;
                    last.1.end = gap.1.end;
                }
                _ => gaps.push(gap),
            }
        }
        (original, copy) = (run.original_end(), run.copy_end());
    }
    let quote = |range: Range<u32>| {
        let cut = range.start..range.end.min(range.start + QUOTED_WORDS);
        let text = doc.slice(doc.words_text(cut.clone())).split_whitespace().collect::<Vec<_>>().join(" ");
        if cut.end < range.end { text + " …" } else { text }
    };
    gaps.into_iter().map(|(before, after)| Edited { before: quote(before), after: quote(after) }).collect()
}
