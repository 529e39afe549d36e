//! Rules: a rule file as read, and the set of rules in force.

mod house;
mod mistake;
mod nearest;
mod set;
mod spec;
mod template;

pub use house::Origin;
pub use mistake::{Mistake, Part, locate, read_toml};
pub use nearest::{nearest, proposed};
pub use set::{RuleSet, UnknownRule};
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
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: {}: {}", self.rule, self.at.join("."), self.reason)
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// The options as the check wants them.
    ///
    /// # Errors
    /// An unknown or missing option, or a value of the wrong kind.
    pub fn options<T: serde::de::DeserializeOwned>(&self) -> Result<T, RuleError> {
        let options = serde_json::Value::from(self.options.clone());
        serde_path_to_error::deserialize(options).map_err(|error| {
            let mut at = vec!["options".to_owned()];
            at.extend(error.path().iter().filter_map(|part| match part {
                serde_path_to_error::Segment::Map { key } => Some(key.clone()),
                _ => None,
            }));
            let reason = mistake::in_our_words(&error.inner().to_string(), "");
            RuleError { rule: self.id.clone(), at, reason }
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
        let missing = || self.error(&["texts"], format!("the text “{name}” is missing"));
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
        RuleError { rule: self.id.clone(), at, reason: reason.into() }
    }

    fn fault(&self, fault: Fault) -> RuleError {
        RuleError { rule: self.id.clone(), at: fault.at, reason: fault.reason }
    }
}
