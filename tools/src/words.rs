//! Builds `rules/tables/words.bin` from a folder of clean articles: which words are forms of one, and how rare they are.
//!
//! `cargo run --release -p medlint-tools -- words FOLDER rules/tables/words.bin`. Only counts leave the articles. The layout of the file
//! is described in `rules/tables/README.md` and read by `medlint::language::WordTable`.

use crate::clean::{files_below, read};
use medlint::document::Parser;
use medlint::language::key;
use medlint::rules::RuleSet;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

/// A paragraph of fewer words tells nothing about what words go together.
const LEAST_WORDS: usize = 8;
/// A form that stands in fewer paragraphs is left out: unknown words count as rare anyway.
const LEAST_PARAGRAPHS: u32 = 2;
/// Stems that stand in so large a part of the paragraphs say nothing; they are kept, with weight 0.
const WEIGHTS_PER_NAT: f64 = 10.0;

/// What is known of a form.
#[derive(Default)]
struct Form {
    stem: String,
    paragraphs: u32,
}

/// Builds the table.
pub fn build(folder: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut parser = Parser::new(&RuleSet::builtin().lexicon);
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    let mut stems: BTreeMap<String, u32> = BTreeMap::new();
    let mut paragraphs = 0u32;
    for file in files_below(folder)? {
        let Some(doc) = read(&mut parser, &file)? else { continue };
        for block in doc.blocks.iter().filter(|block| !block.is_heading() && block.words.len() >= LEAST_WORDS) {
            paragraphs += 1;
            let words = &doc.words[block.words.start as usize..block.words.end as usize];
            let seen: BTreeSet<String> = words.iter().map(|word| normal(doc.slice(word.text))).collect();
            let mut seen_stems = BTreeSet::new();
            for word in seen {
                let stem = stemmer.stem(word.strip_suffix("'s").unwrap_or(&word)).into_owned();
                let form = forms.entry(word).or_default();
                form.paragraphs += 1;
                form.stem.clone_from(&stem);
                seen_stems.insert(stem);
            }
            for stem in seen_stems {
                *stems.entry(stem).or_default() += 1;
            }
        }
        parser.recycle(doc);
    }
    forms.retain(|_, form| form.paragraphs >= LEAST_PARAGRAPHS);
    fs::write(out, table(&forms, &stems, paragraphs))?;
    println!("{paragraphs} paragraphs, {} forms", forms.len());
    Ok(())
}

fn normal(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The bytes of the table.
fn table(forms: &BTreeMap<String, Form>, stems: &BTreeMap<String, u32>, paragraphs: u32) -> Vec<u8> {
    let numbers: BTreeMap<&str, u32> =
        forms.values().map(|form| form.stem.as_str()).collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    let slots = (forms.len() * 4 / 3).next_power_of_two();
    let mut table = vec![[0u8; 8]; slots];
    for (word, form) in forms {
        let hash = key(word);
        let rarity = (f64::from(paragraphs) / f64::from(stems[&form.stem] + 2)).ln().max(0.0) * WEIGHTS_PER_NAT;
        let [a, b, c, _] = numbers[form.stem.as_str()].to_le_bytes();
        let [p, q, r, s] = ((hash >> 32) as u32).max(1).to_le_bytes();
        let mut slot = hash as usize & (slots - 1);
        while table[slot] != [0; 8] {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = [p, q, r, s, a, b, c, rarity.round().min(255.0) as u8];
    }
    let mut bytes = b"medlint words 1\n".to_vec();
    bytes.extend((slots as u32).to_le_bytes());
    bytes.extend((numbers.len() as u32).to_le_bytes());
    bytes.extend(table.concat());
    bytes
}
