//! How the places of one text in several articles are labelled, the same for articles and passages.

use super::super::differences::{Difference, Differences};
use crate::checks::Corpus;
use crate::diagnostic::{Data, Diagnostic, Label, Place};
use crate::rules::{Rule, RuleError, Template};
use crate::span::Span;

/// A text in one article.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The article, by number.
    pub file: u32,
    /// The whole of the text.
    pub span: Span,
    /// What is marked of it.
    pub opening: Span,
    /// Which share of the article it is, in thousandths.
    pub share: u16,
    /// What it is recognised by.
    pub identity: u64,
}

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

    /// One finding for a text of so many words that stands at several places, told at the second of them.
    pub fn finding(
        &self,
        rule: &Rule,
        told: &[Told],
        words: u32,
        permille: u16,
        corpus: &Corpus,
        (wording, differences): (&Differences, &[&Difference]),
    ) -> Option<Diagnostic> {
        let path = |one: &Told| corpus.articles.get(one.file as usize).map(|article| article.path.clone());
        let label = |one: &Told, text: &Template| {
            let percent = (one.share.saturating_add(5) / 10).max(1).to_string();
            Some(Label { path: path(one)?, span: one.opening, message: text.fill(&[("percent", &percent)]) })
        };
        let [first, second, more @ ..] = told else { return None };
        let elsewhere = match more.len() {
            0 => path(first)?.to_string(),
            more => self.others.fill(&[("articles", &(more + 1).to_string())]),
        };
        let alike = wording.alike(permille);
        let mut secondary = vec![label(first, &self.first)?];
        secondary.extend(more.iter().filter_map(|one| label(one, &self.more)));
        let regions = told.iter().filter_map(|one| Some(Place { path: path(one)?, span: one.span })).collect();
        Some(Diagnostic {
            primary: label(second, &self.again)?,
            rule: rule.id.clone(),
            severity: rule.severity,
            message: self.message.fill(&[("words", &words.to_string()), ("alike", &alike), ("where", &elsewhere)]),
            secondary,
            notes: wording.notes(differences),
            fix: None,
            data: Data::Copies { permille, regions, edits: differences.iter().map(|one| one.edited.clone()).collect() },
            identity: told.iter().map(|one| one.identity).collect(),
        })
    }
}
