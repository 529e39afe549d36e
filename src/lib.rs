//! medlint: a content-quality linter for health articles.
//!
//! Articles flow through it like this, and each stage is a folder of `src/`:
//!
//! ```text
//! bytes ─▶ Source ─▶ Document ─▶ Facts ─┬─▶ document checks ─▶ verdicts ─────────────┐
//!          (as stored) (as read)        └─▶ keys ─▶ groups ─▶ clusters ─▶ judgement ─┴▶ Diagnostics ─▶ filters ─▶ reports
//! ```
//!
//! The upper branch judges each article by itself, the lower one compares articles with each other: facts that share a key form a group,
//! pairs found in groups join into clusters, and only of those are texts opened again.

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
