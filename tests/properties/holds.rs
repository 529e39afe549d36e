//! What holds for every article, however odd: the parts of a document nest, words stand where their span says, and every place of every
//! finding lies on characters of the source. Properties and fuzzing share it.
#![allow(clippy::unwrap_used, reason = "text is read from text")]

use medlint::diagnostic::{Applicability, Data, Diagnostic, apply};
use medlint::document::{Document, Parser};
use medlint::engine::Linter;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use medlint::span::{Span, TextSpan};
use std::sync::{Arc, LazyLock};

/// The built-in rules.
pub static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
/// A linter with all of them.
pub static LINTER: LazyLock<Linter> =
    LazyLock::new(|| Linter::new(&RULES).expect("the built-in rules fit their checks"));

/// Every format that articles are in.
pub const FORMATS: [Format; 4] = [Format::Markdown, Format::Mdx, Format::Html, Format::Plain];

/// An article.
pub fn source(text: &str, format: Format) -> Arc<Source> {
    Arc::new(Source::new("a", format, text.as_bytes().to_vec()).unwrap())
}

/// What is found in it.
pub fn lint(source: &Arc<Source>) -> Vec<Diagnostic> {
    medlint::filter::lint(&LINTER, source.clone())
}

/// The article as read.
pub fn parse(source: &Arc<Source>) -> Document {
    Parser::new(&RULES.lexicon).parse(source.clone())
}

/// Everything that holds for one text in one format.
pub fn holds(source: &Arc<Source>) {
    reads(source);
    let found = lint(source);
    findings_hold(source, &found);
}

/// What holds for the article as read.
pub fn reads(source: &Arc<Source>) {
    let doc = parse(source);
    parts_nest(&doc);
    words_stand_where_they_say(&doc);
    let in_source = |span: Span| assert!(source.text.get(span.range()).is_some(), "{span:?} in {:?}", source.text);
    for link in &doc.links {
        assert!(doc.text.get(link.text.range()).is_some(), "{link:?}");
        in_source(link.span);
        in_source(doc.span(link.text));
    }
    for comment in &doc.comments {
        in_source(comment.span);
        in_source(comment.inner);
        assert!(comment.span.contains(comment.inner), "{comment:?}");
    }
    for allowance in doc.allowances() {
        in_source(allowance.place);
        in_source(allowance.covers);
        // Data at the head of a file may write a name over several lines; then its key stands for it.
        let is_data = |span: Span| doc.front_matter.as_ref().is_some_and(|matter| matter.inner.contains(span));
        let stands = |name: &str, span: Span| source.slice(span) == name || is_data(span);
        allowance.names.iter().for_each(|(name, span)| assert!(stands(name, *span), "{name:?} in {:?}", source.text));
    }
    if let Some(matter) = &doc.front_matter {
        in_source(matter.span);
        in_source(matter.inner);
        assert!(matter.span.contains(matter.inner), "{matter:?}");
    }
}

/// What holds for findings: every place lies in the text, and fixes can be applied.
pub fn findings_hold(source: &Arc<Source>, found: &[Diagnostic]) {
    let in_source = |span: Span| assert!(source.text.get(span.range()).is_some(), "{span:?} in {:?}", source.text);
    assert!(found.is_sorted());
    for finding in found {
        in_source(finding.primary.span);
        assert!(!finding.primary.span.is_empty() && !finding.message.is_empty(), "{finding:?}");
        finding.secondary.iter().for_each(|label| in_source(label.span));
        if let Data::Copies { regions, permille, .. } = &finding.data {
            regions.iter().for_each(|place| in_source(place.span));
            assert!(regions.len() > 1 && *permille <= 1000, "{finding:?}");
        }
    }
    for finding in found.iter().filter(|finding| finding.fix.is_some()) {
        let applied = apply(&source.text, [finding], Applicability::DisplayOnly);
        assert!(applied.is_some_and(|applied| applied.text != source.text), "{finding:?} in {:?}", source.text);
        is_as_safe_as_it_says(source, finding);
    }
}

