//! What an article says about its procedure that other articles, and the house, may say otherwise.
//!
//! Only plain statements count: asserted, under no condition, of nobody in particular, about a topic that their own sentence names. How long a
//! session takes is read by its words, since the session is no topic there but what the sentence speaks of.

use super::procedures::Procedures;
use crate::diagnostic::identity;
use crate::document::{Document, Parser};
use crate::facts::claim::{Modality, Origin, Slot, Stance, Term};
use crate::facts::time::{Kind, Time};
use crate::facts::{Claim, Facts, TimeReader};
use crate::language::{Entry, Interval, Lexicon, WordList, key};
use crate::source::{Format, Source};
use std::ops::Range;
use std::sync::Arc;

/// The list of topics.
const TOPICS: &str = "topic";
/// The list of what is how strenuous.
const INTENSITIES: &str = "intensity";
/// So many words stand between a session and its verb, at most: usually, itself.
const BETWEEN: u32 = 2;
/// The longest name of a session and the longest verb, in words.
const LONGEST: u32 = 3;
/// A session takes no longer, in seconds.
const LONGEST_SESSION: i64 = 24 * 3600;

/// A statement of an article about its procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about: equal for statements that can be held against each other.
    pub key: u64,
    /// The procedure, by number.
    pub procedure: u16,
    /// What the lexicon calls the topic.
    pub topic: String,
    /// What the time is the time of.
    pub slot: Slot,
    /// What the numbers measure.
    pub kind: Kind,
    /// The range that is named, in the unit of its kind; see [`Time`].
    pub range: Interval,
    /// Its clause, as indexes into [`Document::words`].
    pub words: Range<u32>,
    /// Its time expression, as indexes into [`Document::words`].
    pub time: Range<u32>,
}

/// Reads statements.
pub struct Statements {
    /// The procedures that articles may be about.
    pub procedures: Procedures,
    sessions: WordList,
    verbs: WordList,
    /// The topic that the length of a session is.
    session_length: String,
}

impl Statements {
    /// Takes the words from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            procedures: Procedures::new(lexicon),
            sessions: lexicon.list("session noun"),
            verbs: lexicon.list("session length verb"),
            session_length: lexicon.words("session length topic").first().cloned().unwrap_or_default(),
        }
    }

    /// The statements of an article, how long a session takes first; none where it is about no procedure.
    pub fn of(&self, doc: &Document, facts: &Facts) -> Vec<Statement> {
        let sessions: Vec<(u32, Range<u32>)> =
            (0..).zip(&facts.times).filter_map(|(number, time)| self.session(doc, facts, number, time)).collect();
        let mut plain = facts.claims.iter().filter(|claim| is_plain(claim)).peekable();
        let is_silent = sessions.is_empty() && plain.peek().is_none();
        let Some(procedure) = self.procedures.of(doc).filter(|_| !is_silent) else { return Vec::new() };
        let name = self.procedures.name(procedure);
        let statement = |time: &Time, words: &Range<u32>, topic: &str, slot: Slot, key: u64| {
            let (range, topic) = (time.named.or(time.interval)?, topic.to_owned());
            let (kind, words) = (time.kind, words.clone());
            Some(Statement { key, procedure, topic, slot, kind, range, words, time: time.words.clone() })
        };
        let mut statements = Vec::new();
        for (number, words) in &sessions {
            let Some(time) = facts.times.get(*number as usize) else { continue };
            let key = key_of(name, &self.session_length, Slot::End, time.kind, &Kept::default());
            statements.extend(statement(time, words, &self.session_length, Slot::End, key));
        }
        for claim in plain.filter(|claim| !sessions.iter().any(|(number, _)| *number == claim.time)) {
            let Some(time) = facts.time(claim) else { continue };
            for topic in topics_of(facts, claim) {
                let topic = facts.topics().name(topic);
                let key = key_of(name, topic, claim.slot, time.kind, &Kept::of(claim));
                statements.extend(statement(time, &claim.words, topic, claim.slot, key));
            }
        }
        statements
    }

    /// Reads a fact as a house writes it: procedure, topic, slot and range.
    ///
    /// # Errors
    /// The part that means nothing: 0 for the procedure, 1 for the topic, and so on.
    pub fn fact(
        &self,
        lexicon: &Arc<Lexicon>,
        [procedure, topic, slot, range]: [&str; 4],
    ) -> Result<(u64, [u32; 2]), usize> {
        let procedure = self.procedures.name(self.procedures.named(procedure).ok_or(0usize)?);
        let is_named = |entry: &&Entry| entry.any.iter().any(|form| form.eq_ignore_ascii_case(topic));
        let entry = lexicon.entries(TOPICS).iter().find(is_named).ok_or(1usize)?;
        let topic = entry.any.first().ok_or(1usize)?;
        // A topic that is strenuous by itself is no further kind of it.
        let is_meant = |graded: &&Entry| graded.any.iter().any(|form| entry.any.contains(form));
        let graded = lexicon.entries(INTENSITIES).iter().filter(is_meant).filter_map(|graded| graded.value);
        let kept = Kept {
            intensity: graded.max().and_then(|value| u16::try_from(value).ok()).unwrap_or(0),
            ..Kept::default()
        };
        let slot = Slot::ALL.into_iter().find(|one| one.as_str() == slot).ok_or(2usize)?;
        let (kind, interval) = range_read(lexicon, range).ok_or(3usize)?;
        Ok((key_of(procedure, topic, slot, kind, &kept), fixed(interval)))
    }

    /// The number of a time and the words before it, with it, where they say that a session takes so long. Who it is said of, and how
    /// surely, does not matter, but under a condition it says nothing.
    fn session(&self, doc: &Document, facts: &Facts, number: u32, time: &Time) -> Option<(u32, Range<u32>)> {
        let range = time.named.or(time.interval)?;
        if time.kind != Kind::Length || range.hi.is_none_or(|hi| hi > LONGEST_SESSION) || range.lo <= 0 {
            return None;
        }
        let sentence = doc.sentence_of(time.words.start)?.words.start;
        let before = |list: &WordList, end: u32| {
            let is_listed = |from: &u32| {
                let words = doc.words.get(*from as usize..end as usize).unwrap_or_default();
                list.has(&words.iter().map(|word| word.key).collect::<Vec<_>>())
            };
            (1..=LONGEST).filter_map(|length| end.checked_sub(length)).filter(|from| *from >= sentence).find(is_listed)
        };
        let verb = before(&self.verbs, time.words.start)?;
        let noun = (0..=BETWEEN).find_map(|skipped| before(&self.sessions, verb.checked_sub(skipped)?))?;
        let is_other = |claim: &Claim| {
            claim.is_question
                || claim.condition.is_some()
                || matches!(claim.modality, Modality::Told | Modality::Supposed | Modality::Denied)
        };
        let is_plain = !facts.claims.iter().any(|claim| claim.time == number && is_other(claim));
        is_plain.then_some((number, noun..time.words.end))
    }
}

