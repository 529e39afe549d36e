//! The words that tell what a clause, its sentence and what stands over it are about.

use super::Telling;
use super::clause::Clause;
use super::reading::{Reading, head};
use super::senses::Layer;
use crate::document::{BlockKind, WordKind};
use crate::facts::Time;
use crate::facts::time::Side;
use crate::language::Kin;
use std::ops::Range;

/// Words that are more common, or shorter, tell nothing; rarer ones tell no more.
const COMMON: u32 = 25;
/// Of what a time counts from, a word may be more common than that.
const FAMILIAR: u32 = 12;
/// What a time counts from is named in so many words behind it.
const EVENT_WORDS: u32 = 5;
const WEIGHTIEST: u32 = 65;
const SHORTEST: usize = 3;

/// Of a row, so many cells are looked at: the tables of articles have fewer columns.
const MOST_CELLS: usize = 64;

/// The telling words around a claim, as ranges of all of them.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// Its sentence.
    pub said: Range<u32>,
    /// The sentence before it in its block.
    pub before: Range<u32>,
    /// What stands over it: the lead-in of its list, the question that it answers, its heading, the other cells of its row.
    pub over: Range<u32>,
}

impl Reading<'_> {
    /// The telling words of the present sentence, and of what stands over it.
    pub fn told(&mut self, block: u32, parts: &[Clause]) -> Told {
        if let Some(told) = &self.told {
            return told.clone();
        }
        let sentence = parts.first().map_or(0, |p| p.words.start)..parts.last().map_or(0, |p| p.words.end);
        let said = self.tell(sentence.clone(), true);
        let doc = self.doc;
        let number = doc.words.get(sentence.start as usize).map_or(0, |word| word.sentence);
        let before = number.checked_sub(1).and_then(|before| doc.sentences.get(before as usize));
        let before = before.filter(|before| before.block == block).map(|before| head(&before.words));
        let own = doc.blocks.get(block as usize);
        let over = own.map_or([None; 3], |own| [own.lead_in, own.question, own.heading]);
        let over = over.into_iter().flatten().chain(self.row(block));
        let over: Vec<Range<u32>> = over.filter_map(|over| Some(head(&doc.blocks.get(over as usize)?.words))).collect();
        let start = self.tellings.len();
        for words in over {
            self.tell(words, false);
        }
        let over = self.sorted(start);
        let before = before.map_or(0..0, |words| self.tell(words, false));
        self.told.insert(Told { said, before, over }).clone()
    }

    /// The other cells of the row of a cell.
    fn row(&self, block: u32) -> Vec<u32> {
        let row = |block: u32| match self.doc.blocks.get(block as usize)?.kind {
            BlockKind::Cell { row, column } => Some((row, column)),
            _ => None,
        };
        let Some((own, column)) = row(block) else { return Vec::new() };
        let is_same = |cell: &u32| row(*cell).is_some_and(|(row, _)| row == own);
        let first = block.saturating_sub(column);
        (first..)
            .take(MOST_CELLS)
            .take_while(|cell| *cell < block || is_same(cell))
            .filter(|cell| *cell != block && is_same(cell))
            .collect()
    }

    /// Adds the telling words in a range of words, those of times left out, and of cues where the marks of the present sentence are asked.
    pub fn tell(&mut self, words: Range<u32>, is_present: bool) -> Range<u32> {
        let start = self.tellings.len();
        for at in words {
            let telling = self.telling(at, COMMON).filter(|_| !(is_present && self.is_cue(at)));
            self.tellings.extend(telling);
        }
        self.sorted(start)
    }

    /// The words of what a time counts from.
    pub fn tell_event(&mut self, time: &Time) -> Range<u32> {
        let start = self.tellings.len();
        let sentence = self.doc.words.get(time.words.start as usize).map_or(0, |word| word.sentence);
        let end = self.doc.sentences.get(sentence as usize).map_or(0, |sentence| sentence.words.end);
        if matches!(time.side, Side::Before | Side::After | Side::Both) {
            let behind = time.words.end..end.min(time.words.end + EVENT_WORDS);
            let words: Vec<Telling> = behind.filter_map(|at| self.telling(at, FAMILIAR)).collect();
            self.tellings.extend(words);
        }
        self.sorted(start)
    }

    /// What a word tells, if it is no more common than this and no time.
    fn telling(&self, at: u32, common: u32) -> Option<Telling> {
        let word = self.doc.words.get(at as usize)?;
        let weight = self.senses.rarity(word.key).min(WEIGHTIEST);
        let tells = weight >= common
            && word.kind != WordKind::Number
            && self.doc.slice(word.text).len() >= SHORTEST
            && !self.senses.is_closed(word.key)
            && time_at(self.times, at).is_none();
        let stem = self.stems.get(at as usize).copied()?;
        tells.then(|| Telling { stem, weight, kin: Kin::builtin().word(word.key) })
    }

    /// Puts the telling words from here on in order, each once.
    fn sorted(&mut self, start: usize) -> Range<u32> {
        let mut new = self.tellings.split_off(start);
        new.sort_unstable();
        new.dedup_by_key(|telling| telling.stem);
        self.tellings.extend(new);
        start as u32..self.tellings.len() as u32
    }

    /// True for a word of a cue: what it says is read as a cue. Verbs that end something tell what is done, too; an event is a cue where a
    /// time counts from it.
    fn is_cue(&self, at: u32) -> bool {
        self.marks.iter().filter(|mark| mark.words.contains(&at)).any(|mark| match mark.sense.layer {
            Layer::Stance => Some(mark.sense.of) != self.cues.stop,
            Layer::Anchor => self.is_counted_from(mark),
            Layer::Modality | Layer::Joint | Layer::Standing => true,
            _ => false,
        })
    }
}

/// The time that a word lies in; times are in order and do not overlap.
pub(super) fn time_at(times: &[Time], at: u32) -> Option<&Time> {
    let index = times.partition_point(|time| time.words.end <= at);
    times.get(index).filter(|time| time.words.contains(&at))
}
