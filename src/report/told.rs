//! A finding as formats of an entry a finding tell it: its place, where its other places are, and which one it is of its kind.
//!
//! Formats differ in how they write an entry down, not in what is in it; what they share is made here.

use super::PLACES;
use super::remarks::{notes, places};
use super::repository::from_root;
use super::screen::clean;
use super::sources::Sources;
use crate::diagnostic::Diagnostic;
use crate::source::Position;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A finding with its places as people count them.
pub(super) struct Told<'a> {
    pub finding: &'a Diagnostic,
    /// The article, as seen from the folder that the format starts paths from.
    pub path: String,
    pub start: Position,
    pub end: Position,
    /// The other places, as `path:line:column`.
    pub others: Vec<String>,
    folder: &'a str,
}

impl<'a> Told<'a> {
    /// Locates a finding. `folder` is the way to the working directory from where paths start: empty, or with a `/` at its end.
    pub fn of(finding: &'a Diagnostic, folder: &'a str, sources: &mut Sources<'_>) -> Self {
        let place = sources.located(&finding.primary);
        let named = |path: &str| clean(&from_root(folder, path)).into_owned();
        Self {
            finding,
            path: from_root(folder, &finding.primary.path),
            start: place.start,
            end: place.end,
            others: places(&finding.secondary, PLACES, named, sources),
            folder,
        }
    }

    /// The message in one line, and where the other places are.
    pub fn message(&self) -> String {
        let message = clean(&self.finding.message);
        match self.others.is_empty() {
            true => message.into_owned(),
            false => format!("{message} (see {})", self.others.join(", ")),
        }
    }

    /// The message, then each remark on a line of its own.
    pub fn lines(&self, sources: &mut Sources<'_>) -> String {
        let mut lines = self.message();
        for note in notes(self.finding, self.folder, PLACES, sources) {
            lines.push('\n');
            lines.push_str(&clean(&note));
        }
        lines
    }
}

/// Findings, each with the how manieth of its fingerprint in its article it is, from 1: formats that know findings again ask for one
/// name a finding.
pub(super) fn numbered(findings: &[Diagnostic]) -> impl Iterator<Item = (&Diagnostic, u32)> {
    let mut counts: BTreeMap<(&Arc<str>, u64), u32> = BTreeMap::new();
    findings.iter().map(move |finding| {
        let count = counts.entry((&finding.primary.path, finding.fingerprint())).or_insert(0);
        *count += 1;
        (finding, *count)
    })
}
