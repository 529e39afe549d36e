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
        let bits = bits(places);
        self.latest.clear();
        self.latest.resize(1 << bits, NONE);
        self.earlier.clear();
        self.earlier.resize(places, NONE);
        let mut work = WORK * keys.len();
        for at in 0..places {
            let slot = &mut self.latest[(seed(&keys[at..at + SEED]) >> (64 - bits)) as usize];
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

    /// Files the seeds of a text, to be found in what is put behind it; see [`find_behind`](Self::find_behind).
    pub fn lay(&mut self, keys: &[u64]) {
        let bits = bits(keys.len());
        self.latest.clear();
        self.latest.resize(1 << bits, NONE);
        self.earlier.clear();
        self.earlier.resize(keys.len(), NONE);
        for (at, words) in keys.windows(SEED).enumerate() {
            let slot = &mut self.latest[(seed(words) >> (64 - bits)) as usize];
            self.earlier[at] = std::mem::replace(slot, at as u32);
        }
    }

    /// All maximal equal runs of at least [`SEED`] words between the text before a place, whose seeds were filed, and the text from
    /// there on, in order of the later place. The word at the place itself must equal no other.
    pub fn find_behind(&mut self, keys: &[u64], split: usize) -> &[Run] {
        self.runs.clear();
        let bits = bits(split);
        let mut work = WORK * keys.len();
        for at in split..keys.len().saturating_sub(SEED - 1) {
            let mut place = self.latest[(seed(&keys[at..at + SEED]) >> (64 - bits)) as usize];
            for _ in 0..PLACES {
                if place == NONE || work == 0 {
                    break;
                }
                let from = place as usize;
                place = self.earlier[from];
                if keys[from] != keys[at] || from > 0 && keys[from - 1] == keys[at - 1] {
                    continue;
                }
                let length = keys[from..split].iter().zip(&keys[at..]).take_while(|(a, b)| a == b).count();
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

/// How many bits number the slots for the seeds of so many words.
fn bits(words: usize) -> u32 {
    (2 * words).next_power_of_two().trailing_zeros().max(1)
}

/// The hash of a few words.
fn seed(keys: &[u64]) -> u64 {
    keys.iter().fold(0u64, |h, key| (h.rotate_left(23) ^ key).wrapping_mul(SPREAD))
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
    fn runs_between_two_texts_cross_the_border_once() {
        let keys = [1, 2, 3, 4, 1, 2, 3, 4, 0, 9, 1, 2, 3, 4, 1, 2];
        let mut seeds = Seeds::default();
        seeds.lay(&keys[..8]);
        let runs = seeds.find_behind(&keys, 8).to_vec();
        assert_eq!(runs, [Run { original: 0, copy: 10, length: 6 }, Run { original: 4, copy: 10, length: 4 }]);
    }

    #[test]
    fn one_word_a_million_times_is_bounded() {
        let runs = Seeds::default().find(&[7; 1_000_000]).len();
        assert!(runs <= PLACES, "{runs}");
    }
}
