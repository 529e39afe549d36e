//! Folders of clean articles, in an order that does not depend on the machine.

use medlint::document::{Document, Parser};
use medlint::source::{Format, Source};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files below a folder, sorted by their paths as text.
pub fn files_below(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files)?;
    files.sort_by_key(|file| file.to_string_lossy().replace('\\', "/"));
    Ok(files)
}

/// Reads an article; `None` where the file is none.
pub fn read(parser: &mut Parser, file: &Path) -> Result<Option<Document>, Box<dyn Error>> {
    let Some(format) = Format::of_path(file) else { return Ok(None) };
    let source = Source::new("article", format, fs::read(file)?).map_err(|e| e.to_string())?;
    Ok(Some(parser.parse(Arc::new(source))))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
