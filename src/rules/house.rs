//! A house's own rule files: new rules, additions to built-in ones, words for the lexicon.
//!
//! A built-in rule is only touched by a file that says so with `extend` or `replace`, so that nobody shadows one by accident.
//! Whatever is wrong is told at its place, all files at once; sizes are bounded, so that strangers' rules cannot hold up a run.

use super::mistake::{Mistake, Part, read_toml};
use super::nearest::{nearest, proposed};
use super::size::size;
use super::{Rule, RuleError, RuleSet, words};
use crate::language::{Lexicon, WordsFile};
use crate::source::Source;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Phrases in all files of a house together, at most.
const MOST_PHRASES: usize = 100_000;
/// Patterns in all files of a house together, at most.
const MOST_PATTERNS: usize = 1_000;

/// Ranges of characters in all patterns together, repetitions multiplied out, at most.
const MOST_RANGES: usize = 500_000;
/// Words and phrases in all files of words together, at most.
const MOST_WORDS: usize = 200_000;

/// The file that a rule of the house comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub source: Arc<Source>,
    /// How many entries of each list come from the built-in rule.
    inherited: BTreeMap<String, usize>,
}

impl Origin {
    /// What a check says against the rule, at its place in the file; at the id where the file itself says nothing of it.
    pub fn mistake(&self, error: &RuleError) -> Mistake {
        let mut keys = error.at.clone();
        if let [list, index, ..] = keys.as_mut_slice()
            && let Some(inherited) = self.inherited.get(list.as_str())
        {
            match index.parse().ok().and_then(|index: usize| index.checked_sub(*inherited)) {
                Some(own) => *index = own.to_string(),
                None => keys = vec!["id".to_owned()],
            }
        }
        let span = super::locate(&self.source, &keys, error.part);
        let keys = if span.is_empty() { vec!["id".to_owned()] } else { keys };
        Mistake::at(&self.source, &keys, error.part, error.reason.clone())
    }

    /// Which of its own entries a list of the rule holds at `index`; `None` for one of the built-in rule.
    pub fn own_entry(&self, list: &str, index: usize) -> Option<usize> {
        index.checked_sub(self.inherited.get(list).copied().unwrap_or(0))
    }
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

impl RuleSet {
    /// Adds the files of a house; gives all mistakes in them. A file with a mistake adds nothing.
    pub fn join(&mut self, files: &[Arc<Source>]) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let (phrases, patterns, ranges, words) = (MOST_PHRASES, MOST_PATTERNS, MOST_RANGES, MOST_WORDS);
        let mut budget = Budget { phrases, patterns, ranges, words, lexicon: self.lexicon.clone() };
        for source in files {
            if let Err(mistake) = self.join_file(source, &mut budget) {
                mistakes.push(mistake);
            }
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        mistakes
    }

    fn join_file(&mut self, source: &Arc<Source>, budget: &mut Budget) -> Result<(), Mistake> {
        match read_toml::<Kind>(source)?.kind.as_deref() {
            None => self.join_rule(source, budget),
            Some("words") => self.join_words(source, budget),
            Some(other) => {
                let message =
                    format!("“{other}” is no kind of file; a list of words says “words”, a rule has no “kind”");
                Err(Mistake::at(source, &["kind"], Part::Value, message))
            }
        }
    }

    fn join_words(&mut self, source: &Arc<Source>, budget: &mut Budget) -> Result<(), Mistake> {
        let words: WordsFile = read_toml(source)?;
        let fault = words.validate().and_then(|()| words::fault(&words, &budget.lexicon).map_or(Ok(()), Err));
        fault.map_err(|fault| Mistake::at(source, &fault.at, Part::Value, fault.reason))?;
        budget.take_words(&words, source)?;
        Arc::make_mut(&mut self.lexicon).add(&words);
        Ok(())
    }

