//! Passages that tell one thing, joined: the first telling with all that tell it again.

use crate::document::{BlockKind, Document, Word, WordKind};
use crate::facts::{Facts, Likeness, Passage};
use crate::language::{Lexicon, WordList, WordTable};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Passages with so many equal pairs of neighbouring words are built alike, in hundredths of the shorter one.
const BUILT_ALIKE: usize = 30;
/// A word of a heading that tells its section from another one is at least so rare, in tenths of nats.
const TELLING: u32 = 35;

/// A sentence of so few words is a label, or an answer to one.
const LABEL_WORDS: usize = 5;
/// A word that labels what follows is at least so rare, in tenths of nats.
const LABEL: u32 = 23;

/// Headings over what says again, for a good reason, what stands elsewhere.
pub(super) struct Repeating {
    /// Whole headings: summaries, key points, glossaries.
    whole: WordList,
    /// What headings over questions often asked begin with.
    questions: WordList,
}

impl Repeating {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { whole: lexicon.list("repeating heading"), questions: lexicon.list("question heading") }
    }

    /// True where a heading of these words announces a repetition.
    pub fn announces(&self, heading: &[u64]) -> bool {
        self.whole.has(heading) || self.questions.begins(heading.iter().copied())
    }
}

/// When two passages tell the same.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Options {
    /// Likeness from which on a pair counts, 0 to 1.
    pub likeness: f64,
    /// Likeness from which on a pair is told that stands alone.
    pub alone: f64,
    /// Likeness from which on a pair is told where several others agree.
    pub joined: f64,
    /// Likeness from which on a pair is told in an article that starts over.
    pub stitched: f64,
    /// So many shared words at least.
    pub shared: u16,
    /// So many things told again are several.
    pub several: usize,
    /// So large a share of the passages must be told again, 0 to 1.
    pub share: f64,
}

/// Tellings of one thing.
#[derive(Clone, Debug)]
pub(super) struct Family {
    /// The passages, in order.
    pub passages: Vec<u32>,
    /// The least of the likenesses that join them, in thousandths.
    pub permille: u16,
    /// Whether one of them is enough to count.
    pub is_firm: bool,
}

/// Tellings of one thing, as a finding names them.
pub(super) struct Telling {
    /// What tells it, in order.
    pub places: Vec<Passage>,
    /// The least of the likenesses that join them, in thousandths.
    pub permille: u16,
    /// Whether one of them is enough to count.
    pub is_firm: bool,
}

/// All tellings of an article.
pub(super) struct Families {
    all: Vec<Family>,
    /// Whether several things are told again.
    pub are_several: bool,
}

impl Families {
    /// Joins what is alike in a document, with what copies report already or without it.
    pub fn of(doc: &Document, facts: &Facts, repeating: &Repeating, options: Options, with_copies: bool) -> Self {
        let threshold = |share: f64| (share * 1000.0) as u16;
        if !facts.likenesses.iter().any(|pair| pair.permille >= threshold(options.joined)) {
            return Self { all: Vec::new(), are_several: false };
        }
        let is_copied = if with_copies { Vec::new() } else { copied_words(doc, facts) };
        let honest = Honest { doc, facts, repeating, is_copied, table: WordTable::builtin() };
        let fits = |pair: &&Likeness| {
            pair.permille >= threshold(options.joined) && pair.shared >= options.shared && !honest.explains(pair)
        };
        let pairs: Vec<&Likeness> = facts.likenesses.iter().filter(fits).collect();
        let firm = |pair: &Likeness| pair.permille >= threshold(options.likeness);
        let firm_pairs = || pairs.iter().filter(|pair| firm(pair));
        let things: BTreeSet<u32> = firm_pairs().map(|pair| pair.earlier).collect();
        let told: BTreeSet<u32> = firm_pairs().flat_map(|pair| [pair.earlier, pair.later]).collect();
        let are_many = told.len() as f64 >= options.share * facts.passages.len() as f64;
        let are_several = things.len() >= options.several && are_many;
        let least = threshold(if are_several { options.joined } else { options.alone });
        let mut best: BTreeMap<u32, &Likeness> = BTreeMap::new();
        for pair in pairs.into_iter().filter(|pair| pair.permille >= least) {
            let known = best.entry(pair.later).or_insert(pair);
            if pair.permille > known.permille {
                *known = pair;
            }
        }
        let mut families: BTreeMap<u32, Family> = BTreeMap::new();
        let mut homes: BTreeMap<u32, u32> = BTreeMap::new();
        for (later, pair) in best {
            let home = homes.get(&pair.earlier).copied().unwrap_or(pair.earlier);
            homes.insert(later, home);
            let begun = || Family { passages: vec![home], permille: pair.permille, is_firm: false };
            let family = families.entry(home).or_insert_with(begun);
            family.passages.push(later);
            family.permille = family.permille.min(pair.permille);
            family.is_firm |= firm(pair);
        }
        Self { all: families.into_values().collect(), are_several }
    }

