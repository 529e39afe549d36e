//! What no reader holds against each other: one time in other words, one stage behind the other, other questions.

use super::compare::is_one_measure;
use super::of_sentences;
use super::same::subjects;
use crate::facts::claim::{Modality, Slot, Stance};
use crate::facts::time::{Bound, Kind, Lead, Side, Time};
use crate::facts::{Claim, Facts};
use crate::language::Interval;

/// A year has 365 or 366 days: ages no further apart are one.
const ROUNDED: f64 = 1.01;
/// In seconds; older people are not told by the month.
const TODDLER: i64 = 3 * 366 * 86_400;
/// Times no further apart, told in weeks and in months, are one.
const SAME_TIME: f64 = 1.12;
/// Ages no further apart, told in months and in years, are one.
const SAME_AGE: f64 = 1.05;

/// In seconds; what lasts longer is no single go.
const ONE_GO: i64 = 4 * 3600;

/// A reason, which stands between two claims.
type Reason = fn(&Facts, &Claim, &Claim) -> bool;
/// Reasons of two claims,
const OF_BOTH: [Reason; 7] =
    [are_one_dose, are_open_windows, are_one_day, are_one_age, are_one_time, agree_otherwise, begin_at_once];
/// and of one beside the other.
const OF_ONE: [Reason; 8] = [
    is_past_age,
    is_past_event,
    is_past_ban,
    is_within_limit,
    is_one_go,
    is_before_full,
    begins_and_lasts,
    lasts_as_long,
];

/// True for two claims that no reader holds against each other: of one sentence or copy, asked, of one time, or equal.
pub(super) fn are_apart(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let told = |claim: &Claim| facts.time(claim).map(|time| (time.interval, time.bound == Bound::Standing));
    a.sentence == b.sentence
        || a.time == b.time
        || a.is_question
        || b.is_question
        || told(a) == told(b)
        || OF_BOTH.iter().any(|is_so| is_so(facts, a, b))
        || OF_ONE.iter().any(|is_so| is_so(facts, a, b) || is_so(facts, b, a))
}

/// True where something need not be at once: any other time is left open.
pub(super) fn leaves_time(facts: &Facts, claim: &Claim) -> bool {
    let time = facts.time(claim);
    claim.modality == Modality::Denied && time.is_some_and(|time| time.bound == Bound::Zero)
}

/// True for a length and the day on which it ends: “after a week” and “on day seven”, but not “from week two on”.
fn are_one_day(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let is =
        |one: Option<&Time>, bound: Bound| one.is_some_and(|time| time.kind == Kind::Length && time.bound == bound);
    let (of_a, of_b) = (facts.time(a), facts.time(b));
    let are_day_and_length =
        is(of_a, Bound::Index) && is(of_b, Bound::Exact) || is(of_a, Bound::Exact) && is(of_b, Bound::Index);
    let is_closed = |interval: Interval| interval.hi.is_some();
    let meet = of_a.zip(of_b).and_then(|(a, b)| {
        let (a, b) = (a.interval?, b.interval?);
        Some(is_closed(a) && is_closed(b) && a.overlaps(b))
    });
    are_day_and_length && meet == Some(true)
}

/// True for two beginnings at once, however that is put: as soon as you can, without waiting.
fn begin_at_once(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let is_at_once = |claim: &Claim| {
        let is_length = facts.time(claim).is_some_and(|time| time.kind == Kind::Length);
        let is_leave = matches!(claim.stance, Stance::Permit | Stance::Require);
        is_length && is_leave && claim.slot == Slot::Start && claim.interval.lo == 0
    };
    is_at_once(a) && is_at_once(b)
}

/// True for two stretches of time from now on, one of them vague: “within a week” and “over the next few weeks”.
fn are_open_windows(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let window = |claim: &Claim| {
        let time = facts.time(claim).filter(|_| claim.stance != Stance::Forbid)?;
        let is_vague = time.bound == Bound::Range && matches!(time.lead, Lead::Over | Lead::During);
        let is_window = is_vague || matches!(time.bound, Bound::Max | Bound::Window);
        (is_window && time.kind == Kind::Length).then_some(is_vague)
    };
    window(a).zip(window(b)).is_some_and(|(a, b)| a || b)
}

/// True for two doses that meet as they were named, where neither is a limit: “two litres” and “two to three litres”.
fn are_one_dose(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let dose = |claim: &Claim| {
        let time = facts.time(claim)?;
        let is_limit = matches!(time.bound, Bound::Min | Bound::Max);
        matches!(time.kind, Kind::Dose { .. }).then_some(time.interval?).filter(|_| !is_limit)
    };
    dose(a).zip(dose(b)).is_some_and(|(a, b)| a.overlaps(b)) && is_one_measure(facts, a, b)
}

