//! Where texts come from: the disk, or what was handed in on standard input.
//!
//! A run keeps no article texts; whoever needs one again (a report, later a comparison between files) asks here.

use crate::source::{Format, Source, Unreadable};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// What is no regular file is read in pieces of so many bytes.
const PIECE: u64 = 1 << 16;

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
        let bytes = read_file(file)?;
        let format = Format::of_path(file).ok_or(Unreadable::UnknownFormat)?;
        Source::new(path.clone(), format, bytes).map(Arc::new)
    }
}

/// All bytes of a file, where they are no more than spans can address. What is no regular file may never end, so it is read to its first
/// NUL: no text goes on behind that.
///
/// # Errors
/// What the operating system says, or a file that is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let file = File::open(path);
    file.and_then(|file| bounded(&file)).map_err(|e| Unreadable::from_io(Some(&e)))?.ok_or(Unreadable::TooLarge)
}

fn bounded(file: &File) -> io::Result<Option<Vec<u8>>> {
    let most = u64::from(u32::MAX);
    let metadata = file.metadata()?;
    let is_too_large = |bytes: &[u8]| bytes.len() as u64 > most;
    let mut bytes = Vec::new();
    if metadata.is_file() {
        if metadata.len() > most {
            return Ok(None);
        }
        bytes.reserve_exact(metadata.len() as usize + 1);
        file.take(most + 1).read_to_end(&mut bytes)?;
        return Ok(Some(bytes).filter(|bytes| !is_too_large(bytes)));
    }
    loop {
        let before = bytes.len();
        let is_end = file.take(PIECE).read_to_end(&mut bytes)? == 0;
        if is_too_large(&bytes) {
            return Ok(None);
        }
        if is_end || memchr::memchr(0, bytes.get(before..).unwrap_or_default()).is_some() {
            return Ok(Some(bytes));
        }
    }
}
