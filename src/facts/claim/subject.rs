//! What a claim is about: the topics and other telling words of its clause, or those that a reader takes it to go on with.

use super::clause::Clause;
use super::reading::{Reading, head};
use super::senses::{Layer, Mark};
use super::telling::time_at;
use super::{Origin, Subject, Term};
use crate::document::WordKind;
use crate::facts::time::Kind;
use std::cell::OnceCell;
use std::ops::Range;

/// Words that are more common tell nothing of a subject, in tenths of nats.
const COMMON: u32 = 25;
/// What stands more sentences before is not in mind any more.
const SENTENCES: usize = 16;
/// The least weight of a topic of the lexicon: it was put there because it tells.
const TOPIC: u32 = 40;

/// What is named around the clauses of a sentence, found once for all of them: a sentence may have hundreds.
#[derive(Default)]
pub(super) struct Around {
    /// By the first clause that names something.
    clause: OnceCell<Vec<Subject>>,
    /// By the sentences before.
    before: OnceCell<Vec<Subject>>,
    /// By the headings over it.
    heading: OnceCell<Vec<Subject>>,
}

impl Reading<'_> {
    /// What a claim is about, and where that was found.
    pub fn subject_of(&self, block: u32, parts: &[Clause], part: &Clause) -> (Origin, Vec<Subject>) {
        let mut own = self.subject(&part.words);
        let has_topic = own.iter().any(|subject| matches!(subject.term, Term::Topic(_)));
        let has_pronoun = self.has(&part.words, Layer::Joint, &[self.cues.joints.pronoun]);
        if !own.is_empty() && (has_topic || !has_pronoun) {
            return (Origin::Own, own);
        }
        let before = || self.around.before.get_or_init(|| self.before(block, part.words.start));
        if has_pronoun && !before().is_empty() {
            own.extend_from_slice(before());
            own.sort_unstable();
            own.dedup_by_key(|subject| subject.term);
            return (Origin::Before, own);
        }
        if !own.is_empty() {
            return (Origin::Own, own);
        }
        // The clause itself names nothing, so it does not matter that it is among them.
        let clause = self.around.clause.get_or_init(|| {
            let others = parts.iter().filter(|other| !other.is_condition);
            others.map(|other| self.subject(&other.words)).find(|found| !found.is_empty()).unwrap_or_default()
        });
        if !clause.is_empty() {
            return (Origin::Sentence, clause.clone());
        }
        if !before().is_empty() {
            return (Origin::Before, before().clone());
        }
        (Origin::Heading, self.around.heading.get_or_init(|| self.named_by_heading(block)).clone())
    }

    /// What the nearest heading is about that names something.
    fn named_by_heading(&self, block: u32) -> Vec<Subject> {
        let headings = self.doc.heading_path(block).filter_map(|heading| self.doc.blocks.get(heading as usize));
        let mut named = headings.map(|heading| self.subject_elsewhere(&head(&heading.words)));
        named.find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// What the last sentence that named something was about, in this block or the one before it.
    fn before(&self, block: u32, word: u32) -> Vec<Subject> {
        let number = self.doc.words.get(word as usize).map_or(0, |word| word.sentence);
        let before = self.doc.sentences.get(..number as usize).unwrap_or_default().iter().rev();
        let before = before.take_while(|sentence| sentence.block.saturating_add(1) >= block).filter(|sentence| {
            let block = self.doc.blocks.get(sentence.block as usize);
            block.is_some_and(|block| !block.is_reference && !block.is_heading())
        });
        before
            .take(SENTENCES)
            .map(|sentence| self.subject_elsewhere(&sentence.words))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The subject of words outside of the present sentence.
    fn subject_elsewhere(&self, words: &Range<u32>) -> Vec<Subject> {
        let mut marks = Vec::new();
        self.senses.read(self.doc, &self.stems, words.clone(), &mut marks);
        self.subject_among(&marks, words)
    }

    fn subject(&self, words: &Range<u32>) -> Vec<Subject> {
        self.subject_among(&self.marks, words)
    }

    /// The topics and other telling words in a range of words, those of times and cues left out.
    fn subject_among(&self, marks: &[Mark], words: &Range<u32>) -> Vec<Subject> {
        let Self { doc, senses, times, cues, .. } = self;
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
                let stem = self.stems.get(at as usize).copied().unwrap_or_default();
                found.push(Subject { term: Term::Word(stem), weight });
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|subject| subject.term);
        found
    }
}
