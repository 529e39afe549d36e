//! The committed tables are those that their README describes: checksums, and answers to known questions.

#![allow(clippy::unwrap_used, missing_docs)]

use medlint::language::swaps::{Certainty, Gap, SwapTable, pair_key, phrase_key, word_key};
use rapidhash::v3::rapidhash_v3;
use std::path::Path;

/// The files under `rules/tables` with the hash of their bytes; `BLESS=1` prints the new ones.
const TABLES: [(&str, u64); 7] = [
    ("clash.bin", 3_498_006_051_652_815_150),
    ("kin.bin", 10_040_325_410_410_122_336),
    ("remark.bin", 11_531_905_719_824_796_052),
    ("second-look.bin", 10_288_396_958_240_809_250),
    ("spun.bin", 16_183_734_235_371_510_734),
    ("usage.bin", 18_225_805_544_922_123_078),
    ("words.bin", 11_809_468_129_473_527_902),
];
/// The tables of words and spun phrasing together are at most so large; those of timelines likewise.
const MOST_BYTES: [(&[&str], usize); 2] =
    [(&["spun.bin", "words.bin"], 4_000_000), (&["clash.bin", "kin.bin", "second-look.bin", "usage.bin"], 2_200_000)];

fn read(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/tables").join(name)).unwrap()
}

#[test]
fn checksums() {
    let found = TABLES.map(|(name, _)| (name, rapidhash_v3(&read(name))));
    assert_eq!(found, TABLES);
    for (names, most) in MOST_BYTES {
        assert!(names.iter().map(|name| read(name).len()).sum::<usize>() <= most, "{names:?}");
    }
}

#[test]
fn swaps_are_known() {
    let table = SwapTable::builtin();
    let originals = |word: &str| {
        let known = table.word(word_key(word)).expect(word);
        table.originals(known).map(|original| original.word).collect::<Vec<_>>()
    };
    assert!(originals("hazard").contains(&"risk") && originals("hazards").contains(&"risk"));
    assert!(originals("bosom").contains(&"breast"));
    assert!(table.word(word_key("qwertzuiop")).is_none());
}

#[test]
fn phrases_are_known() {
    let table = SwapTable::builtin();
    let phrase = |words: &[&str]| table.phrase(phrase_key(words.iter().map(|word| word_key(word))));
    let found = phrase(&["bosom", "malignancies"]).unwrap();
    assert_eq!((found.original, found.certainty), ("breast cancer", Certainty::Certain));
    assert!(phrase(&["breast", "cancer"]).is_none());
}

#[test]
fn pairs_are_known() {
    let table = SwapTable::builtin();
    let pair = |first: &str, second: &str| pair_key(word_key(first), word_key(second), Gap::Next);
    for (first, second) in [("risk", "factors"), ("blood", "pressure"), ("side", "effects")] {
        assert!(table.is_attested(pair(first, second)), "{first} {second}");
        assert!(table.collocation(pair(first, second)).is_some_and(|count| count > 5 * 16), "{first} {second}");
    }
    for (first, second) in [("hazard", "elements"), ("blood", "stress"), ("aspect", "impacts")] {
        assert!(!table.is_attested(pair(first, second)), "{first} {second}");
        assert_eq!(table.collocation(pair(first, second)), None, "{first} {second}");
    }
}
