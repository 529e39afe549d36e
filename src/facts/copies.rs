//! Places of one article that say the same, as aligned regions.
//!
//! Seed, chain, align: runs of four equal words are found through a hash table; neighbouring runs with about the same
//! shift are chained over the edits between them; the gaps of a chain are aligned word by word and its ends moved to
//! sentence boundaries. The longest copies are kept first, and no word is the later telling of two of them. Exact runs
//! alone would split an edited copy in pieces (see the alignment of edited paragraphs in Smith and Waterman, 1981, and
//! seed-and-chain in sequence alignment). Time is linear in the words of the article: every step is bounded per word.

use super::align::{Run, common};
use super::{Facts, Lexicon};
use crate::document::{BlockKind, Document};
use std::ops::Range;

/// Words of a seed. Shorter ones drown in ordinary phrases, longer ones miss copies with every fifth word changed.
const SEED: usize = 4;
/// How many earlier places of one seed are looked at.
const PLACES: usize = 16;
/// Seeds are extended over at most so many words for each word of the article.
const WORK: usize = 64;
/// How many earlier parts a part may continue, the latest ones.
const CANDIDATES: usize = 48;
/// A gap between two parts may always be so long, in words; beyond it no longer than the shorter of the two.
const REACH: u32 = 16;
/// Chains with fewer equal words are ordinary phrases.
const FEWEST: u32 = 7;
/// A region that begins or ends inside a sentence takes it in when so much of it is equal, in percent.
const WHOLE_SENTENCE: usize = 60;

/// A word that differs costs as much as so many equal words bring. At two, what is less than two thirds equal is no copy.
const DIFFERENCE: u32 = 2;
/// A shared stretch inside longer sentences counts by itself from so many equal words on.
const FRAGMENT: u32 = 20;

/// A region told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Words of the later telling.
    pub copy: Range<u32>,
    /// Words of the earlier telling.
    pub original: Range<u32>,
    /// Words that are equal, in the same order.
    pub equal: u32,
    /// Its runs, as indexes into [`Facts::runs`].
    pub runs: Range<u32>,
}

impl Copied {
    /// Equal words, less [`DIFFERENCE`] for each word that differs: how strong the evidence for a copy is.
    pub fn strength(&self) -> i64 {
        let length = |range: &Range<u32>| range.end - range.start;
        let differing = length(&self.original) + length(&self.copy) - 2 * self.equal;
        i64::from(self.equal) - difference(differing, 0) / 2
    }

    /// Share of the words of both tellings that are equal in order, in thousandths.
    pub fn permille(&self) -> u16 {
        let both = (self.copy.end - self.copy.start) + (self.original.end - self.original.start);
        (2000 * u64::from(self.equal)).checked_div(u64::from(both)).unwrap_or(0) as u16
    }
}

/// Finds the copies of a document.
pub(super) fn find(doc: &Document, lexicon: &Lexicon, facts: &mut Facts) {
    let keys = keys(doc, lexicon);
    let mut found: Vec<(Copied, Vec<Run>)> = Vec::new();
    for chain in chains(seeds(&keys)) {
        for runs in strong_parts(&aligned(&keys, &chain.runs)) {
            found.extend(snapped(doc, &keys, runs));
        }
    }
    found.sort_by_key(|(c, _)| (std::cmp::Reverse(c.strength()), c.copy.start, c.original.start));
    let mut is_copy = vec![false; keys.len()];
    for (mut copied, runs) in found {
        let words = &mut is_copy[copied.copy.start as usize..copied.copy.end as usize];
        if words.iter().filter(|w| **w).count() * 2 >= words.len() {
            continue;
        }
        words.fill(true);
        copied.runs = facts.runs.len() as u32..(facts.runs.len() + runs.len()) as u32;
        facts.runs.extend(runs);
        facts.copies.push(copied);
    }
    facts.copies.sort_by_key(|c| (c.copy.start, c.original.start));
}

/// The keys of all words; words of tables and reference lists, which repeat for honest reasons, equal nothing.
fn keys(doc: &Document, lexicon: &Lexicon) -> Vec<u64> {
    let mut keys: Vec<u64> = doc.words.iter().map(|w| w.key).collect();
    let reference_headings = lexicon.list("reference heading");
    let mut is_reference = false;
    for block in &doc.blocks {
        if block.is_heading() {
            is_reference = reference_headings.has_text(doc.slice(block.text));
        }
        if is_reference || matches!(block.kind, BlockKind::Cell { .. }) {
            for word in block.words.clone() {
                keys[word as usize] = u64::MAX - u64::from(word);
            }
        }
    }
    keys
}

