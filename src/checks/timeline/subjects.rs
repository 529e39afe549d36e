//! How alike the subjects of two claims are: by the topics of the lexicon, by the words that both share, and by words that are near
//! in meaning.

use crate::facts::claim::{Subject, Telling, Term, Topics};
use crate::facts::{Claim, Facts};
use crate::language::Kin;
use std::collections::BTreeMap;

/// A word without one that is nearer than this on the other side is left over.
const LEFT: f32 = 0.4;
/// The weight of a rare word, in tenths of nats: what is measured is in parts of it.
const RARE: f32 = 65.0;

/// The subjects of the claims of an article.
pub(super) struct Subjects<'a> {
    facts: &'a Facts,
    known: &'a Topics,
    kin: Kin,
    /// In how many claims a word stands.
    spread: BTreeMap<u64, u32>,
    /// How many claims there are.
    pub count: usize,
}

/// How far one side finds its words on the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Weighted by what words tell, 0 to 1.
    pub alike: f32,
    /// The weight of words that have none near them.
    pub left: f32,
}

/// How alike the words of two claims are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likeness {
    /// The words of the clauses.
    pub own: [Found; 2],
    /// The words of the clauses in the sentence of the other and what stands over it.
    pub context: [Found; 2],
    pub shared: f32,
    pub shared_most: f32,
    pub shared_said: f32,
    pub nearest: f32,
    /// The same, where words that many claims of the article have count for less.
    pub local: f32,
    pub local_most: f32,
    pub local_said: f32,
    /// How near this pair comes to the best one that either claim is in.
    pub best_less: f32,
    pub best_more: f32,
}

impl Likeness {
    /// One number for comparing pairs with each other.
    pub fn sum(&self) -> f32 {
        let [a, b] = self.context;
        a.alike + b.alike + 0.5 * self.local_said
    }
}

/// How the topics of two claims relate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Relation {
    pub same: bool,
    pub general: bool,
    pub kind: bool,
    pub sibling: bool,
    pub other: bool,
    pub further: bool,
    pub other_product: bool,
    pub one_product: bool,
}

impl<'a> Subjects<'a> {
    pub fn new(facts: &'a Facts, claims: &[&Claim], known: &'a Topics) -> Self {
        let mut spread = BTreeMap::new();
        for claim in claims {
            let mut stems: Vec<u64> = tellings(facts, claim, &claim.own).iter().map(|telling| telling.stem).collect();
            stems.extend(tellings(facts, claim, &claim.said).iter().map(|telling| telling.stem));
            stems.sort_unstable();
            stems.dedup();
            stems.into_iter().for_each(|stem| *spread.entry(stem).or_default() += 1);
        }
        Self { facts, known, kin: Kin::builtin(), spread, count: claims.len() }
    }

    /// How alike two claims are, but for how they stand to others.
    pub fn likeness(&self, a: &Claim, b: &Claim) -> Likeness {
        let words = |claim: &Claim| {
            let own = tellings(self.facts, claim, &claim.own);
            let said = tellings(self.facts, claim, &claim.said);
            (own, said, tellings(self.facts, claim, &claim.around))
        };
        let ((own_a, said_a, around_a), (own_b, said_b, around_b)) = (words(a), words(b));
        let or = |own: &'a [Telling], said: &'a [Telling]| if own.is_empty() { said } else { own };
        let mut likeness = Likeness {
            own: [self.found(own_a, &[own_b]), self.found(own_b, &[own_a])],
            context: [
                self.found(or(own_a, said_a), &[said_b, around_b]),
                self.found(or(own_b, said_b), &[said_a, around_a]),
            ],
            ..Likeness::default()
        };
        for weight in shared(own_a, own_b) {
            likeness.shared += weight.1;
            likeness.shared_most = likeness.shared_most.max(weight.1);
            let local = weight.1 * self.rarity(weight.0);
            likeness.local += local;
            likeness.local_most = likeness.local_most.max(local);
        }
        for (stem, weight) in shared(said_a, said_b) {
            likeness.shared_said += weight;
            likeness.local_said += weight * self.rarity(stem);
        }
        for x in own_a {
            for y in own_b.iter().filter(|y| y.stem != x.stem) {
                likeness.nearest = likeness.nearest.max(self.nearness(*x, *y));
            }
        }
        likeness
    }

