//! Places in a row: day 3, weeks 4 to 6, the third day.

use super::grammar::Grammar;
use super::piece::{Gap, MILLION};
use super::prefix::{Limit, Prefix};
use super::role::Role;
use super::vocabulary::Sense;
use super::{Bound, Interval, Kind, Lead, Time};

/// Shorter units are not numbered: `hour 3` is a time of day. In seconds.
const LEAST_UNIT: i64 = 86_400;
/// A part of each day, in seconds.
const DAY: Interval = Interval { lo: LEAST_UNIT, hi: Some(LEAST_UNIT) };
/// Higher numbers are no days or weeks of a treatment.
const MOST: i64 = 400;
/// Years are numbered up to here; beyond, they are years of a school or a century.
const MOST_YEARS: i64 = 6;
/// What is no shorter is a year, in seconds.
const YEAR: i64 = 31_000_000;
/// Numbers in one list, at most.
const MOST_LISTED: usize = 4;

/// From one number to another, from 1.
type Numbers = (i64, i64);

/// How far a place in a row reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Plain,
    /// `day 8+`.
    Open,
    /// `day 3 to day 5`: both ends are said.
    Between,
}

impl Grammar<'_> {
    /// A place in a row, or the first, next or last so long.
    pub fn row(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let index = self.ordinal_index(at).or_else(|| self.index(at)).map(|(span, reach, end)| {
            let (tail, end) = self.tail(end);
            let (bound, interval) = placed(prefix, span, if tail.is_open { Reach::Open } else { reach });
            let mut time = prefix.time(self, end, Kind::Length, bound, Some(interval));
            time.named = (interval != span).then_some(span);
            (time.side, time.is_approximate) = (tail.side, time.is_approximate | tail.is_approximate);
            (time, end)
        });
        index.or_else(|| self.window(prefix, at))
    }

    /// `day 3`, `days 4-7`, `week two`, `Day 8+`, `day 3 to day 5`; from its begin to its end.
    fn index(&self, at: usize) -> Option<(Interval, Reach, usize)> {
        let (unit, end) = self.unit(at)?;
        let (numbers, end) = self.listed(end, &unit)?;
        let first = span_of(&unit, numbers)?;
        let reach = if self.gap(end).has(Gap::PLUS) { Reach::Open } else { Reach::Plain };
        let other = self.joint(end, true).and_then(|next| {
            let (unit, end) = self.unit(next)?;
            let (numbers, end) = self.listed(end, &unit)?;
            Some((span_of(&unit, numbers)?, end))
        });
        Some(match other.filter(|(second, _)| second.lo >= first.lo) {
            Some((second, end)) => (first.hull(second), Reach::Between, end),
            None => (first, reach, end),
        })
    }

    /// The numbers behind a unit: `4-7`, `3 and 5`, `1, 2 and 3`.
    fn listed(&self, at: usize, unit: &Sense) -> Option<(Numbers, usize)> {
        let one = |at: usize| {
            let (amount, end) = self.number(at)?;
            let follows = [Role::Unit, Role::Times, Role::Dose, Role::Session, Role::Filler, Role::PartOfDay];
            let is_counted = self.is_bound(end) && follows.iter().any(|role| self.role(end, *role).is_some());
            let is_number = !amount.is_article && !amount.is_vague && amount.least % MILLION == 0;
            (is_number && !is_counted && !self.gap(end).has(Gap::PERCENT.or(Gap::MONEY)))
                .then_some((amount.least / MILLION, end))
        };
        if unit.value.lo < LEAST_UNIT || !self.gap(at).is_only(Gap::SPACE.or(Gap::HYPHEN)) {
            return None;
        }
        let (first, mut end) = one(at)?;
        let mut numbers = (first, first);
        for _ in 1..MOST_LISTED {
            let is_listed =
                self.gap(end).is_only(Gap::COMMA.or(Gap::SPACE).or(Gap::AND)) && !self.gap(end).is_only(Gap::SPACE);
            let next = self.joint(end, true).or(is_listed.then_some(end));
            let Some((number, after)) = next.and_then(one).filter(|(number, _)| *number > numbers.1) else { break };
            (numbers.1, end) = (number, after);
        }
        Some((numbers, end))
    }

    /// `third day`, `2nd week`, `third to fifth day`, `second evening`.
    fn ordinal_index(&self, at: usize) -> Option<(Interval, Reach, usize)> {
        let is_one_more = at.checked_sub(1).is_some_and(|before| self.role(before, Role::Article) == Some(at));
        let (first, end) = self.ordinal(at).filter(|_| !is_one_more)?;
        let second =
            self.joint(end, true).map(|next| self.past(next, Role::Determiner)).and_then(|next| self.ordinal(next));
        let (last, end) = second.filter(|(last, _)| *last > first).unwrap_or((first, end));
        let unit_at = self.past(end, Role::Filler);
        // “By the third evening” is by the third day.
        let part = || self.sense(unit_at, Role::Rate).filter(|(part, _)| part.is_occasion && part.value == DAY);
        let (unit, end) = self
            .unit(unit_at)
            .or_else(part)
            .filter(|(unit, _)| self.is_bound(unit_at) && unit.value.lo >= LEAST_UNIT)?;
        let is_window = last == 1;
        if is_window || unit.is_many && last == first || self.role(unit_at, Role::Nothing).is_some() {
            return None;
        }
        Some((span_of(&unit, (first, last))?, Reach::Plain, end))
    }

    /// `third`, `3rd`, `twenty-first`.
    pub fn ordinal(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(ordinal) = self.pieces.get(at)?.ordinal {
            return Some((ordinal, at + 1));
        }
        let tens =
            self.sense(at, Role::Number).filter(|(tens, _)| tens.value.lo >= 20 && self.gap(at + 1) == Gap::HYPHEN);
        let (tens, at) = tens.map_or((0, at), |(tens, end)| (tens.value.lo, end));
        let (ordinal, end) = self.sense(at, Role::Ordinal)?;
        Some((tens + ordinal.value.lo, end))
    }
}

/// From the beginning of the first to the end of the last, in seconds.
fn span_of(unit: &Sense, (first, last): Numbers) -> Option<Interval> {
    let most = if unit.value.lo >= YEAR { MOST_YEARS } else { MOST };
    let before = (first - 1).max(0).saturating_mul(unit.value.lo);
    let end = unit.value.hi.map(|hi| last.max(1).saturating_mul(hi));
    (first >= 0 && last <= most).then_some(Interval { lo: before, hi: end })
}

/// What a place in a row stands for behind what leads it in.
fn placed(prefix: &Prefix, span: Interval, reach: Reach) -> (Bound, Interval) {
    let from = |lo: i64| Interval { lo, hi: None };
    let up_to = |hi: Option<i64>| Interval { lo: 0, hi };
    match (prefix.limit, prefix.lead) {
        _ if reach == Reach::Between => (Bound::Index, span),
        (Some(Limit::Min | Limit::Over), _) => (Bound::Min, from(span.lo)),
        _ if reach == Reach::Open => (Bound::Index, from(span.lo)),
        (Some(_), _) | (_, Lead::By | Lead::Within | Lead::Until) => (Bound::Max, up_to(span.hi)),
        (None, Lead::Before) => (Bound::Max, up_to(Some(span.lo))),
        (None, Lead::After) => (Bound::Index, from(span.hi.unwrap_or(span.lo))),
        (None, Lead::From) => (Bound::Index, from(span.lo)),
        _ if prefix.is_start => (Bound::Index, from(span.lo)),
        _ => (Bound::Index, span),
    }
}
