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
/// Hours as they are written out.
const HOURS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// What joins them.
const JOINTS: [&str; 4] = ["and", "then", "plus", "&"];
/// What may stand beside a joint: the next dose.
const OTHERS: [&str; 24] = [
    "again", "another", "one", "two", "three", "half", "a", "the", "second", "third", "last", "once", "more", "of",
    "them", "it", "also", "dose", "tablet", "tablets", "capsule", "capsules", "drop", "drops",
];

/// With one of these before it, one more word may stand beside a joint: “, another mug”.
const COUNTS: [&str; 6] = ["a", "an", "another", "one", "two", "three"];

/// A time of the day, by what names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TimeOfDay {
    words: Range<u32>,
    named: Named,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// “At breakfast”.
    Standing(u16, (u16, u16)),
    /// “At eleven”.
    Hour(usize),
}

impl Reading<'_> {
    /// The times of a day that a sentence names one behind the other, each run as how often that is.
    pub(super) fn rates_of_day(&self, words: Range<u32>) -> Vec<Time> {
        let is_time = |mark: &&Mark| mark.sense.layer == Layer::Standing && self.is_time_of_day(mark);
        let standing = self.marks.iter().filter(is_time).map(|mark| TimeOfDay {
            words: mark.words.clone(),
            named: Named::Standing(mark.sense.of, mark.sense.range),
        });
        let mut named: Vec<TimeOfDay> = standing.collect();
        if named.is_empty() {
            return Vec::new();
        }
        named.extend(words.filter_map(|at| self.hour(at)));
        named.sort_by_key(|time| time.words.start);
        named.dedup_by(|next, before| next.words.start < before.words.end);
        let mut rates = Vec::new();
        for run in named.chunk_by(|a, b| self.are_joined(a, b)) {
            let is_said = run.windows(2).all(|two| two[0].named != two[1].named);
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

    /// “At eleven”, where eleven is no number of anything.
    fn hour(&self, at: u32) -> Option<TimeOfDay> {
        let word = |at: u32| self.doc.words.get(at as usize).map(|word| self.doc.slice(word.text));
        let hour = HOURS.iter().position(|hour| word(at + 1).is_some_and(|word| word == *hour))?;
        let words = at..at + 2;
        let is_counted =
            self.context.times_in(&words).any(|time| self.times.get(time).is_some_and(|time| time.kind != Kind::Clock));
        (word(at)? == "at" && !is_counted).then_some(TimeOfDay { words, named: Named::Hour(hour) })
    }

    fn are_joined(&self, a: &TimeOfDay, b: &TimeOfDay) -> bool {
        let between = a.words.end..b.words.start.max(a.words.end);
        between.len() as u32 <= APART && joins(self.doc, &between)
    }
}

/// True for a joint and the next dose, and nothing else: “and again”, “, one”, “and another mug”.
fn joins(doc: &Document, between: &Range<u32>) -> bool {
    let word = |at: u32| doc.words.get(at as usize).map(|word| word.text);
    let Some((before, behind)) = between.start.checked_sub(1).and_then(word).zip(word(between.end)) else {
        return false;
    };
    let text = doc.text.get(before.end as usize..behind.start as usize).unwrap_or_default();
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_plain = |word: &&str| JOINTS.contains(word) || OTHERS.contains(word);
    let has_joint = text.contains(',') || words.iter().any(|word| JOINTS.contains(word));
    let is_counted = matches!(words.as_slice(), [rest @ .., count, noun]
        if COUNTS.contains(count) && rest.iter().all(is_plain) && noun.bytes().all(|byte| byte.is_ascii_lowercase()));
    has_joint && (is_counted || words.iter().all(is_plain))
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
