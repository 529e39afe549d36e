//! The words that claims are made of, as the lexicon has them: phrases found by the stems of their words.
//!
//! Every list is a layer of its own: of the phrases of one list that begin at a word the longest counts, and no other of that list
//! begins within it; a word may play a part in several lists. `stop` is a stance, and what a symptom does.

use super::topics::numbers;
use crate::document::{Document, WordKind};
use crate::language::{KeyMap, Lexicon, WordList, WordTable, key as key_of, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;

/// A list, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Layer {
    Topic,
    Stance,
    Slot,
    Modality,
    Anchor,
    Population,
    Qualifier,
    Intensity,
    Joint,
    Standing,
}

/// The lists by layer. In all but that of intensities the words belong to a kind.
const LISTS: [(Layer, &str); 10] = [
    (Layer::Topic, "topic"),
    (Layer::Stance, "stance"),
    (Layer::Slot, "slot"),
    (Layer::Modality, "modality"),
    (Layer::Anchor, "anchor"),
    (Layer::Population, "population"),
    (Layer::Qualifier, "qualifier"),
    (Layer::Intensity, "intensity"),
    (Layer::Joint, "joint"),
    (Layer::Standing, "standing time"),
];

/// Lists of words that tell nothing of a subject.
const CLOSED: [&str; 3] = ["function word", "number word", "general word"];

/// The list of words as in “longer than”.
const LONGER: &str = "longer word";

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sense {
    pub layer: Layer,
    /// What its list calls the kind that it belongs to, by number.
    pub of: u16,
    /// Its entry in the list, by number; entries of one name are one.
    pub entry: u16,
    /// Its number, where the list has numbers.
    pub value: u16,
    /// The numbers it lies between, where the list has ranges.
    pub range: (u16, u16),
}

/// A phrase in a document.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub words: Range<u32>,
    pub sense: Sense,
}

/// All phrases.
#[derive(Clone, Debug)]
pub(super) struct Senses {
    table: WordTable,
    /// Words that tell nothing of a subject, by stem.
    closed: KeyMap<()>,
    /// Words that make a limit of a time behind a ban.
    longer: WordList,
    by_first: KeyMap<Vec<(Vec<u64>, Sense)>>,
    kinds: Vec<Vec<String>>,
}

impl Senses {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut senses = Self {
            table: WordTable::builtin(),
            closed: KeyMap::default(),
            longer: lexicon.list(LONGER),
            by_first: KeyMap::default(),
            kinds: vec![Vec::new(); LISTS.len()],
        };
        for (layer, list) in LISTS {
            senses.add(lexicon, layer, list);
        }
        for list in CLOSED {
            lexicon.list(list).each(|phrase| senses.closed.extend(phrase.iter().map(|key| (*key, ()))));
        }
        for phrases in senses.by_first.values_mut() {
            phrases.sort_by_key(|(rest, sense)| (std::cmp::Reverse(rest.len()), sense.layer, sense.of, sense.entry));
            phrases.dedup();
        }
        senses
    }

    fn add(&mut self, lexicon: &Lexicon, layer: Layer, list: &str) {
        let entries = lexicon.entries(list);
        let numbers = numbers(entries);
        for entry in entries {
            let Some(number) = entry.any.first().and_then(|name| numbers.get(name.as_str()).copied()) else { continue };
            let of = entry.of.as_deref().map_or(0, |of| self.kind(layer, of));
            let small = |number: Option<i64>| number.and_then(|number| u16::try_from(number).ok()).unwrap_or(0);
            let value = small(entry.value);
            let range = (small(entry.least), small(entry.most));
            for form in entry.forms() {
                let stems: Vec<u64> = words(form).map(|word| self.stem(key_of(word), word)).collect();
                if let Some((first, rest)) = stems.split_first() {
                    let sense = Sense { layer, of, entry: number, value, range };
                    self.by_first.entry(*first).or_default().push((rest.to_vec(), sense));
                }
            }
        }
    }

    fn kind(&mut self, layer: Layer, name: &str) -> u16 {
        let kinds = &mut self.kinds[layer as usize];
        let known = kinds.iter().position(|kind| kind == name);
        known.unwrap_or_else(|| {
            kinds.push(name.to_owned());
            kinds.len() - 1
        }) as u16
    }

    /// The number of a kind; `None` where the list knows no such kind.
    pub fn kind_number(&self, layer: Layer, name: &str) -> Option<u16> {
        self.kinds.get(layer as usize)?.iter().position(|kind| kind == name).map(|number| number as u16)
    }

    /// What a list calls a kind.
    pub fn kind_name(&self, layer: Layer, number: u16) -> &str {
        self.kinds.get(layer as usize).and_then(|kinds| kinds.get(usize::from(number))).map_or("", String::as_str)
    }

    /// The stem of a word; of one that the table does not hold, that of its stem.
    pub fn stem(&self, key: u64, word: &str) -> u64 {
        let known = |key: u64| self.table.get(key).map(|form| u64::from(form.stem));
        known(key).unwrap_or_else(|| {
            let stem = key_of(&Stemmer::create(Algorithm::English).stem(&word.to_lowercase()));
            known(stem).unwrap_or(stem)
        })
    }

    /// True for words that tell nothing of a subject.
    pub fn is_closed(&self, key: u64) -> bool {
        self.closed.contains_key(&key)
    }

    /// True for words as in “longer than”.
    pub fn is_longer(&self, key: u64) -> bool {
        self.longer.has(&[key])
    }

    /// How rare a word is, in tenths of nats.
    pub fn rarity(&self, key: u64) -> u32 {
        self.table.get(key).map_or(UNKNOWN, |form| form.rarity)
    }

    /// The phrases in a range of words, in order.
    pub fn read(&self, doc: &Document, words: Range<u32>, marks: &mut Vec<Mark>) {
        marks.clear();
        let mut ends = [0u32; LISTS.len()];
        let own = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        let stems: Vec<u64> = own.iter().map(|word| self.stem(word.key, doc.slice(word.text))).collect();
        let stem = |at: u32| stems.get((at - words.start) as usize).copied();
        for at in words.clone() {
            let Some(phrases) = stem(at).and_then(|stem| self.by_first.get(&stem)) else {
                continue;
            };
            if doc.words.get(at as usize).is_some_and(|word| word.kind == WordKind::Number) {
                continue;
            }
            let mut found: [u32; LISTS.len()] = [0; LISTS.len()];
            for (rest, sense) in phrases {
                let layer = sense.layer as usize;
                let end = at + 1 + rest.len() as u32;
                // The longest counts; equally long ones all do.
                if at < ends[layer] || found[layer] > end {
                    continue;
                }
                if rest.iter().zip(at + 1..).all(|(own, at)| stem(at) == Some(*own)) {
                    found[layer] = end;
                    marks.push(Mark { words: at..end, sense: *sense });
                }
            }
            for (end, found) in ends.iter_mut().zip(found) {
                *end = (*end).max(found);
            }
        }
    }
}

/// The rarity of words that hardly stand in health articles.
const UNKNOWN: u32 = 65;
