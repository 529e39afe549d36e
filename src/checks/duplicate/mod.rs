//! The same thing told twice within one article.

pub(super) mod copies;
pub(super) mod headings;
