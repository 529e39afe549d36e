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
    /// What each claim is about, by the start of its words.
    threads: BTreeMap<(u32, u32), Vec<Strand>>,
    /// How many claims there are.
    pub count: usize,
}

/// How much of its weight a word keeps by where it stands: the clause, the sentence, what stands over it, the sentence before.
const KEPT: [f32; 4] = [1.0, 0.8, 0.7, 0.4];
/// Words nearer than this may name one thing.
const NEAR: f32 = 0.5;

/// A word that ties a claim to others.
#[derive(Clone, Copy, Debug)]
struct Strand {
    telling: Telling,
    /// What it tells, in parts of a rare word.
    strength: f32,
    /// True where it stands over the claim only.
    is_over: bool,
    /// How rare it is among the claims of the article, in nats.
    rarity: f32,
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
    /// What ties both, with all that stands around them: the strongest word, all words, the strongest pair of near words, the strongest
    /// word that one of them has from what stands over it.
    pub tie: f32,
    pub ties: f32,
    pub near_tie: f32,
    pub over_tie: f32,
    /// The same for the ties of this pair, and how near it comes to the best pair of the article.
    pub ties_less: f32,
    pub ties_more: f32,
    pub ties_best: f32,
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
        let mut threads: BTreeMap<(u32, u32), Vec<Strand>> =
            claims.iter().map(|claim| ((claim.words.start, claim.time), thread(facts, claim))).collect();
        let (mut spread, mut around): (BTreeMap<u64, u32>, BTreeMap<u64, u32>) = Default::default();
        for claim in claims {
            let mut stems: Vec<u64> = tellings(facts, &claim.own).iter().map(|telling| telling.stem).collect();
            stems.extend(tellings(facts, &claim.said).iter().map(|telling| telling.stem));
            stems.sort_unstable();
            stems.dedup();
            stems.into_iter().for_each(|stem| *spread.entry(stem).or_default() += 1);
        }
        threads.values().flatten().for_each(|strand| *around.entry(strand.telling.stem).or_default() += 1);
        for strand in threads.values_mut().flatten() {
            strand.rarity = rarity(&around, claims.len(), strand.telling.stem);
        }
        Self { facts, known, kin: Kin::builtin(), spread, threads, count: claims.len() }
    }

    /// How alike two claims are, but for how they stand to others.
    pub fn likeness(&self, a: &Claim, b: &Claim) -> Likeness {
        let words = |claim: &Claim| {
            let own = tellings(self.facts, &claim.own);
            let said = tellings(self.facts, &claim.said);
            (own, said, [tellings(self.facts, &claim.before), tellings(self.facts, &claim.over)])
        };
        let ((own_a, said_a, around_a), (own_b, said_b, around_b)) = (words(a), words(b));
        let or = |own: &'a [Telling], said: &'a [Telling]| if own.is_empty() { said } else { own };
        let mut likeness = Likeness {
            own: [self.found(own_a, &[own_b]), self.found(own_b, &[own_a])],
            context: [
                self.found(or(own_a, said_a), &[said_b, around_b[0], around_b[1]]),
                self.found(or(own_b, said_b), &[said_a, around_a[0], around_a[1]]),
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
        self.tie(a, b, &mut likeness);
        likeness
    }

    fn tie(&self, a: &Claim, b: &Claim, likeness: &mut Likeness) {
        let thread = |claim: &Claim| self.threads.get(&(claim.words.start, claim.time)).map_or(&[][..], Vec::as_slice);
        let (of_a, of_b) = (thread(a), thread(b));
        for x in of_a {
            for y in of_b {
                let strength = x.strength.min(y.strength) * x.rarity.min(y.rarity);
                if x.telling.stem == y.telling.stem {
                    likeness.tie = likeness.tie.max(strength);
                    likeness.ties += strength;
                    if x.is_over != y.is_over {
                        likeness.over_tie = likeness.over_tie.max(strength);
                    }
                } else if strength > likeness.near_tie {
                    let near = self.nearness(x.telling, y.telling);
                    if near > NEAR {
                        likeness.near_tie = likeness.near_tie.max(strength * near * near);
                    }
                }
            }
        }
    }

    /// How rare a word is among the claims of the article, in nats.
    fn rarity(&self, stem: u64) -> f32 {
        rarity(&self.spread, self.count, stem)
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

fn rarity(spread: &BTreeMap<u64, u32>, count: usize, stem: u64) -> f32 {
    let spread = spread.get(&stem).copied().unwrap_or(1).max(1);
    ((count + 1) as f32 / spread as f32).ln()
}

/// All words that tell what a claim is about, each once, with what it keeps of its weight.
fn thread(facts: &Facts, claim: &Claim) -> Vec<Strand> {
    let mut all: Vec<Strand> = Vec::new();
    for (index, range) in [&claim.own, &claim.said, &claim.over, &claim.before].into_iter().enumerate() {
        let is_over = index == 2;
        for telling in tellings(facts, range) {
            if !all.iter().any(|strand| strand.telling.stem == telling.stem) {
                let strength = telling.weight as f32 / RARE * KEPT[index];
                all.push(Strand { telling: *telling, strength, is_over, rarity: 0.0 });
            }
        }
    }
    all
}

fn tellings<'a>(facts: &'a Facts, range: &std::ops::Range<u32>) -> &'a [Telling] {
    facts.tellings.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// The words that two sides share, with what they tell, in parts of a rare word.
fn shared<'a>(a: &'a [Telling], b: &'a [Telling]) -> impl Iterator<Item = (u64, f32)> + 'a {
    let weight = |x: &Telling, y: &Telling| x.weight.min(y.weight) as f32 / RARE;
    a.iter().filter_map(move |x| b.iter().find(|y| y.stem == x.stem).map(|y| (x.stem, weight(x, y))))
}
