//! Copied regions, each reported once by the widest rule that fits.
//!
//! The regions come from the facts; here they are grouped (a passage told three times is one finding), measured against the
//! options of the rules from the widest unit to the narrowest, and put into words with their first few differences.

use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Data, Diagnostic, Edited, Label, Place};
use crate::document::{Block, BlockKind, Document};
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
/// Copies whose shares of equal words differ by more are not tellings of one text, in thousandths.
const AS_ALIKE: u16 = 80;
/// A region told at least so often is part of how the article is built.
const REFRAIN: usize = 4;
/// A heading said at least so often is part of how the article is built.
const TEMPLATE: usize = 3;
/// A refrain is shorter than this, in words.
const REFRAIN_WORDS: u32 = 40;
/// What is built alike on purpose is weaker than this, in equal words less two for each that differs.
const PARALLEL: i64 = 40;
/// Two regions stand at the same place of their sections when they begin so near to it, in words.
const SAME_OFFSET: u32 = 3;
/// Two regions are the same place when they share so much of the longer one, in percent.
const SAME_PLACE: u32 = 70;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// What is copied.
    unit: Unit,
    /// Equal words, less two for each that differs, at least.
    min_strength: i64,
    /// The same, from which on the finding has the rule's full severity; below it is info.
    full_strength: i64,
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
            if is_honest(doc, &family) {
                continue;
            }
            let is_parallel = is_parallel(doc, &family);
            let fitting = self.rules.iter().find_map(|rule| Some((rule, rule.judge(doc, &family, is_parallel)?)));
            if let Some((rule, sure)) = fitting {
                let diagnostic = rule.tell(doc, facts, &family);
                out.push(Found { diagnostic, sure });
            }
        }
    }
}

/// Groups copies of one place, the strongest first. A copy of a copy joins the family of the first telling if it is about
/// as much alike: a paragraph that is only built like one that was copied is no third telling.
fn families(copies: &[Copied]) -> Vec<Family<'_>> {
    let mut order: Vec<&Copied> = copies.iter().collect();
    order.sort_by_key(|c| (std::cmp::Reverse(c.strength()), c.copy.start));
    let mut families: Vec<Family<'_>> = Vec::new();
    for copied in order {
        let home = families.iter_mut().find(|family| {
            let is_alike = family.copies[0].permille().abs_diff(copied.permille()) <= AS_ALIKE;
            is_alike && family.places.iter().any(|place| is_same_place(place, &copied.original))
        });
        match home {
            Some(family) => {
                family.places.push(copied.copy.clone());
                family.copies.push(copied);
            }
            None => families
                .push(Family { places: vec![copied.original.clone(), copied.copy.clone()], copies: vec![copied] }),
        }
    }
    for family in &mut families {
        family.places.sort_by_key(|place| place.start);
        family.copies.sort_by_key(|copied| copied.copy.start);
    }
    families.sort_by_key(|family| family.places[1].start);
    families
}

fn is_same_place(a: &Range<u32>, b: &Range<u32>) -> bool {
    shared(a, b) * 100 >= length(a).max(length(b)) * SAME_PLACE
}

