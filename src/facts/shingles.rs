//! A few runs of words that stand for a document, so that two documents which share a passage share some of them.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD 2003): of the hashes of
//! all runs of five words, the smallest of every twelve in a row is kept. So sixteen equal words in a row are never missed, and the share of
//! the kept runs that two documents have in common tells how much of their words they share. About every sixth word begins one.

use super::copies::takes_part;
use crate::document::Document;

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
    /// Its first word, as an index into [`Document::words`].
    pub word: u32,
}

/// The runs that are kept of a document, in order. Words of tables, reference lists and the page around the article take no part.
pub(super) fn winnowed(doc: &Document) -> Vec<Shingle> {
    let mut all = Vec::with_capacity(doc.words.len());
    let mut taking_part = Vec::with_capacity(doc.words.len());
    for block in doc.blocks.iter().filter(|block| takes_part(block)) {
        let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
        taking_part.extend((block.words.start..).zip(words).map(|(number, word)| (number, word.key)));
    }
    for run in taking_part.windows(WORDS) {
        let mixed = run.iter().fold(0u64, |hash, (_, key)| (hash.rotate_left(23) ^ key).wrapping_mul(SPREAD));
        // The upper bits depend on every word, the lower ones on few.
        all.push(Shingle { key: (mixed ^ mixed >> 32).wrapping_mul(SPREAD), word: run[0].0 });
    }
    smallest(&all)
}

/// The smallest of every window, the later one of equals; all windows together where there is not even one.
fn smallest(all: &[Shingle]) -> Vec<Shingle> {
    let mut kept: Vec<Shingle> = Vec::with_capacity(all.len() / (WINDOW / 2));
    let mut best = 0;
    for end in 1..=all.len() {
        let start = end.saturating_sub(WINDOW);
        let is_gone = best < start;
        let from = if is_gone { start } else { end - 1 };
        best = (from..end)
            .fold(if is_gone { start } else { best }, |best, at| if all[at].key <= all[best].key { at } else { best });
        let is_full = end >= WINDOW.min(all.len());
        if is_full && kept.last() != Some(&all[best]) {
            kept.push(all[best]);
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
