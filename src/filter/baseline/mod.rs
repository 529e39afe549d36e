//! Findings that were accepted as they are: leaves them out, so that only new ones are told.
//!
//! A finding is known by rule and fingerprint, so that moved lines, another layout and edits elsewhere leave it accepted. It is
//! looked for among the entries of its own article first, then among those that no finding claims elsewhere: an article may have
//! been renamed, a passage moved. Every entry covers as many findings as its count says, so that a new copy of an accepted
//! finding is new; of a finding about several copies, what is left of them when one goes is still accepted.

mod file;

use crate::diagnostic::Diagnostic;
use crate::engine::{Library, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Findings about fewer places lose one of them only by going altogether.
const SEVERAL: usize = 3;
/// Characters of the text under a finding that stand in its line.
const QUOTED: usize = 60;

/// Accepted findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, Entry>,
}

/// What an accepted finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Its article.
    path: Arc<str>,
    rule: Arc<str>,
    fingerprint: u64,
}

/// How often it was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    count: usize,
    /// What each of several places is recognised by, sorted; empty where there are fewer.
    places: Vec<u64>,
    /// The text under it, for people.
    text: String,
}

/// What came of holding findings against a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The findings that were left out.
    pub findings: Vec<Diagnostic>,
    /// What no finding claimed.
    pub unclaimed: Baseline,
}

impl Baseline {
    /// Accepts findings.
    pub fn of(findings: &[Diagnostic], library: &dyn Library) -> Self {
        let mut entries: BTreeMap<Key, Entry> = BTreeMap::new();
        let mut held = None;
        for finding in findings {
            let entry = entries.entry(Key::of(finding)).or_default();
            if entry.count == 0 {
                let path = &finding.primary.path;
                if held.as_ref().is_none_or(|(held, _)| held != path) {
                    held = library.source(path).ok().map(|source| (path.clone(), source));
                }
                let text = held.as_ref().map_or("", |(_, source)| source.slice(finding.primary.span));
                *entry = Entry { count: 0, places: several(finding), text: quote(text) };
            }
            entry.count += 1;
        }
        Self { entries }
    }

    /// How many findings are accepted.
    pub fn count(&self) -> usize {
        // A file may say anything.
        self.entries.values().map(|entry| entry.count).fold(0, usize::saturating_add)
    }

    /// Adds the findings of another baseline.
    pub fn join(&mut self, other: Self) {
        for (key, entry) in other.entries {
            let known = self.entries.entry(key).or_insert_with(|| Entry { count: 0, ..entry.clone() });
            known.count = known.count.saturating_add(entry.count);
        }
    }

    /// Keeps the findings whose article and rule are wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&str, &str) -> bool) {
        self.entries.retain(|key, _| is_wanted(&key.path, &key.rule));
    }

    /// Leaves the accepted findings of an outcome out. `is_free` says of an article whether its entries may stand for
    /// findings elsewhere: it was read as well, or it is gone.
    pub fn leave_out(mut self, outcome: &mut Outcome, is_free: impl Fn(&str) -> bool) -> Accepted {
        let findings = std::mem::take(&mut outcome.diagnostics);
        let mut is_accepted: Vec<bool> = findings.iter().map(|finding| self.claim(&Key::of(finding))).collect();
        let marks = self.marks();
        let ways: [Way; 3] = [
            |key, own| key.path == own.path && !key.is_same_finding(own),
            |key, own| key.path != own.path && key.is_same_finding(own),
            |key, own| key.path != own.path && !key.is_same_finding(own),
        ];
        for way in ways {
            for (finding, is_accepted) in findings.iter().zip(&mut is_accepted).filter(|(_, is)| !**is) {
                *is_accepted = self.claim_like(finding, &marks, way, &is_free);
            }
        }
        let mut accepted = Vec::new();
        for (finding, is_accepted) in findings.into_iter().zip(is_accepted) {
            if is_accepted { &mut accepted } else { &mut outcome.diagnostics }.push(finding);
        }
        outcome.baselined += accepted.len();
        Accepted { findings: accepted, unclaimed: self }
    }

    /// Uses an entry once; false where it does not stand here or is used up.
    fn claim(&mut self, key: &Key) -> bool {
        let Some(entry) = self.entries.get_mut(key) else { return false };
        entry.count -= 1;
        if entry.count == 0 {
            self.entries.remove(key);
        }
        true
    }

    /// Uses an entry once that is the same finding elsewhere, or had the same places and more.
    fn claim_like(&mut self, finding: &Diagnostic, marks: &Marks, way: Way, is_free: &dyn Fn(&str) -> bool) -> bool {
        let own = Key::of(finding);
        let known = [Some(own.fingerprint), finding.identity.first().copied()].into_iter().flatten();
        let near = known.filter_map(|mark| marks.get(&mark)).flatten();
        let fits = |key: &&Key| {
            let Some(entry) = self.entries.get(key) else { return false };
            key.rule == own.rule
                && way(key, &own)
                && (key.path == own.path || is_free(&key.path))
                && (key.is_same_finding(&own) || holds_all(&entry.places, &finding.identity))
        };
        let found = near.filter(fits).min().cloned();
        found.is_some_and(|key| self.claim(&key))
    }

    /// The entries by all that a finding like theirs may be recognised by.
    fn marks(&self) -> Marks {
        let mut marks = Marks::new();
        for (key, entry) in &self.entries {
            marks.entry(key.fingerprint).or_default().insert(key.clone());
            for place in &entry.places {
                marks.entry(*place).or_default().insert(key.clone());
            }
        }
        marks
    }
}

/// Entries by fingerprint and by place.
type Marks = BTreeMap<u64, BTreeSet<Key>>;
/// Whether an entry may be looked at for a finding with this key.
type Way = fn(&Key, &Key) -> bool;

impl Key {
    fn of(finding: &Diagnostic) -> Self {
        Self { path: finding.primary.path.clone(), rule: finding.rule.clone(), fingerprint: finding.fingerprint() }
    }

    fn is_same_finding(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && self.rule == other.rule
    }
}

/// What the places of a finding are recognised by, where there are several.
fn several(finding: &Diagnostic) -> Vec<u64> {
    let mut places = if finding.identity.len() < SEVERAL { Vec::new() } else { finding.identity.clone() };
    places.sort_unstable();
    places
}

/// True where every one of `some` stands in the sorted list, repeats counted, and more besides.
fn holds_all(sorted: &[u64], some: &[u64]) -> bool {
    let mut some = some.to_vec();
    some.sort_unstable();
    let mut rest = sorted.iter();
    some.len() < sorted.len() && some.iter().all(|one| rest.any(|other| other == one))
}

/// A text on one line, cut.
fn quote(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_places_of_several() {
        assert!(holds_all(&[1, 1, 2], &[2, 1]) && holds_all(&[1, 1, 2], &[1, 1]));
        assert!(!holds_all(&[1, 1, 2], &[2, 2]) && !holds_all(&[1, 2], &[1, 2]) && !holds_all(&[], &[]));
    }

    #[test]
    fn quotes_fit_on_a_line() {
        assert_eq!(quote(" Rest\n the\tknee "), "Rest the knee");
        assert_eq!(quote(&"é".repeat(QUOTED + 1)).chars().count(), QUOTED + 2);
    }
}
