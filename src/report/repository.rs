//! Where a file lies in its repository: how readers that know the repository, and not our working directory, call it.

use std::path::Path;

/// The path of a finding as seen from the repository's root, `.` and `..` resolved by name. `folder` is the way from the root
/// to the working directory. An absolute path stays as it is; one that leaves the repository keeps its `..` in front.
pub(super) fn from_root(folder: &str, path: &str) -> String {
    if Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." if names.last().is_some_and(|last| *last != "..") => drop(names.pop()),
            _ => names.push(name),
        }
    }
    names.join("/")
}

/// An absolute path as an address of its own; `None` for the others, which are addresses relative to the root.
pub(super) fn file_address(path: &str) -> Option<String> {
    let encoded = || encoded(path);
    Path::new(path)
        .is_absolute()
        .then(|| format!("file://{}{}", if path.starts_with('/') { "" } else { "/" }, encoded()))
}

/// A path as it is written in an address: everything but letters, digits, `-._~` and `/` by its bytes (RFC 3986). A colon, too,
/// or the first folder could be taken for a scheme.
pub(super) fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_by_name() {
        assert_eq!(from_root("", "articles/a.md"), "articles/a.md");
        assert_eq!(from_root("site/en/", "./a.md"), "site/en/a.md");
        assert_eq!(from_root("site/en/", "../de/./a.md"), "site/de/a.md");
        assert_eq!(from_root("site/", "../../b.md"), "../b.md");
        assert_eq!(from_root("", "../../b.md"), "../../b.md");
        assert_eq!(from_root("site/", "x/../..a.md"), "site/..a.md");
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_stay() {
        assert_eq!(from_root("site/", "/other/a b.md"), "/other/a b.md");
        assert_eq!(file_address("/other/a b.md"), Some("file:///other/a%20b.md".into()));
        assert_eq!(file_address("a.md"), None);
    }

    #[test]
    fn addresses_hold_no_character_with_a_meaning() {
        assert_eq!(encoded("a b/100%,x:y?#[1]é\n.md"), "a%20b/100%25%2Cx%3Ay%3F%23%5B1%5D%C3%A9%0A.md");
        assert_eq!(encoded("a-b_c.d~e/F9"), "a-b_c.d~e/F9");
    }
}
