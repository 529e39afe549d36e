//! Whether two claims are about the same thing.
//!
//! Topics of the lexicon decide where both sides have one: the same topic, or for advice a kind of it. Other telling words that both
//! share do so too, less surely. Two medicines are two things, whatever else is shared.

use crate::facts::claim::{Origin, Slot, Stance, Subject, Term};
use crate::facts::{Claim, ClaimReader, Facts};
use std::collections::BTreeMap;

/// How the subjects of two claims relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same thing, or one of them is a kind of the other.
    Same,
    /// Perhaps the same.
    Near,
}

/// Words in so many claims, and in this share of them, in percent, are what the article is about.
const OFTEN: usize = 5;
const OFTEN_PERCENT: usize = 25;
/// So many sentences on is beside.
const BESIDE: u32 = 3;
/// Shared words that weigh so much together name a thing, in tenths of nats.
const NAMING: u32 = 60;
/// Shared words that weigh less say nothing.
const HINTING: u32 = 35;

/// The subjects of the claims of an article.
pub(super) struct Subjects<'a> {
    facts: &'a Facts,
    reader: &'a ClaimReader,
    /// What so many claims speak of that it tells none from another.
    common: Vec<Term>,
}

impl<'a> Subjects<'a> {
    pub fn new(facts: &'a Facts, reader: &'a ClaimReader) -> Self {
        let mut counts: BTreeMap<Term, usize> = BTreeMap::new();
        for claim in &facts.claims {
            for subject in subjects(facts, claim) {
                *counts.entry(subject.term).or_default() += 1;
            }
        }
        let all = facts.claims.len();
        let is_common = |count: usize| count >= OFTEN && count * 100 >= all * OFTEN_PERCENT;
        let common = counts.into_iter().filter(|(_, count)| is_common(*count)).map(|(term, _)| term).collect();
        Self { facts, reader, common }
    }

    /// How the subjects of two claims relate; `None` where they are about different things.
    pub fn relation(&self, a: &Claim, b: &Claim) -> Option<Relation> {
        let (of_a, of_b) = (subjects(self.facts, a), subjects(self.facts, b));
        let (topics_a, topics_b) = (topics(of_a), topics(of_b));
        if self.are_other_products(&topics_a, &topics_b) {
            return None;
        }
        let is_shared = |subject: &&Subject| of_b.iter().any(|other| other.term == subject.term);
        let shared: Vec<&Subject> = of_a.iter().filter(is_shared).collect();
        let is_own = a.origin <= Origin::Sentence && b.origin <= Origin::Sentence;
        let step = |relation: Relation| if is_own { relation } else { Relation::Near };
        let shared_topics = shared.iter().filter(|subject| matches!(subject.term, Term::Topic(_)));
        let (telling, common): (Vec<&&Subject>, Vec<&&Subject>) =
            shared_topics.partition(|subject| !self.common.contains(&subject.term) && !self.is_general(subject));
        if !telling.is_empty() {
            return Some(step(Relation::Same));
        }
        if let Some(relation) = self.kinds(a, &topics_a, b, &topics_b) {
            return Some(step(relation));
        }
        let words = shared.iter().filter(|s| matches!(s.term, Term::Word(_)) && !self.common.contains(&s.term));
        let weight: u32 = words.map(|subject| subject.weight).sum();
        let has_others = |own: &[u16], other: &[u16]| own.iter().any(|topic| !other.contains(topic));
        let are_apart = has_others(&topics_a, &topics_b) && has_others(&topics_b, &topics_a);
        // Two statements that name nothing but the same word.
        let is_all = shared.len() == of_a.len() && shared.len() == of_b.len();
        match weight {
            HINTING.. if is_all => Some(step(Relation::Same)),
            NAMING.. if !are_apart => Some(step(Relation::Same)),
            HINTING.. if !are_apart => Some(Relation::Near),
            NAMING.. => Some(Relation::Near),
            _ if !common.is_empty() && !are_apart => Some(Relation::Near),
            // What is told of nothing in particular is told of what stands beside it.
            _ if !are_apart && self.are_alone(a.slot) => Some(Relation::Near),
            _ if !is_own
                && (topics_a.is_empty() || topics_b.is_empty())
                && a.sentence.abs_diff(b.sentence) <= BESIDE =>
            {
                Some(Relation::Near)
            }
            _ => None,
        }
    }

    fn is_general(&self, subject: &Subject) -> bool {
        matches!(subject.term, Term::Topic(topic) if self.reader.is_general(topic))
    }

    /// True where the article makes no third claim of a slot: what two sentences of a short text are about is the same more often than not.
    fn are_alone(&self, slot: Slot) -> bool {
        self.facts.claims.iter().filter(|claim| claim.slot == slot).take(3).count() == 2
    }

    /// How a topic of one claim is a kind of a topic of the other.
    fn kinds(&self, a: &Claim, topics_a: &[u16], b: &Claim, topics_b: &[u16]) -> Option<Relation> {
        let narrower = |narrow: &[u16], wide: &[u16]| {
            narrow.iter().any(|narrow| wide.iter().any(|wide| self.reader.wider(*narrow).contains(wide)))
        };
        let (a_in_b, b_in_a) = (narrower(topics_a, topics_b), narrower(topics_b, topics_a));
        if a.slot != Slot::Start {
            return (a_in_b || b_in_a).then_some(Relation::Near);
        }
        let is_graded = |topics: &[u16]| topics.iter().any(|topic| self.reader.is_graded(*topic));
        let (ban, leave, leave_is_kind) = match (a.stance, b.stance) {
            (Stance::Forbid, _) => (a, b, b_in_a),
            (_, Stance::Forbid) => (b, a, a_in_b),
            _ => return (a_in_b || b_in_a).then_some(Relation::Near),
        };
        if leave_is_kind {
            return Some(Relation::Same);
        }
        // Whoever may not walk may not run.
        if is_graded(topics_a) && is_graded(topics_b) && ban.intensity > 0 && leave.intensity >= ban.intensity {
            return Some(Relation::Same);
        }
        (a_in_b || b_in_a).then_some(Relation::Near)
    }

    /// True where both name medicines, and no medicine of one is a kind of the other's.
    fn are_other_products(&self, a: &[u16], b: &[u16]) -> bool {
        let products = |topics: &[u16]| -> Vec<u16> {
            topics.iter().copied().filter(|topic| self.reader.is_product(*topic)).collect()
        };
        let (a, b) = (products(a), products(b));
        let is_kin = |a: u16, b: u16| self.reader.wider(a).contains(&b) || self.reader.wider(b).contains(&a);
        !a.is_empty() && !b.is_empty() && !a.iter().any(|a| b.iter().any(|b| is_kin(*a, *b)))
    }
}

/// What a claim is about.
fn subjects<'a>(facts: &'a Facts, claim: &Claim) -> &'a [Subject] {
    facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize).unwrap_or_default()
}

fn topics(subjects: &[Subject]) -> Vec<u16> {
    let topic = |subject: &Subject| match subject.term {
        Term::Topic(topic) => Some(topic),
        Term::Word(_) => None,
    };
    subjects.iter().filter_map(topic).collect()
}
