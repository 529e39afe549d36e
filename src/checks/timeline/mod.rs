//! Advice that cannot all be followed.

pub(super) mod claims;
mod compare;
mod evidence;
mod same;
mod subjects;
mod wording;

pub use claims::measured;
pub use evidence::Sheet;
