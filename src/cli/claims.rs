//! `medlint timeline PATH…`: what the program read in articles about time, claim by claim.

use super::args::{TimelineArgs, TimelineFormat};
use super::gather;
use super::plan::Settings;
use super::{Stop, TROUBLE, complain, here};
use crate::document::{Document, Parser};
use crate::engine::Library;
use crate::facts::claim::{ClaimReader, Slot, Stance, Term};
use crate::facts::time::Kind;
use crate::facts::{Claim, Extractor, Facts, Needs};
use crate::language::Interval;
use crate::source::Lines;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::Arc;

/// Raised when a key changes its meaning or goes.
const SCHEMA: u32 = 1;
/// Seconds in an hour.
const HOUR: f64 = 3600.0;
/// The event of claims that name none.
const ARTICLE: &str = "";

/// Lists the claims of articles.
pub(super) fn run(args: &TimelineArgs) -> Result<u8, Stop> {
    let here = here()?;
    let settings = Settings::new(&args.read.settings, &here);
    let files = gather::articles(&args.read, &here, &settings)?;
    settings.stop_at_mistakes()?;
    let rules = settings.of_folder(&here)?.rules(&[]);
    let needs = Needs { times: true, claims: true, ..Needs::default() };
    let (mut parser, reader) = (Parser::new(&rules.lexicon), ClaimReader::new(&rules.lexicon));
    let mut extractor = Extractor::new(needs, &rules.lexicon);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut articles = Vec::new();
    let mut is_whole = files.problems.is_empty();
    for path in &files.articles {
        let source = match files.library.source(path) {
            Ok(source) => source,
            Err(reason) => {
                is_whole = false;
                complain(&format_args!("cannot read {path}: {reason}"));
                continue;
            }
        };
        let doc = parser.parse(source);
        let facts = extractor.read(&doc);
        let claims = facts.claims.iter().map(|claim| Shown::of(&doc, &facts, &reader, claim)).collect();
        let article = Article { path: path.clone(), claims };
        match args.output {
            TimelineFormat::Text => article.write(&doc, &mut out)?,
            TimelineFormat::Json => articles.push(article),
        }
        parser.recycle(doc);
    }
    for problem in &files.problems {
        complain(&format_args!("cannot read {}: {}", problem.path, problem.reason));
    }
    if args.output == TimelineFormat::Json {
        let json = serde_json::to_string_pretty(&List { schema: SCHEMA, articles }).map_err(Stop::trouble)?;
        writeln!(out, "{json}")?;
    }
    out.flush()?;
    Ok(if is_whole { 0 } else { TROUBLE })
}

#[derive(Serialize)]
struct List {
    schema: u32,
    articles: Vec<Article>,
}

/// The claims of one article.
#[derive(Serialize)]
struct Article {
    path: Arc<str>,
    claims: Vec<Shown>,
}

/// A claim as INTERFACE.md prints it; the keys come in the order of the fields.
#[derive(Serialize)]
struct Shown {
    span: Bytes,
    text: String,
    kind: &'static str,
    topic: String,
    qualifier: String,
    slot: &'static str,
    anchor: Anchor,
    from_hours: Option<f64>,
    to_hours: Option<f64>,
    certain_to_hours: Option<f64>,
    modality: &'static str,
    conditions: Vec<String>,
}

#[derive(Serialize)]
struct Bytes {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Anchor {
    event: String,
    side: &'static str,
}

impl Shown {
    fn of(doc: &Document, facts: &Facts, reader: &ClaimReader, claim: &Claim) -> Self {
        let at = doc.words_text(claim.words.clone());
        let span = doc.span(at);
        let time = facts.times.get(claim.time as usize);
        let (from, certain_to, to) = stretch(claim, time.and_then(|time| time.named.or(time.interval)));
        let is_time = time.is_some_and(|time| matches!(time.kind, Kind::Length | Kind::Rate | Kind::Age));
        let hours = |number: i64| is_time.then_some(number as f64 / HOUR);
        let topics = facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize).unwrap_or_default();
        let name = |term: &Term| match term {
            Term::Topic(topic) => reader.topic(*topic).to_owned(),
            Term::Word(stem) => said(doc, reader, claim, *stem).to_owned(),
        };
        let topics: Vec<String> = topics.iter().map(|subject| name(&subject.term)).collect();
        Self {
            span: Bytes { start: span.start, end: span.end },
            text: quote(doc, claim.words.clone()),
            kind: claim.stance.as_str(),
            topic: topics.join(", "),
            qualifier: ["", "light", "moderate", "strenuous"]
                .get(usize::from(claim.intensity))
                .unwrap_or(&"")
                .to_string(),
            slot: claim.slot.as_str(),
            anchor: Anchor {
                event: claim.anchor.map_or(ARTICLE, |anchor| reader.event(anchor)).to_owned(),
                side: if claim.is_before { "before" } else { "after" },
            },
            from_hours: hours(from),
            to_hours: to.and_then(hours),
            certain_to_hours: certain_to.and_then(hours),
            modality: claim.modality.as_str(),
            conditions: claim.condition.iter().map(|words| quote(doc, words.clone())).collect(),
        }
    }
}

/// From when on a claim holds, until when surely, and until when perhaps: a ban holds from the event to the earliest time that is
/// named, leave from its time on. Times that are no stretch (how often, when, at what age) are given as they stand.
fn stretch(claim: &Claim, told: Option<Interval>) -> (i64, Option<i64>, Option<i64>) {
    let Interval { lo, hi } = claim.interval;
    match (claim.stance, claim.slot) {
        (Stance::Forbid, Slot::Start) => (0, Some(lo), told.and_then(|told| told.hi)),
        (Stance::Permit, Slot::Start) => (lo, None, None),
        (Stance::Require | Stance::Permit, Slot::End) => (0, Some(lo), hi),
        _ => (lo, hi, hi),
    }
}

fn quote(doc: &Document, words: Range<u32>) -> String {
    doc.slice(doc.words_text(words)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A subject that was taken over from another sentence stands so few words before, at most.
const NEAR: usize = 300;

/// A word of the claim, or before it, with this stem, as it stands there.
fn said<'a>(doc: &'a Document, reader: &ClaimReader, claim: &Claim, stem: u64) -> &'a str {
    let words = doc.words.get(..claim.words.end as usize).unwrap_or_default();
    let mut near = words.iter().rev().take(NEAR);
    near.find(|word| reader.stem(word.key, doc.slice(word.text)) == stem).map_or("…", |word| doc.slice(word.text))
}

impl Article {
    fn write(&self, doc: &Document, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.path)?;
        let lines = Lines::of(&doc.source);
        for claim in &self.claims {
            let line = lines.index(claim.span.start) + 1;
            let hours =
                |end: Option<f64>| end.map_or("…".to_owned(), |hours| format!("{}", (hours * 100.0).round() / 100.0));
            let confined = claim.conditions.iter().map(|condition| format!(" ({condition})")).collect::<String>();
            let (from, to) = (hours(claim.from_hours), hours(claim.to_hours));
            writeln!(
                out,
                "{line:>5}  {} {} {from}–{to} h{confined} [{}] {} {} {}  “{}”",
                claim.kind, claim.slot, claim.topic, claim.anchor.side, claim.anchor.event, claim.qualifier, claim.text
            )?;
        }
        Ok(())
    }
}
