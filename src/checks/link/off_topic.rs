//! Hosts of gambling, quick loans, replica goods, essays to order, pills without prescription and the like, in an article about
//! something else.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::LinkUse;
use crate::language::{Entry, Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words of this weight count wherever they stand in a host.
const ANYWHERE: i64 = 3;
/// Longer parts of hosts are not cut into words, in bytes.
const LONGEST: usize = 40;
/// Hosts are read in letters without accents and digits.
const LETTERS: usize = 36;
/// The trade of words that only help others.
const ANY: &str = "any";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_weight: i64,
    topic_words: usize,
}

/// A word of a host: its trade and weight.
type Weight = (usize, i64);

pub(super) struct OffTopicHost {
    options: Options,
    trades: Vec<String>,
    /// The words by their first two letters; those that begin otherwise come last.
    starts: Vec<Vec<(String, Weight)>>,
    offers: Vec<(usize, WordList)>,
    topics: Vec<(usize, WordList)>,
}

impl Sign for OffTopicHost {
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let mut trades: Vec<String> = vec![ANY.to_owned()];
        let mut number = |entry: &Entry| {
            let name = entry.of.clone().unwrap_or_default();
            trades.iter().position(|trade| *trade == name).unwrap_or_else(|| {
                trades.push(name);
                trades.len() - 1
            })
        };
        let mut words: BTreeMap<String, Weight> = BTreeMap::new();
        for entry in lexicon.entries("spam host word") {
            let weight = (number(entry), entry.value.unwrap_or(1));
            words.extend(entry.forms().map(|word| (word.clone(), weight)));
        }
        let mut lists = |name: &str| -> Vec<(usize, WordList)> {
            lexicon.entries(name).iter().map(|entry| (number(entry), WordList::of(entry.forms()))).collect()
        };
        let (offers, topics) = (lists("spam offer"), lists("spam topic"));
        let mut starts = vec![Vec::new(); LETTERS * LETTERS + 1];
        for (word, weight) in words.into_iter().filter(|(word, _)| !word.is_empty()) {
            starts[two_letters(&word)].push((word, weight));
        }
        Ok(Self { options: rule.options()?, trades, starts, offers, topics })
    }

    fn look(&self, page: &Page<'_>, tell: &mut dyn FnMut(&LinkUse, Sight)) {
        let traded = page.links.iter().filter_map(|link| Some((link, self.trade(page, link)?)));
        let found: Vec<(&LinkUse, usize)> = traded.filter(|(link, _)| !page.is_quoted(link)).collect();
        if found.is_empty() {
            return;
        }
        // What spam says around its own link is no topic of the article.
        let sentences: BTreeSet<u32> = found.iter().filter_map(|(link, _)| link.sentence).collect();
        let mut topics: BTreeMap<usize, bool> = BTreeMap::new();
        for (link, trade) in found {
            let is_topic = *topics.entry(trade).or_insert_with(|| self.is_topic(page, trade, &sentences));
            if !is_topic && let Some(sight) = Sight::of(Sure::Certain, self.trades[trade].as_str()) {
                tell(link, sight);
            }
        }
    }
}

