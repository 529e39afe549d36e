//! The articles that the arguments name: on the disk, on standard input, in a list, or as they are staged.

use super::args::PlaceArgs;
use super::git::{Blob, Repository};
use super::plan::Settings;
use super::walk::{self, Scope};
use super::{Stop, complain};
use crate::engine::{Disk, Problem};
use crate::source::{Format, Source, Unreadable, shown};
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How standard input is called where nobody named it.
const STANDARD_INPUT: &str = "<stdin>";

/// The articles of a run.
#[derive(Default)]
pub(super) struct Files {
    /// Their paths, sorted.
    pub articles: Vec<Arc<str>>,
    /// What could not be read, in the order found.
    pub problems: Vec<Problem>,
    /// Whether the settings left anything out.
    pub has_excluded: bool,
    /// The folders that were searched, absolute.
    pub folders: Vec<PathBuf>,
    /// Where the texts come from.
    pub library: Disk,
    /// All that is staged, where that is what is read.
    pub staged: Option<BTreeSet<Arc<str>>>,
}

/// Articles on the disk and on standard input.
pub(super) fn articles(args: &PlaceArgs, here: &Path, settings: &Settings) -> Result<Files, Stop> {
    let mut paths = named(args, here)?;
    let reads_input = paths.iter().any(|p| p.as_os_str() == "-");
    paths.retain(|p| p.as_os_str() != "-");
    let mut files = walk::files(&paths, here, &settings.configs, args.force_exclude);
    let is_excluded = |name: &PathBuf| args.force_exclude && settings.configs.excludes(name, false);
    if reads_input && args.stdin_filename.as_ref().is_some_and(is_excluded) {
        files.has_excluded = true;
    } else if reads_input {
        match standard_input(args.stdin_filename.as_deref(), here) {
            Ok(source) => {
                if let Err(place) = files.articles.binary_search(&source.path) {
                    files.articles.insert(place, source.path.clone());
                }
                files.library.hold(source);
            }
            Err(problem) => files.problems.push(problem),
        }
    }
    Ok(files)
}

/// Articles as they are staged. Those that are the same in the work tree are read from there.
pub(super) fn staged(
    args: &PlaceArgs,
    here: &Path,
    settings: &Settings,
    repository: &Repository,
) -> Result<Files, Stop> {
    let paths = named(args, here)?;
    let scope = Scope::new(&paths, here, &settings.configs, args.force_exclude);
    let blobs = repository.staged()?;
    let mut files = of_blobs(&blobs, |path| scope.holds(path), repository, None)?;
    files.has_excluded = files.articles.is_empty() && !blobs.is_empty();
    files.staged = Some(blobs.into_iter().map(|blob| blob.path).collect());
    Ok(files)
}

/// The articles of a revision that the arguments name, and those that are gone: they may have been renamed.
pub(super) fn revision(
    args: &PlaceArgs,
    here: &Path,
    settings: &Settings,
    repository: &Repository,
    commit: &str,
) -> Result<Files, Stop> {
    let mut paths = named(args, here)?;
    paths.extend(args.stdin_filename.clone().map(|name| walk::direct(name, here)));
    let scope = Scope::new(&paths, here, &settings.configs, args.force_exclude);
    let anywhere = Scope::new(std::slice::from_ref(&repository.root), here, &settings.configs, true);
    let is_wanted = |path: &str| scope.holds(path) || !Path::new(path).exists() && anywhere.holds(path);
    of_blobs(&repository.files(commit)?, is_wanted, repository, Some(commit))
}

/// Files that git holds. Those that are the same in the work tree are read from there.
fn of_blobs(
    blobs: &[Blob],
    is_wanted: impl Fn(&str) -> bool,
    repository: &Repository,
    commit: Option<&str>,
) -> Result<Files, Stop> {
    let mut wanted: Vec<&Blob> = blobs.iter().filter(|blob| is_wanted(&blob.path)).collect();
    wanted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut files = Files::default();
    files.articles.extend(wanted.iter().map(|blob| blob.path.clone()));
    let differing = repository.differing(commit)?;
    // Of a part of the tree that is not checked out, git says that nothing differs.
    wanted.retain(|blob| differing.contains(&blob.path) || !Path::new(&*blob.path).exists());
    for (blob, bytes) in wanted.iter().zip(repository.contents(&wanted)?) {
        let format = Format::of_path(Path::new(&*blob.path)).ok_or(Unreadable::UnknownFormat);
        match format.and_then(|format| Source::new(blob.path.clone(), format, bytes)) {
            Ok(source) => files.library.hold(source),
            Err(reason) => {
                files.articles.retain(|path| *path != blob.path);
                files.problems.push(Problem { path: blob.path.clone(), reason });
            }
        }
    }
    Ok(files)
}

/// The paths that the arguments name; without any, the working directory.
fn named(args: &PlaceArgs, here: &Path) -> Result<Vec<PathBuf>, Stop> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(walk::listed(&read_list(list)?));
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths.into_iter().map(|path| walk::direct(path, here)).collect())
}

fn read_list(list: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = match list.as_os_str() == "-" {
        true => io::stdin().read_to_end(&mut bytes),
        false => std::fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    let trouble = |e| Stop::trouble(format_args!("--files-from {}: {}", list.display(), Unreadable::from_io(Some(&e))));
    read.map(|_| bytes).map_err(trouble)
}

fn standard_input(name: Option<&Path>, here: &Path) -> Result<Source, Problem> {
    let shown = |name: &Path| shown(&walk::direct(name.to_owned(), here), here);
    let path: Arc<str> = name.map_or(STANDARD_INPUT.into(), |name| shown(name).into());
    let problem = |reason| Problem { path: path.clone(), reason };
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|e| problem(Unreadable::from_io(Some(&e))))?;
    let format = match name {
        Some(name) => Format::of_path(name).ok_or_else(|| problem(Unreadable::UnknownFormat))?,
        None => Format::of_text(&String::from_utf8_lossy(&bytes)),
    };
    Source::new(path.clone(), format, bytes).map_err(problem)
}

/// Says that no article is there.
pub(super) fn tell_nothing(has_excluded: bool) {
    let but = if has_excluded { " that the settings do not exclude" } else { "" };
    complain(&format_args!("nothing to check: no {} file there{but}", Format::EXTENSIONS.join(", ")));
}
