//! Sentence by sentence: the clauses, the times in them, and a claim for each.

use super::clause::{Clause, Joints, clauses, condition};
use super::context::Context;
use super::cues::Cues;
use super::senses::{Layer, Mark, Senses};
use super::subject::Around;
use super::telling::Told;
use super::{Claim, EVER, Modality, Read, Slot, Stance, Subject, Telling, Term, Topics, Words};
use crate::document::{BlockKind, Document};
use crate::facts::Time;
use crate::facts::time::{Bound, Kind, Lead, Side};
use crate::language::Interval;
use std::ops::Range;

/// The event that a time counts from begins so near behind it, in words.
const ANCHOR_WORDS: u32 = 3;
/// So many words behind “who” a cue belongs to the sentence again.
const PERSON_WORDS: u32 = 2;
/// What lasts until something happens lasts so long, at least, in seconds.
const SOME_TIME: i64 = 3600;
/// More groups are not told apart.
const GROUPS: u16 = 64;

/// A sentence of more words is none: a table without cells, a list without stops. Nothing is claimed in it, so that what is done word by
/// word and time by time in a sentence stays within bounds. Of headings, so many words are looked at.
const MOST_WORDS: u32 = 1_000;

/// The first words of a range, as many as a sentence may have.
pub(super) fn head(words: &Range<u32>) -> Range<u32> {
    words.start..words.end.min(words.start.saturating_add(MOST_WORDS))
}

/// A reading of one document.
pub(super) struct Reading<'a> {
    pub doc: &'a Document,
    pub times: &'a [Time],
    pub senses: &'a Senses,
    pub cues: &'a Cues,
    topics: &'a Topics,
    pub context: Context<'a>,
    /// The phrases of the present sentence.
    pub marks: Vec<Mark>,
    /// The stem of every word.
    pub stems: Vec<u64>,
    claims: Vec<Claim>,
    subjects: Vec<Subject>,
    pub tellings: Vec<Telling>,
    standing: Vec<Time>,
    is_question: bool,
    /// The telling words of the present sentence, and of what stands over it, once a claim asks for them.
    pub told: Option<Told>,
    /// What is named around its clauses.
    pub around: Around,
}

impl<'a> Reading<'a> {
    pub fn new(doc: &'a Document, times: &'a [Time], words: &'a Words) -> Self {
        let Words { senses, cues, topics } = words;
        let context = Context::new(doc, times);
        Self {
            doc,
            times,
            senses,
            cues,
            topics,
            context,
            marks: Vec::new(),
            stems: words.senses.stems(doc),
            claims: Vec::new(),
            subjects: Vec::new(),
            tellings: Vec::new(),
            standing: Vec::new(),
            is_question: false,
            told: None,
            around: Around::default(),
        }
    }

    /// All claims, in order, and what they are about.
    pub fn claims(mut self) -> Read {
        let doc = self.doc;
        for (number, block) in (0..).zip(&doc.blocks) {
            if block.is_reference || block.is_heading() {
                continue;
            }
            let over = self.context.over(number).map(|(time, over)| (time, self.stance_of_block(over, time)));
            for sentence in block.sentences.clone() {
                let sentence = doc.sentences.get(sentence as usize);
                if let Some(sentence) = sentence.filter(|sentence| sentence.words.len() <= MOST_WORDS as usize) {
                    self.sentence(number, sentence.words.clone(), over);
                }
            }
        }
        Read { claims: self.claims, subjects: self.subjects, tellings: self.tellings, standing: self.standing }
    }

