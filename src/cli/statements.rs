//! What articles say about times, read by the words of the settings of each: what `medlint timeline` and `medlint facts` share.

use super::args::PlaceArgs;
use super::plan::Settings;
use super::{Stop, TROUBLE, complain, gather, here};
use crate::config::Config;
use crate::document::{Document, Parser};
use crate::engine::{Library, Problem};
use crate::facts::{Extractor, Facts, Needs};
use crate::language::Lexicon;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Reads every article with its times and claims, in the order of their paths; gives the exit status. What `prepare` makes of the words
/// is made once for each settings file. What could not be read is told on standard error.
pub(super) fn each<T>(
    args: &PlaceArgs,
    prepare: impl Fn(&Arc<Lexicon>) -> T,
    mut look: impl FnMut(&T, &Arc<str>, &Document, &Facts) -> io::Result<()>,
) -> Result<u8, Stop> {
    let here = here()?;
    let settings = Settings::new(&args.settings, &here);
    let files = gather::articles(args, &here, &settings)?;
    let configs: Vec<_> = files.articles.iter().map(|path| settings.configs.of(Path::new(&**path))).collect();
    settings.stop_at_mistakes()?;
    let mut readers: BTreeMap<*const Config, Reader<T>> = BTreeMap::new();
    let (mut read, mut unreadable) = (0, files.problems);
    for (path, config) in files.articles.iter().zip(&configs) {
        let reader = readers.entry(Arc::as_ptr(config)).or_insert_with(|| Reader::new(config, &prepare));
        match files.library.source(path) {
            Ok(source) => {
                let doc = reader.parser.parse(source);
                look(&reader.prepared, path, &doc, &reader.extractor.read(&doc))?;
                reader.parser.recycle(doc);
                read += 1;
            }
            Err(reason) => unreadable.push(Problem { path: path.clone(), reason }),
        }
    }
    unreadable.sort();
    for Problem { path, reason } in &unreadable {
        complain(&format_args!("cannot read {path}: {reason}"));
    }
    let is_empty = unreadable.is_empty() && read == 0 && !args.may_be_empty();
    if is_empty {
        gather::tell_nothing(files.has_excluded);
    }
    Ok(if is_empty || !unreadable.is_empty() { TROUBLE } else { 0 })
}

/// What reads the articles of one settings file.
struct Reader<T> {
    parser: Parser,
    extractor: Extractor,
    prepared: T,
}

impl<T> Reader<T> {
    fn new(config: &Config, prepare: impl Fn(&Arc<Lexicon>) -> T) -> Self {
        let lexicon = config.rules(&[]).lexicon;
        let needs = Needs { times: true, claims: true, ..Needs::default() };
        let (parser, extractor) = (Parser::new(&lexicon), Extractor::new(needs, &lexicon));
        Self { parser, extractor, prepared: prepare(&lexicon) }
    }
}
