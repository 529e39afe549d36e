//! Advice that cannot all be followed.

pub(super) mod claims;
mod compare;
mod same;
mod wording;
