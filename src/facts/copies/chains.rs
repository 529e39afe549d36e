//! Runs to copies: which runs belong together over the edits between them.
//!
//! A run goes on from the earlier run that leaves the best balance of equal words against the words skipped (dynamic
//! programming over the latest ones, as read aligners chain their seeds). It is done twice: first over runs with small gaps,
//! which decides on which diagonal a copy lies, then over what came of it, where longer parts may bridge longer gaps.

use super::{FEWEST, Run};

/// How many earlier parts a part may continue, the latest ones.
const CANDIDATES: usize = 32;
/// A gap between two parts may always be so long, in words; beyond it no longer than the shorter of the two.
const REACH: i64 = 16;

/// In exact runs, a copy keeps at least one word in so many.
const THINNEST: u32 = 3;

/// Runs in a row that may be one copy.
#[derive(Clone, Copy, Debug)]
struct Part {
    first: Run,
    last: Run,
    equal: u32,
    /// Its runs, as range of indexes.
    runs: (u32, u32),
}

impl Part {
    /// False where so little is equal that no alignment of the gaps can make a copy of it.
    fn is_dense(&self) -> bool {
        let original = self.last.original_end() - self.first.original;
        let copy = self.last.copy_end() - self.first.copy;
        self.equal * THINNEST >= original.min(copy)
    }

    /// What it costs to go on with `next`, in quarters of an equal word; `None` where `next` is no continuation.
    fn cost(&self, next: &Part) -> Option<i64> {
        let shorter = i64::from(self.equal.min(next.equal));
        let copy_gap = i64::from(next.first.copy) - i64::from(self.last.copy_end());
        if copy_gap > REACH + shorter || self.last.copy >= next.first.copy || self.last.original >= next.first.original
        {
            return None;
        }
        let gap = i64::from(next.first.original) - i64::from(self.last.original_end());
        let is_near = gap <= REACH + shorter && gap.min(copy_gap) >= -shorter / 4;
        let is_apart = next.last.original_end() <= self.first.copy;
        (is_near && is_apart).then(|| 2 * gap.min(copy_gap).max(0) + 2 * (gap - copy_gap).abs())
    }
}

/// Joins runs, sorted by the later place, to copies; each in order, the copies sorted by the later place.
pub(super) fn chains(runs: &[Run]) -> Vec<Vec<Run>> {
    if runs.is_empty() {
        return Vec::new();
    }
    let single = |(index, run): (usize, &Run)| Part {
        first: *run,
        last: *run,
        equal: run.length,
        runs: (index as u32, index as u32 + 1),
    };
    let parts: Vec<Part> = runs.iter().enumerate().map(single).collect();
    let (mut near, runs) = joined(&parts, runs);
    near.retain(|part| part.equal >= FEWEST);
    let (mut far, runs) = joined(&near, &runs);
    far.retain(Part::is_dense);
    far.into_iter().map(|part| runs[part.runs.0 as usize..part.runs.1 as usize].to_vec()).collect()
}

/// Joins parts where the edits between them cost less than they bring: the best predecessor of each, then the best chains
/// first. Gives the chains with the runs they refer to.
fn joined(parts: &[Part], runs: &[Run]) -> (Vec<Part>, Vec<Run>) {
    let mut best: Vec<(i64, Option<u32>)> = Vec::with_capacity(parts.len());
    // How far the copies of a part and of those before it reach.
    let mut reach: Vec<i64> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let own = 4 * i64::from(part.equal);
        let nearest = i64::from(part.first.copy) - REACH - i64::from(part.equal);
        let mut before: (i64, Option<u32>) = (0, None);
        for i in (index.saturating_sub(CANDIDATES)..index).rev() {
            if reach[i] < nearest {
                break;
            }
            match parts[i].cost(part).map(|cost| best[i].0 - cost) {
                Some(gain) if gain > before.0 => before = (gain, Some(i as u32)),
                _ => {}
            }
        }
        best.push((before.0 + own, before.1));
        reach.push(i64::from(part.last.copy_end()).max(reach.last().copied().unwrap_or(0)));
    }
    let mut order: Vec<u32> = (0..parts.len() as u32).collect();
    order.sort_unstable_by_key(|i| (std::cmp::Reverse(best[*i as usize].0), *i));
    let mut is_used = vec![false; parts.len()];
    let mut chains = Vec::new();
    let mut all = Vec::with_capacity(runs.len());
    let mut members = Vec::new();
    for end in order {
        let mut at = Some(end);
        while let Some(index) = at.filter(|i| !is_used[*i as usize]) {
            is_used[index as usize] = true;
            members.push(index);
            at = best[index as usize].1;
        }
        let (Some(last), Some(first)) = (members.first(), members.last()) else { continue };
        let (first, last) = (parts[*first as usize].first, parts[*last as usize].last);
        let start = all.len() as u32;
        let equal = members.iter().map(|i| parts[*i as usize].equal).sum();
        for index in members.drain(..).rev() {
            let (from, to) = parts[index as usize].runs;
            all.extend_from_slice(&runs[from as usize..to as usize]);
        }
        chains.push(Part { first, last, equal, runs: (start, all.len() as u32) });
    }
    chains.sort_unstable_by_key(|c| (c.first.copy, c.first.original));
    (chains, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(original: u32, copy: u32, length: u32) -> Run {
        Run { original, copy, length }
    }

    #[test]
    fn edits_are_bridged() {
        let runs = [run(0, 100, 10), run(11, 111, 9), run(22, 121, 30)];
        assert_eq!(chains(&runs), [runs.to_vec()]);
    }

    #[test]
    fn ordinary_phrases_steal_nothing() {
        // The second run is a phrase from elsewhere that lies in the gap of a copy.
        let runs = [run(0, 100, 40), run(60, 141, 4), run(42, 142, 40)];
        assert_eq!(chains(&runs), [vec![runs[0], runs[2]]]);
    }

    #[test]
    fn far_runs_stay_apart() {
        let runs = [run(0, 1000, 10), run(300, 1020, 10)];
        assert_eq!(chains(&runs).len(), 2);
    }
}
