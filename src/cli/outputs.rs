//! Where reports go: the formats asked for, each to standard output or into a file of its own.

use super::args::{CheckArgs, When};
use super::reading::Reading;
use super::replace::put;
use super::shelter::Shelter;
use super::{Stop, complain, screen};
use crate::diagnostic::Diagnostic;
use crate::engine::{Linter, Outcome};
use crate::report::{self, Report, Run, Style, Verbosity};
use crate::rules::Rule;
use crate::source::{Unreadable, shown};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The reports of a run.
pub(super) struct Outputs {
    reports: Vec<Output>,
    /// The page of the job that annotations come with, where a job on GitHub has one.
    summary: Option<PathBuf>,
}

/// One report and where it goes; `None` is standard output.
type Output = (Box<dyn Report>, Option<PathBuf>);

/// The format whose annotations GitHub cuts, so that the rest goes into the summary of the job.
const ANNOTATIONS: &str = "github";

impl Outputs {
    /// The reports asked for. Where a diff has standard output, no report has.
    pub fn new(args: &CheckArgs) -> Result<Self, Stop> {
        let asked = &args.outputs;
        if args.diff && (asked.is_empty() || asked.iter().any(|text| !text.contains('='))) {
            return match asked.is_empty() {
                true => Ok(Self { reports: Vec::new(), summary: None }),
                false => Err(Stop::trouble("--diff: the diff goes to standard output; give the format a =FILE")),
            };
        }
        if asked.is_empty() {
            // In a job on GitHub the log is for people, and annotations are read from the same log.
            let is_job = is_job_on_github();
            let names = [report::FORMATS[0].0].into_iter().chain(is_job.then_some(ANNOTATIONS));
            let reports = names.filter_map(report::by_name).map(|report| (report, None)).collect();
            return Ok(Self { reports, summary: is_job.then(job_summary).flatten() });
        }
        let mut reports: Vec<Output> = Vec::new();
        let mut summary = None;
        for text in asked {
            let (name, file) = text.split_once('=').map_or((text.as_str(), None), |(name, file)| (name, Some(file)));
            let report = report::by_name(name).ok_or_else(|| {
                Stop::Trouble(format!("--output: “{name}” is no format; there are {}", report::names().join(", ")))
            })?;
            if file == Some("") {
                return Err(Stop::Trouble(format!(
                    "--output: no file is named behind “{text}”; write {text}FILE, or {name} alone for the screen"
                )));
            }
            if file.is_none() && reports.iter().any(|(_, file)| file.is_none()) {
                return Err(Stop::trouble(
                    "--output: only one format can go to standard output; give the other a =FILE",
                ));
            }
            reports.push((report, file.map(PathBuf::from)));
            if name == ANNOTATIONS {
                summary = job_summary();
            }
        }
        Ok(Self { reports, summary })
    }

    /// True where a report goes into a file.
    pub fn write_files(&self) -> bool {
        self.reports.iter().any(|(_, file)| file.is_some())
    }

    /// Writes all of them. What no report has a place for goes to standard error.
    pub fn write(
        &self,
        reading: &Reading,
        here: &Path,
        args: &CheckArgs,
        fails: &dyn Fn(&Diagnostic) -> bool,
        shelter: &Shelter,
    ) -> Result<(), Stop> {
        let (outcome, library) = (&reading.outcome, &reading.library);
        let is_told = self.reports.iter().any(|(report, file)| file.is_none() && report.names_unreadable());
        for problem in outcome.unreadable.iter().filter(|_| !is_told) {
            complain(&format_args!("cannot read {}: {}", problem.path, problem.reason));
        }
        let (rules, folder) = (in_force(&reading.plan.linters), folder_in_repository(here));
        let (articles, linters, style) = (&*reading.plan.articles, &*reading.plan.linters, Style::default());
        let run = Run { outcome, library, rules: &rules, articles, linters, fails, folder: &folder, style };
        // One report that cannot be written, or that nobody reads, takes none of the others with it.
        let mut ended = Ok(());
        for (report, file) in &self.reports {
            let written = write(report.as_ref(), file.as_deref(), run, args, shelter);
            ended = ended.and(written);
            tell_left_out(report.left_out(&run), file.as_deref());
        }
        if let Some(file) = &self.summary {
            append(file, &run).map_err(|e| trouble(file, &e))?;
        }
        ended?;
        if args.statistics { self.write_statistics(outcome, args) } else { Ok(()) }
    }