/// The topics of a claim that tell something.
fn topics_of(facts: &Facts, claim: &Claim) -> Vec<u16> {
    let subjects = facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize).unwrap_or_default();
    let topic = |term: &Term| match term {
        Term::Topic(topic) if !facts.topics().is_general(*topic) => Some(*topic),
        _ => None,
    };
    subjects.iter().filter_map(|subject| topic(&subject.term)).collect()
}

/// What a statement is confined to: its side of the event, how strenuous its topic is, the kinds that it names.
#[derive(Debug, Default)]
struct Kept {
    is_before: bool,
    intensity: u16,
    qualifiers: Vec<(u16, u16)>,
}

impl Kept {
    fn of(claim: &Claim) -> Self {
        Self { is_before: claim.is_before, intensity: claim.intensity, qualifiers: claim.qualifiers.clone() }
    }
}

/// The key of a statement: equal for those that can be held against each other.
fn key_of(procedure: &str, topic: &str, slot: Slot, kind: Kind, kept: &Kept) -> u64 {
    let kinds = kept.qualifiers.iter().map(|(dimension, kind)| u64::from(*dimension) << 16 | u64::from(*kind));
    let parts = [key(procedure), key(topic), key(slot.as_str()), number(kind)];
    identity(parts.into_iter().chain([u64::from(kept.is_before), u64::from(kept.intensity)]).chain(kinds))
}

/// Kinds of times by number, doses and counts by what they measure.
fn number(kind: Kind) -> u64 {
    match kind {
        Kind::Length => 0,
        Kind::Rate => 1,
        Kind::Age => 2,
        Kind::Clock => 3,
        Kind::Dose { measure, .. } => 1 << 16 | u64::from(measure),
        Kind::Count { noun } => 2 << 16 | u64::from(noun),
        Kind::Moment(moment) => 3 << 16 | u64::from(moment),
    }
}

/// True for what is said of everybody and always. Statements about how things are, in a slot for beginnings, are told of too many things.
fn is_plain(claim: &Claim) -> bool {
    claim.modality == Modality::Asserted
        && !claim.is_question
        && !claim.is_relative
        && !claim.is_in_condition
        && !claim.is_staged
        && !claim.is_contrasted
        && claim.condition.is_none()
        && claim.population == 0
        && !claim.is_guessed
        && claim.origin <= Origin::Sentence
        && !(claim.slot == Slot::Start && claim.stance == Stance::Value)
}

impl Statement {
    /// The range in the fixed size of a record; open ends and what is beyond 32 bits at the highest number.
    pub fn value(&self) -> [u32; 2] {
        fixed(self.range)
    }
}

fn fixed(range: Interval) -> [u32; 2] {
    let fixed = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
    [fixed(range.lo), range.hi.map_or(u32::MAX, fixed)]
}

/// A range as a fact writes it, read like the times of an article: what it measures, and the numbers.
fn range_read(lexicon: &Arc<Lexicon>, range: &str) -> Option<(Kind, Interval)> {
    let source = Source::new("", Format::Plain, range.as_bytes().to_vec()).ok()?;
    let doc = Parser::new(lexicon).parse(Arc::new(source));
    let mut times = Vec::new();
    TimeReader::new(lexicon).read(&doc, &mut times);
    let time = times.first()?;
    Some((time.kind, time.named.or(time.interval)?))
}

/// True where two ranges share nothing and lie apart by a factor.
pub(super) fn are_apart(a: [u32; 2], b: [u32; 2], factor: f64) -> bool {
    let (low, high) = if a[0] <= b[0] { (a, b) } else { (b, a) };
    high[0] > low[1] && f64::from(high[0]) >= factor * f64::from(low[1].max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lie_apart_by_a_factor() {
        assert!(are_apart([1800, 3600], [600, 1200], 1.5));
        assert!(!are_apart([1800, 3600], [600, 1300], 1.5));
        assert!(!are_apart([1800, u32::MAX], [4000, 5000], 1.5));
        assert!(!are_apart([0, 3600], [600, 1200], 1.5));
    }
}
