//! Ages that are told by the word: aged 16 or over, children under 5, the age of 50.

use super::amount::Amount;
use super::grammar::{Grammar, PEOPLE};
use super::piece::{Gap, MILLION};
use super::prefix::{Limit, Prefix};
use super::role::Role;
use super::tail::Tail;
use super::{Bound, Interval, Kind, Lead, Time};

/// An age without a unit is in years, in seconds.
const YEAR: Interval = Interval { lo: 365 * 86_400, hi: Some(366 * 86_400) };
/// Words of a verb between people and their age, at most.
const MOST_OF_VERB: usize = 3;
/// Nobody is older, in years.
const OLDEST: i64 = 120;
/// So near, in words, people stand whose age a bare number is.
const NEAR_PEOPLE: usize = 30;
/// From here on a bare number is no hour of the day.
const NO_HOUR: i64 = 13;

impl Grammar<'_> {
    /// `aged 16 or over`, `between the ages of 18 and 65`, `from the age of 50`.
    pub fn age(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let start = self.role(at, Role::Aged)?;
        let (inner, core) = self.prefix(start);
        let prefix = Prefix {
            limit: prefix.limit.or(inner.limit),
            lead: if prefix.lead == Lead::None { inner.lead } else { prefix.lead },
            is_approximate: prefix.is_approximate || inner.is_approximate,
            ..*prefix
        };
        if let Some((length, end)) = self.length(core, true).filter(|(length, _)| !length.amount.is_article) {
            return self.aged(&prefix, length.whole, &length.amount, end);
        }
        let (amount, end) = self.amount(core, true).filter(|_| self.is_bound(core))?;
        let whole = self.years(&amount, end)?;
        let other = self.joint(end, true).and_then(|next| {
            let (amount, end) = self.number(self.role(self.past(next, Role::Determiner), Role::Aged)?)?;
            Some((self.years(&amount, end)?, end))
        });
        match other {
            // “from age 6 to age 23”.
            Some((last, end)) => {
                let interval = whole.hull(last);
                Some((prefix.time(self, end, Kind::Age, Bound::Range, Some(interval)), end))
            }
            None => self.aged(&prefix, whole, &amount, end),
        }
    }

    /// `before her first birthday`, `between your 50th and 53rd birthdays`.
    pub fn birthday(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (first, end) = self.ordinal(at)?;
        let last =
            self.joint(end, true).map(|next| self.past(next, Role::Determiner)).and_then(|next| self.ordinal(next));
        let (last, end) = last.filter(|(last, _)| *last > first).unwrap_or((first, end));
        let end = self.role(end, Role::Birthday).filter(|_| self.is_spaced(end) && last <= OLDEST)?;
        let (least, most) = (first.saturating_mul(MILLION), last.saturating_mul(MILLION));
        let amount = Amount { is_range: first < last, ..Amount::article().of(least, most) };
        self.aged(prefix, YEAR.times(least, most), &amount, end)
    }

    /// `the under-fives`, `over-sixties`.
    pub fn age_group(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let below = self.sense(at, Role::AgeBelow).map(|group| (group, Limit::Max));
        let ((group, end), limit) = below.or_else(|| Some((self.sense(at, Role::AgeAbove)?, Limit::Over)))?;
        let years = group.value.lo.saturating_mul(MILLION);
        let prefix = Prefix { limit: Some(limit), ..*prefix };
        self.aged(&prefix, YEAR.times(years, years), &Amount::article().of(years, years), end)
    }

    /// `has turned six`, `the year she turns 60`: from then on.
    pub fn turned(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let start = self.role(at, Role::Turned)?;
        let (amount, end) = self.amount(start, false).filter(|_| self.is_spaced(start))?;
        let whole = self.years(&amount, end).filter(|_| !(self.is_spaced(end) && self.is_unknown(end)))?;
        let from = Interval { lo: whole.lo, hi: None };
        Some((prefix.time(self, end, Kind::Age, Bound::Min, Some(from)), end))
    }

    /// `children under 5`, `adults 65 and over`, `the over-65s`: ages without unit.
    pub fn bare_age(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (amount, end) = self.amount(at, prefix.lead == Lead::Between)?;
        let whole = self.years(&amount, end)?;
        let ending =
            self.role(end, Role::PluralEnding).filter(|_| self.gap(end) == Gap::GLUE && prefix.limit.is_some());
        let end = ending.unwrap_or(end);
        let (tail, _) = self.tail(end);
        let is_limited = prefix.limit.is_some() || tail.is_open || tail.is_capped;
        let is_of_people = self.is_said_of_people(prefix.start) && is_limited
            || self.is_somebody_before(prefix.start) && self.is_parted(end)
            // “You must be eighteen to give blood.”
            || self.is_somebody_before(prefix.start) && amount.least >= NO_HOUR * MILLION && self.role(end, Role::To).is_some();
        let is_told = ending.is_some()
            || is_of_people
            || self.is_led_age(prefix, at)
            || tail.is_age && (tail.is_open || tail.is_capped);
        if is_told { self.aged(prefix, whole, &amount, end) } else { None }
    }

    /// True for the number of `nobody needs a swab before 27`, `women are screened from 50 onwards`, `at nineteen you are`: nothing else is counted in
    /// a sentence about people.
    pub fn is_led_age(&self, prefix: &Prefix, at: usize) -> bool {
        let is_led = prefix.limit.is_some()
            || matches!(prefix.lead, Lead::From | Lead::Until | Lead::Before | Lead::After | Lead::At);
        let told = if is_led { self.amount(at, false) } else { None };
        told.is_some_and(|(amount, end)| {
            let is_age =
                (NO_HOUR * MILLION..=OLDEST * MILLION).contains(&amount.least) && self.years(&amount, end).is_some();
            is_age && self.is_parted(self.tail(end).1) && self.has_people_near(at)
        })
    }

    fn has_people_near(&self, at: usize) -> bool {
        (at.saturating_sub(NEAR_PEOPLE)..at + NEAR_PEOPLE).any(|near| self.roles(near).meets(PEOPLE))
    }

    /// True behind `children`, `people aged`.
    pub fn is_population_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|_| self.is_spaced(at));
        before.is_some_and(|before| self.role(before, Role::Population) == Some(at))
    }

    /// True behind `children`, `children of`, `pupils have to be`, `if she is`.
    pub fn is_said_of_people(&self, at: usize) -> bool {
        let of = at.checked_sub(1).filter(|of| self.is_spaced(at) && self.role(*of, Role::Of) == Some(at));
        self.is_population_before(at)
            || of.is_some_and(|of| self.is_population_before(of))
            || self.is_somebody_before(at)
    }

    /// True behind `pupils have to be`, `if she is`.
    fn is_somebody_before(&self, at: usize) -> bool {
        let verbs = at.saturating_sub(MOST_OF_VERB)..at;
        self.is_spaced(at)
            && verbs.into_iter().any(|verb| {
                let is_verb = || self.role(verb, Role::Being) == Some(at) && self.is_population_before(verb);
                self.role(verb, Role::SomebodyIs) == Some(at) || is_verb()
            })
    }

    /// True where a phrase ends: at a mark, or before `and`, `you are`, `for` and the like.
    fn is_parted(&self, end: usize) -> bool {
        let parting = [Role::And, Role::Clause, Role::Whoever, Role::SomebodyIs, Role::For];
        !self.is_bound(end) || self.any(end, &parting).is_some()
    }

    /// `until they are six`, `until a child turns four`.
    pub fn age_reached(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let start = self.role(at, Role::SomebodyIs).or_else(|| {
            let people = self.past(self.past(at, Role::Article), Role::Determiner);
            let is = |verb: usize| self.any(verb, &[Role::Turned, Role::Being]).filter(|_| self.is_spaced(verb));
            let turns = |verb: usize| self.role(verb, Role::Turned).filter(|_| self.is_spaced(verb));
            let people_are = self.role(people, Role::Population).and_then(is);
            people_are.or_else(|| self.role(people, Role::Whoever).and_then(turns))
        })?;
        let (_, core) = self.prefix(start);
        let counted = self.length(core, true).filter(|(length, _)| !length.amount.is_article);
        if let Some((length, end)) = counted.filter(|(_, end)| self.role(*end, Role::Old).is_some()) {
            return self.aged(prefix, length.whole, &length.amount, end);
        }
        let (amount, end) = self.amount(core, false).filter(|_| self.is_spaced(core))?;
        let whole = self.years(&amount, end).filter(|_| self.is_parted(end))?;
        self.aged(prefix, whole, &amount, end)
    }

    /// A number of years that somebody may be old, and that counts nothing else.
    fn years(&self, amount: &Amount, end: usize) -> Option<Interval> {
        let others = [Role::Unit, Role::Dose, Role::Session, Role::Times];
        let is_counted = self.is_bound(end) && others.iter().any(|role| self.role(end, *role).is_some());
        let is_odd =
            amount.is_article || amount.is_vague || amount.most > OLDEST * MILLION || self.gap(end).has(Gap::PERCENT);
        (!is_counted && !is_odd).then(|| YEAR.times(amount.least, amount.most))
    }

    fn aged(&self, prefix: &Prefix, whole: Interval, amount: &Amount, end: usize) -> Option<(Time, usize)> {
        let (tail, after) = self.tail(end);
        let is_open = tail.is_open || amount.is_open;
        let tail = Tail { is_open, ..tail };
        let (bound, interval, named) = match prefix.lead {
            Lead::After if prefix.limit.is_none() => (Bound::Min, Interval { lo: whole.lo, hi: None }, None),
            _ => prefix.limited(&tail, whole, amount.is_range),
        };
        let is_over = prefix.limit == Some(Limit::Over);
        let (bound, interval) =
            if is_over { (Bound::Min, Interval { lo: whole.lo, hi: None }) } else { (bound, interval) };
        let mut time = prefix.time(self, after, Kind::Age, bound, Some(interval));
        (time.named, time.is_approximate) = (named, time.is_approximate | tail.is_approximate);
        Some((time, after))
    }
}
