//! How a report for people looks on the stream that it goes to.

use super::args::When;
use crate::report::Style;
use std::io::{self, IsTerminal};

/// Colours where the stream is a terminal and nobody objects.
pub(super) fn is_colored(when: When, stream: &impl IsTerminal) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
    }
}

/// The columns of the terminal, where the stream is one.
pub(super) fn width(stream: &impl IsTerminal) -> usize {
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    width.filter(|_| stream.is_terminal()).unwrap_or(Style::default().width)
}

/// How mistakes are shown on standard error.
pub(super) fn on_standard_error() -> Style {
    on(&io::stderr())
}

/// How mistakes are shown on standard output.
pub(super) fn on_standard_output() -> Style {
    on(&io::stdout())
}

fn on(stream: &impl IsTerminal) -> Style {
    Style { width: width(stream), colored: is_colored(When::Auto, stream), ..Style::default() }
}