impl OffTopicHost {
    /// What a link is about, by its host or its words.
    fn trade(&self, page: &Page<'_>, link: &LinkUse) -> Option<usize> {
        let address = &link.address;
        if !address.is_web() || address.is_ip || link.kind == LinkKind::Image {
            return None;
        }
        let mut weights: BTreeMap<usize, i64> = BTreeMap::new();
        let mut add = |(trade, weight): Weight| *weights.entry(trade).or_default() += weight;
        for label in address.name().split('.') {
            for part in label.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()) {
                match self.known(part) {
                    Some(weight) => add(weight),
                    None => self.cut(part).into_iter().for_each(&mut add),
                }
            }
        }
        for part in address.path.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
            self.known(part).filter(|(_, weight)| *weight >= ANYWHERE).into_iter().for_each(&mut add);
        }
        let helping = weights.remove(&0).unwrap_or(0).min(1);
        let by_host = weights.iter().max_by_key(|(_, weight)| **weight);
        if let Some((trade, _)) = by_host.filter(|(_, weight)| **weight + helping >= self.options.min_weight) {
            return Some(*trade);
        }
        let words = page.keys(page.words(link));
        self.offers.iter().find(|(_, list)| list.stands_in(&words)).map(|(trade, _)| *trade)
    }

    /// The words that begin with the first two letters of a text.
    fn beginning(&self, text: &str) -> &[(String, Weight)] {
        self.starts.get(two_letters(text)).map_or(&[], Vec::as_slice)
    }

    /// What a text weighs that is one word, in any case.
    fn known(&self, text: &str) -> Option<Weight> {
        let word = self.beginning(text).iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
        word.map(|(_, weight)| *weight)
    }

    /// The words that a part of a host is made of: all of it, or one that counts anywhere.
    fn cut(&self, part: &str) -> Vec<Weight> {
        if part.len() > LONGEST || !part.is_ascii() {
            return Vec::new();
        }
        // The last word before each place that words lead up to, with where it begins.
        let mut last: [Option<(usize, Weight)>; LONGEST + 1] = [None; LONGEST + 1];
        for start in 0..part.len() {
            if start == 0 || last[start].is_some() {
                let rest = &part[start..];
                for (word, weight) in self.beginning(rest).iter().filter(|(word, _)| rest.starts_with(word.as_str())) {
                    last[start + word.len()].get_or_insert((start, *weight));
                }
            }
        }
        let mut whole = Vec::new();
        let mut end = part.len();
        while let Some((start, weight)) = last[end] {
            whole.push(weight);
            end = start;
        }
        if !whole.is_empty() {
            return whole;
        }
        let begins = |start: usize| {
            let rest = &part[start..];
            let mut anywhere = self.beginning(rest).iter().filter(|(_, weight)| weight.1 >= ANYWHERE);
            anywhere.find(|(word, _)| rest.starts_with(word.as_str())).map(|(_, weight)| *weight)
        };
        (0..part.len()).find_map(begins).into_iter().collect()
    }

    /// True where the article itself is about a trade.
    fn is_topic(&self, page: &Page<'_>, trade: usize, spam: &BTreeSet<u32>) -> bool {
        let lists: Vec<&WordList> = self.topics.iter().filter(|(own, _)| *own == trade).map(|(_, list)| list).collect();
        let has_title =
            page.doc.front_matter.is_some() || page.doc.blocks.first().is_some_and(|block| block.is_heading());
        let title = if has_title { page.doc.title() } else { Vec::new() };
        if lists.iter().any(|list| list.stands_in(&title)) {
            return true;
        }
        let sentences = page.doc.sentences.iter().enumerate().filter(|(index, _)| !spam.contains(&(*index as u32)));
        let told = sentences.filter(|(_, sentence)| {
            let words = page.keys(sentence.words.clone());
            lists.iter().any(|list| list.stands_in(&words))
        });
        told.take(self.options.topic_words).count() >= self.options.topic_words
    }
}

/// The number of the first two letters or digits of a text, in any case; the last one where it does not begin with two.
fn two_letters(text: &str) -> usize {
    let number = |byte: u8| match byte.to_ascii_lowercase() {
        byte @ b'a'..=b'z' => Some(usize::from(byte - b'a')),
        byte @ b'0'..=b'9' => Some(usize::from(byte - b'0') + 26),
        _ => None,
    };
    let two = text.as_bytes().first_chunk().and_then(|[first, second]| Some((number(*first)?, number(*second)?)));
    two.map_or(LETTERS * LETTERS, |(first, second)| first * LETTERS + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::keys;

    #[test]
    fn phrases_in_words() {
        let list = WordList::of(["online casino".to_owned(), "poker".to_owned()].iter());
        assert!(list.stands_in(&keys("best online casino bonus")) && list.stands_in(&keys("a poker night")));
        assert!(!list.stands_in(&keys("online help")));
    }
}
