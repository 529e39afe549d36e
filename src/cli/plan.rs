//! Which articles are read by which rules: the arguments and the settings of every article brought together, before any is read.

use super::Stop;
use super::args::SettingsArgs;
use crate::config::{Config, Configs, FailOn};
use crate::engine::{Article, Linter};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The settings of a run.
pub(super) struct Settings {
    /// The settings files.
    pub configs: Arc<Configs>,
}

/// Linters and the articles that they read.
pub(super) struct Plan {
    pub linters: Vec<Linter>,
    pub articles: Vec<Article>,
}

impl Settings {
    /// Settings as the arguments say.
    pub fn new(args: &SettingsArgs, here: &Path) -> Self {
        Self { configs: Arc::new(Configs::new(&args.choice(), here)) }
    }

    /// Stops where any settings file read so far holds a mistake.
    pub fn stop_at_mistakes(&self) -> Result<(), Stop> {
        match self.configs.mistakes() {
            mistakes if mistakes.is_empty() => Ok(()),
            mistakes => Err(Stop::Mistakes(mistakes)),
        }
    }

    /// The settings for new rules and answers: those of the working directory, free of mistakes.
    pub fn of_folder(&self, folder: &Path) -> Result<Arc<Config>, Stop> {
        let config = self.configs.of_folder(folder);
        self.stop_at_mistakes()?;
        Ok(config)
    }

    /// Gives every article its rules.
    pub fn plan(&self, articles: Vec<Arc<str>>, select: &[String], ignore: &[String]) -> Result<Plan, Stop> {
        let mut plan = Plan { linters: Vec::new(), articles: Vec::new() };
        let mut by_settings: BTreeMap<(*const Config, Vec<usize>), usize> = BTreeMap::new();
        for path in articles {
            let config = self.configs.of(Path::new(&*path));
            let overrides = config.overrides_for(&self.configs.absolute(Path::new(&*path)));
            let key = (Arc::as_ptr(&config), overrides);
            let linter = match by_settings.get(&key) {
                Some(known) => *known,
                None => {
                    let rules = config.rules(&key.1).narrowed(select, ignore);
                    plan.linters.push(Linter::new(&rules).map_err(Stop::trouble)?);
                    by_settings.insert(key, plan.linters.len() - 1);
                    plan.linters.len() - 1
                }
            };
            plan.articles.push(Article { path, linter });
        }
        self.stop_at_mistakes()?;
        Self::stop_at_unknown(&plan, select, ignore)?;
        Ok(plan)
    }

    /// A name on the command line must mean something to one of the linters.
    fn stop_at_unknown(plan: &Plan, select: &[String], ignore: &[String]) -> Result<(), Stop> {
        let builtin;
        let sets: Vec<_> = match plan.linters.as_slice() {
            [] => {
                builtin = crate::rules::RuleSet::builtin();
                vec![&builtin]
            }
            linters => linters.iter().map(|linter| &linter.rules).collect(),
        };
        let unknown = select.iter().chain(ignore).find(|name| !sets.iter().any(|rules| rules.knows(name)));
        unknown.map_or(Ok(()), |name| Err(Stop::trouble(sets[0].unknown(name))))
    }

    /// The lowest severity that fails the run for an article.
    pub fn fail_on(&self, article: &str) -> FailOn {
        self.configs.of(Path::new(article)).fail_on()
    }
}
