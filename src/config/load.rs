//! Reads and checks a settings file with all that it names; finds every mistake at once.

use super::file::File;
use super::patterns::Patterns;
use super::{Config, folder, tune};
use crate::checks;
use crate::language::{WordsFile, keys};
use crate::rules::{Mistake, Part, RuleSet, read_toml};
use crate::source::{Format, Source, Unreadable};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The list of the lexicon that a house's own wording joins.
const TERMS: &str = "term";

impl Config {
    /// Reads the settings file at an absolute path, which messages call `name`.
    ///
    /// # Errors
    /// All mistakes in it and in the rule folder that it names.
    pub fn load(path: &Path, name: &str) -> Result<Self, Vec<Mistake>> {
        let source = read_source(path, name).map_err(|mistake| vec![mistake])?;
        let file: File = read_toml(&source).map_err(|mistake| vec![mistake])?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let mut rules = RuleSet::builtin();
        let mut loading = Loading { source: &source, folder: &folder, name, mistakes: Vec::new() };
        loading.house(&file, &mut rules);
        loading.mistakes.extend(tune::mistakes(&rules, &file.rule, &source, &[]));
        let exclude = loading.patterns(&file.exclude, &["exclude"]);
        let mut overrides = Vec::new();
        for (index, chosen) in file.overrides.iter().enumerate() {
            let number = index.to_string();
            overrides.push(loading.patterns(&chosen.files, &["override", &number, "files"]));
            loading.mistakes.extend(tune::mistakes(&rules, &chosen.rule, &source, &["override", &number]));
        }
        loading.values(&file);
        if !loading.mistakes.is_empty() {
            let mut mistakes = loading.mistakes;
            mistakes.sort_by(|a, b| (&a.source.path, a.span).cmp(&(&b.source.path, b.span)));
            return Err(mistakes);
        }
        tune::apply(&mut rules, &file.rule);
        let words = file.terms.clone();
        let list = WordsFile { kind: "words".into(), list: TERMS.into(), about: String::new(), words };
        Arc::make_mut(&mut rules.lexicon).add(&list);
        Ok(Self { source: Some(source), folder, file, rules, exclude, overrides })
    }
}

/// The text of a settings or rule file.
pub(super) fn read_source(path: &Path, name: &str) -> Result<Arc<Source>, Mistake> {
    let read = || -> Result<Source, Unreadable> {
        let size = std::fs::metadata(path).map_err(|e| Unreadable::from_io(Some(&e)))?.len();
        if size > folder::MOST_BYTES {
            return Err(Unreadable::Io(format!("larger than {} KiB", folder::MOST_BYTES >> 10)));
        }
        let bytes = std::fs::read(path).map_err(|e| Unreadable::from_io(Some(&e)))?;
        Source::new(name, Format::Plain, bytes)
    };
    read().map(Arc::new).map_err(|reason| {
        let source = Source { path: name.into(), format: Format::Plain, text: String::new() };
        Mistake::at(&Arc::new(source), &[""; 0], Part::Key, format!("cannot be read: {reason}"))
    })
}

struct Loading<'a> {
    source: &'a Arc<Source>,
    folder: &'a Path,
    name: &'a str,
    mistakes: Vec<Mistake>,
}

impl Loading<'_> {
    fn tell(&mut self, keys: &[&str], message: impl Into<String>) {
        self.mistakes.push(Mistake::at(self.source, keys, Part::Value, message));
    }

    /// Joins the house's own rule files.
    fn house(&mut self, file: &File, rules: &mut RuleSet) {
        let Some(place) = &file.rules else { return };
        let path = self.folder.join(place);
        if !path.is_dir() {
            let what = if path.exists() { "is no folder" } else { "does not exist" };
            return self.tell(&["rules"], format!("the rule folder “{place}” {what}"));
        }
        let shown = Path::new(self.name).parent().map(|p| p.join(place)).unwrap_or_default();
        match folder::files(&path, &shown) {
            Err(reason) => self.tell(&["rules"], reason),
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
        if let Some(host) = file.links.deny.iter().position(|host| file.links.allow.contains(host)) {
            self.tell(&["links", "deny", &host.to_string()], "this host is allowed and denied");
        }
        for (number, mirror) in file.mirror.iter().enumerate() {
            let number = number.to_string();
            if mirror.folders.len() < 2 {
                self.tell(&["mirror", &number, "folders"], "a mirror needs two folders or more");
            }
            for (index, folder) in mirror.folders.iter().enumerate() {
                if !self.folder.join(folder).is_dir() {
                    let keys = ["mirror", &number, "folders", &index.to_string()];
                    self.tell(&keys, format!("the folder “{folder}” does not exist"));
                }
            }
        }
        self.facts(file);
    }

    fn facts(&mut self, file: &File) {
        let Some(facts) = &file.facts else { return };
        let path: PathBuf = self.folder.join(&facts.file);
        if !path.is_file() {
            return self.tell(&["facts", "file"], format!("the file “{}” does not exist", facts.file));
        }
        let name = Path::new(self.name).with_file_name(&facts.file);
        let read = read_source(&path, &name.to_string_lossy()).and_then(|source| read_toml::<toml::Table>(&source));
        self.mistakes.extend(read.err());
    }
}

/// Joins rule files and makes sure that every rule of the house works.
pub(super) fn join(rules: &mut RuleSet, sources: &[Arc<Source>]) -> Vec<Mistake> {
    let mut mistakes = rules.join(sources);
    for (id, origin) in &rules.house {
        let verified = rules.get(id).map(checks::verify);
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
