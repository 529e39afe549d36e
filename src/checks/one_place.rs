//! One place, one finding: where several signs of spam or residue lie on the same bytes, the strongest one speaks and names the
//! others in its notes. What is told of the wording inside such a place goes with it: whoever mends the place mends the words.
//!
//! A verdict after all others. The strongest is the most severe; among equals the lexicon says which tells an editor most.

use super::{Found, Sure, Verdict};
use crate::diagnostic::{Applicability, Data, Severity};
use crate::document::Document;
use crate::facts::Facts;
use crate::language::Lexicon;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The families whose findings are joined, beside the rules of others that the order names.
const FAMILIES: [&str; 2] = ["link", "residue"];
/// The family that judges words, not places.
const WORDING: &str = "spun";
/// The list of the lexicon that orders their rules.
const LIST: &str = "order of signs";

/// The list of rules that give way to all others.
const YIELDING: &str = "yielding sign";

/// Joins findings on one place.
#[derive(Clone, Debug)]
pub struct OnePlace {
    order: Vec<String>,
    yielding: Vec<String>,
}

impl OnePlace {
    /// Reads the order of the rules.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { order: lexicon.words(LIST).to_vec(), yielding: lexicon.words(YIELDING).to_vec() }
    }

    fn strength(&self, found: &Found) -> impl Ord + use<> {
        let rule = &*found.diagnostic.rule;
        let yields = self.yielding.iter().any(|known| known == rule);
        let severity = if yields { found.severity().min(Severity::Warning) } else { found.severity() };
        let rank = self.order.iter().position(|known| known == rule).unwrap_or(self.order.len());
        (Reverse(severity), yields, rank, found.diagnostic.clone())
    }
}

impl Verdict for OnePlace {
    fn judge(&self, _doc: &Document, _facts: &Facts, found: &mut Vec<Found>) {
        let is_joined = |found: &Found| {
            let is_sign = is_of(&FAMILIES, found) || self.order.iter().any(|known| *known == *found.diagnostic.rule);
            is_sign && found.sure > Sure::Weak
        };
        let (mut joined, rest): (Vec<Found>, Vec<Found>) = std::mem::take(found).into_iter().partition(is_joined);
        joined.sort_by_cached_key(|found| self.strength(found));
        // Places that are taken, by their beginning; they do not overlap.
        let mut taken: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
        let mut kept: Vec<Found> = Vec::new();
        for one in joined {
            let span = one.diagnostic.primary.span;
            let end = span.end.max(span.start + 1);
            let before = taken.range(..end).next_back().filter(|(_, (taken_end, _))| *taken_end > span.start);
            match before.map(|(_, (_, index))| *index) {
                Some(index) => absorb(&mut kept[index], one),
                None => {
                    taken.insert(span.start, (end, kept.len()));
                    kept.push(one);
                }
            }
        }
        for one in rest {
            let span = one.diagnostic.primary.span;
            let around = taken.range(..=span.start).next_back().filter(|(_, (end, _))| span.end <= *end);
            match around.map(|(_, (_, index))| *index) {
                Some(index)
                    if is_of(&[WORDING], &one) && one.sure > Sure::Weak && kept[index].severity() >= one.severity() =>
                {
                    absorb(&mut kept[index], one)
                }
                _ => found.push(one),
            }
        }
        for one in &mut kept {
            let mut told = BTreeSet::new();
            one.diagnostic.notes.retain(|note| told.insert(note.clone()));
        }
        found.extend(kept);
    }
}

fn is_of(families: &[&str], found: &Found) -> bool {
    found.diagnostic.rule.split('/').next().is_some_and(|family| families.contains(&family))
}

/// The stronger finding names the weaker one.
fn absorb(stronger: &mut Found, weaker: Found) {
    let (own, other) = (&mut stronger.diagnostic, weaker.diagnostic);
    if own.rule == other.rule {
        return;
    }
    own.notes.push(other.message);
    own.secondary.extend(other.secondary);
    if let (Data::Link { reasons, .. }, false) = (&mut own.data, own.rule == other.rule)
        && !reasons.contains(&other.rule)
    {
        reasons.push(other.rule);
    }
    let is_safe = |fix: &crate::diagnostic::Fix| fix.applicability == Applicability::Safe;
    if own.fix.is_none() {
        own.fix = other.fix.filter(is_safe);
    }
}
