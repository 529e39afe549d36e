//! Builds `remark.bin` from what was learnt of remarks.
//!
//! A line of the input is a feature, a tab and its weight in nats: a word, two words with a blank between them, `#` for any number, `<doubt>`, `<addressee>`,
//! `<signature>`, or `*` for the constant; behind `>` stands a word that opens a sentence. It comes from `tools/remarks/fit.py`; the layout of the output is
//! described in `rules/tables/README.md` and read by `medlint::language::RemarkTable`.

use medlint::language::{Feature, key};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

/// Weights are told in parts of a nat.
const PARTS: f32 = 16.0;

/// Reads the weights and writes the table.
pub fn build(learnt: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let (mut openers, mut features, mut always) = (BTreeSet::new(), BTreeMap::new(), 0i32);
    for line in fs::read_to_string(learnt)?.lines() {
        let (name, weight) =
            line.split_once('\t').ok_or_else(|| format!("“{line}”: a feature and its weight are expected"))?;
        let weight = (weight.parse::<f32>()? * PARTS).round();
        match (name, name.strip_prefix('>')) {
            ("*", _) => always = weight as i32,
            (_, Some(word)) => drop(openers.insert(key(word))),
            _ => drop(features.insert(feature(name).mark(), weight.clamp(-127.0, 127.0) as i8)),
        }
    }
    let mut bytes = b"medlint remark 1".to_vec();
    bytes.extend((openers.len() as u32).to_le_bytes());
    bytes.extend((features.len() as u32).to_le_bytes());
    bytes.extend(always.to_le_bytes());
    openers.iter().for_each(|key: &u64| bytes.extend(key.to_le_bytes()));
    features.keys().for_each(|mark| bytes.extend(mark.to_le_bytes()));
    bytes.extend(features.values().map(|weight| *weight as u8));
    fs::write(out, bytes)?;
    Ok(())
}

fn feature(name: &str) -> Feature {
    let word = |word: &str| if word == "#" { Feature::NUMBER } else { key(word) };
    match (name, name.split_once(' ')) {
        ("<doubt>", _) => Feature::Doubt,
        ("<addressee>", _) => Feature::Addressee,
        ("<signature>", _) => Feature::Signature,
        (_, Some((first, second))) => Feature::Pair(word(first), word(second)),
        _ => Feature::Word(word(name)),
    }
}
