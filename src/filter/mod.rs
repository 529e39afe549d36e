//! What leaves findings out, and says how many: suppressions in the articles, a baseline, lines that did not change.

mod baseline;
mod changed;
mod suppressed;

pub use baseline::{Accepted, Baseline};
pub use changed::{Changed, changes, keep_changed};
pub use suppressed::suppress;

use crate::checks::HOUSE_FACTS;
use crate::diagnostic::Diagnostic;
use crate::engine::{self, Article, Disk, Linter, Outcome};
use crate::language::WordsFile;
use crate::rules::Example;
use crate::source::{Format, Source};
use std::sync::Arc;

/// All findings of an article that is judged alone, its suppressions obeyed.
pub fn lint(linter: &Linter, source: Arc<Source>) -> Vec<Diagnostic> {
    let article = Article { path: source.path.clone(), linter: 0, tree: None };
    let reading = linter.read(&mut linter.reader(), source);
    let allowances = vec![(article, reading.allowances)];
    let mut outcome = Outcome { diagnostics: reading.diagnostics, allowances, ..Outcome::default() };
    suppress(&mut outcome, std::slice::from_ref(linter));
    outcome.diagnostics
}

/// All findings that are told in an article among others, its suppressions obeyed.
pub fn lint_among(linter: &Linter, source: Source, others: Vec<Source>) -> Vec<Diagnostic> {
    let own = source.path.clone();
    let mut library = Disk::default();
    others.into_iter().chain([source]).for_each(|source| library.hold(source));
    let article = |path: &Arc<str>| Article { path: path.clone(), linter: 0, tree: None };
    let articles: Vec<Article> = library.held.keys().map(article).collect();
    let linters = std::slice::from_ref(linter);
    let mut outcome = engine::run(linters, &articles, &library, &|| ());
    suppress(&mut outcome, linters);
    outcome.diagnostics.retain(|found| found.primary.path == own);
    outcome.diagnostics
}

/// All findings in an example of a rule, which is read among the articles beside it, by the facts that hold there.
pub fn lint_example(linter: &Linter, example: &Example) -> Vec<Diagnostic> {
    let facts = (!example.facts.is_empty()).then(|| {
        let mut rules = linter.rules.clone();
        Arc::make_mut(&mut rules.lexicon).add(&WordsFile::of_entries(HOUSE_FACTS, example.facts.clone()));
        Linter::new(&rules)
    });
    let own = facts.and_then(Result::ok);
    let linter = own.as_ref().unwrap_or(linter);
    let source = |name: String, text: &str| Source::new(name, Format::Markdown, text.as_bytes().to_vec()).ok();
    let others = example.beside.iter().enumerate();
    let others = others.filter_map(|(number, text)| source(format!("beside-{number:03}.md"), text)).collect();
    source("example.md".to_owned(), &example.text).map(|source| lint_among(linter, source, others)).unwrap_or_default()
}
