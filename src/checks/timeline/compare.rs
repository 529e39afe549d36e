//! Whether two claims about one thing clash.

use super::same::Same;
use crate::checks::Sure;
use crate::document::{BlockKind, Document};
use crate::facts::claim::{Modality, Slot, Stance};
use crate::facts::time::{Bound, Kind, Side, Time};
use crate::facts::{Claim, Facts};
use crate::language::Interval;

/// Two permitted beginnings differ by this factor, at least, before they clash.
const PERMITTED: f64 = 3.0;
/// Two ages from which on the same is advised differ by this factor, at least: sixteen and eighteen do.
const AGES: f64 = 1.1;
/// The lowest intensity of the lexicon.
const LIGHT: u16 = 1;
/// Lengths of time that lie no further apart than this, as a factor, are told of one end in other words.
const NEXT: f64 = 1.2;
/// So many words beside its time say what a statement is about.
const FEWEST: usize = 6;

/// How surely no reader can follow both of two claims where nothing speaks for another reading. Where there is any doubt, a hedge, a
/// condition, a time that may be the time of something else, it is `None`; where only the intensity of what is allowed is left open, it
/// is one step lower.
pub(super) fn clash(facts: &Facts, subjects: &Same<'_>, a: &Claim, b: &Claim, factor: f64) -> Option<Sure> {
    let bound = |claim: &Claim| facts.time(claim).map(|time| time.bound);
    let is_under_heading = |claim: &Claim| {
        let time = facts.time(claim).map(|time| time.words.start);
        claim.list.is_none() && time.is_none_or(|time| !claim.words.contains(&time))
    };
    let has_length = |claim: &Claim| facts.time(claim).is_some_and(|time| time.interval.is_some());
    let is_open = |claim: &Claim| {
        bound(claim) == Some(Bound::Standing)
            || !has_length(claim)
            || is_under_heading(claim)
            || claim.is_staged
            || claim.condition.is_some()
            || claim.is_guessed
            || claim.modality != Modality::Asserted
            || claim.is_question
            || claim.is_relative
            || claim.is_in_condition
    };
    // Within a sentence a writer says one thing, however many times stand in it.
    let is_apart = a.sentence == b.sentence || a.time == b.time;
    if is_apart || is_open(a) || is_open(b) || agree(facts, a, b) || are_about(facts, a, b) || follow(facts, a, b) {
        return None;
    }
    let have_one_anchor = a.anchor.is_none() || b.anchor.is_none() || a.anchor == b.anchor;
    let are_comparable = a.slot == b.slot
        && a.is_before == b.is_before
        && is_one_group(a, b)
        && have_one_anchor
        && is_one_measure(facts, a, b)
        && !are_different_kinds(a, b);
    let by_age = earliest(facts, a, b).filter(|ratio| *ratio >= AGES);
    let ratio = by_age.or_else(|| ratio(told_of(facts, a), told_of(facts, b)).filter(|ratio| *ratio >= factor));
    let sure = ratio.filter(|_| are_comparable).and_then(|ratio| can_clash(a, b, ratio))?;
    subjects.are_same(a, b).then_some(sure)
}

/// What is told of a claim's time: of leave “from week two on” where it begins, as of leave “after two weeks”.
fn told_of(facts: &Facts, claim: &Claim) -> Interval {
    let is_place = facts.time(claim).is_some_and(|time| time.bound == Bound::Index);
    let is_leave = claim.slot == Slot::Start && claim.stance == Stance::Permit;
    if is_leave && is_place && claim.interval.hi.is_none() {
        Interval::new(claim.interval.lo, claim.interval.lo)
    } else {
        claim.interval
    }
}

/// True for one sentence told twice with two times: all other words are the same, and enough of them. What stands in a row or in one
/// list with the other is told of something else, and the times of a day do not exclude each other.
pub(super) fn is_retold(doc: &Document, facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let is_amount = |time: &&Time| !matches!(time.kind, Kind::Moment(_) | Kind::Clock);
    let time = |claim: &Claim| facts.time(claim).filter(is_amount);
    let sentence = |claim: &Claim| doc.sentences.get(claim.sentence as usize);
    let (Some(of_a), Some(of_b)) = (time(a), time(b)) else { return false };
    let is_cell = |claim: &Claim| {
        let block = sentence(claim).and_then(|sentence| doc.blocks.get(sentence.block as usize));
        block.is_none_or(|block| matches!(block.kind, BlockKind::Cell { .. }))
    };
    let told = |time: &Time| time.named.or(time.interval);
    let is_other = told(of_a).zip(told(of_b)).and_then(|(a, b)| ratio(a, b)).is_some_and(|ratio| ratio >= NEXT);
    // What a sentence begins with may be a label: “6 to 7 years: 5 ml”.
    let is_label = |claim: &Claim, time: &Time| sentence(claim).is_none_or(|own| own.words.start == time.words.start);
    let is_one_list = a.list.is_some() && a.list == b.list;
    let are_labels = is_label(a, of_a) || is_label(b, of_b);
    if !is_other || are_labels || is_one_list || a.population != b.population || is_cell(a) || is_cell(b) {
        return false;
    }
    let rest = |claim: &Claim, time: &Time| {
        let (own, time) = (sentence(claim).map_or(0..0, |sentence| sentence.words.clone()), time.words.clone());
        own.filter(move |at| !time.contains(at)).filter_map(|at| Some(doc.words.get(at as usize)?.key))
    };
    rest(a, of_a).eq(rest(b, of_b)) && rest(a, of_a).count() >= FEWEST
}