    fn join_rule(&mut self, source: &Arc<Source>, budget: &mut Budget) -> Result<(), Mistake> {
        let written: Rule = read_toml(source)?;
        let own = |part, message: String| Mistake::at(source, &["id"], part, message);
        if let Some(origin) = self.house.get(&written.id) {
            let message = format!("“{}” is already the id of the rule in {}", written.id, origin.source.path);
            return Err(own(Part::Value, message));
        }
        let known = self.rules.iter().position(|rule| rule.id == written.id);
        let (mut rule, inherited) = match (known, written.extend, written.replace) {
            (_, true, true) => {
                let message = "a rule either extends a built-in one or replaces it, not both";
                return Err(Mistake::at(source, &["replace"], Part::Key, message));
            }
            (None, true, _) | (None, _, true) => {
                let near = self.nearest_id(&written.id);
                let message = format!("no built-in rule is called “{}”{}", written.id, proposed(near.as_deref()));
                return Err(own(Part::Value, message));
            }
            (Some(_), false, false) => {
                let message = format!(
                    "“{}” is a built-in rule: say “extend = true” to add to it, “replace = true” to write it anew, \
                     or choose another id",
                    written.id
                );
                return Err(own(Part::Value, message));
            }
            (Some(index), true, _) => extended(&self.rules[index], source)?,
            _ => (written, BTreeMap::new()),
        };
        let origin = Origin { source: source.clone(), inherited };
        rule.validate().map_err(|fault| origin.mistake(&rule.fault(fault)))?;
        self.check_texts(&rule, source)?;
        self.inherit_meaning(&mut rule);
        budget.take(&rule, source)?;
        self.house.insert(rule.id.clone(), origin);
        match known {
            Some(index) => self.rules[index] = Arc::new(rule),
            None => self.rules.push(Arc::new(rule)),
        }
        Ok(())
    }

    /// What the options of a check mean, its built-in rules have said already.
    fn inherit_meaning(&self, rule: &mut Rule) {
        let alike = self.rules.iter().filter(|other| other.check == rule.check);
        for (option, meaning) in alike.flat_map(|other| &other.meaning) {
            if rule.options.contains_key(option) {
                rule.meaning.entry(option.clone()).or_insert_with(|| meaning.clone());
            }
        }
    }

    /// Wording that no rule of this check has would never be read.
    fn check_texts(&self, rule: &Rule, source: &Arc<Source>) -> Result<(), Mistake> {
        let alike = self.rules.iter().filter(|other| other.check == rule.check);
        let known: BTreeSet<&str> = alike.flat_map(|other| other.texts.keys()).map(String::as_str).collect();
        match rule.texts.keys().find(|name| !known.contains(name.as_str())) {
            Some(name) => {
                let near = proposed(nearest(name, known.iter().copied()));
                let message = format!("the check “{}” reads no text “{name}”{near}", rule.check);
                Err(Mistake::at(source, &["texts", name], Part::Key, message))
            }
            None => Ok(()),
        }
    }
}

/// What the files of a house may still hold.
struct Budget {
    phrases: usize,
    patterns: usize,
    ranges: usize,
    words: usize,
    /// The built-in words, which the house's own must fit.
    lexicon: Arc<Lexicon>,
}

impl Budget {
    fn take(&mut self, rule: &Rule, source: &Arc<Source>) -> Result<(), Mistake> {
        let spend = |left: &mut usize, count: usize, key: &str, most: usize| match left.checked_sub(count) {
            Some(rest) => {
                *left = rest;
                Ok(())
            }
            None => {
                let message = format!("the rules of a house hold at most {most} {key}s together");
                Err(Mistake::at(source, &[key], Part::Key, message))
            }
        };
        let phrases = rule.phrase.iter().map(|phrase| phrase.any.len()).sum();
        spend(&mut self.phrases, phrases, "phrase", MOST_PHRASES)?;
        spend(&mut self.patterns, rule.pattern.len(), "pattern", MOST_PATTERNS)?;
        for (number, pattern) in rule.pattern.iter().enumerate() {
            // What is no pattern, or too large by itself, is told by its check.
            let read = regex_syntax::parse(&pattern.regex);
            let size = read.map_or(0, |read| size(&read));
            let size = if size > MOST_RANGES { 0 } else { size };
            self.ranges = self.ranges.checked_sub(size).ok_or_else(|| {
                let message = "the patterns of the house are too large together; use smaller repetitions";
                Mistake::at(source, &["pattern", &number.to_string(), "regex"], Part::Value, message)
            })?;
        }
        Ok(())
    }

