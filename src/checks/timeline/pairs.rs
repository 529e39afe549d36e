//! Every pair of claims that could clash, with all that was measured of it.

use super::apart::are_apart;
use super::evidence::{Pair, Sheet, are_comparable};
use super::own;
use super::side_by_side::{are_parallel, are_stages};
use super::subjects::{Likeness, Subjects};
use crate::document::Document;
use crate::facts::{Claim, Facts};

/// A claim is compared with so many before it, so that the time stays linear in the claims of an article.
const MOST_COMPARED: usize = 100;

/// Measures every pair of claims that could clash.
pub(super) fn each_pair<'a>(
    doc: &Document,
    facts: &'a Facts,
    claims: &[&'a Claim],
    mut tell: impl FnMut(&'a Claim, &'a Claim, &Sheet),
) {
    let subjects = Subjects::new(doc, facts, claims);
    let mut pairs: Vec<(usize, usize, Likeness)> = Vec::new();
    for (index, later) in claims.iter().enumerate() {
        let first = index.saturating_sub(MOST_COMPARED);
        for (before, earlier) in claims.iter().enumerate().take(index).skip(first) {
            let times = facts.time(earlier).zip(facts.time(later));
            let are_comparable =
                times.is_some_and(|(a, b)| are_comparable(a, b)) && !is_said_again(doc, earlier, later);
            let is_apart = || {
                are_apart(facts, earlier, later)
                    || subjects.is_implied(earlier, later)
                    || are_stages(doc, facts, earlier, later)
                    || are_parallel(doc, facts, earlier, later)
            };
            if are_comparable && !is_apart() {
                pairs.push((before, index, subjects.likeness(before, index)));
            }
        }
    }
    // How near each pair comes to the best one that either claim is in.
    let mut tied = vec![f32::EPSILON; claims.len()];
    let mut nearest = vec![Nearest::default(); claims.len()];
    for (place, (a, b, likeness)) in pairs.iter().enumerate() {
        for claim in [*a, *b] {
            tied[claim] = tied[claim].max(likeness.ties);
            nearest[claim].add(likeness.clauses, place);
        }
    }
    let most = tied.iter().copied().fold(f32::EPSILON, f32::max);
    let nearest_of_all = nearest.iter().map(|one| one.best.0).fold(0.0, f32::max);
    let mut sheet = Sheet::default();
    for (place, (a, b, likeness)) in pairs.iter_mut().enumerate() {
        let (of_a, of_b) = (likeness.ties / tied[*a], likeness.ties / tied[*b]);
        (likeness.ties_less, likeness.ties_more, likeness.ties_best) =
            (of_a.min(of_b), of_a.max(of_b), likeness.ties / most);
        let [of_a, of_b] = [*a, *b].map(|claim| likeness.clauses - nearest[claim].other_than(place));
        (likeness.nearer_less, likeness.nearer_more) = (of_a.min(of_b), of_a.max(of_b));
        likeness.nearer_best = likeness.clauses - nearest_of_all;
        let (earlier, later) = (claims[*a], claims[*b]);
        Pair { doc, facts, subjects: &subjects, a: earlier, b: later, likeness }.measure(&mut sheet);
        tell(earlier, later, &sheet);
    }
}

/// True for two claims in the same words: nothing is said again that was not said before.
fn is_said_again(doc: &Document, a: &Claim, b: &Claim) -> bool {
    let words = |claim: &Claim| doc.words.get(claim.words.start as usize..claim.words.end as usize).unwrap_or_default();
    words(a).iter().map(|word| word.key).eq(words(b).iter().map(|word| word.key))
}

/// The two nearest pairs that a claim is in, each with its place.
#[derive(Clone, Copy, Debug, Default)]
struct Nearest {
    best: (f32, usize),
    second: f32,
}

impl Nearest {
    fn add(&mut self, nearness: f32, place: usize) {
        if nearness > self.best.0 {
            (self.best, self.second) = ((nearness, place), self.best.0);
        } else {
            self.second = self.second.max(nearness);
        }
    }

    /// The nearest of all pairs but one.
    fn other_than(&self, place: usize) -> f32 {
        if self.best.1 == place { self.second } else { self.best.0 }
    }
}

/// Every pair of claims of an article that could clash, with what was measured: what the trees are fitted to.
pub fn measured(doc: &Document, facts: &Facts, tell: impl FnMut(&Claim, &Claim, &Sheet)) {
    each_pair(doc, facts, &own(doc, facts).collect::<Vec<_>>(), tell);
}
