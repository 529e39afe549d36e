//! What differs between two tellings, and the words of a rule for it. The tellings may stand in two documents, read one after the other.

use super::measures::Measures;
use super::region::{edits, words};
use crate::diagnostic::Edited;
use crate::document::{Document, Word};
use crate::facts::{Copied, Run};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use std::ops::Range;

/// How many words of a difference are quoted.
const QUOTED_WORDS: u32 = 12;

/// The words of a rule for differences.
pub(super) struct Differences {
    exact: Template,
    near: Template,
    changed: Template,
    dropped: Template,
    added: Template,
    others: Template,
    /// The note for tellings that differ in a number.
    disagree: Template,
    measures: Measures,
    /// How many are told.
    most: usize,
}

/// A difference between two tellings.
pub(super) struct Difference {
    /// The words.
    pub edited: Edited,
    /// True where the tellings give two numbers, times or doses.
    pub disagrees: bool,
}

/// Words of one telling that differ from those of the other one, without their document.
#[derive(Clone, Debug, Default)]
pub(super) struct Quoted {
    text: String,
    words: Vec<Word>,
}

impl Quoted {
    /// These words of a document.
    pub fn of(doc: &Document, range: &Range<u32>) -> Self {
        Self { text: quote(doc, range), words: words(doc, range).to_vec() }
    }
}

impl Differences {
    /// Reads the texts of a rule, which tells at most so many differences.
    pub fn new(rule: &Rule, lexicon: &Lexicon, most: usize) -> Result<Self, RuleError> {
        Ok(Self {
            exact: rule.text("exact", &[])?,
            near: rule.text("near", &["percent"])?,
            changed: rule.text("changed", &["before", "after"])?,
            dropped: rule.text("dropped", &["before"])?,
            added: rule.text("added", &["after"])?,
            others: rule.text("others", &["count"])?,
            disagree: rule.text("disagree", &[])?,
            measures: Measures::new(lexicon),
            most,
        })
    }

    /// How much is alike, in words.
    pub fn alike(&self, permille: u16) -> String {
        let percent = (permille / 10).to_string();
        if permille == 1000 { self.exact.fill(&[]) } else { self.near.fill(&[("percent", &percent)]) }
    }

    /// The differences between two tellings of one document, in reading order.
    pub fn between(&self, doc: &Document, copied: &Copied, runs: &[Run]) -> Vec<Difference> {
        edits(copied, runs)
            .iter()
            .map(|(before, after)| self.of(Quoted::of(doc, before), Quoted::of(doc, after)))
            .collect()
    }

    /// The difference between words of one telling and words of the other one.
    pub fn of(&self, before: Quoted, after: Quoted) -> Difference {
        let disagrees = self.measures.differ(&before.words, &after.words);
        Difference { edited: Edited { before: before.text, after: after.text }, disagrees }
    }

    /// The differences between places of one telling and those of the other one, in order.
    pub fn all(&self, [before, after]: [Vec<Quoted>; 2]) -> Vec<Difference> {
        before.into_iter().zip(after).map(|(before, after)| self.of(before, after)).collect()
    }

    /// Notes about the first of them. Numbers come first: there the reader is told two things.
    pub fn notes(&self, differences: &[&Difference]) -> Vec<String> {
        let (mut told, others): (Vec<&Difference>, Vec<&Difference>) =
            differences.iter().copied().partition(|one| one.disagrees);
        let disagree = (!told.is_empty()).then(|| self.disagree.fill(&[]));
        told.extend(others);
        let more = told.len().saturating_sub(self.most);
        let mut notes: Vec<String> = disagree.into_iter().collect();
        notes.extend(told.iter().take(self.most).map(|one| self.tell(&one.edited)));
        notes.extend((more > 0).then(|| self.others.fill(&[("count", &more.to_string())])));
        notes
    }

    fn tell(&self, edit: &Edited) -> String {
        match (edit.before.is_empty(), edit.after.is_empty()) {
            (_, true) => self.dropped.fill(&[("before", &edit.before)]),
            (true, _) => self.added.fill(&[("after", &edit.after)]),
            _ => self.changed.fill(&[("before", &edit.before), ("after", &edit.after)]),
        }
    }
}

/// Words as a note quotes them: on one line, cut where they are many.
fn quote(doc: &Document, words: &Range<u32>) -> String {
    let cut = words.start..words.end.min(words.start + QUOTED_WORDS);
    let text = doc.quote(cut.clone());
    if cut.end < words.end { text + " …" } else { text }
}
