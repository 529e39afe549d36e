//! The same thing told twice, within one article or in several.

pub(super) mod across;
pub(super) mod copies;
mod differences;
mod family;
pub(super) mod headings;
mod honest;
mod labels;
mod measures;
mod region;
mod removal;
pub(super) mod retold;
mod wording;
