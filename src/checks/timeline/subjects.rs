//! How alike the subjects of two claims are: by the topics of the lexicon, by the words that both share, and by what their words mean
//! as a whole.

use crate::document::Document;
use crate::facts::claim::{Stance, Subject, Telling, Term, Topics};
use crate::facts::{Claim, Facts};
use crate::language::{Kin, Meaning};
use std::collections::BTreeMap;

/// The weight of a rare word, in tenths of nats: what is measured is in parts of it.
const RARE: f32 = 65.0;

/// The subjects of the claims of an article.
pub(super) struct Subjects<'a> {
    facts: &'a Facts,
    known: &'a Topics,
    /// In how many claims a word stands, and a topic or a kind of it.
    spread: BTreeMap<u64, u32>,
    topics: BTreeMap<u16, u32>,
    claims: &'a [&'a Claim],
    /// What each claim is about, by stem.
    threads: Vec<Vec<Strand>>,
    /// What the clause of each claim is about, the words of it that tell, its sentence, and its sentence with what stands over it.
    meanings: Vec<[Meaning; 4]>,
}

/// How much of its weight a word keeps by where it stands: the clause, the sentence, what stands over it, the sentence before.
const KEPT: [f32; 4] = [1.0, 0.8, 0.7, 0.4];

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

impl Strand {
    /// How strongly a word ties two claims that both have it, or one near it.
    fn tied(&self, other: &Self) -> f32 {
        self.strength.min(other.strength) * self.rarity.min(other.rarity)
    }
}

/// How alike the words of two claims are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likeness {
    pub shared: f32,
    pub shared_most: f32,
    pub shared_said: f32,
    /// The same, where words that many claims of the article have count for less.
    pub local: f32,
    pub local_most: f32,
    pub local_said: f32,
    /// What ties both, with all that stands around them: the strongest word, all words, the strongest word that one of them has from what
    /// stands over it.
    pub tie: f32,
    pub ties: f32,
    pub over_tie: f32,
    /// How near the ties come to those of the best pair that either claim is in, and to the best of the article.
    pub ties_less: f32,
    pub ties_more: f32,
    pub ties_best: f32,
    /// How near both are as a whole, by the sum of the vectors of their words: the clauses, the words of them that tell, the sentences,
    /// the sentences with what stands over them.
    pub clauses: f32,
    pub subjects: f32,
    pub sentences: f32,
    pub sections: f32,
    /// By how much the clauses are nearer than any other pair that either claim is in, and than the nearest pair of the article.
    pub nearer_less: f32,
    pub nearer_more: f32,
    pub nearer_best: f32,
    /// True where the clause of one says nothing that the other's does not.
    pub is_covered: bool,
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
    /// How rare the rarest topic is among the claims of the article that both name, or one names a kind of, in nats.
    pub rarity: f32,
}

impl<'a> Subjects<'a> {
    pub fn new(doc: &Document, facts: &'a Facts, claims: &'a [&'a Claim]) -> Self {
        let mut threads: Vec<Vec<Strand>> = claims.iter().map(|claim| thread(facts, claim)).collect();
        let (mut spread, mut around): (BTreeMap<u64, u32>, BTreeMap<u64, u32>) = Default::default();
        for claim in claims {
            let mut stems: Vec<u64> = tellings(facts, &claim.own).iter().map(|telling| telling.stem).collect();
            stems.extend(tellings(facts, &claim.said).iter().map(|telling| telling.stem));
            stems.sort_unstable();
            stems.dedup();
            stems.into_iter().for_each(|stem| *spread.entry(stem).or_default() += 1);
        }
        threads.iter().flatten().for_each(|strand| *around.entry(strand.telling.stem).or_default() += 1);
        for strand in threads.iter_mut().flatten() {
            strand.rarity = rarity(&around, claims.len(), &strand.telling.stem);
        }
        let kin = Kin::builtin();
        let meaning = |parts: &[&std::ops::Range<u32>]| {
            let words = parts.iter().flat_map(|part| tellings(facts, part));
            kin.meaning(words.filter_map(|telling| telling.kin))
        };
        let meanings = claims.iter().map(|claim| {
            let words = doc.words.get(claim.words.start as usize..claim.words.end as usize).unwrap_or_default();
            let clause = kin.meaning_of(words.iter().map(|word| word.key));
            [clause, meaning(&[&claim.own]), meaning(&[&claim.said]), meaning(&[&claim.said, &claim.over])]
        });
        let mut subjects = Self {
            facts,
            known: facts.topics(),
            meanings: meanings.collect(),
            spread,
            topics: BTreeMap::new(),
            claims,
            threads,
        };
        for claim in claims {
            let own = subjects.topics_of(claim);
            for topic in subjects.wider(&own) {
                *subjects.topics.entry(topic).or_default() += 1;
            }
        }
        subjects
    }

    fn topics_of(&self, claim: &Claim) -> Vec<u16> {
        let own = self.facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize);
        own.unwrap_or_default().iter().filter_map(topic).collect()
    }

