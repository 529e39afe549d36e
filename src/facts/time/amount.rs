//! Numbers and ranges of numbers, in digits and in words.

use super::grammar::Grammar;
use super::piece::{Gap, MILLION};
use super::role::Role;

/// A number or a range, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub least: i64,
    pub most: i64,
    /// True for a few, several, and for two numbers.
    pub is_range: bool,
    /// True for a few, several.
    pub is_vague: bool,
    /// True for `a` and `an`.
    pub is_article: bool,
    /// True for `4+`.
    pub is_open: bool,
    /// True where it is written in digits.
    pub is_digits: bool,
    /// True where the greater number comes first: `48-24`.
    pub is_reversed: bool,
}

impl Amount {
    fn one(value: i64) -> Self {
        Self {
            least: value,
            most: value,
            is_range: false,
            is_vague: false,
            is_article: false,
            is_open: false,
            is_digits: false,
            is_reversed: false,
        }
    }

    /// The one of `a` and of a unit alone.
    pub fn article() -> Self {
        Self { is_article: true, ..Self::one(MILLION) }
    }

    /// The same with other numbers.
    pub fn of(self, least: i64, most: i64) -> Self {
        Self { least, most, is_article: false, ..self }
    }

    /// From this to another number, whichever is the smaller.
    pub fn reaching(self, other: i64) -> Self {
        Self { least: self.least.min(other), most: self.most.max(other), ..self }
    }

    /// True for one and only one.
    pub fn is_one(&self) -> bool {
        self.least == MILLION && self.most == MILLION
    }

    /// True where it reads like the number of a year.
    pub fn is_year(&self) -> bool {
        self.is_digits && !self.is_range && (1900 * MILLION..=2100 * MILLION).contains(&self.least)
    }
}

/// Words of one number in words, at most.
const MOST_WORDS: usize = 6;

