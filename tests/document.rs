//! What a document tells about its parts: what introduces a block, what it stands under, what it answers, where its words came
//! from.

#![allow(clippy::unwrap_used, reason = "the articles stand here")]

use medlint::document::{Area, BlockKind, Document, Language, LinkKind, Parser};
use medlint::facts::{Extractor, Needs};
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::sync::Arc;

fn read(format: Format, text: &str) -> Document {
    let source = Source::new("a", format, text.into()).unwrap();
    Parser::new(&RuleSet::builtin().lexicon).parse(Arc::new(source))
}

/// The block that begins with these words, and its index.
fn find(doc: &Document, words: &str) -> u32 {
    let at = doc.blocks.iter().position(|block| doc.slice(block.text).starts_with(words));
    at.unwrap_or_else(|| panic!("no block begins with {words:?}")) as u32
}

fn text(doc: &Document, block: u32) -> &str {
    doc.slice(doc.blocks[block as usize].text)
}

const ARTICLE: &str = "---
title: Knee care
lang: en-GB
---
# Knee care

Rest the knee, because it swells:

- cool it
  - with a towel
- raise it

## Does it hurt?

Not after the third day.

## Medicines

### Ibuprofen

| Age | Dose |
|---|---|
| adults | 400 mg |

> Nobody told me, she says.

Q: May I drive?

Not before the fourth day.

## Sources

Knee guideline 2020.[^1] <!-- checked -->

[^1]: A footnote of it.
";

#[test]
fn blocks_know_their_surroundings() {
    let doc = read(Format::Markdown, ARTICLE);
    let block = |words: &str| &doc.blocks[find(&doc, words) as usize];
    assert_eq!(block("cool it").lead_in, Some(find(&doc, "Rest the knee")));
    assert_eq!(block("with a towel").lead_in, Some(find(&doc, "cool it")));
    assert_eq!(block("raise it").lead_in, Some(find(&doc, "Rest the knee")));
    assert_eq!(block("with a towel").kind, BlockKind::Item(1));
    assert_eq!(block("400 mg").lead_in, Some(find(&doc, "Dose")));
    assert_eq!(block("400 mg").kind, BlockKind::Cell { row: 1, column: 1 });
    assert_eq!(block("Nobody told").kind, BlockKind::Quote);
    assert_eq!(block("A footnote").kind, BlockKind::Footnote);
    assert_eq!(block("Not after").question, Some(find(&doc, "Does it hurt?")));
    assert_eq!(block("Not before").question, Some(find(&doc, "Q: May I drive?")));
    assert_eq!(block("400 mg").question, None);
    assert!(block("Knee guideline").is_reference && !block("Not before").is_reference);
    let path: Vec<&str> = doc.heading_path(find(&doc, "400 mg")).map(|heading| text(&doc, heading)).collect();
    assert_eq!(path, ["Ibuprofen", "Medicines", "Knee care"]);
    let path: Vec<&str> = doc.heading_path(find(&doc, "Sources")).map(|heading| text(&doc, heading)).collect();
    assert_eq!(path, ["Knee care"]);
}

#[test]
fn headings_stand_under_higher_ones() {
    let marks = "# One\n\n### Two\n\n**By Shape**\n\n**Its Neighbour**\n\n## Three\n\nRest the knee.";
    let doc = read(Format::Markdown, marks);
    let path = |words: &str| doc.heading_path(find(&doc, words)).map(|over| text(&doc, over)).collect::<Vec<_>>();
    assert_eq!(path("Rest"), ["Three", "One"]);
    assert_eq!(path("Three"), ["One"]);
    // Headings known by shape alone have no level: the one before may stand over the next.
    assert_eq!(path("Its Neighbour"), ["By Shape", "Two", "One"]);
    assert_eq!(path("By Shape"), ["Two", "One"]);
    assert!(path("One").is_empty());
}

#[test]
fn sections_are_headings_with_what_stands_under_them() {
    let doc = read(
        Format::Plain,
        "Before all. It begins.\n\nREST\nLie down at once. It helps.\n\nFOOD\nEat a little. Drink more.",
    );
    let sections: Vec<_> = doc.sections().map(|s| (s.heading.map(|h| text(&doc, h)), s.blocks)).collect();
    assert_eq!(sections, [(None, 0..1), (Some("REST"), 1..3), (Some("FOOD"), 3..5)]);
}