    fn take_words(&mut self, words: &WordsFile, source: &Arc<Source>) -> Result<(), Mistake> {
        let count = words.words.len() + words.entry.iter().map(|entry| entry.forms().count()).sum::<usize>();
        self.words = self.words.checked_sub(count).ok_or_else(|| {
            let message = format!("the files of a house hold at most {MOST_WORDS} words together");
            Mistake::at(source, &["words"], Part::Key, message)
        })?;
        Ok(())
    }
}

/// A built-in rule with what a file adds: lists are appended, tables joined, other keys win. Also how long the lists were.
fn extended(base: &Rule, source: &Arc<Source>) -> Result<(Rule, BTreeMap<String, usize>), Mistake> {
    let broken = |message: String| Mistake::at(source, &["id"], Part::Value, message);
    let own: toml::Table = read_toml(source)?;
    let mut merged = serde_json::to_value(base).map_err(|e| broken(e.to_string()))?;
    let lengths = |value: &Value| value.as_array().map(Vec::len);
    let inherited = merged.as_object().into_iter().flatten();
    let inherited = inherited.filter_map(|(key, value)| Some((key.clone(), lengths(value)?))).collect();
    if own.get("check").is_some_and(|check| check.as_str() != Some(base.check.as_str())) {
        let message = "an extension cannot change the check; say “replace = true” to write the rule anew";
        return Err(Mistake::at(source, &["check"], Part::Value, message));
    }
    let own = serde_json::to_value(own).map_err(|e| broken(e.to_string()))?;
    merge(&mut merged, own);
    let mut rule: Rule = serde_json::from_value(merged).map_err(|e| broken(e.to_string()))?;
    rule.extend = false;
    Ok((rule, inherited))
}

fn merge(base: &mut Value, own: Value) {
    match (base, own) {
        (Value::Object(base), Value::Object(own)) => {
            for (key, value) in own {
                merge(base.entry(key).or_insert_with(|| empty_like(&value)), value);
            }
        }
        (Value::Array(base), Value::Array(own)) => base.extend(own),
        (base, own) => *base = own,
    }
}

fn empty_like(value: &Value) -> Value {
    match value {
        Value::Object(_) => Value::Object(Map::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn join(files: &[&str]) -> (RuleSet, Vec<(String, String)>) {
        let mut set = RuleSet::builtin();
        let sources = files.iter().enumerate().map(|(index, text)| {
            let path = format!("house/{index}.toml");
            Arc::new(Source::new(path, Format::Plain, text.as_bytes().to_vec()).expect("text"))
        });
        let mistakes = set.join(&sources.collect::<Vec<_>>());
        let told = mistakes.into_iter().map(|m| (m.source.slice(m.span).to_owned(), m.message)).collect();
        (set, told)
    }

    #[test]
    fn extending_appends_lists_and_overwrites_the_rest() {
        let before = RuleSet::builtin();
        let old = before.get("residue/page-chrome").expect("built in");
        let (set, mistakes) = join(&["id = \"residue/page-chrome\"\nextend = true\nseverity = \"info\"\n\
            [options]\nscope = \"sentence\"\n[[phrase]]\nany = [\"subscribe to our newsletter today\"]\n"]);
        assert_eq!(mistakes, []);
        let new = set.get("residue/page-chrome").expect("still there");
        assert_eq!(new.phrase.len(), old.phrase.len() + 1);
        assert_eq!((new.severity.as_str(), new.options["scope"].as_str()), ("info", Some("sentence")));
        assert_eq!((&new.message, &new.bad, set.rules.len()), (&old.message, &old.bad, before.rules.len()));
        assert_eq!(set.house["residue/page-chrome"].own_entry("phrase", old.phrase.len()), Some(0));
    }

    #[test]
    fn words_join_their_list() {
        let (set, mistakes) = join(&["kind = \"words\"\nlist = \"title\"\nwords = [\"Schwester\"]\n"]);
        assert_eq!(mistakes, []);
        assert!(set.lexicon.list("title").has_text("schwester") && set.lexicon.list("title").has_text("Dr"));
    }

    #[test]
    fn built_in_rules_are_not_shadowed() {
        let rule = "id = \"duplicate/heading\"\nname = \"x\"\ncheck = \"phrase\"\nmessage = \"x\"\n[options]\nscope = \"block\"\n[[phrase]]\nany = [\"x\"]\n";
        let (_, mistakes) = join(&[rule]);
        assert!(mistakes[0].1.contains("is a built-in rule"), "{mistakes:?}");
        let (set, mistakes) = join(&[&format!("replace = true\n{rule}")]);
        assert_eq!((mistakes, &*set.get("duplicate/heading").expect("there").check), (vec![], "phrase"));
        let twice = rule.replace("duplicate/heading", "house/twice");
        let (_, mistakes) = join(&[&twice, &twice]);
        assert_eq!(
            mistakes,
            [("\"house/twice\"".into(), "“house/twice” is already the id of the rule in house/0.toml".into())]
        );
    }
}
