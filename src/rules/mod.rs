//! Rules: a rule file as read, and the set of rules in force.

mod house;
mod mistake;
mod nearest;
mod set;
mod size;
mod spec;
mod template;
mod words;

pub use house::Origin;
pub use mistake::{Mistake, Part, locate, read_toml};
pub use nearest::{nearest, proposed};
pub use set::{RuleSet, UnknownRule};
pub use size::size;
pub use spec::{Example, Fault, Pattern, Phrase, Rule};
pub use template::Template;

use crate::diagnostic::Severity;
use std::fmt;
use std::sync::Arc;

/// A rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The rule.
    pub rule: Arc<str>,
    /// The way to the key at fault, from the top of its file; list entries by their number from 0.
    pub at: Vec<String>,
    /// Whether the name of that key is at fault or what is set there.
    pub part: Part,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: {}: {}", self.rule, self.at.join("."), self.reason)
    }
}

impl std::error::Error for RuleError {}

impl RuleError {
    /// The same about the name of the key.
    #[must_use]
    pub fn about_key(self) -> Self {
        Self { part: Part::Key, ..self }
    }
}

impl Rule {
    /// The options as the check wants them.
    ///
    /// # Errors
    /// An unknown or missing option, or a value of the wrong kind.
    pub fn options<T: serde::de::DeserializeOwned>(&self) -> Result<T, RuleError> {
        let options = serde_json::Value::from(self.options.clone());
        serde_path_to_error::deserialize(options).map_err(|error| {
            let message = error.inner().to_string();
            let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
            match quoted.as_slice() {
                [name] if message.starts_with("missing field") => {
                    let meaning = self.meaning.get(*name).map(|meaning| format!(" ({meaning})")).unwrap_or_default();
                    self.error(&["options"], format!("the option “{name}” is missing: add it under [options]{meaning}"))
                }
                [name, known @ ..] if message.starts_with("unknown field") => {
                    let near = proposed(nearest(name, known.iter().copied()));
                    let reason = format!("the check “{}” has no option “{name}”{near}", self.check);
                    self.error(&["options", name], reason).about_key()
                }
                _ => {
                    let keys = error.path().iter().filter_map(|part| match part {
                        serde_path_to_error::Segment::Map { key } => Some(key.as_str()),
                        _ => None,
                    });
                    let at: Vec<&str> = ["options"].into_iter().chain(keys).collect();
                    self.error(&at, mistake::in_our_words(&message, ""))
                }
            }
        })
    }

    /// The message, for a check that fills these placeholders.
    ///
    /// # Errors
    /// A placeholder that the check does not fill.
    pub fn message(&self, placeholders: &[&str]) -> Result<Template, RuleError> {
        self.template(&self.message, placeholders, &["message"])
    }

    /// A wording from `[texts]`, for a check that fills these placeholders.
    ///
    /// # Errors
    /// The text is missing, or holds a placeholder that the check does not fill.
    pub fn text(&self, name: &str, placeholders: &[&str]) -> Result<Template, RuleError> {
        let missing =
            || self.error(&["texts"], format!("the check “{}” needs a text “{name}” under [texts]", self.check));
        self.template(self.texts.get(name).ok_or_else(missing)?, placeholders, &["texts", name])
    }

    /// Any wording of the rule's file, for a check that fills these placeholders.
    ///
    /// # Errors
    /// A placeholder that the check does not fill.
    pub fn template(&self, text: &str, placeholders: &[&str], at: &[&str]) -> Result<Template, RuleError> {
        Template::new(text, placeholders).map_err(|reason| self.error(at, reason))
    }

    /// An error about a key of this rule.
    pub fn error(&self, at: &[&str], reason: impl Into<String>) -> RuleError {
        let at = at.iter().map(|key| (*key).to_owned()).collect();
        RuleError { rule: self.id.clone(), at, part: Part::Value, reason: reason.into() }
    }

    fn fault(&self, fault: Fault) -> RuleError {
        RuleError { rule: self.id.clone(), at: fault.at, part: Part::Value, reason: fault.reason }
    }
}
