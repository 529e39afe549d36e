//! Labels that link sellers put together from parts: an order, a pointer, a name for a page, and small words between them.
//!
//! Their programs swap each part for another of its kind (“mouse click the up coming document”, “browse through this particular posting”), so that no
//! list holds all labels. The parts are few: a label is recognised as a run of words that are all parts, with so many odd ones among them
//! that nobody writes it who has something to say.

use crate::checks::gate::{Opening, rarest};
use crate::document::Document;
use crate::facts::Gates;
use crate::language::{WordList, keys};
use crate::span::TextSpan;
use serde::Deserialize;
use std::ops::Range;

/// The parts, as the rule lists them. Where an entry is written with a hyphen, the text must be, too.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Parts {
    /// Orders to go somewhere.
    orders: Vec<String>,
    /// Orders to read or use something, which honest links give, too.
    reading_orders: Vec<String>,
    /// Orders that people give in speech: odd as the text of a link.
    odd_orders: Vec<String>,
    /// Orders that nobody gives.
    strange_orders: Vec<String>,
    /// Words that point at a page.
    pointers: Vec<String>,
    /// Those that no page is pointed at with.
    odd_pointers: Vec<String>,
    /// Names for a place on the web.
    sites: Vec<String>,
    /// Names for a page on it.
    pages: Vec<String>,
    /// Names for anything that can be read.
    readings: Vec<String>,
    /// Names for a page that nobody uses.
    odd_pages: Vec<String>,
    /// Other words that are odd in a link.
    odd_words: Vec<String>,
    /// Small words.
    fillers: Vec<String>,
    /// Words before the name of a button or a page, which is written in capitals.
    namers: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Order,
    ReadingOrder,
    OddOrder,
    StrangeOrder,
    Pointer,
    OddPointer,
    Site,
    Page,
    Reading,
    OddPage,
    OddWord,
    Filler,
}

struct Part {
    kind: Kind,
    /// The words behind the first, each with whether a hyphen stands before it.
    rest: Vec<(u64, bool)>,
}

/// The parts, ready to be looked for.
pub(super) struct Labels {
    parts: Opening<Part>,
    /// A word of each part that gives a label away by itself, and of each name for a page, which a pointer must stand before.
    openers: Opening<bool>,
    /// The last words of pointers.
    pointers: Opening<()>,
    namers: WordList,
}

/// A run of parts in a sentence.
struct Run {
    words: Range<u32>,
    /// Where it ends without the small words at its end.
    told: u32,
    kinds: Vec<Kind>,
}

impl Labels {
    pub fn new(parts: &Parts) -> Self {
        let namers = WordList::of(&parts.namers);
        let (parts_of, openers, pointers) = (Opening::default(), Opening::default(), Opening::default());
        let mut labels = Self { parts: parts_of, openers, pointers, namers };
        let lists = [
            (Kind::Order, &parts.orders),
            (Kind::ReadingOrder, &parts.reading_orders),
            (Kind::OddOrder, &parts.odd_orders),
            (Kind::StrangeOrder, &parts.strange_orders),
            (Kind::Pointer, &parts.pointers),
            (Kind::OddPointer, &parts.odd_pointers),
            (Kind::Site, &parts.sites),
            (Kind::Page, &parts.pages),
            (Kind::Reading, &parts.readings),
            (Kind::OddPage, &parts.odd_pages),
            (Kind::OddWord, &parts.odd_words),
            (Kind::Filler, &parts.fillers),
        ];
        for (kind, entries) in lists {
            for entry in entries {
                let words = entry.split(' ').flat_map(|part| {
                    keys(part).into_iter().enumerate().map(|(index, key)| (key, index > 0)).collect::<Vec<_>>()
                });
                let words: Vec<(u64, bool)> = words.collect();
                let Some(((first, _), rest)) = words.split_first() else { continue };
                let keys: Vec<u64> = words.iter().map(|(key, _)| *key).collect();
                match kind {
                    Kind::OddPointer | Kind::OddPage | Kind::StrangeOrder => {
                        rarest(&keys).into_iter().for_each(|at| labels.openers.add(keys[at], true));
                    }
                    Kind::Site | Kind::Page => labels.openers.add(*first, false),
                    Kind::Pointer => keys.last().into_iter().for_each(|key| labels.pointers.add(*key, ())),
                    _ => {}
                }
                labels.parts.add(*first, Part { kind, rest: rest.to_vec() });
            }
        }
        labels
    }

