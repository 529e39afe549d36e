//! How the places of one text in several articles are labelled, the same for articles and passages.

use super::super::differences::{Difference, Differences};
use super::draft::{Draft, Spot, Told};
use crate::checks::Corpus;
use crate::diagnostic::{Data, Diagnostic, Label, Place};
use crate::rules::{Rule, RuleError, Template};

/// The words of a rule for the places.
pub(super) struct Places {
    message: Template,
    others: Template,
    first: Template,
    again: Template,
    more: Template,
}

impl Places {
    /// Reads the texts of a rule.
    pub fn new(rule: &Rule) -> Result<Self, RuleError> {
        Ok(Self {
            message: rule.message(&["words", "alike", "where"])?,
            others: rule.text("elsewhere", &["articles"])?,
            first: rule.text("first", &["percent"])?,
            again: rule.text("again", &["percent"])?,
            more: rule.text("more", &["percent"])?,
        })
    }

    /// One finding for a text that stands at several places, told at the second of them.
    pub fn finding(
        &self,
        rule: &Rule,
        draft: &Draft,
        spots: &[Option<Spot>],
        corpus: &Corpus,
        (wording, differences): (&Differences, &[Difference]),
    ) -> Option<Diagnostic> {
        let path = |told: &Told| corpus.articles.get(told.file as usize).map(|article| article.path.clone());
        let label = |(told, spot): &(&Told, Spot), text: &Template| {
            let percent = (told.share.saturating_add(5) / 10).max(1).to_string();
            Some(Label { path: path(told)?, span: spot.opening, message: text.fill(&[("percent", &percent)]) })
        };
        let places = draft.told.iter().zip(spots);
        let places: Vec<(&Told, Spot)> = places.filter_map(|(told, spot)| Some((told, (*spot)?))).collect();
        let [first, second, more @ ..] = places.as_slice() else { return None };
        let elsewhere = match more.len() {
            0 => path(first.0)?.to_string(),
            more => self.others.fill(&[("articles", &(more + 1).to_string())]),
        };
        let (words, alike) = (draft.words.to_string(), wording.alike(draft.permille));
        let mut secondary = vec![label(first, &self.first)?];
        secondary.extend(more.iter().filter_map(|one| label(one, &self.more)));
        let region = |(told, spot): &(&Told, Spot)| Some(Place { path: path(told)?, span: spot.span });
        Some(Diagnostic {
            primary: label(second, &self.again)?,
            rule: rule.id.clone(),
            severity: rule.severity,
            message: self.message.fill(&[("words", &words), ("alike", &alike), ("where", &elsewhere)]),
            secondary,
            notes: wording.notes(&differences.iter().collect::<Vec<_>>()),
            fix: None,
            data: Data::Copies {
                permille: draft.permille,
                regions: places.iter().filter_map(region).collect(),
                edits: differences.iter().map(|one| one.edited.clone()).collect(),
            },
            identity: places.iter().map(|(_, spot)| spot.identity).collect(),
        })
    }
}
