//! Which articles are read by which rules: the arguments and the settings of every article brought together, before any is read.

use super::Stop;
use super::args::{ReadArgs, SettingsArgs};
use crate::checks::{Tree, compares_articles};
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

/// The sets of trees that hold the same articles on purpose, numbered through all settings files.
#[derive(Default)]
struct Mirrors(BTreeMap<*const Config, u32>);

impl Mirrors {
    /// The tree that an article lies in, by its absolute path.
    fn tree(&mut self, config: &Arc<Config>, article: &Path) -> Option<Tree> {
        let (mirror, folder) = config.tree_of(article)?;
        let next = self.0.values().map(|first| first + 1).max().unwrap_or(0);
        // Settings files name few mirrors, and a set is in one file only.
        let first = *self.0.entry(Arc::as_ptr(config)).or_insert(next);
        Some(Tree { mirror: (first << 16) + mirror, folder })
    }
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

    /// Gives every article its rules, as the arguments narrow them.
    pub fn plan(&self, articles: Vec<Arc<str>>, args: &ReadArgs) -> Result<Plan, Stop> {
        let (select, ignore) = (&args.select, &args.ignore);
        let mut mirrors = Mirrors::default();
        let mut plan = Plan { linters: Vec::new(), articles: Vec::new() };
        let mut by_settings: BTreeMap<(*const Config, Vec<usize>), usize> = BTreeMap::new();
        for path in articles {
            let config = self.configs.of(Path::new(&*path));
            let absolute = self.configs.absolute(Path::new(&*path));
            let overrides = config.overrides_for(&absolute);
            let tree = mirrors.tree(&config, &absolute);
            let key = (Arc::as_ptr(&config), overrides);
            let linter = match by_settings.get(&key) {
                Some(known) => *known,
                None => {
                    let mut rules = config.rules(&key.1).narrowed(select, ignore);
                    if args.isolated {
                        rules.leave_out(compares_articles);
                    }
                    plan.linters.push(Linter::new(&rules).map_err(Stop::trouble)?);
                    by_settings.insert(key, plan.linters.len() - 1);
                    plan.linters.len() - 1
                }
            };
            plan.articles.push(Article { path, linter, tree });
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