    /// Opens the gates at all words that a label in prose must have one of.
    pub fn open(&self, gates: &mut Gates) {
        self.openers.open_words(gates);
    }

    /// True where a label in prose may have the word of this number.
    pub fn may_hold(&self, doc: &Document, index: u32) -> bool {
        let key = |at: u32| doc.words.get(at as usize).map(|word| word.key);
        let opened = key(index).and_then(|key| self.openers.get(key)).unwrap_or_default();
        let is_pointed = || index.checked_sub(1).and_then(key).is_some_and(|key| self.pointers.get(key).is_some());
        opened.contains(&true) || !opened.is_empty() && is_pointed()
    }

    /// Words without the small ones before them.
    pub fn without_fillers(&self, doc: &Document, words: Range<u32>) -> Range<u32> {
        let mut rest = words;
        while let Some((Kind::Filler, length)) = self.part(doc, rest.clone()) {
            rest.start += length;
        }
        rest
    }

    /// True where words are a label from the first to the last, as the text of a link is.
    pub fn are_label(&self, doc: &Document, words: Range<u32>) -> bool {
        match self.runs(doc, words.clone()).as_slice() {
            [run] if run.words == words => run.is_label_of_link(),
            _ => false,
        }
    }

    /// The labels among the words of a sentence. Those in capitals that `has_phrase` knows count, too.
    pub fn in_prose(
        &self,
        doc: &Document,
        sentence: Range<u32>,
        has_phrase: impl Fn(Range<u32>) -> bool,
    ) -> Vec<Range<u32>> {
        let is_named = |run: &Run| {
            let before = run.words.start.checked_sub(1).filter(|before| *before >= sentence.start);
            before.and_then(|before| doc.words.get(before as usize)).is_some_and(|word| self.namers.has(&[word.key]))
        };
        let is_one = |run: &Run| {
            let in_capitals = || run.is_label_of_link() || has_phrase(run.words.clone());
            let is_shown = || run.is_recommendation(doc) || run.is_in_capitals(doc) && in_capitals();
            run.is_label_in_prose() || !is_named(run) && is_shown()
        };
        self.runs(doc, sentence.clone()).into_iter().filter(is_one).map(|run| run.words.start..run.told).collect()
    }

    /// The runs of parts among words, the longest part at each place.
    fn runs(&self, doc: &Document, words: Range<u32>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut at, mut is_open) = (words.start, false);
        while at < words.end {
            let Some((kind, length)) = self.part(doc, at..words.end) else {
                (at, is_open) = (at + 1, false);
                continue;
            };
            let follows = is_open && runs.last().is_some_and(|run| are_parted_by_blank(doc, run.words.end - 1));
            let end = at + length;
            match runs.last_mut().filter(|_| follows) {
                Some(run) => {
                    run.words.end = end;
                    run.told = if kind == Kind::Filler { run.told } else { end };
                    run.kinds.push(kind);
                }
                None => runs.push(Run { words: at..end, told: end, kinds: vec![kind] }),
            }
            (at, is_open) = (end, true);
        }
        runs
    }

    /// The longest part that words begin with.
    fn part(&self, doc: &Document, words: Range<u32>) -> Option<(Kind, u32)> {
        let first = doc.words.get(words.start as usize)?;
        let fits = |part: &&Part| {
            let end = words.start + 1 + part.rest.len() as u32;
            end <= words.end
                && part.rest.iter().zip(words.start + 1..end).all(|((key, is_hyphened), at)| {
                    doc.words.get(at as usize).is_some_and(|word| word.key == *key)
                        && (!is_hyphened || between(doc, at - 1) == "-")
                })
        };
        let longest = self.parts.get(first.key)?.iter().filter(fits).max_by_key(|part| part.rest.len())?;
        Some((longest.kind, 1 + longest.rest.len() as u32))
    }
}