impl Grammar<'_> {
    /// A number or a range of numbers; `and` joins two only behind `between`.
    pub fn amount(&self, at: usize, and_joins: bool) -> Option<(Amount, usize)> {
        let (first, end) = self.number(at)?;
        if first.is_article || first.is_vague {
            return Some((first, end));
        }
        let end_of_first = end;
        let second = self.joint(end, and_joins).and_then(|next| self.number(next));
        Some(match second {
            Some((second, end)) if !(second.is_article || second.is_vague && first.is_digits) => {
                let (least, most) = (first.least.min(second.least), first.most.max(second.most));
                (
                    Amount {
                        least,
                        most,
                        is_range: true,
                        is_vague: second.is_vague,
                        is_digits: first.is_digits,
                        is_reversed: first.is_digits
                            && second.is_digits
                            && first.least > second.most
                            && self.any(end_of_first, &[Role::Or]).is_none(),
                        ..second
                    },
                    end,
                )
            }
            _ => (first, end),
        })
    }

    /// Where the other end of a range begins, behind what joins both ends.
    pub fn joint(&self, at: usize, and_joins: bool) -> Option<usize> {
        let gap = self.gap(at);
        let dashes = Gap::HYPHEN.or(Gap::DASH);
        // “2 hrs. – 3 hrs.”, “4+ – 6 weeks”.
        let is_dash = gap.has(dashes) && gap.is_only(dashes.or(Gap::SPACE).or(Gap::PLUS).or(Gap::STOP));
        let roles: &[Role] = if and_joins { &[Role::To, Role::Or, Role::And] } else { &[Role::To, Role::Or] };
        let word = || {
            let end = self.any(at, roles).filter(|_| gap.is_only(Gap::SPACE.or(Gap::HYPHEN).or(Gap::PLUS)))?;
            let end = self.past(end, Role::Approximate);
            self.gap(end).is_only(Gap::SPACE.or(Gap::HYPHEN).or(Gap::ABOUT)).then_some(end)
        };
        word().or_else(|| (is_dash || gap == Gap::SLASH).then_some(at))
    }

    /// One number, vague ones included.
    pub fn number(&self, at: usize) -> Option<(Amount, usize)> {
        let (mut amount, end) = self.digits(at).or_else(|| self.in_words(at))?;
        let (mut end, gap) = (end, self.gap(end));
        if !amount.is_article
            && !amount.is_vague
            && let Some(half) = self.role(end, Role::AndAHalf).filter(|_| self.is_bound(end))
        {
            (amount.least, amount.most, end) = (amount.least + MILLION / 2, amount.most + MILLION / 2, half);
        }
        amount.is_open = gap.has(Gap::PLUS);
        // “two or more weeks”.
        let counted = [Role::Unit, Role::Dose, Role::Session, Role::Times, Role::Filler];
        let or_more = self.role(end, Role::OrMore).filter(|more| self.is_spaced(end) && self.is_spaced(*more));
        if let Some(more) = or_more.filter(|more| !amount.is_article && self.any(*more, &counted).is_some()) {
            (amount.is_open, end) = (true, more);
        }
        Some((amount, end))
    }

    fn digits(&self, at: usize) -> Option<(Amount, usize)> {
        let value = self.pieces.get(at)?.number?;
        let number = |at: usize| self.pieces.get(at).and_then(|piece| piece.number);
        let is_time = self.gap(at) == Gap::COLON && at.checked_sub(1).and_then(number).is_some();
        if is_time || self.gap(at).has(Gap::MONEY) || self.gap(at + 1).has(Gap::MONEY) {
            return None;
        }
        let amount = |value: i64, end: usize| Some((Amount { is_digits: true, ..Amount::one(value) }, end));
        // “1/2 hour”; “1/2 days” are one or two.
        let fraction = |at: usize| {
            let (over, under) = (number(at)?, number(at + 1).filter(|_| self.gap(at + 1) == Gap::SLASH)?);
            let is_one_word = |sense: super::vocabulary::Sense| !sense.is_many;
            let follows = |role| self.sense(at + 2, role).is_some_and(|(sense, _)| is_one_word(sense));
            let is_whole = [Role::Unit, Role::Dose, Role::Article, Role::Of].into_iter().any(follows);
            (under > over && under <= 8 * MILLION && over > 0)
                .then_some((over.saturating_mul(MILLION) / under.max(1), is_whole))
        };
        if let Some((part, true)) = fraction(at) {
            return amount(part, self.past_of_an(at + 2));
        }
        match number(at + 1) {
            Some(part) if part < MILLION && self.is_bound(at + 1) && value % MILLION == 0 => {
                amount(value.saturating_add(part), at + 2)
            }
            Some(_) if self.is_bound(at + 1) && value % MILLION == 0 => match fraction(at + 1) {
                Some((part, _)) => amount(value.saturating_add(part), at + 3),
                None => amount(value, at + 1),
            },
            _ if value < MILLION => amount(value, self.past_of_an(at + 1)),
            _ => amount(value, at + 1),
        }
    }

    fn in_words(&self, at: usize) -> Option<(Amount, usize)> {
        if let Some(end) = self.role(at, Role::Another) {
            let counted = self.number(end).filter(|(amount, _)| self.is_bound(end) && !amount.is_article);
            return Some(counted.unwrap_or((Amount::one(MILLION), end)));
        }
        if let Some((part, end)) = self.sense(at, Role::Part) {
            return self.parts(1, part.value.lo, end);
        }
        if let Some(end) = self.role(at, Role::Article) {
            let bound = self.is_bound(end);
            if let Some((part, end)) = self.sense(end, Role::Part).filter(|_| bound) {
                return self.parts(1, part.value.lo, end);
            }
            // “a couple of”, “a hundred”, and the article of what follows: “a two-day rest”.
            let is_nothing = self.role(end, Role::Nothing).is_some();
            let counted = self.digits(end).or_else(|| self.spelled(end)).filter(|_| bound && !is_nothing);
            return Some(counted.unwrap_or((Amount::article(), end)));
        }
        self.spelled(at)
    }

    /// Halves and quarters: `half an`, `three quarters of an`, `half a dozen`.
    fn parts(&self, count: i64, parts: i64, at: usize) -> Option<(Amount, usize)> {
        let end = self.past_of_an(at);
        let dozen = self.sense(end, Role::Number).filter(|(sense, _)| self.is_bound(end) && sense.value.lo > 11);
        let (whole, end) = dozen.map_or((MILLION, end), |(sense, end)| (sense.value.lo.saturating_mul(MILLION), end));
        Some((Amount::one(count.saturating_mul(whole) / parts.max(1)), end))
    }

    fn past_of_an(&self, at: usize) -> usize {
        let of = self.past(at, Role::Of);
        let article = self.past(of, Role::Article);
        if article > of { article } else { at }
    }

    /// `twenty-four`, `a hundred and twenty`, `several`.
    fn spelled(&self, start: usize) -> Option<(Amount, usize)> {
        let (first, mut end) = self.sense(start, Role::Number)?;
        let (lo, hi) = (first.value.lo, first.value.hi.unwrap_or(first.value.lo));
        if lo != hi {
            let end = self.past(end, Role::Of);
            let (least, most) = (lo.saturating_mul(MILLION), hi.saturating_mul(MILLION));
            return Some((Amount { most, is_range: true, is_vague: true, ..Amount::one(least) }, end));
        }
        let mut total = lo;
        for _ in 0..MOST_WORDS {
            let and = if total >= 100 { self.past(end, Role::And) } else { end };
            let Some((next, after)) =
                self.sense(and, Role::Number).filter(|_| self.is_bound(end) && self.is_bound(and))
            else {
                break;
            };
            let value = next.value.lo;
            total = match value {
                _ if next.value.hi != Some(value) => break,
                100.. if and == end && total < value => total.saturating_mul(value),
                20..=99 if total >= 100 && total % 100 == 0 => total + value,
                1..=9 if (20..100).contains(&(total % 100)) && total % 10 == 0 && and == end => total + value,
                1..=19 if total >= 100 && total % 100 == 0 => total + value,
                _ => break,
            };
            end = after;
        }
        if let Some((part, end)) = self.sense(end, Role::Part).filter(|_| self.is_bound(end) && total < 10) {
            return self.parts(total, part.value.lo, end);
        }
        Some((Amount::one(total.saturating_mul(MILLION)), end))
    }
}
