//! The command line: one command a file.
//!
//! Standard output carries reports and answers, standard error everything else. Exit status 0: nothing at or above
//! `--fail-on`; 1: findings at or above it; 2: wrong use, or a file that could not be read, or nothing to check. Status 2
//! wins, and a closed pipe is no error.

mod args;
mod baseline;
mod change;
mod check;
mod claims;
mod config;
mod explain;
mod facts;
mod fix;
mod gather;
mod git;
mod init;
mod outputs;
mod plan;
mod progress;
mod reading;
mod replace;
mod rules;
mod screen;
mod shell;
mod shelter;
mod statements;
mod test_rules;
mod timeline;
mod walk;

use crate::report;
use crate::rules::Mistake;
use crate::source::Unreadable;
use args::{Command, Line};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Wrong use, or something that could not be done.
const TROUBLE: u8 = 2;

/// Runs the program on its arguments, the program's name included.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let line = match Line::try_parse_from(with_command(args.into_iter().collect())) {
        Ok(line) => line,
        Err(error) => {
            // Help and version are answers; everything else is wrong use.
            let printed = error.print().and_then(|()| io::stdout().flush());
            return match printed.map_err(Stop::from) {
                Err(Stop::Trouble(message)) if !error.use_stderr() => {
                    complain(&message);
                    ExitCode::from(TROUBLE)
                }
                _ => ExitCode::from(if error.use_stderr() { TROUBLE } else { 0 }),
            };
        }
    };
    let done = match line.command {
        Command::Check(args) => check::run(args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Timeline(args) if args.expressions => timeline::run(&args),
        Command::Timeline(args) => claims::run(&args),
        Command::Facts(args) => facts::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Init => init::run(),
        Command::Schema(args) => shell::schema(&args),
        Command::TestRules(args) => test_rules::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::manual(),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(Stop::ClosedPipe) => ExitCode::SUCCESS,
        Err(Stop::Trouble(message)) => {
            complain(&message);
            ExitCode::from(TROUBLE)
        }
        Err(Stop::Mistakes(mistakes)) => {
            // Where standard error is closed, nobody is left to tell.
            let _ = report::write_mistakes(&mistakes, screen::on_standard_error(), &mut io::stderr());
            ExitCode::from(TROUBLE)
        }
    }
}

/// Why a command ended early.
enum Stop {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// What a person must know, without the leading `error:`.
    Trouble(String),
    /// Settings or rule files hold mistakes.
    Mistakes(Vec<Mistake>),
}

impl Stop {
    fn trouble(message: impl Display) -> Self {
        Self::Trouble(message.to_string())
    }
}

impl From<io::Error> for Stop {
    /// Only standard output is written through `?`.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Trouble(format!("standard output: {}", Unreadable::from_io(Some(&error)))),
        }
    }
}

/// The working directory.
fn here() -> Result<PathBuf, Stop> {
    std::env::current_dir().map_err(|e| Stop::trouble(format_args!("working directory: {e}")))
}

/// Says something on standard error, in one line and without anything that a terminal could take for a command: names of files may hold
/// both. Nobody may be listening.
fn complain(message: &impl Display) {
    let _ = writeln!(io::stderr(), "medlint: {}", report::clean(&message.to_string()));
}

/// `medlint PATH…` means `medlint check PATH…`.
fn with_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let commands = Line::command();
    let is_command = |arg: &OsString| arg == "help" || commands.get_subcommands().any(|c| arg == c.get_name());
    let asks = |arg: &OsString| ["-h", "--help", "-V", "--version"].iter().any(|flag| arg == flag);
    let first = args.get(1);
    if first.is_some_and(|first| !is_command(first) && !asks(first)) {
        args.insert(1, "check".into());
    }
    args
}
