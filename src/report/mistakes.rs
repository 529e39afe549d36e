//! Mistakes in settings and rule files, drawn like findings.

use super::drawing::Canvas;
use super::pretty::Finding;
use super::sources::Sources;
use super::{Style, Verbosity};
use crate::diagnostic::{Data, Diagnostic, Label, Severity};
use crate::engine::Disk;
use crate::rules::Mistake;
use std::io::{self, Write};

/// Longer messages are cut, in characters.
const LONGEST: usize = 600;

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
            message: shortened(&mistake.message),
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

/// A message of a length that people read: what it quotes from the file may be as long as the file. Its end says what is wrong.
fn shortened(message: &str) -> String {
    let count = message.chars().count();
    if count <= LONGEST {
        return message.to_owned();
    }
    let start: String = message.chars().take(LONGEST / 2).collect();
    let end: String = message.chars().skip(count - LONGEST / 2).collect();
    format!("{start} … {end}")
}
