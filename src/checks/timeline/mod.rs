//! Advice that cannot all be followed, in one article or in several.

pub(super) mod across;
pub(super) mod claims;
mod compare;
mod evidence;
pub(super) mod ranges;
mod same;
pub(super) mod schedule;
mod subjects;
mod wording;

pub use across::{HOUSE_FACTS, Procedures, Statement, Statements};
pub use claims::measured;
pub use evidence::Sheet;

use crate::facts::{Claim, Facts};

/// The claims of an article; what stands in a copy is told with its first telling.
fn own(facts: &Facts) -> impl Iterator<Item = &Claim> {
    facts.claims.iter().filter(|claim| facts.original(claim.words.start) == claim.words.start)
}
