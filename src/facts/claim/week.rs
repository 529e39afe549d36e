//! How far apart, where the days are named: “the left on Monday, the right on Wednesday”, “on 3 March and again on the 17th”.

use super::day::every;
use super::reading::Reading;
use crate::document::{Document, Word};
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
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];
/// Behind the number of a day without a month may stand, in the same phrase.
const GOES_ON: [&str; 5] = ["of", "and", "then", "with", "or"];
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
    number: i64,
    of: Of,
}

/// What a day is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Week,
    Month(usize),
    /// A month that is not named with it.
    SomeMonth,
}

impl DayNames {
    pub fn new() -> Self {
        Self { weekdays: WEEKDAYS.map(key), months: MONTHS.map(key) }
    }

    /// True where a stretch of words names two days or more.
    pub fn name_days(&self, doc: &Document, words: Range<u32>) -> bool {
        let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        let names = |word: &&Word| {
            let text = doc.slice(word.text);
            self.weekdays.contains(&word.key) || self.months.contains(&word.key) && is_name(text) || is_ordinal(text)
        };
        words.iter().filter(names).nth(1).is_some()
    }

    fn days(&self, doc: &Document, words: Range<u32>) -> Vec<Day> {
        let word = |at: u32| doc.words.get(at as usize).filter(|_| words.contains(&at));
        let among = |keys: &[u64], at: u32| keys.iter().position(|key| word(at).is_some_and(|word| word.key == *key));
        let text = |at: u32| word(at).map_or("", |word| doc.slice(word.text));
        let number = |at: u32| {
            let number = text(at).trim_end_matches(|c: char| c.is_ascii_lowercase()).parse().ok();
            number.filter(|number| (1..=31).contains(number))
        };
        let mut days = Vec::new();
        let mut at = words.start;
        while at < words.end {
            let month = |at: u32| among(&self.months, at).filter(|_| is_name(text(at)));
            let of_month = |months_at: u32| Some((number(at)?, Of::Month(month(months_at)?), months_at + 1));
            let week = || Some((among(&self.weekdays, at)? as i64, Of::Week, at + 1));
            let behind = || {
                let month = month(at)?;
                Some((number(at + 1)?, Of::Month(month), at + 2))
            };
            let alone = || {
                let ends = word(at)
                    .is_some_and(|word| !doc.text.get(word.text.end as usize..).unwrap_or_default().starts_with(' '));
                let is_alone = is_ordinal(text(at)) && (ends || GOES_ON.contains(&text(at + 1)));
                Some((number(at).filter(|_| is_alone)?, Of::SomeMonth, at + 1))
            };
            let of = || of_month(at + 2).filter(|_| text(at + 1) == "of");
            let found = week().or_else(|| of_month(at + 1)).or_else(of).or_else(behind).or_else(alone);
            if let Some((number, of, _)) = found {
                days.push(Day { words: at..found.map_or(at, |(.., end)| end), number, of });
            }
            at = found.map_or(at + 1, |(.., end)| end);
        }
        days
    }
}

/// True for `May`, not for `may`.
fn is_name(month: &str) -> bool {
    month.starts_with(char::is_uppercase)
}

/// True for `3rd`, `17th`.
fn is_ordinal(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    matches!(number.len(), 1 | 2)
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && ORDINALS.contains(&text.get(number.len()..).unwrap_or_default())
}

impl Reading<'_> {
    /// The shortest time from one named day to the next, as how often something is.
    pub(super) fn spacing_of_days(&self, words: &Range<u32>) -> Option<Time> {
        let days = self.cues.days.days(self.doc, words.clone());
        let apart = days.windows(2).map(|pair| self.apart(&pair[0], &pair[1]));
        let least = apart.collect::<Option<Vec<i64>>>()?.into_iter().min()?;
        Some(every(days.first()?.words.start..days.last()?.words.end, least * DAY))
    }

    /// Days from one to the next; `None` where they are the ends of a stretch or in different months.
    fn apart(&self, a: &Day, b: &Day) -> Option<i64> {
        let between = a.words.end..b.words.start;
        let word = |at: u32| self.doc.words.get(at as usize).map_or("", |word| self.doc.slice(word.text));
        let is_range = || match between.len() {
            0 => !self.doc.slice(self.doc.words_text(a.words.start..b.words.end)).contains(','),
            1 => RANGES.contains(&word(between.start)),
            _ => false,
        };
        let is_between = || a.words.start.checked_sub(1).is_some_and(|at| word(at).eq_ignore_ascii_case(BETWEEN));
        if between.len() as u32 > APART || is_range() || is_between() {
            return None;
        }
        let apart = b.number - a.number;
        match (a.of, b.of) {
            (Of::Week, Of::Week) => Some((apart + WEEK - 1).rem_euclid(WEEK) + 1),
            (Of::Week, _) | (_, Of::Week) => None,
            (Of::Month(a), Of::Month(b)) if a != b => None,
            _ => (apart > 0).then_some(apart),
        }
    }
}
