//! Strings the stages together: one article at a time, or all of them in parallel, and then those that have something in common.
//!
//! A [`Linter`] is built once from the rules in force and shared by all threads. Findings are sorted before they leave, so
//! that the number of threads changes nothing.

mod across;
mod library;
mod outcome;
mod statements;

pub use library::{Disk, Library, read_file};
pub use outcome::{Outcome, Problem};
pub use statements::statements;

use crate::checks::{self, Check, CorpusCheck, Found, OnePlace, Record, Sure, Terms, Tree, UnusedAllow, Verdict};
use crate::diagnostic::Diagnostic;
use crate::document::{Allowance, Document, Parser};
use crate::facts::{Extractor, Facts, Gates, Needs, Outline};
use crate::rules::{RuleError, RuleSet};
use crate::source::{Source, Unreadable};
use across::Kept;
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Outlines of so many words are kept until articles are compared, at about nine bytes a word; further articles are read again where
/// they share something with others.
const KEPT_WORDS: usize = 2 << 20;

/// The rules in force, ready to read articles.
pub struct Linter {
    /// The rules that it was built from.
    pub rules: RuleSet,
    /// The wording for suppressions that suppress nothing, where that rule is in force.
    pub unused_allow: Option<UnusedAllow>,
    checks: Vec<Check>,
    needs: Needs,
    gates: Gates,
    /// Made for the first reader; the others get copies that share its word lists.
    extractor: OnceLock<Extractor>,
}

/// An article to be read and the rules that it is read by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Article {
    /// Its path, as findings name it.
    pub path: Arc<str>,
    /// Its linter, by number.
    pub linter: usize,
    /// The tree that it lies in, where trees hold the same articles on purpose.
    pub tree: Option<Tree>,
}

/// What one thread reads articles with; it keeps its arrays from one to the next.
#[derive(Clone, Debug)]
pub struct Reader {
    parser: Parser,
    extractor: Extractor,
}

/// What one article contributes to an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Its words of prose.
    pub words: u64,
    /// What it asks to be left alone.
    pub allowances: Vec<Allowance>,
    /// What it holds for comparison with other articles, a list for each check that compares them.
    pub records: Vec<Vec<Record>>,
    /// What is laid beside other articles, where some check compares them.
    pub outline: Option<Outline>,
}

impl Linter {
    /// Builds the checks of a rule set.
    ///
    /// # Errors
    /// A rule that its check cannot use.
    pub fn new(rules: &RuleSet) -> Result<Self, RuleError> {
        let mut checks = checks::build(&rules.rules, &rules.lexicon)?;
        let needs = checks.iter().fold(Needs::default(), |needs, check| match check {
            Check::Document(check) => needs | check.needs(),
            Check::Corpus(check) => needs | check.needs(),
            _ => needs,
        });
        let mut gates = Gates::default();
        for check in &checks {
            if let Check::Document(check) = check {
                check.open(&mut gates);
            }
        }
        let terms = Terms::new(&rules.lexicon).map(|terms| Check::Verdict(Box::new(terms) as Box<dyn Verdict>));
        checks.extend(terms);
        checks.push(Check::Verdict(Box::new(OnePlace::new(&rules.lexicon))));
        let unused_allow = checks.iter().find_map(|check| match check {
            Check::Allowances(wording) => Some(wording.clone()),
            _ => None,
        });
        Ok(Self { rules: rules.clone(), unused_allow, checks, needs, gates, extractor: OnceLock::new() })
    }

    /// A reader for one thread.
    pub fn reader(&self) -> Reader {
        let extractor = self.extractor.get_or_init(|| Extractor::new(self.needs, &self.rules.lexicon)).clone();
        Reader { parser: Parser::new(&self.rules.lexicon), extractor }
    }

