//! Reads and checks a settings file with all that it names; finds every mistake at once.

use super::file::File;
use super::folder::MOST_BYTES;
use super::patterns::Patterns;
use super::{Config, facts, folder, tune};
use crate::checks;
use crate::language::{WordsFile, keys};
use crate::rules::{Mistake, Part, RuleSet, read_toml};
use crate::source::{Format, Source, Unreadable, absolute, shown};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// So many mistakes in a file of settings are told at most: finding the place of each takes a reading of the file.
pub(super) const MOST_MISTAKES: usize = 100;

/// The list of the lexicon that a house's own wording joins.
const TERMS: &str = "term";
/// The lists that its hosts join.
const ALLOWED: &str = "allowed host";
const DENIED: &str = "denied host";

impl Config {
    /// Reads the settings file at an absolute path; messages name it relative to the working directory.
    ///
    /// # Errors
    /// All mistakes in it and in the rule folder that it names.
    pub fn load(path: &Path, here: &Path) -> Result<Self, Vec<Mistake>> {
        let source = read_source(path, &shown(path, here)).map_err(|mistake| vec![mistake])?;
        let file: File = read_toml(&source).map_err(|mistake| vec![mistake])?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let mut rules = RuleSet::builtin();
        let mut loading = Loading { source: &source, folder: &folder, here, mistakes: Vec::new() };
        loading.house(&file, &mut rules);
        let broken = loading.mistakes.clone();
        loading.mistakes.extend(tune::mistakes(&rules, &file.rule, &source, &[], &broken));
        let exclude = loading.patterns(&file.exclude, &["exclude"]);
        let mut overrides = Vec::new();
        for (index, chosen) in file.overrides.iter().enumerate() {
            if loading.has_enough() {
                break;
            }
            let number = index.to_string();
            let before = loading.mistakes.len();
            overrides.push(loading.patterns(&chosen.files, &["override", &number, "files"]));
            loading.mistakes.extend(tune::mistakes(&rules, &chosen.rule, &source, &["override", &number], &broken));
            if chosen.rule.is_empty() && loading.mistakes.len() == before {
                loading.mistakes.push(Mistake::at(
                    &source,
                    &["override", &number],
                    Part::Key,
                    "nothing is set for these files",
                ));
            }
        }
        loading.values(&file);
        loading.facts(&file, &mut rules);
        if !loading.mistakes.is_empty() {
            return Err(loading.mistakes);
        }
        tune::apply(&mut rules, &file.rule);
        for (list, words) in [(TERMS, &file.terms), (ALLOWED, &file.links.allow), (DENIED, &file.links.deny)] {
            let (list, words) = (list.to_owned(), words.clone());
            let list = WordsFile { kind: "words".into(), list, about: String::new(), words, entry: Vec::new() };
            Arc::make_mut(&mut rules.lexicon).add(&list);
        }
        Ok(Self { source: Some(source), folder, file, rules, exclude, overrides })
    }
}

/// The text of a settings file, or of what stands for one: `--config` may name a pipe. Never more is read than such a file may hold.
fn read_source(path: &Path, name: &str) -> Result<Arc<Source>, Mistake> {
    let io = |e: io::Error| Unreadable::from_io(Some(&e));
    let read = || -> Result<Source, Unreadable> {
        let mut bytes = Vec::new();
        std::fs::File::open(path).map_err(io)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        match bytes.len() as u64 > MOST_BYTES {
            true => Err(Unreadable::Io(format!("larger than {} MiB", MOST_BYTES >> 20))),
            false => Source::new(name, Format::Plain, bytes),
        }
    };
    read().map(Arc::new).map_err(|reason| unreadable(name, &reason))
}

/// The text of a file that settings name. A pipe or a device could keep the run waiting for ever.
pub(super) fn read_named(path: &Path, name: &str) -> Result<Arc<Source>, Mistake> {
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            Err(unreadable(name, &Unreadable::Io("it is a pipe or a device, no file".into())))
        }
        _ => read_source(path, name),
    }
}

/// What is told of a file that cannot be read: nothing of it can be shown, so its first line stands for all of it.
fn unreadable(name: &str, reason: &Unreadable) -> Mistake {
    let source = Source { path: name.into(), format: Format::Plain, text: String::new() };
    Mistake::at(&Arc::new(source), &[""; 0], Part::Key, format!("cannot be read: {reason}"))
}

struct Loading<'a> {
    source: &'a Arc<Source>,
    folder: &'a Path,
    here: &'a Path,
    mistakes: Vec<Mistake>,
}

