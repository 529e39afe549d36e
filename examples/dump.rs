//! scratch
use medlint::{document::*, language::*, source::*};
use std::sync::Arc;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let p = std::path::Path::new(&f);
    let s = Source::new(f.as_str(), Format::of_path(p).unwrap(), std::fs::read(p).unwrap()).unwrap();
    let d = Parser::new(&Lexicon::default()).parse(Arc::new(s));
    for b in &d.blocks {
        println!(
            "{:?} s{} w{} h{:?} l{:?} | {}",
            b.kind,
            b.sentences.len(),
            b.words.len(),
            b.heading,
            b.lead_in,
            d.slice(b.text).chars().take(90).collect::<String>()
        );
    }
}
