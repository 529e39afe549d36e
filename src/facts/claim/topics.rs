//! The topics of the lexicon: which are wider, and which are special.

use crate::language::{Entry, Lexicon};
use std::collections::BTreeMap;

/// The list of topics.
const TOPICS: &str = "topic";
/// Topics that are kept apart, that are none of those although they stand among them, that come in degrees, that tell little.
const PRODUCTS: &str = "product topic";
const FORMS: &str = "dose form topic";
const GRADED: &str = "graded topic";
const GENERAL: &str = "general topic";
/// Topics that amount to a ban of another one.
const BANS: &str = "ban topic";

/// Topics by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    topics: Vec<Topic>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Topic {
    name: String,
    /// The wider topics, itself first.
    wider: Vec<u16>,
    banned: Option<u16>,
    is_product: bool,
    is_graded: bool,
    is_general: bool,
}

impl Topics {
    /// No topics.
    pub const fn none() -> Self {
        Self { topics: Vec::new() }
    }

    /// Takes the topics from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let entries = lexicon.entries(TOPICS);
        let (numbers, own) = numbers(entries);
        let number = |name: &str| numbers.get(name).copied();
        let mut parents = vec![Vec::new(); numbers.len()];
        for (entry, own) in entries.iter().zip(own) {
            if let (Some(own), Some(of)) = (own, entry.of.as_deref().and_then(number)) {
                parents[usize::from(own)].push(of);
            }
        }
        let wider: Vec<Vec<u16>> = (0..parents.len() as u16).map(|topic| closure(topic, &parents)).collect();
        let mut names = vec![""; numbers.len()];
        numbers.iter().for_each(|(name, number)| names[usize::from(*number)] = name);
        let listed = |list: &str| {
            let mut marked = vec![false; names.len()];
            lexicon
                .words(list)
                .iter()
                .filter_map(|name| number(name))
                .for_each(|topic| marked[usize::from(topic)] = true);
            marked
        };
        let [products, forms, graded, general] = [PRODUCTS, FORMS, GRADED, GENERAL].map(listed);
        let is_under = |marked: &[bool], wider: &[u16]| wider.iter().any(|topic| marked[usize::from(*topic)]);
        let mut bans: BTreeMap<u16, u16> = BTreeMap::new();
        for entry in lexicon.entries(BANS) {
            let banned = entry.of.as_deref().and_then(number);
            let own = entry.any.iter().filter_map(|name| number(name));
            bans.extend(own.filter_map(|own| Some((own, banned?))));
        }
        let topics = wider.into_iter().enumerate().map(|(topic, wider)| Topic {
            name: names[topic].to_owned(),
            banned: bans.get(&(topic as u16)).copied(),
            is_product: is_under(&products, &wider) && !forms[topic],
            is_graded: is_under(&graded, &wider),
            is_general: general[topic],
            wider,
        });
        Self { topics: topics.collect() }
    }

    fn get(&self, topic: u16) -> Option<&Topic> {
        self.topics.get(usize::from(topic))
    }

    /// What the lexicon calls a topic.
    pub fn name(&self, topic: u16) -> &str {
        self.get(topic).map_or("", |topic| &topic.name)
    }

    /// The wider topics of a topic, itself included.
    pub fn wider(&self, topic: u16) -> &[u16] {
        self.get(topic).map_or(&[], |topic| &topic.wider)
    }

    /// What a topic bans.
    pub fn banned(&self, topic: u16) -> Option<u16> {
        self.get(topic)?.banned
    }

    /// True for a product of its own: what is said of another says nothing of it.
    pub fn is_product(&self, topic: u16) -> bool {
        self.get(topic).is_some_and(|topic| topic.is_product)
    }

    /// True for what comes in kinds of different intensity.
    pub fn is_graded(&self, topic: u16) -> bool {
        self.get(topic).is_some_and(|topic| topic.is_graded)
    }

    /// True for a topic that half of all articles speak of.
    pub fn is_general(&self, topic: u16) -> bool {
        self.get(topic).is_some_and(|topic| topic.is_general)
    }
}

/// The entries of a list by their first word, numbered in order, and the number of each; those of one name are one.
pub(super) fn numbers(entries: &[Entry]) -> (BTreeMap<&str, u16>, Vec<Option<u16>>) {
    let mut numbers = BTreeMap::new();
    let own = entries.iter().map(|entry| {
        let (name, next) = (entry.any.first()?, numbers.len() as u16);
        Some(*numbers.entry(name.as_str()).or_insert(next))
    });
    let own = own.collect();
    (numbers, own)
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::WordsFile;

    fn list(name: &str, words: &[&str], entries: &[(&str, &str)]) -> WordsFile {
        let entry = |(any, of): &(&str, &str)| Entry {
            any: vec![(*any).to_owned()],
            of: Some((*of).to_owned()),
            ..Entry::default()
        };
        WordsFile {
            kind: "words".into(),
            list: name.into(),
            about: String::new(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            entry: entries.iter().map(entry).collect(),
        }
    }

    #[test]
    fn topics_know_what_is_wider_and_what_is_special() {
        let all = [("water", "water"), ("sport", "sport"), ("swim", "water"), ("swim", "sport"), ("dry", "dry")];
        let files = [
            list(TOPICS, &[], &all),
            list(BANS, &[], &[("dry", "water")]),
            list(GRADED, &["sport"], &[]),
            list(PRODUCTS, &["water"], &[]),
            list(FORMS, &["swim"], &[]),
        ];
        let topics = Topics::new(&Lexicon::new(&files));
        let [water, sport, swim, dry] = [0, 1, 2, 3];
        assert_eq!((topics.wider(swim), topics.wider(water)), (&[swim, water, sport][..], &[water][..]));
        assert_eq!((topics.banned(dry), topics.banned(swim)), (Some(water), None));
        assert!(topics.is_graded(swim) && !topics.is_graded(water));
        assert!(topics.is_product(water) && !topics.is_product(swim) && !topics.is_product(dry));
        assert_eq!((topics.name(sport), topics.name(9)), ("sport", ""));
    }
}
