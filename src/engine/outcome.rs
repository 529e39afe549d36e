//! What a run found: the findings in their final order and the figures about the run.

use super::Article;
use crate::checks::Boilerplate;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Allowance;
use crate::source::Unreadable;
use std::sync::Arc;

/// Everything that a report may tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Findings, sorted by path, span and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that could not be read, sorted by path.
    pub unreadable: Vec<Problem>,
    /// Articles that were read.
    pub files: usize,
    /// Words of prose in them.
    pub words: u64,
    /// What articles ask to be left alone, sorted by path.
    pub allowances: Vec<(Article, Vec<Allowance>)>,
    /// Texts that stand in so many articles that they were not told as copies, the most frequent first; the first ones only.
    pub boilerplate: Vec<Boilerplate>,
    /// Findings left out because the article asked for it.
    pub suppressed: usize,
    /// Findings left out because they were accepted earlier.
    pub baselined: usize,
    /// Findings left out because they touch no line that changed.
    pub unchanged: usize,
}

/// A file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: Arc<str>,
    /// What was wrong with it.
    pub reason: Unreadable,
}

impl Outcome {
    /// How many findings have just this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// The highest severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|d| d.severity).max()
    }
}
