//! Passages of one article that speak of the same things in other words.
//!
//! What two passages share is weighed: a stem counts by how rare it is in health text, numbers count as rare, and what every
//! other passage of the article names too counts little, and so do the words of its title. Their likeness is the weight of
//! what they share over the geometric mean of what each holds. The terms of the later passage are looked up among the earlier
//! ones; terms of many passages are passed over, so that the time is linear in the words.

use super::Facts;
use crate::document::{Area, BlockKind, Document, WordKind};
use crate::language::{KeyMap, WordTable};
use std::collections::BTreeSet;
use std::ops::Range;

/// A shorter block says too little, in words.
const LEAST_WORDS: usize = 10;
/// Less alike is every second pair of passages of one article, in thousandths.
const LEAST_PERMILLE: u16 = 200;
/// Fewer shared stems are chance.
const LEAST_SHARED: u16 = 3;
/// A stem of so many passages is what the article is about.
const MOST_PASSAGES: u32 = 12;
/// Stems that are more common say nothing, in tenths of nats.
const COMMON: u32 = 23;
/// No stem is rarer than this, unknown ones included.
const RAREST: u32 = 65;
/// The weight of a number.
const NUMBER: u32 = 40;
/// By how much each further passage that holds a stem lessens its weight, in percent.
const LESSENED: u32 = 35;
/// What is left of the weight of a word in the title, in percent.
const TITLE: u32 = 30;
/// Passages under one heading that are nearer to each other go on with a thought, in passages.
const NEAR: u32 = 4;

/// Blocks that speak of one thing: a paragraph, or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its blocks.
    pub blocks: Range<u32>,
    /// Their words.
    pub words: Range<u32>,
}

/// Two passages that share much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The earlier passage, as an index into [`Facts::passages`].
    pub earlier: u32,
    /// The later passage.
    pub later: u32,
    /// How much they share, in thousandths.
    pub permille: u16,
    /// How many stems they share.
    pub shared: u16,
}

/// A stem of a passage.
#[derive(Clone, Copy, Debug)]
struct Term {
    stem: u32,
    weight: u32,
}

/// What is known of a stem in the present document.
#[derive(Clone, Copy, Debug)]
struct State {
    /// The passage that held it last.
    last: u32,
    /// How many passages hold it.
    count: u32,
    /// Its last posting.
    posting: u32,
}

impl State {
    const NEW: Self = Self { last: NONE, count: 0, posting: NONE };
}

/// Finds passages that are alike; keeps its arrays from one document to the next.
#[derive(Clone, Debug)]
pub struct LikenessFinder {
    table: WordTable,
    /// Terms of all passages, one after the other, and where those of each passage end.
    terms: Vec<Term>,
    ends: Vec<usize>,
    /// By stem.
    states: Vec<State>,
    /// Posting: a passage, and the posting before.
    chain: Vec<(u32, u32)>,
    /// Stems that the table does not know, by the key of the word.
    unknown: KeyMap<u32>,
    /// By passage: weight and number of what it shares with the present one.
    sums: Vec<(u64, u16)>,
    touched: Vec<u32>,
}

/// No passage, no posting.
const NONE: u32 = u32::MAX;

impl Default for LikenessFinder {
    fn default() -> Self {
        let table = WordTable::builtin();
        let stems = table.stems() as usize;
        Self {
            table,
            terms: Vec::new(),
            ends: Vec::new(),
            states: vec![State::NEW; stems],
            chain: Vec::new(),
            unknown: KeyMap::default(),
            sums: Vec::new(),
            touched: Vec::new(),
        }
    }
}

impl LikenessFinder {
    /// Adds the passages of a document and the likenesses among them to its facts.
    pub fn find(&mut self, doc: &Document, facts: &mut Facts) {
        facts.passages = passages(doc);
        if facts.passages.len() <= 2 {
            return;
        }
        self.read_terms(doc, &facts.passages);
        self.weigh(doc);
        self.compare(doc, facts);
        self.forget();
    }

    /// The distinct stems of each passage, with their rarity.
    fn read_terms(&mut self, doc: &Document, passages: &[Passage]) {
        for (number, passage) in passages.iter().enumerate() {
            for word in doc.words.get(passage.words.start as usize..passage.words.end as usize).unwrap_or_default() {
                let form = self.table.get(word.key);
                let rarity = match word.kind {
                    WordKind::Number => NUMBER,
                    WordKind::Word => form.map_or(RAREST, |form| form.rarity.min(RAREST)),
                };
                if rarity < COMMON {
                    continue;
                }
                let stem = form.map_or_else(|| self.unknown_stem(word.key), |form| form.stem) as usize;
                let state = &mut self.states[stem];
                if state.last != number as u32 {
                    state.last = number as u32;
                    state.count += 1;
                    self.terms.push(Term { stem: stem as u32, weight: rarity });
                }
            }
            self.ends.push(self.terms.len());
        }
    }

