//! `medlint timeline --expressions`: one time expression a line in, its reading out, in hours.

use super::args::{TimelineArgs, TimelineFormat};
use super::plan::Settings;
use super::{Stop, TROUBLE, complain, here};
use crate::document::Parser;
use crate::facts::time::{Bound, Kind};
use crate::facts::{Time, TimeReader};
use crate::language::Interval;
use crate::source::{Format, Source, Unreadable};
use serde::Serialize;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Seconds in an hour.
const HOUR: f64 = 3600.0;
/// The word for a line that holds no expression.
const NONE: &str = "none";

/// Reads expressions.
pub(super) fn run(args: &TimelineArgs) -> Result<u8, Stop> {
    let here = here()?;
    let rules = Settings::new(&args.places.settings, &here).of_folder(&here)?.rules(&[]);
    let (texts, is_whole) = texts(&args.places.paths);
    let (mut parser, mut reader) = (Parser::new(&rules.lexicon), TimeReader::new(&rules.lexicon));
    let mut readings = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let source = Source::new("", Format::Plain, line.into()).map_err(Stop::trouble)?;
        let doc = parser.parse(Arc::new(source));
        let mut times = Vec::new();
        reader.read(&doc, &mut times);
        readings.push(Reading::of(line, &times));
        parser.recycle(doc);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    match args.output {
        TimelineFormat::Text => {
            let widest = readings.iter().map(|reading| reading.text.chars().count()).max().unwrap_or(0);
            for Reading { text, lo, hi, bound } in &readings {
                let number = |end: &Option<f64>| end.map_or("-".to_owned(), |hours| format!("{}", round(hours)));
                writeln!(out, "{text:widest$}  {:>9}  {:>9}  {bound}", number(lo), number(hi))?;
            }
        }
        TimelineFormat::Json => {
            let json = serde_json::to_string_pretty(&List { expressions: readings }).map_err(Stop::trouble)?;
            writeln!(out, "{json}")?;
        }
    }
    out.flush()?;
    Ok(if is_whole { 0 } else { TROUBLE })
}

/// The texts of the files, one after the other, or of standard input where none is named; true where all could be read. Those that
/// could not are told on standard error.
fn texts(paths: &[PathBuf]) -> (Vec<String>, bool) {
    let paths = if paths.is_empty() { vec![PathBuf::from("-")] } else { paths.to_vec() };
    let read = paths.iter().map(|path| {
        text(path).inspect_err(|reason| complain(&format_args!("cannot read {}: {reason}", path.display()))).ok()
    });
    let texts: Vec<String> = read.flatten().collect();
    let is_whole = texts.len() == paths.len();
    (texts, is_whole)
}

#[derive(Serialize)]
struct List<'a> {
    expressions: Vec<Reading<'a>>,
}

#[derive(Serialize)]
struct Reading<'a> {
    text: &'a str,
    lo: Option<f64>,
    hi: Option<f64>,
    bound: &'static str,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, times: &[Time]) -> Self {
        let Some((bound, interval)) = leading(times) else { return Self { text, lo: None, hi: None, bound: NONE } };
        let hours = |seconds: i64| seconds as f64 / HOUR;
        Self {
            text,
            lo: interval.map(|i| hours(i.lo)),
            hi: interval.and_then(|i| i.hi).map(hours),
            bound: bound.as_str(),
        }
    }
}

/// The expression that a line is about. Where a length and a rate stand side by side, the longer one is: of `10 minutes, three
/// times a day` the rate, of `twice a day for two weeks` the length.
fn leading(times: &[Time]) -> Option<(Bound, Option<Interval>)> {
    let mut all = times.iter().filter_map(|time| match time.kind {
        Kind::Dose { per, .. } => per.map(|per| (Bound::Every, Some(per))),
        Kind::Count { .. } | Kind::Moment(_) => None,
        Kind::Clock => Some((Bound::Clock, None)),
        Kind::Length | Kind::Rate | Kind::Age => Some((time.bound, time.interval)),
    });
    let first = all.next()?;
    let longest = |interval: Option<Interval>| interval.map_or(0, |interval| interval.hi.unwrap_or(interval.lo));
    let is_rate = |(bound, _): (Bound, Option<Interval>)| bound == Bound::Every;
    let other = all.find(|other| is_rate(*other) != is_rate(first));
    Some(other.filter(|other| longest(other.1) > longest(first.1)).unwrap_or(first))
}

/// To thousandths, as a person reads hours.
fn round(hours: f64) -> f64 {
    (hours * 1000.0).round() / 1000.0
}

fn text(path: &Path) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    let read = match path.to_str() {
        Some("-") => io::stdin().read_to_end(&mut bytes).map(drop),
        _ => fs::read(path).map(|read| bytes = read),
    };
    read.map_err(|error| Unreadable::from_io(Some(&error)))?;
    Source::new("", Format::Plain, bytes).map(|source| source.body().to_owned())
}
