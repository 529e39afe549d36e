//! What the report itself adds to the notes of a finding.
//!
//! Rules word their own notes; here stand the lines that only a report can count, the differences between copies that
//! were asked for, and the fix.

use super::sources::Sources;
use crate::diagnostic::{Applicability, Fix, Label, Place};
use std::sync::Arc;

/// The lines that the tellings cover, because labels mark only where they begin:
/// `full extent: lines 1–19; lines 20–38`.
pub(super) fn extent(regions: &[Place], own: &Arc<str>, most: usize, sources: &mut Sources<'_>) -> Option<String> {
    let mut covers_lines = false;
    let mut told = Vec::new();
    for region in regions.iter().take(most.saturating_add(1)) {
        let whole = Label { path: region.path.clone(), span: region.span, message: String::new() };
        let sheet = sources.sheet(&whole).ok()?;
        let first = sheet.lines.index(region.span.start) + 1;
        let last = sheet.lines.index(region.span.end.saturating_sub(1).max(region.span.start)) + 1;
        covers_lines |= last > first;
        let lines = if last > first { format!("lines {first}–{last}") } else { format!("line {first}") };
        told.push(if region.path == *own { lines } else { format!("{lines} of {}", region.path) });
    }
    let more = regions.len().saturating_sub(told.len());
    if more > 0 {
        told.push(format!("{more} more"));
    }
    (covers_lines && told.len() > 1).then(|| format!("full extent: {}", told.join("; ")))
}

/// What the fix does and how far it may be trusted.
pub(super) fn proposal(fix: &Fix) -> String {
    let how = match fix.applicability {
        Applicability::Safe | Applicability::DisplayOnly => "",
        Applicability::Unsafe => ", if nothing is lost with it",
    };
    format!("fix: {}{how}", fix.title)
}
