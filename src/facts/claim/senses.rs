//! The words that claims are made of, as the lexicon has them: phrases found by the stems of their words.
//!
//! Every list is a layer of its own: of the phrases of one list that begin at a word the longest counts, and no other of that list
//! begins within it; a word may play a part in several lists. `stop` is a stance, and what a symptom does.

use crate::document::{Document, WordKind};
use crate::language::{KeyMap, Lexicon, WordList, WordTable, key as key_of, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeMap;
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
}

/// The lists by layer. In all but that of intensities the words belong to a kind.
const LISTS: [(Layer, &str); 9] = [
    (Layer::Topic, "topic"),
    (Layer::Stance, "stance"),
    (Layer::Slot, "slot"),
    (Layer::Modality, "modality"),
    (Layer::Anchor, "anchor"),
    (Layer::Population, "population"),
    (Layer::Qualifier, "qualifier"),
    (Layer::Intensity, "intensity"),
    (Layer::Joint, "joint"),
];

/// Lists of words that tell nothing of a subject.
const CLOSED: [&str; 3] = ["function word", "number word", "general word"];

/// Lists of topics that are kept apart, that are no products although they stand among them, that come in degrees.
const PRODUCTS: &str = "product topic";
const FORMS: &str = "dose form topic";
const GRADED: &str = "graded topic";
/// Topics that tell little.
const GENERAL: &str = "general topic";
/// Topics that amount to a ban of another one.
const BANS: &str = "ban topic";

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
    by_first: KeyMap<Vec<(Vec<u64>, Sense)>>,
    kinds: Vec<Vec<String>>,
    topics: Vec<String>,
    /// By topic: the wider topics, its own number included.
    wider: Vec<Vec<u16>>,
    /// By topic: what is banned by it.
    bans: BTreeMap<u16, u16>,
    /// By topic: whether it is a product of its own, and whether its kinds have an order.
    products: Vec<bool>,
    graded: Vec<bool>,
    general: Vec<bool>,
}

impl Senses {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut senses = Self {
            table: WordTable::builtin(),
            closed: KeyMap::default(),
            by_first: KeyMap::default(),
            kinds: vec![Vec::new(); LISTS.len()],
            topics: Vec::new(),
            wider: Vec::new(),
            products: Vec::new(),
            graded: Vec::new(),
            general: Vec::new(),
            bans: BTreeMap::new(),
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
        let mut names: BTreeMap<&str, u16> = BTreeMap::new();
        for entry in entries {
            let Some(name) = entry.any.first() else { continue };
            let number = names.len() as u16;
            let number = *names.entry(name).or_insert(number);
            let of = entry.of.as_deref().map_or(0, |of| self.kind(layer, of));
            let value = entry.value.and_then(|value| u16::try_from(value).ok()).unwrap_or(0);
            for form in entry.forms() {
                let stems: Vec<u64> = words(form).map(|word| self.stem(key_of(word), word)).collect();
                if let Some((first, rest)) = stems.split_first() {
                    let sense = Sense { layer, of, entry: number, value };
                    self.by_first.entry(*first).or_default().push((rest.to_vec(), sense));
                }
            }
        }
        if layer == Layer::Topic {
            let parent = |of: &str| names.get(of).copied();
            let mut parents = vec![Vec::new(); names.len()];
            for entry in entries {
                let own = entry.any.first().and_then(|name| parent(name));
                if let (Some(own), Some(of)) = (own, entry.of.as_deref().and_then(parent)) {
                    parents[usize::from(own)].push(of);
                }
            }
            let mut topics: Vec<(&str, u16)> = names.iter().map(|(name, number)| (*name, *number)).collect();
            topics.sort_by_key(|(_, number)| *number);
            self.topics = topics.into_iter().map(|(name, _)| name.to_owned()).collect();
            self.wider = (0..parents.len() as u16).map(|topic| closure(topic, &parents)).collect();
            let is_listed = |list: &WordList, topic: u16| {
                self.topics.get(usize::from(topic)).is_some_and(|name| list.has_text(name))
            };
            let is_under = |list: &WordList, topics: &[u16]| topics.iter().any(|topic| is_listed(list, *topic));
            let (products, forms, graded) = (lexicon.list(PRODUCTS), lexicon.list(FORMS), lexicon.list(GRADED));
            let is_product = |topics: &Vec<u16>| {
                is_under(&products, topics) && !topics.first().is_some_and(|own| is_listed(&forms, *own))
            };
            let is_product: Vec<bool> = self.wider.iter().map(is_product).collect();
            let is_graded: Vec<bool> = self.wider.iter().map(|topics| is_under(&graded, topics)).collect();
            let general = lexicon.list(GENERAL);
            let is_general = (0..self.topics.len() as u16).map(|topic| is_listed(&general, topic)).collect();
            (self.products, self.graded, self.general) = (is_product, is_graded, is_general);
            for entry in lexicon.entries(BANS) {
                let banned = entry.of.as_deref().and_then(parent);
                let own = entry.any.iter().filter_map(|name| parent(name));
                self.bans.extend(own.filter_map(|own| Some((own, banned?))));
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

    /// What the lexicon calls a topic.
    pub fn topic(&self, topic: u16) -> &str {
        self.topics.get(usize::from(topic)).map_or("", String::as_str)
    }

    /// What a topic bans.
    pub fn banned(&self, topic: u16) -> Option<u16> {
        self.bans.get(&topic).copied()
    }

    /// True for a product of its own.
    pub fn is_product(&self, topic: u16) -> bool {
        self.products.get(usize::from(topic)).copied().unwrap_or_default()
    }

    /// True for a topic that half of all articles speak of.
    pub fn is_general(&self, topic: u16) -> bool {
        self.general.get(usize::from(topic)).copied().unwrap_or_default()
    }

    /// True for what comes in kinds of different intensity.
    pub fn is_graded(&self, topic: u16) -> bool {
        self.graded.get(usize::from(topic)).copied().unwrap_or_default()
    }

    /// What a list calls a kind.
    pub fn kind_name(&self, layer: Layer, number: u16) -> &str {
        self.kinds.get(layer as usize).and_then(|kinds| kinds.get(usize::from(number))).map_or("", String::as_str)
    }

    /// The wider topics of a topic, itself included.
    pub fn wider(&self, topic: u16) -> &[u16] {
        self.wider.get(usize::from(topic)).map_or(&[], Vec::as_slice)
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

/// A topic and all above it; topics that go in a ring are above each other.
fn closure(topic: u16, parents: &[Vec<u16>]) -> Vec<u16> {
    let mut all = vec![topic];
    let mut next = 0;
    while let Some(topic) = all.get(next).copied() {
        next += 1;
        for parent in parents.get(usize::from(topic)).into_iter().flatten() {
            if !all.contains(parent) {
                all.push(*parent);
            }
        }
    }
    all
}