/// True for one length or rate in other units, three months and twelve weeks, and for two that leave room for each other: six to twelve months, and
/// after nine. What is banned for a time may not be ordered for the same time.
fn are_one_time(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let time = |claim: &Claim| {
        let time = facts.time(claim).filter(|time| time.bound != Bound::Standing)?;
        let is_told = matches!(time.kind, Kind::Length | Kind::Rate);
        Some((time, time.interval.filter(|_| is_told)?))
    };
    let Some(((of_a, within_a), (of_b, within_b))) = time(a).zip(time(b)) else { return false };
    let named = |time: &Time, interval: Interval| time.named.unwrap_or(interval);
    let (named_a, named_b) = (named(of_a, within_a), named(of_b, within_b));
    let near = |a: i64, b: i64| a.max(b) as f64 <= a.min(b) as f64 * SAME_TIME;
    let are_near = near(named_a.lo, named_b.lo)
        && named_a.hi.is_some() == named_b.hi.is_some()
        && named_a.hi.zip(named_b.hi).is_none_or(|(a, b)| near(a, b));
    let is_ban = |claim: &Claim| claim.stance == Stance::Forbid;
    // A ban and leave for one time share no day of it.
    let are_opposite = is_ban(a) != is_ban(b);
    let is_zero = |time: &Time| time.bound == Bound::Zero;
    let is_value = |claim: &Claim| claim.stance == Stance::Value;
    let may_overlap = !is_ban(a)
        && !is_ban(b)
        && match of_a.kind {
            Kind::Rate => within_a.lo.min(within_b.lo) > 0 && within_a.hi.is_some() && within_b.hi.is_some(),
            // “The next day” is a day later, give or take a half.
            _ if is_zero(of_a) || is_zero(of_b) => is_zero(of_a) != is_zero(of_b) && named_a.lo.min(named_b.lo) > 0,
            _ => is_value(a) && is_value(b) && a.slot == b.slot && of_a.side == of_b.side,
        };
    of_a.kind == of_b.kind && !are_opposite && (are_near || may_overlap && within_a.overlaps(within_b))
}

/// True where two sentences name one time, and of these claims one is of another question: for whom.
fn agree_otherwise(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let is_age = |claim: &Claim| facts.time(claim).is_some_and(|time| time.kind == Kind::Age);
    let of = |claim: &Claim| of_sentences(facts, claim.sentence..claim.sentence + 1);
    is_age(a) != is_age(b) && of(a).any(|one| of(b).any(|other| are_one_time(facts, one, other)))
}

/// True for an amount beside the most that may be taken of it, in a day or at all, where it is no more than that.
fn is_within_limit(facts: &Facts, amount: &Claim, limit: &Claim) -> bool {
    let Some((of_amount, of_limit)) = facts.time(amount).zip(facts.time(limit)) else { return false };
    let is_of_one = match (of_amount.kind, of_limit.kind) {
        (Kind::Dose { measure, .. }, Kind::Dose { measure: other, .. }) => measure == other,
        (Kind::Count { noun }, Kind::Count { noun: other }) => noun == other,
        _ => false,
    };
    let is_rate = |kind: Kind| matches!(kind, Kind::Dose { per: Some(_), .. });
    // How often that much is taken is told beside it.
    let is_often = || {
        of_sentences(facts, amount.sentence..amount.sentence + 1)
            .filter_map(|claim| facts.time(claim))
            .any(|time| matches!(time.kind, Kind::Rate | Kind::Moment(_) | Kind::Count { .. }))
    };
    let most = of_limit.interval.and_then(|limit| limit.hi);
    let named = of_amount.interval.map(|amount| amount.hi.unwrap_or(amount.lo).max(amount.lo));
    is_of_one
        && of_limit.bound == Bound::Max
        && limit.stance != Stance::Value
        && of_amount.bound != Bound::Max
        && amount.stance != Stance::Forbid
        && named.zip(most).is_some_and(|(named, most)| named <= most)
        && (is_rate(of_amount.kind) || !is_rate(of_limit.kind) || !is_often())
}

/// True for leave that begins when a ban has ended, told in other units.
fn is_past_ban(facts: &Facts, ban: &Claim, leave: &Claim) -> bool {
    let is_told = |time: &&Time| matches!(time.kind, Kind::Length | Kind::Age);
    let time = |claim: &Claim| facts.time(claim).filter(is_told);
    let Some((of_ban, of_leave)) = time(ban).zip(time(leave)) else { return false };
    let is_of_old =
        |time: &Time| time.kind == Kind::Age && time.interval.is_none_or(|age| age.hi.unwrap_or(age.lo) > TODDLER);
    if is_of_old(of_ban) || is_of_old(of_leave) {
        return false;
    }
    let named = of_ban.named.or(of_ban.interval);
    let is_least = of_ban.bound == Bound::Min;
    let end = named.and_then(|named| if is_least { Some(named.lo) } else { named.hi });
    let is_begun = matches!(leave.slot, Slot::Start | Slot::Age);
    let is_leave =
        leave.stance == Stance::Permit || is_least && ban.slot == Slot::Start && leave.stance != Stance::Forbid;
    let is_pair = ban.stance == Stance::Forbid && is_leave && is_begun;
    let is_limit = of_ban.bound != Bound::Standing;
    is_pair
        && is_limit
        && of_leave.side != Side::Before
        && of_ban.side != Side::Before
        && end.is_some_and(|end| leave.interval.lo as f64 * SAME_TIME >= end as f64)
}

