//! The words that claims are made of, as the lexicon has them: phrases found by the stems of their words.
//!
//! Every list is a layer of its own: of the phrases of one list that begin at a word the longest counts, and no other of that list
//! begins within it; a word may play a part in several lists. `stop` is a stance, and what a symptom does.

use super::topics::numbers;
use crate::document::{Document, WordKind};
use crate::language::{Entry, KeyMap, Lexicon, WordList, WordTable, key as key_of, stem_of_lexicon, words};
use rust_stemmers::{Algorithm, Stemmer};
use std::cmp::Reverse;
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
    (Layer::Standing, STANDING),
];

/// The list of words that name a time without a number.
pub(super) const STANDING: &str = "standing time";

/// Lists of words that tell nothing of a subject.
const CLOSED: [&str; 3] = ["function word", "number word", "general word"];

/// The list of words as in “longer than”.
const LONGER: &str = "longer word";
/// The list of words that share a stem with a topic and mean something else.
const OTHER: &str = "other word";

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

/// A phrase by the stems of its words.
#[derive(Clone, Debug)]
struct Phrase {
    first: u64,
    /// Most phrases of a frequent word are told from each other by the next one.
    second: Option<u64>,
    /// The stems behind those, as a range of [`Senses::behind`].
    behind: Range<u32>,
    sense: Sense,
}

/// All phrases.
#[derive(Clone, Debug)]
pub(super) struct Senses {
    table: WordTable,
    /// Words that tell nothing of a subject, by stem.
    closed: KeyMap<()>,
    /// Words that make a limit of a time behind a ban.
    longer: WordList,
    /// Words that are no topic by themselves, though they share the stem of one.
    other: WordList,
    phrases: Phrases,
    /// Those that name a time without a number.
    standing: Phrases,
    behind: Vec<u64>,
    kinds: Vec<Vec<String>>,
}

/// Phrases in order, to be found by their first word.
#[derive(Clone, Debug, Default)]
struct Phrases {
    /// Sorted by the first word; of those that begin with one word the longest first.
    all: Vec<Phrase>,
    /// For every stem of the table those that begin with it, as a range of `all`.
    begins: Vec<Range<u32>>,
}

