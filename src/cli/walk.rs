//! From the paths a person names to the articles behind them.
//!
//! Files are taken as named; folders are searched for the formats that medlint reads, honouring `.gitignore` and leaving
//! hidden files alone. The result is sorted and free of repeats, with paths relative to the working directory and `/`.

use crate::engine::Problem;
use crate::source::{Format, Unreadable};
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What stands behind the paths.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Articles, sorted.
    pub articles: Vec<Arc<str>>,
    /// What could not be read, in the order found.
    pub problems: Vec<Problem>,
}

/// Finds the articles behind files and folders.
pub(super) fn files(paths: &[PathBuf], working_directory: &Path) -> Files {
    let mut found = BTreeSet::new();
    let mut problems = Vec::new();
    for path in paths {
        if !path.is_dir() {
            // Whether a file that was named can be read is found out by reading it.
            match name(path, working_directory) {
                Ok(name) => drop(found.insert(name)),
                Err(problem) => problems.push(problem),
            }
            continue;
        }
        for entry in WalkBuilder::new(path).require_git(false).build() {
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
    Files { articles: found.into_iter().collect(), problems }
}

/// The name of a file as findings give it.
fn name(path: &Path, working_directory: &Path) -> Result<Arc<str>, Problem> {
    let shown = shown(path, working_directory);
    match path.to_str() {
        Some(_) => Ok(shown.into()),
        None => Err(Problem { path: shown.into(), reason: Unreadable::Io("its name is not UTF-8".into()) }),
    }
}

/// A path relative to the working directory, with `/`, without `.` components.
pub(super) fn shown(path: &Path, working_directory: &Path) -> String {
    let relative = path.strip_prefix(working_directory).unwrap_or(path);
    let clean: PathBuf = relative.components().filter(|c| *c != Component::CurDir).collect();
    clean.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// The path that a walking error speaks of.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// The paths of a list, one a line or NUL-separated; empty ones are left out.
pub(super) fn listed(list: &str) -> Vec<PathBuf> {
    let separator = if list.contains('\0') { '\0' } else { '\n' };
    list.split(separator)
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .filter(|l| !l.is_empty())
        .map(PathBuf::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_and_clean() {
        let name = |path: &str| shown(Path::new(path), Path::new("/articles"));
        assert_eq!(name("./a/./b.md"), "a/b.md");
        assert_eq!(name("/articles/a.md"), "a.md");
        assert_eq!(name("/other/a.md"), "/other/a.md");
        assert_eq!(name("../a.md"), "../a.md");
    }

    #[test]
    fn lists() {
        assert_eq!(listed("a.md\r\nb c.md\n\n"), [PathBuf::from("a.md"), PathBuf::from("b c.md")]);
        assert_eq!(listed("a\nb.md\0c.md\0"), [PathBuf::from("a\nb.md"), PathBuf::from("c.md")]);
    }
}
