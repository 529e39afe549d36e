//! The words that claims are made of, as the lexicon has them: phrases found by the stems of their words.
//!
//! Every list is a layer of its own: of the phrases of one list that begin at a word the longest counts, and no other of that list
//! begins within it; a word may play a part in several lists. `stop` is a stance, and what a symptom does.

use super::topics::numbers;
use crate::document::{Document, WordKind};
use crate::language::{KeyMap, Lexicon, WordList, WordTable, key as key_of, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::cmp::Reverse;
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

/// The phrases that begin with one word: that word alone, and longer ones by the second word, the longest first.
#[derive(Clone, Debug, Default)]
struct Begun {
    alone: Vec<Sense>,
    longer: Vec<(u64, Vec<u64>, Sense)>,
    /// True where one of them names a time without a number.
    stands: bool,
}

impl Begun {
    /// The phrases that stand at the beginning of these stems, with their lengths, the longest first.
    fn at<'a>(&'a self, stems: &'a [u64]) -> impl Iterator<Item = (u32, &'a Sense)> {
        let second = stems.get(1).copied();
        let longer = self.longer.iter().filter(move |(own, rest, _)| {
            Some(*own) == second && stems.get(2..).is_some_and(|behind| behind.starts_with(rest))
        });
        let longer = longer.map(|(_, rest, sense)| (2 + rest.len() as u32, sense));
        longer.chain(self.alone.iter().map(|sense| (1, sense)))
    }
}

/// All phrases.
#[derive(Clone, Debug)]
pub(super) struct Senses {
    table: WordTable,
    /// Words that tell nothing of a subject, by stem.
    closed: KeyMap<()>,
    /// Words that make a limit of a time behind a ban.
    longer: WordList,
    by_first: KeyMap<Begun>,
    /// For every stem of the table whether a phrase begins with it, and whether one that names a time without a number.
    begins: Vec<(bool, bool)>,
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
            begins: vec![(false, false); WordTable::builtin().stems() as usize],
            kinds: vec![Vec::new(); LISTS.len()],
        };
        for (layer, list) in LISTS {
            senses.add(lexicon, layer, list);
        }
        for list in CLOSED {
            lexicon.list(list).each(|phrase| senses.closed.extend(phrase.iter().map(|key| (*key, ()))));
        }
        for (stem, begun) in &mut senses.by_first {
            if let Some(begins) = senses.begins.get_mut(*stem as usize) {
                *begins = (true, begun.stands);
            }
            let order = |sense: &Sense| (sense.layer, sense.of, sense.entry);
            begun.longer.sort_by_key(|(_, rest, sense)| (Reverse(rest.len()), order(sense)));
            begun.longer.dedup();
            begun.alone.sort_by_key(order);
            begun.alone.dedup();
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
                let Some((first, rest)) = stems.split_first() else { continue };
                let sense = Sense { layer, of, entry: number, value, range };
                let begun = self.by_first.entry(*first).or_default();
                begun.stands |= layer == Layer::Standing;
                match rest.split_first() {
                    Some((second, rest)) => begun.longer.push((*second, rest.to_vec(), sense)),
                    None => begun.alone.push(sense),
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

    /// The stem of every word of a document.
    pub fn stems(&self, doc: &Document) -> Vec<u64> {
        doc.words.iter().map(|word| self.stem(word.key, doc.slice(word.text))).collect()
    }

    /// True where words name a time without a number, such as “never”.
    pub fn name_a_time(&self, doc: &Document, stems: &[u64], words: Range<u32>) -> bool {
        words.into_iter().any(|at| {
            let begins = stems.get(at as usize).and_then(|stem| self.begins.get(*stem as usize));
            if begins.is_some_and(|(_, stands)| !stands) {
                return false;
            }
            let mut begun = self.begun(doc, stems, at).filter(|(begun, _)| begun.stands).into_iter();
            begun.any(|(begun, stems)| begun.at(stems).any(|(_, sense)| sense.layer == Layer::Standing))
        })
    }

    /// The phrases in a range of words, in order.
    pub fn read(&self, doc: &Document, stems: &[u64], words: Range<u32>, marks: &mut Vec<Mark>) {
        marks.clear();
        let mut ends = [0u32; LISTS.len()];
        let stems = stems.get(..words.end as usize).unwrap_or_default();
        for at in words {
            let Some((begun, stems)) = self.begun(doc, stems, at) else { continue };
            let mut found: [u32; LISTS.len()] = [0; LISTS.len()];
            for (length, sense) in begun.at(stems) {
                let layer = sense.layer as usize;
                let end = at + length;
                // The longest counts; equally long ones all do.
                if at >= ends[layer] && found[layer] <= end {
                    found[layer] = end;
                    marks.push(Mark { words: at..end, sense: *sense });
                }
            }
            for (end, found) in ends.iter_mut().zip(found) {
                *end = (*end).max(found);
            }
        }
    }

    /// The phrases that begin at a word, with the stems from there on; none at a number.
    fn begun<'a>(&self, doc: &Document, stems: &'a [u64], at: u32) -> Option<(&Begun, &'a [u64])> {
        let stems = stems.get(at as usize..)?;
        let first = stems.first()?;
        if self.begins.get(*first as usize).is_some_and(|(begins, _)| !begins) {
            return None;
        }
        let begun = self.by_first.get(first)?;
        let is_number = doc.words.get(at as usize).is_some_and(|word| word.kind == WordKind::Number);
        (!is_number).then_some((begun, stems))
    }
}

/// The rarity of words that hardly stand in health articles.
const UNKNOWN: u32 = 65;