/// All maximal equal runs of at least [`SEED`] words, in order of the later place.
fn seeds(keys: &[u64]) -> Vec<Run> {
    let mut runs = Vec::new();
    let Some(count) = keys.len().checked_sub(2 * SEED - 1) else { return runs };
    let grams = count + SEED;
    let bits = (2 * grams).next_power_of_two().trailing_zeros();
    let mut latest = vec![u32::MAX; 1 << bits];
    let mut earlier = vec![u32::MAX; grams];
    let mut work = WORK * keys.len();
    for at in 0..grams {
        let gram =
            keys[at..at + SEED].iter().fold(0u64, |h, k| (h ^ k).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23));
        let slot = &mut latest[(gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize];
        let mut place = *slot;
        earlier[at] = std::mem::replace(slot, at as u32);
        for _ in 0..PLACES {
            if place == u32::MAX {
                break;
            }
            let from = place as usize;
            place = earlier[from];
            let is_inside_run = from > 0 && keys[from - 1] == keys[at - 1];
            if is_inside_run || work == 0 || keys[from] != keys[at] {
                continue;
            }
            let longest = (at - from).min(keys.len() - at);
            let length = (0..longest).take_while(|i| keys[from + i] == keys[at + i]).count();
            work = work.saturating_sub(length);
            if length >= SEED {
                runs.push(Run { original: from as u32, copy: at as u32, length: length as u32 });
            }
        }
    }
    runs.sort_unstable_by_key(|r| (r.copy, r.original));
    runs
}

/// Runs in a row that may be one copy.
#[derive(Clone, Debug)]
struct Chain {
    runs: Vec<Run>,
    equal: u32,
}

impl Chain {
    fn new(runs: Vec<Run>) -> Self {
        Self { equal: runs.iter().map(|r| r.length).sum(), runs }
    }

    fn first(&self) -> Run {
        self.runs[0]
    }

    fn last(&self) -> Run {
        self.runs[self.runs.len() - 1]
    }

    /// What it costs to go on with `next`, in quarters of an equal word; `None` where `next` is no continuation.
    fn cost(&self, next: &Chain) -> Option<i64> {
        let (last, first) = (self.last(), next.first());
        let gap = |end: u32, start: u32| i64::from(start) - i64::from(end);
        let gaps = (gap(last.original_end(), first.original), gap(last.copy_end(), first.copy));
        let shorter = i64::from(self.equal.min(next.equal));
        let is_behind = gaps.0.min(gaps.1) >= -shorter / 4 && last.copy < first.copy && last.original < first.original;
        let is_near = gaps.0.max(gaps.1) <= i64::from(REACH) + shorter;
        let is_apart = next.last().original_end() <= self.first().copy;
        let cost = 2 * gaps.0.min(gaps.1).max(0) + 2 * (gaps.0 - gaps.1).abs();
        (is_behind && is_near && is_apart).then_some(cost)
    }
}

/// Joins chains to longer ones where the edits between them cost less than they bring: the best predecessor of each by
/// dynamic programming over the latest ones, then the best chains first. `parts` are sorted by the later place.
fn chained(parts: Vec<Chain>) -> Vec<Chain> {
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let own = 4 * i64::from(part.equal);
        let before = (index.saturating_sub(CANDIDATES)..index)
            .filter_map(|i| Some((best[i].0 - parts[i].cost(part)?, i)))
            .filter(|(gain, _)| *gain > 0)
            .max();
        best.push(before.map_or((own, None), |(gain, i)| (gain + own, Some(i))));
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(best[*i].0), *i));
    let mut is_used = vec![false; parts.len()];
    let mut chains = Vec::new();
    for end in order {
        let mut members = Vec::new();
        let mut at = Some(end);
        while let Some(index) = at.filter(|i| !is_used[*i]) {
            is_used[index] = true;
            members.push(index);
            at = best[index].1;
        }
        if !members.is_empty() {
            chains.push(Chain::new(members.iter().rev().flat_map(|i| parts[*i].runs.iter().copied()).collect()));
        }
    }
    chains.sort_by_key(|c| (c.first().copy, c.first().original));
    chains
}

