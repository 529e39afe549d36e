//! `medlint.toml` and the settings in force for a path.
//!
//! The nearest file upwards from an article counts, alone. It is read and checked whole, with the rule folder that it names,
//! before any article is read: what comes out of here can be used, or is a list of [`Mistake`](crate::rules::Mistake)s, each at
//! its place.

mod discovery;
mod facts;
mod file;
mod folder;
mod load;
mod patterns;
mod schema;
mod tune;

pub use discovery::{Choice, Configs, FILE_NAME, rules_of_folder};
pub use file::{Ceiling, FactsFile, FailOn, File, Links, Mirror, Override, RuleSettings};
pub use schema::schema;

use crate::rules::RuleSet;
use crate::source::{Source, absolute};
use ignore::WalkBuilder;
use patterns::Patterns;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Settings that hold for a folder.
#[derive(Debug)]
pub struct Config {
    /// The file; `None` where there is none.
    pub source: Option<Arc<Source>>,
    /// What paths and patterns are relative to; absolute.
    pub folder: PathBuf,
    /// The settings as written.
    pub file: File,
    /// Built-in rules and the house's own, as set for files that no override matches.
    rules: RuleSet,
    exclude: Patterns,
    /// The patterns of each override.
    overrides: Vec<Patterns>,
}

impl Config {
    /// Built-in rules as they are.
    pub fn builtin() -> Self {
        Self {
            source: None,
            folder: PathBuf::new(),
            file: File::default(),
            rules: RuleSet::builtin(),
            exclude: Patterns::default(),
            overrides: Vec::new(),
        }
    }

    /// True where the settings leave a file or folder alone. The path is absolute.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        path.strip_prefix(&self.folder).is_ok_and(|path| self.exclude.matches(path, is_folder))
    }

    /// The numbers of the overrides that match a file, in order. The path is absolute.
    pub fn overrides_for(&self, path: &Path) -> Vec<usize> {
        let Ok(path) = path.strip_prefix(&self.folder) else { return Vec::new() };
        let all = self.overrides.iter().enumerate();
        all.filter(|(_, patterns)| patterns.matches(path, false)).map(|(index, _)| index).collect()
    }

    /// The set of mirrored folders that a file lies in, and which folder of the set, by their numbers. The path is absolute.
    pub fn tree_of(&self, path: &Path) -> Option<(u32, u32)> {
        let inside = |folder: &String| path.starts_with(absolute(Path::new(folder), &self.folder));
        let of = |(number, mirror): (u32, &Mirror)| Some((number, mirror.folders.iter().position(inside)? as u32));
        (0..).zip(&self.file.mirror).find_map(of)
    }

    /// The rules in force under these overrides.
    pub fn rules(&self, overrides: &[usize]) -> RuleSet {
        let mut rules = self.rules.clone();
        for chosen in overrides.iter().filter_map(|index| self.file.overrides.get(*index)) {
            tune::apply(&mut rules, &chosen.rule);
        }
        rules
    }

    /// The lowest severity that fails the run.
    pub fn fail_on(&self) -> FailOn {
        self.file.fail_on.unwrap_or_default()
    }

    /// The patterns that match no file in the folder, with the way to each. Files that a run leaves alone for other reasons count.
    pub fn idle_patterns(&self) -> Vec<(Vec<String>, String)> {
        let all = || [&self.exclude].into_iter().chain(&self.overrides);
        let is_done = || all().all(|patterns| patterns.idle().next().is_none());
        if !is_done() {
            let walk = WalkBuilder::new(&self.folder).standard_filters(false).build().flatten();
            for entry in walk.take_while(|_| !is_done()) {
                let is_folder = entry.file_type().is_some_and(|t| t.is_dir());
                if let Ok(path) = entry.path().strip_prefix(&self.folder) {
                    all().for_each(|patterns| patterns.mark(path, is_folder));
                }
            }
        }
        let way = |keys: &[&str], index: usize| {
            keys.iter().map(|key| (*key).to_owned()).chain([index.to_string()]).collect::<Vec<_>>()
        };
        let mut idle: Vec<_> =
            self.exclude.idle().map(|(index, text)| (way(&["exclude"], index), text.to_owned())).collect();
        for (number, patterns) in self.overrides.iter().enumerate() {
            let keys = ["override", &number.to_string(), "files"];
            idle.extend(patterns.idle().map(|(index, text)| (way(&keys, index), text.to_owned())));
        }
        idle
    }
}
