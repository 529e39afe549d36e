//! The parts of an aligned copy that are worth something by themselves.

use super::{Run, difference};
use std::ops::Range;

/// A candidate segment: its runs, and the sums of everything before it and up to its end, in half words.
struct Segment {
    runs: Range<usize>,
    before: i64,
    through: i64,
    /// The latest segment with less before it.
    lower: Option<usize>,
}

/// The parts of a copy that are worth more by themselves than with what is around them: a word is worth one, a difference
/// costs [`DIFFERENCE`](super::DIFFERENCE). All maximal scoring segments, in linear time (Ruzzo and Tompa, 1999).
pub(super) fn strong(runs: &[Run]) -> Vec<Vec<Run>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn run(original: u32, copy: u32, length: u32) -> Run {
        Run { original, copy, length }
    }

    #[test]
    fn weak_tails_are_cut_off() {
        let (core, tail) = (run(0, 100, 30), run(45, 145, 5));
        assert_eq!(strong(&[core, tail]), [vec![core], vec![tail]]);
    }

    #[test]
    fn edits_inside_are_kept() {
        let runs = [run(0, 100, 30), run(32, 131, 4), run(37, 136, 30)];
        assert_eq!(strong(&runs), [runs.to_vec()]);
    }
}
