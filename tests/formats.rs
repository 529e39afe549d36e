//! One article, written as Markdown, as HTML and as plain text, is one article: the same sentences in the same blocks, and the same
//! findings.
//!
//! Plain text knows no quotations and no levels of headings; that is all that may differ.
#![allow(clippy::unwrap_used, missing_docs)]

use medlint::diagnostic::{Diagnostic, Severity};
use medlint::document::{BlockKind, Document, Parser};
use medlint::engine::Linter;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::path::Path;
use std::sync::Arc;

const FILES: [&str; 3] = ["snoring.md", "snoring.html", "snoring.txt"];

fn source(file: &str) -> Arc<Source> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(file);
    let bytes = std::fs::read(&path).unwrap();
    Arc::new(Source::new("snoring", Format::of_path(&path).unwrap(), bytes).unwrap())
}

fn read(file: &str) -> Document {
    Parser::new(&RuleSet::builtin().lexicon).parse(source(file))
}

/// Text with its white space folded.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a block is where every format can tell; levels and depths where `is_exact`.
fn kind(block: BlockKind, is_exact: bool) -> String {
    match block {
        BlockKind::Heading(level) if is_exact => format!("heading {level}"),
        BlockKind::Heading(_) => "heading".to_owned(),
        BlockKind::Item(depth) => format!("item {depth}"),
        BlockKind::Quote if is_exact => "quote".to_owned(),
        BlockKind::Paragraph | BlockKind::Quote => "paragraph".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Each sentence with the kind of its block.
fn sentences(doc: &Document, is_exact: bool) -> Vec<String> {
    let told = doc.sentences.iter().map(|sentence| {
        let block = &doc.blocks[sentence.block as usize];
        format!("{}: {}", kind(block.kind, is_exact), folded(doc.slice(sentence.text)))
    });
    told.collect()
}

/// What a reader of findings sees, and what identifies them.
type Told = (String, Severity, String, u64, Vec<String>);

fn findings(file: &str) -> Vec<Told> {
    let linter = Linter::new(&RuleSet::builtin()).unwrap();
    let told = |d: Diagnostic| (d.rule.to_string(), d.severity, folded(&d.message), d.fingerprint(), d.notes);
    linter.read(&mut linter.reader(), source(file)).diagnostics.into_iter().map(told).collect()
}

#[test]
fn sentences_and_blocks_are_the_same() {
    let [markdown, html, plain] = FILES.map(read);
    assert_eq!(sentences(&markdown, true), sentences(&html, true), "Markdown (left), HTML (right)");
    assert_eq!(sentences(&markdown, false), sentences(&plain, false), "Markdown (left), plain text (right)");
    let blocks = |doc: &Document| doc.blocks.iter().map(|b| folded(doc.slice(b.text))).collect::<Vec<_>>();
    assert_eq!(blocks(&markdown), blocks(&html), "Markdown (left), HTML (right)");
    assert_eq!(blocks(&markdown), blocks(&plain), "Markdown (left), plain text (right)");
}

#[test]
fn the_article_is_read_whole() {
    let doc = read(FILES[0]);
    let count = |is: fn(BlockKind) -> bool| doc.blocks.iter().filter(|b| is(b.kind)).count();
    let kinds = [
        count(|k| matches!(k, BlockKind::Heading(1 | 2))),
        count(|k| matches!(k, BlockKind::Item(0))),
        count(|k| k == BlockKind::Quote),
        count(|k| k == BlockKind::Paragraph),
    ];
    assert_eq!(kinds, [5, 4, 1, 10], "headings, items, quotations, paragraphs");
    assert_eq!(doc.sentences.len(), 38, "sentences, counted by hand");
}

#[test]
fn words_have_the_same_keys() {
    let keys = FILES.map(|file| read(file).words.iter().map(|word| word.key).collect::<Vec<_>>());
    assert!(keys[0] == keys[1], "Markdown and HTML");
    assert!(keys[0] == keys[2], "Markdown and plain text");
}

#[test]
fn findings_are_the_same() {
    let [markdown, html, plain] = FILES.map(findings);
    let rules: Vec<&str> = markdown.iter().map(|told| &*told.0).collect();
    assert_eq!(rules, ["duplicate/passage"]);
    assert_eq!(markdown, html, "Markdown (left), HTML (right)");
    assert_eq!(markdown, plain, "Markdown (left), plain text (right)");
}