/// True where leave begins when a ban over the same is over.
pub(super) fn follow(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    is_over(facts, a, b) || is_over(facts, b, a)
}

/// True where two lengths of time meet as they were named, and neither is a ban: “24 to 48 hours” and “two days”, “a week” and “day seven”.
pub(super) fn agree(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let named = |claim: &Claim| {
        let time = facts.time(claim).filter(|time| time.kind == Kind::Length)?;
        time.named.or(time.interval).filter(|_| claim.stance != Stance::Forbid && time.bound != Bound::Standing)
    };
    let meet = |(a, b)| ratio(a, b).is_none_or(|ratio| ratio < NEXT);
    named(a).zip(named(b)).is_some_and(meet)
}

/// True where one speaks of the time before an event and the other of the time behind it.
pub(super) fn are_about(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let side = |claim: &Claim| facts.time(claim).map(|time| time.side);
    matches!((side(a), side(b)), (Some(Side::Before), Some(Side::After)) | (Some(Side::After), Some(Side::Before)))
}

/// True where leave begins when a ban has ended, at the latest time that it names.
fn is_over(facts: &Facts, ban: &Claim, leave: &Claim) -> bool {
    let named = facts.time(ban).and_then(|time| time.named.or(time.interval));
    let end = named.map_or(ban.interval.lo, |named| named.hi.unwrap_or(named.lo).max(ban.interval.lo));
    let is_leave = leave.stance == Stance::Permit && leave.slot == Slot::Start;
    ban.stance == Stance::Forbid && ban.slot == Slot::Start && is_leave && leave.interval.lo >= end
}

/// How surely two stances contradict each other in their slot.
fn can_clash(a: &Claim, b: &Claim, ratio: f64) -> Option<Sure> {
    let is_value = |claim: &Claim| claim.stance == Stance::Value;
    let can_clash = match a.slot {
        Slot::Start => match (a.stance, b.stance) {
            (Stance::Forbid, Stance::Forbid) => false,
            // That something happens is no leave to do it.
            (Stance::Value, _) | (_, Stance::Value) => false,
            (Stance::Forbid, _) => return banned(a, b),
            (_, Stance::Forbid) => return banned(b, a),
            (Stance::Permit, Stance::Permit) => ratio >= PERMITTED,
            _ => false,
        },
        // How long to do something is not how long something lasts.
        Slot::End => is_value(a) == is_value(b),
        // How often things happen differs from case to case; advice should not.
        Slot::Rate | Slot::Age => !is_value(a) && !is_value(b),
        // The items of a list are of different things.
        Slot::Dose | Slot::Count => (!is_value(a) || !is_value(b)) && (a.list.is_none() || a.list != b.list),
        _ => true,
    };
    can_clash.then_some(Sure::Certain)
}

/// How surely leave is given for what is banned: no less strenuous, or, one step lower, called light in a sentence that names something
/// between.
fn banned(ban: &Claim, leave: &Claim) -> Option<Sure> {
    if ban.intensity == 0 || leave.intensity >= ban.intensity {
        return Some(Sure::Certain);
    }
    let names = |one: u16| leave.intensities >> one & 1 == 1;
    (names(LIGHT) && (LIGHT + 1..ban.intensity).any(names)).then_some(Sure::Likely)
}

/// Doses are compared in one measure, and counts of one thing.
pub(super) fn is_one_measure(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let kind = |claim: &Claim| facts.time(claim).map(|time| time.kind);
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

/// True for claims that are not confined to different groups. An age says by itself for whom it is: a child under six is no other group.
fn is_one_group(a: &Claim, b: &Claim) -> bool {
    let is_age = a.slot == Slot::Age && b.slot == Slot::Age;
    a.population == b.population || is_age && (a.population == 0 || b.population == 0)
}

/// By what factor two ages differ from which on the same is advised: “from nine months”, “not under twelve months”.
fn earliest(facts: &Facts, a: &Claim, b: &Claim) -> Option<f64> {
    let from = |claim: &Claim| {
        let bound = facts.time(claim).filter(|_| claim.slot == Slot::Age)?.bound;
        match (claim.stance, bound) {
            (Stance::Permit | Stance::Require, Bound::Min) => Some(claim.interval.lo),
            (Stance::Forbid, Bound::Max) => claim.interval.hi,
            _ => None,
        }
    };
    let (a, b) = (from(a)?, from(b)?);
    Some(a.max(b) as f64 / a.min(b).max(1) as f64)
}

/// By what factor the ends of two stretches that share nothing lie apart; `None` where they meet.
pub(super) fn ratio(a: Interval, b: Interval) -> Option<f64> {
    if a.overlaps(b) {
        return None;
    }
    let (low, high) = if a.lo < b.lo { (a, b) } else { (b, a) };
    let end = low.hi?.max(1);
    Some(high.lo as f64 / end as f64)
}
