//! What a rule measured, in integers and places.

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

/// A statement about time as it was read: normalised, in whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statement {
    /// Its place in the article as stored.
    pub span: Span,
    /// Its clause as it stands there, blanks made single.
    pub text: String,
    /// What kind of advice it is, by its name in reports: `forbid`, `permit`, `require`, `value`.
    pub kind: &'static str,
    /// What the time is the time of, by its name in reports: `start`, `end`, `rate` …
    pub slot: &'static str,
    /// What it is about: topics of the lexicon, or words of the article.
    pub topics: Vec<String>,
    /// How strenuous, 1 to 3; 0 where nothing is said.
    pub intensity: u16,
    /// The event that it counts from; empty where none is named.
    pub event: String,
    /// Whether it lies before its event.
    pub is_before: bool,
    /// From when on it holds, in seconds; `None` for doses, counts and moments.
    pub from: Option<i64>,
    /// Until when it may hold, in seconds; `None` for an open end.
    pub to: Option<i64>,
    /// Until when it surely holds, in seconds.
    pub certain_to: Option<i64>,
    /// How the writer stands to it, by its name in reports.
    pub modality: &'static str,
    /// What it is confined to, as it stands there.
    pub conditions: Vec<String>,
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