    /// Writes the figures behind the run under a report for people; where a format for programs has standard output, on standard error.
    fn write_statistics(&self, outcome: &Outcome, args: &CheckArgs) -> Result<(), Stop> {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        if self.reports.iter().any(|(report, file)| file.is_none() && !report.is_for_people()) {
            let width = args.width.unwrap_or_else(|| screen::width(&stderr));
            // Where standard error is closed, nobody is left to tell.
            let _ = report::write_statistics(outcome, width, &mut stderr.lock());
            return Ok(());
        }
        let width = args.width.unwrap_or_else(|| screen::width(&stdout));
        Ok(report::write_statistics(outcome, width, &mut stdout.lock())?)
    }
}

/// True in a job of GitHub Actions.
fn is_job_on_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The file that GitHub shows as the summary of a job.
fn job_summary() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// A report for a program that accepts only so many findings leaves no trace on the screen, so this does.
fn tell_left_out(count: usize, file: Option<&Path>) {
    if count > 0 {
        let report = file.map_or("the report".to_owned(), |file| file.display().to_string());
        complain(&format_args!(
            "note: {report} leaves out {count} of the least severe findings: its readers accept no more"
        ));
    }
}

/// All rules that any article was read by, sorted by id; the first settings win where they differ.
fn in_force(linters: &[Linter]) -> Vec<Arc<Rule>> {
    let mut rules = BTreeMap::new();
    for rule in linters.iter().flat_map(|linter| &linter.rules.rules) {
        rules.entry(&rule.id).or_insert(rule);
    }
    rules.into_values().cloned().collect()
}

/// The way from the repository's root to the working directory, empty or with a `/` at its end.
fn folder_in_repository(here: &Path) -> String {
    let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(here);
    let folder = shown(here, root);
    if folder.is_empty() { folder } else { folder + "/" }
}

fn write(
    report: &dyn Report,
    file: Option<&Path>,
    run: Run<'_>,
    args: &CheckArgs,
    shelter: &Shelter,
) -> Result<(), Stop> {
    let verbosity = match (args.read.quiet, args.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    if let Some(file) = file {
        let style = Style {
            verbosity,
            colored: args.color == When::Always,
            width: args.width.unwrap_or(Style::default().width),
            unicode: true,
        };
        let run = Run { style, ..run };
        return match shelter.whole(|| put(file, |out| report.write(&run, out))) {
            // It was a pipe.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|e| trouble(file, &e)),
        };
    }
    let stream = io::stdout();
    let width = args.width.unwrap_or_else(|| screen::width(&stream));
    let colored = screen::is_colored(args.color, &stream);
    let style = Style { verbosity, colored, width, unicode: screen::is_unicode(&stream) };
    let mut out = BufWriter::new(stream.lock());
    report.write(&Run { style, ..run }, &mut out)?;
    Ok(out.flush()?)
}

/// Adds a page behind what stands in a file already.
fn append(file: &Path, run: &Run<'_>) -> io::Result<()> {
    let mut out = BufWriter::new(OpenOptions::new().create(true).append(true).open(file)?);
    report::Markdown.write(run, &mut out)?;
    out.flush()
}

fn trouble(file: &Path, error: &io::Error) -> Stop {
    Stop::trouble(format_args!("{}: {}", file.display(), Unreadable::from_io(Some(error))))
}
