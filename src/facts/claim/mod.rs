//! What an article says about when, how long, how often and how much: claims, read from the clauses around time expressions.
//!
//! A claim joins a time with what it is the time of: the subject (topics of the lexicon and other telling words), the slot (from when
//! on, until when, how often …), the stance of advice, and what confines it. Times and subjects that a clause leaves out are taken from
//! where a reader takes them: the heading, the lead-in of a list, the sentence before.

mod clause;
mod context;
mod cues;
mod day;
mod reading;
mod senses;
mod slot;
mod statement;
mod subject;
mod telling;
mod topics;
mod week;

pub use topics::Topics;

use super::Time;
use crate::document::Document;
use crate::language::{Interval, KinWord, Lexicon, WordList};
use reading::Reading;
use senses::{STANDING, Senses};
use serde::Deserialize;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use week::DayNames;

/// What holds for so many seconds holds for ever.
const EVER: i64 = 100 * 365 * 86_400;

/// A statement about time, dose, age or number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The clause, as indexes into [`Document::words`].
    pub words: Range<u32>,
    /// Its sentence, as an index into [`Document::sentences`].
    pub sentence: u32,
    /// Its time expression, as an index into [`Facts::times`](super::Facts::times).
    pub time: u32,
    /// What kind of advice it is.
    pub stance: Stance,
    /// What the time is the time of.
    pub slot: Slot,
    /// The time as an interval of the slot, in the unit of the time expression.
    pub interval: Interval,
    /// True where its clause says that something begins.
    pub is_begun: bool,
    /// Whether it lies before its event.
    pub is_before: bool,
    /// The event that it counts from, by number; `None` where nothing is said.
    pub anchor: Option<u16>,
    /// What it is about, as a range of [`Facts::subjects`](super::Facts::subjects), sorted.
    pub subject: Range<u32>,
    /// The telling words of its clause, as a range of [`Facts::tellings`](super::Facts::tellings), sorted.
    pub own: Range<u32>,
    /// The words of what its time counts from: `two weeks after the last injection`.
    pub event: Range<u32>,
    /// Those of its sentence.
    pub said: Range<u32>,
    /// Those of the sentence before.
    pub before: Range<u32>,
    /// Those of what stands over it: the lead-in of its list, the question that it answers, its heading, the other cells of its row.
    pub over: Range<u32>,
    /// True where its sentence sets one thing against another.
    pub is_contrasted: bool,
    /// Where its subject comes from.
    pub origin: Origin,
    /// How the writer stands to it.
    pub modality: Modality,
    /// True in a question.
    pub is_question: bool,
    /// True in a relative clause.
    pub is_relative: bool,
    /// True in the condition itself.
    pub is_in_condition: bool,
    /// The lead-in or heading of the list that it is an item of, as an index into [`Document::blocks`].
    pub list: Option<u32>,
    /// True where no word says what the time is the time of.
    pub is_guessed: bool,
    /// True for a later stage of a plan: then, after that, from the second week on.
    pub is_staged: bool,
    /// The words of the condition or the event that it is confined to: `if`, `unless`, `after the operation`.
    pub condition: Option<Range<u32>>,
    /// Groups that it is confined to, a bit each.
    pub population: u64,
    /// Kinds that it is confined to, each as dimension and kind, sorted.
    pub qualifiers: Vec<(u16, u16)>,
    /// How strenuous, 1 to 3; 0 where nothing is said.
    pub intensity: u16,
    /// All that its sentence names, a bit each, the lowest for 0.
    pub intensities: u16,
}

/// What kind of advice a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Not to do it.
    Forbid,
    /// May be done.
    Permit,
    /// To do it.
    Require,
    /// No advice: how things are.
    Value,
}

impl Stance {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forbid => "forbid",
            Self::Permit => "permit",
            Self::Require => "require",
            Self::Value => "value",
        }
    }
}

impl Slot {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Start,
        Self::End,
        Self::Peak,
        Self::Full,
        Self::Shelf,
        Self::Gap,
        Self::Rate,
        Self::Dose,
        Self::Age,
        Self::Count,
    ];

    /// Its name in rules and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Peak => "peak",
            Self::Full => "full",
            Self::Shelf => "shelf",
            Self::Gap => "gap",
            Self::Rate => "rate",
            Self::Dose => "dose",
            Self::Age => "age",
            Self::Count => "count",
        }
    }
}

