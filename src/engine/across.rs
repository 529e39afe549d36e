//! Articles compared with each other: records are grouped by key, pairs joined into clusters, and clusters judged.
//!
//! Articles are numbered by their paths and groups sorted, so that neither the order of the articles nor the number of threads changes
//! anything. What is kept of an article until then is its records; texts are opened again only for clusters.

use super::{Article, Library, Linter, settled};
use crate::checks::{Boilerplate, Connected, Corpus, CorpusCheck, Found, Member, Pair, Peer, Record, Texts};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Parser};
use crate::facts::{Extractor, Facts};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The records of an article, a list for each corpus check of its linter.
pub(super) type Records = Vec<Vec<Record>>;

/// What the comparison of articles gave.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub diagnostics: Vec<Diagnostic>,
    pub boilerplate: Vec<Boilerplate>,
}

/// Compares articles, each with its records, by the corpus checks of their linters. Records are used up.
pub(super) fn compare<'a>(
    linters: &'a [Linter],
    read: &mut [(&'a Article, Records)],
    library: &'a dyn Library,
) -> Compared {
    read.sort_by_key(|(path, _)| path.clone());
    let names: BTreeSet<&str> = linters.iter().flat_map(|linter| linter.corpus().map(name)).collect();
    let mut compared = Compared::default();
    for name_of_check in names {
        let place = |linter: &Linter| linter.corpus().position(|check| name(check) == name_of_check);
        // Where settings differ, those of the first articles say what is compared; severities are each article's own.
        let leader =
            read.iter().filter_map(|(article, _)| linters.get(article.linter)).find(|linter| place(linter).is_some());
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
fn by_its_article(mut found: Found, linters: &[Linter], read: &[(&Article, Records)]) -> Option<Diagnostic> {
    let at = read.binary_search_by(|(article, _)| article.path.cmp(&found.diagnostic.primary.path)).ok()?;
    let rules = &linters.get(read.get(at)?.0.linter)?.rules.rules;
    found.diagnostic.severity = rules.iter().find(|rule| rule.id == found.diagnostic.rule)?.severity;
    settled(found)
}

/// One check over all articles.
struct Comparison<'a> {
    check: &'a dyn CorpusCheck,
    corpus: Corpus,
    members: Vec<Member>,
    /// The first member of each common group, and how many articles there are.
    common: Vec<(Member, usize)>,
    texts: Opener<'a>,
}

impl<'a> Comparison<'a> {
    /// Takes the records of the check from all articles; `places` says where each linter has it.
    fn new(
        check: &'a dyn CorpusCheck,
        leader: &Linter,
        library: &'a dyn Library,
        places: &[Option<usize>],
        read: &mut [(&'a Article, Records)],
    ) -> Self {
        let (mut corpus, mut members) = (Corpus::default(), Vec::new());
        for (file, (article, records)) in (0..).zip(read.iter_mut()) {
            let place = places.get(article.linter).copied().flatten();
            let own = place.and_then(|place| records.get_mut(place)).map(std::mem::take).unwrap_or_default();
            let (path, tree) = (article.path.clone(), article.tree);
            corpus.articles.push(Peer { path, tree, records: own.len() as u32 });
            members.extend(own.iter().map(|one| Member { key: one.key, file, place: one.place, value: one.value }));
        }
        members.par_sort_unstable();
        let articles = read.iter().map(|(article, _)| *article).collect();
        let lexicon = &leader.rules.lexicon;
        let (parser, extractor) = (Parser::new(lexicon), Extractor::new(check.needs(), lexicon));
        Self { check, corpus, members, common: Vec::new(), texts: Opener { articles, library, parser, extractor } }
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
        let mut pairs: Vec<Pair> = Vec::new();
        let members = std::mem::take(&mut self.members);
        for group in members.chunk_by(|a, b| a.key == b.key).filter(|group| group.len() > 1) {
            if self.check.pair(group, &self.corpus, &mut pairs) {
                self.common.push((group[0], group.len()));
                self.corpus.common.insert(group[0].key);
            }
        }
        drop(members);
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

    fn boilerplate(&self) -> Vec<Boilerplate> {
        self.check.boilerplate(&self.common, &self.corpus, &self.texts)
    }
}

/// Reads articles again.
struct Opener<'a> {
    articles: Vec<&'a Article>,
    library: &'a dyn Library,
    /// Those of a thread are copies, which share the word lists.
    parser: Parser,
    extractor: Extractor,
}

impl Texts for Opener<'_> {
    fn open(&self, file: u32) -> Option<(Document, Facts)> {
        let source = self.library.source(&self.articles.get(file as usize)?.path).ok()?;
        let doc = self.parser.clone().parse(source);
        let facts = self.extractor.clone().read(&doc);
        Some((doc, facts))
    }
}
