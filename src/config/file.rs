//! `medlint.toml` as written. The same types read it and describe it as JSON Schema.

use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Settings of medlint. Paths and patterns are relative to the folder of this file; patterns are written as in .gitignore.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct File {
    /// The lowest severity that makes the exit status 1; without it, warning.
    pub fail_on: Option<FailOn>,
    /// Files that are left alone.
    pub exclude: Vec<String>,
    /// Your own wording: never reported as spun or misspelt.
    pub terms: Vec<String>,
    /// A folder of your own rule files.
    pub rules: Option<String>,
    /// The procedure that advice refers to when an article does not say.
    pub article: Option<String>,
    /// Severity and options of single rules.
    pub rule: BTreeMap<String, RuleSettings>,
    /// Other severities and options for some files; where several overrides match a file, the later one wins.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
    /// Folders that hold the same articles on purpose.
    pub mirror: Vec<Mirror>,
    /// What is right in this house.
    pub facts: Option<FactsFile>,
    /// Hosts that need no judgement.
    pub links: Links,
}

/// What is set for one rule: its severity, and any option that `medlint explain` lists.
pub type RuleSettings = BTreeMap<String, Value>;

/// The lowest severity that makes the exit status 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Only errors.
    Error,
    /// Errors and warnings.
    #[default]
    Warning,
    /// Every finding.
    Info,
    /// No finding at all.
    Never,
}

impl FailOn {
    /// All values, as they are written.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Never];

    /// True where a finding of this severity fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }

    /// The word for it in settings and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }
}

/// The severity that is set for a rule, the most that its findings can have; `Off` where it is not in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ceiling {
    /// The rule is not in force.
    Off,
    /// A careful editor would want to know.
    Info,
    /// Would change it.
    Warning,
    /// Would stop the article.
    Error,
}

impl Ceiling {
    /// The severity; `None` for a rule that is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Settings for the files that its patterns match.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Patterns of files, as in .gitignore.
    pub files: Vec<String>,
    /// Severity and options of single rules.
    #[serde(default)]
    pub rule: BTreeMap<String, RuleSettings>,
}

/// Folders whose articles are not compared with each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mirror {
    /// Two folders or more.
    pub folders: Vec<String>,
}

/// The facts of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactsFile {
    /// The file: procedure, topic, slot, range, source, reviewed.
    pub file: String,
}

/// Hosts that need no judgement; subdomains are included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Links {
    /// Hosts that are never reported.
    pub allow: Vec<String>,
    /// Hosts that are always reported.
    pub deny: Vec<String>,
}
