//! A bar on the terminal for runs that take longer than one is patient.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// A run that is done sooner shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run has come.
pub(super) struct Progress {
    bar: ProgressBar,
    began: Instant,
    is_wanted: bool,
}

impl Progress {
    /// For a run over so many articles.
    pub fn new(articles: usize, is_quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(articles as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} articles") {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now(), is_wanted: !is_quiet && io::stderr().is_terminal() }
    }

    /// One more article is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.is_wanted && self.bar.is_hidden() && self.began.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// All are done.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