    /// The families, in order of the first telling.
    pub fn all(&self) -> &[Family] {
        &self.all
    }

    /// The same with neighbours joined: passages that follow each other in every telling are one telling.
    pub fn joined(&self, facts: &Facts) -> Vec<Telling> {
        let mut tellings: Vec<(Vec<Range<u32>>, Telling)> = Vec::new();
        // By the passage behind its first place, the telling that another may go on with.
        let mut open: BTreeMap<u32, usize> = BTreeMap::new();
        for family in &self.all {
            let follows = |places: &[Range<u32>]| {
                let mut pairs = places.iter().zip(&family.passages);
                places.len() == family.passages.len() && pairs.all(|(place, next)| place.end == *next)
            };
            let first = family.passages[0];
            let before = open.get(&first).copied().filter(|index| follows(&tellings[*index].0));
            open.insert(first + 1, before.unwrap_or(tellings.len()));
            match before.and_then(|index| tellings.get_mut(index)) {
                Some((places, telling)) => {
                    places.iter_mut().for_each(|place| place.end += 1);
                    telling.permille = telling.permille.min(family.permille);
                    telling.is_firm |= family.is_firm;
                }
                None => {
                    let places = family.passages.iter().map(|passage| *passage..*passage + 1).collect();
                    let (permille, is_firm) = (family.permille, family.is_firm);
                    tellings.push((places, Telling { places: Vec::new(), permille, is_firm }));
                }
            }
        }
        let whole = |place: &Range<u32>| {
            let passages = facts.passages.get(place.start as usize..place.end as usize).unwrap_or_default();
            let (first, last) = (passages.first()?, passages.last()?);
            let (blocks, words) = (first.blocks.start..last.blocks.end, first.words.start..last.words.end);
            Some(Passage { blocks, words })
        };
        let finished = tellings.into_iter().map(|(places, telling)| {
            let places = places.iter().filter_map(whole).collect();
            Telling { places, ..telling }
        });
        finished.collect()
    }
}

/// Good reasons to say a thing again.
struct Honest<'a> {
    doc: &'a Document,
    facts: &'a Facts,
    repeating: &'a Repeating,
    /// By word: whether a copy that is reported already tells it again; empty where that is no reason.
    is_copied: Vec<bool>,
    table: WordTable,
}

