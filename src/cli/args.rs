//! The arguments as typed.

use crate::diagnostic::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A content-quality linter for health articles
#[derive(Parser)]
#[command(name = "medlint", version, arg_required_else_help = true)]
#[command(
    after_help = "A bare `medlint PATH…` is the same as `medlint check PATH…`.\n\nExit status: 0 nothing at or above --fail-on; 1 findings at or above it; 2 wrong use, a file that could not be read, or nothing to check."
)]
pub(super) struct Line {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Check articles and report what is wrong in them
    Check(CheckArgs),
    /// Tell what a rule finds, why it matters, its options and its examples
    Explain(ExplainArgs),
    /// List every rule
    Rules(RulesArgs),
}

#[derive(Args)]
pub(super) struct CheckArgs {
    /// Files or folders; `-` is standard input. Without any, the working directory
    pub paths: Vec<PathBuf>,
    /// How findings are told: pretty, concise, json or jsonl; with =FILE into a file. May be given several times
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]")]
    pub outputs: Vec<String>,
    /// Only these rules (duplicate/article) or families (duplicate); commas between several
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// All but these rules or families; commas between several
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The lowest severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub fail_on: FailOn,
    /// Judge each file by itself: no comparison between files
    #[arg(long)]
    pub isolated: bool,
    /// Name and format of what comes on standard input
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// A list of paths, one a line or NUL-separated; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Finding no file to check is not an error
    #[arg(long)]
    pub allow_empty: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Columns that no line of the pretty report exceeds; without it, the terminal's, or 100
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// How many threads read; without it, one a core
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Say nothing but the findings
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell all places and differences
    #[arg(short, long)]
    pub verbose: bool,
}

#[derive(Args)]
pub(super) struct ExplainArgs {
    /// The rule, as `family/name`, or a family for its rules
    pub rule: String,
}

#[derive(Args)]
pub(super) struct RulesArgs {
    /// How the rules are told
    #[arg(short, long, value_name = "FORMAT", default_value = "pretty")]
    pub output: RulesFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    Pretty,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// True where a finding of this severity fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}
