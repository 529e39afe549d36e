//! Advice that cannot all be followed.

pub(super) mod claims;
mod compare;
mod evidence;
pub(super) mod ranges;
mod same;
mod subjects;
mod wording;

pub use claims::measured;
pub use evidence::Sheet;
