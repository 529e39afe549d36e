//! The stems of words of the lexicon that are not in the table of stems: made by the build script, looked up in place.

/// The keys of words in ascending order, each with the key of its stem.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stems.bin"));

/// The key of the stem of a word in ASCII, by its key; `None` for other words than those of the built-in lexicon.
pub(crate) fn stem_of_lexicon(key: u64) -> Option<u64> {
    let words: &[[u8; 16]] = BYTES.as_chunks().0;
    let halves = |pair: &[u8; 16]| {
        let (key, stem) = pair.split_first_chunk::<8>()?;
        Some((u64::from_le_bytes(*key), u64::from_le_bytes(*stem.first_chunk()?)))
    };
    let at = words.partition_point(|pair| halves(pair).is_some_and(|(known, _)| known < key));
    halves(words.get(at)?).filter(|(known, _)| *known == key).map(|(_, stem)| stem)
}