/// How many words lie in both ranges.
fn shared(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn length(range: &Range<u32>) -> u32 {
    range.end - range.start
}

impl Wording {
    /// How sure this rule is of a family; `None` where it does not fit.
    fn judge(&self, doc: &Document, family: &Family<'_>, is_parallel: bool) -> Option<Sure> {
        let options = &self.options;
        let copied = family.copies.first()?;
        let told: u32 = family.places.iter().map(length).sum();
        let fits = copied.strength() >= options.min_strength
            && f64::from(copied.permille()) >= options.similarity * 1000.0
            && f64::from(told) >= options.share * doc.words.len() as f64
            && match options.unit {
                Unit::Article | Unit::Sentence => true,
                Unit::Section => is_section(doc, copied),
                Unit::Passage => !is_one_sentence(doc, &copied.copy) || !is_one_sentence(doc, &copied.original),
            };
        let is_strong = copied.strength() >= options.full_strength && !is_parallel;
        fits.then_some(if is_strong { Sure::Certain } else { Sure::Doubtful })
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
        let regions = family.places.iter().map(|place| Place { path: path.clone(), span: doc.span(whole(doc, place)) });
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

/// True where both regions hold the same heading with text under it.
fn is_section(doc: &Document, copied: &Copied) -> bool {
    let heading = |words: &Range<u32>| {
        let mut blocks = blocks(doc, words).skip_while(|b| !b.is_heading() || b.words.start < words.start);
        let heading = blocks.next()?;
        let has_text = blocks.any(|b| !b.is_heading());
        has_text.then(|| keys(doc, &heading.words))
    };
    heading(&copied.copy).is_some_and(|copy| heading(&copied.original) == Some(copy))
}

/// The blocks that a region touches.
fn blocks<'a>(doc: &'a Document, words: &Range<u32>) -> impl Iterator<Item = &'a Block> + Clone + use<'a> {
    let first = doc.blocks.partition_point(|b| b.words.end <= words.start);
    let end = doc.blocks.partition_point(|b| b.words.start < words.end);
    doc.blocks.get(first..end.max(first)).unwrap_or_default().iter()
}

/// The keys of a range of words.
fn keys(doc: &Document, words: &Range<u32>) -> Vec<u64> {
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    words.iter().map(|w| w.key).collect()
}

/// True where a region lies in one sentence.
fn is_one_sentence(doc: &Document, words: &Range<u32>) -> bool {
    doc.sentence_of(words.start).is_some_and(|s| words.end <= s.words.end)
}

/// True where text says the same twice for an honest reason (parts of one block or items of one list that differ, a
/// quotation taken out of the text) or is no text but a heading.
fn is_honest(doc: &Document, family: &Family<'_>) -> bool {
    let copied = family.copies[0];
    let differs = copied.permille() < 1000;
    let mut between = blocks(doc, &(copied.original.start..copied.copy.end));
    let is_item = |b: &Block| matches!(b.kind, BlockKind::Item(_));
    // Headings are judged by a rule of their own, and a text may say again what its heading says.
    let is_headings = |words: &Range<u32>| {
        let prose: u32 = blocks(doc, words).filter(|b| !b.is_heading()).map(|b| shared(&b.words, words)).sum();
        prose * 2 < length(words)
    };
    if is_headings(&copied.copy) || is_headings(&copied.original) {
        return true;
    }
    let is_quote = |words: &Range<u32>| blocks(doc, words).all(|b| b.kind == BlockKind::Quote);
    let is_pulled = is_quote(&copied.original) != is_quote(&copied.copy);
    is_pulled || differs && (between.clone().count() == 1 || between.all(is_item))
}

/// True where tellings may be built alike on purpose, so that only an editor can tell: a short refrain, or text that stands at
/// the same place under different headings and either differs or is a list.
fn is_parallel(doc: &Document, family: &Family<'_>) -> bool {
    let copied = family.copies[0];
    let is_refrain = family.places.len() >= REFRAIN && length(&copied.copy) < REFRAIN_WORDS;
    let is_list = blocks(doc, &copied.copy).all(|b| matches!(b.kind, BlockKind::Item(_)));
    let may_differ = copied.permille() < 1000 || is_list;
    let (Some(original), Some(copy)) = (place(doc, &copied.original), place(doc, &copied.copy)) else {
        return is_refrain;
    };
    let is_sibling = original.1.abs_diff(copy.1) <= SAME_OFFSET
        && (keys(doc, &original.0.words) != keys(doc, &copy.0.words) || is_template(doc, copy.0));
    is_refrain || may_differ && is_sibling && copied.strength() < PARALLEL
}

/// The heading that a region stands under, or begins with, and how many words after it the region begins.
fn place<'a>(doc: &'a Document, words: &Range<u32>) -> Option<(&'a Block, u32)> {
    let first = doc.block_of(words.start)?;
    let heading = if first.is_heading() { first } else { doc.blocks.get(first.heading? as usize)? };
    Some((heading, words.start.saturating_sub(heading.words.end)))
}

/// True for a heading that the article says so often that it must be built that way.
fn is_template(doc: &Document, heading: &Block) -> bool {
    let own = keys(doc, &heading.words);
    let twins = doc.blocks.iter().filter(|b| b.is_heading() && keys(doc, &b.words) == own);
    twins.count() >= TEMPLATE
}

/// What is marked of a region: its first heading or sentence.
fn opening(doc: &Document, words: &Range<u32>) -> TextSpan {
    let end = doc.sentence_of(words.start).map_or(words.end, |s| s.words.end.min(words.end));
    whole(doc, &(words.start..end))
}

/// The text of a region, with the punctuation of sentences that it takes in from their first word or up to their last.
fn whole(doc: &Document, words: &Range<u32>) -> TextSpan {
    let mut text = doc.words_text(words.clone());
    let last = words.end.saturating_sub(1);
    if let (Some(first), Some(last)) = (doc.sentence_of(words.start), doc.sentence_of(last)) {
        text.start = if first.words.start == words.start { first.text.start } else { text.start };
        text.end = if last.words.end == words.end { last.text.end } else { text.end };
    }
    text
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
