//! A file of words as read. The build script reads `rules/lexicon` with this same type.
//!
//! Most lists are plain words. In some a word stands for something: `[[entry]]` tables say for what.

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
    #[serde(default)]
    pub words: Vec<String>,
    /// Words or phrases that stand for something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entry: Vec<Entry>,
}

/// Words or phrases that stand for the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Entry {
    /// The words or phrases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// Those that speak of more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub many: Vec<String>,
    /// The number that they stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    /// Instead of `value`, the least that they may stand for, together with `most`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The most that they may stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// What the number counts, or the part that the words have in an expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// What is wrong with a file of words, and which key of it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsFault {
    /// The way to the key, from the top of the file; list entries by their number from 0.
    pub at: Vec<String>,
    /// What is wrong there.
    pub reason: String,
}

impl WordsFile {
    /// A list of entries, each of these words.
    pub fn of_entries(list: &str, entries: Vec<Vec<String>>) -> Self {
        let entry = entries.into_iter().map(|any| Entry { any, ..Entry::default() }).collect();
        Self { kind: "words".into(), list: list.into(), about: String::new(), words: Vec::new(), entry }
    }
}

impl Entry {
    /// All its words and phrases.
    pub fn forms(&self) -> impl Iterator<Item = &String> {
        self.any.iter().chain(&self.many)
    }

    /// The least and the most that it stands for; `None` where it has no number.
    pub fn range(&self) -> Option<(i64, i64)> {
        self.value.map(|value| (value, value)).or(self.least.zip(self.most))
    }

    fn fault(&self) -> Option<(&'static str, String)> {
        let least_and_most = "“least” and “most” stand together, the smaller one first, and without “value”";
        match (self.value, self.least, self.most) {
            _ if self.forms().next().is_none() => Some(("any", "no word stands under “any” or “many”".to_owned())),
            (Some(value), None, None) if value < 0 => Some(("value", "a number of 0 or more is expected".to_owned())),
            (_, None, None) => None,
            (None, Some(least), Some(most)) if (0..=most).contains(&least) => None,
            (_, Some(_), _) => Some(("least", least_and_most.to_owned())),
            _ => Some(("most", least_and_most.to_owned())),
        }
    }
}

impl WordsFile {
    /// What is wrong with the file as such, if anything.
    ///
    /// # Errors
    /// The first key at fault.
    pub fn validate(&self) -> Result<(), WordsFault> {
        let fault = self.entry.iter().enumerate().find_map(|(index, entry)| Some((index, entry.fault()?)));
        match fault {
            Some((index, (key, reason))) => {
                Err(WordsFault { at: vec!["entry".to_owned(), index.to_string(), key.to_owned()], reason })
            }
            None => Ok(()),
        }
    }
}