    fn sentence(&mut self, number: u32, words: Range<u32>, over: Option<(u32, Option<(Stance, u16)>)>) {
        let own = self.context.times_in(&words);
        let stands = || self.senses.name_a_time(self.doc, &self.stems, words.clone());
        let names_days = self.cues.days.name_days(self.doc, words.clone());
        if own.is_empty() && over.is_none() && !names_days && !stands() {
            return;
        }
        let mut marks = std::mem::take(&mut self.marks);
        self.senses.read(self.doc, &self.stems, words.clone(), &mut marks);
        self.marks = marks;
        self.told = None;
        self.around = Around::default();
        let is_inside = |at: u32| {
            self.times
                .get(own.clone())
                .is_some_and(|times| times.iter().any(|t| t.words.start < at && at < t.words.end))
        };
        let mut parts = clauses(self.doc, &words, &self.marks, self.cues.joints);
        // A dash inside “24 – 48 hours” ends no clause.
        let mut index = 1;
        while index < parts.len() {
            if is_inside(parts[index].words.start) {
                let joined = parts.remove(index);
                parts[index - 1].words.end = joined.words.end;
            } else {
                index += 1;
            }
        }
        self.is_question = self.doc.is_question(words.clone());
        self.standing_claims(number, &parts, own.clone());
        for rate in self.rates_of_day(words.clone()) {
            self.claim_of(number, &parts, rate);
        }
        if let Some(spacing) = names_days.then(|| self.spacing_of_days(&words)).flatten() {
            self.claim_of(number, &parts, spacing);
        }
        let lengths = own.clone().filter(|index| self.times[*index].kind == Kind::Length).count();
        for index in own {
            self.claim(number, &parts, index as u32, None);
        }
        if let Some((time, stance)) = over.filter(|_| lengths == 0) {
            for part in 0..parts.len() {
                self.claim(number, &parts, time, Some((part, stance)));
            }
        }
    }

    /// The claims of a sentence’s words for a time, where no time of it holds them.
    fn standing_claims(&mut self, block: u32, parts: &[Clause], own: Range<usize>) {
        let standing: Vec<Mark> =
            self.marks.iter().filter(|mark| mark.sense.layer == Layer::Standing).cloned().collect();
        for mark in standing {
            let is_inside = self.times.get(own.clone()).is_some_and(|times| {
                times.iter().any(|t| t.words.start < mark.words.end && mark.words.start < t.words.end)
            });
            // “Never within two hours” says when; nothing is never there.
            let is_never = Some(mark.sense.of) == self.cues.standing[0];
            let part = parts.iter().find(|part| part.words.contains(&mark.words.start));
            let is_timed = part.is_some_and(|part| !self.context.times_in(&part.words).is_empty());
            if !(is_inside || is_never && is_timed) {
                self.standing_claim(block, parts, &mark);
            }
        }
    }

    /// The claim of words such as “never” and “with food”.
    fn standing_claim(&mut self, block: u32, parts: &[Clause], mark: &Mark) {
        let cues = self.cues;
        let of = Some(mark.sense.of);
        let (lo, hi) = (i64::from(mark.sense.range.0), i64::from(mark.sense.range.1));
        let [never, always, none, once, any] = cues.standing;
        let (kind, interval) = match of {
            of if of == never => (Kind::Length, Interval::at_least(EVER)),
            of if of == always => (Kind::Length, Interval::at_least(EVER)),
            of if of == none || of == any => (Kind::Length, Interval::at_most(0)),
            of if of == once => (Kind::Count { noun: u16::MAX }, Interval::new(1, 1)),
            _ => (Kind::Moment(mark.sense.of), Interval::new(lo, hi)),
        };
        let time = Time {
            words: mark.words.clone(),
            kind,
            bound: Bound::Standing,
            interval: Some(interval),
            named: None,
            lead: Lead::None,
            side: Side::Unsaid,
            is_approximate: false,
            is_reversed: false,
        };
        self.claim_of(block, parts, time);
    }

    /// The claim of a time that no expression says.
    fn claim_of(&mut self, block: u32, parts: &[Clause], time: Time) {
        let index = (self.times.len() + self.standing.len()) as u32;
        self.standing.push(time);
        self.claim(block, parts, index, None);
    }

    fn time(&self, index: u32) -> Option<&Time> {
        let index = index as usize;
        self.times.get(index).or_else(|| self.standing.get(index.checked_sub(self.times.len())?))
    }

