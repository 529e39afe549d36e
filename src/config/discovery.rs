//! Which settings file counts for a path: the nearest one upwards, each read once.

use super::{Config, load};
use crate::rules::{Mistake, RuleSet};
use crate::source::{absolute, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a settings file is called.
pub const FILE_NAME: &str = "medlint.toml";

/// Where settings come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The nearest file upwards from each path.
    Nearest,
    /// This file for all.
    File(PathBuf),
    /// No file at all.
    None,
}

/// Finds the settings of paths and keeps what was read, mistakes included.
#[derive(Debug)]
pub struct Configs {
    here: PathBuf,
    is_nearest: bool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Where no file is.
    default: Arc<Config>,
    /// By the folder that articles lie in; empty where one file holds for all.
    by_folder: BTreeMap<PathBuf, Arc<Config>>,
    /// Every file that was read.
    read: Vec<Arc<Config>>,
    mistakes: Vec<Mistake>,
}

impl Configs {
    /// For paths relative to `here`, the working directory.
    pub fn new(choice: &Choice, here: &Path) -> Self {
        let default = Arc::new(Config::builtin());
        let mut state = State { default, by_folder: BTreeMap::new(), read: Vec::new(), mistakes: Vec::new() };
        if let Choice::File(path) = choice {
            state.default = state.load(&absolute(path, here), here);
        }
        Self { here: here.to_owned(), is_nearest: *choice == Choice::Nearest, state: Mutex::new(state) }
    }

    /// An absolute path without `.` and `..`.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        absolute(path, &self.here)
    }

    /// The settings for an article, whose path may be relative. Those of a file with mistakes are the built-in ones; see
    /// [`mistakes`](Self::mistakes).
    pub fn of(&self, article: &Path) -> Arc<Config> {
        let path = absolute(article, &self.here);
        self.of_folder(path.parent().unwrap_or(&path))
    }

    /// The settings for articles that lie directly in a folder.
    pub fn of_folder(&self, folder: &Path) -> Arc<Config> {
        let mut state = self.state();
        if !self.is_nearest {
            return state.default.clone();
        }
        state.nearest(&absolute(folder, &self.here), &self.here)
    }

    /// True where the settings around a file or folder leave it alone.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        let path = absolute(path, &self.here);
        path.parent().is_some_and(|parent| self.of_folder(parent).excludes(&path, is_folder))
    }

    /// All mistakes in the files read so far, by file and place.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = self.state().mistakes.clone();
        mistakes.sort_by(|a, b| (&a.source.path, a.span).cmp(&(&b.source.path, b.span)));
        mistakes
    }

    /// All files read so far, without mistakes.
    pub fn read(&self) -> Vec<Arc<Config>> {
        self.state().read.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn nearest(&mut self, folder: &Path, here: &Path) -> Arc<Config> {
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let file = folder.join(FILE_NAME);
        let config = match (file.is_file(), folder.parent()) {
            (true, _) => self.load(&file, here),
            (false, Some(parent)) => self.nearest(parent, here),
            (false, None) => self.default.clone(),
        };
        self.by_folder.insert(folder.to_owned(), config.clone());
        config
    }

    fn load(&mut self, file: &Path, here: &Path) -> Arc<Config> {
        match Config::load(file, here) {
            Ok(config) => {
                let config = Arc::new(config);
                self.read.push(config.clone());
                config
            }
            Err(mistakes) => {
                self.mistakes.extend(mistakes);
                self.default.clone()
            }
        }
    }
}

/// The built-in rules with the rule files of a folder that no settings name.
///
/// # Errors
/// All mistakes in the files, or why the folder cannot be listed.
pub fn rules_of_folder(folder: &Path, here: &Path) -> Result<RuleSet, (Vec<Mistake>, Option<String>)> {
    let name = PathBuf::from(shown(folder, here));
    let (sources, mut mistakes) = super::folder::files(folder, &name).map_err(|e| (Vec::new(), Some(e)))?;
    let mut rules = RuleSet::builtin();
    mistakes.extend(load::join(&mut rules, &sources));
    if mistakes.is_empty() { Ok(rules) } else { Err((mistakes, None)) }
}
