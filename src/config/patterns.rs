//! Patterns of files, written as in `.gitignore` and relative to the folder of the settings.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// A list of patterns; where several match a file, the last one counts, and `!` takes back.
#[derive(Debug, Default)]
pub(super) struct Patterns(Vec<Pattern>);

#[derive(Debug)]
struct Pattern {
    text: String,
    matcher: Gitignore,
    has_matched: AtomicBool,
}

impl Patterns {
    /// Reads patterns.
    ///
    /// # Errors
    /// The number of the first that cannot be used, and why.
    pub fn new(texts: &[String]) -> Result<Self, (usize, String)> {
        let pattern = |(index, text): (usize, &String)| match matcher(text) {
            Ok(matcher) => Ok(Pattern { text: text.clone(), matcher, has_matched: AtomicBool::new(false) }),
            Err(reason) => Err((index, reason)),
        };
        Ok(Self(texts.iter().enumerate().map(pattern).collect::<Result<_, _>>()?))
    }

    /// True where the list matches a file or folder, or a folder around it. The path is relative to the settings.
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        let mut matches = false;
        for pattern in &self.0 {
            let found = pattern.matcher.matched_path_or_any_parents(path, is_folder);
            if !found.is_none() {
                matches = found.is_ignore();
                pattern.has_matched.store(true, Ordering::Relaxed);
            }
        }
        matches
    }

    /// Remembers which patterns match a file or folder.
    pub fn mark(&self, path: &Path, is_folder: bool) {
        let _ = self.matches(path, is_folder);
    }

    /// The number and text of each pattern that has matched nothing so far.
    pub fn idle(&self) -> impl Iterator<Item = (usize, &str)> {
        let all = self.0.iter().enumerate();
        all.filter(|(_, p)| !p.has_matched.load(Ordering::Relaxed)).map(|(index, p)| (index, p.text.as_str()))
    }
}

fn matcher(text: &str) -> Result<Gitignore, String> {
    let bare = text.trim().strip_prefix("./").unwrap_or(text.trim());
    if bare.is_empty() || bare.starts_with('#') {
        return Err(format!("“{text}” matches no file"));
    }
    if bare.split('/').any(|part| part == "..") {
        return Err(format!("“{text}” leads out of the folder of this file, where patterns begin"));
    }
    if bare.contains('\\') {
        return Err(format!("“{text}”: write / between folders, not \\"));
    }
    if bare == "!" || bare.matches('[').count() > bare.matches(']').count() {
        return Err(format!("“{text}” is no pattern: something is missing at its end"));
    }
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, bare).and_then(|builder| builder.build()).map_err(|error| {
        let reason = error.to_string();
        let reason = match reason.rsplit("': ").next().unwrap_or(&reason) {
            r if r.starts_with("unclosed alternate") => "the { is not closed".to_owned(),
            r if r.starts_with("unopened alternate") => "the } was not opened".to_owned(),
            r if r.starts_with("invalid range") => "a range in square brackets runs backwards".to_owned(),
            r => r.to_owned(),
        };
        format!("“{text}” is no pattern: {reason}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_gitignore() {
        let table: &[(&[&str], &[&str], &[&str])] = &[
            (&["drafts/**"], &["drafts/a.md", "drafts/x/a.md"], &["a.md", "x/drafts/a.md"]),
            (&["drafts/"], &["drafts/a.md", "x/drafts/a.md"], &["drafts.md"]),
            (&["./faq/*.md"], &["faq/a.md"], &["faq/x/a.md"]),
            (&["*.draft.md"], &["a.draft.md", "x/a.draft.md"], &["a.md"]),
            (&["/a.md"], &["a.md"], &["x/a.md"]),
            (&["*.md", "!keep.md"], &["a.md"], &["keep.md", "x/keep.md"]),
        ];
        for (patterns, inside, outside) in table {
            let texts: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
            let patterns = Patterns::new(&texts).expect("patterns");
            assert!(inside.iter().all(|path| patterns.matches(Path::new(path), false)), "{texts:?}");
            assert!(outside.iter().all(|path| !patterns.matches(Path::new(path), false)), "{texts:?}");
            assert_eq!(patterns.idle().count(), 0);
        }
    }

    #[test]
    fn odd_patterns_are_refused() {
        for text in ["", "  ", "# drafts", "../other/**", "{a,b", "a[", "!", r"a\b"] {
            assert!(Patterns::new(&[text.to_owned()]).is_err(), "{text:?}");
        }
    }
}
