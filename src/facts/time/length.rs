//! Lengths of time: a number with a unit, compounds, ranges with a unit on both sides.

use super::amount::Amount;
use super::grammar::Grammar;
use super::piece::{Gap, MILLION};
use super::prefix::{Limit, Prefix};
use super::role::Role;
use super::vocabulary::Sense;
use super::{Bound, Interval, Kind, Lead, Side, Time};

/// A length of time, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub whole: Interval,
    pub amount: Amount,
    /// The unit, the one after the last number.
    pub unit: Interval,
    /// True for two numbers and vague ones.
    pub is_range: bool,
}

/// What `hours to days` means of each unit, in millionths: a few.
const FEW: (i64, i64) = (2 * MILLION, 5 * MILLION);
/// Words that add nothing between number and unit, at most.
const MOST_FILLERS: usize = 3;
/// What may stand between a number and its unit.
const TO_UNIT: Gap = Gap::SPACE.or(Gap::HYPHEN).or(Gap::GLUE).or(Gap::PLUS);
/// A day, the unit that is counted by the week.
const DAY: Interval = Interval { lo: 86_400, hi: Some(86_400) };

impl Grammar<'_> {
    /// A length with its bounds and tail.
    pub fn lasting(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (length, end) = self.length(at, prefix.lead == Lead::Between)?;
        if length.amount.is_article && at == prefix.start && self.is_per(at, end) {
            return None;
        }
        if let Some((period, after)) = self.per_unit(end).filter(|_| !length.amount.is_article) {
            return self.each(prefix, &length, period, after);
        }
        let (tail, after) = self.tail(end);
        if prefix.lead == Lead::From
            && tail.side == Side::Before
            && let Some(found) = self.around(prefix, &length, after)
        {
            return Some(found);
        }
        if tail.is_apart || prefix.is_interval || self.is_between_what(after, prefix) {
            let whole = match prefix.limit {
                Some(Limit::Min | Limit::Over) => Interval { hi: None, ..length.whole },
                Some(_) => Interval { lo: 0, ..length.whole },
                None => length.whole,
            };
            return Some((prefix.time(self, after, Kind::Rate, Bound::Every, Some(whole)), after));
        }
        let is_open = tail.is_open || length.amount.is_open;
        let limited = prefix.limited(&super::tail::Tail { is_open, ..tail }, length.whole, length.is_range);
        let bound = if tail.is_event { Bound::Event } else { limited.0 };
        let is_age = tail.is_age || self.is_population_before(prefix.start) && prefix.limit.is_some();
        let kind = if is_age { Kind::Age } else { Kind::Length };
        let mut time = prefix.time(self, after, kind, bound, Some(limited.1));
        (time.named, time.side) = (limited.2, tail.side);
        time.is_approximate |= tail.is_approximate;
        // Whoever counts down to an event begins with the greater number.
        time.is_reversed = length.amount.is_reversed && !matches!(tail.side, Side::Before | Side::Both);
        Some((time, after))
    }

    /// A length, without anything round it.
    pub fn length(&self, at: usize, and_joins: bool) -> Option<(Length, usize)> {
        let (first, end) = self.simple_length(at, and_joins)?;
        let compound = self.compound(&first, end, and_joins);
        if let Some(found) = compound {
            return Some(found);
        }
        if let Some(found) = self.or_two(&first, end) {
            return Some(found);
        }
        let joined = self.joint(end, and_joins).and_then(|next| self.other_end(&first, next));
        Some(joined.unwrap_or((first, end)))
    }

    fn simple_length(&self, at: usize, and_joins: bool) -> Option<(Length, usize)> {
        let (amount, end) = self.amount(at, and_joins)?;
        let mut unit_at = end;
        for _ in 0..MOST_FILLERS {
            unit_at = if unit_at == end && !self.gap(end).is_only(TO_UNIT) {
                unit_at
            } else {
                self.past(unit_at, Role::Filler)
            };
        }
        let (unit, after) = self.unit(unit_at)?;
        let is_near = self.gap(unit_at).is_only(TO_UNIT) || self.gap(unit_at) == Gap::DASH;
        let is_second = unit.value.hi == Some(1) && !unit.is_many && amount.is_article;
        let is_odd = amount.is_article && unit.is_many || is_second || amount.is_year();
        let is_said_of_nobody =
            amount.is_one() && !amount.is_digits && self.is_spaced(after) && self.role(after, Role::Whoever).is_some();
        let is_compound = amount.is_one() && self.role(unit_at, Role::Nothing).is_some();
        if !is_near || is_odd || is_compound || is_said_of_nobody && !amount.is_article {
            return None;
        }
        let whole = unit.value.times(amount.least, amount.most);
        Some((Length { whole, amount, unit: unit.value, is_range: amount.is_range }, after))
    }

    /// A unit; `day(s)` too.
    pub fn unit(&self, at: usize) -> Option<(Sense, usize)> {
        let (unit, end) = self.sense(at, Role::Unit)?;
        let is_bracket = self.gap(end) == Gap::OPEN && self.gap(end + 1).has(Gap::CLOSE);
        let ending = self.role(end, Role::PluralEnding).filter(|_| is_bracket);
        Some(ending.map_or((unit, end), |end| (Sense { is_many: true, ..unit }, end)))
    }

    /// `2 hours and 30 minutes`, `1 hr 20 min`, `an hour and a half`.
    fn compound(&self, first: &Length, end: usize, and_joins: bool) -> Option<(Length, usize)> {
        if first.is_range {
            return None;
        }
        let longer = |more: Interval, after: usize| Some((Length { whole: first.whole.plus(more), ..*first }, after));
        if let Some(after) =
            self.role(end, Role::AndAHalf).filter(|_| self.is_bound(end) && self.unit(end + 3).is_none())
        {
            return longer(first.unit.times(MILLION / 2, MILLION / 2), after);
        }
        if and_joins {
            return None;
        }
        let and = self.past(end, Role::And);
        let (more, after) = self.simple_length(and, false).filter(|_| self.is_bound(end) && self.is_bound(and))?;
        let is_smaller =
            more.unit.hi.is_some_and(|hi| hi < first.unit.lo) && more.whole.hi.is_some_and(|hi| hi < first.unit.lo);
        let is_plain = !more.is_range && (and > end || more.amount.is_digits && first.amount.is_digits);
        if is_smaller && is_plain && self.per_unit(after).is_none() { longer(more.whole, after) } else { None }
    }

    /// `a day or two`, `an hour or two`.
    fn or_two(&self, first: &Length, end: usize) -> Option<(Length, usize)> {
        let or = self.role(end, Role::Or).filter(|_| first.amount.is_one() && self.is_spaced(end))?;
        let (second, after) =
            self.number(or).filter(|(amount, _)| self.is_spaced(or) && !amount.is_article && amount.most > MILLION)?;
        let goes_on = [Role::Times, Role::Dose, Role::Session].iter().any(|role| self.role(after, *role).is_some());
        if goes_on || self.simple_length(or, false).is_some() {
            return None;
        }
        let most = first.unit.times(second.least, second.most);
        Some((Length { whole: first.whole.hull(most), is_range: true, ..*first }, after))
    }

    /// `week`, `day or two`, without a number before them.
    pub fn one_unit(&self, at: usize) -> Option<(Length, usize)> {
        let (unit, end) = self.unit(at).filter(|(unit, _)| !unit.is_many && self.role(at, Role::Nothing).is_none())?;
        let first = Length { whole: unit.value, amount: Amount::article(), unit: unit.value, is_range: false };
        Some(self.or_two(&first, end).unwrap_or((first, end)))
    }

    /// The longer end of a range that has units on both sides: `six months to a year`, `a few hours to days`.
    fn other_end(&self, first: &Length, at: usize) -> Option<(Length, usize)> {
        if let Some((second, after)) = self.simple_length(at, false) {
            let (second, after) = self.compound(&second, after, false).unwrap_or((second, after));
            let is_longer = second.whole.hi > first.whole.hi && self.per_unit(after).is_none();
            let unit = second.unit;
            return is_longer
                .then_some((Length { whole: first.whole.hull(second.whole), unit, is_range: true, ..*first }, after));
        }
        let (unit, after) = self.unit(at).filter(|(unit, _)| unit.is_many && unit.value.lo > first.unit.lo)?;
        let most = unit.value.times(FEW.0, FEW.1);
        Some((Length { whole: first.whole.hull(most), unit: unit.value, is_range: true, ..*first }, after))
    }

    /// `hours to days`, `weeks or months`: a few of each.
    pub fn bare_range(&self, at: usize) -> Option<(Interval, usize)> {
        let (first, end) = self.unit(at).filter(|(unit, _)| unit.is_many)?;
        let next = self.joint(end, false)?;
        let (second, after) = self.unit(next).filter(|(unit, _)| unit.is_many && unit.value.lo > first.value.lo)?;
        Some((first.value.times(FEW.0, FEW.1).hull(second.value.times(FEW.0, FEW.1)), after))
    }

    /// `5 days a week` is a rate, `8 hours a night` a length, `24 hours a day` nothing.
    fn each(&self, prefix: &Prefix, length: &Length, period: Interval, end: usize) -> Option<(Time, usize)> {
        if length.unit == DAY && period.lo > DAY.lo {
            let spacing = prefix.spaced(length.amount, period);
            return Some((prefix.time(self, end, Kind::Rate, Bound::Every, Some(spacing)), end));
        }
        if length.whole.hi >= period.hi {
            return None;
        }
        let limited = prefix.limited(&super::tail::Tail::default(), length.whole, length.is_range);
        let mut time = prefix.time(self, end, Kind::Length, limited.0, Some(limited.1));
        (time.named, time.side) = (limited.2, Side::Each);
        Some((time, end))
    }

    /// `from 1 day before to 6 days after`.
    fn around(&self, prefix: &Prefix, first: &Length, at: usize) -> Option<(Time, usize)> {
        let to = [Role::To, Role::Until, Role::UpTo]
            .iter()
            .find_map(|role| self.role(at, *role))
            .filter(|_| self.is_spaced(at))?;
        let (second, end) = self.length(to, false)?;
        let (tail, end) = self.tail(end);
        let whole = Interval { lo: first.whole.hi?.saturating_neg(), hi: second.whole.hi };
        let mut time = prefix.time(self, end, Kind::Length, Bound::Range, Some(whole));
        time.side = Side::Both;
        (tail.side == Side::After).then_some((time, end))
    }

    /// True for the `a day` of `10 cigarettes a day` and `$40 a month`: a number shortly before, nothing that leads in, no event after.
    fn is_per(&self, at: usize, end: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let counts = |at: usize| {
            self.pieces.get(at).is_some_and(|p| p.number.is_some()) || self.sense(at, Role::Number).is_some()
        };
        let near = (at.saturating_sub(6)..at).rev().take_while(|at| self.is_bound(at + 1));
        let anchors = [Role::BeforeTail, Role::AfterTail, Role::Ago, Role::Apart];
        let leads_in = self.role(before, Role::Leads).is_some() || self.prefix(before).1 > before;
        !leads_in && self.any(end, &anchors).is_none() && near.into_iter().any(counts)
    }

    /// True before `between doses`: what was read is a spacing.
    fn is_between_what(&self, at: usize, prefix: &Prefix) -> bool {
        let end = self.role(at, Role::Between).filter(|_| self.is_spaced(at) && prefix.lead != Lead::Between);
        end.is_some_and(|end| self.amount(end, false).is_none_or(|(amount, _)| amount.is_article))
    }
}
