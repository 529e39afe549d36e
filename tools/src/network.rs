//! Builds `second-look.bin` from what a network has learnt.
//!
//! A line of the input is a word, a tab and the numbers of its row: first `*` for any other, then the common words, `#` and a size for numbers. After them, rows without a word follow as
//! the fields of `medlint::language::Network` stand in its code. It comes from `tools/timeline/second_look.py`; the layout of the output is described in `rules/tables/README.md`.

use medlint::language::{Reading, key};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

/// The largest number of steps.
const MOST: f32 = 127.0;

/// Reads what was learnt and writes the table.
pub fn build(learnt: &str, out: &str) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(learnt)?;
    let (mut common, mut any, mut rest) = (BTreeMap::new(), Vec::new(), Vec::new());
    for line in text.lines() {
        let (word, numbers) = line.split_once('\t').ok_or("a word, a tab and numbers are expected")?;
        let numbers = row(&numbers.split(' ').map(str::parse).collect::<Result<Vec<f32>, _>>()?);
        match word {
            "" => rest.extend(numbers),
            "*" => any = numbers,
            _ => {
                let reading = match word.strip_prefix('#') {
                    Some(size) => Reading::number(size.parse()?, 0),
                    None => Reading::word(key(word), 0),
                };
                // Of two words with one mark the first, the more common one, counts.
                common.entry(reading.mark()).or_insert(numbers);
            }
        }
    }
    let mut bytes = b"medlint look 2\n\0".to_vec();
    bytes.extend((common.len() as u32).to_le_bytes());
    common.keys().for_each(|mark| bytes.extend(mark.to_le_bytes()));
    bytes.extend(any);
    bytes.extend(common.into_values().flatten());
    bytes.extend(rest);
    fs::write(out, bytes)?;
    Ok(())
}

/// The size of a step, then how many steps each number is.
fn row(numbers: &[f32]) -> Vec<u8> {
    let most = numbers.iter().fold(0.0f32, |most, number| most.max(number.abs()));
    let step = most.max(f32::MIN_POSITIVE) / MOST;
    let steps = numbers.iter().map(|number| (number / step).round() as i8 as u8);
    step.to_le_bytes().into_iter().chain(steps).collect()
}
