//! The three severities. The build script reads rule files with this same type.

use serde::{Deserialize, Serialize};

/// How much a finding matters to a careful editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Would want to know.
    Info,
    /// Would change it.
    #[default]
    Warning,
    /// Would stop the article.
    Error,
}

impl Severity {
    /// The word used in every report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One step lower; `Info` is the lowest.
    pub fn lower(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}
