//! The table of swapped words as bytes; `medlint::language::swaps` reads them.

use medlint::language::swaps::{BLOCK, MARK, beginning_key, filter_bits, first_slot, mixed, phrase_key};
use std::collections::{BTreeMap, BTreeSet};

/// Bits of the filter for each pair: about one unknown pair in 150 passes for known.
const BITS_PER_PAIR: usize = 11;
/// Slots for each entry, in hundredths: most searches find nothing, and end sooner where there is room.
const ROOM_PERCENT: usize = 250;
/// The same for collocations, which are many and rarely asked for.
const NARROW_PERCENT: usize = 140;

/// What the table holds.
#[derive(Default)]
pub struct Contents {
    /// The keys of pairs that good text holds.
    pub attested: BTreeSet<u64>,
    /// Pairs that belong together, with their count in sixteenths of doublings.
    pub collocations: BTreeMap<u64, u8>,
    /// The words that each swapped word stands for, with what the swap says by itself: hundredths of nats below 0, by four.
    pub swaps: BTreeMap<u64, Vec<(String, u8)>>,
    /// Phrases by their words: original, certainty, hundredths of nats by four.
    pub phrases: BTreeMap<Vec<u64>, (String, u8, u8)>,
}

/// The bytes of the table.
pub fn bytes(contents: &Contents) -> Vec<u8> {
    let mut texts = vec![0u8];
    let sections =
        [filter(contents), collocations(contents), words(contents, &mut texts), phrases(contents, &mut texts)];
    let mut bytes = MARK.to_vec();
    for section in sections.iter().chain([&texts]) {
        bytes.extend((section.len() as u32).to_le_bytes());
    }
    sections.iter().for_each(|section| bytes.extend(section));
    bytes.extend(texts);
    bytes
}

fn filter(contents: &Contents) -> Vec<u8> {
    let blocks = (contents.attested.len() * BITS_PER_PAIR).div_ceil(BLOCK * 8).max(1);
    let mut table = vec![0u8; blocks * BLOCK];
    for pair in &contents.attested {
        let block = first_slot(*pair, blocks) * BLOCK;
        filter_bits(*pair).for_each(|bit| table[block + bit / 8] |= 1 << (bit % 8));
    }
    table
}

fn collocations(contents: &Contents) -> Vec<u8> {
    let slots = contents.collocations.len() * NARROW_PERCENT / 100 + 1;
    let mut table = vec![0u32; slots];
    for (pair, count) in &contents.collocations {
        let mut slot = first_slot(*pair, slots);
        while table[slot] != 0 {
            slot = (slot + 1) % slots;
        }
        table[slot] = (*pair as u32 & 0x00ff_ffff).max(1) | u32::from(*count) << 24;
    }
    table.into_iter().flat_map(u32::to_le_bytes).collect()
}

fn words(contents: &Contents, texts: &mut Vec<u8>) -> Vec<u8> {
    let first: BTreeSet<u64> = contents.phrases.keys().map(|words| words[0]).collect();
    let known: BTreeSet<u64> = first.iter().chain(contents.swaps.keys()).copied().collect();
    let entries = known.into_iter().map(|word| {
        let mut at = 0;
        if let Some(originals) = contents.swaps.get(&word) {
            at = texts.len() as u32;
            texts.push(originals.len() as u8);
            for (original, base) in originals {
                texts.push(*base);
                push(texts, original);
            }
        }
        assert!(at < 1 << 24, "texts are longer than 24 bits tell");
        (word, at | u32::from(first.contains(&word)) << 24)
    });
    filed(entries.collect())
}

fn phrases(contents: &Contents, texts: &mut Vec<u8>) -> Vec<u8> {
    let entries = contents.phrases.iter().map(|(words, (original, certainty, weight))| {
        let at = texts.len() as u32;
        texts.extend([*certainty, *weight]);
        push(texts, original);
        (phrase_key(words.iter().copied()), at)
    });
    let mut entries: Vec<(u64, u32)> = entries.collect();
    let mut longest: BTreeMap<u64, u32> = BTreeMap::new();
    for words in contents.phrases.keys() {
        let entry = longest.entry(beginning_key(words[0], words[1])).or_default();
        *entry = (*entry).max(words.len() as u32);
    }
    entries.extend(longest);
    filed(entries)
}

fn push(texts: &mut Vec<u8>, text: &str) {
    texts.push(text.len() as u8);
    texts.extend(text.as_bytes());
}

fn room(entries: usize) -> usize {
    entries * ROOM_PERCENT / 100 + 1
}

fn filed(entries: Vec<(u64, u32)>) -> Vec<u8> {
    let slots = room(entries.len());
    let mut table = vec![0u64; slots];
    for (key, entry) in entries {
        let mut slot = first_slot(key, slots);
        while table[slot] != 0 {
            slot = (slot + 1) % slots;
        }
        table[slot] = u64::from(((mixed(key) >> 32) as u32).max(1)) << 32 | u64::from(entry);
    }
    table.into_iter().flat_map(u64::to_le_bytes).collect()
}
