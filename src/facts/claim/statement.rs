//! Claims as reports print them: named, normalised, in whole seconds.

use super::{Claim, ClaimReader, EVER, Slot, Stance, Term};
use crate::diagnostic::Statement;
use crate::document::Document;
use crate::facts::Facts;
use crate::facts::time::Kind;
use crate::language::Interval;

/// A subject that was taken over from another sentence stands so few words before, at most.
const NEAR: usize = 300;

impl Statement {
    /// Names what a claim says.
    pub fn of(doc: &Document, facts: &Facts, reader: &ClaimReader, claim: &Claim) -> Self {
        let time = facts.time(claim);
        let (from, certain_to, to) = stretch(claim, time.and_then(|time| time.named.or(time.interval)));
        // Nobody knows how long it takes until something happens.
        let is_time = time
            .is_some_and(|time| time.interval.is_some() && matches!(time.kind, Kind::Length | Kind::Rate | Kind::Age));
        let seconds = |number: i64| Some(number).filter(|number| is_time && *number < EVER);
        let topics = facts.subjects.get(claim.subject.start as usize..claim.subject.end as usize).unwrap_or_default();
        let name = |term: &Term| match term {
            Term::Topic(topic) => reader.topic(*topic).to_owned(),
            Term::Word(stem) => said(doc, reader, claim, *stem).to_owned(),
        };
        Self {
            span: doc.span(doc.words_text(claim.words.clone())),
            text: doc.quote(claim.words.clone()),
            kind: claim.stance.as_str(),
            slot: claim.slot.as_str(),
            topics: topics.iter().map(|subject| name(&subject.term)).collect(),
            intensity: claim.intensity,
            event: claim.anchor.map_or(String::new(), |anchor| reader.event(anchor).to_owned()),
            is_before: claim.is_before,
            from: seconds(from),
            to: to.and_then(seconds),
            certain_to: certain_to.and_then(seconds),
            modality: claim.modality.as_str(),
            conditions: claim.condition.iter().map(|words| doc.quote(words.clone())).collect(),
        }
    }
}

/// From when on a claim holds, until when surely, and until when perhaps: a ban holds from the event to the earliest time that is
/// named, leave from its time on. Times that are no stretch (how often, at what age) are given as they stand, and so are those before an event.
fn stretch(claim: &Claim, told: Option<Interval>) -> (i64, Option<i64>, Option<i64>) {
    let Interval { lo, hi } = claim.interval;
    match (claim.stance, claim.slot) {
        (Stance::Forbid, Slot::Start) => (0, Some(lo), told.and_then(|told| told.hi)),
        (Stance::Permit, Slot::Start) if !claim.is_before => (lo, None, None),
        (Stance::Require | Stance::Permit, Slot::End) => (0, Some(lo), hi),
        _ => (lo, hi, hi),
    }
}

/// A word of the claim, or before it, with this stem, as it stands there.
fn said<'a>(doc: &'a Document, reader: &ClaimReader, claim: &Claim, stem: u64) -> &'a str {
    let words = doc.words.get(..claim.words.end as usize).unwrap_or_default();
    let mut near = words.iter().rev().take(NEAR);
    near.find(|word| reader.stem(word.key, doc.slice(word.text)) == stem).map_or("…", |word| doc.slice(word.text))
}