#[test]
fn data_comments_and_language() {
    let doc = read(Format::Markdown, ARTICLE);
    let title = doc.front_matter.as_ref().and_then(|data| data.get("title"));
    assert_eq!(title.and_then(|title| title.as_str()), Some("Knee care"));
    assert!(!doc.text.contains("title"));
    assert_eq!(doc.comments.len(), 1);
    assert_eq!(doc.source.slice(doc.comments[0].inner), " checked ");
    assert_eq!(doc.language, Language::English);
    let german = "Das Knie schmerzt nach dem Laufen und braucht zwei Tage Ruhe. Danach darf man es wieder langsam \
                  bewegen, aber ohne Last und nur auf ebenem Boden.";
    assert_eq!(read(Format::Plain, german).language, Language::Other);
    assert_eq!(read(Format::Plain, "Rest.").language, Language::Unknown);
}

#[test]
fn links_have_text_target_and_place() {
    let doc = read(
        Format::Html,
        "<p>See <a href=\"https://a.example/x?b=1&amp;c=2\" rel=\"nofollow\">our <b>plan</b></a> or https://b.example.</p>\
         <div style=\"display:none\"><a href=\"https://spam.example\">pills</a></div><footer>Foot</footer>",
    );
    let links: Vec<_> = doc.links.iter().map(|l| (l.kind, doc.slice(l.text), l.target.as_str())).collect();
    assert_eq!(
        links,
        [
            (LinkKind::Inline, "our plan", "https://a.example/x?b=1&c=2"),
            (LinkKind::Bare, "https://b.example", "https://b.example"),
            (LinkKind::Inline, "", "https://spam.example"),
        ]
    );
    assert_eq!(doc.links[0].attributes.as_ref().unwrap().rel, "nofollow");
    assert!(doc.links[2].attributes.as_ref().unwrap().is_hidden);
    assert!(!doc.text.contains("pills"));
    assert_eq!(doc.blocks.last().unwrap().area, Area::Footer);
}

#[test]
fn links_do_not_stand_in_each_other() {
    let html = "<p><a href=\"/a\">One <a href=\"/b\">two</a> three</a> <a href=\"/c\">four <a name=\"d\">five</a></p>";
    let doc = read(Format::Html, html);
    let links: Vec<_> = doc.links.iter().map(|link| (doc.slice(link.text), doc.source.slice(link.span))).collect();
    let all = [("One ", "<a href=\"/a\">One "), ("two", "<a href=\"/b\">two</a>"), ("four ", "<a href=\"/c\">four ")];
    assert_eq!(links, all);
}

#[test]
fn words_lead_back_to_the_source() {
    let doc = read(Format::Markdown, "A*b*c &amp; caf&eacute; \\*x\\* two\r\nlines");
    let words: Vec<_> = doc.words.iter().map(|w| (doc.slice(w.text), doc.source.slice(doc.span(w.text)))).collect();
    assert_eq!(words, [("Abc", "A*b*c"), ("café", "caf&eacute;"), ("x", "x"), ("two", "two"), ("lines", "lines")]);
}

#[test]
fn words_of_a_copy_lead_to_the_first_telling() {
    let told = "Rest the knee for two days after the run. Cool it twice a day in a wet towel.";
    let again = told.replace("wet towel", "damp towel");
    let doc = read(Format::Plain, &format!("{told}\n\nSomething else stands here.\n\n{again}"));
    let facts = Extractor::new(Needs { copies: true, ..Needs::default() }, &RuleSet::builtin().lexicon).read(&doc);
    assert_eq!(facts.copies.len(), 1);
    let copy = facts.copies[0].copy.clone();
    let original = facts.copies[0].original.clone();
    assert_eq!(facts.original(copy.start + 3), original.start + 3);
    let damp = doc.words.iter().position(|w| doc.slice(w.text) == "damp").unwrap() as u32;
    assert_eq!(facts.original(damp), damp, "a word that is not in the first telling stands for itself");
    assert_eq!(facts.original(original.start), original.start);
}
