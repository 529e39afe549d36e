//! What leads an expression in: prepositions, bounds, `about`; in any order, a handful at most.

use super::grammar::Grammar;
use super::piece::Gap;
use super::role::{Role, Roles};
use super::tail::Tail;
use super::{Bound, Interval, Kind, Lead, Side, Time};

/// What stands before the core of an expression.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Prefix {
    /// The first piece of the expression.
    pub start: usize,
    pub lead: Lead,
    pub limit: Option<Limit>,
    pub is_approximate: bool,
    /// True behind `the`, `your`, `these`.
    pub has_determiner: bool,
    /// True behind `starting`: what follows is a beginning.
    pub is_start: bool,
    /// True behind `at intervals of`.
    pub is_interval: bool,
}

/// A bound in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Min,
    Max,
    /// Like `Max`, but up to an hour before something is one hour before it.
    UpTo,
    /// Like `Min`, but over two to three weeks is in their course.
    Over,
}

/// So many words lead in at most.
const MOST: usize = 6;

/// Parts that lead in.
pub(super) const LEADS_IN: Roles = Roles::of(&[
    Role::Approximate,
    Role::Exactly,
    Role::AtLeast,
    Role::AtMost,
    Role::UpTo,
    Role::Over,
    Role::Spread,
    Role::Within,
    Role::By,
    Role::Until,
    Role::Before,
    Role::After,
    Role::In,
    Role::For,
    Role::At,
    Role::On,
    Role::During,
    Role::From,
    Role::Starting,
    Role::Between,
    Role::IntervalOf,
    Role::Determiner,
]);

/// Leading words that do not follow one another.
const PREPOSITIONS: Roles =
    Roles::of(&[Role::By, Role::Until, Role::After, Role::In, Role::For, Role::At, Role::On, Role::During, Role::From]);

/// Cores that begin with a word that also leads in.
const CORES: Roles =
    Roles::of(&[Role::Nothing, Role::Zero, Role::Rate, Role::SoOften, Role::Vague, Role::AgeBelow, Role::AgeAbove]);
/// Places that begin with a word that also leads in, behind a determiner.
const PLACES: Roles = Roles::of(&[Role::Next, Role::Last]);

impl Grammar<'_> {
    /// What leads in from here, and where the core begins.
    pub fn prefix(&self, start: usize) -> (Prefix, usize) {
        let mut prefix = Prefix { start, ..Prefix::default() };
        let mut at = start;
        for _ in 0..MOST {
            prefix.take_marks(self.gap(at));
            let is_parted = at > start && !self.gap(at).is_only(PARTS);
            if is_parted || !self.roles(at).meets(LEADS_IN) {
                break;
            }
            let Some((role, end)) = self.leading(at, prefix.has_determiner) else { break };
            // Of two prepositions only the second leads in: “the following during the first week”.
            if prefix.lead != Lead::None && PREPOSITIONS.has(role) {
                prefix = Prefix { start: at, ..Prefix::default() };
            }
            prefix.take(role);
            at = end;
        }
        (prefix, at)
    }

    /// The longest phrase that leads in here, where no core begins.
    fn leading(&self, at: usize, has_determiner: bool) -> Option<(Role, usize)> {
        let cores = if has_determiner { CORES.or(PLACES) } else { CORES };
        let mut found = None;
        for sense in self.vocabulary.all_senses(self.pieces.get(at)?.term) {
            let (is_core, leads_in) = (cores.has(sense.role), LEADS_IN.has(sense.role) && found.is_none());
            if !is_core && !leads_in {
                continue;
            }
            match self.phrase_end(sense, at) {
                Some(_) if is_core => return None,
                Some(end) => found = Some((sense.role, end)),
                None => {}
            }
        }
        found
    }
}

/// What may stand between the words that lead in.
const PARTS: Gap = Gap::SPACE.or(Gap::HYPHEN).or(Gap::ABOUT).or(Gap::LESS).or(Gap::MORE).or(Gap::COMMA);

impl Prefix {
    fn take_marks(&mut self, gap: Gap) {
        self.is_approximate |= gap.has(Gap::ABOUT);
        if gap.has(Gap::LESS) {
            self.limit = Some(Limit::Max);
        } else if gap.has(Gap::MORE) {
            self.limit = Some(Limit::Min);
        }
    }

    fn take(&mut self, role: Role) {
        match role {
            Role::Approximate => self.is_approximate = true,
            Role::AtLeast => self.limit = Some(Limit::Min),
            Role::AtMost => self.limit = Some(Limit::Max),
            Role::UpTo => self.limit = Some(Limit::UpTo),
            Role::Over => (self.lead, self.limit) = (Lead::Over, Some(Limit::Over)),
            Role::Spread => (self.lead, self.limit) = (Lead::Over, None),
            Role::Starting => self.is_start = true,
            Role::IntervalOf => self.is_interval = true,
            Role::Determiner => self.has_determiner = true,
            Role::Within => self.lead = Lead::Within,
            Role::By => self.lead = Lead::By,
            Role::Until => self.lead = Lead::Until,
            Role::Before => self.lead = Lead::Before,
            Role::After => self.lead = Lead::After,
            Role::In => self.lead = Lead::In,
            Role::For => self.lead = Lead::For,
            Role::At => self.lead = Lead::At,
            Role::On => self.lead = Lead::On,
            Role::During => self.lead = Lead::During,
            Role::From => self.lead = Lead::From,
            Role::Between => self.lead = Lead::Between,
            _ => {}
        }
    }

    /// An expression of which only kind, bound and interval remain to be said.
    pub fn time(
        &self,
        grammar: &Grammar<'_>,
        end: usize,
        kind: Kind,
        bound: Bound,
        interval: Option<Interval>,
    ) -> Time {
        Time {
            words: grammar.words(self.start, end),
            kind,
            bound,
            interval,
            named: None,
            lead: self.lead,
            side: Side::Unsaid,
            is_approximate: self.is_approximate,
            is_reversed: false,
        }
    }

    /// An interval under what bounds it from both sides; what was named comes last, where the result is wider.
    pub fn limited(&self, tail: &Tail, whole: Interval, is_range: bool) -> (Bound, Interval, Option<Interval>) {
        let plain = (if is_range { Bound::Range } else { Bound::Exact }, whole, None);
        let named = is_range.then_some(whole);
        let min = (Bound::Min, Interval { lo: whole.lo, hi: None }, named);
        let max = (Bound::Max, Interval { lo: 0, hi: whole.hi }, named);
        let has_anchor = matches!(tail.side, Side::Before | Side::After | Side::Both);
        match (self.limit, self.lead) {
            _ if tail.is_open => min,
            _ if tail.is_capped => max,
            (Some(Limit::UpTo), _) if tail.side == Side::Before => plain,
            (Some(Limit::Min), _) => min,
            (Some(Limit::Over), _) if !is_range => min,
            (Some(Limit::Max | Limit::UpTo), _) => max,
            (None, Lead::Within | Lead::By) => max,
            (None, Lead::Before | Lead::Until) if !has_anchor => max,
            (None, Lead::From) if !is_range && !has_anchor => min,
            _ => plain,
        }
    }
}
