//! The facts of a house: a file of what it has decided about procedures, named by `[facts]` in the settings.

use super::load::{MOST_MISTAKES, read_named};
use crate::checks::{HOUSE_FACTS, Statements};
use crate::facts::claim::Slot;
use crate::language::{Lexicon, WordsFile};
use crate::rules::{Mistake, Part, read_toml};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    fact: Vec<Fact>,
}

/// What a house has decided about one matter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    /// A procedure of the lexicon.
    procedure: String,
    /// A topic of the lexicon.
    topic: String,
    /// What the range is the time of.
    slot: String,
    /// The range in words: two to three days.
    range: String,
    /// Where it comes from.
    #[serde(default)]
    source: String,
    /// When somebody looked at it last.
    #[serde(default)]
    reviewed: Option<Reviewed>,
}

/// A day, as a date of TOML or in words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Reviewed {
    Date(toml::value::Datetime),
    Words(String),
}

impl Reviewed {
    /// True for numbers that look like a date and are none.
    fn is_no_date(&self) -> bool {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
        let is_date = |words: &str| words.parse::<toml::value::Datetime>().is_ok_and(|date| date.date.is_some());
        matches!(self, Self::Words(words) if !words.is_empty() && words.chars().all(is_part) && !is_date(words))
    }
}

/// The keys of a fact whose words must mean something.
const KEYS: [&str; 4] = ["procedure", "topic", "slot", "range"];

/// Reads a facts file as a list of the lexicon.
///
/// # Errors
/// All mistakes in it.
pub(super) fn read(path: &Path, name: &str, lexicon: &Arc<Lexicon>) -> Result<WordsFile, Vec<Mistake>> {
    let source = read_named(path, name).map_err(|mistake| vec![mistake])?;
    let facts: Facts = read_toml(&source).map_err(|mistake| vec![mistake])?;
    let statements = Statements::new(lexicon);
    let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
    for (number, fact) in facts.fact.into_iter().enumerate() {
        let parts = [&fact.procedure, &fact.topic, &fact.slot, &fact.range].map(String::as_str);
        if let Err(part) = statements.fact(lexicon, parts)
            && mistakes.len() < MOST_MISTAKES
        {
            let said = parts[part];
            let slots = Slot::ALL.map(Slot::as_str).join(", ");
            let message = match part {
                0 => format!(
                    "“{said}” is no procedure that medlint knows; a file of words in your rule folder adds it to the list “procedure”"
                ),
                1 => format!(
                    "“{said}” is no topic that medlint knows; a file of words in your rule folder adds it to the list “topic”"
                ),
                2 => format!("“{said}” is none of {slots}"),
                _ => format!("“{said}” is no range of time, number, dose or age that medlint can read"),
            };
            mistakes.push(Mistake::at(&source, &["fact", &number.to_string(), KEYS[part]], Part::Value, message));
        }
        if let Some(Reviewed::Words(words)) = fact.reviewed.as_ref().filter(|day| day.is_no_date())
            && mistakes.len() < MOST_MISTAKES
        {
            let message = format!("“{words}” is no day; write it as 2026-03-14");
            mistakes.push(Mistake::at(&source, &["fact", &number.to_string(), "reviewed"], Part::Value, message));
        }
        let reviewed = fact.reviewed.map(|day| match day {
            Reviewed::Date(date) => date.to_string(),
            Reviewed::Words(words) => words,
        });
        let never = || "never".to_owned();
        let or = |text: String, none: &str| if text.is_empty() { none.to_owned() } else { text };
        let (source, reviewed) =
            (or(fact.source, "no source"), reviewed.filter(|date| !date.is_empty()).unwrap_or_else(never));
        entries.push(vec![fact.procedure, fact.topic, fact.slot, fact.range, source, reviewed]);
    }
    if mistakes.is_empty() { Ok(WordsFile::of_entries(HOUSE_FACTS, entries)) } else { Err(mistakes) }
}
