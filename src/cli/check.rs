//! `medlint check`: the main job.

use super::args::CheckArgs;
use super::outputs::Outputs;
use super::plan::Settings;
use super::{Stop, TROUBLE, complain, here, walk};
use crate::engine::{self, Disk, Outcome, Problem};
use crate::filter;
use crate::rules::{Part, locate};
use crate::source::{Format, Lines, Source, Unreadable, shown};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How standard input is called where nobody named it.
const STANDARD_INPUT: &str = "<stdin>";
/// A run that is done sooner shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Checks articles; gives the exit status.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Stop> {
    let outputs = Outputs::new(&args.outputs)?;
    let here = here()?;
    let settings = Settings::new(&args.settings, &here);
    let mut library = Disk::default();
    let mut files = gather(args, &here, &settings, &mut library)?;
    settings.stop_at_mistakes()?;
    let plan = settings.plan(std::mem::take(&mut files.articles), &args.select, &args.ignore)?;
    if !args.quiet {
        tell_idle_patterns(&settings, &files);
    }
    if let Some(jobs) = args.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        pool.map_err(|e| Stop::trouble(format_args!("--jobs: {e}")))?;
    }
    let progress = Progress::new(plan.articles.len(), args.quiet);
    let mut outcome = engine::run(&plan.linters, &plan.articles, &library, &|| progress.step());
    progress.end();
    outcome.unreadable.append(&mut files.problems);
    outcome.unreadable.sort();
    filter::suppress(&mut outcome, &plan.linters);
    outputs.write(&outcome, &plan.linters, &library, &here, args)?;
    Ok(status(args, &settings, &outcome, files.has_excluded))
}

fn status(args: &CheckArgs, settings: &Settings, outcome: &Outcome, has_excluded: bool) -> u8 {
    if !outcome.unreadable.is_empty() {
        return TROUBLE;
    }
    if outcome.files == 0 && !args.allow_empty && !args.force_exclude {
        let but = if has_excluded { " that the settings do not exclude" } else { "" };
        complain(&format_args!("nothing to check: no {} file there{but}", Format::EXTENSIONS.join(", ")));
        return TROUBLE;
    }
    let fails = outcome.diagnostics.iter().any(|finding| {
        let fail_on = args.fail_on.unwrap_or_else(|| settings.fail_on(&finding.primary.path));
        fail_on.fails(finding.severity)
    });
    u8::from(fails)
}

/// A pattern in the settings that matches no file is a note, where all files that it could match were looked at.
fn tell_idle_patterns(settings: &Settings, files: &walk::Files) {
    for config in settings.configs.read() {
        if !files.folders.iter().any(|folder| config.folder.starts_with(folder)) {
            continue;
        }
        let Some(source) = &config.source else { continue };
        let lines = Lines::of(source);
        for (keys, pattern) in config.idle_patterns() {
            let line = lines.index(locate(source, &keys, Part::Value).start) + 1;
            complain(&format_args!("note: {}:{line}: the pattern “{pattern}” matches no file", source.path));
        }
    }
}

/// The articles that the arguments name.
fn gather(args: &CheckArgs, here: &Path, settings: &Settings, library: &mut Disk) -> Result<walk::Files, Stop> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(walk::listed(&read_list(list)?));
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let reads_input = paths.iter().any(|p| p.as_os_str() == "-");
    paths.retain(|p| p.as_os_str() != "-");
    let mut files = walk::files(&paths, here, &settings.configs, args.force_exclude);
    let is_excluded = |name: &PathBuf| args.force_exclude && settings.configs.excludes(name, false);
    if reads_input && args.stdin_filename.as_ref().is_some_and(is_excluded) {
        files.has_excluded = true;
    } else if reads_input {
        match standard_input(args.stdin_filename.as_deref(), here) {
            Ok(source) => {
                files.articles.retain(|path| *path != source.path);
                files.articles.push(source.path.clone());
                library.held.push(Arc::new(source));
            }
            Err(problem) => files.problems.push(problem),
        }
    }
    Ok(files)
}

fn read_list(list: &Path) -> Result<String, Stop> {
    let text = match list.as_os_str() == "-" {
        true => io::read_to_string(io::stdin()),
        false => std::fs::read_to_string(list),
    };
    text.map_err(|e| Stop::trouble(format_args!("--files-from {}: {}", list.display(), Unreadable::from_io(Some(&e)))))
}

fn standard_input(name: Option<&Path>, here: &Path) -> Result<Source, Problem> {
    let path: Arc<str> = name.map_or(STANDARD_INPUT.into(), |name| shown(name, here).into());
    let problem = |reason| Problem { path: path.clone(), reason };
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|e| problem(Unreadable::from_io(Some(&e))))?;
    let format = match name {
        Some(name) => Format::of_path(name).ok_or_else(|| problem(Unreadable::UnknownFormat))?,
        None => Format::of_text(&String::from_utf8_lossy(&bytes)),
    };
    Source::new(path.clone(), format, bytes).map_err(problem)
}

/// A bar on the terminal for runs that take longer than one is patient.
struct Progress {
    bar: ProgressBar,
    began: Instant,
    is_wanted: bool,
}

impl Progress {
    fn new(articles: usize, is_quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} articles") {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now(), is_wanted: !is_quiet && io::stderr().is_terminal() }
    }

    fn step(&self) {
        self.bar.inc(1);
        if self.is_wanted && self.bar.is_hidden() && self.began.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
