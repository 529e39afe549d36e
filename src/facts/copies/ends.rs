//! Where a copy begins and ends: at sentence boundaries, as an editor would cut.

use super::align::common_in;
use super::{Copied, FEWEST, Run};
use crate::document::Document;
use std::ops::Range;

/// A region that begins or ends inside a sentence takes it in when so much of it is equal, in percent.
const WHOLE_SENTENCE: usize = 60;
/// A neighbouring sentence belongs to a copy when so much of the longer one is equal, in percent.
const ALIKE_SENTENCE: u32 = 70;
/// How many sentences a copy may grow by at each end.
const NEIGHBOURS: usize = 4;
/// A shared stretch inside longer sentences counts by itself from so many equal words on.
const FRAGMENT: u32 = 20;

/// A text in sentences, words by their number.
pub(super) trait Sentences {
    /// The words of the sentence that holds a word.
    fn around(&self, word: u32) -> Option<Range<u32>>;
}

impl Sentences for Document {
    fn around(&self, word: u32) -> Option<Range<u32>> {
        Some(self.sentence_of(word)?.words.clone())
    }
}

/// Moves the ends of a copy to sentence boundaries; `None` where nothing whole is left.
pub(super) fn snapped(doc: &dyn Sentences, keys: &[u64], runs: Vec<Run>) -> Option<(Copied, Vec<Run>)> {
    let whole = runs.clone();
    let mut ends = Ends { doc, keys, runs };
    let region = match ends.snap_start().zip(ends.snap_end()) {
        Some((start, end)) => ends.grown(start.0..end.0, start.1..end.1),
        None => {
            let equal: u32 = whole.iter().map(|r| r.length).sum();
            let (first, last) = (whole.first()?, whole.last()?);
            if equal < FRAGMENT {
                return None;
            }
            ends.runs = whole.clone();
            (first.original..last.original_end(), first.copy..last.copy_end())
        }
    };
    let equal = ends.runs.iter().map(|r| r.length).sum();
    let (original, copy) = region;
    let is_apart = original.start < original.end && original.end <= copy.start && copy.start < copy.end;
    (is_apart && equal >= FEWEST).then_some((Copied { copy, original, equal, runs: 0..0 }, ends.runs))
}

/// A copy whose ends are being moved.
struct Ends<'a> {
    doc: &'a dyn Sentences,
    keys: &'a [u64],
    runs: Vec<Run>,
}

