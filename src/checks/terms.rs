//! A house's own wording, which is never reported as spun or misspelt.
//!
//! A verdict after all others: it drops what the families in question found inside one of the terms.

use super::{Found, Verdict};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::facts::Facts;
use crate::language::{Lexicon, WordList};
use std::ops::Range;

/// The list of the lexicon that holds the terms.
const LIST: &str = "term";
/// The families that judge wording.
const FAMILIES: [&str; 2] = ["spun", "language"];

/// The terms of a house.
#[derive(Clone, Debug)]
pub struct Terms(WordList);

impl Terms {
    /// The terms of a lexicon; `None` where it holds none.
    pub fn new(lexicon: &Lexicon) -> Option<Self> {
        let list = lexicon.list(LIST);
        (list.longest() > 0).then_some(Self(list))
    }

    /// True where a term stands over any of the words of a finding.
    pub(super) fn covers(&self, doc: &Document, diagnostic: &Diagnostic) -> bool {
        let at = diagnostic.primary.span;
        let start = doc.words.partition_point(|word| doc.span(word.text).end <= at.start);
        let end = doc.words.partition_point(|word| doc.span(word.text).start < at.end);
        self.cover(doc, &(start..end))
    }

    /// True where a term stands over any of these words.
    fn cover(&self, doc: &Document, words: &Range<usize>) -> bool {
        let longest = self.0.longest();
        let starts = (words.start + 1).saturating_sub(longest)..words.end;
        starts.into_iter().any(|start| {
            (1..=longest).filter(|length| start + length > words.start).any(|length| {
                let keys = doc.words.get(start..start + length).map(|w| w.iter().map(|w| w.key).collect::<Vec<_>>());
                keys.is_some_and(|keys| self.0.has(&keys))
            })
        })
    }
}

impl Verdict for Terms {
    fn judge(&self, doc: &Document, _facts: &Facts, found: &mut Vec<Found>) {
        found.retain(|found| {
            let diagnostic = &found.diagnostic;
            let family = diagnostic.rule.split('/').next().unwrap_or_default();
            if !FAMILIES.contains(&family) {
                return true;
            }
            !self.covers(doc, diagnostic)
        });
    }
}
