//! Builds `rules/tables/spun.bin`: what `medlint::language::swaps` knows of swapped words.
//!
//! Clean articles give the pairs of neighbours that good text holds and those that belong together; two published tables add what is
//! common in general English; `rules/spun/pairs.tsv` and `phrases.tsv` say what spinners swap. How much a swap says by itself follows
//! from how rare the word is and how common its original: a logistic model, fitted on articles spun by hand against clean ones.

use crate::clean::{files_below, read};
use crate::layout::{Contents, bytes};
use medlint::document::{Document, Parser};
use medlint::facts::{FoldedWords, SmallWords, folded_keys};
use medlint::language::swaps::{pair_key, phrase_key, word_key};
use medlint::language::{Gap, folded, keys};
use medlint::rules::RuleSet;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;

/// How the tool is called.
pub const USAGE: &str = "--clean FOLDER… --bigrams FILE --words FILE [--hold-out even|odd] [--without SOURCE]";

/// Rarer pairs are not called collocations.
const LEAST_COUNT: u32 = 3;
/// A collocation stands twice as often as its words by chance, at least.
const LEAST_LIFT: f64 = 1.0;
/// Pairs apart are so much rarer than pairs side by side.
const APART: f64 = 0.35;
/// The model: constant, log2(1 + originals), log10 of the rates of the word in health and in general text and of the original in
/// health text, all per million.
const MODEL: [f64; 5] = [-5.81, 0.51, -0.77, 0.19, 0.20];
/// A spinner puts a phrase of the list once in so many words.
const PHRASE_EVERY: f64 = 30_000.0;
/// What a phrase that general English holds loses.
const GENERAL: f64 = 1.5;
/// The most that a phrase says: weak, likely, certain.
const MOST: [f64; 3] = [2.0, 2.5, 4.0];
/// Phrases that say less are left out.
const LEAST_WEIGHT: f64 = 0.5;

/// What was counted.
#[derive(Default)]
struct Counts {
    words: f64,
    word: HashMap<u64, u32>,
    next: HashMap<(u64, u64), u32>,
    apart: HashMap<(u64, u64), u32>,
    phrase: HashMap<u64, u32>,
}

/// A line of `phrases.tsv`.
struct Phrase {
    words: Vec<u64>,
    original: String,
    certainty: u8,
}

/// The options of the command line.
#[derive(Default)]
struct Options {
    clean: Vec<String>,
    bigrams: String,
    words: String,
    hold_out: Option<usize>,
    without: Vec<String>,
}

impl Options {
    fn read(args: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut options = Self::default();
        let mut name = "";
        for arg in args {
            match (name, *arg) {
                (_, option) if option.starts_with("--") => name = option,
                ("--clean", value) => options.clean.push(value.to_owned()),
                ("--bigrams", value) => options.bigrams = value.to_owned(),
                ("--words", value) => options.words = value.to_owned(),
                ("--without", value) => options.without.push(value.to_owned()),
                ("--hold-out", "even") => options.hold_out = Some(0),
                ("--hold-out", "odd") => options.hold_out = Some(1),
                (_, other) => return Err(format!("what is “{other}”? {USAGE}").into()),
            }
        }
        Ok(options)
    }
}

/// Builds the table.
pub fn build(rules: &str, out: &str, options: &[&str]) -> Result<(), Box<dyn Error>> {
    let options = Options::read(options)?;
    let lexicon = RuleSet::builtin().lexicon;
    let phrases = phrases(rules, &options)?;
    let longest: HashMap<u64, usize> = phrases.iter().fold(HashMap::new(), |mut longest, phrase| {
        let entry = longest.entry(phrase.words[0]).or_default();
        *entry = (*entry).max(phrase.words.len());
        longest
    });
    let small = SmallWords::new(&lexicon);
    let mut parser = Parser::new(&lexicon);
    let mut counts = Counts::default();
    for folder in &options.clean {
        for (number, file) in files_below(folder)?.iter().enumerate() {
            if options.hold_out == Some(number % 2) {
                continue;
            }
            let Some(doc) = read(&mut parser, file)? else { continue };
            counts.add(&doc, &small, &longest);
            parser.recycle(doc);
        }
    }
    let general = pairs_of_general_english(&options.bigrams)?;
    let rates = rates_of_general_english(&options.words)?;
    let mut contents = Contents::default();
    for (gap, pairs) in [(Gap::Next, &counts.next), (Gap::Apart, &counts.apart)] {
        contents.attested.extend(pairs.keys().map(|(a, b)| pair_key(*a, *b, gap)));
        for ((a, b), count) in pairs.iter().filter(|(_, count)| **count >= LEAST_COUNT) {
            let share = if gap == Gap::Next { 1.0 } else { APART };
            let chance = f64::from(counts.word[a]) * f64::from(counts.word[b]) / counts.words * share;
            if ((f64::from(*count) + 0.7) / (chance + 0.7)).log2() > LEAST_LIFT {
                let doublings = (f64::from(*count).log2() * 16.0).round().min(255.0);
                contents.collocations.insert(pair_key(*a, *b, gap), doublings as u8);
            }
        }
    }
    contents.attested.extend(general.iter().map(|(a, b)| pair_key(*a, *b, Gap::Next)));
    contents.swaps = swaps(rules, &options, &counts, &rates)?;
    for phrase in phrases {
        let count = counts.phrase.get(&phrase_key(phrase.words.iter().copied())).copied().unwrap_or_default();
        let is_general = phrase.words.windows(2).all(|pair| general.contains(&(pair[0], pair[1])));
        let weight =
            (counts.words / PHRASE_EVERY / (f64::from(count) + 0.3)).ln() - if is_general { GENERAL } else { 0.0 };
        let certainty = if count > 0 || is_general { phrase.certainty.min(1) } else { phrase.certainty };
        let weight = weight.min(MOST[usize::from(phrase.certainty)]);
        if weight > LEAST_WEIGHT {
            contents.phrases.insert(phrase.words, (phrase.original, certainty, (weight * 25.0).round() as u8));
        }
    }
    let (pairs, collocations) = (contents.attested.len(), contents.collocations.len());
    let (words, phrases) = (contents.swaps.len(), contents.phrases.len());
    fs::write(out, bytes(&contents))?;
    println!(
        "{} words read; {pairs} pairs, {collocations} collocations, {words} swapped words, {phrases} phrases",
        counts.words
    );
    Ok(())
}