/// True for one age in other words: before the first birthday, until twelve months old.
fn are_one_age(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let age = |claim: &Claim| {
        let time = facts.time(claim).filter(|time| time.kind == Kind::Age)?;
        time.interval
    };
    let near = |a: i64, b: i64| a.max(b) as f64 <= a.min(b) as f64 * SAME_AGE;
    let are_near = |(a, b): (Interval, Interval)| {
        near(a.lo, b.lo) && a.hi.is_some() == b.hi.is_some() && a.hi.zip(b.hi).is_none_or(|(a, b)| near(a, b))
    };
    a.stance == b.stance && age(a).zip(age(b)).is_some_and(are_near)
}

/// True where one age ends where the other begins: not under one, safe from one on; invited up to 71, on request after that.
fn is_past_age(facts: &Facts, young: &Claim, old: &Claim) -> bool {
    let age = |claim: &Claim| {
        let time = facts.time(claim).filter(|time| time.kind == Kind::Age)?;
        time.interval
    };
    let is_ban = young.stance == Stance::Forbid && old.stance != Stance::Forbid;
    let is_past = |(young, old): (Interval, Interval)| {
        let is_next = |end: i64| old.hi.is_none() && old.lo as f64 <= end as f64 * ROUNDED;
        young.hi.is_some_and(|end| old.lo as f64 * ROUNDED >= end as f64 && (is_ban || is_next(end)))
    };
    age(young).zip(age(old)).is_some_and(is_past)
}

/// True for how long something is done at a time, or before something, and how often, where the one leaves room for the other: 15 minutes, every two
/// hours.
fn is_one_go(facts: &Facts, go: &Claim, rate: &Claim) -> bool {
    let Some((of_go, of_rate)) = facts.time(go).zip(facts.time(rate)) else { return false };
    let is_before = of_go.side == Side::Before;
    let most = if is_before { i64::MAX } else { ONE_GO };
    let fits = |(go, rate): (Interval, Interval)| go.hi.is_some_and(|longest| longest <= rate.lo.min(most));
    let is_go = of_go.kind == Kind::Length && (is_before || go.slot == Slot::End && go.stance != Stance::Forbid);
    let is_rate = of_rate.kind == Kind::Rate && rate.stance != Stance::Forbid;
    is_go && is_rate && of_go.interval.zip(of_rate.interval).is_some_and(fits)
}

/// True for when something begins to work or show, and when it is at its full.
fn is_before_full(_: &Facts, start: &Claim, full: &Claim) -> bool {
    let is_value = |claim: &Claim| claim.stance == Stance::Value;
    let is_later = full.interval.hi.is_none_or(|hi| start.interval.lo < hi) && start.interval.lo <= full.interval.lo;
    let are_stages = start.slot == Slot::Start && matches!(full.slot, Slot::Full | Slot::Peak);
    are_stages && is_value(start) && is_value(full) && is_later
}

/// True for when something is to be begun, and for how long it goes on.
fn begins_and_lasts(facts: &Facts, begin: &Claim, length: &Claim) -> bool {
    let time = |claim: &Claim| facts.time(claim).filter(|time| time.kind == Kind::Length);
    let Some((of_begin, of_length)) = time(begin).zip(time(length)) else { return false };
    let is_advice = |claim: &Claim| matches!(claim.stance, Stance::Permit | Stance::Require);
    let is_limit = matches!(of_begin.bound, Bound::Standing | Bound::Min | Bound::Max);
    let is_begun = begin.slot == Slot::Start && (begin.is_begun || of_begin.lead == Lead::From) && !is_limit;
    let lasts = length.slot == Slot::End && of_length.lead == Lead::For && of_length.bound != Bound::Standing;
    let share =
        || subjects(facts, begin).iter().any(|one| subjects(facts, length).iter().any(|other| other.term == one.term));
    is_begun && lasts && is_advice(begin) && is_advice(length) && share()
}

/// True for how often something is done beside how long, where its own sentence names that length: three times a day for a week.
fn lasts_as_long(facts: &Facts, rate: &Claim, length: &Claim) -> bool {
    let is_rate = facts.time(rate).is_some_and(|time| time.kind == Kind::Rate) && rate.stance != Stance::Forbid;
    let is_length = facts.time(length).is_some_and(|time| time.kind == Kind::Length && time.bound != Bound::Standing);
    is_rate
        && is_length
        && length.stance != Stance::Forbid
        && of_sentences(facts, rate.sentence..rate.sentence + 1).any(|own| are_one_time(facts, own, length))
}

/// True for a ban before an event, and what is told of the time behind it: no wine for a day before, a glass from the next day on.
fn is_past_event(facts: &Facts, ban: &Claim, other: &Claim) -> bool {
    let time = |claim: &Claim| facts.time(claim).filter(|time| time.kind == Kind::Length);
    let is_behind = |time: &Time| {
        let is_led = matches!(time.lead, Lead::From | Lead::After) && other.stance != Stance::Forbid;
        time.side == Side::After || is_led && time.side == Side::Unsaid
    };
    ban.stance == Stance::Forbid && ban.is_before && time(ban).is_some() && time(other).is_some_and(is_behind)
}
