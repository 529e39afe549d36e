//! Articles compared with each other: records are grouped by key, pairs joined into clusters, and clusters judged.
//!
//! Articles are numbered by their paths and groups sorted, so that neither the order of the articles nor the number of threads changes
//! anything. What is kept of an article until then is its records; texts are opened again only for clusters.

use super::{Article, Library, Linter, settled};
use crate::checks::{Boilerplate, Connected, Corpus, CorpusCheck, Found, Member, Pair, Peer, Record, Texts};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Parser};
use crate::facts::{Extractor, Facts, Outline};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Keys are equal in so many bits when they are grouped together.
const PART_BITS: u32 = 4;

/// What is kept of an article until articles are compared.
pub(super) struct Kept<'a> {
    pub article: &'a Article,
    /// Its records, a list for each corpus check of its linter.
    pub records: Vec<Vec<Record>>,
    /// Its outline, as long as there was room.
    pub outline: Option<Arc<Outline>>,
}

/// What the comparison of articles gave.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub diagnostics: Vec<Diagnostic>,
    pub boilerplate: Vec<Boilerplate>,
}

/// Compares articles, each with its records, by the corpus checks of their linters. Records are used up.
pub(super) fn compare<'a>(linters: &'a [Linter], read: &mut [Kept<'a>], library: &'a dyn Library) -> Compared {
    if read.len() < 2 {
        return Compared::default();
    }
    read.sort_by_key(|kept| kept.article);
    let names: BTreeSet<&str> = linters.iter().flat_map(|linter| linter.corpus().map(name)).collect();
    let mut compared = Compared::default();
    for name_of_check in names {
        let place = |linter: &Linter| linter.corpus().position(|check| name(check) == name_of_check);
        // Where settings differ, those of the first articles say what is compared; severities are each article's own.
        let leader =
            read.iter().filter_map(|kept| linters.get(kept.article.linter)).find(|linter| place(linter).is_some());
        let Some(leader) = leader else { continue };
        let Some(check) = place(leader).and_then(|at| leader.corpus().nth(at)) else { continue };
        let places: Vec<Option<usize>> = linters.iter().map(place).collect();
        let mut comparison = Comparison::new(check, leader, library, &places, read);
        let found = comparison.found();
        compared.boilerplate.extend(comparison.boilerplate());
        compared.diagnostics.extend(found.into_iter().filter_map(|one| by_its_article(one, linters, read)));
    }
    compared.boilerplate.sort_by_key(|one| (std::cmp::Reverse(one.articles), one.clone()));
    compared
}

/// The name of a check, as its rules give it.
fn name(check: &dyn CorpusCheck) -> &str {
    check.rules().first().map_or("", |rule| &rule.check)
}

/// A finding by the settings of the article that it is told in; `None` where its rule is off there.
fn by_its_article(mut found: Found, linters: &[Linter], read: &[Kept<'_>]) -> Option<Diagnostic> {
    let at = read.binary_search_by(|kept| kept.article.path.cmp(&found.diagnostic.primary.path)).ok()?;
    let rules = &linters.get(read.get(at)?.article.linter)?.rules.rules;
    found.diagnostic.severity = rules.iter().find(|rule| rule.id == found.diagnostic.rule)?.severity;
    settled(found)
}

/// One check over all articles.
struct Comparison<'a> {
    check: &'a dyn CorpusCheck,
    corpus: Corpus,
    /// Those of each article, sorted by key, until they were grouped.
    records: Vec<Vec<Record>>,
    /// The first member of each common group, and how many articles there are.
    common: Vec<(Member, usize)>,
    texts: Opener<'a>,
}