impl Ends<'_> {
    /// First words of the original and of the copy.
    fn snap_start(&mut self) -> Option<(u32, u32)> {
        loop {
            let first = *self.runs.first()?;
            let (original, copy) = self.sentences(first.original, first.copy)?;
            if first.original == original.start && first.copy == copy.start {
                return Some((first.original, first.copy));
            }
            let added: Vec<Run> =
                common_in(self.keys, original.start..first.original, copy.start..first.copy).collect();
            match self.whole(&original, &copy, &added) {
                (true, true) => {
                    self.runs.splice(0..0, added);
                    return Some((original.start, copy.start));
                }
                // One telling lost the stop that parts the sentences.
                (true, _) if first.original == original.start => return Some((first.original, first.copy)),
                (_, true) if first.copy == copy.start => return Some((first.original, first.copy)),
                _ => {}
            }
            self.runs = self.runs.iter().filter_map(|r| from_copy(*r, copy.end)).collect();
        }
    }

    /// First words behind the original and behind the copy.
    fn snap_end(&mut self) -> Option<(u32, u32)> {
        loop {
            let last = *self.runs.last()?;
            let (original, copy) = self.sentences(last.original_end() - 1, last.copy_end() - 1)?;
            if last.original_end() == original.end && last.copy_end() == copy.end {
                return Some((original.end, copy.end));
            }
            let added: Vec<Run> =
                common_in(self.keys, last.original_end()..original.end, last.copy_end()..copy.end).collect();
            match self.whole(&original, &copy, &added) {
                (true, true) => {
                    self.runs.extend(added);
                    return Some((original.end, copy.end));
                }
                (true, _) if last.original_end() == original.end => return Some((original.end, last.copy_end())),
                (_, true) if last.copy_end() == copy.end => return Some((last.original_end(), copy.end)),
                _ => {}
            }
            self.runs = self.runs.iter().filter_map(|r| up_to_copy(*r, copy.start)).collect();
        }
    }

    /// Takes in the next sentences on both sides as long as they are alike, a few at each end: a sentence that was rewritten more
    /// than its neighbours is part of the copy all the same.
    fn grown(&mut self, mut original: Range<u32>, mut copy: Range<u32>) -> (Range<u32>, Range<u32>) {
        for _ in 0..NEIGHBOURS {
            let Some((before, again)) = self.sentences(original.end, copy.end) else { break };
            let is_next = before.start == original.end && again.start == copy.end && before.end <= copy.start;
            let Some(runs) = self.alike(&before, &again).filter(|_| is_next) else { break };
            (original.end, copy.end) = (before.end, again.end);
            self.runs.extend(runs);
        }
        for _ in 0..NEIGHBOURS {
            let (Some(last), Some(latest)) = (original.start.checked_sub(1), copy.start.checked_sub(1)) else { break };
            let Some((before, again)) = self.sentences(last, latest) else { break };
            let is_next = before.end == original.start && again.end == copy.start && original.end <= again.start;
            let Some(runs) = self.alike(&before, &again).filter(|_| is_next) else { break };
            (original.start, copy.start) = (before.start, again.start);
            self.runs.splice(0..0, runs);
        }
        (original, copy)
    }

    /// The equal words of two sentences, if they are enough.
    fn alike(&self, original: &Range<u32>, copy: &Range<u32>) -> Option<Vec<Run>> {
        let lengths = (original.end - original.start, copy.end - copy.start);
        let (shortest, longest) = (lengths.0.min(lengths.1), lengths.0.max(lengths.1));
        let is_enough = |equal: u32| equal * 100 >= longest * ALIKE_SENTENCE && equal > 0;
        let slice = |range: &Range<u32>| self.keys.get(range.start as usize..range.end as usize).unwrap_or_default();
        let shared = || slice(original).iter().filter(|key| slice(copy).contains(key)).count() as u32;
        if !is_enough(shortest) || !is_enough(shared()) {
            return None;
        }
        let runs: Vec<Run> = common_in(self.keys, original.clone(), copy.clone()).collect();
        let equal: u32 = runs.iter().map(|r| r.length).sum();
        is_enough(equal).then_some(runs)
    }

    /// The words of the sentences that hold a word of the original and one of the copy.
    fn sentences(&self, original: u32, copy: u32) -> Option<(Range<u32>, Range<u32>)> {
        Some((self.doc.around(original)?, self.doc.around(copy)?))
    }

    /// Whether so much of each sentence is equal that it belongs to the copy as a whole.
    fn whole(&self, original: &Range<u32>, copy: &Range<u32>, added: &[Run]) -> (bool, bool) {
        let added: u32 = added.iter().map(|r| r.length).sum();
        let overlap = |start: u32, length: u32, range: &Range<u32>| {
            (start + length).min(range.end).saturating_sub(start.max(range.start))
        };
        let is_whole = |equal: u32, range: &Range<u32>| {
            (equal + added) as usize * 100 >= (range.end - range.start) as usize * WHOLE_SENTENCE
        };
        let in_original = self.runs.iter().map(|r| overlap(r.original, r.length, original)).sum();
        let in_copy = self.runs.iter().map(|r| overlap(r.copy, r.length, copy)).sum();
        (is_whole(in_original, original), is_whole(in_copy, copy))
    }
}

/// What of a run lies at or behind a word of the copy.
fn from_copy(run: Run, start: u32) -> Option<Run> {
    let cut = start.saturating_sub(run.copy);
    (cut < run.length).then(|| Run { original: run.original + cut, copy: run.copy + cut, length: run.length - cut })
}

/// What of a run lies before a word of the copy.
fn up_to_copy(run: Run, end: u32) -> Option<Run> {
    (run.copy < end).then(|| Run { length: run.length.min(end - run.copy), ..run })
}