    /// The claim of a time in one of the clauses; `under` names the clause where the time stands over the block.
    fn claim(&mut self, block: u32, parts: &[Clause], index: u32, under: Option<(usize, Option<(Stance, u16)>)>) {
        let Some(time) = self.time(index).cloned() else { return };
        let time = &time;
        // “Until the wound has closed”: longer than nothing, whenever that is.
        let until = (time.lead == Lead::Until).then_some(Interval::at_least(SOME_TIME));
        let Some(interval) = time.interval.or(until) else { return };
        let part = under
            .map(|(part, _)| part)
            .or_else(|| parts.iter().position(|part| part.words.contains(&time.words.start)));
        let Some(part) = part.and_then(|part| parts.get(part)) else { return };
        // A condition says when, not what; a relative clause says which.
        let stance = self.stance(&part.words, time).or_else(|| under.and_then(|(_, stance)| stance));
        if under.is_some() && stance.is_none_or(|(stance, _)| stance == Stance::Value) {
            return;
        }
        let cue = stance.map(|(_, cue)| cue);
        let own = stance.map_or(Stance::Value, |(stance, _)| stance);
        let slotted = self.slot(&part.words, time, interval, stance, under.is_some());
        // What a cell is about, its row and column say.
        let is_cell =
            self.doc.blocks.get(block as usize).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }));
        let is_unslotted = slotted.is_none() || is_cell;
        let (mut stance, mut slot, mut interval) = slotted.unwrap_or((own, Slot::Start, interval));
        // Of two times in a clause nobody knows which one the cue is for.
        let lengths =
            self.context.times_in(&part.words).filter(|index| self.times[*index].kind == Kind::Length).count();
        let is_told = time.kind != Kind::Length || self.is_told(stance, cue, slot, time, &part.words);
        let is_guessed = lengths > 1 || !is_told || is_unslotted;
        let modality = self.modality(parts.first().map_or(part.words.start, |p| p.words.start)..part.words.end);
        let (origin, mut subject) = self.subject_of(block, parts, part);
        let banned = subject.iter_mut().find_map(|subject| match subject.term {
            Term::Topic(topic) => self.topics.banned(topic).map(|banned| (subject, banned)),
            Term::Word(_) => None,
        });
        if let Some((subject, banned)) = banned.filter(|_| slot == Slot::End && stance != Stance::Forbid) {
            subject.term = Term::Topic(banned);
            (stance, slot, interval) = (Stance::Forbid, Slot::Start, Interval::at_least(interval.lo));
        }
        // A clause that is nothing but signs claims nothing.
        if part.words.is_empty() {
            return;
        }
        let own = self.tell(part.words.clone(), true);
        let event = self.tell_event(time);
        let Told { said, before, over } = self.told(block, parts);
        let start = self.subjects.len() as u32;
        self.subjects.extend(subject);
        let words = part.words.clone();
        let whole =
            parts.first().map_or(words.start, |p| p.words.start)..parts.last().map_or(words.end, |p| p.words.end);
        self.claims.push(Claim {
            time: index,
            stance,
            slot,
            interval,
            // What to wait before comes behind the wait.
            is_before: time.side == Side::Before && cue != self.cues.wait.filter(|_| cue.is_some()),
            is_begun: self.has(&part.words, Layer::Slot, &[self.cues.starts]),
            anchor: self.anchor(time),
            subject: start..self.subjects.len() as u32,
            own,
            event,
            said,
            before,
            over,
            is_contrasted: self.has(&whole, Layer::Joint, &[self.cues.joints.contrast]),
            origin,
            modality,
            is_question: self.is_question,
            is_relative: self.is_relative(part),
            is_in_condition: part.is_condition,
            sentence: self.doc.words.get(words.start as usize).map_or(0, |word| word.sentence),
            list: self.list_of(block),
            is_guessed,
            is_staged: self.has(&words, Layer::Joint, &[self.cues.joints.stage]),
            condition: condition(parts, part).or_else(|| self.opening_event(part)),
            population: self.population(&whole),
            qualifiers: self.qualifiers(&words),
            intensity: self.intensity(&words),
            intensities: self.intensities(&whole),
            words,
        });
    }

    /// “After the operation” in “after the operation the bandage stays on for five days”, up to the time.
    fn opening_event(&self, part: &Clause) -> Option<Range<u32>> {
        let start = part.words.start;
        let event = self.cues.joints.event?;
        let mut joints = self.marks_in(&part.words, Layer::Joint);
        let opens = joints.any(|mark| mark.words.start == start && mark.sense.of == event);
        let time = self.context.times_in(&part.words).next().and_then(|index| self.times.get(index));
        let end = time.map_or(part.words.end, |time| time.words.start);
        (opens && end > start).then_some(start..end)
    }

    /// True where the words of a clause tell what a length is the length of; otherwise it was guessed.
    fn is_told(&self, stance: Stance, cue: Option<u16>, slot: Slot, time: &Time, words: &Range<u32>) -> bool {
        let says_how_long = matches!(time.lead, Lead::For | Lead::Until | Lead::During);
        match stance {
            Stance::Forbid | Stance::Permit => true,
            // “One day” in the middle of a sentence is no length.
            _ if time.lead == Lead::None && time.bound == Bound::Exact && !self.follows_cue(time) => false,
            Stance::Require if slot == Slot::End && (says_how_long || cue.is_some() && cue == self.cues.stop) => true,
            _ => self.value_slot(words, time) == Some(slot),
        }
    }

    /// True for a time right behind a verb that tells its slot: “takes two weeks”.
    fn follows_cue(&self, time: &Time) -> bool {
        let cues = self.marks.iter().filter(|mark| mark.sense.layer == Layer::Slot);
        cues.into_iter().any(|mark| mark.words.end == time.words.start)
    }

    /// True for a clause that says which, up to its cue: “patients who had a filling should rest” goes on behind it.
    fn is_relative(&self, part: &Clause) -> bool {
        let Joints { relative, person, .. } = self.cues.joints;
        let opens = |kind: Option<u16>| {
            let mut joints = self.marks_in(&part.words, Layer::Joint);
            kind.is_some() && joints.any(|mark| Some(mark.sense.of) == kind && mark.words.start == part.words.start)
        };
        let cue = self.marks_in(&part.words, Layer::Stance).next();
        let goes_on = cue.is_some_and(|cue| cue.words.start > part.words.start + PERSON_WORDS);
        opens(relative) && !(opens(person) && goes_on)
    }

    /// What a list item hangs on.
    fn list_of(&self, block: u32) -> Option<u32> {
        let block = self.doc.blocks.get(block as usize).filter(|block| matches!(block.kind, BlockKind::Item { .. }))?;
        block.lead_in.or(block.heading)
    }

    pub fn marks_in<'s>(&'s self, words: &Range<u32>, layer: Layer) -> impl Iterator<Item = &'s Mark> + use<'s> {
        let words = words.clone();
        self.marks.iter().filter(move |mark| {
            mark.sense.layer == layer && words.start <= mark.words.start && mark.words.end <= words.end
        })
    }

    /// The event that stands right behind a time: “after the operation”, “before bed”.
    fn anchor(&self, time: &Time) -> Option<u16> {
        let mut anchors = self.marks.iter().filter(|mark| mark.sense.layer == Layer::Anchor);
        anchors.find(|mark| is_behind(time, mark)).map(|mark| mark.sense.of)
    }

    /// True for an event that stands right behind a time.
    pub fn is_counted_from(&self, event: &Mark) -> bool {
        let before = self.times.partition_point(|time| time.words.end <= event.words.start);
        before.checked_sub(1).and_then(|last| self.times.get(last)).is_some_and(|time| is_behind(time, event))
    }

    pub fn has(&self, words: &Range<u32>, layer: Layer, kinds: &[Option<u16>]) -> bool {
        self.marks_in(words, layer).any(|mark| kinds.contains(&Some(mark.sense.of)))
    }

    fn modality(&self, words: Range<u32>) -> Modality {
        let mut found = Modality::Asserted;
        for mark in self.marks_in(&words, Layer::Modality) {
            let one = match Some(mark.sense.of) {
                of if of == self.cues.hedged => Modality::Hedged,
                of if of == self.cues.attributed => Modality::Attributed,
                of if of == self.cues.denied => Modality::Denied,
                of if of == self.cues.hypothetical => Modality::Supposed,
                _ => Modality::Told,
            };
            found = found.max(one);
        }
        found
    }

    fn population(&self, words: &Range<u32>) -> u64 {
        self.marks_in(words, Layer::Population)
            .filter(|mark| mark.sense.of < GROUPS)
            .fold(0, |all, mark| all | 1 << mark.sense.of)
    }

    fn qualifiers(&self, words: &Range<u32>) -> Vec<(u16, u16)> {
        let mut all: Vec<(u16, u16)> =
            self.marks_in(words, Layer::Qualifier).map(|mark| (mark.sense.of, mark.sense.entry)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn intensity(&self, words: &Range<u32>) -> u16 {
        self.marks_in(words, Layer::Intensity).map(|mark| mark.sense.value).max().unwrap_or(0)
    }

    fn intensities(&self, words: &Range<u32>) -> u16 {
        let bit = |mark: &Mark| 1u16.checked_shl(u32::from(mark.sense.value)).unwrap_or(0);
        self.marks_in(words, Layer::Intensity).fold(0, |all, mark| all | bit(mark))
    }
}

/// True for an event so near behind a time that the time counts from it.
fn is_behind(time: &Time, event: &Mark) -> bool {
    (time.words.end..time.words.end + ANCHOR_WORDS).contains(&event.words.start)
}
