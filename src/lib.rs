//! medlint: a content-quality linter for health articles.
//!
//! One article flows through it like this, and each arrow is one folder of `src/`:
//!
//! ```text
//! bytes ─▶ Source ─▶ Document ─▶ Facts ─▶ document checks ─▶ verdicts ─▶ Diagnostics ─▶ filters ─▶ reports
//!          (as stored) (as read)
//! ```

#![forbid(unsafe_code)]

pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod facts;
pub mod filter;
pub mod language;
pub mod report;
pub mod rules;
pub mod source;
pub mod span;
