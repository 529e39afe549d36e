//! Findings as values: what is wrong, where, where its twin is, and what could be done about it.
//!
//! A [`Diagnostic`] holds byte spans and integers only, so that a set of findings can be sorted and compared; lines,
//! columns and percentages are made by the reports.

mod apply;
mod data;
mod fingerprint;
mod fix;
mod severity;

pub use apply::{Applied, apply};
pub use data::{Data, Edited, Place, Statement};
pub use fingerprint::identity;
pub use fix::{Applicability, Edit, Fix};
pub use severity::Severity;

use crate::span::Span;
use std::cmp::Ordering;
use std::sync::Arc;

/// One place of a finding with its remark. It may lie in another article than the finding itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The article, as its source names it.
    pub path: Arc<str>,
    /// The bytes in that article.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// A finding. Compared by value: a set of findings is a stable report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Where the fault is.
    pub primary: Label,
    /// The rule, as `family/name`.
    pub rule: Arc<str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do, for an editor.
    pub message: String,
    /// The other places, the first telling first.
    pub secondary: Vec<Label>,
    /// Further remarks, a sentence each.
    pub notes: Vec<String>,
    /// A proposed change, where there is one.
    pub fix: Option<Fix>,
    /// What the rule measured.
    pub data: Data,
    /// What it is recognised by: for each of its places, a hash of the normalised words there.
    pub identity: Vec<u64>,
}

impl Diagnostic {
    /// Every place of the finding, by article: what is marked, and the whole of every copy.
    pub fn places(&self) -> impl Iterator<Item = (&Arc<str>, Span)> {
        let labels = [&self.primary].into_iter().chain(&self.secondary).map(|label| (&label.path, label.span));
        labels.chain(self.data.regions().iter().map(|place| (&place.path, place.span)))
    }

    /// A hash of the rule and of the normalised words of all places: it survives moved lines, another layout, another path.
    pub fn fingerprint(&self) -> u64 {
        fingerprint::fingerprint(&self.rule, &self.identity)
    }

    /// What the order of findings rests on: path, span, rule, and then the rest, so that only equals are equal.
    fn order(&self) -> impl Ord + '_ {
        let place = (&self.primary.path, self.primary.span, &self.rule);
        (
            place,
            self.severity,
            &self.message,
            &self.primary,
            &self.secondary,
            &self.notes,
            &self.fix,
            &self.data,
            &self.identity,
        )
    }
}

impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
