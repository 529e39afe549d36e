//! What a run finds depends neither on the order of the articles nor on the number of threads, and a reader that has read
//! many articles reads the next one like a new reader.
#![allow(clippy::unwrap_used, reason = "text is read from text")]

use medlint::checks::compares_articles;
use medlint::engine::{Article, Disk, Library, Linter, Outcome, Reading, join, run};
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use rayon::ThreadPoolBuilder;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A fixed sequence of numbers that looks random.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % bound
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

const SUBJECTS: &[&str] =
    &["The nurse", "Your knee", "Cold water", "A short walk", "Each tablet", "The wound", "Most people"];
const VERBS: &[&str] = &["calms", "needs", "changes", "eases", "follows", "helps", "tires"];
const OBJECTS: &[&str] =
    &["the skin of the face", "every second evening", "a stiff shoulder", "the first two days", "what you drink"];
const ENDS: &[&str] =
    &["when it is dry.", "after 48 hours.", "– even at night.", "for two weeks or more.", "if your doctor agrees."];
const ODD: &[&str] = &[
    "Leave a comment",
    "They certainly’ve rested.",
    "Drops go into the lower lid, never straight onto the eye.",
    "## What helps at home",
    "- cool the ankle\n- keep it up",
    "| Age | Dose |\n| --- | --- |\n| 1–6 | 5 ml |",
    "See https://a.example/b or [this page](https://c.example) &amp; rest.",
    "<!-- a remark -->",
    "頭痛には休息が必要です。",
];

/// An article of its own for each number; every third one tells a paragraph twice, with a change in every sixth.
fn article(number: usize) -> Source {
    let mut numbers = Numbers(number as u32 * 7919 + 1);
    let paragraph = |numbers: &mut Numbers| -> String {
        let sentence = |_| [SUBJECTS, VERBS, OBJECTS, ENDS].map(|part| numbers.pick(part)).join(" ");
        (0..4).map(sentence).collect::<Vec<_>>().join(" ")
    };
    let mut blocks: Vec<String> = (0..8).map(|_| paragraph(&mut numbers)).collect();
    for _ in 0..numbers.below(5) {
        blocks.insert(numbers.below(blocks.len()), numbers.pick(ODD).to_owned());
    }
    if number.is_multiple_of(3) {
        let again = blocks[0].clone();
        blocks.push(if number.is_multiple_of(6) { again.replacen("the", "this", 1) } else { again });
    }
    // Some articles share a passage of words that no other has, and a few are copies of others.
    if number.is_multiple_of(4) {
        blocks.push((0..40).map(|word| format!("w{}x{word}", number % 13)).collect::<Vec<_>>().join(" "));
    }
    if number % 17 == 3 {
        blocks = (0..9).map(|_| paragraph(&mut Numbers(number as u32 % 2))).collect();
    }
    let line_end = if number.is_multiple_of(4) { "\r\n\r\n" } else { "\n\n" };
    let (format, extension) = if number.is_multiple_of(2) { (Format::Markdown, "md") } else { (Format::Plain, "txt") };
    Source::new(format!("{}/{number}.{extension}", number % 5), format, blocks.join(line_end).into_bytes()).unwrap()
}

fn library(articles: usize) -> Disk {
    let mut library = Disk::default();
    (0..articles).for_each(|number| library.hold(article(number)));
    library
}

fn articles(paths: &[Arc<str>]) -> Vec<Article> {
    paths.iter().map(|path| Article { path: path.clone(), linter: 0, tree: None }).collect()
}

fn linter() -> Linter {
    Linter::new(&RuleSet::builtin()).unwrap()
}

#[test]
fn order_and_threads_change_nothing() {
    const ARTICLES: usize = 120;
    let (linter, library) = (linter(), library(ARTICLES));
    let mut paths: Vec<Arc<str>> = library.held.keys().cloned().collect();
    paths.push("missing.md".into());
    paths.push("unknown.docx".into());
    let outcome = |paths: &[Arc<str>], threads| -> Outcome {
        let done = AtomicUsize::new(0);
        let count = || {
            done.fetch_add(1, Ordering::Relaxed);
        };
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let outcome = pool.install(|| run(std::slice::from_ref(&linter), &articles(paths), &library, &count));
        assert_eq!(done.into_inner(), paths.len(), "every article is counted when it is done");
        outcome
    };
    let first = outcome(&paths, 1);
    assert_eq!((first.files, first.unreadable.len()), (ARTICLES, 2));
    let rules: BTreeSet<&str> = first.diagnostics.iter().map(|d| &*d.rule).collect();
    assert!(rules.len() >= 4, "the articles show too little: {rules:?}");
    assert!(
        ["duplicate/copied-article", "duplicate/copied-passage"].iter().all(|rule| rules.contains(rule)),
        "{rules:?}"
    );
    assert!(first.diagnostics.is_sorted() && first.unreadable.is_sorted());
    let mut numbers = Numbers(42);
    for threads in [1, 4, 16, 3] {
        numbers.shuffle(&mut paths);
        assert_eq!(outcome(&paths, threads), first, "{threads} threads");
    }
}