/// What nobody sees is taken out alone, and not a letter with it.
fn is_as_safe_as_it_says(source: &Source, finding: &Diagnostic) {
    // Where findings meet, the fix may be that of another rule.
    let own = &RULES.get("residue/invisible").unwrap().texts["fix"];
    let Some(fix) = finding.fix.as_ref().filter(|fix| fix.title == *own) else { return };
    for edit in &fix.edits {
        let gone = source.slice(edit.span);
        let is_entity = gone.starts_with('&') && gone.find(';') == Some(gone.len() - 1);
        assert!(
            is_entity || gone.chars().count() == 1 && !gone.contains(char::is_alphanumeric),
            "{gone:?}: {finding:?}"
        );
    }
}

/// Blocks follow one another, sentences fill blocks, words lie in sentences, and all indexes agree.
fn parts_nest(doc: &Document) {
    let is_inside = |inner: TextSpan, outer: TextSpan| {
        assert!(doc.text.get(inner.range()).is_some(), "{inner:?} cuts a character of {:?}", doc.text);
        assert!(
            inner.start <= inner.end && outer.start <= inner.start && inner.end <= outer.end,
            "{inner:?} {outer:?}"
        );
    };
    let whole = TextSpan::new(0, doc.text.len() as u32);
    let (mut block_end, mut sentence, mut word) = (0, 0, 0);
    for (index, block) in doc.blocks.iter().enumerate() {
        is_inside(block.text, whole);
        assert!(block.text.start >= block_end && !block.text.is_empty());
        block_end = block.text.end;
        assert_eq!((block.sentences.start, block.words.start), (sentence, word), "block {index} goes on");
        assert!(block.heading.is_none_or(|h| (h as usize) < index && doc.blocks[h as usize].is_heading()));
        assert!(block.lead_in.is_none_or(|l| (l as usize) < index));
        let mut sentence_end = block.text.start;
        for place in block.sentences.clone() {
            let part = &doc.sentences[place as usize];
            is_inside(part.text, block.text);
            assert!(part.text.start >= sentence_end && part.block as usize == index && part.words.start == word);
            sentence_end = part.text.end;
            let mut word_end = part.text.start;
            for at in part.words.clone() {
                let own = &doc.words[at as usize];
                is_inside(own.text, part.text);
                assert!(own.text.start >= word_end && !own.text.is_empty() && own.sentence == place, "{own:?}");
                word_end = own.text.end;
            }
            word = part.words.end;
        }
        sentence = block.sentences.end;
        assert_eq!(block.words.end, word);
    }
    assert_eq!((sentence as usize, word as usize), (doc.sentences.len(), doc.words.len()), "nothing is left over");
}

/// The source under a word begins and ends like the word and holds its characters in order; where nothing stands between
/// them it is the word. Entities alone are written otherwise.
fn words_stand_where_they_say(doc: &Document) {
    let mut before = 0;
    for word in &doc.words {
        let visible = doc.slice(word.text);
        let span = doc.span(word.text);
        let stored = doc.source.text.get(span.range());
        let stored =
            stored.unwrap_or_else(|| panic!("{visible:?} at {span:?} cuts a character of {:?}", doc.source.text));
        assert!(span.start >= before, "{visible:?} stands before the word before it in {:?}", doc.source.text);
        before = span.start;
        if stored.contains('&') {
            continue;
        }
        let mut rest = stored.chars();
        assert!(visible.chars().all(|c| rest.any(|other| other == c)), "{visible:?} is not in {stored:?}");
        let ends = |text: &str| (text.chars().next(), text.chars().next_back());
        assert_eq!(ends(stored), ends(visible), "{visible:?} is more or less than {stored:?}");
        assert!(stored == visible || stored.len() > visible.len(), "{visible:?}: {stored:?}");
    }
}
