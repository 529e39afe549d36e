//! How far apart, where the days are named: “the left on Monday, the right on Wednesday”, “on 3 March and again on 17 March”.

use super::day::every;
use super::reading::Reading;
use crate::document::{Document, WordKind};
use crate::facts::Time;
use crate::language::key;
use std::ops::Range;

const DAY: i64 = 86_400;
const WEEK: i64 = 7;
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Words between two of the days, at most.
const APART: u32 = 12;
/// What makes a stretch or a choice of two days, between them
const RANGES: [&str; 7] = ["to", "till", "until", "through", "or", "by", "before"];
/// and before them.
const BETWEEN: &str = "between";

/// The names of days and months by their keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayNames {
    weekdays: [u64; 7],
    months: [u64; 12],
}

/// A day that is named.
#[derive(Clone, Debug)]
struct Day {
    words: Range<u32>,
    /// Of the week, or of a month, which is given by number.
    number: i64,
    month: Option<usize>,
}

impl DayNames {
    pub fn new() -> Self {
        Self { weekdays: WEEKDAYS.map(key), months: MONTHS.map(key) }
    }

    /// True where a stretch of words names two days or more.
    pub fn name_days(&self, doc: &Document, words: Range<u32>) -> bool {
        let keys = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        let is_name = |key: &u64| self.weekdays.contains(key) || self.months.contains(key);
        keys.iter().map(|word| word.key).filter(is_name).nth(1).is_some()
    }

    fn days(&self, doc: &Document, words: Range<u32>) -> Vec<Day> {
        let at = |keys: &[u64], at: u32| {
            let word = doc.words.get(at as usize).filter(|_| words.contains(&at))?;
            keys.iter().position(|key| *key == word.key)
        };
        let of_month = |at: Option<u32>| {
            let word = at.filter(|at| words.contains(at)).and_then(|at| doc.words.get(at as usize))?;
            let is_number = word.kind == WordKind::Number;
            doc.slice(word.text)
                .trim_end_matches(char::is_alphabetic)
                .parse()
                .ok()
                .filter(|day| is_number && (1..=31).contains(day))
        };
        let day = |here: u32| {
            if let Some(day) = at(&self.weekdays, here) {
                return Some(Day { words: here..here + 1, number: day as i64, month: None });
            }
            let month = at(&self.months, here)?;
            let before = of_month(here.checked_sub(1)).map(|day| (here - 1..here + 1, day));
            let (words, number) = before.or_else(|| Some((here..here + 2, of_month(Some(here + 1))?)))?;
            Some(Day { words, number, month: Some(month) })
        };
        words.clone().filter_map(day).collect()
    }
}

impl Reading<'_> {
    /// The shortest time from one named day to the next, as how often something is.
    pub(super) fn spacing_of_days(&self, words: &Range<u32>) -> Option<Time> {
        let days = self.cues.days.days(self.doc, words.clone());
        let (first, last) = (days.first()?, days.last()?);
        let mut least = None;
        for pair in days.windows(2) {
            let apart = self.apart(&pair[0], &pair[1])?;
            least = Some(least.map_or(apart, |least: i64| least.min(apart)));
        }
        Some(every(first.words.start..last.words.end, least? * DAY))
    }

    /// Days from one to the next; `None` where they are the ends of a stretch or in different months.
    fn apart(&self, a: &Day, b: &Day) -> Option<i64> {
        let between = a.words.end..b.words.start;
        let word = |at: u32| self.doc.words.get(at as usize).map_or("", |word| self.doc.slice(word.text));
        let is_range = || match between.len() {
            0 => !self.doc.slice(self.doc.words_text(a.words.start..b.words.end)).contains(','),
            1 => RANGES.contains(&word(between.start)),
            _ => false,
        } || a.words.start.checked_sub(1).is_some_and(|before| word(before).eq_ignore_ascii_case(BETWEEN));
        if between.len() as u32 > APART || a.month != b.month || is_range() {
            return None;
        }
        match b.number - a.number {
            apart if a.month.is_none() => Some((apart + WEEK - 1).rem_euclid(WEEK) + 1),
            apart => (apart > 0).then_some(apart),
        }
    }
}
