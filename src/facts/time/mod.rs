//! Time expressions, doses, ages and numbers of sessions, read over the words of a document.
//!
//! One pass from left to right, by recursive descent, within sentences that hold a word no expression is without; each attempt
//! looks a bounded number of words ahead, so that the time is linear. Words are data under `rules/lexicon`, the shape is here: a
//! lead (for, after), a bound (at least), a core (two to three weeks, day 3, twice a day), a tail (or longer, before and after).
//! Nothing is claimed: what an expression means for an act is for others to say.

mod age;
mod amount;
mod build;
mod dose;
mod grammar;
mod length;
mod moment;
mod piece;
mod prefix;
mod rate;
mod role;
mod row;
mod tail;
mod vocabulary;
mod window;

use crate::document::{Document, Word, WordKind};
use crate::language::{Interval, Lexicon};
use grammar::Grammar;
use piece::Piece;
use role::{Role, Roles};
use std::ops::Range;
use std::sync::Arc;
use vocabulary::{NO_TERM, Opening, Vocabulary};

/// An expression of time, dose, age or number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// All words that were read, lead and tail included, as indexes into [`Document::words`]; what it is counted from follows.
    pub words: Range<u32>,
    /// What it measures, and with that the unit of its intervals.
    pub kind: Kind,
    /// How the interval is to be taken.
    pub bound: Bound,
    /// What it stands for; `None` where no number is given. Bounds are half-lines: `at least 24-48 hours` is 24 hours and more.
    pub interval: Option<Interval>,
    /// The range that was named where the interval is wider: 24-48 hours there.
    pub named: Option<Interval>,
    /// The word that leads it in.
    pub lead: Lead,
    /// On which side of its event it lies.
    pub side: Side,
    /// True behind `about`, `usually` and the like.
    pub is_approximate: bool,
    /// True for a range from the greater number to the smaller one that counts down to nothing: `48-24 hours`.
    pub is_reversed: bool,
}

/// What an expression measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A length of time or a place in time counted from an event, in seconds.
    Length,
    /// How often: the time from one to the next, in seconds.
    Rate,
    /// An age, in seconds.
    Age,
    /// An amount of a substance, in thousandths of its measure, see [`TimeReader::measure`].
    Dose {
        /// The measure, by number.
        measure: u16,
        /// The time in which so much is taken, in seconds.
        per: Option<Interval>,
    },
    /// A number of sessions, doses or the like.
    Count {
        /// What is counted, by number, see [`TimeReader::measure`].
        noun: u16,
    },
    /// A time of day, in seconds from midnight.
    Clock,
    /// A moment that is named without a number: bedtime, with food; its kind by number.
    Moment(u16),
}

/// How an interval is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// One quantity.
    Exact,
    /// Two, or a vague one.
    Range,
    /// At least: open above.
    Min,
    /// At most: from nought.
    Max,
    /// The first or next so long.
    Window,
    /// Day 3, the second week, counted from 1.
    Index,
    /// Right away, the same day, overnight.
    Zero,
    /// From one to the next.
    Every,
    /// Until something happens; the interval, if there is one, is what a reader is told to expect.
    Event,
    /// A time of day.
    Clock,
    /// Never, always, once: no number is given.
    Standing,
}

impl Bound {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Range => "range",
            Self::Min => "min",
            Self::Max => "max",
            Self::Window => "window",
            Self::Index => "index",
            Self::Zero => "zero",
            Self::Every => "every",
            Self::Event => "event",
            Self::Clock => "clock",
            Self::Standing => "standing",
        }
    }
}

/// The word that leads an expression in: what tells `after two days` from `for two days`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lead {
    /// None, or one that says nothing of time.
    #[default]
    None,
    /// For.
    For,
    /// In.
    In,
    /// After, following.
    After,
    /// From, starting.
    From,
    /// Until.
    Until,
    /// Before, as in `not before six weeks`.
    Before,
    /// By.
    By,
    /// Within.
    Within,
    /// During, throughout.
    During,
    /// At.
    At,
    /// On.
    On,
    /// Over.
    Over,
    /// Between two ends.
    Between,
}

/// On which side of its event an expression lies, as its tail says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The expression does not say.
    #[default]
    Unsaid,
    /// Before, prior to, ahead of.
    Before,
    /// After, later, post-op.
    After,
    /// Before and after: two statements.
    Both,
    /// Before now.
    Ago,
    /// Each time, a session: the length of one.
    Each,
}

