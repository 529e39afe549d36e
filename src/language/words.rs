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

/// What parts the words of a packed list, the parts of a packed entry, the entries of a packed file.
const BETWEEN: [char; 3] = ['\u{1f}', '\u{1e}', '\t'];

/// Packed files are read at start, so they are cut at characters that no word holds, without a look at anything else.
impl WordsFile {
    /// The words and entries of the file on one line.
    pub fn packed(&self) -> String {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let entry = |entry: &Entry| {
            let [least, most] = [entry.least, entry.most].map(number);
            let of = entry.of.as_deref().unwrap_or_default();
            [&*joined(&entry.any), &joined(&entry.many), &number(entry.value), &least, &most, of].join(&between(1))
        };
        [joined(&self.words)].into_iter().chain(self.entry.iter().map(entry)).collect::<Vec<_>>().join(&between(2))
    }

    /// The words and entries of a packed line.
    pub fn unpacked(line: &str) -> (Vec<String>, Vec<Entry>) {
        let mut parts = line.split(|c| c == BETWEEN[2]);
        let words = parts.next().map(words_of).unwrap_or_default();
        let entry = |part: &str| {
            let mut parts = part.split(|c| c == BETWEEN[1]);
            let mut next = || parts.next().unwrap_or_default();
            Entry {
                any: words_of(next()),
                many: words_of(next()),
                value: number_of(next()),
                least: number_of(next()),
                most: number_of(next()),
                of: Some(next()).filter(|of| !of.is_empty()).map(str::to_owned),
            }
        };
        (words, parts.map(entry).collect())
    }
}

fn joined(words: &[String]) -> String {
    words.join(&between(0))
}

fn between(level: usize) -> String {
    BETWEEN[level].to_string()
}

fn number_of(part: &str) -> Option<i64> {
    if part.is_empty() { None } else { part.parse().ok() }
}

// Words are short: a look at every character is cheaper than a search that is set up for each.
fn words_of(part: &str) -> Vec<String> {
    if part.is_empty() { Vec::new() } else { part.split(|c| c == BETWEEN[0]).map(str::to_owned).collect() }
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
