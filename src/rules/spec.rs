//! A rule file as read. The build script reads `rules/` with these same types, so nothing that it lets through can fail at
//! start.
//!
//! The file holds all words that a person reads; a check adds none of its own.

use super::Severity;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A named use of a check, with words, severity and options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// `family/name`; the name reads well after "allow".
    pub id: Arc<str>,
    /// What it finds, in a few words.
    pub name: String,
    /// The most that a finding of it can have.
    pub severity: Severity,
    /// The algorithm, an entry of [`CHECKS`](crate::checks::CHECKS).
    pub check: String,
    /// What a finding says, with `{placeholders}`.
    pub message: String,
    /// What it finds and why that matters, for an editor.
    pub explain: String,
    /// Standards, papers or policies that the rule rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Settings of the check, each with its default.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Wording of labels, notes and fixes, by the names that the check uses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, String>,
    /// Phrases, for the check `phrase`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phrase: Vec<Phrase>,
    /// Patterns, for the check `pattern`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pattern: Vec<Pattern>,
    /// Texts with the fault.
    pub bad: Vec<Example>,
    /// Texts that must stay silent.
    pub good: Vec<Example>,
    /// Earlier ids, still understood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
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
    /// Letters that must stand in a block, any of them, before the pattern is tried there: most blocks hold none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<String>,
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
    /// In bad examples: where the finding begins; its last occurrence is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl Rule {
    /// The part of the id before the slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// What is wrong with the rule as such, if anything.
    ///
    /// # Errors
    /// A sentence that names the key at fault.
    pub fn validate(&self) -> Result<(), String> {
        let is_name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !self.id.split_once('/').is_some_and(|(family, name)| is_name(family) && is_name(name)) {
            return Err(format!("id: “{}” is not family/name in small letters and hyphens", self.id));
        }
        let spoken = [("name", &self.name), ("message", &self.message), ("explain", &self.explain)];
        for (key, text) in spoken {
            if text.trim().is_empty() {
                return Err(format!("{key}: says nothing"));
            }
        }
        if self.bad.len() < 2 || self.good.len() < 2 {
            return Err("bad, good: at least two examples of each are needed".into());
        }
        for example in &self.bad {
            let Some(at) = &example.at else {
                return Err("bad: every example says with `at` where the fault is".into());
            };
            if !example.text.contains(at.as_str()) {
                return Err(format!("bad: “{at}” does not stand in its text"));
            }
        }
        for pattern in &self.pattern {
            if pattern.regex.replace(r"(?-u:\b)", "").contains(r"\b") {
                return Err(format!(
                    r"pattern: write (?-u:\b) instead of \b in “{}” (thirty times faster)",
                    pattern.regex
                ));
            }
        }
        Ok(())
    }
}
