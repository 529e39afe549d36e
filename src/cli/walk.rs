//! From the paths a person names to the articles behind them.
//!
//! Files are taken as named; folders are searched for the formats that medlint reads, honouring `.gitignore` and the settings'
//! excludes, and leaving hidden files alone. The result is sorted and free of repeats, with paths relative to the working directory and `/`.

use super::gather::Files;
use crate::config::Configs;
use crate::engine::Problem;
use crate::source::{Format, Unreadable, absolute, shown};
use ignore::{DirEntry, WalkBuilder};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Finds the articles behind files and folders. With `force_exclude`, the settings' excludes hold for named files too.
pub(super) fn files(paths: &[PathBuf], working_directory: &Path, configs: &Arc<Configs>, force_exclude: bool) -> Files {
    let mut found = BTreeSet::new();
    let mut problems = Vec::new();
    let mut folders = Vec::new();
    let has_excluded = Arc::new(AtomicBool::new(false));
    for path in paths {
        if !path.is_dir() {
            if force_exclude && configs.excludes(path, false) {
                has_excluded.store(true, Ordering::Relaxed);
                continue;
            }
            // Whether a file that was named can be read is found out by reading it.
            match name(path, working_directory) {
                Ok(name) => drop(found.insert(name)),
                Err(problem) => problems.push(problem),
            }
            continue;
        }
        folders.push(configs.absolute(path));
        for entry in walk(path, configs, &has_excluded) {
            match entry {
                Ok(entry)
                    if entry.file_type().is_some_and(|t| t.is_file()) && Format::of_path(entry.path()).is_some() =>
                {
                    match name(entry.path(), working_directory) {
                        Ok(name) => drop(found.insert(name)),
                        Err(problem) => problems.push(problem),
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let place = path_of(&error).unwrap_or(path);
                    let reason = Unreadable::from_io(error.io_error());
                    problems.push(Problem { path: shown(place, working_directory).into(), reason });
                }
            }
        }
    }
    let has_excluded = has_excluded.load(Ordering::Relaxed);
    Files { articles: found.into_iter().collect(), problems, has_excluded, folders, ..Files::default() }
}

/// Everything in a folder that neither `.gitignore` nor the settings leave out.
fn walk(folder: &Path, configs: &Arc<Configs>, has_excluded: &Arc<AtomicBool>) -> ignore::Walk {
    let (configs, has_excluded) = (configs.clone(), has_excluded.clone());
    let is_wanted = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|t| t.is_dir());
        let is_excluded = configs.excludes(entry.path(), is_folder);
        has_excluded.fetch_or(is_excluded, Ordering::Relaxed);
        !is_excluded
    };
    WalkBuilder::new(folder).require_git(false).filter_entry(is_wanted).build()
}

/// What files and folders cover, for lists of articles that do not come from walking.
pub(super) struct Scope<'a> {
    paths: Vec<PathBuf>,
    configs: &'a Configs,
    force_exclude: bool,
}

impl<'a> Scope<'a> {
    /// The scope of paths, as [`files`] would walk them.
    pub fn new(paths: &[PathBuf], here: &Path, configs: &'a Configs, force_exclude: bool) -> Self {
        Self { paths: paths.iter().map(|path| absolute(path, here)).collect(), configs, force_exclude }
    }

    /// True where an article is named, or lies in a folder that is, and nothing leaves it out.
    pub fn holds(&self, article: &str) -> bool {
        let path = self.configs.absolute(Path::new(article));
        let is_hidden =
            |rest: &Path| rest.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
        let is_in = |scope: &PathBuf| match path.strip_prefix(scope) {
            Ok(rest) if rest.as_os_str().is_empty() => !self.force_exclude || !self.configs.excludes(&path, false),
            Ok(rest) => !is_hidden(rest) && !self.configs.excludes(&path, false),
            Err(_) => false,
        };
        Format::of_path(&path).is_some() && self.paths.iter().any(is_in)
    }
}

/// A path without detours: two ways to one article would make two articles of it. Links are followed where `..` leads back from
/// what they lead to, as the disk does it.
pub(super) fn direct(path: PathBuf, here: &Path) -> PathBuf {
    if !path.components().any(|part| part == Component::ParentDir) {
        return path;
    }
    let whole = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => true_path(&here.join(folder)).join(name),
        _ => true_path(&here.join(&path)),
    };
    match shown(&whole, &true_path(here)) {
        name if name.is_empty() => PathBuf::from("."),
        name => PathBuf::from(name),
    }
}

/// A folder by its names without links, or, where it does not exist, without dots.
pub(super) fn true_path(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| absolute(folder, Path::new("")))
}

/// The name of a file as findings give it.
fn name(path: &Path, working_directory: &Path) -> Result<Arc<str>, Problem> {
    let shown = shown(path, working_directory);
    match path.to_str() {
        Some(_) => Ok(shown.into()),
        None => Err(Problem { path: shown.into(), reason: Unreadable::Io("its name is not UTF-8".into()) }),
    }
}

/// The path that a walking error speaks of.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// The paths of a list, one a line or NUL-separated; empty ones are left out. A name need not be UTF-8: reading it tells.
pub(super) fn listed(list: &[u8]) -> Vec<PathBuf> {
    let separator = if list.contains(&0) { 0 } else { b'\n' };
    list.split(|byte| *byte == separator)
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
        .map(path_of_bytes)
        .collect()
}

#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    std::path::Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes)).to_owned()
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(&*String::from_utf8_lossy(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(listed(b"a.md\r\nb c.md\n\n"), [PathBuf::from("a.md"), PathBuf::from("b c.md")]);
        assert_eq!(listed(b"a\nb.md\0c.md\0"), [PathBuf::from("a\nb.md"), PathBuf::from("c.md")]);
    }
}
