//! A file gets another content, whole or not at all: an article its fixes, a report or a baseline its place.
//!
//! The new content is written to a file beside the old one, brought to the disk, and put in its place by renaming, so that whatever
//! happens meanwhile, whoever opens the file finds the old content or the new one. The file keeps its mode, and its owner and
//! group where the system lets us; a symbolic link stays one. Between the last look at the old content and the renaming lie some
//! microseconds in which another program's change would be lost: no lock that other programs obey could close them.

use crate::source::Unreadable;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use tempfile::Builder;

/// How new files are called until they take their place: hidden ones are no articles.
const PREFIX: &str = ".medlint-";
const SUFFIX: &str = ".new";

/// Why a file stays as it is.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It holds something else than what was read.
    Changed,
    /// Nobody may write it.
    ReadOnly,
    /// What the operating system said.
    Io(io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("it has changed since it was read"),
            Self::ReadOnly => f.write_str("it is read-only"),
            Self::Io(error) => Unreadable::from_io(Some(error)).fmt(f),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Gives a file its new content where it still holds the old one.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Refusal> {
    // Behind a link lies the file that is meant.
    let path = fs::canonicalize(path)?;
    let metadata = fs::metadata(&path)?;
    // Renaming asks the folder only, so the file is asked here; who may do everything still keeps to the mode.
    if metadata.permissions().readonly() {
        return Err(Refusal::ReadOnly);
    }
    OpenOptions::new().write(true).open(&path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    file.write_all(new)?;
    keep(&metadata, file.as_file())?;
    file.as_file().sync_all()?;
    let now = fs::read(&path)?;
    if now != old {
        // Two names may lead to one file.
        return if now == new { Ok(()) } else { Err(Refusal::Changed) };
    }
    file.persist(&path).map_err(|error| error.error)?;
    // The file is in its place; that this outlives a loss of power is more than some systems offer.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Gives the new file the mode of the old one, and its owner and group as far as possible.
fn keep(metadata: &Metadata, file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only who may do everything gives files away; groups may be shared.
        if fchown(file, Some(metadata.uid()), Some(metadata.gid())).is_err() {
            let _ = fchown(file, None, Some(metadata.gid()));
        }
    }
    file.set_permissions(metadata.permissions())
}

/// Makes a file of what `write` writes, or gives it to the one that is there. What is no regular file (a pipe, a terminal, a device) is
/// written as it comes, and so is a file whose folder takes no others.
pub(super) fn put(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let directly = || {
        let mut out = BufWriter::new(File::create(path)?);
        write(&mut out)?;
        out.flush()
    };
    // Behind a link lies the file that is meant, even where there is none yet.
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let (place, old) = match fs::canonicalize(path) {
        Ok(place) => (place.clone(), Some(fs::metadata(&place)?)),
        Err(_) if is_link => return directly(),
        Err(_) => (path.to_owned(), None),
    };
    if let Some(old) = &old {
        if !old.is_file() {
            return directly();
        }
        OpenOptions::new().write(true).open(&place)?;
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let Ok(mut new) = builder.prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder) else { return directly() };
    let mut out = BufWriter::new(new.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(old) = &old {
        keep(old, new.as_file())?;
    }
    // A file that is mounted where it lies cannot be renamed over.
    new.persist(&place).map(drop).or_else(|_| directly())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with one file, and the names of what is in it afterwards.
    fn after(stored: &str, old: &str, new: &str) -> (Result<(), String>, String, usize) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, stored).expect("written");
        let done = replace(&file, old.as_bytes(), new.as_bytes()).map_err(|refusal| refusal.to_string());
        let names = fs::read_dir(folder.path()).expect("a folder").count();
        (done, fs::read_to_string(&file).expect("text"), names)
    }

    #[test]
    fn only_what_was_read_is_replaced() {
        assert_eq!(after("old", "old", "new"), (Ok(()), "new".into(), 1));
        let changed = Err("it has changed since it was read".to_owned());
        assert_eq!(after("somebody's", "old", "new"), (changed, "somebody's".into(), 1));
        assert_eq!(after("new", "old", "new"), (Ok(()), "new".into(), 1), "under another name it was done already");
    }

    #[test]
    fn what_is_gone_is_told() {
        let gone = replace(Path::new("no/such/file.md"), b"", b"").map_err(|refusal| refusal.to_string());
        assert!(gone.is_err_and(|reason| reason.contains("no such file")));
    }

    #[test]
    fn what_nobody_may_write_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "old").expect("written");
        let mut mode = fs::metadata(&file).expect("a file").permissions();
        mode.set_readonly(true);
        fs::set_permissions(&file, mode).expect("set");
        assert!(matches!(replace(&file, b"old", b"new"), Err(Refusal::ReadOnly)));
        assert_eq!(fs::read(&file).expect("read"), b"old");
    }
}
