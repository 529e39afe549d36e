//! Articles that are copies of each other, and families of them: one finding a family.

use super::super::differences::Differences;
use super::super::region::{edits, length};
use super::draft::{Draft, Filled, Told};
use super::meeting::{Meeting, side};
use super::mirror;
use super::places::Places;
use crate::checks::{Connected, Corpus, Found, Sure};
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

    /// True where two articles of so many words are one, by the regions that they share.
    pub fn are_one(&self, shared: &[Shared], words: [u32; 2]) -> bool {
        let is_most = |number: usize| {
            let told: u32 = shared.iter().map(|one| length(side(one, number))).sum();
            told >= self.options.min_words && f64::from(told) >= self.options.share * f64::from(words[number])
        };
        is_most(0) && is_most(1)
    }

    /// The families that meetings show.
    pub fn drafts(&self, meetings: &[Meeting], families: &mut Connected, out: &mut Vec<Draft>) {
        let mut by_family: BTreeMap<u32, Vec<&Meeting>> = BTreeMap::new();
        for meeting in meetings.iter().filter(|meeting| meeting.is_article) {
            by_family.entry(families.root(meeting.files[0])).or_default().push(meeting);
        }
        out.extend(by_family.values().filter_map(|family| draft(family)));
    }

    /// The finding of a draft whose texts were opened.
    pub fn tell(&self, draft: &Draft, filled: Filled, corpus: &Corpus) -> Option<Found> {
        let differences = self.differences.all(filled.quoted);
        let wording = (&self.differences, differences.as_slice());
        let diagnostic = self.places.finding(&self.rule, draft, &filled.spots, corpus, wording)?;
        Some(Found { diagnostic, sure: Sure::Certain })
    }

    /// Folds families that lie in the same folders under the same names into one proposal.
    pub fn fold_mirrors(&self, found: &mut Vec<Found>) {
        let folded = mirror::folded(found, &self.rule, self.options.mirror_articles, &self.mirror);
        found.extend(folded);
    }
}

fn draft(meetings: &[&Meeting]) -> Option<Draft> {
    let mut members: BTreeMap<u32, Told> = BTreeMap::new();
    for meeting in meetings {
        for number in [0, 1] {
            let told = told(meeting, number)?;
            members.entry(told.file).or_insert(told);
        }
    }
    let told: Vec<Told> = members.into_values().collect();
    let second = told.get(1)?.file;
    let nearest = meetings.iter().find(|meeting| meeting.files[1] == second)?;
    Some(Draft {
        told,
        words: nearest.regions.iter().map(|region| length(region.side(1))).sum(),
        permille: meetings.iter().map(|meeting| meeting.alike()).min()?,
        between: nearest.files,
        edits: nearest.regions.iter().flat_map(|region| edits(region.copied(), &region.shared.runs)).collect(),
        is_article: true,
        is_long: true,
    })
}

/// One of the two articles of a meeting.
fn told(meeting: &Meeting, number: usize) -> Option<Told> {
    let mut order: Vec<_> = meeting.regions.iter().map(|region| region.side(number)).collect();
    order.sort_by_key(|words| words.start);
    let regions = [order.first()?, order.last()?].map(|words| (*words).clone());
    Some(Told { file: meeting.files[number], regions, share: meeting.shares()[number], spot: None })
}
