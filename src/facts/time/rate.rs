//! How often: twice a day, every 4 to 6 hours, every other day, daily.

use super::amount::Amount;
use super::grammar::Grammar;
use super::piece::{Gap, MILLION};
use super::prefix::{Limit, Prefix};
use super::role::Role;
use super::{Bound, Interval, Kind, Time};

/// What is no longer than this may be counted by the hour (`4-hourly`), in seconds.
const HOURLY: i64 = 3600;
const DAY: i64 = 24 * HOURLY;
/// Words of what is counted, at most: `two large oily portions a week`.
const MOST_THINGS: usize = 3;

impl Grammar<'_> {
    /// A rate, as the time from one to the next.
    pub fn rate(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (spacing, end) = self.often(prefix, at).or_else(|| {
            let (spacing, end) = self.every(at).or_else(|| self.rate_word(at)).or_else(|| self.hourly(at))?;
            Some((prefix.bounded(spacing), end))
        })?;
        let end = self.past(end, Role::ApproximateTail);
        Some((prefix.time(self, end, Kind::Rate, Bound::Every, Some(spacing)), end))
    }

    /// `daily`, `morning and night`.
    pub fn rate_word(&self, at: usize) -> Option<(Interval, usize)> {
        let (rate, end) = self.sense(at, Role::Rate).filter(|(rate, _)| !rate.is_occasion)?;
        Some((rate.value, end))
    }

    /// `every 4 to 6 hours`, `every other day`, `each week`, `every meal`.
    pub fn every(&self, at: usize) -> Option<(Interval, usize)> {
        let (end, is_each) = match self.role(at, Role::Every) {
            Some(end) => (end, false),
            None => (self.role(at, Role::Each)?, true),
        };
        let end = if is_each { end } else { self.past(end, Role::Approximate) };
        if !self.is_bound(end) {
            return None;
        }
        if let Some((rate, end)) = self.sense(end, Role::Rate).filter(|(rate, _)| rate.is_occasion) {
            return Some((rate.value, end));
        }
        if !is_each && let Some((length, end)) = self.length(end, false) {
            return Some((length.whole, end));
        }
        let double = self.role(end, Role::Other).map(|end| ((2, 2), end));
        let nth = self.ordinal(end).map(|(first, end)| {
            let last = self.joint(end, false).and_then(|next| self.ordinal(next));
            last.map_or(((first, first), end), |(last, end)| ((first, last), end))
        });
        let ((first, last), unit_at) = double.or(nth).unwrap_or(((1, 1), end));
        let unit_at = if unit_at == end { self.past(unit_at, Role::Filler) } else { unit_at };
        // “Every other evening.”
        let occasion = || self.sense(unit_at, Role::Rate).filter(|(rate, _)| rate.is_occasion);
        let counted = self.one_unit(unit_at).map(|(length, end)| (length.whole, end));
        let counted = counted.or_else(|| occasion().map(|(rate, end)| (rate.value, end)));
        let (whole, end) = counted.filter(|_| self.is_bound(unit_at))?;
        Some((whole.times(first.min(last).saturating_mul(MILLION), first.max(last).saturating_mul(MILLION)), end))
    }

    /// `4-hourly`, `two-weekly`.
    fn hourly(&self, at: usize) -> Option<(Interval, usize)> {
        let (amount, end) = self.amount(at, false).filter(|(amount, _)| !amount.is_article)?;
        let (rate, after) =
            self.sense(end, Role::Rate).filter(|(rate, _)| !rate.is_occasion && rate.value.lo != DAY)?;
        let is_joined = if rate.value.lo == HOURLY { self.is_bound(end) } else { self.gap(end) == Gap::HYPHEN };
        is_joined.then_some((rate.value.times(amount.least, amount.most), after))
    }

    /// `twice a day`, `3x daily`, `two to three times per week`, `5 a day`, `eight feeds a day`.
    fn often(&self, prefix: &Prefix, at: usize) -> Option<(Interval, usize)> {
        if let Some((once, end)) = self.so_often(at) {
            let (period, after) = self.period(end)?;
            return Some((prefix.spaced(once, period), after));
        }
        let (amount, end) = self.amount(at, false).filter(|(amount, _)| !amount.is_article)?;
        let times = self.role(end, Role::Times).filter(|_| self.is_bound(end));
        let sign = self.gap(end).has(Gap::TIMES) && self.gap(end).is_only(Gap::TIMES.or(Gap::SPACE));
        let (period, after) = match times {
            Some(end) => self.period(end)?,
            None if sign => self.period_here(end)?,
            None => {
                let period = self.per_unit(end).or_else(|| self.per_unit_of_things(end));
                period.or_else(|| self.in_a_day(end)).filter(|_| !amount.is_year())?
            }
        };
        let is_apart = self.role(after, Role::Apart).is_some();
        (!is_apart).then_some((prefix.spaced(amount, period), after))
    }

    /// The `feeds a day` of `eight feeds a day`: what is counted is no time, dose or session.
    fn per_unit_of_things(&self, at: usize) -> Option<(Interval, usize)> {
        let is_thing = |at: usize| self.is_spaced(at) && (self.is_unknown(at) || self.role(at, Role::Filler).is_some());
        // “Five of these mugs a day.”
        let of = self.role(at, Role::Of).filter(|end| self.is_spaced(at) && self.is_spaced(*end));
        let at = of.map_or(at, |end| self.past(end, Role::Determiner));
        let things = (at..at + MOST_THINGS).take_while(|at| is_thing(*at)).count();
        (1..=things).find_map(|count| self.per_unit(at + count))
    }

    /// The `in 24 hours` of `no more than six in 24 hours`.
    fn in_a_day(&self, at: usize) -> Option<(Interval, usize)> {
        let within = self.any(at, &[Role::Per, Role::In]).filter(|_| self.is_spaced(at))?;
        let (length, end) = self.length(within, false)?;
        (length.whole == Interval::new(DAY, DAY)).then_some((length.whole, end))
    }

    /// `once`, `once or twice`, `twice or three times`.
    fn so_often(&self, at: usize) -> Option<(Amount, usize)> {
        let one = |at: usize| self.sense(at, Role::SoOften);
        let (first, end) = one(at)?;
        let least = first.value.lo.saturating_mul(MILLION);
        let amount = Amount::article().of(least, least);
        let Some(next) = self.joint(end, false) else { return Some((amount, end)) };
        if let Some((second, end)) = one(next) {
            return Some((amount.reaching(second.value.lo.saturating_mul(MILLION)), end));
        }
        let counted = self.number(next).and_then(|(second, end)| Some((second, self.role(end, Role::Times)?)));
        Some(counted.map_or((amount, end), |(second, end)| (amount.reaching(second.most), end)))
    }

    /// The time in which something happens so often, behind `a`, `per`, `every`, a slash or a hyphen.
    pub fn period(&self, at: usize) -> Option<(Interval, usize)> {
        if self.gap(at) == Gap::SLASH {
            self.one_unit(at).map(|(l, end)| (l.whole, end))
        } else {
            self.period_here(at).filter(|_| self.is_bound(at))
        }
    }

    fn period_here(&self, at: usize) -> Option<(Interval, usize)> {
        let counted = |at: usize| self.length(at, false).map(|(length, end)| (length.whole, end));
        self.every(at).or_else(|| self.rate_word(at)).or_else(|| self.per_unit_here(at)).or_else(|| {
            let within = self.any(at, &[Role::Per, Role::In, Role::Within, Role::Over, Role::During, Role::Spread])?;
            counted(self.past(within, Role::Determiner))
        })
    }

    /// `a day`, `per week`, `/month`.
    pub fn per_unit(&self, at: usize) -> Option<(Interval, usize)> {
        match self.gap(at) == Gap::SLASH {
            true => self.unit(at).map(|(unit, end)| (unit.value, end)),
            false => self.per_unit_here(at).filter(|_| self.is_bound(at)),
        }
    }

    fn per_unit_here(&self, at: usize) -> Option<(Interval, usize)> {
        let end = self.any(at, &[Role::Per, Role::Article, Role::Each])?;
        let (unit, end) = self.unit(end).filter(|(unit, _)| !unit.is_many && self.is_bound(end))?;
        // “two treatments a month apart”, “an hour a week later”.
        let is_anchored = self.any(end, &[Role::Apart, Role::BeforeTail, Role::AfterTail, Role::Or]).is_some();
        (!is_anchored || self.role(at, Role::Per).is_some()).then_some((unit.value, end))
    }
}

impl Prefix {
    /// From one to the next where so many fall into a period; `at least` so many is at most so long.
    pub fn spaced(&self, amount: Amount, period: Interval) -> Interval {
        let spacing = period.shared_by(amount.least, amount.most);
        match self.limit {
            _ if amount.is_open => Interval { lo: 0, ..spacing },
            Some(Limit::Min | Limit::Over) => Interval { lo: 0, ..spacing },
            Some(Limit::Max | Limit::UpTo) => Interval { hi: None, ..spacing },
            None => spacing,
        }
    }

    /// The time from one to the next; `at least every two hours` is at most two.
    fn bounded(&self, spacing: Interval) -> Interval {
        match self.limit {
            Some(Limit::Min | Limit::Over) => Interval { lo: 0, ..spacing },
            Some(Limit::Max | Limit::UpTo) => Interval { hi: None, ..spacing },
            None => spacing,
        }
    }
}
