//! Builds the tables under `rules/tables`; what each holds and from what it is built tells the README there.
//!
//! The same inputs give the same bytes. Only counts, hashes and word pairs leave the articles.

mod clashes;
mod clean;
mod kin;
mod layout;
mod network;
mod remarks;
mod spun;
mod words;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["words", folder, out] => words::build(folder, out),
        ["kin", vectors, out] => kin::build(vectors, out),
        ["network", learnt, out] => network::build(learnt, out),
        ["remarks", learnt, out] => remarks::build(learnt, out),
        ["clashes", paths @ ..] if !paths.is_empty() => clashes::print(paths),
        ["statements", paths @ ..] if !paths.is_empty() => clashes::print_statements(paths),
        ["spun", rules, out, options @ ..] => spun::build(rules, out, options),
        _ => Err(format!(
            "usage: medlint-tools words FOLDER OUT\n       medlint-tools kin VECTORS.tsv OUT\n       medlint-tools network LEARNT.tsv OUT\n       medlint-tools remarks LEARNT.tsv OUT\n       medlint-tools clashes CASES.jsonl|FOLDER…\n       \
             medlint-tools statements STATEMENTS.tsv…\n       \
             medlint-tools spun RULES OUT {}",
            spun::USAGE
        )
        .into()),
    }
}
