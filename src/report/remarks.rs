//! What the report itself adds to the notes of a finding.
//!
//! Rules word their own notes; here stand the lines that only a report can count, the differences between copies that
//! were asked for, the further places in formats of a line a finding, and the fix.

use super::repository::from_root;
use super::sources::Sources;
use crate::diagnostic::{Applicability, Data, Diagnostic, Fix, Label, Place};
use std::sync::Arc;

/// The notes of a finding, the lines that at most so many tellings cover, and the fix, for reports that show no source.
/// Paths start from the root of the repository.
pub(super) fn notes(finding: &Diagnostic, folder: &str, most: usize, sources: &mut Sources<'_>) -> Vec<String> {
    let mut notes = finding.notes.clone();
    if let Data::Copies { regions, .. } = &finding.data {
        notes.extend(extent(regions, &finding.primary.path, folder, most, sources));
    }
    notes.extend(finding.fix.as_ref().map(proposal));
    notes
}

/// The other places of a finding as `path:line:column`, the first ones, and how many there are besides. `named` is how a path is
/// called.
pub(super) fn places(
    labels: &[Label],
    most: usize,
    named: impl Fn(&str) -> String,
    sources: &mut Sources<'_>,
) -> Vec<String> {
    let place = |label: &Label| {
        let start = sources.located(label).start;
        format!("{}:{}:{}", named(&label.path), start.line, start.column)
    };
    let mut told: Vec<String> = labels.iter().take(most).map(place).collect();
    if labels.len() > most {
        told.push(format!("{} more", labels.len() - most));
    }
    told
}

/// The lines that the tellings cover, because labels mark only where they begin:
/// `full extent: lines 1–19; lines 20–38`. `folder` stands before the paths of other articles.
pub(super) fn extent(
    regions: &[Place],
    own: &Arc<str>,
    folder: &str,
    most: usize,
    sources: &mut Sources<'_>,
) -> Option<String> {
    let mut covers_lines = false;
    let mut told = Vec::new();
    for region in regions.iter().take(most.saturating_add(1)) {
        let whole = Label { path: region.path.clone(), span: region.span, message: String::new() };
        let sheet = sources.sheet(&whole).ok()?;
        let first = sheet.lines.index(region.span.start) + 1;
        let last = sheet.lines.index(region.span.end.saturating_sub(1).max(region.span.start)) + 1;
        covers_lines |= last > first;
        let lines = if last > first { format!("lines {first}–{last}") } else { format!("line {first}") };
        let is_own = region.path == *own;
        told.push(if is_own { lines } else { format!("{lines} of {}", from_root(folder, &region.path)) });
    }
    let more = regions.len().saturating_sub(told.len());
    if more > 0 {
        told.push(format!("{more} more"));
    }
    (covers_lines && told.len() > 1).then(|| format!("full extent: {}", told.join("; ")))
}

/// What the fix does and how far it may be trusted, as a note.
pub(super) fn proposal(fix: &Fix) -> String {
    format!("fix: {}", change(fix))
}

/// What the fix does and how far it may be trusted.
pub(super) fn change(fix: &Fix) -> String {
    let how = match fix.applicability {
        Applicability::Safe | Applicability::DisplayOnly => "",
        Applicability::Unsafe => ", if nothing is lost with it",
    };
    format!("{}{how}", fix.title)
}