impl Honest<'_> {
    fn explains(&self, pair: &Likeness) -> bool {
        let passage = |number: u32| self.facts.passages.get(number as usize);
        let (Some(earlier), Some(later)) = (passage(pair.earlier), passage(pair.later)) else { return true };
        [earlier, later].iter().any(|passage| self.is_copy(passage) || self.is_announced(passage))
            || self.is_quote(earlier) != self.is_quote(later)
            || self.are_forms(earlier, later)
            || self.are_built_alike(earlier, later)
    }

    /// Forms filled in again: sentences or items that begin with the same words, "Price: …", "Noise: …" for each product,
    /// or "Blood tests. …" for each medicine.
    fn are_forms(&self, earlier: &Passage, later: &Passage) -> bool {
        let labels = |passage: &Passage| -> BTreeSet<u64> {
            let all = words(self.doc, &passage.words);
            let is_first = |at: &usize| *at == 0 || all[*at].sentence != all[*at - 1].sentence;
            // A label stands before a colon, or opens a few words that answer it.
            let is_label = |word: &&Word| {
                let sentence = self.doc.sentences.get(word.sentence as usize);
                let is_short = sentence.is_some_and(|sentence| sentence.words.len() <= LABEL_WORDS);
                is_short || self.doc.text.get(word.text.end as usize..).is_some_and(|rest| rest.starts_with(':'))
            };
            let firsts = (0..all.len()).filter(is_first).map(|at| &all[at]).filter(is_label).map(|word| word.key);
            firsts.filter(|key| self.table.get(*key).is_none_or(|form| form.rarity >= LABEL)).collect()
        };
        let label = |passage: &Passage| {
            let first = self.doc.sentence_of(passage.words.start).map(|sentence| sentence.words.clone());
            first.filter(|label| label.len() <= LABEL_WORDS && label.end < passage.words.end)
        };
        if let (Some(own), Some(other)) = (label(earlier), label(later))
            && keys(self.doc, &own) == keys(self.doc, &other)
        {
            return true;
        }
        let (own, other) = (labels(earlier), labels(later));
        own.len() > 1 && own.intersection(&other).count() * 2 > own.len().max(other.len())
    }

    fn is_copy(&self, passage: &Passage) -> bool {
        let words = self.is_copied.get(passage.words.start as usize..passage.words.end as usize).unwrap_or_default();
        words.iter().filter(|is_copied| **is_copied).count() * 2 > passage.words.len()
    }

    /// True under a heading that announces a repetition.
    fn is_announced(&self, passage: &Passage) -> bool {
        let mut over = self.doc.heading_path(passage.blocks.start);
        over.any(|heading| self.repeating.announces(&keys(self.doc, &self.doc.blocks[heading as usize].words)))
    }

    fn is_quote(&self, passage: &Passage) -> bool {
        self.doc.blocks[passage.blocks.start as usize].kind == BlockKind::Quote
    }

    /// Passages in parallel: much the same words, but other numbers, or each with the words of its own heading.
    fn are_built_alike(&self, earlier: &Passage, later: &Passage) -> bool {
        let (a, b) = (self.neighbours(earlier), self.neighbours(later));
        let equal = a.iter().filter(|pair| b.binary_search(pair).is_ok()).count();
        if equal * 100 < BUILT_ALIKE * a.len().min(b.len()) {
            return false;
        }
        let (numbers, others) = (self.numbers(earlier), self.numbers(later));
        let differs = numbers.symmetric_difference(&others).count();
        if differs >= 2 && differs > numbers.intersection(&others).count() {
            return true;
        }
        let (own, other) = (self.headings(earlier), self.headings(later));
        let names = |passage: &Passage, stems: BTreeSet<u32>| self.stems(passage).any(|stem| stems.contains(&stem));
        names(earlier, &own - &other) && names(later, &other - &own)
    }

    /// The different pairs of neighbouring words, sorted.
    fn neighbours(&self, passage: &Passage) -> Vec<u64> {
        let pairs = words(self.doc, &passage.words).windows(2);
        let mut pairs: Vec<u64> = pairs.map(|pair| pair[0].key.rotate_left(1) ^ pair[1].key).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn numbers(&self, passage: &Passage) -> BTreeSet<u64> {
        let all = words(self.doc, &passage.words).iter();
        all.filter(|word| word.kind == WordKind::Number).map(|word| word.key).collect()
    }

    fn stems(&self, passage: &Passage) -> impl Iterator<Item = u32> {
        words(self.doc, &passage.words).iter().filter_map(|word| self.table.get(word.key)).map(|form| form.stem)
    }

    /// The telling stems of the headings over a passage.
    fn headings(&self, passage: &Passage) -> BTreeSet<u32> {
        let over = self.doc.heading_path(passage.blocks.start);
        let all = over.flat_map(|heading| words(self.doc, &self.doc.blocks[heading as usize].words));
        let forms = all.filter_map(|word| self.table.get(word.key));
        forms.filter(|form| form.rarity >= TELLING).map(|form| form.stem).collect()
    }
}

fn keys(doc: &Document, range: &Range<u32>) -> Vec<u64> {
    words(doc, range).iter().map(|word| word.key).collect()
}

fn words<'a>(doc: &'a Document, range: &Range<u32>) -> &'a [Word] {
    doc.words.get(range.start as usize..range.end as usize).unwrap_or_default()
}

fn copied_words(doc: &Document, facts: &Facts) -> Vec<bool> {
    let mut is_copied = vec![false; doc.words.len()];
    for copied in &facts.copies {
        is_copied[copied.copy.start as usize..copied.copy.end as usize].fill(true);
    }
    is_copied
}
