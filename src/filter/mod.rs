//! What leaves findings out, and says how many: suppressions in the articles, a baseline, lines that did not change.

mod baseline;
mod changed;
mod suppressed;

pub use baseline::{Accepted, Baseline};
pub use changed::{Changed, changes, keep_changed};
pub use suppressed::suppress;

use crate::diagnostic::Diagnostic;
use crate::engine::{Article, Linter, Outcome};
use crate::source::Source;
use std::sync::Arc;

/// All findings of an article that is judged alone, its suppressions obeyed.
pub fn lint(linter: &Linter, source: Arc<Source>) -> Vec<Diagnostic> {
    let article = Article { path: source.path.clone(), linter: 0 };
    let reading = linter.read(&mut linter.reader(), source);
    let allowances = vec![(article, reading.allowances)];
    let mut outcome = Outcome { diagnostics: reading.diagnostics, allowances, ..Outcome::default() };
    suppress(&mut outcome, std::slice::from_ref(linter));
    outcome.diagnostics
}
