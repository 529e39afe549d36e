//! Whether two claims about one thing clash, and how surely.

use super::same::{Relation, Subjects};
use crate::checks::Sure;
use crate::facts::claim::{Modality, Slot, Stance};
use crate::facts::time::Kind;
use crate::facts::{Claim, Facts};
use crate::language::Interval;

/// How sure a clash of two claims is; `None` where a reader can follow both.
pub(super) fn clash(facts: &Facts, subjects: &Subjects<'_>, a: &Claim, b: &Claim, factor: f64) -> Option<Sure> {
    // Within a sentence a writer says one thing, however many times stand in it.
    if a.sentence == b.sentence || a.is_staged || b.is_staged {
        return None;
    }
    let is_crossed = a.slot != b.slot;
    if is_crossed && !may_cross(a, b) || a.is_before != b.is_before || a.time == b.time || !is_one_measure(facts, a, b)
    {
        return None;
    }
    if a.anchor.is_some() && b.anchor.is_some() && a.anchor != b.anchor {
        return None;
    }
    if a.population != b.population || a.is_conditional || b.is_conditional || are_different_kinds(a, b) {
        return None;
    }
    // How long to do something is not how long something lasts.
    if a.slot == Slot::End && (a.stance == Stance::Value) != (b.stance == Stance::Value) {
        return None;
    }
    let ratio = ratio(a.interval, b.interval)?;
    if ratio < factor {
        return None;
    }
    let mut steps = 0;
    if is_crossed && ratio < CROSSED {
        return None;
    }
    if a.slot == Slot::Start && !is_crossed {
        match (a.stance, b.stance) {
            (Stance::Forbid, Stance::Forbid) => return None,
            (Stance::Forbid, _) => steps += intensity(a, b)?,
            (_, Stance::Forbid) => steps += intensity(b, a)?,
            (Stance::Permit, Stance::Permit) if ratio >= CROSSED => {}
            _ => steps += 1,
        }
    }
    steps += match subjects.relation(a, b)? {
        Relation::Same => 0,
        Relation::Near => 1,
    };
    // How things are differs from case to case; advice should not.
    let is_advice = a.stance != Stance::Value || b.stance != Stance::Value;
    let is_all_advice = a.stance != Stance::Value && b.stance != Stance::Value;
    steps += match a.slot {
        Slot::Age | Slot::Rate if !is_advice => return None,
        Slot::Age | Slot::Rate if !is_all_advice => 1,
        Slot::Dose | Slot::Age | Slot::Count if a.list.is_some() && a.list == b.list => return None,
        Slot::Dose | Slot::Count if !is_advice => 1,
        _ => 0,
    };
    steps += usize::from(a.is_guessed || b.is_guessed);
    if a.modality.max(b.modality) > Modality::Asserted {
        steps += 1;
    }
    Some(match steps {
        0 => Sure::Certain,
        _ => return None,
    })
}

/// Times of two slots differ by this factor, at least, before they clash.
const CROSSED: f64 = 3.0;

/// True where one of two times may as well be what the other is, for all that its clause says.
fn may_cross(a: &Claim, b: &Claim) -> bool {
    let phases = [Slot::Start, Slot::End, Slot::Full, Slot::Gap];
    let is_advice = |claim: &Claim| matches!(claim.stance, Stance::Forbid | Stance::Permit);
    (a.is_guessed || b.is_guessed)
        && phases.contains(&a.slot)
        && phases.contains(&b.slot)
        && !is_advice(a)
        && !is_advice(b)
}

/// How many steps less sure a ban of one intensity and leave of another are; `None` where the leave is for less than is banned.
fn intensity(ban: &Claim, leave: &Claim) -> Option<usize> {
    match (ban.intensity, leave.intensity) {
        (0, _) => Some(0),
        (_, 0) => Some(1),
        (ban, leave) if leave >= ban => Some(0),
        _ => None,
    }
}

/// Doses are compared in one measure, and counts of one thing.
fn is_one_measure(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let kind = |claim: &Claim| facts.times.get(claim.time as usize).map(|time| time.kind);
    match (kind(a), kind(b)) {
        (Some(Kind::Dose { measure, per }), Some(Kind::Dose { measure: other, per: each })) => {
            measure == other && per == each
        }
        (Some(Kind::Count { noun }), Some(Kind::Count { noun: other })) => noun == other,
        (a, b) => a == b,
    }
}

/// True where both are confined to different kinds of something: hot and lukewarm, face and scalp.
fn are_different_kinds(a: &Claim, b: &Claim) -> bool {
    a.qualifiers.iter().any(|(dimension, _)| {
        let kinds =
            |claim: &Claim| claim.qualifiers.iter().filter(|q| q.0 == *dimension).map(|q| q.1).collect::<Vec<_>>();
        let (of_a, of_b) = (kinds(a), kinds(b));
        !of_b.is_empty() && of_a != of_b
    })
}

/// By what factor the ends of two stretches that share nothing lie apart; `None` where they meet.
fn ratio(a: Interval, b: Interval) -> Option<f64> {
    if a.overlaps(b) {
        return None;
    }
    let (low, high) = if a.lo < b.lo { (a, b) } else { (b, a) };
    let end = low.hi?.max(1);
    Some(high.lo as f64 / end as f64)
}
