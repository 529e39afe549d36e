//! Strings the stages together: one article at a time, or all of them in parallel.
//!
//! A [`Linter`] is built once from the rules in force and shared by all threads. Findings are sorted before they leave, so
//! that the number of threads changes nothing.

mod library;
mod outcome;

pub use library::{Disk, Library};
pub use outcome::{Outcome, Problem};

use crate::checks::{self, Check, Found, Sure};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Parser;
use crate::facts::{Extractor, Needs};
use crate::language::Lexicon;
use crate::rules::{RuleError, RuleSet};
use crate::source::Source;
use rayon::prelude::*;
use std::sync::Arc;

/// The rules in force, ready to read articles.
pub struct Linter {
    checks: Vec<Check>,
    needs: Needs,
    lexicon: Arc<Lexicon>,
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
}

impl Linter {
    /// Builds the checks of a rule set.
    ///
    /// # Errors
    /// A rule that its check cannot use.
    pub fn new(rules: &RuleSet) -> Result<Self, RuleError> {
        let checks = checks::build(&rules.rules)?;
        let needs = checks.iter().fold(Needs::default(), |needs, check| match check {
            Check::Document(check) => needs | check.needs(),
            Check::Verdict(_) => needs,
        });
        Ok(Self { checks, needs, lexicon: rules.lexicon.clone() })
    }

    /// A reader for one thread.
    pub fn reader(&self) -> Reader {
        Reader { parser: Parser::new(&self.lexicon), extractor: Extractor::new(self.needs) }
    }

    /// Reads one article.
    pub fn read(&self, reader: &mut Reader, source: Arc<Source>) -> Reading {
        let doc = reader.parser.parse(source);
        let facts = reader.extractor.read(&doc);
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
        let mut diagnostics: Vec<Diagnostic> = found.into_iter().filter_map(settled).collect();
        diagnostics.sort();
        diagnostics.dedup();
        let words = doc.words.len() as u64;
        reader.parser.recycle(doc);
        Reading { diagnostics, words }
    }

    /// Reads all articles of a library in parallel. `after_each` is called when an article is done, from any thread.
    pub fn run(&self, paths: &[Arc<str>], library: &dyn Library, after_each: &(dyn Fn() + Sync)) -> Outcome {
        let readings: Vec<_> = paths
            .par_iter()
            .map_init(
                || self.reader(),
                |reader, path| {
                    let reading = library.source(path).map(|source| self.read(reader, source));
                    after_each();
                    reading
                },
            )
            .collect();
        let mut outcome = Outcome::default();
        for (path, reading) in paths.iter().zip(readings) {
            match reading {
                Ok(reading) => {
                    outcome.files += 1;
                    outcome.words += reading.words;
                    outcome.diagnostics.extend(reading.diagnostics);
                }
                Err(reason) => outcome.unreadable.push(Problem { path: path.clone(), reason }),
            }
        }
        outcome.diagnostics.sort();
        outcome.unreadable.sort();
        outcome
    }
}

/// A finding with the severity that its check is sure of.
fn settled(found: Found) -> Option<Diagnostic> {
    let mut diagnostic = found.diagnostic;
    diagnostic.severity = match found.sure {
        Sure::Certain => diagnostic.severity,
        Sure::Likely => diagnostic.severity.lower(),
        Sure::Doubtful => Severity::Info,
        Sure::Weak => return None,
    };
    Some(diagnostic)
}