/// Reads the expressions of documents; cheap to clone.
#[derive(Clone, Debug)]
pub struct TimeReader {
    vocabulary: Arc<Vocabulary>,
    pieces: Vec<Piece>,
}

impl TimeReader {
    /// A reader that knows the words of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { vocabulary: Arc::new(Vocabulary::new(lexicon)), pieces: Vec::new() }
    }

    /// Adds the expressions of a document, in order; they do not overlap.
    pub fn read(&mut self, doc: &Document, times: &mut Vec<Time>) {
        let mut next = 0;
        while let Some(sentence) = self.next_sentence(doc, next) {
            piece::cut(doc, &self.vocabulary, sentence, &mut self.pieces);
            Grammar::new(&self.vocabulary, &self.pieces).read(times);
            next = doc.sentences.get(sentence).map_or(usize::MAX, |s| s.words.end as usize);
        }
    }

    /// What the lexicon calls the measure of a dose or what a count counts: `microgram`, `tablet`, `session`.
    pub fn measure(&self, number: u16) -> &str {
        self.vocabulary.measure(number).unwrap_or_default()
    }

    /// The sentence of the first word, from `start` on, that no expression is without.
    fn next_sentence(&self, doc: &Document, start: usize) -> Option<usize> {
        for (at, word) in (start..).zip(doc.words.get(start..)?) {
            let opens = match self.vocabulary.opening(&doc.words, at) {
                Opening::Alone => true,
                Opening::ByNumber => self.has_number_near(doc, at),
                Opening::None => {
                    word.kind == WordKind::Number && (is_measured(doc, word.text.range()) || self.is_limited(doc, at))
                }
            };
            if opens {
                return Some(word.sentence as usize);
            }
        }
        None
    }

    fn has_number_near(&self, doc: &Document, at: usize) -> bool {
        let near =
            doc.words.get(at.saturating_sub(NEAR)..at + NEAR).or_else(|| doc.words.get(at.saturating_sub(NEAR)..));
        let counts = |word: &Word| {
            word.kind == WordKind::Number || self.vocabulary.roles(self.vocabulary.term(word.key)).meets(COUNTS)
        };
        near.unwrap_or_default().iter().any(counts)
    }

    /// True in `under 5`, `over the 65s`, `65 and over`, `at 25`.
    fn is_limited(&self, doc: &Document, at: usize) -> bool {
        let near = doc.words.get(at.saturating_sub(2)..at + 3).or_else(|| doc.words.get(at.saturating_sub(2)..));
        let plays = |word: &Word, roles: Roles| self.vocabulary.is_alone(self.vocabulary.term(word.key), roles);
        let may_be_age = || doc.words.get(at).is_some_and(|number| number.text.range().len() == DIGITS_OF_AN_AGE);
        let before = at.checked_sub(1).and_then(|before| doc.words.get(before));
        near.unwrap_or_default().iter().any(|word| plays(word, LIMITS))
            || before.is_some_and(|word| plays(word, LEADS)) && may_be_age()
    }
}

/// A number counts what stands no further from it, in words.
const NEAR: usize = 7;
/// Words that count like a number in digits.
const COUNTS: Roles = Roles::of(&[Role::Number, Role::Ordinal, Role::Every, Role::Each, Role::Part]);
/// Words that make an age of a bare number.
const LIMITS: Roles = Roles::of(&[Role::Over, Role::AtMost]);
/// Words right before a bare number that may be one,
const LEADS: Roles = Roles::of(&[Role::At, Role::From, Role::Before, Role::Until, Role::After]);
/// of so many digits.
const DIGITS_OF_AN_AGE: usize = 2;

/// True for `48h` and `17:30`.
fn is_measured(doc: &Document, text: Range<usize>) -> bool {
    let bytes = doc.text.as_bytes();
    let ends_in_letter = text.end.checked_sub(1).and_then(|last| bytes.get(last)).is_some_and(|b| !b.is_ascii_digit());
    let is_hour = text.len() <= 2 && bytes.get(text.end) == Some(&b':');
    ends_in_letter || is_hour && bytes.get(text.end + 1).is_some_and(u8::is_ascii_digit)
}
