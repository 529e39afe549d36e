//! `medlint check`: the main job.

use super::args::CheckArgs;
use super::change::Change;
use super::fix::Fixing;
use super::outputs::Outputs;
use super::reading::Reading;
use super::shelter::Shelter;
use super::{Stop, TROUBLE, baseline, here};
use crate::diagnostic::Diagnostic;
use crate::filter::{self, Baseline};
use std::cell::Cell;

/// Checks articles; gives the exit status.
pub(super) fn run(mut args: CheckArgs) -> Result<u8, Stop> {
    let outputs = Outputs::new(&args)?;
    let fixing = Fixing::of(&args)?;
    let shelter = Shelter::new(fixing.is_some() || outputs.write_files());
    let here = here()?;
    let accepted = baseline::asked(&args, &here)?;
    let change = Change::of(&args, &here)?.map(|(change, path)| {
        args.read.places.paths.extend(path);
        change
    });
    let mut reading = Reading::of(&args.read, &here, change.as_ref().and_then(Change::index))?;
    let mut filters = Filters { accepted, change, gone: Cell::new(0) };
    if let Some(revision) = &args.baseline_from {
        filters.accepted = Some(baseline::at_revision(revision, &args.read, &here, &reading)?);
    }
    filters.leave_out(&mut reading)?;
    let has_failed = match fixing {
        Some(fixing) => fix(fixing, &mut reading, &filters, args.read.quiet, &shelter)?,
        None => false,
    };
    baseline::tell_gone(filters.gone.get(), &args);
    let fails = |finding: &Diagnostic| {
        let fail_on = args.fail_on.unwrap_or_else(|| reading.settings.fail_on(&finding.primary.path));
        fail_on.fails(finding.severity)
    };
    outputs.write(&reading, &here, &args, &fails, &shelter)?;
    let may_be_empty = args.read.places.may_be_empty() || filters.change.is_some();
    if has_failed || !reading.outcome.unreadable.is_empty() || !may_be_empty && reading.is_empty() {
        return Ok(TROUBLE);
    }
    let fails = reading.outcome.diagnostics.iter().any(fails);
    // The program ends here, and the system takes back all memory at once.
    std::mem::forget(reading);
    Ok(u8::from(fails))
}

/// What leaves findings out, besides what the articles and the settings say.
struct Filters {
    accepted: Option<Baseline>,
    change: Option<Change>,
    /// How many findings are accepted but gone.
    gone: Cell<usize>,
}

impl Filters {
    /// Leaves out what was accepted and what touches no line that changed.
    fn leave_out(&self, reading: &mut Reading) -> Result<(), Stop> {
        if let Some(accepted) = &self.accepted {
            self.gone.set(baseline::leave_out(accepted.clone(), reading));
        }
        if let Some(change) = &self.change {
            let changes = change.of_articles(&reading.plan.articles)?;
            filter::keep_changed(&mut reading.outcome, &changes, &reading.library);
        }
        Ok(())
    }
}

/// Applies or shows fixes, so that the reading is what remains; true where a file could not be fixed.
fn fix(
    fixing: Fixing,
    reading: &mut Reading,
    filters: &Filters,
    is_quiet: bool,
    shelter: &Shelter,
) -> Result<bool, Stop> {
    // Git knows which lines changed in files, not in memory.
    let once = filters.change.is_some();
    let gone = filters.gone.get();
    let fixes = fixing.apply(reading, once, &|reading| filters.leave_out(reading))?;
    if fixing.is_shown_only() {
        filters.gone.set(gone);
        return fixes.show(reading, is_quiet).map(|()| false);
    }
    let failed = fixes.write(reading, is_quiet, shelter);
    if failed > 0 || once && !fixes.is_empty() {
        reading.again();
        filters.leave_out(reading)?;
    }
    Ok(failed > 0)
}
