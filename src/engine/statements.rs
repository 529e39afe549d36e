//! What articles say about time, all of it, for reports that draw it. A run keeps what it found and not what it read, so the few articles
//! that a report asks for are read once more, in parallel; a run without such a report pays nothing.

use super::{Article, Library, Linter};
use crate::diagnostic::Statement;
use crate::document::Parser;
use crate::facts::{ClaimReader, Extractor, Needs};
use crate::source::Source;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The statements of the articles that are wanted, in reading order; articles that say nothing or cannot be read any more are left out.
pub fn statements(
    linters: &[Linter],
    articles: &[Article],
    library: &dyn Library,
    wanted: &BTreeSet<&str>,
) -> BTreeMap<Arc<str>, Vec<Statement>> {
    let readers: Vec<Reader> = linters.iter().map(Reader::new).collect();
    let of = |article: &Article| {
        let source = library.source(&article.path).ok()?;
        let said = readers.get(article.linter)?.clone().read(source);
        (!said.is_empty()).then(|| (article.path.clone(), said))
    };
    articles.par_iter().filter(|article| wanted.contains(&*article.path)).filter_map(of).collect()
}

/// Reads claims and nothing else; copies share the words that they know.
#[derive(Clone)]
struct Reader {
    parser: Parser,
    extractor: Extractor,
    claims: ClaimReader,
}

impl Reader {
    fn new(linter: &Linter) -> Self {
        let lexicon = &linter.rules.lexicon;
        let needs = Needs { claims: true, ..Needs::default() };
        Self {
            parser: Parser::new(lexicon),
            extractor: Extractor::new(needs, lexicon),
            claims: ClaimReader::new(lexicon),
        }
    }

    fn read(&mut self, source: Arc<Source>) -> Vec<Statement> {
        let doc = self.parser.parse(source);
        let facts = self.extractor.read(&doc);
        facts.claims.iter().map(|claim| Statement::of(&doc, &facts, &self.claims, claim)).collect()
    }
}
