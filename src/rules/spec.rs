//! A rule file as read. The build script reads `rules/` with these same types, so nothing that it lets through can fail at
//! start.
//!
//! The file holds all words that a person reads; a check adds none of its own.

use super::Severity;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// A named use of a check, with words, severity and options.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Rule {
    /// `family/name`; the name reads well after "allow".
    pub id: Arc<str>,
    /// What it finds, in a few words.
    pub name: String,
    /// The most that a finding of it can have; `warning` where a file does not say.
    pub severity: Severity,
    /// The algorithm, an entry of [`CHECKS`](crate::checks::CHECKS).
    pub check: String,
    /// What a finding says, with `{placeholders}`.
    pub message: String,
    /// What it finds and why that matters, for an editor.
    pub explain: String,
    /// Standards, papers or policies that the rule rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Settings of the check, each with its default.
    pub options: Map<String, Value>,
    /// What each of the options means, in a few words.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meaning: BTreeMap<String, String>,
    /// Wording of labels, notes and fixes, by the names that the check uses.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, String>,
    /// Phrases, for the check `phrase`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phrase: Vec<Phrase>,
    /// Patterns, for the check `pattern`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pattern: Vec<Pattern>,
    /// Texts with the fault.
    pub bad: Vec<Example>,
    /// Texts that must stay silent.
    pub good: Vec<Example>,
    /// Earlier ids, still understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    /// In a house's own file: adds to the built-in rule of this id. Lists are appended, other keys win.
    #[serde(skip_serializing_if = "is_false")]
    pub extend: bool,
    /// In a house's own file: takes the place of the built-in rule of this id.
    #[serde(skip_serializing_if = "is_false")]
    pub replace: bool,
}

/// What is wrong with a rule, and which key of its file says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The way to the key, from the top of the file; list entries by their number from 0.
    pub at: Vec<String>,
    /// What is wrong there.
    pub reason: String,
}

/// Phrases that mean the same fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Phrase {
    /// Any of these, word by word in normal form; `*` is one word of any kind.
    pub any: Vec<String>,
}

/// A regular expression over the text of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pattern {
    /// What a finding of this pattern says, where the rule's own message does not fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// In the syntax of the `regex` crate; a word boundary is `(?-u:\b)`. The group `at`, if there is one, is what is marked.
    pub regex: String,
    /// Letters that must stand in a block, any of them, before the pattern is tried there: most blocks hold none. Small letters stand for
    /// capitals too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<String>,
    /// True where a finding of this pattern is one step less severe than the rule.
    #[serde(default, skip_serializing_if = "is_false")]
    pub likely: bool,
    /// Words at which a named group makes the match honest, in normal form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub except: BTreeMap<String, Vec<String>>,
}

/// A text that a rule is tested with, and that `medlint explain` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Example {
    /// An article, in Markdown.
    pub text: String,
    /// Other articles that are read before it, for rules that compare articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// Facts of the house that hold there: of each the procedure, topic, slot, range, source and when it was reviewed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Vec<String>>,
    /// In bad examples: where the finding begins, or a list for all findings of the rule. The last occurrence of each is meant.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "write_quotes",
        deserialize_with = "read_quotes"
    )]
    pub at: Vec<String>,
}

impl Example {
    /// Where findings begin, in bytes.
    pub fn places(&self) -> BTreeSet<usize> {
        self.at.iter().filter_map(|quote| self.text.rfind(quote.as_str())).collect()
    }
}

impl Rule {
    /// The part of the id before the slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// What is wrong with the rule as such, if anything.
    ///
    /// # Errors
    /// The first key at fault.
    pub fn validate(&self) -> Result<(), Fault> {
        let is_name = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if self.id.is_empty() {
            return Err(fault(&["id"], "the key “id” is missing: it names the rule, as in “house/our-name”".into()));
        }
        if !self.id.split_once('/').is_some_and(|(family, name)| is_name(family) && is_name(name)) {
            return Err(fault(
                &["id"],
                format!("“{}” is not written family/name in small letters, digits and hyphens", self.id),
            ));
        }
        for (key, text) in [("name", &self.name), ("check", &self.check), ("message", &self.message)] {
            if text.trim().is_empty() {
                return Err(fault(&[key], format!("the key “{key}” is missing or empty")));
            }
        }
        if let Some(name) = self.meaning.keys().find(|name| !self.options.contains_key(*name)) {
            return Err(fault(&["meaning", name], format!("there is no option “{name}” to explain")));
        }
        for (index, example) in self.bad.iter().enumerate() {
            let is_wrong = |at: &&String| at.trim().is_empty() || !example.text.contains(at.as_str());
            if let Some(at) = example.at.iter().find(is_wrong) {
                let reason = format!("“{at}” does not stand in the text of this example");
                return Err(fault(&["bad", &index.to_string(), "at"], reason));
            }
        }
        Ok(())
    }

    /// What a built-in rule lacks besides: it explains itself and its options, and shows what it finds and what it leaves alone.
    ///
    /// # Errors
    /// The first key at fault.
    pub fn validate_builtin(&self) -> Result<(), Fault> {
        self.validate()?;
        if self.explain.trim().is_empty() {
            return Err(fault(&["explain"], "says nothing".into()));
        }
        if let Some(option) = self.options.keys().find(|option| !self.meaning.contains_key(*option)) {
            return Err(fault(&["meaning"], format!("the option “{option}” is not explained")));
        }
        if self.bad.len() < 2 || self.good.len() < 2 {
            return Err(fault(&["bad"], "at least two bad and two good examples are needed".into()));
        }
        if self.bad.iter().any(|example| example.at.is_empty()) {
            return Err(fault(&["bad"], "every bad example says with `at` where the fault is".into()));
        }
        if self.extend || self.replace {
            return Err(fault(&["extend"], "only a house's own file extends or replaces".into()));
        }
        Ok(())
    }
}

/// One quote, or a list of them.
fn read_quotes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Quotes;

    impl<'de> Visitor<'de> for Quotes {
        type Value = Vec<String>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a string or a list of strings")
        }

        fn visit_str<E>(self, quote: &str) -> Result<Self::Value, E> {
            Ok(vec![quote.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, quotes: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(quotes))
        }
    }

    deserializer.deserialize_any(Quotes)
}

/// One quote as itself, several as a list.
fn write_quotes<S: Serializer>(quotes: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    match quotes {
        [quote] => quote.serialize(serializer),
        quotes => quotes.serialize(serializer),
    }
}

fn fault(at: &[&str], reason: String) -> Fault {
    Fault { at: at.iter().map(|key| (*key).to_owned()).collect(), reason }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
