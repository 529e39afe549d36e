//! `medlint baseline` and the baselines of `medlint check`: findings that are accepted as they are.

use super::args::{BaselineArgs, CheckArgs, ReadArgs};
use super::git::Repository;
use super::reading::{Reading, found};
use super::replace::put;
use super::shelter::Shelter;
use super::walk::true_path;
use super::{Stop, TROUBLE, complain, gather, here};
use crate::config::Configs;
use crate::engine::{Outcome, read_file};
use crate::filter::Baseline;
use crate::report::several;
use crate::source::{Format, Source, Unreadable, absolute, shown};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How the file is called.
const FILE_NAME: &str = "medlint.baseline";

/// Writes the baseline; gives the exit status.
pub(super) fn run(args: &BaselineArgs) -> Result<u8, Stop> {
    let here = here()?;
    let reading = Reading::of(&args.read, &here, None)?;
    for problem in &reading.outcome.unreadable {
        complain(&format_args!("cannot read {}: {}", problem.path, problem.reason));
    }
    let may_be_empty = args.read.places.may_be_empty();
    if !reading.outcome.unreadable.is_empty() || !may_be_empty && reading.is_empty() {
        return Ok(TROUBLE);
    }
    let file = match &args.baseline {
        Some(file) => absolute(file, &here),
        None => beside_settings(&reading.settings.configs, &here)?,
    };
    let old = match file.exists() || args.prune {
        true => read(&file, &here)?,
        false => Baseline::default(),
    };
    let before = old.count();
    // What was accepted in articles or by rules that this run did not look at stays.
    let mut kept = old.clone();
    let rules = rules_of(&reading);
    kept.retain(|path, rule| !reading.has_read_or_lost(path) || !rules.contains(rule));
    let mut outcome = reading.outcome.clone();
    let accepted = old.leave_out(&mut outcome, |path| reading.has_read_or_lost(path));
    let findings = if args.prune { &accepted.findings } else { &reading.outcome.diagnostics };
    let mut new = Baseline::of(findings, &reading.library);
    new.join(kept);
    write(&file, &new, &here)?;
    let added = if args.prune { 0 } else { outcome.diagnostics.len() };
    let gone = before.saturating_add(added).saturating_sub(new.count());
    let name = shown(&file, &here);
    let news = [(added, "new"), (gone, "gone")].into_iter().filter(|(count, _)| *count > 0);
    let news: Vec<String> = news.map(|(count, what)| format!("{count} {what}")).collect();
    let news = if news.is_empty() { String::new() } else { format!(" ({})", news.join(", ")) };
    writeln!(io::stdout(), "{name}: {} accepted{news}", several(new.count() as u64, "finding"))?;
    Ok(0)
}

/// The findings that the arguments of `check` accept, if they name any.
pub(super) fn asked(args: &CheckArgs, here: &Path) -> Result<Option<Baseline>, Stop> {
    args.baseline.as_ref().map(|file| read(&absolute(file, here), here)).transpose()
}

/// The findings at a revision, judged by the settings and rules of today.
pub(super) fn at_revision(revision: &str, args: &ReadArgs, here: &Path, reading: &Reading) -> Result<Baseline, Stop> {
    let repository = Repository::around(here, "--baseline-from")?;
    let commit = repository.known_commit(revision)?;
    let files = gather::revision(&args.places, here, &reading.settings, &repository, &commit)?;
    // What could not be read then holds no findings to accept.
    let plan = reading.settings.plan(files.articles, args)?;
    let outcome = found(&plan, &files.library, &|| {});
    Ok(Baseline::of(&outcome.diagnostics, &files.library))
}

/// Leaves accepted findings out; gives how many are still accepted although they are gone.
pub(super) fn leave_out(baseline: Baseline, reading: &mut Reading) -> usize {
    let diagnostics = std::mem::take(&mut reading.outcome.diagnostics);
    let mut outcome = Outcome { diagnostics, ..Outcome::default() };
    let mut unclaimed = baseline.leave_out(&mut outcome, |path| reading.has_read_or_lost(path)).unclaimed;
    reading.outcome.diagnostics = outcome.diagnostics;
    reading.outcome.baselined += outcome.baselined;
    let rules = rules_of(reading);
    unclaimed.retain(|path, rule| reading.has_read_or_lost(path) && rules.contains(rule));
    unclaimed.count()
}

/// What a file still accepts although it is gone is a note.
pub(super) fn tell_gone(count: usize, args: &CheckArgs) {
    let (Some(file), false, false) = (&args.baseline, args.read.quiet, count == 0) else { return };
    let gone = several(count as u64, "finding");
    let file = file.display();
    complain(&format_args!(
        "note: {file}: {gone} accepted there but gone; `medlint baseline --prune` deletes the lines"
    ));
}

/// The rules that any article was read by.
fn rules_of(reading: &Reading) -> BTreeSet<Arc<str>> {
    let rules = reading.plan.linters.iter().flat_map(|linter| &linter.rules.rules);
    rules.map(|rule| rule.id.clone()).collect()
}

/// Where the file stands when nobody says: beside the settings of the working directory, or in it.
fn beside_settings(configs: &Configs, here: &Path) -> Result<PathBuf, Stop> {
    let config = configs.of_folder(here);
    let folder = if config.source.is_some() { &config.folder } else { here };
    Ok(folder.join(FILE_NAME))
}

/// Reads a baseline file; its paths start from its own folder.
fn read(file: &Path, here: &Path) -> Result<Baseline, Stop> {
    let name = shown(file, here);
    let bytes = read_file(file);
    let source = bytes.and_then(|bytes| Source::new(&*name, Format::Plain, bytes));
    let source = source.map_err(|reason| {
        Stop::trouble(format_args!("cannot read the baseline {name}: {reason}; `medlint baseline` writes one"))
    })?;
    let (folder, here) = (folder_of(file, here), true_path(here));
    let named = |path: &str| shown(&absolute(Path::new(path), &folder), &here);
    Baseline::read(&Arc::new(source), named).map_err(Stop::Mistakes)
}

/// Writes a baseline file, whole or not at all.
fn write(file: &Path, baseline: &Baseline, here: &Path) -> Result<(), Stop> {
    let (folder, true_here) = (folder_of(file, here), true_path(here));
    let text = baseline.text(|path| shown(&absolute(Path::new(path), &true_here), &folder));
    let written = Shelter::new(true).whole(|| put(file, |out| out.write_all(text.as_bytes())));
    written.map_err(|e| Stop::trouble(format_args!("{}: {}", shown(file, here), Unreadable::from_io(Some(&e)))))
}

/// The folder that the paths of a baseline file start from; without links, or the way from it to the articles would be another one.
fn folder_of(file: &Path, here: &Path) -> PathBuf {
    true_path(file.parent().unwrap_or(here))
}