impl Loading<'_> {
    fn tell(&mut self, keys: &[&str], message: impl Into<String>) {
        if !self.has_enough() {
            self.mistakes.push(Mistake::at(self.source, keys, Part::Value, message));
        }
    }

    fn has_enough(&self) -> bool {
        self.mistakes.len() >= MOST_MISTAKES
    }

    /// Joins the house's own rule files.
    fn house(&mut self, file: &File, rules: &mut RuleSet) {
        let Some(place) = &file.rules else { return };
        if place.trim().is_empty() {
            return self.tell(&["rules"], "no folder is named");
        }
        let path = absolute(Path::new(place), self.folder);
        if !path.is_dir() {
            let what = if path.exists() { "is no folder" } else { "does not exist" };
            return self.tell(&["rules"], format!("the rule folder “{place}” {what}"));
        }
        match folder::files(&path, Path::new(&shown(&path, self.here))) {
            Err(reason) => self.tell(&["rules"], reason),
            Ok((sources, unreadable)) if sources.is_empty() && unreadable.is_empty() => {
                self.tell(&["rules"], format!("the rule folder “{place}” holds no file of rules (.toml)"));
            }
            Ok((sources, unreadable)) => {
                self.mistakes.extend(unreadable);
                self.mistakes.extend(join(rules, &sources));
            }
        }
    }

    fn patterns(&mut self, texts: &[String], keys: &[&str]) -> Patterns {
        if texts.is_empty() && keys.len() > 1 {
            self.tell(keys, "no file is named, so these settings never hold");
        }
        Patterns::new(texts).unwrap_or_else(|(index, reason)| {
            let index = index.to_string();
            let keys: Vec<&str> = keys.iter().copied().chain([index.as_str()]).collect();
            self.tell(&keys, reason);
            Patterns::default()
        })
    }

    /// Checks what only later checks read.
    fn values(&mut self, file: &File) {
        for (index, term) in file.terms.iter().enumerate().filter(|(_, term)| keys(term).is_empty()) {
            self.tell(&["terms", &index.to_string()], format!("“{term}” holds no word"));
        }
        if file.article.as_ref().is_some_and(|article| keys(article).is_empty()) {
            self.tell(&["article"], "no procedure is named");
        }
        for (list, hosts) in [("allow", &file.links.allow), ("deny", &file.links.deny)] {
            for (index, host) in hosts.iter().enumerate() {
                if let Some(message) = no_host(host) {
                    self.tell(&["links", list, &index.to_string()], message);
                }
            }
        }
        let is_allowed = |host: &String| file.links.allow.iter().any(|other| other.eq_ignore_ascii_case(host));
        if let Some(index) = file.links.deny.iter().position(is_allowed) {
            let message = format!("“{}” is allowed and denied", file.links.deny[index]);
            self.tell(&["links", "deny", &index.to_string()], message);
        }
        for (number, mirror) in file.mirror.iter().enumerate() {
            let number = number.to_string();
            if mirror.folders.len() < 2 {
                self.tell(&["mirror", &number, "folders"], "a mirror needs two folders or more");
            }
            for (index, folder) in mirror.folders.iter().enumerate() {
                let path = self.folder.join(folder);
                let message = match (path.is_dir(), path.exists()) {
                    _ if folder.trim().is_empty() => "no folder is named".to_owned(),
                    (true, _) if mirror.folders[..index].contains(folder) => format!("“{folder}” stands twice"),
                    (true, _) => continue,
                    (false, true) => format!("“{folder}” is no folder"),
                    (false, false) => format!("the folder “{folder}” does not exist"),
                };
                self.tell(&["mirror", &number, "folders", &index.to_string()], message);
            }
        }
    }

    /// Reads the facts of the house and joins them to the lexicon.
    fn facts(&mut self, file: &File, rules: &mut RuleSet) {
        let Some(facts) = &file.facts else { return };
        let path = absolute(Path::new(&facts.file), self.folder);
        let message = match path.exists() {
            _ if facts.file.trim().is_empty() => "no file is named".to_owned(),
            true if path.is_file() => String::new(),
            true => format!("“{}” is no file", facts.file),
            false => format!("the file “{}” does not exist", facts.file),
        };
        if !message.is_empty() {
            return self.tell(&["facts", "file"], message);
        }
        match facts::read(&path, &shown(&path, self.here), &rules.lexicon) {
            Ok(list) => Arc::make_mut(&mut rules.lexicon).add(&list),
            Err(mistakes) => self.mistakes.extend(mistakes),
        }
    }
}

/// Joins rule files and makes sure that every rule of the house works.
pub(super) fn join(rules: &mut RuleSet, sources: &[Arc<Source>]) -> Vec<Mistake> {
    let mut mistakes = rules.join(sources);
    for (id, origin) in &rules.house {
        let verified = rules.get(id).map(|rule| checks::verify(rule, &rules.lexicon));
        mistakes.extend(verified.ok().and_then(Result::err).map(|error| origin.mistake(&error)));
    }
    mistakes
}

/// Why a text is no host; `None` for one that is.
fn no_host(text: &str) -> Option<String> {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let bare = bare.trim_start_matches("*.").trim();
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    match bare.split('.').all(is_name) && bare.contains('.') {
        true if bare == text => None,
        true => Some(format!("“{text}” is more than a host; write “{bare}” (its subdomains are included)")),
        false => Some(format!("“{text}” is no host; one is written like “hospital.example”")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(no_host("ourhospital.example"), None);
        assert_eq!(no_host("www.our-hospital.co.uk"), None);
        for (text, right) in
            [("https://a.example/x", "a.example"), ("*.a.example", "a.example"), ("a.example/", "a.example")]
        {
            assert!(no_host(text).is_some_and(|m| m.contains(&format!("write “{right}”"))), "{text}");
        }
        for text in ["", "a b.example", "example", "a..b"] {
            assert!(no_host(text).is_some_and(|m| m.contains("is no host")), "{text}");
        }
    }
}
