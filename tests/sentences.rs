//! Cuts the trap texts of `sentences/traps.toml` and compares the sentences with those that a careful reader sees.
//!
//! Nearly all must be right, and a text marked as a known miss must be wrong, so that the table says what the splitter can do.
#![allow(clippy::unwrap_used, missing_docs)]

use medlint::document::Parser;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many of a hundred texts must be cut as a careful reader does.
const RIGHT_PERCENT: usize = 97;
/// The table holds at least so many texts.
const FEWEST: usize = 220;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    trap: Vec<Trap>,
}

/// A text and its sentences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Trap {
    text: String,
    sentences: Vec<String>,
    /// No rule without understanding can cut it.
    #[serde(default)]
    known_miss: bool,
}

fn table() -> Vec<Trap> {
    toml::from_str::<Table>(include_str!("sentences/traps.toml")).unwrap().trap
}

/// The sentences of a text, as medlint reads it.
fn cut(parser: &mut Parser, text: &str) -> Vec<String> {
    let source = Source::new("trap", Format::Plain, text.as_bytes().to_vec()).unwrap();
    let doc = parser.parse(Arc::new(source));
    let sentences = doc.sentences.iter().map(|sentence| doc.slice(sentence.text).to_owned()).collect();
    parser.recycle(doc);
    sentences
}

#[test]
fn the_table_is_sound() {
    let table = table();
    assert!(table.len() >= FEWEST, "only {} texts", table.len());
    let mut seen = BTreeSet::new();
    for trap in &table {
        assert!(seen.insert(&trap.text), "stands twice: {}", trap.text);
        let mut rest = &*trap.text;
        for sentence in &trap.sentences {
            assert!(!sentence.is_empty() && sentence.trim() == sentence, "not trimmed: {sentence:?}");
            let at = rest.find(&**sentence).unwrap_or_else(|| panic!("{sentence:?} is not in {:?}", trap.text));
            assert!(
                !rest[..at].contains(char::is_alphanumeric),
                "{:?} is in no sentence of {:?}",
                &rest[..at],
                trap.text
            );
            rest = &rest[at + sentence.len()..];
        }
        assert!(!rest.contains(char::is_alphanumeric), "{rest:?} is in no sentence of {:?}", trap.text);
    }
}

#[test]
fn sentences_are_those_of_a_careful_reader() {
    let table = table();
    let mut parser = Parser::new(&RuleSet::builtin().lexicon);
    let (mut wrong, mut mastered) = (Vec::new(), Vec::new());
    for trap in &table {
        let found = cut(&mut parser, &trap.text);
        if found != trap.sentences {
            let mark = if trap.known_miss { "known" } else { "WRONG" };
            wrong.push(format!("{mark} {:?}\n        expected {:?}", found, trap.sentences));
        } else if trap.known_miss {
            mastered.push(&*trap.text);
        }
    }
    let right = table.len() - wrong.len();
    let report = format!("{right} of {} texts are right; wrong:\n  {}", table.len(), wrong.join("\n  "));
    if !wrong.is_empty() {
        println!("{report}");
    }
    assert!(mastered.is_empty(), "right now, remove `known-miss`:\n  {}", mastered.join("\n  "));
    assert!(right * 100 >= table.len() * RIGHT_PERCENT, "fewer than {RIGHT_PERCENT} % are right");
}
