//! Runs of equal words, found through a hash table of short word sequences.

use super::Run;

/// Words of a seed. Shorter ones drown in ordinary phrases, longer ones miss copies with every fifth word changed.
const SEED: usize = 4;
/// How many earlier places of one seed are looked at.
const PLACES: usize = 16;
/// Seeds are extended over at most so many words for each word of the article.
const WORK: usize = 64;
/// No place.
const NONE: u32 = u32::MAX;
/// Spreads bits (the golden ratio, as in Fibonacci hashing).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The tables, kept from one document to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Seeds {
    /// The latest place of each slot.
    latest: Vec<u32>,
    /// For each place, the place before it in the same slot.
    earlier: Vec<u32>,
    runs: Vec<Run>,
}

impl Seeds {
    /// All maximal equal runs of at least [`SEED`] words that do not overlap themselves, in order of the later place.
    pub fn find(&mut self, keys: &[u64]) -> &[Run] {
        self.runs.clear();
        let Some(places) = keys.len().checked_sub(SEED - 1) else { return &self.runs };
        let bits = (2 * places).next_power_of_two().trailing_zeros().max(1);
        self.latest.clear();
        self.latest.resize(1 << bits, NONE);
        self.earlier.clear();
        self.earlier.resize(places, NONE);
        let mut work = WORK * keys.len();
        for at in 0..places {
            let seed = keys[at..at + SEED].iter().fold(0u64, |h, key| (h.rotate_left(23) ^ key).wrapping_mul(SPREAD));
            let slot = &mut self.latest[(seed >> (64 - bits)) as usize];
            let mut place = std::mem::replace(slot, at as u32);
            self.earlier[at] = place;
            for _ in 0..PLACES {
                if place == NONE || work == 0 {
                    break;
                }
                let from = place as usize;
                place = self.earlier[from];
                let is_inside_run = from > 0 && keys[from - 1] == keys[at - 1];
                if keys[from] != keys[at] || is_inside_run {
                    continue;
                }
                let longest = (at - from).min(keys.len() - at);
                let length = keys[from..from + longest].iter().zip(&keys[at..]).take_while(|(a, b)| a == b).count();
                work = work.saturating_sub(length);
                if length >= SEED {
                    self.runs.push(Run { original: from as u32, copy: at as u32, length: length as u32 });
                }
            }
        }
        self.runs.sort_unstable_by_key(|r| (r.copy, r.original));
        &self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_maximal() {
        let keys = [1, 2, 3, 4, 5, 9, 1, 2, 3, 4, 5, 8];
        assert_eq!(Seeds::default().find(&keys), [Run { original: 0, copy: 6, length: 5 }]);
        assert!(Seeds::default().find(&[1, 2, 3]).is_empty());
    }

    #[test]
    fn one_word_a_million_times_is_bounded() {
        let runs = Seeds::default().find(&[7; 1_000_000]).len();
        assert!(runs <= PLACES, "{runs}");
    }
}
