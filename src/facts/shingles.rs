//! A few runs of words that stand for a document, so that two documents which share a passage share some of them.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD 2003): of the hashes of
//! all runs of five words, the smallest of every twelve in a row is kept. So sixteen equal words in a row are never missed, and the share of
//! the kept runs that two documents have in common tells how much of their words they share. About every sixth word begins one.

use super::Outline;

/// Words of a run. Shorter ones are ordinary phrases.
const WORDS: usize = 5;
/// Of so many runs in a row one is kept at least.
const WINDOW: usize = 12;
/// Spreads bits (the golden ratio, as in Fibonacci hashing).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A run of words that stands for what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shingle {
    /// A hash of its words in normal form, equal on every machine and in every version.
    pub key: u64,
    /// Its first word, as an index into [`Document::words`](crate::document::Document::words).
    pub word: u32,
}

/// The runs that are kept of a document, in order. Words of tables, reference lists and the page around the article take no part.
pub fn winnowed(outline: &Outline) -> Vec<Shingle> {
    let mut all: Vec<Shingle> = Vec::with_capacity(outline.keys.len());
    // The latest words and their numbers.
    let (mut keys, mut numbers) = ([0u64; WORDS], [0u32; WORDS]);
    for (words, _) in outline.parts().filter(|(_, part)| part.takes_part) {
        for (word, key) in words.clone().zip(outline.keys(&words)) {
            let ([_, keys_left @ ..], [_, numbers_left @ ..]) = (keys, numbers);
            keys[..WORDS - 1].copy_from_slice(&keys_left);
            numbers[..WORDS - 1].copy_from_slice(&numbers_left);
            (keys[WORDS - 1], numbers[WORDS - 1]) = (*key, word);
            let mixed = keys.iter().fold(0u64, |hash, key| (hash.rotate_left(23) ^ key).wrapping_mul(SPREAD));
            // The upper bits depend on every word, the lower ones on few.
            all.push(Shingle { key: (mixed ^ mixed >> 32).wrapping_mul(SPREAD), word: numbers[0] });
        }
    }
    smallest(all.get(WORDS - 1..).unwrap_or_default())
}

/// The smallest of every window, the later one of equals; all windows together where there is not even one.
fn smallest(all: &[Shingle]) -> Vec<Shingle> {
    let mut kept: Vec<Shingle> = Vec::with_capacity(all.len() / (WINDOW / 2));
    let Some(mut best) = all.first().copied() else { return kept };
    // How many shingles ago the best one came.
    let mut age = 0;
    for (at, shingle) in all.iter().enumerate() {
        age += 1;
        if shingle.key <= best.key {
            (best, age) = (*shingle, 0);
        } else if age == WINDOW {
            (best, age) = (*shingle, 0);
            for (ago, earlier) in all[at + 1 - WINDOW..at].iter().rev().enumerate() {
                if earlier.key < best.key {
                    (best, age) = (*earlier, ago + 1);
                }
            }
        }
        let is_full = at + 1 >= WINDOW.min(all.len());
        if is_full && kept.last() != Some(&best) {
            kept.push(best);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(keys: impl Iterator<Item = u64>) -> Vec<Shingle> {
        let spread = |key: u64| (key + 1).wrapping_mul(SPREAD).rotate_left(31).wrapping_mul(SPREAD);
        (0..).zip(keys).map(|(word, key)| Shingle { key: spread(key), word }).collect()
    }

    #[test]
    fn what_two_texts_share_for_a_window_is_never_missed() {
        for length in [WINDOW as u64, 20, 100] {
            let first = smallest(&shingles((0..50).chain(1000..1000 + length).chain(60..90)));
            let second = smallest(&shingles((200..231).chain(1000..1000 + length).chain(300..310)));
            assert!(first.iter().any(|one| second.iter().any(|other| one.key == other.key)), "{length}");
        }
    }

    #[test]
    fn about_every_sixth_is_kept() {
        let kept = smallest(&shingles(0..10_000)).len();
        assert!((1300..2000).contains(&kept), "{kept}");
        assert_eq!(smallest(&shingles(0..3)).len(), 1);
        assert!(smallest(&[]).is_empty());
    }
}