impl Counts {
    fn add(&mut self, doc: &Document, small: &SmallWords, longest: &HashMap<u64, usize>) {
        let keys = folded_keys(doc);
        let words = FoldedWords { doc, keys: &keys };
        for (at, key) in words.keys.iter().enumerate() {
            self.words += 1.0;
            *self.word.entry(*key).or_default() += 1;
            if let Some(next) = small.next(&words, at, true) {
                *self.next.entry((*key, next.key)).or_default() += 1;
            }
            if let Some(apart) = small.apart(&words, at, true).filter(|_| !small.has(&words, at)) {
                *self.apart.entry((*key, apart.key)).or_default() += 1;
            }
            for length in 2..=longest.get(key).copied().unwrap_or_default() {
                if let Some(keys) = words.keys.get(at..at + length).filter(|_| words.is_joined(at + length - 2)) {
                    *self.phrase.entry(phrase_key(keys.iter().copied())).or_default() += 1;
                } else {
                    break;
                }
            }
        }
    }
}

/// The lines of a table, split at tabs, without its head and without lines of sources that were not asked for.
fn lines(file: &str, options: &Options) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let lines = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    Ok(lines.filter(|line| line.last().is_some_and(|source| !options.without.contains(source))).collect())
}

fn phrases(rules: &str, options: &Options) -> Result<Vec<Phrase>, Box<dyn Error>> {
    let mut phrases = Vec::new();
    for line in lines(&format!("{rules}/spun/phrases.tsv"), options)? {
        let [spun, original, certainty, _] = line.as_slice() else {
            return Err(format!("four columns: {line:?}").into());
        };
        let words: Vec<u64> = spun.split(' ').flat_map(|part| keys(&folded(part))).collect();
        let certainty = match certainty.as_str() {
            "weak" => 0,
            "likely" => 1,
            "certain" => 2,
            other => return Err(format!("what is “{other}”? weak, likely or certain").into()),
        };
        phrases.push(Phrase { words, original: original.clone(), certainty });
    }
    phrases.retain(|phrase| phrase.words.len() > 1);
    Ok(phrases)
}

fn swaps(
    rules: &str,
    options: &Options,
    counts: &Counts,
    rates: &HashMap<u64, f64>,
) -> Result<BTreeMap<u64, Vec<(String, u8)>>, Box<dyn Error>> {
    let mut swaps: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    for line in lines(&format!("{rules}/spun/pairs.tsv"), options)? {
        let [spun, original, _] = line.as_slice() else { return Err(format!("three columns: {line:?}").into()) };
        swaps.entry(word_key(spun)).or_default().insert(folded(original).into_owned());
    }
    let rate = |word: u64| f64::from(counts.word.get(&word).copied().unwrap_or_default()) * 1e6 / counts.words;
    let log = |rate: f64| (rate + 0.1).log10();
    let [constant, choices, health, general, original] = MODEL;
    let swaps = swaps.into_iter().map(|(word, originals)| {
        let own = constant
            + choices * (1.0 + originals.len() as f64).log2()
            + health * log(rate(word))
            + general * log(rates.get(&word).copied().unwrap_or_default());
        let originals = originals.into_iter().map(|text| {
            let score = own + original * log(rate(word_key(&text)));
            (text, (-score * 25.0).round().clamp(0.0, 255.0) as u8)
        });
        let mut originals: Vec<(String, u8)> = originals.collect();
        originals.sort_by_key(|(_, base)| *base);
        (word, originals)
    });
    Ok(swaps.collect())
}

/// The pairs of a published table: two words and a count a line.
fn pairs_of_general_english(file: &str) -> Result<BTreeSet<(u64, u64)>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let pairs = text.trim_start_matches('\u{feff}').lines().filter_map(|line| {
        let mut parts = line.split_whitespace();
        Some((word_key(parts.next()?), word_key(parts.next()?)))
    });
    Ok(pairs.collect())
}

/// The rates of words of a published table, per million: a word and a count a line.
fn rates_of_general_english(file: &str) -> Result<HashMap<u64, f64>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let mut counts: HashMap<u64, f64> = HashMap::new();
    let mut all = 0.0;
    for line in text.trim_start_matches('\u{feff}').lines() {
        if let Some((word, count)) = line.split_once(' ') {
            let count: f64 = count.trim().parse()?;
            all += count;
            *counts.entry(word_key(word)).or_default() += count;
        }
    }
    counts.values_mut().for_each(|count| *count *= 1e6 / all);
    Ok(counts)
}
