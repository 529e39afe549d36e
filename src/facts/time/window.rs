//! The first, the next, the last so long; the rest of the day; the two weeks after something.

use super::grammar::Grammar;
use super::length::Length;
use super::prefix::{Limit, Prefix};
use super::role::Role;
use super::{Bound, Interval, Kind, Lead, Side, Time};

/// From where a window reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    First,
    Next,
    Last,
    /// The event that follows: `the two weeks after surgery`.
    Event,
}

impl Grammar<'_> {
    /// `the first week`, `the next 8 to 12 days`, `the rest of the day`.
    pub fn window(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        if let Some(end) = self.role(at, Role::RestOf) {
            let (unit, end) = self.unit(self.past(end, Role::Determiner)).filter(|(unit, _)| !unit.is_many)?;
            let whole = Interval { lo: 0, hi: unit.value.hi };
            return Some((prefix.time(self, end, Kind::Length, Bound::Window, Some(whole)), end));
        }
        let (from, start) = self.opening(prefix, at)?;
        let is_joined = self.is_bound(start) || start == at;
        let (length, end) = self.counted_or_one(start).filter(|_| is_joined)?;
        let is_plain_unit = length.amount.is_article;
        let (tail, end) = self.tail(end);
        let is_bare = is_plain_unit
            && !prefix.has_determiner
            && (from != From::First || tail.side == Side::Unsaid && prefix.lead == Lead::None);
        let is_anchored = matches!(tail.side, Side::Before | Side::After | Side::Both);
        // “within the hour”, “by the end of the day”.
        let is_deadline = is_plain_unit && prefix.lead == Lead::Within;
        if is_bare && from != From::First || from == From::Event && !is_anchored && !is_deadline {
            return None;
        }
        let (bound, interval) = windowed(prefix, from, &length);
        let mut time = prefix.time(self, end, Kind::Length, bound, Some(interval));
        time.named = (interval != length.whole).then_some(length.whole);
        time.side = if from == From::Last { Side::Ago } else { tail.side };
        time.is_approximate |= tail.is_approximate;
        Some((time, end))
    }

    fn opening(&self, prefix: &Prefix, at: usize) -> Option<(From, usize)> {
        let first = self.ordinal(at).filter(|(ordinal, _)| *ordinal == 1).map(|(_, end)| end);
        if let Some(end) = first.or_else(|| self.role(at, Role::Initial)) {
            return Some((From::First, end));
        }
        if let Some(end) = self.role(at, Role::Next) {
            return Some((From::Next, end));
        }
        if let Some(end) = self.role(at, Role::Last) {
            return Some((From::Last, end));
        }
        prefix.has_determiner.then_some((From::Event, at))
    }

    /// `48 hours`, `week`, `day or two`.
    fn counted_or_one(&self, at: usize) -> Option<(Length, usize)> {
        self.length(at, false).filter(|(length, _)| !length.amount.is_article).or_else(|| self.one_unit(at))
    }
}

fn windowed(prefix: &Prefix, from: From, length: &Length) -> (Bound, Interval) {
    let whole = length.whole;
    let plain = if length.is_range { Bound::Range } else { Bound::Exact };
    let until = Interval { lo: 0, hi: whole.hi };
    match (prefix.limit, prefix.lead) {
        (Some(Limit::Max | Limit::UpTo), _) | (_, Lead::Within | Lead::By) => (Bound::Max, until),
        (_, Lead::After | Lead::Until) if from == From::First => (plain, whole),
        (_, Lead::From) if from == From::First => (Bound::Index, Interval::at_least(0)),
        _ if from == From::Next && length.amount.is_vague => (Bound::Range, whole),
        _ => (Bound::Window, until),
    }
}
