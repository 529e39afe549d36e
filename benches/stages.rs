//! How long each stage takes on the articles in `fixtures/`, side by side in one run: reading alone, reading with the facts and
//! checks of one family, and everything. Read the columns against each other; the machine's own speed cancels out.

#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use divan::counter::BytesCount;
use medlint::document::Parser;
use medlint::engine::Linter;
use medlint::facts::TimeReader;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn main() {
    divan::main();
}

/// Every article in `fixtures/`.
fn articles() -> Vec<Arc<Source>> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    files.sort();
    let read = |path: &PathBuf| {
        let format = Format::of_path(path).unwrap();
        Arc::new(Source::new(path.to_str().unwrap(), format, fs::read(path).unwrap()).unwrap())
    };
    files.iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if Format::of_path(&path).is_some() {
            files.push(path);
        }
    }
}

fn bytes(articles: &[Arc<Source>]) -> BytesCount {
    BytesCount::new(articles.iter().map(|a| a.text.len()).sum::<usize>())
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let articles = articles();
    let mut parser = Parser::new(&RuleSet::builtin().lexicon);
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            let doc = parser.parse(article.clone());
            parser.recycle(divan::black_box(doc));
        }
    });
}

/// The time expressions of articles that are read already.
#[divan::bench]
fn times(bencher: Bencher) {
    let (articles, lexicon) = (articles(), RuleSet::builtin().lexicon);
    let mut parser = Parser::new(&lexicon);
    let docs: Vec<_> = articles.iter().map(|article| parser.parse(article.clone())).collect();
    let (mut reader, mut times) = (TimeReader::new(&lexicon), Vec::new());
    bencher.counter(bytes(&articles)).bench_local(|| {
        times.clear();
        docs.iter().for_each(|doc| reader.read(doc, &mut times));
        divan::black_box(times.len())
    });
}

#[divan::bench(args = ["duplicate", "link", "residue", "spun", "timeline", "all"])]
fn lint(bencher: Bencher, family: &str) {
    let articles = articles();
    let select: Vec<String> = if family == "all" { Vec::new() } else { vec![family.to_owned()] };
    let linter = Linter::new(&RuleSet::builtin().narrowed(&select, &[])).unwrap();
    let mut reader = linter.reader();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            divan::black_box(linter.read(&mut reader, article.clone()));
        }
    });
}

/// The same article in three formats.
#[divan::bench(args = ["md", "html", "txt"])]
fn parse_format(bencher: Bencher, extension: &str) {
    let path = format!("{}/tests/formats/snoring.{extension}", env!("CARGO_MANIFEST_DIR"));
    let format = Format::of_path(Path::new(&path)).unwrap();
    let article = Arc::new(Source::new(path.as_str(), format, fs::read(&path).unwrap()).unwrap());
    let mut parser = Parser::new(&RuleSet::builtin().lexicon);
    bencher.counter(BytesCount::new(article.text.len())).bench_local(|| {
        let doc = parser.parse(article.clone());
        parser.recycle(divan::black_box(doc));
    });
}

/// Text made to be slow, short and long: the time a byte takes must not grow.
#[divan::bench(args = HOSTILE, consts = [1_000, 1_000_000])]
fn hostile<const BYTES: usize>(bencher: Bencher, (extension, piece): &(&str, &str)) {
    let text = piece.repeat(BYTES / piece.len());
    let format = Format::of_path(Path::new(&format!("a.{extension}"))).unwrap();
    let article = Arc::new(Source::new("a", format, text.into_bytes()).unwrap());
    let linter = Linter::new(&RuleSet::builtin()).unwrap();
    let mut reader = linter.reader();
    bencher
        .counter(BytesCount::new(article.text.len()))
        .bench_local(|| divan::black_box(linter.read(&mut reader, article.clone())));
}

/// Format and what is repeated.
const HOSTILE: &[(&str, &str)] = &[
    ("txt", "pain "),
    ("txt", "Rest the knee for two days and keep it cool. "),
    ("txt", "see https://a.example/x and a@b.example now. "),
    ("txt", "1"),
    ("txt", "Do not swim for 9 days. You may swim after 2 hours. "),
    ("md", "- "),
    ("md", "["),
    ("md", "*a "),
    ("md", "## Heading again\n\n"),
    ("md", "[a](b) "),
    ("html", "<div>"),
    ("html", "<li>x"),
    ("html", "&amp"),
    ("html", "<!--"),
    ("mdx", "{"),
    ("mdx", "<A "),
];

/// One article told over and over: the time a byte takes must not grow with the length.
#[divan::bench(args = [1, 8, 64, 512])]
fn repeated(bencher: Bencher, times: usize) {
    let paragraph =
        "Rest the knee for two days and keep it cool. Then begin to bend it slowly in bed, ten times an hour.\n\n";
    let text = paragraph.repeat(10 * times);
    let article = Arc::new(Source::new("a.md", Format::Markdown, text.into_bytes()).unwrap());
    let linter = Linter::new(&RuleSet::builtin()).unwrap();
    let mut reader = linter.reader();
    bencher
        .counter(BytesCount::new(article.text.len()))
        .bench_local(|| divan::black_box(linter.read(&mut reader, article.clone())));
}

/// What every start costs before the first article is read.
#[divan::bench]
fn start() -> Linter {
    Linter::new(&RuleSet::builtin()).unwrap()
}
