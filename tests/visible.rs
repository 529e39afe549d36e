//! No article loses or invents visible text: the letters and digits that we read are compared with those of another reading, which
//! renders Markdown to HTML and walks the tree of a browser's parser.
//!
//! `VISIBLE=folder cargo test --test visible` compares the articles of another folder too.

#![allow(clippy::unwrap_used, reason = "an article that cannot be read is a failed test")]

use medlint::document::Parser;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use scraper::{ElementRef, Html, Node};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Elements whose content is no text of the article: unseen, or code.
const UNSEEN: &[&str] = &[
    "head", "script", "style", "template", "noscript", "svg", "math", "pre", "textarea", "iframe", "object", "canvas",
    "audio", "video", "title",
];

fn articles(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            articles(&path, found);
        } else if matches!(Format::of_path(&path), Some(Format::Markdown | Format::Html)) {
            found.push(path);
        }
    }
}

/// The text of an element as a browser would show it, hidden parts left out.
fn walk(element: ElementRef<'_>, text: &mut String) {
    let value = element.value();
    let style = value.attr("style").unwrap_or_default().replace(' ', "").to_lowercase();
    let hides = ["display:none", "visibility:hidden", "font-size:0", "left:-9999", "text-indent:-9999", "opacity:0;"];
    let has_no_size = style.contains("overflow:hidden") && (style.contains("height:0") || style.contains("width:0"));
    let is_hidden = has_no_size || hides.iter().any(|h| style.contains(h)) || style.ends_with("opacity:0");
    if UNSEEN.contains(&value.name()) || value.attr("hidden").is_some() || is_hidden {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(own) => text.push_str(own),
            Node::Element(_) => walk(ElementRef::wrap(child).unwrap(), text),
            _ => {}
        }
    }
}

fn rendered(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut images = 0;
    // What stands for an image and for a footnote's mark is not part of the text.
    let events = Parser::new_ext(markdown, options).filter(|event| {
        images += i32::from(matches!(event, Event::Start(Tag::Image { .. })));
        images -= i32::from(matches!(event, Event::End(TagEnd::Image)));
        let is_mark = matches!(event, Event::FootnoteReference(_) | Event::TaskListMarker(_));
        images == 0 && !is_mark && !matches!(event, Event::End(TagEnd::Image))
    });
    let mut html = String::new();
    let without_footnotes = events
        .filter(|e| !matches!(e, Event::Start(Tag::FootnoteDefinition(_)) | Event::End(TagEnd::FootnoteDefinition)));
    pulldown_cmark::html::push_html(&mut html, without_footnotes);
    html
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn nothing_is_lost_or_invented() {
    let mut paths = Vec::new();
    articles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut paths);
    articles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut paths);
    if let Some(folder) = std::env::var_os("VISIBLE") {
        articles(Path::new(&folder), &mut paths);
    }
    let mut parser = Parser::new(&RuleSet::builtin().lexicon);
    let mut different = Vec::new();
    for path in &paths {
        let format = Format::of_path(path).unwrap();
        let source = Arc::new(Source::new(path.to_str().unwrap(), format, std::fs::read(path).unwrap()).unwrap());
        let doc = parser.parse(source.clone());
        let start = doc.front_matter.as_ref().map_or(source.body_start(), |f| f.span.end) as usize;
        let body = &source.text[start..];
        let html = if format == Format::Html { body.to_owned() } else { rendered(body) };
        let mut text = String::new();
        walk(Html::parse_document(&html).root_element(), &mut text);
        let (ours, theirs) = (letters(&doc.text), letters(&text));
        if ours != theirs {
            let same = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
            different.push(format!("{}:\n  ours   {}\n  theirs {}", path.display(), around(&ours), around(&theirs)));
        }
    }
    assert!(paths.len() > 30, "the fixtures are found");
    assert!(different.is_empty(), "{} of {} differ:\n{}", different.len(), paths.len(), different.join("\n"));
}
