//! `--changed` and `--staged`: what is new since a commit.

use super::Stop;
use super::args::CheckArgs;
use super::git::Repository;
use crate::engine::Article;
use crate::filter::Changed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A change, to which findings are confined.
pub(super) struct Change {
    repository: Repository,
    /// What it is the change from.
    commit: String,
    is_staged: bool,
}

impl Change {
    /// The change that the arguments speak of, and a path that stood where a revision may stand.
    pub fn of(args: &CheckArgs, here: &Path) -> Result<Option<(Self, Option<PathBuf>)>, Stop> {
        if (args.staged || args.changed.is_some()) && args.read.places.paths.iter().any(|path| path.as_os_str() == "-")
        {
            let option = if args.staged { "--staged" } else { "--changed" };
            return Err(Stop::trouble(format_args!("{option}: git does not know what changed on standard input")));
        }
        if args.staged {
            let repository = Repository::around(here, "--staged")?;
            let commit = repository.head()?;
            return Ok(Some((Self { repository, commit, is_staged: true }, None)));
        }
        let Some(revision) = &args.changed else { return Ok(None) };
        let repository = Repository::around(here, "--changed")?;
        let path = revision.as_ref().filter(|name| repository.commit(name).is_none()).map(PathBuf::from);
        let path = path.filter(|path| path.exists());
        let commit = match revision {
            Some(revision) if path.is_none() => repository.base(&repository.known_commit(revision)?),
            _ => repository.head()?,
        };
        Ok(Some((Self { repository, commit, is_staged: false }, path)))
    }

    /// The repository whose index is read instead of the work tree.
    pub fn index(&self) -> Option<&Repository> {
        self.is_staged.then_some(&self.repository)
    }

    /// What is new in each article. An article that git does not track is new as a whole; of one in a submodule or behind a link,
    /// another repository would have to be asked.
    pub fn of_articles(&self, articles: &[Article]) -> Result<BTreeMap<Arc<str>, Changed>, Stop> {
        self.repository.stop_at_strangers(articles.iter().map(|article| &article.path))?;
        let lines = self.repository.changed_lines(&self.commit, self.is_staged)?;
        let mut changes: BTreeMap<_, _> =
            lines.into_iter().map(|(path, lines)| (path, Changed::Lines(lines))).collect();
        let tracked = self.repository.tracked()?;
        let is_known = |path: &Path| path.to_str().is_some_and(|path| tracked.contains(path));
        let strangers = articles.iter().filter(|article| !Path::new(&*article.path).ancestors().any(is_known));
        changes.extend(strangers.map(|article| (article.path.clone(), Changed::Whole)));
        Ok(changes)
    }
}
