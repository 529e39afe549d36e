//! Advice that cannot all be followed, in one article or in several.

pub(super) mod across;
mod apart;
pub(super) mod claims;
mod compare;
mod containers;
pub(super) mod daily_limit;
mod evidence;
mod pairs;
pub(super) mod ranges;
mod rejected;
mod same;
pub(super) mod schedule;
mod second_look;
mod side_by_side;
mod subjects;
pub(super) mod supply;
mod wording;

pub use across::{HOUSE_FACTS, Procedures, Statement, Statements};
pub use evidence::Sheet;
pub use pairs::measured;
pub use second_look::{Token, tokens};

use crate::document::Document;
use crate::facts::{Claim, Facts, Time};
use std::ops::Range;

/// In seconds.
const DAY: i64 = 86_400;

/// A number that is told without bounds.
fn exact(time: &Time) -> Option<i64> {
    time.interval.filter(|interval| interval.hi == Some(interval.lo)).map(|interval| interval.lo)
}

/// The claims of an article; what stands in a copy is told with its first telling.
fn own<'a>(doc: &Document, facts: &'a Facts) -> impl Iterator<Item = &'a Claim> {
    facts.claims.iter().filter(|claim| first_telling(doc, facts, claim).is_none())
}

/// Where a claim that stands in a copy is told for the first time. A copy with another time is none: it says something else.
fn first_telling(doc: &Document, facts: &Facts, claim: &Claim) -> Option<u32> {
    let original = facts.original(claim.words.start);
    let sentence = doc.words.get(original as usize).filter(|_| original != claim.words.start)?.sentence;
    of_sentences(facts, sentence..sentence + 1).any(|first| say_one_time(facts, first, claim)).then_some(original)
}

/// True for two claims that name the same time.
fn say_one_time(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let told = |claim: &Claim| facts.time(claim).map(|time| (time.kind, time.interval));
    told(a) == told(b)
}

/// The claims of some sentences; all stand in their order.
fn of_sentences(facts: &Facts, sentences: Range<u32>) -> impl Iterator<Item = &Claim> {
    let first = facts.claims.partition_point(|claim| claim.sentence < sentences.start);
    facts.claims.iter().skip(first).take_while(move |claim| claim.sentence < sentences.end)
}
