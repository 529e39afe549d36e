//! Articles that are copies of each other, and families of them: one finding a family.

use super::super::differences::{Difference, Differences};
use super::super::region::length;
use super::meeting::Meeting;
use super::mirror;
use super::places::{Places, Told};
use crate::checks::{Connected, Corpus, Found, Sure};
use crate::document::Document;
use crate::facts::Shared;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Options {
    /// Words of both articles that stand in the other one, at least.
    min_words: u32,
    /// Share of the words of both articles that stand in the other one, at least; 0 to 1.
    share: f64,
    /// How many differences are told.
    edits: usize,
    /// Folders that hold so many articles of the same names and words are proposed as a mirror.
    mirror_articles: usize,
}

/// The rule about articles.
pub(super) struct Articles {
    pub rule: Arc<Rule>,
    pub differences: Differences,
    options: Options,
    places: Places,
    mirror: Template,
}

impl Articles {
    pub fn new(rule: &Arc<Rule>, options: Options, lexicon: &Lexicon) -> Result<Self, RuleError> {
        if !(0.0..=1.0).contains(&options.share) {
            let reason = format!("{} is no share; it goes from 0 to 1", options.share);
            return Err(rule.error(&["options", "share"], reason));
        }
        Ok(Self {
            differences: Differences::new(rule, lexicon, options.edits)?,
            places: Places::new(rule)?,
            mirror: rule.text("mirror", &["folders", "articles"])?,
            rule: rule.clone(),
            options,
        })
    }

    /// True where two articles are one, by the regions that they share.
    pub fn are_one(&self, shared: &[Shared], docs: [&Document; 2]) -> bool {
        let told = [
            shared.iter().map(|one| length(&one.copied.original)).sum::<u32>(),
            shared.iter().map(|one| length(&one.copied.copy)).sum::<u32>(),
        ];
        let is_most = |(told, doc): (u32, &Document)| {
            told >= self.options.min_words && f64::from(told) >= self.options.share * doc.words.len() as f64
        };
        told.into_iter().zip(docs).all(is_most)
    }

    /// Tells the families that meetings show.
    pub fn tell(&self, meetings: &[Meeting], families: &mut Connected, corpus: &Corpus, out: &mut Vec<Found>) {
        let mut by_family: BTreeMap<u32, Vec<&Meeting>> = BTreeMap::new();
        for meeting in meetings.iter().filter(|meeting| meeting.is_article) {
            by_family.entry(families.root(meeting.files[0])).or_default().push(meeting);
        }
        for family in by_family.values() {
            let diagnostic = self.family(family, corpus);
            out.extend(diagnostic.map(|diagnostic| Found { diagnostic, sure: Sure::Certain }));
        }
    }

    fn family(&self, meetings: &[&Meeting], corpus: &Corpus) -> Option<crate::diagnostic::Diagnostic> {
        let mut members: BTreeMap<u32, Told> = BTreeMap::new();
        for meeting in meetings {
            for side in [0, 1] {
                let told = told(meeting, side)?;
                members.entry(told.file).or_insert(told);
            }
        }
        let told: Vec<Told> = members.into_values().collect();
        let second = told.get(1)?.file;
        let nearest = meetings.iter().find(|meeting| meeting.files[1] == second)?;
        let words = nearest.regions.iter().map(|region| length(&region.words[1])).sum();
        let alike = meetings.iter().map(|meeting| meeting.alike()).min()?;
        let differences: Vec<&Difference> = nearest.regions.iter().flat_map(|region| &region.differences).collect();
        self.places.finding(&self.rule, &told, words, alike, corpus, (&self.differences, &differences))
    }

    /// Folds families that lie in the same folders under the same names into one proposal.
    pub fn fold_mirrors(&self, found: &mut Vec<Found>) {
        let folded = mirror::folded(found, &self.rule, self.options.mirror_articles, &self.mirror);
        found.extend(folded);
    }
}

/// One of the two articles of a meeting.
fn told(meeting: &Meeting, side: usize) -> Option<Told> {
    let mut order: Vec<_> = meeting.regions.iter().collect();
    order.sort_by_key(|region| region.spans[side].start);
    let (first, last) = (order.first()?, order.last()?);
    Some(Told {
        file: meeting.files[side],
        span: crate::span::Span::new(first.spans[side].start, last.spans[side].end),
        opening: first.openings[side],
        share: meeting.shares()[side],
        identity: meeting.titles[side],
    })
}
