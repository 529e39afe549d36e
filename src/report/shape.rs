//! The shape of a finding and of the figures in JSON, as `INTERFACE.md` prints them; the keys come in the order of the
//! fields below. Everything borrows from the findings and from the sources under them.

use super::sources::{Located, Sources};
use crate::diagnostic::{Data, Diagnostic, Edit, Edited, Fix, Label, Place, Severity, Statement};
use crate::engine::Outcome;
use crate::source::Position;
use crate::span::Span;
use serde::Serialize;

/// Seconds in an hour.
const HOUR: f64 = 3600.0;
/// Characters of source that are quoted for a place.
const QUOTED: usize = 300;

/// The figures of a run.
#[derive(Serialize)]
pub(super) struct Summary<'a> {
    files: usize,
    words: u64,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    baselined: usize,
    unreadable: Vec<UnreadableFile<'a>>,
}

impl<'a> Summary<'a> {
    pub fn of(outcome: &'a Outcome) -> Self {
        let unreadable = outcome.unreadable.iter();
        Self {
            files: outcome.files,
            words: outcome.words,
            errors: outcome.count(Severity::Error),
            warnings: outcome.count(Severity::Warning),
            infos: outcome.count(Severity::Info),
            suppressed: outcome.suppressed,
            baselined: outcome.baselined,
            unreadable: unreadable.map(|p| UnreadableFile { path: &p.path, reason: p.reason.to_string() }).collect(),
        }
    }
}

#[derive(Serialize)]
struct UnreadableFile<'a> {
    path: &'a str,
    reason: String,
}

/// A finding with its places.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    span: Bytes,
    start: Point,
    end: Point,
    text: &'a str,
    message: &'a str,
    labels: Vec<Other<'a>>,
    notes: &'a [String],
    fix: Option<Proposal<'a>>,
    fingerprint: String,
    data: Measured<'a>,
}

/// Locates a finding and hands it over as it is written; the quotes live in sources that are held meanwhile.
pub(super) fn with_finding<R>(
    diagnostic: &Diagnostic,
    sources: &mut Sources<'_>,
    write: impl FnOnce(&Finding<'_>) -> R,
) -> R {
    let primary = sources.located(&diagnostic.primary);
    let others: Vec<Located> = diagnostic.secondary.iter().map(|label| sources.located(label)).collect();
    let labels = diagnostic.secondary.iter().zip(&others);
    write(&Finding {
        rule: &diagnostic.rule,
        severity: diagnostic.severity,
        path: &diagnostic.primary.path,
        span: diagnostic.primary.span.into(),
        start: primary.start.into(),
        end: primary.end.into(),
        text: primary.text(&diagnostic.primary, QUOTED),
        message: &diagnostic.message,
        labels: labels.map(|(label, place)| Other::of(label, place)).collect(),
        notes: &diagnostic.notes,
        fix: diagnostic.fix.as_ref().map(Proposal::of),
        fingerprint: format!("{:016x}", diagnostic.fingerprint()),
        data: Measured::of(&diagnostic.data),
    })
}

#[derive(Serialize)]
struct Other<'a> {
    path: &'a str,
    span: Bytes,
    start: Point,
    end: Point,
    text: &'a str,
    message: &'a str,
}

impl<'a> Other<'a> {
    fn of(label: &'a Label, place: &'a Located) -> Self {
        Self {
            path: &label.path,
            span: label.span.into(),
            start: place.start.into(),
            end: place.end.into(),
            text: place.text(label, QUOTED),
            message: &label.message,
        }
    }
}

#[derive(Serialize)]
struct Bytes {
    start: u32,
    end: u32,
}

impl From<Span> for Bytes {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

impl From<Position> for Point {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

#[derive(Serialize)]
struct Proposal<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Replacement<'a>>,
}

impl<'a> Proposal<'a> {
    fn of(fix: &'a Fix) -> Self {
        let replacement = |edit: &'a Edit| Replacement { span: edit.span.into(), replacement: &edit.replacement };
        Self {
            title: &fix.title,
            applicability: fix.applicability.as_str(),
            edits: fix.edits.iter().map(replacement).collect(),
        }
    }
}

#[derive(Serialize)]
struct Replacement<'a> {
    span: Bytes,
    replacement: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Measured<'a> {
    Nothing {},
    Suggestions { suggestions: &'a [String] },
    Copies { similarity: f64, matches: Vec<Match<'a>>, edits: Vec<Difference<'a>> },
    Link { host: &'a str, target: &'a str, reasons: Vec<&'a str> },
    Claims { claims: Vec<Stated<'a>> },
}

impl<'a> Measured<'a> {
    fn of(data: &'a Data) -> Self {
        match data {
            Data::None => Self::Nothing {},
            Data::Suggestions { suggestions, .. } => Self::Suggestions { suggestions },
            Data::Link { host, target, reasons } => {
                Self::Link { host, target, reasons: reasons.iter().map(|rule| &**rule).collect() }
            }
            Data::Claims(statements) => Self::Claims { claims: statements.iter().map(Stated::of).collect() },
            Data::Copies { permille, regions, edits } => Self::Copies {
                similarity: f64::from(*permille) / 1000.0,
                matches: regions.iter().map(Match::of).collect(),
                edits: edits.iter().map(Difference::of).collect(),
            },
        }
    }
}

#[derive(Serialize)]
struct Match<'a> {
    path: &'a str,
    span: Bytes,
}

impl<'a> Match<'a> {
    fn of(place: &'a Place) -> Self {
        Self { path: &place.path, span: place.span.into() }
    }
}

#[derive(Serialize)]
struct Difference<'a> {
    before: &'a str,
    after: &'a str,
}

impl<'a> Difference<'a> {
    fn of(edited: &'a Edited) -> Self {
        Self { before: &edited.before, after: &edited.after }
    }
}

/// A statement about time as `INTERFACE.md` prints it; the keys come in the order of the fields.
#[derive(Serialize)]
pub(crate) struct Stated<'a> {
    span: Bytes,
    text: &'a str,
    kind: &'static str,
    topic: String,
    qualifier: &'static str,
    slot: &'static str,
    anchor: Anchor<'a>,
    from_hours: Option<f64>,
    to_hours: Option<f64>,
    certain_to_hours: Option<f64>,
    modality: &'static str,
    conditions: &'a [String],
}

#[derive(Serialize)]
struct Anchor<'a> {
    event: &'a str,
    side: &'static str,
}

impl<'a> Stated<'a> {
    pub fn of(statement: &'a Statement) -> Self {
        let hours = |seconds: Option<i64>| seconds.map(|seconds| seconds as f64 / HOUR);
        let qualifiers = ["", "light", "moderate", "strenuous"];
        Self {
            span: statement.span.into(),
            text: &statement.text,
            kind: statement.kind,
            topic: statement.topics.join(", "),
            qualifier: qualifiers.get(usize::from(statement.intensity)).copied().unwrap_or_default(),
            slot: statement.slot,
            anchor: Anchor { event: &statement.event, side: if statement.is_before { "before" } else { "after" } },
            from_hours: hours(statement.from),
            to_hours: hours(statement.to),
            certain_to_hours: hours(statement.certain_to),
            modality: statement.modality,
            conditions: &statement.conditions,
        }
    }
}
