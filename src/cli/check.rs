//! `medlint check`: the main job.

use super::args::CheckArgs;
use super::change::Change;
use super::outputs::Outputs;
use super::reading::Reading;
use super::{Stop, TROUBLE, baseline, here};
use crate::filter;

/// Checks articles; gives the exit status.
pub(super) fn run(mut args: CheckArgs) -> Result<u8, Stop> {
    let outputs = Outputs::new(&args.outputs)?;
    let here = here()?;
    let mut accepted = baseline::asked(&args, &here)?;
    let change = Change::of(&args, &here)?.map(|(change, path)| {
        args.read.paths.extend(path);
        change
    });
    let mut reading = Reading::of(&args.read, &here, change.as_ref().and_then(Change::index))?;
    if let Some(revision) = &args.baseline_from {
        accepted = Some(baseline::at_revision(revision, &args.read, &here, &reading)?);
    }
    if let Some(accepted) = accepted {
        baseline::leave_out(accepted, &mut reading, &args);
    }
    if let Some(change) = &change {
        let changes = change.of_articles(&reading.plan.articles)?;
        filter::keep_changed(&mut reading.outcome, &changes, &reading.library);
    }
    outputs.write(&reading, &here, &args)?;
    let may_be_empty = args.read.allow_empty || args.read.force_exclude || change.is_some();
    if !reading.outcome.unreadable.is_empty() || !may_be_empty && reading.is_empty() {
        return Ok(TROUBLE);
    }
    let fails = reading.outcome.diagnostics.iter().any(|finding| {
        let fail_on = args.fail_on.unwrap_or_else(|| reading.settings.fail_on(&finding.primary.path));
        fail_on.fails(finding.severity)
    });
    Ok(u8::from(fails))
}
