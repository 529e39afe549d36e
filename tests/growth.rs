//! Text made to be slow, short and four times as long: the time must grow with the length and not with its square.
//!
//! No time is asserted, only how it grows, in a few attempts, as other work on the machine disturbs one. Four times as much takes four times
//! as long where it grows with the length, and sixteen times with the square.
#![allow(clippy::unwrap_used, reason = "what goes wrong around the articles is a failed test")]

use medlint::engine::Linter;
use medlint::filter::lint;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// The shorter text, in bytes.
const BYTES: usize = 100_000;
/// How many times as long the longer one is.
const TIMES: usize = 4;
/// How many times as long it may take.
const MOST: f64 = 8.0;
/// Less than this is as good as nothing, in seconds.
const LEAST: f64 = 0.004;
/// So often a text may take too long for other reasons.
const ATTEMPTS: usize = 4;

/// Stands for the number of the repetition.
const NUMBER: &str = "№";

/// Format, what stands before all, what is repeated, what is repeated as often behind that.
const HOSTILE: &[(&str, &str, &str, &str)] = &[
    // Links in each other, links and marks in one block.
    ("html", "", "<a href=x>w ", "</a>"),
    ("html", "", "<a href=x>w ", ""),
    ("html", "", "<a href='https://a.example/x'>See more</a> ", ""),
    ("html", "", "<code>x</code> www.a.example ", ""),
    ("html", "", "<code>w ", "</code>"),
    ("md", "", "`x` www.a.example ", ""),
    ("md", "", "<https://a.example> ", ""),
    ("md", "", "![a ", "](x)"),
    ("md", "Read next: ", "[a](b) ", ""),
    ("md", "", "[a](https://a№.example/[id]) ", ""),
    ("md", "", "[play now](https://best-casino-bonus№.com/) it.\n\n", ""),
    ("md", "[", "usually№'ll go ", "](https://bit.ly/x)"),
    // Parts of a page, tables, lists.
    ("html", "", "<nav>", "</aside>"),
    ("html", "", "<b class=c№>w", "</b>"),
    ("html", "<div hidden>", "<a href=x>w</a>", ""),
    ("html", "<table>", "<tr><td>w", "</table>"),
    ("md", "", "## Alpha\n\nRest for two days now.\n\n", ""),
    ("md", "", "- <div>a\n", ""),
    ("txt", "", "Leave a comment\n\n", ""),
    ("md", "Take:\n\n", "- 3 tablets for № days\n", ""),
    // Suppressions and front matter.
    ("md", "---\nmedlint:\n  allow:\n", "    - a№\n", "---\nRest.\n"),
    ("md", "---\n", "k№: v\n", ""),
    ("md", "", "- <!-- medlint allow: link/x --> one\n", ""),
    ("html", "", "<!--medlint allow:a-->", "<li>x"),
    ("html", "", "<!--medlint allow: spun--><p>Allow's begin.</p>", ""),
    // Stops, signs and letters.
    ("txt", "Rest", " .", ""),
    ("md", "", "… ", ""),
    ("md", "", "\u{f0b7}", ""),
    ("txt", "", "I donâ€™t know. ", ""),
    ("txt", "[insert name] ", "{", ""),
    ("txt", "", "Rest\n", "\n"),
    ("mdx", "", "{a ", "}"),
    // Times.
    ("md", "", "Twelve sessions, one a week. The whole course takes two months. ", ""),
    ("txt", "", "Do not swim for № days. You may swim after № hours. ", ""),
    ("md", "# Rest\n\n## ", "3 tablets and ", "\n\nIt lasts for two days."),
];

/// The text, which is about so long.
fn text(bytes: usize, (_, head, piece, behind): (&str, &str, &str, &str)) -> String {
    let count = bytes / (piece.len() + behind.len());
    let all = |piece: &str| (0..count).map(|number| piece.replace(NUMBER, &number.to_string())).collect::<String>();
    [head, &all(piece), &all(behind)].concat()
}

#[test]
fn hostile_text_takes_no_longer_than_its_length() {
    let linter = Linter::new(&RuleSet::builtin()).unwrap();
    let took = |bytes: usize, case: (&str, &str, &str, &str)| {
        let name = format!("a.{}", case.0);
        let format = Format::of_path(Path::new(&name)).unwrap();
        let source = Arc::new(Source::new(name, format, text(bytes, case).into_bytes()).unwrap());
        let start = Instant::now();
        lint(&linter, source);
        start.elapsed().as_secs_f64()
    };
    // What is made for the first article is no part of it.
    took(BYTES, HOSTILE[2]);
    for case in HOSTILE {
        let slow = |_| {
            let (short, long) = (took(BYTES, *case), took(BYTES * TIMES, *case));
            (long >= MOST * short.max(LEAST)).then_some((short, long))
        };
        // The first attempt that is fast enough ends them.
        let tries: Option<Vec<(f64, f64)>> = (0..ATTEMPTS).map(slow).collect();
        assert!(tries.is_none(), "{case:?}: {TIMES} times as much took, in seconds, {tries:?}");
    }
}