impl Senses {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut senses = Self {
            table: WordTable::builtin(),
            closed: KeyMap::default(),
            longer: lexicon.list(LONGER),
            other: lexicon.list(OTHER),
            phrases: Phrases::default(),
            standing: Phrases::default(),
            behind: Vec::new(),
            kinds: vec![Vec::new(); LISTS.len()],
        };
        for (layer, list) in LISTS {
            senses.add(lexicon.entries(list), layer);
        }
        for list in CLOSED {
            lexicon.list(list).each(|phrase| senses.closed.extend(phrase.iter().map(|key| (*key, ()))));
        }
        let stems = senses.table.stems() as usize;
        let stands = |one: &&Phrase| one.sense.layer == Layer::Standing;
        let standing = senses.phrases.all.iter().filter(stands).cloned().collect();
        senses.standing = Phrases::in_order(standing, &senses.behind, stems);
        senses.phrases = Phrases::in_order(std::mem::take(&mut senses.phrases.all), &senses.behind, stems);
        senses
    }

    fn add(&mut self, entries: &[Entry], layer: Layer) {
        let mut kinds: BTreeMap<&str, u16> = BTreeMap::new();
        let mut behind = std::mem::take(&mut self.behind);
        for (entry, number) in entries.iter().zip(numbers(entries).1) {
            let Some(number) = number else { continue };
            let next = kinds.len() as u16;
            let of = entry.of.as_deref().map_or(0, |of| {
                *kinds.entry(of).or_insert_with(|| {
                    self.kinds[layer as usize].push(of.to_owned());
                    next
                })
            });
            let small = |number: Option<i64>| number.and_then(|number| u16::try_from(number).ok()).unwrap_or(0);
            let value = small(entry.value);
            let range = (small(entry.least), small(entry.most));
            let sense = Sense { layer, of, entry: number, value, range };
            for form in entry.forms() {
                let mut stems = words(form).map(|word| self.stem(key_of(word), word));
                let Some(first) = stems.next() else { continue };
                let (second, start) = (stems.next(), behind.len() as u32);
                behind.extend(stems);
                self.phrases.all.push(Phrase { first, second, behind: start..behind.len() as u32, sense });
            }
        }
        self.behind = behind;
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
            let beforehand = Some(key).filter(|_| word.is_ascii()).and_then(stem_of_lexicon);
            let new = || key_of(&Stemmer::create(Algorithm::English).stem(&word.to_lowercase()));
            let stem = beforehand.unwrap_or_else(new);
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
            let begun = self.standing.begun(doc, stems, at);
            begun.is_some_and(|(phrases, stems)| self.at(phrases, stems).next().is_some())
        })
    }

    /// The phrases in a range of words, in order.
    pub fn read(&self, doc: &Document, stems: &[u64], words: Range<u32>, marks: &mut Vec<Mark>) {
        marks.clear();
        let mut ends = [0u32; LISTS.len()];
        let stems = stems.get(..words.end as usize).unwrap_or_default();
        for at in words {
            let Some((phrases, stems)) = self.phrases.begun(doc, stems, at) else { continue };
            let mut found: [u32; LISTS.len()] = [0; LISTS.len()];
            let is_other = doc.words.get(at as usize).is_some_and(|word| self.other.has(&[word.key]));
            for (length, sense) in self.at(phrases, stems) {
                if is_other && length == 1 && sense.layer == Layer::Topic {
                    continue;
                }
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

    /// Those of the phrases that stand at the beginning of these stems, with their lengths, the longest first.
    fn at<'a>(&'a self, phrases: &'a [Phrase], stems: &'a [u64]) -> impl Iterator<Item = (u32, &'a Sense)> {
        let (second, rest) = (stems.get(1).copied(), stems.get(2..).unwrap_or_default());
        let is_behind = |one: &Phrase| {
            let behind = self.behind.get(one.behind.start as usize..one.behind.end as usize);
            behind.is_some_and(|behind| rest.starts_with(behind))
        };
        let stands = move |one: &&Phrase| one.second.is_none() || one.second == second && is_behind(one);
        phrases.iter().filter(stands).map(|one| (one.length(), &one.sense))
    }
}

impl Phrases {
    /// Sorts phrases.
    fn in_order(mut all: Vec<Phrase>, behind: &[u64], stems: usize) -> Self {
        all.sort_by_cached_key(|one| {
            (one.first, Reverse(one.length()), one.sense.layer, one.sense.of, one.sense.entry)
        });
        let rest = |one: &Phrase| behind.get(one.behind.start as usize..one.behind.end as usize);
        let are_equal = |a: &Phrase, b: &Phrase| (a.first, a.second, a.sense) == (b.first, b.second, b.sense);
        all.dedup_by(|a, b| are_equal(a, b) && rest(a) == rest(b));
        let (mut begins, mut start) = (vec![0..0; stems], 0);
        for group in all.chunk_by(|a, b| a.first == b.first) {
            let end = start + group.len() as u32;
            if let Some(begins) = begins.get_mut(group[0].first as usize) {
                *begins = start..end;
            }
            start = end;
        }
        Self { all, begins }
    }

    /// Those that begin with a word, with the stems from there on; none at a number.
    fn begun<'a>(&self, doc: &Document, stems: &'a [u64], at: u32) -> Option<(&[Phrase], &'a [u64])> {
        let stems = stems.get(at as usize..)?;
        let first = stems.first()?;
        let phrases = match self.begins.get(*first as usize) {
            Some(begun) => begun.start as usize..begun.end as usize,
            None => {
                let start = self.all.partition_point(|one| one.first < *first);
                let own = self.all.iter().skip(start).take_while(|one| one.first == *first).count();
                start..start + own
            }
        };
        let phrases = self.all.get(phrases).filter(|phrases| !phrases.is_empty())?;
        let is_number = doc.words.get(at as usize).is_some_and(|word| word.kind == WordKind::Number);
        (!is_number).then_some((phrases, stems))
    }
}

impl Phrase {
    /// How many words it has.
    fn length(&self) -> u32 {
        1 + u32::from(self.second.is_some()) + (self.behind.end - self.behind.start)
    }
}

/// The rarity of words that hardly stand in health articles.
const UNKNOWN: u32 = 65;
