//! What comparing articles with each other adds to reading them, on made-up articles: a fiftieth are near-copies of the one before, a
//! twentieth share a paragraph with another one, and all end with one notice. The time for an article must not grow with their number.

#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use medlint::checks::compares_articles;
use medlint::engine::{Article, Disk, Linter, run};
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};

fn main() {
    divan::main();
}

const NOTICE: &str = "This page is for general information only and does not replace a visit to somebody who knows you and your medicines.";

/// A fixed sequence of numbers that looks random.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A word of two or three syllables; small numbers come more often, as words do.
    fn word(&mut self) -> String {
        let number = self.below(8000) * self.below(8000) / 8000;
        let syllable = |part: u64| {
            [
                "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "wa", "xe",
                "yi", "zo", "tu",
            ][part as usize % 20]
        };
        [syllable(number), syllable(number / 20), syllable(number / 400)].concat()
    }

    fn paragraph(&mut self) -> String {
        (0..50).map(|_| self.word()).collect::<Vec<_>>().join(" ") + "."
    }
}

fn articles(count: usize) -> Disk {
    let mut numbers = Numbers(7);
    let (mut library, mut before, mut shared) = (Disk::default(), Vec::new(), String::new());
    for number in 0..count {
        let mut paragraphs: Vec<String> = match number % 50 {
            7 => before.clone(),
            _ => (0..14).map(|_| numbers.paragraph()).collect(),
        };
        match number % 20 {
            3 => shared.clone_from(&paragraphs[2]),
            11 => paragraphs[5].clone_from(&shared),
            _ => {}
        }
        before.clone_from(&paragraphs);
        let text = format!("# {}\n\n{}\n\n{NOTICE}\n", numbers.word(), paragraphs.join("\n\n"));
        library.hold(Source::new(format!("{number:06}.md"), Format::Markdown, text.into_bytes()).unwrap());
    }
    library
}

fn bench(bencher: Bencher, count: usize, is_isolated: bool) {
    let mut rules = RuleSet::builtin();
    rules.leave_out(|rule| rule.family() != "duplicate" || is_isolated && compares_articles(rule));
    let linters = [Linter::new(&rules).unwrap()];
    let library = articles(count);
    let articles: Vec<Article> =
        library.held.keys().map(|path| Article { path: path.clone(), linter: 0, tree: None }).collect();
    let bytes: usize = library.held.values().map(|source| source.text.len()).sum();
    bencher
        .counter(ItemsCount::new(count))
        .counter(BytesCount::new(bytes))
        .bench_local(|| divan::black_box(run(&linters, &articles, &library, &|| ())));
}

#[divan::bench(args = [100, 1000, 5000], sample_count = 3)]
fn each_by_itself(bencher: Bencher, count: usize) {
    bench(bencher, count, true);
}

#[divan::bench(args = [100, 1000, 5000], sample_count = 3)]
fn among_others(bencher: Bencher, count: usize) {
    bench(bencher, count, false);
}
