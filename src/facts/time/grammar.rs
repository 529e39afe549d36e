//! The descent itself: what is tried at each word of a sentence, and the small steps that every production is made of.

use super::piece::{Gap, Piece};
use super::prefix::Prefix;
use super::role::{Role, Roles};
use super::vocabulary::{Sense, Vocabulary};
use super::{Lead, Time};

/// Reads one sentence.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub vocabulary: &'a Vocabulary,
    pub pieces: &'a [Piece],
}

/// Words of numbers.
const COUNTS: Roles = Roles::of(&[Role::Number, Role::Article, Role::Part, Role::Another]);
/// Words that a rate begins with.
const RATES: Roles = Roles::of(&[Role::SoOften, Role::Every, Role::Each, Role::Rate]);
/// Words that a place in a row begins with.
const ROWS: Roles = Roles::of(&[Role::Unit, Role::Ordinal, Role::Initial, Role::Next, Role::Last, Role::RestOf]);
/// Words that a core begins with.
pub(super) const CORES: Roles = COUNTS.or(RATES).or(ROWS).or(Roles::of(&[
    Role::Zero,
    Role::Aged,
    Role::Turned,
    Role::HourOfDay,
    Role::Vague,
    Role::Nothing,
    Role::AgeBelow,
    Role::AgeAbove,
]));
/// Words that a time of day begins with.
const HOURS: Roles = Roles::of(&[Role::HourOfDay, Role::Number]);
/// Words that go on after `a`.
pub(super) const AFTER_ARTICLE: Roles =
    Roles::of(&[Role::Unit, Role::Number, Role::Part, Role::Filler, Role::Dose, Role::Nothing, Role::Zero, Role::Rate]);

/// Words for people.
pub(super) const PEOPLE: Roles = Roles::of(&[Role::Population, Role::SomebodyIs]);

/// Words that make something of a number before them.
const MEASURES: Roles = Roles::of(&[
    Role::Unit,
    Role::Dose,
    Role::Session,
    Role::Rate,
    Role::Times,
    Role::Part,
    Role::OrMore,
    Role::OrLess,
    Role::PluralEnding,
]);
/// How soon they must follow, in words.
const MEASURED_WITHIN: usize = 5;

/// What binds the words of one phrase or number.
const BINDS: Gap = Gap::SPACE.or(Gap::HYPHEN).or(Gap::GLUE);
/// What may stand inside a phrase of the lexicon.
const IN_PHRASE: Gap = BINDS.or(Gap::SLASH).or(Gap::STOP).or(Gap::COMMA);

impl<'a> Grammar<'a> {
    pub fn new(vocabulary: &'a Vocabulary, pieces: &'a [Piece]) -> Self {
        Self { vocabulary, pieces }
    }

    /// Adds the expressions of the sentence.
    pub fn read(&self, times: &mut Vec<Time>) {
        let mut at = 0;
        while let Some(piece) = self.pieces.get(at).filter(|_| at + 1 < self.pieces.len()) {
            if let Some(end) = self.role(at, Role::Nothing) {
                at = end;
                continue;
            }
            if !piece.begins {
                at += 1;
                continue;
            }
            let (prefix, core) = self.prefix(at);
            at = match self.expression(&prefix, core) {
                Some((time, end)) => {
                    times.push(time);
                    end.max(at + 1)
                }
                // What leads in leads nowhere; the core may still be the beginning of something.
                None => core.max(at + 1),
            };
        }
    }

