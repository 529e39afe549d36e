//! The words that tell what a clause, its sentence and what stands over it are about.

use super::Telling;
use super::clause::Clause;
use super::reading::{Reading, head};
use super::senses::Layer;
use crate::document::{BlockKind, WordKind};
use crate::facts::Time;
use crate::language::Kin;
use std::ops::Range;

/// Words that are more common, or shorter, tell nothing; rarer ones tell no more.
const COMMON: u32 = 25;
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
        let kin = Kin::builtin();
        for at in words {
            let Some(word) = self.doc.words.get(at as usize) else { continue };
            let text = self.doc.slice(word.text);
            let weight = self.senses.rarity(word.key).min(WEIGHTIEST);
            if weight < COMMON
                || word.kind == WordKind::Number
                || text.len() < SHORTEST
                || self.senses.is_closed(word.key)
                || time_at(self.times, at).is_some()
                || is_present && self.is_cue(at)
            {
                continue;
            }
            let Some(stem) = self.stems.get(at as usize).copied() else { continue };
            self.tellings.push(Telling { stem, weight, kin: kin.place(word.key) });
        }
        self.sorted(start)
    }

    /// Puts the telling words from here on in order, each once.
    fn sorted(&mut self, start: usize) -> Range<u32> {
        let mut new = self.tellings.split_off(start);
        new.sort_unstable();
        new.dedup_by_key(|telling| telling.stem);
        self.tellings.extend(new);
        start as u32..self.tellings.len() as u32
    }

    /// True for a word of a cue: what it says is read as a cue.
    fn is_cue(&self, at: u32) -> bool {
        let cues = [Layer::Stance, Layer::Modality, Layer::Joint, Layer::Anchor, Layer::Standing];
        self.marks.iter().any(|mark| mark.words.contains(&at) && cues.contains(&mark.sense.layer))
    }
}

/// The time that a word lies in; times are in order and do not overlap.
pub(super) fn time_at(times: &[Time], at: u32) -> Option<&Time> {
    let index = times.partition_point(|time| time.words.end <= at);
    times.get(index).filter(|time| time.words.contains(&at))
}
