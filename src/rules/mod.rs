//! Rules: a rule file as read, and the set of rules in force.

mod set;
mod spec;
mod template;

pub use set::{RuleSet, UnknownRule};
pub use spec::{Example, Pattern, Phrase, Rule};
pub use template::Template;

use crate::diagnostic::Severity;
use std::fmt;
use std::sync::Arc;

/// A rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The rule.
    pub rule: Arc<str>,
    /// The key at fault and what is wrong with it.
    pub reason: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: {}", self.rule, self.reason)
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// The options as the check wants them.
    ///
    /// # Errors
    /// An unknown or missing option, or a value of the wrong kind.
    pub fn options<T: serde::de::DeserializeOwned>(&self) -> Result<T, RuleError> {
        serde_json::from_value(self.options.clone().into()).map_err(|e| self.error(format!("options: {e}")))
    }

    /// The message, for a check that fills these placeholders.
    ///
    /// # Errors
    /// A placeholder that the check does not fill.
    pub fn message(&self, placeholders: &[&str]) -> Result<Template, RuleError> {
        Template::new(&self.message, placeholders).map_err(|e| self.error(format!("message: {e}")))
    }

    /// A wording from `[texts]`, for a check that fills these placeholders.
    ///
    /// # Errors
    /// The text is missing, or holds a placeholder that the check does not fill.
    pub fn text(&self, name: &str, placeholders: &[&str]) -> Result<Template, RuleError> {
        let text = self.texts.get(name).ok_or_else(|| self.error(format!("texts: “{name}” is missing")))?;
        Template::new(text, placeholders).map_err(|e| self.error(format!("texts: {name}: {e}")))
    }

    /// An error about this rule.
    pub fn error(&self, reason: impl Into<String>) -> RuleError {
        RuleError { rule: self.id.clone(), reason: reason.into() }
    }
}
