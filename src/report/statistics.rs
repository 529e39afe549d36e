//! The figures behind a run: findings by rule, family and folder, and the articles with the most of them.

use super::screen::{clean, columns, tail, wrap};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Outcome;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Rows of a table.
const ROWS: usize = 20;
/// The columns of figures, each as wide as its heading and the space before it.
const HEADINGS: [&str; 3] = ["  errors", "  warnings", "  infos"];
/// Names are cut to leave room for the figures, but not to less.
const LEAST_NAME: usize = 12;

/// Findings of a kind: errors, warnings, infos.
type Counts = [usize; 3];

/// Writes the tables, no line wider than `width`.
///
/// # Errors
/// Whatever `out` says.
pub fn write_statistics(outcome: &Outcome, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let family = |rule: &str| rule.split('/').next().unwrap_or_default().to_owned();
    let folder = |path: &str| path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned();
    table("rule", outcome, width, out, |finding| finding.rule.to_string())?;
    table("family", outcome, width, out, |finding| family(&finding.rule))?;
    table("folder", outcome, width, out, |finding| folder(&finding.primary.path))?;
    table("article", outcome, width, out, |finding| finding.primary.path.to_string())?;
    boilerplate(outcome, width, out)
}

/// The texts that so many articles hold that they were not told as copies.
fn boilerplate(outcome: &Outcome, width: usize, out: &mut dyn Write) -> io::Result<()> {
    const HEADING: &str = "boilerplate, in so many articles that it was not told as copied";
    if outcome.boilerplate.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    for line in wrap(HEADING, width, width) {
        writeln!(out, "{line}")?;
    }
    let widest = outcome.boilerplate.iter().map(|one| one.articles.to_string().len()).max().unwrap_or_default();
    for one in &outcome.boilerplate {
        let text = format!("{:>widest$}  {}", one.articles, clean(&one.text));
        for (index, line) in wrap(&text, width, width.saturating_sub(widest + 2)).iter().enumerate() {
            writeln!(out, "{}{line}", " ".repeat(if index == 0 { 0 } else { widest + 2 }))?;
        }
    }
    Ok(())
}

/// One table: the worst first, those with the most errors, then warnings, then infos.
fn table(
    heading: &str,
    outcome: &Outcome,
    width: usize,
    out: &mut dyn Write,
    name: impl Fn(&Diagnostic) -> String,
) -> io::Result<()> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for finding in &outcome.diagnostics {
        let column = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        counts.entry(name(finding)).or_default()[column] += 1;
    }
    if counts.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<(String, Counts)> = counts.into_iter().collect();
    rows.sort_by(|(a, counts), (b, others)| (Reverse(counts), a).cmp(&(Reverse(others), b)));
    let figures: usize = HEADINGS.iter().map(|heading| heading.len()).sum();
    let most = width.saturating_sub(figures).max(LEAST_NAME);
    let names: Vec<String> = rows.iter().take(ROWS).map(|(name, _)| tail(name, most)).collect();
    let widest = names.iter().map(|name| columns(name)).chain([heading.len()]).max().unwrap_or_default();
    writeln!(out, "\n{heading}{}{}", " ".repeat(widest - heading.len()), HEADINGS.concat())?;
    for (name, (_, counts)) in names.iter().zip(&rows) {
        write!(out, "{name}{}", " ".repeat(widest - columns(name)))?;
        for (count, heading) in counts.iter().zip(HEADINGS) {
            write!(out, "{count:>width$}", width = heading.len())?;
        }
        writeln!(out)?;
    }
    match rows.len().saturating_sub(ROWS) {
        0 => Ok(()),
        more => writeln!(out, "and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{finding, label, outcome};
    use super::*;

    fn tables(width: usize) -> String {
        let mut found = Vec::new();
        for (path, rule, severity) in [
            ("faq/a.md", "duplicate/heading", Severity::Info),
            ("faq/a.md", "duplicate/passage", Severity::Warning),
            ("b.md", "spun/contraction", Severity::Error),
            ("b.md", "duplicate/heading", Severity::Info),
        ] {
            let mut one = finding(label(path, (0, 4), ""), Vec::new());
            (one.rule, one.severity) = (rule.into(), severity);
            found.push(one);
        }
        let mut out = Vec::new();
        write_statistics(&outcome(found), width, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn the_worst_come_first() {
        let tables = tables(80);
        let rows: Vec<Vec<&str>> = tables.lines().map(|line| line.split_whitespace().collect()).collect();
        let expected = [
            "rule errors warnings infos",
            "spun/contraction 1 0 0",
            "duplicate/passage 0 1 0",
            "duplicate/heading 0 0 2",
            "",
            "family errors warnings infos",
            "spun 1 0 0",
            "duplicate 0 1 2",
            "",
            "folder errors warnings infos",
            ". 1 0 1",
            "faq 0 1 1",
            "",
            "article errors warnings infos",
            "b.md 1 0 1",
            "faq/a.md 0 1 1",
        ];
        assert_eq!(rows[1..].iter().map(|row| row.join(" ")).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        assert!(tables(40).lines().all(|line| columns(line) <= 40));
        assert!(tables(40).contains("…licate/passage "));
    }
}
