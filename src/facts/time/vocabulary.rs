//! The words of time expressions as the lexicon has them, by the part that they play.
//!
//! A word may play several parts: `second` is a unit and an ordinal. Phrases are found by their first word, the longest first.
//! A small table of bits tells at a glance which words cannot belong to any expression.

use super::build::Builder;
use super::role::{Role, Roles};
use crate::document::Word;
use crate::language::{Interval, KeyMap, Lexicon};

/// How far a word can tell that there may be an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// Not at all.
    #[default]
    None,
    /// With a number near it.
    ByNumber,
    /// By itself.
    Alone,
}

/// What a word or phrase means in one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub role: Role,
    /// Its number: seconds for times and rates, the base measure for doses.
    pub value: Interval,
    /// The measure of a dose, the noun of a session, by number.
    pub measure: u16,
    /// True where it speaks of more than one.
    pub is_many: bool,
    /// True for a rate that only `every` makes one.
    pub is_occasion: bool,
    /// How many more words the phrase has, and where they stand.
    pub more: u16,
    pub rest: u32,
}

/// All senses that begin with one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Term {
    pub(super) roles: Roles,
    pub(super) senses: (u32, u32),
    pub(super) opening: Opening,
    /// True where it stands anywhere in what leads in.
    pub(super) is_leading: bool,
}

/// The words of time expressions.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    pub(super) terms: Vec<Term>,
    pub(super) by_key: KeyMap<u32>,
    pub(super) senses: Vec<Sense>,
    pub(super) rests: Vec<u64>,
    pub(super) known: Gate,
    pub(super) opening: Gate,
    /// Phrases that no expression is without, by their rarest words.
    pub(super) by_rarest: KeyMap<Vec<Rare>>,
    pub(super) measures: Vec<String>,
}

/// A phrase that no expression is without.
#[derive(Clone, Debug)]
pub(super) struct Rare {
    pub(super) phrase: Vec<u64>,
    /// Where its rarest word stands in it.
    pub(super) offset: usize,
    pub(super) opening: Opening,
}

/// One bit for many words: tells at a glance that a word is none of a set.
#[derive(Clone, Debug)]
pub(super) struct Gate(Box<[u64; GATE_WORDS]>);

/// Words of 64 bits in a gate: 8 KB, which pass one in a hundred of the other words.
const GATE_WORDS: usize = 1024;

impl Gate {
    pub fn new() -> Self {
        Self(Box::new([0; GATE_WORDS]))
    }

    pub fn lets(&self, key: u64) -> bool {
        self.0.get(key as usize / 64 % GATE_WORDS).is_some_and(|slot| slot >> (key % 64) & 1 == 1)
    }

    pub fn add(&mut self, key: u64) {
        if let Some(slot) = self.0.get_mut(key as usize / 64 % GATE_WORDS) {
            *slot |= 1 << (key % 64);
        }
    }
}

/// No term: a word that plays no part.
pub(super) const NO_TERM: u32 = 0;

impl Vocabulary {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Builder::new(lexicon).built()
    }

    /// The number of the term of a word; [`NO_TERM`] for a word that plays no part.
    pub fn term(&self, key: u64) -> u32 {
        if self.known.lets(key) { self.by_key.get(&key).copied().unwrap_or(NO_TERM) } else { NO_TERM }
    }

    /// How far a word tells, with those around it, that there may be an expression.
    pub fn opening(&self, words: &[Word], at: usize) -> Opening {
        let Some(key) = words.get(at).map(|word| word.key).filter(|key| self.opening.lets(*key)) else {
            return Opening::None;
        };
        let stands = |rare: &&Rare| {
            let start = at.checked_sub(rare.offset);
            let there = start.and_then(|start| words.get(start..start + rare.phrase.len()));
            there.is_some_and(|there| there.iter().zip(&rare.phrase).all(|(word, key)| word.key == *key))
        };
        let rare = self.by_rarest.get(&key).map(Vec::as_slice).unwrap_or_default();
        rare.iter().filter(stands).map(|rare| rare.opening).max().unwrap_or_default()
    }

    /// True for a word that an expression may not be without.
    pub fn is_opening(&self, term: u32) -> bool {
        self.terms.get(term as usize).is_some_and(|term| term.opening != Opening::None)
    }

    /// The parts that a term plays alone or as the first word of a phrase.
    pub fn roles(&self, term: u32) -> Roles {
        self.terms.get(term as usize).map(|term| term.roles).unwrap_or_default()
    }

    /// True where a term stands anywhere in what leads an expression in.
    pub fn is_leading(&self, term: u32) -> bool {
        self.terms.get(term as usize).is_some_and(|term| term.is_leading)
    }

    /// True where a term plays this part alone or begins a phrase that does.
    pub fn may_be(&self, term: u32, role: Role) -> bool {
        self.roles(term).has(role)
    }

    /// What begins with a term, the longest phrases first.
    pub fn senses(&self, term: u32, role: Role) -> impl Iterator<Item = &Sense> {
        let senses = if self.may_be(term, role) { self.all_senses(term) } else { &[] };
        senses.iter().filter(move |sense| sense.role == role)
    }

    /// All that begins with a term, the longest phrases first.
    pub fn all_senses(&self, term: u32) -> &[Sense] {
        let (start, end) = self.terms.get(term as usize).map(|term| term.senses).unwrap_or_default();
        self.senses.get(start as usize..end as usize).unwrap_or_default()
    }

    /// True where a term plays one of these parts by itself.
    pub fn is_alone(&self, term: u32, roles: Roles) -> bool {
        self.roles(term).meets(roles)
            && self.all_senses(term).iter().any(|sense| sense.more == 0 && roles.has(sense.role))
    }

    /// The words of a phrase behind its first.
    pub fn rest(&self, sense: &Sense) -> &[u64] {
        let start = sense.rest as usize;
        self.rests.get(start..start + usize::from(sense.more)).unwrap_or_default()
    }

    /// What the measure or noun of this number is called in the lexicon.
    pub fn measure(&self, number: u16) -> Option<&str> {
        self.measures.get(usize::from(number)).map(String::as_str)
    }

    /// The number of a measure by its name.
    pub fn measure_number(&self, name: &str) -> Option<u16> {
        self.measures.iter().position(|known| known == name).and_then(|number| u16::try_from(number).ok())
    }
}