    /// The expression with this core and what leads it in.
    fn expression(&self, prefix: &Prefix, core: usize) -> Option<(Time, usize)> {
        let (roles, is_number) = (self.roles(core), self.is_number(core));
        let is_event = prefix.lead == Lead::Until;
        // “Not until you are 18.”
        let may_be_reached = is_event || prefix.limit.is_some() && roles.meets(PEOPLE);
        let is_alone =
            roles.has(Role::Article) && !self.roles(core + 1).meets(AFTER_ARTICLE) && !self.is_number(core + 1);
        if !may_be_reached && (!is_number && !roles.meets(CORES) || is_alone)
            || self.role(core, Role::Nothing).is_some()
        {
            return None;
        }
        let is_counted = (is_number || roles.meets(COUNTS)) && self.is_measured(prefix, core);
        let rate = || if is_counted || roles.meets(RATES) { self.rate(prefix, core) } else { None };
        let row =
            || if is_number || roles.meets(ROWS) || prefix.has_determiner { self.row(prefix, core) } else { None };
        let counted = || {
            let length = self.lasting(prefix, core).or_else(|| self.dose(prefix, core));
            length.or_else(|| self.count(prefix, core)).or_else(|| self.bare_age(prefix, core))
        };
        let tried = rate().or_else(|| self.zero(prefix, core)).or_else(row).or_else(|| self.age(prefix, core));
        let tried = tried.or_else(|| self.birthday(prefix, core)).or_else(|| self.turned(prefix, core));
        let tried = tried.or_else(|| self.age_group(prefix, core));
        let tried = tried.or_else(|| self.place_of_session(prefix, core));
        let tried = tried.or_else(|| if is_number || roles.meets(HOURS) { self.clock(prefix, core) } else { None });
        let tried = tried.or_else(|| if is_counted { counted() } else { None });
        let reached = || if may_be_reached { self.age_reached(prefix, core) } else { None };
        let event = || reached().or_else(|| if is_event { self.event(prefix, core) } else { None });
        tried.or_else(|| self.vague(prefix, core)).or_else(event)
    }

    /// True where a word soon behind a number can make something of it.
    fn is_measured(&self, prefix: &Prefix, at: usize) -> bool {
        let Some((_, end)) = self.amount(at, prefix.lead == Lead::Between) else { return false };
        let is_signed = self.gap(end).has(Gap::PERCENT.or(Gap::TIMES));
        let soon = end..end + MEASURED_WITHIN;
        is_signed
            || soon.into_iter().any(|at| self.roles(at).meets(MEASURES))
            || self.is_said_of_people(prefix.start)
            || self.is_led_age(prefix, at)
    }

    /// The parts that a piece may play.
    pub fn roles(&self, at: usize) -> Roles {
        self.pieces.get(at).map(|piece| self.vocabulary.roles(piece.term)).unwrap_or_default()
    }

    fn is_number(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.number.is_some() || piece.ordinal.is_some())
    }

    /// What stands before a piece.
    pub fn gap(&self, at: usize) -> Gap {
        self.pieces.get(at).map_or(Gap::OTHER, |piece| piece.gap)
    }

    /// The phrase of this part that begins here, the longest one, and where it ends.
    pub fn sense(&self, at: usize, role: Role) -> Option<(Sense, usize)> {
        let piece = self.pieces.get(at)?;
        self.vocabulary.senses(piece.term, role).find_map(|sense| Some((*sense, self.phrase_end(sense, at)?)))
    }

    /// Where the phrase of this part ends that begins here.
    pub fn role(&self, at: usize, role: Role) -> Option<usize> {
        self.sense(at, role).map(|(_, end)| end)
    }

    /// Where the first of these parts ends that begins here.
    pub fn any(&self, at: usize, roles: &[Role]) -> Option<usize> {
        roles.iter().find_map(|role| self.role(at, *role))
    }

    /// Where a phrase ends whose first word stands here.
    pub fn phrase_end(&self, sense: &Sense, at: usize) -> Option<usize> {
        let rest = self.vocabulary.rest(sense);
        let pieces = self.pieces.get(at + 1..at + 1 + rest.len())?;
        let is_equal = pieces.iter().zip(rest).all(|(piece, key)| piece.key == *key && piece.gap.is_only(IN_PHRASE));
        is_equal.then_some(at + 1 + rest.len())
    }

    /// True where only blanks and hyphens part a piece from the one before it.
    pub fn is_bound(&self, at: usize) -> bool {
        self.gap(at).is_only(BINDS)
    }

    /// True where only blanks do.
    pub fn is_spaced(&self, at: usize) -> bool {
        self.gap(at).is_only(Gap::SPACE)
    }

    /// Passes over a phrase of this part, where there is one.
    pub fn past(&self, at: usize, role: Role) -> usize {
        if self.is_bound(at) { self.role(at, role).unwrap_or(at) } else { at }
    }

    /// The words of the document from one piece up to another.
    pub fn words(&self, start: usize, end: usize) -> std::ops::Range<u32> {
        let word = |at: usize| self.pieces.get(at).map_or(0, |piece| piece.word);
        let last = end.checked_sub(1).map_or(0, word);
        word(start)..last + 1
    }
}
