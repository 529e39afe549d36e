//! What a rule measured, in integers and places.

use crate::facts::claim::Statement;
use crate::span::Span;
use std::sync::Arc;

/// What a rule measured, by kind of finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Data {
    /// Nothing beyond the place.
    #[default]
    None,
    /// Text that stands more than once.
    Copies {
        /// Share of words that are equal in order, in thousandths; the least similar telling counts.
        permille: u16,
        /// The whole region of every telling, the first one first.
        regions: Vec<Place>,
        /// The differences, in reading order.
        edits: Vec<Edited>,
    },
    /// What probably stood where words were swapped.
    Suggestions {
        /// The likely originals, best first.
        suggestions: Vec<String>,
        /// How much the place speaks for an article of swapped words, in hundredths of nats.
        weight: u32,
    },
    /// Statements about time that cannot all hold, in reading order, those that stand again in a copy once.
    Claims(Vec<Statement>),
    /// A link, and all that speaks against it.
    Link {
        /// The host that it leads to; empty where it leads to none.
        host: String,
        /// Where it leads, as written.
        target: String,
        /// The rules that found something, the strongest first.
        reasons: Vec<Arc<str>>,
    },
}

impl Data {
    /// The whole regions of text that stands more than once; empty for findings of other kinds.
    pub(super) fn regions(&self) -> &[Place] {
        match self {
            Self::Copies { regions, .. } => regions,
            Self::None | Self::Suggestions { .. } | Self::Claims(_) | Self::Link { .. } => &[],
        }
    }
}

/// A range of bytes in an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The article, as its source names it.
    pub path: Arc<str>,
    /// The bytes in that article.
    pub span: Span,
}

/// Words that differ between two tellings; empty where one of them has nothing there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edited {
    /// The words of the first telling.
    pub before: String,
    /// The words of the later telling.
    pub after: String,
}
