//! What a check needs to compare articles with each other: records without text, and the way back to a text.
//!
//! Every article is turned into records of a fixed size. Records of equal keys form a group, wherever the articles were read; a check
//! says which members of a group belong together, and judges what hangs together by opening the few texts in question. So rayon on a laptop
//! and a cluster engine differ only in who groups and who opens.

use super::Found;
use crate::document::Document;
use crate::facts::{Facts, Needs, Outline};
use crate::language::KeyMap;
use crate::rules::Rule;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that an article holds, for comparison with other articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    /// What it is grouped by: a hash that is equal on every machine.
    pub key: u64,
    /// Where it stands, in the check's own numbers: a word, a claim.
    pub place: u32,
    /// What the check compares without opening a text, in its own units.
    pub value: [u32; 2],
}

/// A record and its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The key of its record.
    pub key: u64,
    /// The article, by its place in [`Corpus::articles`].
    pub file: u32,
    /// Where it stands, as in [`Record::place`].
    pub place: u32,
    /// As in [`Record::value`].
    pub value: [u32; 2],
}

/// Two records of different articles that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The articles, the earlier one first.
    pub files: [u32; 2],
    /// The places of the records.
    pub places: [u32; 2],
    /// True where so many articles hold the same that it alone tells nothing.
    pub is_common: bool,
}

/// An article among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its path, as findings name it.
    pub path: Arc<str>,
    /// The tree that it lies in, where trees hold the same articles on purpose.
    pub tree: Option<Tree>,
    /// How many records the check took from it.
    pub records: u32,
}

/// One of several folders that hold the same articles on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tree {
    /// Which set of trees, by number.
    pub mirror: u32,
    /// Which tree of the set, by number.
    pub folder: u32,
}

/// All articles of a run, as far as a check compares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The articles, sorted by path.
    pub articles: Vec<Peer>,
    /// The keys of groups that are common.
    pub common: KeyMap<()>,
    /// True for articles that hold one of them.
    pub has_common: Vec<bool>,
}

/// A text that stands in so many articles that it is no news, such as a notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Boilerplate {
    /// How many articles hold it.
    pub articles: usize,
    /// Its first words.
    pub text: String,
    /// An article that holds it, the first by path.
    pub path: Arc<str>,
}

/// Opens articles again. Whatever is asked for is `None` where an article cannot be read any more.
pub trait Texts: Sync {
    /// What is laid beside other articles, which may have been kept.
    fn outline(&self, file: u32) -> Option<Arc<Outline>>;

    /// The document.
    fn document(&self, file: u32) -> Option<Document>;

    /// The document with the facts that the check needs.
    fn open(&self, file: u32) -> Option<(Document, Facts)>;
}

/// Compares articles with each other.
pub trait CorpusCheck: Send + Sync {
    /// The facts it takes its records from.
    fn needs(&self) -> Needs;

    /// The rules that it was built from.
    fn rules(&self) -> Vec<&Arc<Rule>>;

    /// Adds the records of an article. At most one of each key counts, the first.
    fn records(&self, doc: &Document, facts: &Facts, out: &mut Vec<Record>);

    /// Adds the pairs of a group, which is sorted by article and place, an article once; true where the group is common. The number
    /// of pairs is no more than linear in the members: compare with a few that stand for the others.
    fn pair(&self, group: &[Member], corpus: &Corpus, out: &mut Vec<Pair>) -> bool;

    /// True where all pairs of two articles together are worth opening these. Pairs are sorted.
    fn is_worth(&self, pairs: &[Pair], corpus: &Corpus) -> bool;

    /// Adds what is found in articles that hang together by pairs, which are sorted.
    fn judge(&self, pairs: &[Pair], corpus: &Corpus, texts: &dyn Texts, out: &mut Vec<Found>);

    /// A last look at everything that it found, in the order of places.
    fn finish(&self, _corpus: &Corpus, _found: &mut Vec<Found>) {}

    /// What the members that stand for common groups show, with the number of articles of each group.
    fn boilerplate(&self, _common: &[(Member, usize)], _corpus: &Corpus, _texts: &dyn Texts) -> Vec<Boilerplate> {
        Vec::new()
    }
}

impl Corpus {
    /// False for two articles of trees that hold the same on purpose.
    pub fn may_meet(&self, a: u32, b: u32) -> bool {
        let tree = |file: u32| self.articles.get(file as usize).and_then(|article| article.tree);
        tree(a).zip(tree(b)).is_none_or(|(a, b)| a.mirror != b.mirror || a.folder == b.folder)
    }
}

/// Which of many things hang together, each thing by number (union and find; the smallest number stands for a set).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connected(BTreeMap<u32, u32>);

impl Connected {
    /// The set of things that hang together with this one, by its smallest number.
    pub fn root(&mut self, thing: u32) -> u32 {
        let mut root = thing;
        while let Some(next) = self.0.get(&root).copied().filter(|next| *next != root) {
            root = next;
        }
        let mut at = thing;
        while at != root {
            at = self.0.insert(at, root).unwrap_or(root);
        }
        root
    }

    /// Joins the sets of two things.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0.insert(a.max(b), a.min(b));
        self.0.entry(a.min(b)).or_insert(a.min(b));
    }

    /// True for a thing that hangs together with another one.
    pub fn has(&self, thing: u32) -> bool {
        self.0.contains_key(&thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_hang_together() {
        let mut sets = Connected::default();
        for (a, b) in [(7, 8), (3, 9), (8, 9), (1, 2)] {
            sets.join(a, b);
        }
        assert_eq!([3, 7, 8, 9, 1, 2, 5].map(|thing| sets.root(thing)), [3, 3, 3, 3, 1, 1, 5]);
        assert!(sets.has(9) && !sets.has(5));
    }

    #[test]
    fn mirrors_do_not_meet() {
        let peer = |mirror, folder| Peer { path: "".into(), tree: Some(Tree { mirror, folder }), records: 0 };
        let free = Peer { path: "".into(), tree: None, records: 0 };
        let articles = vec![peer(0, 0), peer(0, 1), peer(0, 0), peer(1, 0), free];
        let corpus = Corpus { articles, ..Corpus::default() };
        let meets: Vec<bool> = [1, 2, 3, 4].map(|other| corpus.may_meet(0, other)).to_vec();
        assert_eq!(meets, [false, true, true, true]);
    }
}
