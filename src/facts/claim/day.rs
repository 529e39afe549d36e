//! How often in a day, where its times are named: “one at breakfast and another at bedtime”.

use super::reading::Reading;
use super::senses::{Layer, Mark};
use crate::document::Document;
use crate::facts::Time;
use crate::facts::time::{Bound, Kind, Lead, Side};
use crate::language::Interval;
use std::ops::Range;

const DAY: i64 = 86_400;
/// Words between two times of a day, at most: “and another one”.
const APART: u32 = 4;
/// More of them are a plan, not one thing.
const MOST: usize = 4;
/// Meals stand for times of the day.
const MEALS: [&str; 5] = ["breakfast", "lunch", "dinner", "supper", "evening meal"];
/// What joins them.
const JOINTS: [&str; 4] = ["and", "then", "plus", "&"];
/// What may stand beside a joint: the next dose.
const OTHERS: [&str; 24] = [
    "again", "another", "one", "two", "three", "half", "a", "the", "second", "third", "last", "once", "more", "of",
    "them", "it", "also", "dose", "tablet", "tablets", "capsule", "capsules", "drop", "drops",
];

impl Reading<'_> {
    /// The times of a day that are named one behind the other, each run as how often that is.
    pub(super) fn rates_of_day(&self) -> Vec<Time> {
        let is_time = |mark: &&Mark| mark.sense.layer == Layer::Standing && self.is_time_of_day(mark);
        let marks: Vec<&Mark> = self.marks.iter().filter(is_time).collect();
        let mut rates = Vec::new();
        for run in marks.chunk_by(|a, b| self.are_joined(a, b)) {
            let is_said = run
                .windows(2)
                .all(|two| (two[0].sense.of, two[0].sense.range) != (two[1].sense.of, two[1].sense.range));
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            if is_said && (2..=MOST).contains(&run.len()) {
                rates.push(every(first.words.start..last.words.end, DAY / run.len() as i64));
            }
        }
        rates
    }

    fn is_time_of_day(&self, mark: &Mark) -> bool {
        let is_meal = || {
            let text = self.doc.slice(self.doc.words_text(mark.words.clone())).to_lowercase();
            MEALS.iter().any(|meal| text.ends_with(meal))
        };
        let of = Some(mark.sense.of);
        of == self.cues.day || of == self.cues.meal && is_meal()
    }

    fn are_joined(&self, a: &Mark, b: &Mark) -> bool {
        let between = a.words.end..b.words.start.max(a.words.end);
        between.len() as u32 <= APART && joins(self.doc, &between)
    }
}

/// True for a joint and the next dose, and nothing else: “and again”, “, one”.
fn joins(doc: &Document, between: &Range<u32>) -> bool {
    let word = |at: u32| doc.words.get(at as usize).map(|word| word.text);
    let Some((before, behind)) = between.start.checked_sub(1).and_then(word).zip(word(between.end)) else {
        return false;
    };
    let text = doc.text.get(before.end as usize..behind.start as usize).unwrap_or_default();
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let has_joint = text.contains(',') || words.clone().any(|word| JOINTS.contains(&word));
    has_joint && words.all(|word| JOINTS.contains(&word) || OTHERS.contains(&word))
}

/// Once in so many seconds.
pub(super) fn every(words: Range<u32>, spacing: i64) -> Time {
    Time {
        words,
        kind: Kind::Rate,
        bound: Bound::Every,
        interval: Some(Interval::new(spacing, spacing)),
        named: None,
        lead: Lead::None,
        side: Side::Unsaid,
        is_approximate: false,
        is_reversed: false,
    }
}