    /// Reads one article.
    pub fn read(&self, reader: &mut Reader, source: Arc<Source>) -> Reading {
        let doc = reader.parser.parse(source);
        let mut facts = reader.extractor.read(&doc);
        facts.openings = self.gates.openings(&doc);
        let mut found = Vec::new();
        for check in &self.checks {
            if let Check::Document(check) = check {
                check.check(&doc, &facts, &mut found);
            }
        }
        for check in &self.checks {
            if let Check::Verdict(verdict) = check {
                verdict.judge(&doc, &facts, &mut found);
            }
        }
        let records = self.corpus().map(|check| records(check, &doc, &facts)).collect();
        let mut diagnostics: Vec<Diagnostic> = found.into_iter().filter_map(settled).collect();
        diagnostics.sort();
        diagnostics.dedup();
        let words = doc.words.len() as u64;
        let allowances = doc.allowances();
        reader.parser.recycle(doc);
        Reading { diagnostics, words, allowances, records, outline: facts.outline }
    }

    /// The checks that compare articles with each other.
    fn corpus(&self) -> impl Iterator<Item = &dyn CorpusCheck> {
        self.checks.iter().filter_map(|check| match check {
            Check::Corpus(check) => Some(&**check),
            _ => None,
        })
    }
}

/// The records of an article for a check, the first of each key, without spare room.
fn records(check: &dyn CorpusCheck, doc: &Document, facts: &Facts) -> Vec<Record> {
    let mut records = Vec::new();
    check.records(doc, facts, &mut records);
    records.sort_unstable();
    records.dedup_by_key(|record| record.key);
    records.shrink_to_fit();
    records
}

/// Reads articles in parallel, each by its linter, and compares them with each other. `after_each` is called when an article is done, from any thread.
pub fn run(linters: &[Linter], articles: &[Article], library: &dyn Library, after_each: &(dyn Fn() + Sync)) -> Outcome {
    let room = AtomicUsize::new(KEPT_WORDS);
    let readings: Vec<_> = articles
        .par_iter()
        .map_init(
            || Readers(linters.iter().map(|_| None).collect()),
            |readers, article| {
                let linter = linters.get(article.linter)?;
                let source = library.source(&article.path);
                let mut reading = source.map(|source| linter.read(readers.of(article.linter, linter), source));
                if let Ok(reading) = &mut reading {
                    reading.outline.take_if(|outline| !takes(&room, outline.keys.len()));
                }
                after_each();
                Some(reading)
            },
        )
        .collect();
    join(linters, articles.iter().zip(readings).filter_map(|(article, reading)| Some((article, reading?))), library)
}

/// Joins what was read of articles, wherever that was done, and compares them with each other: the second half of [`run`]. Readings may come in any
/// order; one without its outline has its article opened again where it shares something with others.
pub fn join<'a>(
    linters: &[Linter],
    readings: impl IntoIterator<Item = (&'a Article, Result<Reading, Unreadable>)>,
    library: &dyn Library,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut read: Vec<Kept<'_>> = Vec::new();
    for (article, reading) in readings {
        match reading {
            Ok(reading) => {
                outcome.files += 1;
                outcome.words += reading.words;
                outcome.diagnostics.extend(reading.diagnostics);
                read.push(Kept { article, records: reading.records, outline: reading.outline.map(Arc::new) });
                if !reading.allowances.is_empty() {
                    outcome.allowances.push((article.clone(), reading.allowances));
                }
            }
            Err(reason) => outcome.unreadable.push(Problem { path: article.path.clone(), reason }),
        }
    }
    let compared = across::compare(linters, &mut read, library);
    outcome.diagnostics.extend(compared.diagnostics);
    outcome.boilerplate = compared.boilerplate;
    outcome.diagnostics.sort_unstable();
    outcome.allowances.sort_by(|(a, _), (b, _)| a.cmp(b));
    outcome.unreadable.sort();
    outcome
}

/// Takes so much of what is left; false where it is not enough.
fn takes(room: &AtomicUsize, wanted: usize) -> bool {
    room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(wanted)).is_ok()
}

/// The readers of one thread, made when a linter first needs one.
struct Readers(Vec<Option<Reader>>);

impl Readers {
    fn of(&mut self, number: usize, linter: &Linter) -> &mut Reader {
        self.0[number].get_or_insert_with(|| linter.reader())
    }
}

/// A finding with the severity that its check is sure of.
fn settled(found: Found) -> Option<Diagnostic> {
    let severity = found.severity();
    (found.sure > Sure::Weak).then_some(Diagnostic { severity, ..found.diagnostic })
}
