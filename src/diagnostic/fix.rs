//! Proposed changes and how far they may be trusted.

use crate::span::Span;

/// When a fix may be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// By `--fix`: what a reader learns stays the same.
    Safe,
    /// By `--unsafe-fixes` only: meaning could change.
    Unsafe,
    /// Never by itself; shown to a person.
    DisplayOnly,
}

impl Applicability {
    /// The word used in every report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::DisplayOnly => "display-only",
        }
    }
}

/// One replaced range of the article that the finding lies in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place; empty to delete.
    pub replacement: String,
}

/// A proposed change: all edits together or none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// What the change does, in a few words.
    pub title: String,
    /// When it may be applied.
    pub applicability: Applicability,
    /// The edits, in order of place, not overlapping.
    pub edits: Vec<Edit>,
}
