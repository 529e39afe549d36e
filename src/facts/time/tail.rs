//! What follows a length: `or longer`, `at most`, `before and after`, `apart`, `of age`, an equivalent in brackets.

use super::Side;
use super::grammar::Grammar;
use super::piece::Gap;
use super::role::Role;

/// What stands behind the core of an expression.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    pub side: Side,
    /// `or longer`.
    pub is_open: bool,
    /// `at most`, `or less`.
    pub is_capped: bool,
    pub is_approximate: bool,
    /// `of age`, `or older`.
    pub is_age: bool,
    /// `apart`.
    pub is_apart: bool,
    /// `or until something happens`.
    pub is_event: bool,
}

/// So many tails follow one another at most.
const MOST: usize = 4;
/// What may stand before a tail.
const BEFORE_TAIL: Gap = Gap::SPACE.or(Gap::HYPHEN).or(Gap::STOP).or(Gap::COMMA).or(Gap::GLUE);

impl Grammar<'_> {
    /// The tails from here on, and where the last one ends.
    pub fn tail(&self, start: usize) -> (Tail, usize) {
        let mut tail = Tail::default();
        let mut at = self.equivalent(start);
        let mut is_closed = at > start;
        for _ in 0..MOST {
            let marks = if is_closed { BEFORE_TAIL.or(Gap::CLOSE) } else { BEFORE_TAIL };
            if !self.gap(at).is_only(marks) {
                break;
            }
            let Some(end) = self.one_tail(at, &mut tail) else { break };
            (at, is_closed) = (end, false);
        }
        (tail, at)
    }

    fn one_tail(&self, at: usize, tail: &mut Tail) -> Option<usize> {
        let is_counted = |at: usize| self.amount(at, false).is_some();
        let is_parted = self.gap(at).has(Gap::COMMA);
        let until = self.role(at, Role::Or).and_then(|or| self.role(or, Role::Until));
        if let Some(end) = until.filter(|end| *end < self.pieces.len()) {
            tail.is_event = true;
            return Some(self.clause_end(end));
        }
        if let Some(end) = self.role(at, Role::AgeComparison) {
            let is_more = self.role(at, Role::OrMore).is_some();
            (tail.is_age, tail.is_open, tail.is_capped) = (true, is_more, !is_more);
            return Some(end);
        }
        if let Some(end) = self.role(at, Role::OrMore).filter(|end| !is_counted(*end)) {
            tail.is_open = true;
            return Some(end);
        }
        if let Some(end) = self.any(at, &[Role::OrLess, Role::MostTail]).filter(|end| !is_counted(*end)) {
            tail.is_capped = true;
            return Some(end);
        }
        if let Some(end) = self.role(at, Role::LeastTail).filter(|end| !is_counted(*end)) {
            tail.is_open = true;
            return Some(end);
        }
        if is_parted {
            return None;
        }
        if let Some(end) = self.role(at, Role::ApproximateTail).filter(|end| !is_counted(*end)) {
            tail.is_approximate = true;
            return Some(end);
        }
        if let Some(end) = self.role(at, Role::Old) {
            tail.is_age = true;
            return Some(end);
        }
        if let Some(end) = self.any(at, &[Role::Apart, Role::Interval]) {
            tail.is_apart = true;
            return Some(end);
        }
        let (side, end) = self
            .side(at)
            .or_else(|| Some((Side::Each, self.role(at, Role::EachTime).filter(|_| self.every(at).is_none())?)))?;
        if tail.side != Side::Unsaid {
            return None;
        }
        tail.side = side;
        Some(end)
    }

    /// On which side of an event something lies.
    pub fn side(&self, at: usize) -> Option<(Side, usize)> {
        if let Some(end) = self.role(at, Role::Ago) {
            return Some((Side::Ago, end));
        }
        let is_free =
            |end: &usize| self.amount(*end, false).is_none_or(|(amount, _)| amount.is_article || amount.is_one());
        let one = |at: usize| {
            let before = self.role(at, Role::BeforeTail).map(|end| (Side::Before, end));
            // “two weeks from surgery”, but not “twice from day five”.
            let from = || self.role(at, Role::FromTail).filter(|end| self.unit(*end).is_none());
            before.or_else(|| Some((Side::After, self.role(at, Role::AfterTail).or_else(from)?)))
        };
        let (side, end) = one(at).filter(|(_, end)| is_free(end))?;
        let and = self.any(end, &[Role::And, Role::Or]).filter(|_| self.gap(end).is_only(Gap::SPACE.or(Gap::COMMA)));
        let other = and.and_then(one).filter(|(other, end)| *other != side && is_free(end));
        Some(other.map_or((side, end), |(_, end)| (Side::Both, end)))
    }

    /// Behind an equivalent in brackets, as in `120 hours (5 days)`.
    fn equivalent(&self, at: usize) -> usize {
        if !self.gap(at).has(Gap::OPEN) {
            return at;
        }
        let (_, core) = self.prefix(at);
        let end = self.length(core, false).map(|(_, end)| self.past(end, Role::Old));
        end.filter(|end| self.gap(*end).has(Gap::CLOSE)).unwrap_or(at)
    }
}
