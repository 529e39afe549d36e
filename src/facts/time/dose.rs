//! Doses and numbers of sessions.

use super::amount::Amount;
use super::grammar::Grammar;
use super::piece::Gap;
use super::prefix::Prefix;
use super::role::Role;
use super::tail::Tail;
use super::{Bound, Interval, Kind, Lead, Time};

/// Between a dose and its period may stand what is taken: `of folic acid`; so many words at most.
const MOST_OF_SUBSTANCE: usize = 4;
/// What a percentage is called in the lexicon.
const PERCENT: &str = "percent";
/// What may stand between a number and its measure.
const TO_MEASURE: Gap = Gap::SPACE.or(Gap::HYPHEN).or(Gap::GLUE).or(Gap::PLUS);
/// Doses are kept in thousandths.
const THOUSAND: i64 = 1000;
/// What is counted where nothing says it.
const UNNAMED: u16 = u16::MAX;
/// From here on a place in a row without a noun is one of sessions: “the first” and “the second” are of anything.
const FEWEST_UNNAMED: i64 = 3;
/// In seconds; a dose in less is taken at once.
const DAY: i64 = 86_400;

impl Grammar<'_> {
    /// `50 mg`, `two tablets`, `8 glasses of water a day`, `5% lidocaine`.
    pub fn dose(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (amount, end) = self.amount(at, prefix.lead == Lead::Between)?;
        let (measure, value, end) = self.measure(&amount, end)?;
        let (period, after) = self.taken_in(end).map_or((None, end), |(period, end)| (Some(period), end));
        if amount.is_article && period.is_none() {
            return None;
        }
        let (tail, after) =
            if period.is_some() || !amount.is_range { self.tail_of_count(after) } else { (Tail::default(), after) };
        let thousandths = value.saturating_mul(THOUSAND);
        let whole = Interval::new(thousandths, thousandths).times(amount.least, amount.most);
        let kind = Kind::Dose { measure, per: period };
        Some((self.counted(prefix, &tail, &amount, kind, whole, after), after))
    }

    /// `four to six sessions`; `two sessions a week` is a rate.
    pub fn count(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (amount, end) = self.amount(at, prefix.lead == Lead::Between).filter(|(amount, _)| !amount.is_article)?;
        let noun_at = self.past(end, Role::Filler);
        let noun_at = if self.sense(noun_at, Role::Session).is_none() && self.is_unknown(noun_at) {
            noun_at + 1
        } else {
            noun_at
        };
        let (noun, end) = self
            .sense(noun_at, Role::Session)
            .filter(|_| self.is_spaced(noun_at) || self.gap(noun_at) == Gap::HYPHEN)?;
        let (noun, end) = self.sense(end, Role::Session).filter(|_| self.is_spaced(end)).unwrap_or((noun, end));
        let is_one = amount.is_one() && !amount.is_open;
        let is_plan = self.is_spaced(end) && self.role(end, Role::Plan).is_some();
        if noun.is_many == is_one || is_plan {
            return None;
        }
        if let Some((period, after)) = self.period(end).filter(|(_, after)| self.role(*after, Role::Apart).is_none()) {
            let spacing = prefix.spaced(amount, period);
            return Some((prefix.time(self, after, Kind::Rate, Bound::Every, Some(spacing)), after));
        }
        let (tail, after) = self.tail_of_count(end);
        let whole = Interval::new(1, 1).times(amount.least, amount.most);
        let kind = Kind::Count { noun: noun.measure };
        Some((self.counted(prefix, &tail, &amount, kind, whole, after), after))
    }

    /// `your third and final session`: so many there are; `after the twelfth session`: a place in their row.
    pub fn place_of_session(&self, prefix: &Prefix, at: usize) -> Option<(Time, usize)> {
        let (number, end) = self.ordinal(at)?;
        let last = self.past(end, Role::And);
        let is_near = |at: usize| self.is_spaced(at) || self.gap(at).has(Gap::COMMA);
        let last = self.role(last, Role::Final).filter(|_| is_near(last));
        let (noun, bound) = last.map_or((end, Bound::Index), |end| (end, Bound::Exact));
        let noun = if self.sense(noun, Role::Session).is_none() && self.is_unknown(noun) { noun + 1 } else { noun };
        let session = self.sense(noun, Role::Session).filter(|(session, _)| !session.is_many && self.is_spaced(noun));
        // “After the fourth we say goodbye.”
        let is_alone = || {
            let is_led = prefix.has_determiner && matches!(prefix.lead, Lead::At | Lead::After);
            let end = last.unwrap_or(end);
            let is_parted = !self.is_bound(end) || self.any(end, &[Role::Whoever, Role::Of]).is_some();
            is_led && is_parted && number >= FEWEST_UNNAMED
        };
        let unnamed = || is_alone().then_some((UNNAMED, end));
        let (measure, end) = session.map(|(session, end)| (session.measure, end)).or_else(unnamed)?;
        let kind = Kind::Count { noun: measure };
        let is_told = number > 1 || bound == Bound::Exact;
        is_told.then(|| (prefix.time(self, end, kind, bound, Some(Interval::new(number, number))), end))
    }

    fn counted(&self, prefix: &Prefix, tail: &Tail, amount: &Amount, kind: Kind, whole: Interval, end: usize) -> Time {
        let is_open = tail.is_open || amount.is_open;
        let (bound, interval, named) = prefix.limited(&Tail { is_open, ..*tail }, whole, amount.is_range);
        let mut time = prefix.time(self, end, kind, bound, Some(interval));
        time.named = named;
        time
    }

    /// Bounds behind a count; on which side of an event it lies is nothing that a count says.
    fn tail_of_count(&self, at: usize) -> (Tail, usize) {
        let (tail, end) = self.tail(at);
        if tail.side == super::Side::Unsaid && !tail.is_age && !tail.is_apart && !tail.is_event {
            (tail, end)
        } else {
            (Tail::default(), at)
        }
    }

    fn measure(&self, amount: &Amount, at: usize) -> Option<(u16, i64, usize)> {
        let gap = self.gap(at);
        if gap.has(Gap::PERCENT) {
            let is_told = self
                .role(at, Role::Strength)
                .or_else(|| self.role(at + 1, Role::Strength).filter(|_| self.is_spaced(at + 1)));
            let is_strength = gap.is_only(Gap::PERCENT.or(Gap::SPACE)) && is_told.is_some();
            let percent = self.vocabulary.measure_number(PERCENT)?;
            return (is_strength && amount.is_digits).then_some((percent, 1, at));
        }
        // “One atorvastatin tablet.”
        let noun = if self.is_unknown(at) && self.is_spaced(at) && self.is_spaced(at + 1) { at + 1 } else { at };
        let (measure, end) = self.sense(noun, Role::Dose).filter(|_| gap.is_only(TO_MEASURE))?;
        let is_odd = measure.is_many && amount.is_one() && !amount.is_open;
        // “mg/kg”, “mg/ml”.
        let is_ratio = self.gap(end) == Gap::SLASH && self.unit(end).is_none() && end + 1 < self.pieces.len();
        (!is_odd).then_some((measure.measure, measure.value.lo, if is_ratio { end + 1 } else { end }))
    }

    /// The time in which a dose is taken, a few words on: `of water a day`, `daily`, `in 24 hours`.
    fn taken_in(&self, start: usize) -> Option<(Interval, usize)> {
        for at in start..=start + MOST_OF_SUBSTANCE {
            if let Some(period) = self.per_unit(at).or_else(|| self.rate_word(at).filter(|_| self.is_bound(at))) {
                return Some(period);
            }
            let within = self.any(at, &[Role::In, Role::Per]).map(|end| self.past(end, Role::Determiner));
            if let Some((length, end)) = within.filter(|_| self.is_spaced(at)).and_then(|at| self.length(at, false)) {
                return (length.whole.lo >= DAY).then_some((length.whole, end));
            }
            let goes_on = self.role(at, Role::Of).is_some() || self.is_unknown(at);
            if !goes_on || !self.is_spaced(at) {
                return None;
            }
        }
        None
    }

    /// A word that plays no part in any expression.
    pub fn is_unknown(&self, at: usize) -> bool {
        at + 1 < self.pieces.len()
            && self.pieces.get(at).is_some_and(|piece| piece.term == super::NO_TERM && piece.number.is_none())
    }
}
