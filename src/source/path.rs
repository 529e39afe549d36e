//! How paths are named in findings and compared with each other.

use std::path::{Component, Path, PathBuf};

/// A path relative to the working directory, with `/`, without `.` components, and without going up and down the same way.
pub fn shown(path: &Path, working_directory: &Path) -> String {
    let is_outside = path.is_absolute() || path.starts_with("..");
    let relative =
        if is_outside { relative(&absolute(path, working_directory), working_directory) } else { path.to_owned() };
    let clean: PathBuf = relative.components().filter(|c| *c != Component::CurDir).collect();
    clean.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// The way from one absolute path to another; the path itself where they share nothing but the root.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let shared = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if shared <= 1 && path != from {
        return path.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// An absolute path without `.` and `..`, by its names alone: links are not followed.
pub fn absolute(path: &Path, working_directory: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for component in working_directory.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(found.pop()),
            other => found.push(other),
        }
    }
    found
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
        let name = |path: &str| shown(Path::new(path), Path::new("/site/articles"));
        assert_eq!((name("/site/a.md"), name("/site/faq/a.md")), ("../a.md".into(), "../faq/a.md".into()));
        assert_eq!((name("../a.md"), name("../articles/faq/a.md")), ("../a.md".into(), "faq/a.md".into()));
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_hold_no_dots() {
        let name = |path: &str| absolute(Path::new(path), Path::new("/articles"));
        assert_eq!(name("a/../b.md"), Path::new("/articles/b.md"));
        assert_eq!(name("../../../b.md"), Path::new("/b.md"));
        assert_eq!(name("/x/./y"), Path::new("/x/y"));
    }
}
