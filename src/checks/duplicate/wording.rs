//! One rule of the check `copies`: what it asks of a family of tellings, and the words it finds for it.

use super::differences::Differences;
use super::family::Family;
use super::honest::Reason;
use super::labels::{Labels, whole_article};
use super::region::{blocks, is_one_sentence, keys, length, opening, whole};
use super::removal::removal;
use crate::checks::Sure;
use crate::diagnostic::{Data, Diagnostic, Place};
use crate::document::Document;
use crate::facts::{Copied, Facts};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// What is copied.
    unit: Unit,
    /// Equal words, less two for each that differs, at least.
    min_words: u32,
    /// The same, from which on the finding has the rule's full severity; below it is info.
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
pub(super) enum Unit {
    /// Most of the article.
    Article,
    /// A heading with what stands under it.
    Section,
    /// Several sentences.
    Passage,
    /// A sentence.
    Sentence,
}

/// A rule, ready to judge and to tell.
pub(super) struct Wording {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    labels: Labels,
    differences: Differences,
    /// What the fix does that deletes an equal telling, for rules that have one.
    fix: Option<Template>,
    /// The message for an article whose parts stand twice in another order.
    scattered: Option<Template>,
}

impl Wording {
    /// Reads the options and texts of a rule.
    pub fn new(rule: &Arc<Rule>, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        for (name, share) in [("similarity", options.similarity), ("share", options.share)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(rule.error(&["options", name], format!("{share} is no share; it goes from 0 to 1")));
            }
        }
        let scattered = rule.texts.contains_key("scattered").then(|| rule.text("scattered", &["parts", "words"]));
        Ok(Self {
            message: rule.message(&["words", "alike", "times"])?,
            labels: Labels::new(rule)?,
            differences: Differences::new(rule, lexicon, options.edits)?,
            fix: rule.texts.contains_key("fix").then(|| rule.text("fix", &[])).transpose()?,
            scattered: scattered.transpose()?,
            rule: rule.clone(),
            options,
        })
    }

    /// What the rule is about.
    pub fn unit(&self) -> Unit {
        self.options.unit
    }

    /// How sure this rule is of a family; `None` where it does not fit.
    pub fn judge(&self, doc: &Document, facts: &Facts, family: &Family<'_>, reason: Reason) -> Option<Sure> {
        let options = &self.options;
        let copied = family.strongest();
        let strength = copied.strength();
        let told: u32 = family.places.iter().map(length).sum();
        let fits = strength >= i64::from(options.min_words)
            && f64::from(copied.permille()) >= options.similarity * 1000.0
            && f64::from(told) >= options.share * doc.words.len() as f64
            && [Unit::Article, shape(doc, copied)].contains(&options.unit);
        // Where the tellings give two numbers, a reader is misled: that is one step more severe.
        let is_full = reason == Reason::None
            && (strength >= i64::from(options.full_words)
                || fits
                    && self.differences.between(doc, copied, facts.runs_of(copied)).iter().any(|one| one.disagrees));
        fits.then_some(if is_full { Sure::Certain } else { Sure::Doubtful })
    }

    /// The finding in words.
    pub fn tell(&self, doc: &Document, facts: &Facts, family: &Family<'_>) -> Diagnostic {
        let permille = family.copies.iter().map(|c| c.permille()).min().unwrap_or(0);
        let copied = family.strongest();
        let alike = self.differences.alike(permille);
        let words = length(family.repeat()).to_string();
        let times = self.labels.times(family.places.len());
        let message = self.message.fill(&[("words", &words), ("alike", &alike), ("times", &times)]);
        let openings: Vec<_> = family.places.iter().map(|place| opening(doc, place)).collect();
        let mut finding = self.labels.finding(&self.rule, doc, &openings, &family.places, message);
        if self.options.unit == Unit::Article {
            finding.identity = whole_article(doc, family.places.len());
        }
        let path = &doc.source.path;
        let regions = family.places.iter().map(|place| Place { path: path.clone(), span: doc.span(whole(doc, place)) });
        let differences = self.differences.between(doc, copied, facts.runs_of(copied));
        finding.notes.extend(self.differences.notes(&differences.iter().collect::<Vec<_>>()));
        if permille == 1000 && family.places.len() == 2 {
            finding.fix = self.fix.as_ref().and_then(|title| removal(doc, family.repeat(), title));
        }
        let edits = differences.into_iter().map(|one| one.edited).collect();
        finding.data = Data::Copies { permille, regions: regions.collect(), edits };
        finding
    }

    /// The finding for an article most of which stands twice, but in parts; `None` where it is less, or not this rule's matter.
    pub fn tell_scattered(&self, doc: &Document, families: &[&Family<'_>]) -> Option<Diagnostic> {
        let scattered = self.scattered.as_ref()?;
        let mut is_told = vec![false; doc.words.len()];
        for place in families.iter().flat_map(|family| &family.places) {
            is_told[place.start as usize..place.end as usize].fill(true);
        }
        let told = is_told.iter().filter(|told| **told).count();
        if (told as f64) < self.options.share * doc.words.len() as f64 {
            return None;
        }
        let first = families.first()?;
        let words: u32 = families.iter().map(|family| length(family.repeat())).sum();
        let message = scattered.fill(&[("parts", &families.len().to_string()), ("words", &words.to_string())]);
        let places: Vec<_> = families.iter().flat_map(|family| family.places.iter().cloned()).collect();
        let openings = [opening(doc, &first.places[0]), opening(doc, first.repeat())];
        let mut finding = self.labels.finding(&self.rule, doc, &openings, &places, message);
        finding.identity = whole_article(doc, 2);
        let path = &doc.source.path;
        let permille = families.iter().map(|family| family.strongest().permille()).min().unwrap_or(0);
        let regions = places.iter().map(|place| Place { path: path.clone(), span: doc.span(whole(doc, place)) });
        finding.data = Data::Copies { permille, regions: regions.collect(), edits: Vec::new() };
        Some(finding)
    }
}

/// What a copy is by its form; the rule for that form alone decides, so that turning it down leaves nothing to a narrower one.
fn shape(doc: &Document, copied: &Copied) -> Unit {
    match is_one_sentence(doc, &copied.copy) && is_one_sentence(doc, &copied.original) {
        true => Unit::Sentence,
        false if is_section(doc, copied) => Unit::Section,
        false => Unit::Passage,
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