/// Joins runs to copies: first runs to chains, which decides their diagonal, then chains over longer gaps.
fn chains(runs: Vec<Run>) -> Vec<Chain> {
    let parts = runs.into_iter().map(|run| Chain::new(vec![run])).collect();
    let near: Vec<Chain> = chained(parts).into_iter().filter(|c| c.equal >= FEWEST).collect();
    chained(near)
}

/// Adds the equal words in the gaps between runs and takes away where runs overlap.
fn aligned(keys: &[u64], runs: &[Run]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let Some(last) = all.last().copied() else {
            all.push(*run);
            continue;
        };
        let over = last.original_end().saturating_sub(run.original).max(last.copy_end().saturating_sub(run.copy));
        if over >= run.length {
            continue;
        }
        let run = Run { original: run.original + over, copy: run.copy + over, length: run.length - over };
        all.extend(common_in(keys, last.original_end()..run.original, last.copy_end()..run.copy));
        all.push(run);
    }
    all
}

/// The parts of a copy that are worth more by themselves than with what is around them: a word is worth one, a difference
/// costs [`DIFFERENCE`]. All maximal scoring segments, in linear time (Ruzzo and Tompa, 1999).
fn strong_parts(runs: &[Run]) -> Vec<Vec<Run>> {
    /// A candidate segment: its runs, and the sums of everything before it and up to its end.
    struct Segment {
        runs: Range<usize>,
        before: i64,
        through: i64,
        /// The latest segment with less before it.
        lower: Option<usize>,
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut sum = 0;
    for (index, run) in runs.iter().enumerate() {
        if let Some(last) = index.checked_sub(1).and_then(|i| runs.get(i)) {
            sum -= difference(run.original - last.original_end(), run.copy - last.copy_end());
        }
        let through = sum + 2 * i64::from(run.length);
        let mut next = Segment { runs: index..index + 1, before: sum, through, lower: None };
        sum = through;
        loop {
            let mut lower = segments.len().checked_sub(1);
            while let Some(at) = lower.filter(|at| segments[*at].before >= next.before) {
                lower = segments[at].lower;
            }
            match lower {
                Some(at) if segments[at].through < next.through => {
                    let Segment { runs, before, .. } = &segments[at];
                    next = Segment {
                        runs: runs.start..next.runs.end,
                        before: *before,
                        through: next.through,
                        lower: None,
                    };
                    segments.truncate(at);
                }
                _ => {
                    next.lower = lower;
                    break;
                }
            }
        }
        segments.push(next);
    }
    segments.into_iter().map(|s| runs[s.runs].to_vec()).collect()
}

/// What a difference costs, in half words: both sides count half each.
fn difference(original: u32, copy: u32) -> i64 {
    i64::from(DIFFERENCE) * i64::from(original + copy)
}

/// The equal words of two stretches.
fn common_in(keys: &[u64], original: Range<u32>, copy: Range<u32>) -> impl Iterator<Item = Run> {
    let mut runs = Vec::new();
    let slice = |range: &Range<u32>| keys.get(range.start as usize..range.end as usize).unwrap_or_default();
    common(slice(&original), slice(&copy), &mut runs);
    runs.into_iter().map(move |r| Run { original: r.original + original.start, copy: r.copy + copy.start, ..r })
}

/// Moves the ends of a copy to sentence boundaries; `None` where nothing whole is left.
fn snapped(doc: &Document, keys: &[u64], runs: Vec<Run>) -> Option<(Copied, Vec<Run>)> {
    let whole = runs.clone();
    let mut ends = Ends { doc, keys, runs };
    let region = match ends.snap_start().zip(ends.snap_end()) {
        Some((start, end)) => (start.0..end.0, start.1..end.1),
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
    (is_apart && equal >= FEWEST).then(|| (Copied { copy, original, equal, runs: 0..0 }, ends.runs))
}

/// A copy whose ends are being moved.
struct Ends<'a> {
    doc: &'a Document,
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

    /// The words of the sentences that hold a word of the original and one of the copy.
    fn sentences(&self, original: u32, copy: u32) -> Option<(Range<u32>, Range<u32>)> {
        Some((self.doc.sentence_of(original)?.words.clone(), self.doc.sentence_of(copy)?.words.clone()))
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