    /// How rare a word is among the claims of the article, in nats.
    fn rarity(&self, stem: u64) -> f32 {
        let spread = self.spread.get(&stem).copied().unwrap_or(1).max(1);
        ((self.count + 1) as f32 / spread as f32).ln()
    }

    fn nearness(&self, a: Telling, b: Telling) -> f32 {
        if a.stem == b.stem {
            return 1.0;
        }
        a.kin.zip(b.kin).map_or(0.0, |(a, b)| self.kin.nearness(a, b))
    }

    fn found(&self, words: &[Telling], among: &[&[Telling]]) -> Found {
        let (mut sum, mut alike, mut left) = (0.0, 0.0, 0.0);
        for word in words {
            let mut nearest = 0.0f32;
            for other in among.iter().flat_map(|part| part.iter()) {
                nearest = nearest.max(self.nearness(*word, *other));
            }
            let weight = word.weight as f32;
            sum += weight;
            alike += weight * nearest * nearest;
            left += if nearest < LEFT { weight } else { 0.0 };
        }
        Found { alike: if sum > 0.0 { alike / sum } else { 0.0 }, left: left / RARE }
    }

    /// How the topics of two claims relate.
    pub fn relation(&self, a: &Claim, b: &Claim) -> Relation {
        let topics = |claim: &Claim| -> Vec<u16> {
            let own = self.facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize);
            own.unwrap_or_default().iter().filter_map(topic).collect()
        };
        let (all_a, all_b) = (topics(a), topics(b));
        let telling =
            |all: &[u16]| -> Vec<u16> { all.iter().copied().filter(|topic| !self.known.is_general(*topic)).collect() };
        let (of_a, of_b) = (telling(&all_a), telling(&all_b));
        let wider =
            |of: &[u16]| -> Vec<u16> { of.iter().flat_map(|topic| self.known.wider(*topic)).copied().collect() };
        let (wide_a, wide_b) = (wider(&of_a), wider(&of_b));
        let meet = |a: &[u16], b: &[u16]| a.iter().any(|topic| b.contains(topic));
        let same = meet(&of_a, &of_b);
        let kind = !same && (meet(&wide_a, &of_b) || meet(&wide_b, &of_a));
        let sibling = !same && !kind && meet(&wide_a, &wide_b);
        let products =
            |of: &[u16]| -> Vec<u16> { of.iter().copied().filter(|topic| self.known.is_product(*topic)).collect() };
        let (products_a, products_b) = (products(&of_a), products(&of_b));
        let is_all = |of: &[u16], wide: &[u16]| of.iter().all(|topic| wide.contains(topic));
        Relation {
            same,
            general: meet(&all_a, &all_b),
            kind,
            sibling,
            other: !of_a.is_empty() && !of_b.is_empty() && !meet(&wide_a, &wide_b),
            further: !is_all(&of_a, &wide_b) && !is_all(&of_b, &wide_a),
            other_product: !products_a.is_empty()
                && !products_b.is_empty()
                && !meet(&products_a, &wide_b)
                && !meet(&products_b, &wide_a),
            one_product: products_a.is_empty() != products_b.is_empty(),
        }
    }
}

fn topic(subject: &Subject) -> Option<u16> {
    match subject.term {
        Term::Topic(topic) => Some(topic),
        Term::Word(_) => None,
    }
}

fn tellings<'a>(facts: &'a Facts, _: &Claim, range: &std::ops::Range<u32>) -> &'a [Telling] {
    facts.tellings.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// The words that two sides share, with what they tell, in parts of a rare word.
fn shared<'a>(a: &'a [Telling], b: &'a [Telling]) -> impl Iterator<Item = (u64, f32)> + 'a {
    let weight = |x: &Telling, y: &Telling| x.weight.min(y.weight) as f32 / RARE;
    a.iter().filter_map(move |x| b.iter().find(|y| y.stem == x.stem).map(|y| (x.stem, weight(x, y))))
}
