//! Advice that cannot all be followed, in one article or in several.

pub(super) mod across;
pub(super) mod claims;
mod compare;
mod evidence;
pub(super) mod ranges;
mod same;
pub(super) mod schedule;
mod second_look;
mod subjects;
mod wording;

pub use across::{HOUSE_FACTS, Procedures, Statement, Statements};
pub use claims::measured;
pub use evidence::Sheet;
pub use second_look::{Token, tokens};

use crate::facts::{Claim, Facts};

/// The claims of an article; what stands in a copy is told with its first telling.
fn own(facts: &Facts) -> impl Iterator<Item = &Claim> {
    facts.claims.iter().filter(|claim| first_telling(facts, claim).is_none())
}

/// Where the words of a claim stand for the first time, if they stand in a copy: all of them, since a copy in which only a number differs
/// says something else.
fn first_telling(facts: &Facts, claim: &Claim) -> Option<u32> {
    let start = claim.words.start;
    let original = facts.original(start);
    let time = facts.times.get(claim.time as usize).map_or(start..start, |time| time.words.clone());
    let is_equal =
        |word: u32| i64::from(facts.original(word)) - i64::from(word) == i64::from(original) - i64::from(start);
    (original != start && claim.words.clone().chain(time).all(is_equal)).then_some(original)
}
