//! What has no number of its own: at once and the same day, times of day, until something happens, over time.

use super::amount::Amount;
use super::grammar::Grammar;
use super::piece::{Gap, MILLION};
use super::prefix::Prefix;
use super::role::Role;
use super::{Bound, Interval, Kind, Lead, Side, Time};

/// Words of what something lasts until, at most.
const MOST_OF_CLAUSE: usize = 12;
const HOUR: i64 = 3600;
/// What happens within minutes takes fewer than so many, in millionths.
const MANY: i64 = 10 * MILLION;

impl Grammar<'_> {
    /// `immediately`, `the next day`, `the night before`.
    pub fn zero(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (zero, end) = self.sense(at, Role::Zero)?;
        let side = self.side(end).filter(|_| self.is_spaced(end));
        // “the night before”: the side is the last word of the phrase.
        let inner = end.checked_sub(1).filter(|last| *last > at).and_then(|last| self.side(last));
        let (side, end) = side.or(inner.map(|(side, _)| (side, end))).unwrap_or((Side::Unsaid, end));
        let mut time = prefix.time(self, end, Kind::Length, Bound::Zero, Some(zero.value));
        time.side = side;
        Some((time, end))
    }

    /// `9 a.m.`, `5:30 pm`, `midnight`, and from one to another.
    pub fn clock(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (first, mut end) = self.time_of_day(at, prefix.lead).or_else(|| self.hour_before_range(at))?;
        let mut whole = Interval::new(first, first);
        if let Some(next) = self.joint(end, true)
            && let Some((second, after)) = self.time_of_day(next, prefix.lead)
        {
            // From ten at night to six is into the next day.
            let hi = if second < first { second + 24 * HOUR } else { second };
            (whole, end) = (Interval { lo: first, hi: Some(hi) }, after);
        }
        Some((prefix.time(self, end, Kind::Clock, Bound::Clock, Some(whole)), end))
    }

    fn time_of_day(&self, at: usize, lead: Lead) -> Option<(i64, usize)> {
        if let Some((hour, end)) = self.sense(at, Role::HourOfDay) {
            return Some((hour.value.lo * HOUR, end));
        }
        let written = self.pieces.get(at)?.number;
        let is_led =
            matches!(lead, Lead::At | Lead::Until | Lead::By | Lead::Before | Lead::After | Lead::From | Lead::Between);
        let is_one = |amount: &Amount| !amount.is_article && !amount.is_vague && amount.least == amount.most;
        let in_words = || self.number(at).filter(|(amount, _)| is_led && is_one(amount));
        let (number, next) =
            written.map(|number| (number, at + 1)).or_else(|| in_words().map(|(amount, end)| (amount.least, end)))?;
        let minutes = |at: usize| {
            let minutes = self.pieces.get(at).filter(|piece| piece.gap == Gap::COLON)?.number? / MILLION;
            (0..60).contains(&minutes).then_some(minutes)
        };
        let (hour, minutes, end, has_minutes) = match minutes(next) {
            Some(minutes) => (number / MILLION, minutes, next + 1, true),
            None => (number / MILLION, number % MILLION * 100 / MILLION, next, false),
        };
        let seconds = |hour: i64| hour * HOUR + minutes * 60;
        // “Take one in the morning” tells no hour, “before one in the morning” does.
        let is_phrase = self.any(end, &[Role::In, Role::At]).is_some();
        let of_day = self.sense(end, Role::PartOfDay).filter(|_| is_led || !is_phrase);
        if let Some((part, end)) = of_day.filter(|_| self.is_bound(end) && (0..=12).contains(&hour)) {
            return Some((seconds(hour % 12 + part.value.lo), end));
        }
        if let Some(end) = self.role(end, Role::OClock).filter(|_| self.is_bound(end) && (0..=24).contains(&hour)) {
            return Some((seconds(hour), end));
        }
        (has_minutes && is_led && (0..=24).contains(&hour)).then_some((seconds(hour), end))
    }

    /// The `9` of `9 to 5pm`.
    fn hour_before_range(&self, at: usize) -> Option<(i64, usize)> {
        let hour = self.pieces.get(at)?.number.filter(|hour| hour % MILLION == 0)? / MILLION;
        self.time_of_day(self.joint(at + 1, true)?, Lead::None)
            .filter(|_| (0..=12).contains(&hour))
            .map(|_| (hour * HOUR, at + 1))
    }

    /// `in the coming weeks`, `for days`, `over time`, `hours to days`.
    pub fn vague(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        if let Some(end) = self.role(at, Role::Vague) {
            return Some((prefix.time(self, end, Kind::Length, Bound::Event, None), end));
        }
        if let Some((range, end)) = self.bare_range(at) {
            let mut time = prefix.time(self, end, Kind::Length, Bound::Range, Some(range));
            let (tail, end) = self.tail(end);
            (time.words.end, time.side) = (self.words(at, end).end, tail.side);
            return Some((time, end));
        }
        let next = self.role(at, Role::Next).filter(|end| self.is_spaced(*end));
        let (unit, end) = self.unit(next.unwrap_or(at)).filter(|(unit, _)| unit.is_many)?;
        let side = self.side(end).filter(|_| self.is_spaced(end));
        if prefix.lead == Lead::Within && next.is_none() && !prefix.has_determiner {
            let (side, end) = side.unwrap_or((Side::Unsaid, end));
            let within = Interval { lo: 0, hi: unit.value.times(MANY, MANY).hi };
            let mut time = prefix.time(self, end, Kind::Length, Bound::Max, Some(within));
            (time.side, time.is_approximate) = (side, true);
            return Some((time, end));
        }
        let is_vague = match (prefix.lead, next) {
            (_, Some(_)) | (Lead::For, _) => !prefix.has_determiner || next.is_some(),
            (Lead::In | Lead::During | Lead::Over | Lead::Within, _) => side.is_some() && prefix.has_determiner,
            _ => side.is_some() && (prefix.has_determiner || unit.value.lo > HOUR && at == prefix.start),
        };
        let (side, end) = side.unwrap_or((Side::Unsaid, end));
        let mut time = prefix.time(self, end, Kind::Length, Bound::Event, None);
        time.side = side;
        is_vague.then_some((time, end))
    }

    /// `until healed`, with the number that a bracket or a comma adds.
    pub fn event(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        if prefix.lead != Lead::Until || prefix.limit.is_some() || !self.is_spaced(at) || at + 1 >= self.pieces.len() {
            return None;
        }
        let end = self.clause_end(at);
        let mut time = prefix.time(self, end, Kind::Length, Bound::Event, None);
        let gap = self.gap(end);
        if gap.has(Gap::OPEN.or(Gap::COMMA).or(Gap::DASH)) {
            let (told, core) = self.prefix(end);
            let length = self.length(core, false).filter(|_| gap.has(Gap::OPEN) || told.is_approximate);
            if let Some((length, after)) =
                length.filter(|(_, after)| !gap.has(Gap::OPEN) || self.gap(*after).has(Gap::CLOSE))
            {
                time.words.end = self.words(at, after).end;
                time.interval = Some(length.whole);
                time.is_approximate = true;
                return Some((time, after));
            }
        }
        Some((time, end))
    }

    /// Where the few words end that say what happens.
    pub fn clause_end(&self, start: usize) -> usize {
        let last = self.pieces.len().saturating_sub(1).min(start + MOST_OF_CLAUSE);
        let goes_on = |at: &usize| {
            let breaks = !self.is_bound(*at) || self.role(*at, Role::Clause).is_some();
            !breaks && self.simple(*at).is_none()
        };
        let more = (start + 1..last).take_while(goes_on).count();
        (start + 1 + more).min(last)
    }

    /// A length or a place in a row that a clause must not swallow.
    fn simple(&self, at: usize) -> Option<usize> {
        let (prefix, core) = self.prefix(at);
        let length = self.length(core, false).map(|(_, end)| end);
        length.or_else(|| self.row(&prefix, core).map(|(_, end)| end))
    }
}