    /// What topics are kinds of, themselves among them, each once.
    fn wider(&self, topics: &[u16]) -> Vec<u16> {
        let mut wider: Vec<u16> = topics.iter().flat_map(|topic| self.known.wider(*topic)).copied().collect();
        wider.sort_unstable();
        wider.dedup();
        wider
    }

    /// How many claims there are.
    pub fn count(&self) -> usize {
        self.claims.len()
    }

    /// The words that two claims share and how near their meanings are, but for how that stands to others.
    pub fn likeness(&self, a: usize, b: usize) -> Likeness {
        let words = |claim: &Claim| (tellings(self.facts, &claim.own), tellings(self.facts, &claim.said));
        let ((own_a, said_a), (own_b, said_b)) = (words(self.claims[a]), words(self.claims[b]));
        let [clauses, subjects, sentences, sections] =
            [0, 1, 2, 3].map(|part| self.meanings[a][part].nearness(&self.meanings[b][part]));
        let mut likeness = Likeness { clauses, subjects, sentences, sections, ..Likeness::default() };
        let mut in_both = 0;
        for (stem, weight) in shared(own_a, own_b) {
            in_both += 1;
            likeness.shared += weight;
            likeness.shared_most = likeness.shared_most.max(weight);
            let local = weight * rarity(&self.spread, self.count(), &stem);
            likeness.local += local;
            likeness.local_most = likeness.local_most.max(local);
        }
        likeness.is_covered = in_both == own_a.len().min(own_b.len());
        for (stem, weight) in shared(said_a, said_b) {
            likeness.shared_said += weight;
            likeness.local_said += weight * rarity(&self.spread, self.count(), &stem);
        }
        let mut of_b = self.threads[b].iter().peekable();
        for x in &self.threads[a] {
            while of_b.next_if(|y| y.telling.stem < x.telling.stem).is_some() {}
            let Some(y) = of_b.next_if(|y| y.telling.stem == x.telling.stem) else { continue };
            let strength = x.tied(y);
            likeness.tie = likeness.tie.max(strength);
            likeness.ties += strength;
            if x.is_over != y.is_over {
                likeness.over_tie = likeness.over_tie.max(strength);
            }
        }
        likeness
    }

    /// True for two bans of which the wider says no more than the narrower: no sport for ten days, no swimming for two weeks.
    pub fn is_implied(&self, a: &Claim, b: &Claim) -> bool {
        let is_narrower = |narrow: &Claim, wide: &Claim| {
            let (narrow, wide) = (self.topics_of(narrow), self.topics_of(wide));
            // Both may name what they count from: after the peel.
            let own: Vec<u16> = narrow.iter().copied().filter(|topic| !wide.contains(topic)).collect();
            let wider = self.wider(&own);
            wide.iter().any(|topic| !narrow.contains(topic) && wider.contains(topic))
        };
        let are_bans = a.stance == Stance::Forbid && b.stance == Stance::Forbid;
        let (short, long) = if a.interval.lo < b.interval.lo { (a, b) } else { (b, a) };
        are_bans && is_narrower(long, short)
    }

    /// How the topics of two claims relate.
    pub fn relation(&self, a: &Claim, b: &Claim) -> Relation {
        let (all_a, all_b) = (self.topics_of(a), self.topics_of(b));
        let telling =
            |all: &[u16]| -> Vec<u16> { all.iter().copied().filter(|topic| !self.known.is_general(*topic)).collect() };
        let (of_a, of_b) = (telling(&all_a), telling(&all_b));
        let (wide_a, wide_b) = (self.wider(&of_a), self.wider(&of_b));
        let meet = |a: &[u16], b: &[u16]| a.iter().any(|topic| b.contains(topic));
        let same = meet(&of_a, &of_b);
        let kind = !same && (meet(&wide_a, &of_b) || meet(&wide_b, &of_a));
        let sibling = !same && !kind && meet(&wide_a, &wide_b);
        let products =
            |of: &[u16]| -> Vec<u16> { of.iter().copied().filter(|topic| self.known.is_product(*topic)).collect() };
        let (products_a, products_b) = (products(&of_a), products(&of_b));
        let shared = of_a
            .iter()
            .filter(|topic| wide_b.contains(topic))
            .chain(of_b.iter().filter(|topic| wide_a.contains(topic)));
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
            rarity: shared.map(|topic| rarity(&self.topics, self.count(), topic)).fold(0.0, f32::max),
        }
    }
}

fn topic(subject: &Subject) -> Option<u16> {
    match subject.term {
        Term::Topic(topic) => Some(topic),
        Term::Word(_) => None,
    }
}

/// How rare a word or topic is among so many claims, in nats.
fn rarity<T: Ord>(spread: &BTreeMap<T, u32>, count: usize, one: &T) -> f32 {
    let spread = spread.get(one).copied().unwrap_or(1).max(1);
    ((count + 1) as f32 / spread as f32).ln()
}

/// All words that tell what a claim is about, each once, by stem, with what it keeps of its weight.
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
    all.sort_unstable_by_key(|strand| strand.telling.stem);
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
