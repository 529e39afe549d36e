//! What is fuzzed: everything that reads what strangers write. A target takes any bytes and panics where something does not hold.
#![allow(clippy::unwrap_used, reason = "what fails is a finding")]

#[allow(dead_code, reason = "properties need the rest of it")]
#[path = "../properties/holds.rs"]
mod holds;
#[path = "rules.rs"]
mod rules;
#[path = "whole.rs"]
mod whole;

use holds::{RULES, parse, reads, source};
use medlint::diagnostic::{Applicability, Data, Diagnostic, Edit, Fix, Label, Severity, apply};
use medlint::facts::{Time, TimeReader};
use medlint::filter::{Baseline, changes};
use medlint::source::{Format, Source};
use medlint::span::Span;
use std::sync::{Arc, LazyLock};

static TIMES: LazyLock<TimeReader> = LazyLock::new(|| TimeReader::new(&RULES.lexicon));

/// A target.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("markdown", |bytes| reads(&source(&text(bytes), Format::Markdown))),
    ("mdx", |bytes| reads(&source(&text(bytes), Format::Mdx))),
    ("html", |bytes| reads(&source(&text(bytes), Format::Html))),
    ("plain", |bytes| reads(&source(&text(bytes), Format::Plain))),
    ("front-matter", front_matter),
    ("time", time),
    ("lint", whole::lint),
    ("report", whole::report),
    ("rules", rules::rules),
    ("config", rules::config),
    ("baseline", baseline),
    ("diff", diff),
    ("fix", fix),
];

/// Text as it passes the door: UTF-8 without NUL.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "")
}

fn front_matter(bytes: &[u8]) {
    let inner = text(bytes);
    for fence in ["---", "+++"] {
        let source = source(&format!("{fence}\n{inner}\n{fence}\nRest.\n"), Format::Markdown);
        reads(&source);
        if let Some(matter) = &parse(&source).front_matter {
            ["medlint", "title", "lang"].into_iter().for_each(|key| drop(matter.get(key).cloned()));
        }
    }
}

fn time(bytes: &[u8]) {
    let source = source(&text(bytes), Format::Plain);
    let doc = parse(&source);
    let mut times: Vec<Time> = Vec::new();
    let mut reader = TIMES.clone();
    reader.read(&doc, &mut times);
    let mut end = 0;
    for time in &times {
        assert!(time.words.start >= end && time.words.end as usize <= doc.words.len(), "{time:?} in {:?}", source.text);
        assert!(time.words.start < time.words.end, "{time:?} holds no word of {:?}", source.text);
        end = time.words.end;
        assert!(doc.slice(doc.words_text(time.words.clone())).len() > 1 || time.words.len() == 1);
        for interval in time.interval.iter().chain(&time.named) {
            assert!(
                interval.hi.is_none_or(|hi| interval.lo <= hi),
                "{time:?} ends before it begins in {:?}",
                source.text
            );
        }
    }
    let mut again = Vec::new();
    reader.read(&doc, &mut again);
    assert_eq!(times, again, "a used reader reads like a new one");
}

fn baseline(bytes: &[u8]) {
    let text = text(bytes);
    for text in [text.clone(), format!("# medlint baseline 1\n{text}")] {
        let source = source(&text, Format::Plain);
        match Baseline::read(&source, str::to_owned) {
            Err(mistakes) => {
                assert!(!mistakes.is_empty());
                mistakes
                    .iter()
                    .for_each(|mistake| assert!(source.text.get(mistake.span.range()).is_some(), "{mistake:?}"));
            }
            Ok(read) => {
                let written = read.text(str::to_owned);
                let again = Arc::new(Source::new("a", Format::Plain, written.clone().into_bytes()).unwrap());
                assert_eq!(Baseline::read(&again, str::to_owned).ok(), Some(read), "{written}");
            }
        }
    }
}

fn diff(bytes: &[u8]) {
    for (path, ranges) in changes(bytes) {
        assert!(!ranges.is_empty(), "{path}: files without new lines are left out");
        ranges.iter().for_each(|range| assert!(range.start <= range.end, "{path}: {range:?}"));
    }
}

/// A finding that is made of three bytes an edit: where it begins, how long it is, what comes in its place.
fn finding(bytes: &[u8], length: u32) -> Diagnostic {
    let edit = |three: &[u8]| {
        let start = u32::from(three[0]) % (length + 3);
        let replacement = "né".chars().take(usize::from(three[2] % 3)).collect();
        Edit { span: Span::new(start, start + u32::from(three[1] % 7)), replacement }
    };
    let edits: Vec<Edit> = bytes.get(2..).unwrap_or_default().chunks_exact(3).map(edit).collect();
    let first = |at| u32::from(*bytes.get(at).unwrap_or(&0));
    let start = first(0) % (length + 1);
    let kinds = [Applicability::Safe, Applicability::Unsafe, Applicability::DisplayOnly];
    Diagnostic {
        primary: Label { path: "a".into(), span: Span::new(start, start + first(1) % 5), message: String::new() },
        rule: "a/b".into(),
        severity: Severity::Error,
        message: String::new(),
        secondary: Vec::new(),
        notes: Vec::new(),
        fix: Some(Fix { title: String::new(), applicability: kinds[first(1) as usize % 3], edits }),
        data: Data::None,
        identity: Vec::new(),
    }
}

/// Runs of bytes that grow together where they touch, as somebody keeps them who looks at every pair.
#[derive(Default)]
struct Runs(Vec<Span>);

impl Runs {
    fn meets(&self, span: Span) -> bool {
        self.0.iter().any(|run| {
            let is_point = run.is_empty() || span.is_empty();
            run.start < span.end && span.start < run.end || is_point && run.start <= span.end && span.start <= run.end
        })
    }

    fn add(&mut self, mut span: Span) {
        while let Some(at) = self.0.iter().position(|run| run.start <= span.end && span.start <= run.end) {
            let run = self.0.swap_remove(at);
            span = Span::new(span.start.min(run.start), span.end.max(run.end));
        }
        self.0.push(span);
    }
}

/// Fixes are chosen as by somebody who looks at every pair of places, and the others change nothing.
fn fix(bytes: &[u8]) {
    let (head, rest) = bytes.split_at(bytes.len().min(24));
    let text = text(head);
    let findings: Vec<Diagnostic> = rest.chunks(8).take(12).map(|part| finding(part, text.len() as u32)).collect();
    let (mut changed, mut needed) = (Runs::default(), Runs::default());
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for finding in &findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability <= Applicability::Unsafe) else { continue };
        let fits = !fix.edits.is_empty()
            && fix.edits.iter().all(|edit| text.get(edit.span.range()).is_some())
            && fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        let own = finding.primary.span;
        let must_wait =
            changed.meets(own) || fix.edits.iter().any(|edit| changed.meets(edit.span) || needed.meets(edit.span));
        if fits && !must_wait {
            fix.edits.iter().for_each(|edit| changed.add(edit.span));
            needed.add(own);
            chosen.extend(&fix.edits);
            count += 1;
        }
    }
    let mut expected = text.clone();
    chosen.sort_by_key(|edit| edit.span);
    for edit in chosen.into_iter().rev() {
        expected.replace_range(edit.span.range(), &edit.replacement);
    }
    let applied = apply(&text, &findings, Applicability::Unsafe);
    let told = applied.map(|applied| (applied.text, applied.count));
    assert_eq!(told, (count > 0).then_some((expected, count)), "{text:?} {findings:?}");
}
