//! Alignment of two stretches of words: which words of one stand, in the same order, in the other.

use std::ops::Range;

/// Equal words in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First word in the earlier place.
    pub original: u32,
    /// First word in the later place.
    pub copy: u32,
    /// How many words.
    pub length: u32,
}

impl Run {
    /// First word behind the run in the earlier place.
    pub fn original_end(self) -> u32 {
        self.original + self.length
    }

    /// First word behind the run in the later place.
    pub fn copy_end(self) -> u32 {
        self.copy + self.length
    }
}

/// Largest gap that is aligned, as the product of both lengths; beyond it nothing in the gap counts as equal.
const LARGEST_GAP: usize = 96 * 96;

/// The longest common subsequence of two short stretches, as runs with offsets from the beginning of each.
/// Time and memory are bounded by a constant.
fn common(original: &[u64], copy: &[u64], out: &mut Vec<Run>) {
    if original.is_empty() || copy.is_empty() || original.len() * copy.len() > LARGEST_GAP {
        return;
    }
    let width = copy.len() + 1;
    let mut best = vec![0u16; (original.len() + 1) * width];
    for (i, a) in original.iter().enumerate().rev() {
        let (above, below) = best.split_at_mut((i + 1) * width);
        let row = &mut above[i * width..];
        let mut behind = 0;
        for (((b, cell), down), diagonal) in copy.iter().zip(row).zip(&*below).zip(&below[1..]).rev() {
            behind = if a == b { diagonal + 1 } else { behind.max(*down) };
            *cell = behind;
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < original.len() && j < copy.len() {
        if original[i] == copy[j] {
            match out.last_mut() {
                Some(last) if last.original_end() as usize == i && last.copy_end() as usize == j => last.length += 1,
                _ => out.push(Run { original: i as u32, copy: j as u32, length: 1 }),
            }
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Adds the equal words in the gaps between runs and takes away where runs overlap.
pub(super) fn filled(keys: &[u64], runs: &[Run]) -> Vec<Run> {
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

/// The equal words of two stretches.
pub(super) fn common_in(keys: &[u64], original: Range<u32>, copy: Range<u32>) -> impl Iterator<Item = Run> {
    let mut runs = Vec::new();
    let slice = |range: &Range<u32>| keys.get(range.start as usize..range.end as usize).unwrap_or_default();
    common(slice(&original), slice(&copy), &mut runs);
    runs.into_iter().map(move |r| Run { original: r.original + original.start, copy: r.copy + copy.start, ..r })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order() {
        let mut runs = Vec::new();
        common(&[1, 2, 3, 9, 4], &[7, 1, 2, 4, 3], &mut runs);
        assert_eq!(runs.iter().map(|r| r.length).sum::<u32>(), 3);
        assert_eq!(runs[0], Run { original: 0, copy: 1, length: 2 });
        let mut runs = Vec::new();
        common(&[1; 100], &[1; 100], &mut runs);
        assert!(runs.is_empty(), "too large a gap is left alone");
    }
}