    fn unknown_stem(&mut self, key: u64) -> u32 {
        let next = self.states.len() as u32;
        let stem = *self.unknown.entry(key).or_insert(next);
        if stem == next {
            self.states.push(State::NEW);
        }
        stem
    }

    /// Turns rarity into weight: by how many passages hold the stem, and whether the title does.
    fn weigh(&mut self, doc: &Document) {
        let title = doc.blocks.iter().find(|block| block.is_heading()).map(|block| block.words.clone());
        let title = title.and_then(|words| doc.words.get(words.start as usize..words.end as usize)).unwrap_or_default();
        let stem = |key| self.table.get(key).map(|form| form.stem).or_else(|| self.unknown.get(&key).copied());
        let title: BTreeSet<u32> = title.iter().filter_map(|word| stem(word.key)).collect();
        for term in &mut self.terms {
            let others = self.states[term.stem as usize].count.saturating_sub(2);
            let share = if title.contains(&term.stem) { TITLE } else { 100 };
            term.weight = term.weight * share * 100 / (100 + LESSENED * others);
        }
    }

    fn compare(&mut self, doc: &Document, facts: &mut Facts) {
        let totals = self.totals();
        self.sums.resize(facts.passages.len(), (0, 0));
        let mut start = 0;
        for (later, end) in self.ends.iter().copied().enumerate() {
            for term in &self.terms[start..end] {
                let state = &mut self.states[term.stem as usize];
                if !(2..=MOST_PASSAGES).contains(&state.count) {
                    continue;
                }
                let mut posting = state.posting;
                while let Some((passage, before)) = self.chain.get(posting as usize).copied() {
                    let sum = &mut self.sums[passage as usize];
                    if sum.1 == 0 {
                        self.touched.push(passage);
                    }
                    *sum = (sum.0 + u64::from(term.weight), sum.1 + 1);
                    posting = before;
                }
                self.chain.push((later as u32, state.posting));
                state.posting = self.chain.len() as u32 - 1;
            }
            start = end;
            self.touched.sort_unstable();
            for earlier in self.touched.drain(..) {
                let (weight, shared) = std::mem::take(&mut self.sums[earlier as usize]);
                let mean = (totals[earlier as usize] as f64 * totals[later] as f64).sqrt();
                let permille = (1000.0 * weight as f64 / mean.max(1.0)) as u16;
                let is_alike = permille >= LEAST_PERMILLE && shared >= LEAST_SHARED;
                if is_alike && are_apart(doc, &facts.passages, earlier, later as u32) {
                    facts.likenesses.push(Likeness { earlier, later: later as u32, permille, shared });
                }
            }
        }
    }

    /// The weight of all terms of each passage.
    fn totals(&self) -> Vec<u64> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| self.terms[start..*end].iter().map(|t| u64::from(t.weight)).sum())
            .collect()
    }

    fn forget(&mut self) {
        for term in self.terms.drain(..) {
            self.states[term.stem as usize] = State::NEW;
        }
        self.states.truncate(self.table.stems() as usize);
        self.unknown.clear();
        self.ends.clear();
        self.chain.clear();
        self.sums.clear();
    }
}

/// Paragraphs and lists of the article itself, tables and lists of sources left out.
fn passages(doc: &Document) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut open: Option<Passage> = None;
    let is_item = |block: u32| matches!(doc.blocks[block as usize].kind, BlockKind::Item(_));
    for (index, block) in (0..).zip(&doc.blocks) {
        let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item(_));
        if !is_prose || block.is_reference || !matches!(block.area, Area::Body | Area::Banner) {
            passages.extend(open.take());
            continue;
        }
        match &mut open {
            Some(list) if is_item(index) && is_item(list.blocks.start) => {
                (list.blocks.end, list.words.end) = (index + 1, block.words.end);
            }
            _ => {
                let begun = Passage { blocks: index..index + 1, words: block.words.clone() };
                passages.extend(open.replace(begun));
            }
        }
    }
    passages.extend(open);
    passages.retain(|passage| passage.words.len() >= LEAST_WORDS);
    passages
}

/// False for passages that follow each other, or nearly so under one heading: there a thought goes on.
fn are_apart(doc: &Document, passages: &[Passage], earlier: u32, later: u32) -> bool {
    let heading = |passage: u32| {
        passages
            .get(passage as usize)
            .and_then(|p| doc.blocks.get(p.blocks.start as usize))
            .and_then(|block| block.heading)
    };
    later - earlier > 1 && (later - earlier >= NEAR || heading(earlier) != heading(later))
}
