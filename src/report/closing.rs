//! What stands below the findings: files that could not be read, the figures of the run, and how to go on.

use super::Verbosity;
use super::drawing::{Canvas, tone};
use super::screen::wrap;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::engine::Outcome;
use codespan_reporting::term::WriteStyle;
use std::io::{self, Write};

/// Writes the closing block.
pub(super) fn write(canvas: &mut Canvas<'_>, outcome: &Outcome, verbosity: Verbosity) -> io::Result<()> {
    for problem in &outcome.unreadable {
        lines(canvas, &format!("cannot read {}: {}", problem.path, problem.reason))?;
    }
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    if !outcome.unreadable.is_empty() {
        writeln!(canvas.pen)?;
    }
    let worst = outcome.worst();
    canvas.pen.set_header(worst.map_or_else(|| tone(Severity::Info), tone))?;
    lines(canvas, &figures(outcome))?;
    canvas.pen.reset()?;
    let is_safe =
        |finding: &&Diagnostic| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let safe = outcome.diagnostics.iter().filter(is_safe).count();
    if safe > 0 {
        lines(
            canvas,
            &format!("--fix mends {} without changing what a reader learns; --diff shows how", digits(safe as u64)),
        )?;
    }
    match outcome.diagnostics.iter().find(|finding| Some(finding.severity) == worst) {
        Some(first) => {
            let rule = &first.rule;
            lines(canvas, &format!("medlint explain {rule} tells more; --ignore {rule} leaves that rule out"))
        }
        None => Ok(()),
    }
}

fn lines(canvas: &mut Canvas<'_>, text: &str) -> io::Result<()> {
    let lines = wrap(text, canvas.width, canvas.width - 2);
    for (index, line) in lines.iter().enumerate() {
        writeln!(canvas.pen, "{}{line}", if index == 0 { "" } else { "  " })?;
    }
    Ok(())
}

/// `4 articles, 4,288 words: 2 errors, 9 warnings, 3 infos`
pub(super) fn figures(outcome: &Outcome) -> String {
    let severities = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];
    let counts = severities.map(|(severity, name)| (outcome.count(severity) as u64, name));
    let found = counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| several(*count, name));
    let mut found: Vec<String> = found.collect();
    if outcome.files == 0 {
        found.push("nothing was read".to_owned());
    } else if found.is_empty() {
        found.push("nothing found".to_owned());
    }
    let left_out = [
        (outcome.suppressed, "suppressed"),
        (outcome.baselined, "in the baseline"),
        (outcome.unchanged, "on lines that did not change"),
    ];
    let left_out = left_out.into_iter().filter(|(count, _)| *count > 0);
    found.extend(left_out.map(|(count, why)| format!("{} {why}", digits(count as u64))));
    if !outcome.unreadable.is_empty() {
        found.push(format!("{} unreadable", several(outcome.unreadable.len() as u64, "file")));
    }
    let (articles, words) = (several(outcome.files as u64, "article"), several(outcome.words, "word"));
    format!("{articles}, {words}: {}", found.join(", "))
}

/// A count with its noun, `1 word`, `4,288 words`, `2 fixes`.
pub(crate) fn several(count: u64, noun: &str) -> String {
    let ending = match count {
        1 => "",
        _ if noun.ends_with('x') => "es",
        _ => "s",
    };
    format!("{} {noun}{ending}", digits(count))
}

/// A count with its thousands parted, `4,288`.
fn digits(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{finding, label, library, outcome, render};
    use super::*;
    use crate::diagnostic::Fix;
    use crate::engine::Problem;
    use crate::source::Unreadable;

    #[test]
    fn counts_read_well() {
        assert_eq!(several(1, "word"), "1 word");
        assert_eq!(several(0, "word"), "0 words");
        assert_eq!([several(1, "fix"), several(2, "fix")], ["1 fix", "2 fixes"]);
        assert_eq!(several(999, "word"), "999 words");
        assert_eq!(several(4288, "word"), "4,288 words");
        assert_eq!(several(1_234_567, "word"), "1,234,567 words");
    }

    #[test]
    fn a_clean_run_says_so() {
        let report = render("pretty", &outcome(Vec::new()), &library(&[]), Style::default());
        assert_eq!(report, "1 article, 1,234 words: nothing found\n");
        let quiet = Style { verbosity: Verbosity::Quiet, ..Style::default() };
        assert_eq!(render("pretty", &outcome(Vec::new()), &library(&[]), quiet), "");
    }

    #[test]
    fn safe_fixes_are_offered() {
        let with = |applicability| {
            let mut found = finding(label("a.txt", (0, 4), ""), Vec::new());
            found.fix = Some(Fix { title: "cut".into(), applicability, edits: Vec::new() });
            found
        };
        let all = [Applicability::Safe, Applicability::Unsafe, Applicability::DisplayOnly].map(with);
        let report = render("pretty", &outcome(all.to_vec()), &library(&[("a.txt", "Rest.")]), Style::default());
        assert!(
            report.contains("\n--fix mends 1 without changing what a reader learns; --diff shows how\n"),
            "{report}"
        );
        assert!(!render("pretty", &outcome(Vec::new()), &library(&[]), Style::default()).contains("--fix"));
    }

    #[test]
    fn unreadable_files_are_named_and_counted() {
        let mut outcome = outcome(Vec::new());
        outcome.unreadable = vec![Problem { path: "a.bin".into(), reason: Unreadable::NotUtf8(3) }];
        let report = render("pretty", &outcome, &library(&[]), Style::default());
        assert_eq!(
            report,
            "cannot read a.bin: not UTF-8 text (byte 3)\n\n1 article, 1,234 words: nothing found, 1 file unreadable\n"
        );
    }

    #[test]
    fn the_last_line_names_a_rule_of_the_run() {
        let mut minor = finding(label("a.txt", (0, 4), ""), Vec::new());
        (minor.severity, minor.rule) = (Severity::Info, "spun/padding".into());
        let major = finding(label("a.txt", (0, 4), ""), Vec::new());
        let report = render("pretty", &outcome(vec![minor, major]), &library(&[("a.txt", "Rest.")]), Style::default());
        let closing = "1 article, 1,234 words: 1 error, 1 info\n\
            medlint explain timeline/conflict tells more; --ignore timeline/conflict leaves that rule out\n";
        assert!(report.ends_with(closing), "{report}");
    }
}
