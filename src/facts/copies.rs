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
/// How many chains a run may join, the latest ones.
const OPEN_CHAINS: usize = 48;
/// A gap between two runs may always be so long, in words; a long chain bridges as much as it holds itself.
const REACH: u32 = 16;
/// A chain may not get thinner than one equal word in two.
const THINNEST: u32 = 2;
/// Chains with fewer equal words are ordinary phrases.
const FEWEST: u32 = 7;
/// A region that begins or ends inside a sentence takes it in when so much of it is equal, in percent.
const WHOLE_SENTENCE: usize = 60;

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
    /// Share of the words of both tellings that are equal in order, in thousandths.
    pub fn permille(&self) -> u16 {
        let both = (self.copy.end - self.copy.start) + (self.original.end - self.original.start);
        (2000 * u64::from(self.equal)).checked_div(u64::from(both)).unwrap_or(0) as u16
    }
}

/// Finds the copies of a document.
pub(super) fn find(doc: &Document, lexicon: &Lexicon, facts: &mut Facts) {
    let keys = keys(doc, lexicon);
    let mut links = seeds(&keys);
    if links.is_empty() {
        return;
    }
    let chains = chain(&mut links);
    let mut found: Vec<(Copied, Vec<Run>)> = Vec::new();
    for last in chains {
        let runs = aligned(&keys, runs_of(&links, last));
        found.extend(snapped(doc, &keys, runs));
    }
    found.sort_by_key(|(c, _)| (std::cmp::Reverse(c.equal), c.copy.start, c.original.start));
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

/// A run with the run before it in its chain.
#[derive(Clone, Copy, Debug)]
struct Link {
    run: Run,
    before: Option<u32>,
}

/// All maximal equal runs of at least [`SEED`] words, in order of the later place.
fn seeds(keys: &[u64]) -> Vec<Link> {
    let mut links = Vec::new();
    let Some(count) = keys.len().checked_sub(2 * SEED - 1) else { return links };
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
                let run = Run { original: from as u32, copy: at as u32, length: length as u32 };
                links.push(Link { run, before: None });
            }
        }
    }
    links
}

/// Runs that belong to one copy.
#[derive(Clone, Debug)]
struct Chain {
    original: Range<u32>,
    copy: Range<u32>,
    equal: u32,
    last: u32,
    first: u32,
}

impl Chain {
    /// The chain with another one behind it, if that is near enough and leaves the whole thick enough.
    fn joined(&self, next: &Chain) -> Option<Chain> {
        let reach = REACH + self.equal.max(next.equal);
        let gap = |before: u32, after: u32| after.checked_sub(before).filter(|gap| *gap <= reach);
        gap(self.original.end, next.original.start)?;
        gap(self.copy.end, next.copy.start)?;
        let (original, copy) = (self.original.start..next.original.end, self.copy.start..next.copy.end);
        let equal = self.equal + next.equal;
        let longest = (original.end - original.start).max(copy.end - copy.start);
        let is_apart = original.end <= copy.start;
        (is_apart && equal * THINNEST >= longest).then_some(Chain {
            original,
            copy,
            equal,
            first: self.first,
            last: next.last,
        })
    }
}

/// Joins runs to chains; gives the last link of each chain that is no ordinary phrase.
fn chain(links: &mut [Link]) -> Vec<u32> {
    let mut chains: Vec<Chain> = Vec::new();
    for index in 0..links.len() {
        let Some(run) = clipped(links, index, chains.last()) else { continue };
        let (original, copy) = (run.original..run.original_end(), run.copy..run.copy_end());
        let single = Chain { original, copy, equal: run.length, first: index as u32, last: index as u32 };
        join_behind(&mut chains, links, single);
    }
    // A long chain reaches back to short ones that could not reach it.
    chains.sort_by_key(|c| (c.copy.start, c.original.start));
    let mut joined: Vec<Chain> = Vec::new();
    for next in chains {
        join_behind(&mut joined, links, next);
    }
    joined.into_iter().filter(|c| c.equal >= FEWEST).map(|c| c.last).collect()
}

/// Hangs a chain behind the nearest of the latest chains that takes it, or sets it beside them.
fn join_behind(chains: &mut Vec<Chain>, links: &mut [Link], next: Chain) {
    let latest = chains.len().saturating_sub(OPEN_CHAINS);
    let candidates = chains.iter().enumerate().skip(latest).rev();
    let best = candidates
        .filter_map(|(i, chain)| {
            let distance =
                next.original.start.wrapping_sub(chain.original.end) + next.copy.start.wrapping_sub(chain.copy.end);
            Some((distance, i, chain.joined(&next)?))
        })
        .min_by_key(|(distance, i, _)| (*distance, *i));
    match best {
        Some((_, i, joined)) => {
            links[next.first as usize].before = Some(chains[i].last);
            chains.remove(i);
            chains.push(joined);
        }
        None => chains.push(next),
    }
}

/// A run without the words that the run before it in the same place already took.
fn clipped(links: &mut [Link], index: usize, latest: Option<&Chain>) -> Option<Run> {
    let run = &mut links[index].run;
    if let Some(latest) = latest {
        let over = latest.copy.end.saturating_sub(run.copy).min(latest.original.end.saturating_sub(run.original));
        let is_same_place = latest.copy.contains(&run.copy) && latest.original.contains(&run.original);
        if is_same_place && over > 0 {
            if over + 1 >= run.length {
                return None;
            }
            *run = Run { original: run.original + over, copy: run.copy + over, length: run.length - over };
        }
    }
    Some(*run)
}

/// The runs of a chain from its last link, in order.
fn runs_of(links: &[Link], last: u32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = Some(last);
    while let Some(link) = at.and_then(|i| links.get(i as usize)) {
        runs.push(link.run);
        at = link.before;
    }
    runs.reverse();
    runs
}

/// Adds the equal words in the gaps between runs.
fn aligned(keys: &[u64], runs: Vec<Run>) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        if let Some(last) = all.last().copied() {
            let gap = (last.original_end()..run.original, last.copy_end()..run.copy);
            all.extend(common_in(keys, gap.0, gap.1));
        }
        all.push(run);
    }
    all
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
            let (whole_original, whole_copy) = self.whole(&original, &copy, &added);
            if whole_original || whole_copy {
                let start = (
                    if whole_original { original.start } else { first.original },
                    if whole_copy { copy.start } else { first.copy },
                );
                if whole_original && whole_copy {
                    self.runs.splice(0..0, added);
                }
                return Some(start);
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
            let (whole_original, whole_copy) = self.whole(&original, &copy, &added);
            if whole_original || whole_copy {
                let end = (
                    if whole_original { original.end } else { last.original_end() },
                    if whole_copy { copy.end } else { last.copy_end() },
                );
                if whole_original && whole_copy {
                    self.runs.extend(added);
                }
                return Some(end);
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
