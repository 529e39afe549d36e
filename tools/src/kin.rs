//! Builds `kin.bin` from vectors of words.
//!
//! A line of the input is a word, a tab, 64 hexadecimal digits, one for each number of its vector from -15 (0) to 15 (f) in steps of two, a tab, and
//! what it weighs, 0 to 255. It comes from `tools/kin/vectors.py`. The layout of the output is described in `rules/tables/README.md` and read by `medlint::language::Kin`.

use medlint::language::key;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

const SIZE: usize = 64;

/// Reads the vectors and writes the table.
pub fn build(vectors: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let mut words: BTreeMap<u32, ([u8; SIZE / 2], u8)> = BTreeMap::new();
    for line in fs::read_to_string(vectors)?.lines() {
        let [word, digits, weight] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("“{line}”: a word, its vector and its weight are expected").into());
        };
        let digit = |at: usize| {
            let one = digits.as_bytes().get(at).and_then(|byte| char::from(*byte).to_digit(16));
            one.ok_or_else(|| format!("“{word}”: 64 hexadecimal digits are expected"))
        };
        let mut vector = [0; SIZE / 2];
        for (at, byte) in vector.iter_mut().enumerate() {
            *byte = (digit(2 * at)? | digit(2 * at + 1)? << 4) as u8;
        }
        // Of two words with one mark the first, the more frequent one, counts.
        words.entry((key(word) >> 32) as u32).or_insert((vector, weight.parse()?));
    }
    let mut bytes = b"medlint kin 2\n\0\0".to_vec();
    bytes.extend((words.len() as u32).to_le_bytes());
    bytes.extend((SIZE as u32).to_le_bytes());
    words.keys().for_each(|mark| bytes.extend(mark.to_le_bytes()));
    words.values().for_each(|(vector, _)| bytes.extend(vector));
    bytes.extend(words.values().map(|(_, weight)| weight));
    fs::write(out, bytes)?;
    Ok(())
}