impl Run {
    fn count(&self, is: impl Fn(Kind) -> bool) -> usize {
        self.kinds.iter().filter(|kind| is(**kind)).count()
    }

    /// An odd pointer counts before a name only: “ongoing” is an honest word elsewhere.
    fn strange(&self) -> usize {
        let is_page = |kind: &Kind| matches!(kind, Kind::Site | Kind::Page | Kind::OddPage | Kind::Reading);
        let pointed = self.kinds.windows(2).filter(|two| two[0] == Kind::OddPointer && is_page(&two[1])).count();
        pointed + self.count(|kind| matches!(kind, Kind::StrangeOrder | Kind::OddPage))
    }

    /// “go to the related website”: an order, a small word, a pointer and a page, one behind the other.
    fn is_order_to_a_page(&self) -> bool {
        let is_order = |kind: Kind| matches!(kind, Kind::Order | Kind::OddOrder | Kind::StrangeOrder);
        self.kinds.windows(3).any(|three| {
            matches!(three, [Kind::Filler, Kind::Pointer | Kind::OddPointer, Kind::Site | Kind::Page | Kind::OddPage])
        }) && self.kinds.iter().any(|kind| is_order(*kind))
    }

    fn is_label_in_prose(&self) -> bool {
        let others = self.count(|kind| kind != Kind::Filler);
        let strange = self.strange();
        let gives_order = self
            .kinds
            .iter()
            .any(|kind| matches!(kind, Kind::Order | Kind::ReadingOrder | Kind::OddOrder | Kind::StrangeOrder));
        strange >= 2 || strange == 1 && others > 1 && gives_order || self.is_order_to_a_page()
    }

    /// “Highly recommended Internet page” with a capital, “Recommended Webpage” with one in each word.
    fn is_recommendation(&self, doc: &Document) -> bool {
        match self.kinds.as_slice() {
            [Kind::Pointer | Kind::OddPointer, Kind::OddPage, ..] => {
                are_capital(doc, self.words.start..self.words.start + 1)
            }
            [Kind::Pointer, Kind::Site, ..] => are_capital(doc, self.words.start..self.words.start + 2),
            _ => false,
        }
    }

    fn is_label_of_link(&self) -> bool {
        let odd = self.strange() + self.count(|kind| matches!(kind, Kind::OddOrder | Kind::OddWord));
        let others = self.count(|kind| kind != Kind::Filler);
        odd > 0 && others > 1 || self.is_order_to_a_page()
    }

    /// True where every word has a capital: “Visit The Following Post”.
    fn is_in_capitals(&self, doc: &Document) -> bool {
        let is_long = self.words.len() > 2 || self.strange() > 0 && self.words.len() > 1;
        is_long && are_capital(doc, self.words.clone())
    }
}

/// True where every word begins with a capital.
pub(super) fn are_capital(doc: &Document, words: Range<u32>) -> bool {
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    words.iter().all(|word| doc.slice(word.text).starts_with(char::is_uppercase))
}

fn between(doc: &Document, word: u32) -> &str {
    let text = |at: u32| doc.words.get(at as usize).map(|word| word.text);
    let span = text(word).zip(text(word + 1));
    span.map_or("", |(a, b)| doc.slice(TextSpan::new(a.end.min(b.start), b.start)))
}

/// True where nothing but blanks, or a hyphen, parts a word from the next.
fn are_parted_by_blank(doc: &Document, word: u32) -> bool {
    between(doc, word).chars().all(|c| c.is_whitespace() || c == '-')
}
