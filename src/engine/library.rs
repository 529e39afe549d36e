//! Where texts come from: the disk, or what was handed in on standard input.
//!
//! A run keeps no article texts; whoever needs one again (a report, later a comparison between files) asks here.

use crate::source::{Format, Source, Unreadable};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Gives a source by the path that findings name.
pub trait Library: Sync {
    /// The source, read anew or from memory.
    ///
    /// # Errors
    /// Why it cannot be read (any more).
    fn source(&self, path: &Arc<str>) -> Result<Arc<Source>, Unreadable>;
}

/// The files on disk, relative to the working directory, and sources that have no file.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// Sources that are in memory, such as standard input; they win over files of the same path.
    pub held: BTreeMap<Arc<str>, Arc<Source>>,
}

impl Disk {
    /// Keeps a source in memory.
    pub fn hold(&mut self, source: Source) {
        self.held.insert(source.path.clone(), Arc::new(source));
    }
}

impl Library for Disk {
    fn source(&self, path: &Arc<str>) -> Result<Arc<Source>, Unreadable> {
        if let Some(held) = self.held.get(path) {
            return Ok(held.clone());
        }
        let file = Path::new(&**path);
        let bytes = fs::read(file).map_err(|e| Unreadable::from_io(Some(&e)))?;
        let format = Format::of_path(file).ok_or(Unreadable::UnknownFormat)?;
        Source::new(path.clone(), format, bytes).map(Arc::new)
    }
}
