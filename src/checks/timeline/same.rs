//! Whether two claims are about the same thing.
//!
//! Topics of the lexicon decide where both sides have one: the same topic, or for advice a kind of it. Other telling words that both
//! share do so too, if they are rare enough. Two medicines are two things, whatever else is shared.

use crate::facts::claim::{Origin, Slot, Stance, Subject, Term, Topics};
use crate::facts::{Claim, Facts};
use std::collections::BTreeMap;

/// Words in so many claims, and in this share of them, in percent, are what the article is about.
const OFTEN: usize = 5;
const OFTEN_PERCENT: usize = 25;
/// Shared words that weigh so much together name a thing, in tenths of nats; less will do where nothing else is said.
const NAMING: u32 = 60;
const NAMING_ALONE: u32 = 35;

/// The subjects of the claims of an article.
pub(super) struct Same<'a> {
    facts: &'a Facts,
    known: &'a Topics,
    /// What so many claims speak of that it tells none from another.
    common: Vec<Term>,
}

impl<'a> Same<'a> {
    pub fn new(facts: &'a Facts) -> Self {
        let mut counts: BTreeMap<Term, usize> = BTreeMap::new();
        for claim in &facts.claims {
            for subject in subjects(facts, claim) {
                *counts.entry(subject.term).or_default() += 1;
            }
        }
        let all = facts.claims.len();
        let is_common = |count: usize| count >= OFTEN && count * 100 >= all * OFTEN_PERCENT;
        let common = counts.into_iter().filter(|(_, count)| is_common(*count)).map(|(term, _)| term).collect();
        Self { facts, known: facts.topics(), common }
    }

    /// True where two claims name the same thing, for advice also where one names a kind of it. A subject taken over from elsewhere
    /// is no name.
    pub fn are_same(&self, a: &Claim, b: &Claim) -> bool {
        let (of_a, of_b) = (subjects(self.facts, a), subjects(self.facts, b));
        let (topics_a, topics_b) = (topics(of_a), topics(of_b));
        let are_own = a.origin <= Origin::Sentence && b.origin <= Origin::Sentence;
        if !are_own || self.are_other_products(&topics_a, &topics_b) {
            return false;
        }
        let is_shared = |subject: &&Subject| of_b.iter().any(|other| other.term == subject.term);
        let shared: Vec<&Subject> = of_a.iter().filter(is_shared).collect();
        let mut telling = shared.iter().filter(|subject| !self.common.contains(&subject.term));
        if telling.clone().any(|subject| self.is_telling(subject)) || self.is_kind(a, &topics_a, b, &topics_b) {
            return true;
        }
        let weight: u32 = telling.by_ref().filter(|s| matches!(s.term, Term::Word(_))).map(|s| s.weight).sum();
        let has_others = |own: &[u16], other: &[u16]| own.iter().any(|topic| !other.contains(topic));
        let are_apart = has_others(&topics_a, &topics_b) && has_others(&topics_b, &topics_a);
        // Two statements that name nothing but the same words.
        let is_all = shared.len() == of_a.len() && shared.len() == of_b.len();
        weight >= if is_all { NAMING_ALONE } else { NAMING } && !are_apart
    }

    /// True for a topic that not every article speaks of.
    fn is_telling(&self, subject: &Subject) -> bool {
        matches!(subject.term, Term::Topic(topic) if !self.known.is_general(topic))
    }

    /// True where leave is given for a kind of what is banned, or for more of the same sort.
    fn is_kind(&self, a: &Claim, topics_a: &[u16], b: &Claim, topics_b: &[u16]) -> bool {
        let (ban, banned, leave, left) = match (a.stance, b.stance) {
            _ if a.slot != Slot::Start => return false,
            (Stance::Forbid, _) => (a, topics_a, b, topics_b),
            (_, Stance::Forbid) => (b, topics_b, a, topics_a),
            _ => return false,
        };
        let is_kind = left.iter().any(|topic| self.known.wider(*topic).iter().any(|wide| banned.contains(wide)));
        let is_graded = |topics: &[u16]| topics.iter().any(|topic| self.known.is_graded(*topic));
        // Whoever may not walk may not run; of what is lighter it is not asked here.
        is_kind || ban.intensity > 0 && leave.intensity > 0 && is_graded(banned) && is_graded(left)
    }

    /// True where both name medicines, and no medicine of one is a kind of the other's.
    fn are_other_products(&self, a: &[u16], b: &[u16]) -> bool {
        let products = |topics: &[u16]| -> Vec<u16> {
            topics.iter().copied().filter(|topic| self.known.is_product(*topic)).collect()
        };
        let (a, b) = (products(a), products(b));
        let is_kin = |a: u16, b: u16| self.known.wider(a).contains(&b) || self.known.wider(b).contains(&a);
        !a.is_empty() && !b.is_empty() && !a.iter().any(|a| b.iter().any(|b| is_kin(*a, *b)))
    }
}

/// What a claim is about.
pub(super) fn subjects<'a>(facts: &'a Facts, claim: &Claim) -> &'a [Subject] {
    facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize).unwrap_or_default()
}

fn topics(subjects: &[Subject]) -> Vec<u16> {
    let topic = |subject: &Subject| match subject.term {
        Term::Topic(topic) => Some(topic),
        Term::Word(_) => None,
    };
    subjects.iter().filter_map(topic).collect()
}
