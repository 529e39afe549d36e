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

/// False on a terminal whose character set is another than UTF-8.
pub(super) fn is_unicode(stream: &impl IsTerminal) -> bool {
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set).and_then(|name| std::env::var(name).ok());
    let is_utf8 = |locale: String| locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    !stream.is_terminal() || cfg!(windows) || locale.is_some_and(is_utf8)
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
    let colored = is_colored(When::Auto, stream);
    Style { width: width(stream), colored, unicode: is_unicode(stream), ..Style::default() }
}
