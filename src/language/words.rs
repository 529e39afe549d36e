//! A file of words as read. The build script reads `rules/lexicon` with this same type.

use serde::{Deserialize, Serialize};

/// One file of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WordsFile {
    /// Always `words`: tells the file from a rule.
    pub kind: String,
    /// The list that the words join.
    pub list: String,
    /// What the words are for.
    #[serde(default)]
    pub about: String,
    /// The words or phrases.
    pub words: Vec<String>,
}
