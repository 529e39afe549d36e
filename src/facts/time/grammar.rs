//! The descent itself: what is tried at each word of a sentence, and the small steps that every production is made of.

use super::Time;
use super::piece::{Gap, Piece};
use super::vocabulary::{Role, Sense, Vocabulary};

/// Reads one sentence.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub vocabulary: &'a Vocabulary,
    pub pieces: &'a [Piece],
}

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
        while at + 1 < self.pieces.len() {
            if let Some(end) = self.role(at, Role::Nothing) {
                at = end;
            } else if let Some((time, end)) = self.expression(at) {
                times.push(time);
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
    }

    /// The expression that begins here, with what leads it in.
    fn expression(&self, at: usize) -> Option<(Time, usize)> {
        if !self.may_begin(at) {
            return None;
        }
        let (prefix, core) = self.prefix(at);
        let tried = self.rate(&prefix, core).or_else(|| self.zero(&prefix, core)).or_else(|| self.row(&prefix, core));
        let tried = tried.or_else(|| self.age(&prefix, core)).or_else(|| self.clock(&prefix, core));
        let tried = tried.or_else(|| self.lasting(&prefix, core)).or_else(|| self.dose(&prefix, core));
        let tried = tried.or_else(|| self.count(&prefix, core)).or_else(|| self.bare_age(&prefix, core));
        tried.or_else(|| self.vague(&prefix, core)).or_else(|| self.event(&prefix, core))
    }

    /// Numbers, and words that play a part, may begin an expression.
    fn may_begin(&self, at: usize) -> bool {
        self.pieces
            .get(at)
            .is_some_and(|piece| piece.term != super::NO_TERM || piece.number.is_some() || piece.ordinal.is_some())
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
