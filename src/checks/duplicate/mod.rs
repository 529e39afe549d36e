//! The same thing told twice within one article.

pub(super) mod copies;
mod family;
pub(super) mod headings;
mod honest;
mod labels;
mod measures;
mod region;
mod removal;
pub(super) mod retold;
mod wording;
