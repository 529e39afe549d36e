//! Sentences cut into clauses, so that a cue, its subject and its time stay together.
//!
//! A clause ends at a semicolon, a colon, a dash between blanks, and before a joint such as `but` or `although`. A joint such as `if` opens
//! a clause that is a condition, up to the next comma.

use super::senses::{Layer, Mark, Senses};
use crate::document::Document;
use std::ops::Range;

/// A clause of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub words: Range<u32>,
    /// True for what stands under `if`, `when`, `unless`.
    pub is_condition: bool,
    /// True at the beginning of a sentence and behind a semicolon, a colon, a dash.
    pub is_opening: bool,
}

/// The kinds of joints.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joints {
    pub breaks: Option<u16>,
    pub condition: Option<u16>,
    /// A clause that opens with it counts from an event of its own: “after the operation, …”.
    pub event: Option<u16>,
    /// A condition where a sentence or clause opens with it and a comma ends it: “with a sharp pain, …”.
    pub opening: Option<u16>,
    /// Opens a clause that says how, not for whom: “as long as you take it slowly”.
    pub proviso: Option<u16>,
    /// Words that set one thing against another.
    pub contrast: Option<u16>,
    pub pronoun: Option<u16>,
    pub relative: Option<u16>,
    /// A relative pronoun for people.
    pub person: Option<u16>,
    pub stage: Option<u16>,
}

impl Joints {
    /// The joints by their names in the lexicon.
    pub fn new(senses: &Senses) -> Self {
        let kind = |name| senses.kind_number(Layer::Joint, name);
        Self {
            breaks: kind("break"),
            condition: kind("condition"),
            opening: kind("opening condition"),
            event: kind("opening event"),
            proviso: kind("proviso"),
            contrast: kind("contrast"),
            pronoun: kind("pronoun"),
            relative: kind("relative"),
            person: kind("person"),
            stage: kind("stage"),
        }
    }
}

/// The clauses of a sentence, in order; they cover it.
pub(super) fn clauses(doc: &Document, words: &Range<u32>, marks: &[Mark], joints: Joints) -> Vec<Clause> {
    let joint = |at: u32, kind: Option<u16>| {
        let is_joint = |mark: &&Mark| mark.sense.layer == Layer::Joint && Some(mark.sense.of) == kind;
        kind.is_some() && marks.iter().filter(is_joint).any(|mark| mark.words.start == at)
    };
    let mut clauses = Vec::new();
    let mut start = words.start;
    let goes_on = |at: u32| (at + 1..words.end).any(|at| between(doc, at).contains(','));
    let opens_at = |at: u32| joint(at, joints.condition) || joint(at, joints.opening) && goes_on(at);
    let (mut is_condition, mut is_opening) = (opens_at(start), true);
    for at in words.start + 1..words.end {
        let gap = between(doc, at);
        let opens = joint(at, joints.condition);
        let is_parted = gap.contains([';', ':', '(', ')', '–', '—']) || gap.contains(" - ");
        let ends = is_parted
            || gap.contains(',') && (is_condition || joint(at, joints.stage))
            || joint(at, joints.breaks)
            || joint(at, joints.relative)
            || joint(at, joints.proviso)
            || opens;
        if ends && at > start {
            clauses.push(Clause { words: start..at, is_condition, is_opening });
            (start, is_condition, is_opening) = (at, opens_at(at), is_parted);
        }
    }
    clauses.push(Clause { words: start..words.end, is_condition, is_opening });
    clauses
}

/// The condition behind a clause, or before it where that opens a statement.
pub(super) fn condition(parts: &[Clause], part: &Clause) -> Option<Range<u32>> {
    let index = parts.iter().position(|other| other == part).unwrap_or(0);
    let before = index.checked_sub(1).and_then(|before| parts.get(before));
    let behind = parts.get(index + 1).filter(|next| !next.is_opening);
    let near = [Some(part), behind, before.filter(|before| before.is_opening)];
    near.into_iter().flatten().find(|near| near.is_condition).map(|near| near.words.clone())
}

/// What stands between a word and the one before it.
fn between(doc: &Document, at: u32) -> &str {
    let (Some(before), Some(word)) =
        (at.checked_sub(1).and_then(|b| doc.words.get(b as usize)), doc.words.get(at as usize))
    else {
        return "";
    };
    doc.text.get(before.text.end as usize..word.text.start as usize).unwrap_or_default()
}
