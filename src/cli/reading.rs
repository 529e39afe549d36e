//! From the arguments to what was found in the articles: gathered, read by the rules of their settings, suppressions obeyed.

use super::args::ReadArgs;
use super::gather::{self, Files};
use super::git::Repository;
use super::plan::{Plan, Settings};
use super::progress::Progress;
use super::{Stop, complain};
use crate::engine::{self, Disk, Outcome, Problem};
use crate::filter;
use crate::rules::{Part, locate};
use crate::source::Lines;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Articles that were read, and what was found in them.
pub(super) struct Reading {
    pub settings: Settings,
    pub plan: Plan,
    pub library: Disk,
    pub outcome: Outcome,
    /// What was not even found to be an article.
    problems: Vec<Problem>,
    /// Whether the settings left anything out.
    has_excluded: bool,
    /// What exists although the run did not read it, where that is not for the disk to say.
    staged: Option<BTreeSet<Arc<str>>>,
}

impl Reading {
    /// Reads the articles that the arguments name: from the disk, or from the index of a repository.
    pub fn of(args: &ReadArgs, here: &Path, index: Option<&Repository>) -> Result<Self, Stop> {
        let settings = Settings::new(&args.places.settings, here);
        let mut files = match index {
            Some(repository) => gather::staged(&args.places, here, &settings, repository)?,
            None => gather::articles(&args.places, here, &settings)?,
        };
        settings.stop_at_mistakes()?;
        let plan = settings.plan(std::mem::take(&mut files.articles), args)?;
        if !args.quiet {
            tell_idle_patterns(&settings, &files);
        }
        if let Some(jobs) = args.jobs {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
            pool.map_err(|e| Stop::trouble(format_args!("--jobs: {e}")))?;
        }
        let progress = Progress::new(plan.articles.len(), args.quiet);
        let mut outcome = found(&plan, &files.library, &|| progress.step());
        progress.end();
        outcome.unreadable.extend_from_slice(&files.problems);
        outcome.unreadable.sort();
        let (library, has_excluded, staged) = (files.library, files.has_excluded, files.staged);
        Ok(Self { settings, plan, library, outcome, problems: files.problems, has_excluded, staged })
    }

    /// Reads the same articles once more, as they are now.
    pub fn again(&mut self) {
        self.outcome = found(&self.plan, &self.library, &|| {});
        self.outcome.unreadable.extend_from_slice(&self.problems);
        self.outcome.unreadable.sort();
    }

    /// True where an article was read in this run, or is gone: then what was accepted in it may have moved elsewhere.
    pub fn has_read_or_lost(&self, article: &str) -> bool {
        let is_lost = || match &self.staged {
            Some(staged) => !staged.contains(article),
            None => !Path::new(article).exists(),
        };
        match self.plan.articles.binary_search_by(|known| (*known.path).cmp(article)) {
            Ok(_) => !self.outcome.unreadable.iter().any(|problem| &*problem.path == article) || is_lost(),
            Err(_) => is_lost(),
        }
    }

    /// True where nothing was read, which is then said on standard error.
    pub fn is_empty(&self) -> bool {
        let is_empty = self.outcome.files == 0;
        if is_empty {
            gather::tell_nothing(self.has_excluded);
        }
        is_empty
    }
}

/// What the rules of a plan find, suppressions obeyed.
pub(super) fn found(plan: &Plan, library: &Disk, after_each: &(dyn Fn() + Sync)) -> Outcome {
    let mut outcome = engine::run(&plan.linters, &plan.articles, library, after_each);
    filter::suppress(&mut outcome, &plan.linters);
    outcome
}

/// A pattern in the settings that matches no file is a note, where all files that it could match were looked at.
fn tell_idle_patterns(settings: &Settings, files: &Files) {
    for config in settings.configs.read() {
        if !files.folders.iter().any(|folder| config.folder.starts_with(folder)) {
            continue;
        }
        let Some(source) = &config.source else { continue };
        let lines = Lines::of(source);
        for (keys, pattern) in config.idle_patterns() {
            let line = lines.index(locate(source, &keys, Part::Value).start) + 1;
            complain(&format_args!("note: {}:{line}: the pattern “{pattern}” matches no file", source.path));
        }
    }
}
