//! The closing sections of an article, known by their heading or by how their first sentence begins.

use crate::document::{BlockKind, Document};
use crate::facts::{Facts, Passage};
use crate::language::{Lexicon, WordList};

/// How a closing section is known.
#[derive(Clone)]
pub(super) struct Signs {
    /// Headings over a closing section.
    headings: WordList,
    /// Words that a closing paragraph begins with.
    openings: WordList,
}

impl Signs {
    /// Takes the lists from a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { headings: lexicon.list("closing heading"), openings: lexicon.list("closing opener") }
    }
}

/// The same without those that stand in the later telling of a copy, which is a finding already.
pub(super) fn uncopied(facts: &Facts, closings: &[u32]) -> Vec<u32> {
    let is_copied = |closing: &&u32| {
        let word = facts.passages.get(**closing as usize).map_or(0, |passage| passage.words.start);
        facts.copies.iter().any(|copied| copied.copy.contains(&word))
    };
    closings.iter().filter(|closing| !is_copied(closing)).copied().collect()
}

/// The first passage of each closing section, in order.
pub(super) fn closings(doc: &Document, facts: &Facts, signs: &Signs) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut heading = (None, false);
    for (number, passage) in (0..).zip(&facts.passages) {
        let Some(block) = doc.blocks.get(passage.blocks.start as usize) else { continue };
        let is_new = block.heading != heading.0;
        if is_new {
            heading = (block.heading, block.heading.is_some_and(|heading| is_listed(doc, heading, &signs.headings)));
        }
        let is_closing = match heading.1 {
            true => is_new,
            false => block.kind == BlockKind::Paragraph && begins(doc, passage, &signs.openings),
        };
        // Two paragraphs in a row are one closing.
        if is_closing && found.last().is_none_or(|last| number - last > 1) {
            found.push(number);
        }
    }
    found
}

/// True for a heading that stands in a list.
fn is_listed(doc: &Document, heading: u32, headings: &WordList) -> bool {
    let words = doc.blocks.get(heading as usize).map(|block| block.words.clone()).unwrap_or_default();
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    words.len() <= headings.longest() && headings.has(&words.iter().map(|word| word.key).collect::<Vec<_>>())
}

fn begins(doc: &Document, passage: &Passage, openings: &WordList) -> bool {
    let words = doc.words.get(passage.words.start as usize..passage.words.end as usize).unwrap_or_default();
    openings.begins(words.iter().map(|word| word.key))
}

/// True where two of the closings say the same.
pub(super) fn are_alike(facts: &Facts, closings: &[u32]) -> bool {
    let is_closing = |passage: u32| closings.binary_search(&passage).is_ok();
    facts.likenesses.iter().any(|pair| is_closing(pair.earlier) && is_closing(pair.later))
}
