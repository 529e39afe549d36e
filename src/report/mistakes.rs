//! Mistakes in settings and rule files, drawn like findings.

use super::drawing::Canvas;
use super::pretty::Finding;
use super::sources::Sources;
use super::{Style, Verbosity};
use crate::diagnostic::{Data, Diagnostic, Label, Severity};
use crate::engine::Disk;
use crate::rules::Mistake;
use std::io::{self, Write};

/// Writes mistakes, each with its place.
///
/// # Errors
/// Whatever `out` says.
pub fn write_mistakes(mistakes: &[Mistake], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let sources = mistakes.iter().map(|mistake| (mistake.source.path.clone(), mistake.source.clone()));
    let library = Disk { held: sources.collect() };
    let mut sources = Sources::new(&library);
    let mut canvas = Canvas::new(out, style.width.clamp(Style::LEAST_WIDTH, Style::MOST_WIDTH), style.colored);
    for mistake in mistakes {
        let diagnostic = Diagnostic {
            primary: Label { path: mistake.source.path.clone(), span: mistake.span, message: String::new() },
            rule: "".into(),
            severity: Severity::Error,
            message: mistake.message.clone(),
            secondary: Vec::new(),
            notes: Vec::new(),
            fix: None,
            data: Data::None,
            identity: Vec::new(),
        };
        Finding::of(&diagnostic, &mut sources, Verbosity::Normal).draw(&mut canvas, style.unicode)?;
    }
    canvas.pen.flush()
}
