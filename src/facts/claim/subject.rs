//! What a claim is about: the topics and other telling words of its clause, or those that a reader takes it to go on with.

use super::clause::Clause;
use super::cues::Cues;
use super::reading::{Reading, head};
use super::senses::{Layer, Mark, Senses};
use super::telling::time_at;
use super::{Origin, Subject, Term};
use crate::document::{Document, WordKind};
use crate::facts::Time;
use crate::facts::time::Kind;
use std::ops::Range;

/// Words that are more common tell nothing of a subject, in tenths of nats.
const COMMON: u32 = 25;
/// The least weight of a topic of the lexicon: it was put there because it tells.
const TOPIC: u32 = 40;

impl Reading<'_> {
    /// What a claim is about, and where that was found.
    pub fn subject_of(&self, block: u32, parts: &[Clause], part: &Clause) -> (Origin, Vec<Subject>) {
        let mut own = self.subject(&part.words);
        let has_topic = own.iter().any(|subject| matches!(subject.term, Term::Topic(_)));
        let has_pronoun = self.has(&part.words, Layer::Joint, &[self.cues.joints.pronoun]);
        if !own.is_empty() && (has_topic || !has_pronoun) {
            return (Origin::Own, own);
        }
        let (place, before) = &self.before;
        if has_pronoun && !before.is_empty() && place.saturating_add(1) >= block {
            own.extend(before);
            own.sort_unstable();
            own.dedup_by_key(|subject| subject.term);
            return (Origin::Before, own);
        }
        if !own.is_empty() {
            return (Origin::Own, own);
        }
        for other in parts.iter().filter(|other| *other != part && !other.is_condition) {
            let found = self.subject(&other.words);
            if !found.is_empty() {
                return (Origin::Sentence, found);
            }
        }
        let (place, before) = &self.before;
        if !before.is_empty() && place.saturating_add(1) >= block {
            return (Origin::Before, before.clone());
        }
        let heading = self.doc.heading_path(block).find_map(|heading| {
            let words = head(&self.doc.blocks.get(heading as usize)?.words);
            let mut marks = Vec::new();
            self.senses.read(self.doc, words.clone(), &mut marks);
            let found = subject(self.doc, self.senses, &marks, self.times, &words, self.cues);
            (!found.is_empty()).then_some(found)
        });
        (Origin::Heading, heading.unwrap_or_default())
    }

    pub fn subject(&self, words: &Range<u32>) -> Vec<Subject> {
        subject(self.doc, self.senses, &self.marks, self.times, words, self.cues)
    }
}

/// The topics and other telling words in a range of words, those of times and cues left out.
fn subject(
    doc: &Document,
    senses: &Senses,
    marks: &[Mark],
    times: &[Time],
    words: &Range<u32>,
    cues: &Cues,
) -> Vec<Subject> {
    // A dose names what it is a dose of: “60 mg of iron a day”.
    let is_dose = |at: u32| time_at(times, at).is_some_and(|time| matches!(time.kind, Kind::Dose { .. }));
    let in_time = |at: u32| time_at(times, at).is_some();
    let mut found: Vec<Subject> = Vec::new();
    let mut is_named = vec![false; words.len()];
    for mark in marks.iter().filter(|mark| words.contains(&mark.words.start)) {
        let is_topic = mark.sense.layer == Layer::Topic;
        if in_time(mark.words.start) && !(is_topic && is_dose(mark.words.start)) {
            continue;
        }
        let is_said = match mark.sense.layer {
            Layer::Topic => {
                let rarity = |at: u32| doc.words.get(at as usize).map_or(0, |word| senses.rarity(word.key));
                let weight = mark.words.clone().map(rarity).max().unwrap_or(0).max(TOPIC);
                found.push(Subject { term: Term::Topic(mark.sense.entry), weight });
                true
            }
            Layer::Joint => Some(mark.sense.of) != cues.joints.pronoun,
            Layer::Stance | Layer::Slot | Layer::Modality | Layer::Anchor | Layer::Population => true,
            Layer::Qualifier | Layer::Intensity | Layer::Standing => false,
        };
        if is_said {
            for at in mark.words.clone() {
                if let Some(named) = is_named.get_mut((at - words.start) as usize) {
                    *named = true;
                }
            }
        }
    }
    for at in words.clone() {
        let Some(word) = doc.words.get(at as usize) else { continue };
        let is_said = is_named.get((at - words.start) as usize).copied().unwrap_or(true);
        if is_said || senses.is_closed(word.key) || word.kind == WordKind::Number || in_time(at) {
            continue;
        }
        let weight = senses.rarity(word.key);
        if weight >= COMMON {
            found.push(Subject { term: Term::Word(senses.stem(word.key, doc.slice(word.text))), weight });
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|subject| subject.term);
    found
}
