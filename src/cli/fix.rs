//! `--fix`, `--unsafe-fixes` and `--diff`: the fixes of the findings that a run would tell, applied in memory until nothing is left to
//! apply, then written file by file, or shown.
//!
//! A fix may uncover the next one, and fixes that overlap wait for each other, so fixed articles are read again, at most
//! [`ROUNDS`] times; each file is written once, from its old content to its last. Findings that are suppressed, accepted or on lines that
//! did not change are not told, so they are not fixed.

use super::args::CheckArgs;
use super::reading::Reading;
use super::replace::replace;
use super::shelter::Shelter;
use super::{Stop, complain};
use crate::diagnostic::{Applicability, Diagnostic, apply};
use crate::engine::{Library, Outcome};
use crate::report::several;
use crate::source::Source;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// How often fixed articles are read again. Two rounds are common, four were the most seen; fixes that undo each other would never end.
const ROUNDS: usize = 10;

/// Lines around a change in a diff.
const CONTEXT: usize = 3;

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) struct Fixing {
    /// How little a fix may be trusted.
    least: Applicability,
    is_shown_only: bool,
}

/// The articles that fixes change.
pub(super) struct Fixes {
    articles: BTreeMap<Arc<str>, Fixed>,
    /// What was found before any fix.
    before: Outcome,
}

/// An article before and after its fixes.
struct Fixed {
    old: Arc<Source>,
    new: Arc<Source>,
    /// How many fixes were applied.
    count: usize,
}

impl Fixing {
    /// What the arguments ask for, if anything. Standard input has no file, so its fixes can only be shown.
    pub fn of(args: &CheckArgs) -> Result<Option<Self>, Stop> {
        if !args.fix && !args.unsafe_fixes && !args.diff {
            return Ok(None);
        }
        if !args.diff && args.read.places.paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(Stop::trouble("--fix: standard input is no file that could be fixed; --diff shows its fixes"));
        }
        let least = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        Ok(Some(Self { least, is_shown_only: args.diff }))
    }

    /// Applies fixes in memory. `filter` leaves out of a reading what is not told. With `once`, a second round is left to the next run.
    pub fn apply(
        self,
        reading: &mut Reading,
        once: bool,
        filter: &dyn Fn(&mut Reading) -> Result<(), Stop>,
    ) -> Result<Fixes, Stop> {
        let mut fixes = Fixes { articles: BTreeMap::new(), before: reading.outcome.clone() };
        for path in fixable(&reading.outcome.diagnostics, self.least) {
            let Ok(source) = reading.library.source(&path) else { continue };
            reading.library.held.insert(path.clone(), source.clone());
            fixes.articles.insert(path, Fixed { old: source.clone(), new: source, count: 0 });
        }
        if fixes.articles.is_empty() {
            return Ok(fixes);
        }
        // A file may have changed since it was read for the first time: from here on, places are those of the text that is held.
        reading.again();
        filter(reading)?;
        for _ in 0..ROUNDS {
            if !fixes.round(reading, self.least) {
                break;
            }
            if once {
                break;
            }
            reading.again();
            filter(reading)?;
        }
        fixes.articles.retain(|_, fixed| fixed.count > 0);
        Ok(fixes)
    }

    /// True where nothing is to be written.
    pub fn is_shown_only(self) -> bool {
        self.is_shown_only
    }
}

/// The articles with a fix that may be applied.
fn fixable(findings: &[Diagnostic], least: Applicability) -> Vec<Arc<str>> {
    let is_fixable = |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.applicability <= least);
    let mut paths: Vec<_> = findings.iter().filter(is_fixable).map(|finding| finding.primary.path.clone()).collect();
    paths.dedup();
    paths
}

impl Fixes {
    /// Applies all fixes that go together; false where there was none.
    fn round(&mut self, reading: &mut Reading, least: Applicability) -> bool {
        let mut has_applied = false;
        for findings in reading.outcome.diagnostics.chunk_by(|a, b| a.primary.path == b.primary.path) {
            let Some(first) = findings.first() else { continue };
            let Some(fixed) = self.articles.get_mut(&first.primary.path) else { continue };
            let Some(applied) = apply(&fixed.new.text, findings, least) else { continue };
            let Source { path, format, .. } = &*fixed.old;
            fixed.new = Arc::new(Source { path: path.clone(), format: *format, text: applied.text });
            fixed.count += applied.count;
            reading.library.held.insert(path.clone(), fixed.new.clone());
            has_applied = true;
        }
        has_applied
    }

    /// Writes the fixed articles; gives how many could not be written, which is told.
    pub fn write(&self, reading: &mut Reading, is_quiet: bool, shelter: &Shelter) -> usize {
        let (mut failed, mut files, mut count) = (0, 0, 0);
        for (path, fixed) in &self.articles {
            let [old, new] = [&fixed.old, &fixed.new].map(|source| source.text.as_bytes());
            match shelter.whole(|| replace(Path::new(&**path), old, new)) {
                Ok(()) => (files, count) = (files + 1, count + fixed.count),
                Err(refusal) => {
                    complain(&format_args!("cannot fix {path}: {refusal}"));
                    failed += 1;
                }
            }
            // From now on, the disk speaks.
            reading.library.held.remove(path);
        }
        if !is_quiet && files > 0 {
            complain(&format_args!("applied {} to {}", several(count as u64, "fix"), several(files, "file")));
        }
        failed
    }

    /// Shows the changes as unified diffs, as `git apply` and `patch -p1` read them, and gives the reading back as it was.
    pub fn show(self, reading: &mut Reading, is_quiet: bool) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        for (path, Fixed { old, new, .. }) in &self.articles {
            let [before, after] = [old, new].map(|source| source.text.split_inclusive('\n').collect::<Vec<_>>());
            let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
            let [from, to] = ["a", "b"].map(|side| quoted(&format!("{side}/{path}")));
            write!(out, "{}", diff.unified_diff().context_radius(CONTEXT).header(&from, &to))?;
            reading.library.held.insert(path.clone(), old.clone());
        }
        let count: usize = self.articles.values().map(|fixed| fixed.count).sum();
        if !is_quiet && count > 0 {
            let files = several(self.articles.len() as u64, "file");
            complain(&format_args!("{} in {files}, none applied", several(count as u64, "fix")));
        }
        reading.outcome = self.before;
        Ok(())
    }

    /// True where no article changes.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

/// A path as git writes it in a patch: in quotation marks where it holds what would end it or its line.
fn quoted(path: &str) -> String {
    if !path.contains(|c: char| c.is_ascii_control() || matches!(c, '"' | '\\')) {
        return path.to_owned();
    }
    let escaped = path.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii_control() => format!("\\{:03o}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
