//! The rule folder of a house: every `.toml` in it and below.

use super::FILE_NAME;
use super::load::read_named;
use crate::rules::Mistake;
use crate::source::Source;
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of settings or rules is at most this large.
pub(super) const MOST_BYTES: u64 = 1 << 20;
/// A rule folder holds at most so many files.
const MOST_FILES: usize = 1_000;
/// Folders in folders, at most.
const MOST_DEPTH: usize = 8;

/// The files of a folder in the order of their names, and those that cannot be read. `shown` is how messages call the folder.
///
/// # Errors
/// The folder cannot be listed, or holds too much.
pub(super) fn files(folder: &Path, shown: &Path) -> Result<(Vec<Arc<Source>>, Vec<Mistake>), String> {
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).max_depth(Some(MOST_DEPTH)).build();
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|e| format!("the rule folder cannot be listed: {e}"))?;
        let is_rule = entry.path().extension().is_some_and(|e| e == "toml") && entry.file_name() != FILE_NAME;
        if is_rule && entry.file_type().is_some_and(|t| !t.is_dir()) {
            paths.push(entry.into_path());
        }
    }
    if paths.len() > MOST_FILES {
        return Err(format!("the rule folder holds {} files; medlint reads at most {MOST_FILES}", paths.len()));
    }
    paths.sort();
    let mut sources = Vec::new();
    let mut unreadable = Vec::new();
    for path in paths {
        let name = shown.join(path.strip_prefix(folder).unwrap_or(&path));
        match read_named(&path, &name.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")) {
            Ok(source) => sources.push(source),
            Err(mistake) => unreadable.push(mistake),
        }
    }
    Ok((sources, unreadable))
}