impl<'a> Comparison<'a> {
    /// Takes the records of the check from all articles; `places` says where each linter has it.
    fn new(
        check: &'a dyn CorpusCheck,
        leader: &'a Linter,
        library: &'a dyn Library,
        places: &[Option<usize>],
        read: &mut [Kept<'a>],
    ) -> Self {
        let (mut corpus, mut records) = (Corpus::default(), Vec::with_capacity(read.len()));
        for kept in read.iter_mut() {
            let article = kept.article;
            let place = places.get(article.linter).copied().flatten();
            let own = place.and_then(|place| kept.records.get_mut(place)).map(std::mem::take).unwrap_or_default();
            let (path, tree) = (article.path.clone(), article.tree);
            corpus.articles.push(Peer { path, tree, records: own.len() as u32 });
            records.push(own);
        }
        corpus.has_common.resize(corpus.articles.len(), false);
        let texts = Opener {
            articles: read.iter().map(|kept| kept.article).collect(),
            outlines: read.iter().map(|kept| kept.outline.clone()).collect(),
            library,
            parser: Parser::new(&leader.rules.lexicon),
            extractor: OnceLock::new(),
            check,
            leader,
        };
        Self { check, corpus, records, common: Vec::new(), texts }
    }

    fn found(&mut self) -> Vec<Found> {
        let clusters = self.clusters();
        let judge = |cluster: &Vec<Pair>| {
            let mut found = Vec::new();
            self.check.judge(cluster, &self.corpus, &self.texts, &mut found);
            found
        };
        let found: Vec<Vec<Found>> = clusters.par_iter().map(judge).collect();
        let mut found: Vec<Found> = found.into_iter().flatten().collect();
        found.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
        self.check.finish(&self.corpus, &mut found);
        found
    }

    /// The pairs that are worth opening their articles, by the articles that hang together.
    fn clusters(&mut self) -> Vec<Vec<Pair>> {
        let mut pairs = self.pairs();
        pairs.par_sort_unstable();
        let worth: Vec<&[Pair]> = pairs
            .chunk_by(|a, b| a.files == b.files)
            .filter(|pairs| self.check.is_worth(pairs, &self.corpus))
            .collect();
        let mut connected = Connected::default();
        for pairs in &worth {
            connected.join(pairs[0].files[0], pairs[0].files[1]);
        }
        let mut clusters: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
        for pairs in worth {
            clusters.entry(connected.root(pairs[0].files[0])).or_default().extend_from_slice(pairs);
        }
        clusters.into_values().collect()
    }

    /// The pairs of all groups. Records are grouped by one part of the keys after the other, so that few of them lie in memory twice.
    fn pairs(&mut self) -> Vec<Pair> {
        let records = std::mem::take(&mut self.records);
        let mut rest: Vec<&[Record]> = records.iter().map(Vec::as_slice).collect();
        let (mut pairs, mut members): (Vec<Pair>, Vec<Member>) = (Vec::new(), Vec::new());
        for part in 0..1 << PART_BITS {
            for (file, rest) in (0..).zip(&mut rest) {
                let (own, behind) = rest.split_at(rest.partition_point(|one| one.key >> (64 - PART_BITS) <= part));
                members.extend(own.iter().map(|one| Member { key: one.key, file, place: one.place, value: one.value }));
                *rest = behind;
            }
            members.par_sort_unstable();
            for group in members.chunk_by(|a, b| a.key == b.key).filter(|group| group.len() > 1) {
                if self.check.pair(group, &self.corpus, &mut pairs) {
                    self.common.push((group[0], group.len()));
                    self.corpus.common.insert(group[0].key, ());
                    for member in group {
                        self.corpus.has_common[member.file as usize] = true;
                    }
                }
            }
            members.clear();
        }
        pairs
    }

    fn boilerplate(&self) -> Vec<Boilerplate> {
        self.check.boilerplate(&self.common, &self.corpus, &self.texts)
    }
}

/// Reads articles again.
struct Opener<'a> {
    articles: Vec<&'a Article>,
    outlines: Vec<Option<Arc<Outline>>>,
    library: &'a dyn Library,
    /// Those of a thread are copies, which share the word lists.
    parser: Parser,
    /// Made when it is first asked for.
    extractor: OnceLock<Extractor>,
    check: &'a dyn CorpusCheck,
    leader: &'a Linter,
}

impl Texts for Opener<'_> {
    fn outline(&self, file: u32) -> Option<Arc<Outline>> {
        match self.outlines.get(file as usize)? {
            Some(kept) => Some(kept.clone()),
            None => Some(Arc::new(Outline::of(&self.document(file)?))),
        }
    }

    fn document(&self, file: u32) -> Option<Document> {
        let source = self.library.source(&self.articles.get(file as usize)?.path).ok()?;
        Some(self.parser.clone().parse(source))
    }

    fn open(&self, file: u32) -> Option<(Document, Facts)> {
        let doc = self.document(file)?;
        let new = || Extractor::new(self.check.needs(), &self.leader.rules.lexicon);
        let facts = self.extractor.get_or_init(new).clone().read(&doc);
        Some((doc, facts))
    }
}
