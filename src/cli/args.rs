//! The arguments as typed.

use crate::config::{Choice, FailOn};
use crate::report;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// A content-quality linter for health articles
#[derive(Parser)]
#[command(name = "medlint", version, arg_required_else_help = true)]
#[command(
    after_help = "A bare `medlint PATH…` is the same as `medlint check PATH…`.\n\nExit status: 0 nothing at or above --fail-on; 1 findings at or above it; 2 wrong use, wrong settings or rule files, a file that could not be read, or nothing to check."
)]
pub(super) struct Line {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Check articles and report what is wrong in them
    Check(CheckArgs),
    /// Accept today's findings: write the baseline file that `check --baseline` reads
    Baseline(BaselineArgs),
    /// Tell what a rule finds, why it matters, its options and its examples
    Explain(ExplainArgs),
    /// List every rule
    Rules(RulesArgs),
    /// Tell what is read in articles about time, claim by claim
    Timeline(TimelineArgs),
    /// Draft a facts file from what articles say about procedures
    Facts(FactsArgs),
    /// Show the settings in force for a path, and which file each came from
    Config(ConfigArgs),
    /// Write a commented medlint.toml to start from
    Init,
    /// Print the JSON Schema of medlint.toml
    Schema(SettingsArgs),
    /// Run the examples inside your own rule files
    TestRules(TestRulesArgs),
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// Which settings hold.
#[derive(Args)]
pub(super) struct SettingsArgs {
    /// This settings file, instead of the nearest medlint.toml upwards from each path
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// No settings file at all
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

impl SettingsArgs {
    /// Where settings come from.
    pub fn choice(&self) -> Choice {
        match (&self.config, self.no_config) {
            (Some(file), _) => Choice::File(file.clone()),
            (None, true) => Choice::None,
            (None, false) => Choice::Nearest,
        }
    }
}

/// Where articles are, and which settings they have.
#[derive(Args)]
pub(super) struct PlaceArgs {
    /// Files or folders; `-` is standard input. Without any, the working directory
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArgs,
    /// Name and format of what comes on standard input
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// A list of paths, one a line or NUL-separated; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// The settings' excludes hold for files named on the command line too
    #[arg(long)]
    pub force_exclude: bool,
    /// Finding no file to read is not an error; implied by --force-exclude, --changed and --staged
    #[arg(long)]
    pub allow_empty: bool,
}

impl PlaceArgs {
    /// True where finding no article is no error.
    pub fn may_be_empty(&self) -> bool {
        self.allow_empty || self.force_exclude
    }
}

/// Which articles are read, by which rules, and how.
#[derive(Args)]
pub(super) struct ReadArgs {
    #[command(flatten)]
    pub places: PlaceArgs,
    /// Only these rules (duplicate/article) or families (duplicate); commas between several
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// All but these rules or families; commas between several
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Judge each file by itself: no comparison between files
    #[arg(long)]
    pub isolated: bool,
    /// How many threads read; without it, one a core
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Say nothing but the findings
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]", help = formats())]
    pub outputs: Vec<String>,
    /// The lowest severity that makes the exit status 1; without it, what the settings say, or warning
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Read every article anew; that is always done, since reading is fast enough without an index
    #[arg(long = "no-index")]
    _no_index: bool,
    /// Only findings that touch lines changed since a revision, or since the last commit
    #[arg(long, value_name = "REV", num_args = 0..=1, conflicts_with = "staged")]
    pub changed: Option<Option<String>>,
    /// Read what is staged, not the work tree, and tell only findings that touch staged lines
    #[arg(long, conflicts_with = "stdin_filename")]
    pub staged: bool,
    /// Leave out the findings that this file accepts; `medlint baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Leave out the findings that stood already at a revision
    #[arg(long, value_name = "REV", conflicts_with = "baseline")]
    pub baseline_from: Option<String>,
    /// Apply the fixes that change nothing a reader learns, and tell what remains
    #[arg(long, conflicts_with = "staged")]
    pub fix: bool,
    /// Apply all fixes, those that may change the meaning too: review what they did
    #[arg(long, conflicts_with = "staged")]
    pub unsafe_fixes: bool,
    /// Show what --fix, or --unsafe-fixes, would change, on standard output in place of a report; write nothing
    #[arg(long)]
    pub diff: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Columns that no line of the pretty report exceeds; without it, the terminal's, or 100
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Also count findings by rule, family and folder, and name the worst articles
    #[arg(long)]
    pub statistics: bool,
    /// Tell all places and differences
    #[arg(short, long, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// What is said of the formats of a report.
fn formats() -> String {
    let names = report::names().join(", ");
    format!(
        "How findings are told: {names}; with =FILE into a file. May be given several times. Without it: pretty, and in a job of \
         GitHub Actions also github"
    )
}

#[derive(Args)]
pub(super) struct BaselineArgs {
    #[command(flatten)]
    pub read: ReadArgs,
    /// The file to write; without it, medlint.baseline beside the settings, or in the working directory
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Accept nothing new, only delete what is gone
    #[arg(long)]
    pub prune: bool,
}

#[derive(Args)]
pub(super) struct ExplainArgs {
    /// The rule, as `family/name`, or a family for its rules
    pub rule: String,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Args)]
pub(super) struct RulesArgs {
    /// How the rules are told
    #[arg(short, long, value_name = "FORMAT", default_value = "pretty")]
    pub output: RulesFormat,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Args)]
pub(super) struct TimelineArgs {
    #[command(flatten)]
    pub places: PlaceArgs,
    /// Every line of the files, or of standard input, is a time expression: tell its reading
    #[arg(long, conflicts_with_all = ["stdin_filename", "files_from", "force_exclude", "allow_empty"])]
    pub expressions: bool,
    /// How readings are told
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub output: TimelineFormat,
}

#[derive(Args)]
pub(super) struct FactsArgs {
    #[command(flatten)]
    pub places: PlaceArgs,
}

#[derive(Args)]
pub(super) struct ConfigArgs {
    /// The file or folder that the settings are for; without one, the working directory
    #[arg(default_value = ".")]
    pub path: PathBuf,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Args)]
pub(super) struct TestRulesArgs {
    /// A folder of rule files, tried beside the built-in rules alone; without one, the folder that the settings name
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArgs,
}

#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell that they are for
    pub shell: Shell,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    Pretty,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TimelineFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}