#[test]
fn articles_read_elsewhere_are_compared_as_if_read_here() {
    let (linter, library) = (linter(), library(120));
    let linters = std::slice::from_ref(&linter);
    let articles = articles(&library.held.keys().cloned().collect::<Vec<_>>());
    // Each article goes to a reader of its own, and its records come back as text, without what only saves time.
    let carried = |article: &Article| -> Reading {
        let reading = linter.read(&mut linter.reader(), library.source(&article.path).unwrap());
        let records = serde_json::to_string(&reading.records).unwrap();
        Reading { records: serde_json::from_str(&records).unwrap(), outline: None, ..reading }
    };
    let mut readings: Vec<(&Article, Reading)> = articles.iter().map(|article| (article, carried(article))).collect();
    assert!(readings.iter().any(|(_, reading)| reading.records.iter().any(|records| !records.is_empty())));
    Numbers(3).shuffle(&mut readings);
    let joined = join(linters, readings.into_iter().map(|(article, reading)| (article, Ok(reading))), &library);
    assert!(joined.diagnostics.iter().any(|found| &*found.rule == "duplicate/copied-article"));
    assert_eq!(joined, run(linters, &articles, &library, &|| ()));
}

#[test]
fn a_run_is_the_sum_of_its_articles() {
    let mut rules = RuleSet::builtin();
    rules.leave_out(compares_articles);
    let (linter, library) = (Linter::new(&rules).unwrap(), library(30));
    let paths: Vec<Arc<str>> = library.held.keys().cloned().collect();
    let outcome = run(std::slice::from_ref(&linter), &articles(&paths), &library, &|| ());
    let readings = library.held.values().map(|source| linter.read(&mut linter.reader(), source.clone()));
    let (mut diagnostics, mut words) = (Vec::new(), 0);
    for reading in readings {
        diagnostics.extend(reading.diagnostics);
        words += reading.words;
    }
    diagnostics.sort();
    assert_eq!((outcome.diagnostics, outcome.words, outcome.files), (diagnostics, words, 30));
}

#[test]
fn a_used_reader_reads_like_a_new_one() {
    let linter = linter();
    let mut sources: Vec<Arc<Source>> = library(60).held.into_values().collect();
    let odd = [
        "",
        "\u{feff}",
        "---\ntitle: Rest\n---\nRest.",
        "[open](",
        "| a |\n|---|",
        "- x\n  - y",
        &"word ".repeat(3000),
    ];
    sources.extend(
        odd.iter().map(|text| Arc::new(Source::new("odd", Format::Markdown, text.as_bytes().to_vec()).unwrap())),
    );
    let fresh: Vec<Reading> = sources.iter().map(|s| linter.read(&mut linter.reader(), s.clone())).collect();
    assert!(fresh.iter().any(|reading| !reading.diagnostics.is_empty()));
    let mut numbers = Numbers(7);
    let mut order: Vec<usize> = (0..sources.len()).collect();
    let mut reader = linter.reader();
    for _ in 0..3 {
        numbers.shuffle(&mut order);
        for index in &order {
            assert_eq!(linter.read(&mut reader, sources[*index].clone()), fresh[*index], "{}", sources[*index].path);
        }
    }
}

#[test]
fn a_used_parser_parses_like_a_new_one() {
    let lexicon = RuleSet::builtin().lexicon;
    let mut used = medlint::document::Parser::new(&lexicon);
    for source in library(40).held.into_values() {
        let doc = used.parse(source.clone());
        let fresh = medlint::document::Parser::new(&lexicon).parse(source);
        assert_eq!(format!("{doc:?}"), format!("{fresh:?}"), "offsets and all");
        used.recycle(doc);
    }
}