impl Modality {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Hedged => "hedged",
            Self::Attributed => "attributed",
            Self::Told => "narrative",
            Self::Supposed => "hypothetical",
            Self::Denied => "denied",
        }
    }
}

/// What a time is the time of. Rule files name slots so too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// From when on something may be done, or is there.
    Start,
    /// Until when something is done, or lasts.
    End,
    /// When something is at its worst or best.
    Peak,
    /// When something is complete.
    Full,
    /// How long something can be kept or used.
    Shelf,
    /// The time from one to the next.
    Gap,
    /// How often.
    Rate,
    /// How much.
    Dose,
    /// From or up to what age.
    Age,
    /// How many.
    Count,
}

/// Where the subject of a claim comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Its own clause.
    Own,
    /// Another clause of its sentence.
    Sentence,
    /// The sentence before, or the question that it answers.
    Before,
    /// The heading.
    Heading,
}

/// How a writer stands to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modality {
    /// It is so.
    Asserted,
    /// It may be so.
    Hedged,
    /// Others say so.
    Attributed,
    /// It was so, or somebody’s own story.
    Told,
    /// It would be so, if.
    Supposed,
    /// It is not so.
    Denied,
}

/// A word or topic that a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// A topic of the lexicon, or the stem of another telling word.
    pub term: Term,
    /// How much it tells, in tenths of nats.
    pub weight: u32,
}

/// A word that tells what a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    /// Its stem.
    pub stem: u64,
    /// How much it tells, in tenths of nats.
    pub weight: u32,
    /// The word in the table of [`Kin`](crate::language::Kin).
    pub kin: Option<KinWord>,
}

/// All that was read of one document.
#[derive(Debug, Default)]
pub struct Read {
    /// The claims, in order.
    pub claims: Vec<Claim>,
    /// What they are about.
    pub subjects: Vec<Subject>,
    /// The words that tell it.
    pub tellings: Vec<Telling>,
    /// Times that were named without a number: never, with food. They go on behind those that were given.
    pub standing: Vec<Time>,
}

/// What names a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A topic of the lexicon, by number.
    Topic(u16),
    /// The stem of a word that is none.
    Word(u64),
}

/// Reads claims; cheap to clone. The words are put in order when the first article has a time in it.
#[derive(Clone, Debug)]
pub struct ClaimReader {
    lexicon: Arc<Lexicon>,
    /// Words that name a time without a number.
    standing: Arc<OnceLock<WordList>>,
    words: Arc<OnceLock<Words>>,
}

/// The words of claims, ready to be found.
#[derive(Debug)]
pub(super) struct Words {
    senses: Senses,
    cues: cues::Cues,
    topics: Arc<Topics>,
}

impl ClaimReader {
    /// A reader that knows the words of a lexicon.
    pub fn new(lexicon: &Arc<Lexicon>) -> Self {
        Self { lexicon: lexicon.clone(), standing: Arc::default(), words: Arc::default() }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let senses = Senses::new(&self.lexicon);
            Words { cues: cues::Cues::new(&senses), senses, topics: Arc::new(Topics::new(&self.lexicon)) }
        })
    }

    /// The claims around the times of a document, and what they are about.
    pub fn read(&self, doc: &Document, times: &[Time]) -> Read {
        if times.is_empty() && !self.may_stand(doc) {
            return Read::default();
        }
        Reading::new(doc, times, self.words()).claims()
    }

    /// True where a document without a number may still name two times: one alone contradicts nothing.
    fn may_stand(&self, doc: &Document) -> bool {
        let standing = self.standing.get_or_init(|| self.lexicon.list(STANDING));
        let begins = |at: usize| standing.begins(doc.words.iter().skip(at).map(|word| word.key));
        match (0..doc.words.len()).filter(|at| begins(*at)).take(2).count() {
            0 => false,
            1 => DayNames::new().name_days(doc, 0..doc.words.len() as u32),
            _ => true,
        }
    }

    /// The topics that claims name by number.
    pub fn topics(&self) -> &Arc<Topics> {
        &self.words().topics
    }

    /// What the lexicon calls a topic.
    pub fn topic(&self, topic: u16) -> &str {
        self.words().topics.name(topic)
    }

    /// What the lexicon calls the event that a time counts from.
    pub fn event(&self, anchor: u16) -> &str {
        self.words().senses.kind_name(senses::Layer::Anchor, anchor)
    }

    /// The stem of a word.
    pub fn stem(&self, key: u64, word: &str) -> u64 {
        self.words().senses.stem(key, word)
    }
}
