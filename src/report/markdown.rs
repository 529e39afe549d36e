//! A page for the summary of a job or a comment in a pull request, in GitHub's Markdown.
//!
//! The figures come first, then a table of errors and warnings; what is long or mild is folded. Comments may have 65,536
//! characters, so the page ends at 60,000 bytes and counts what is not on it.

use super::closing::{figures, several};
use super::markup::{code, escaped, head};
use super::remarks::{notes, places};
use super::repository::from_root;
use super::sources::Sources;
use super::{PLACES, Report, Run};
use crate::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

/// Bytes of the whole page.
const PAGE: usize = 60_000;
/// Bytes kept for the head of a table and for what closes the page.
const CLOSING: usize = 500;
/// Rows of errors and warnings that are not folded.
const OPEN: usize = 25;
/// Files that could not be read and are named.
const UNREADABLE: usize = 20;
/// Characters of a message, and of a note.
const MESSAGE: usize = 500;

/// A page with tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

impl Report for Markdown {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut page = format!("## medlint\n\n{}\n", figures(run.outcome));
        unreadable(run, &mut page);
        let mut sources = Sources::new(run.library);
        let (minor, major): (Vec<_>, Vec<_>) =
            run.worst_first().into_iter().partition(|finding| finding.severity == Severity::Info);
        let (open, folded) = major.split_at(major.len().min(OPEN));
        let mut told = 0;
        // The first table is open whatever it holds.
        let more: Summary = |rows| format!("{rows} more");
        let infos: Summary = |rows| several(rows as u64, "info");
        let tables = [(open, None), (folded, Some(more)), (&minor, Some(infos).filter(|_| !major.is_empty()))];
        for (findings, summary) in tables {
            let rows = table(findings, summary, run.folder, &mut sources, &mut page);
            told += rows;
            if rows < findings.len() {
                break;
            }
        }
        let all = run.outcome.diagnostics.len();
        if told < all {
            let left = several((all - told) as u64, "finding");
            page.push_str(&format!("\n{left} left out here, the least severe: `medlint check` tells them all.\n"));
        }
        out.write_all(page.as_bytes())?;
        out.flush()
    }
}

fn unreadable(run: &Run<'_>, page: &mut String) {
    let problems = &run.outcome.unreadable;
    if problems.is_empty() {
        return;
    }
    page.push_str("\nCould not be read:\n\n");
    let mut told = 0;
    for problem in problems.iter().take(UNREADABLE) {
        if page.len() > PAGE / 4 {
            break;
        }
        told += 1;
        let path = code(&head(&from_root(run.folder, &problem.path), MESSAGE));
        page.push_str(&format!("- {path}: {}\n", escaped(&head(&problem.reason.to_string(), MESSAGE))));
    }
    if problems.len() > told {
        page.push_str(&format!("- {} more\n", problems.len() - told));
    }
}

/// What is told of a folded table that has so many rows.
type Summary = fn(usize) -> String;

/// Writes a row a finding until the page is full; gives how many there are. With a summary the table is folded under it.
fn table(
    findings: &[&Diagnostic],
    summary: Option<Summary>,
    folder: &str,
    sources: &mut Sources<'_>,
    page: &mut String,
) -> usize {
    let mut rows = String::new();
    let mut count = 0;
    for finding in findings {
        let row = row(finding, folder, sources);
        if page.len() + rows.len() + row.len() + CLOSING > PAGE {
            break;
        }
        rows.push_str(&row);
        count += 1;
    }
    if count == 0 {
        return 0;
    }
    if let Some(summary) = summary {
        page.push_str(&format!("\n<details><summary>{}</summary>\n", summary(count)));
    }
    page.push_str("\n| severity | rule | place | message | other places |\n|---|---|---|---|---|\n");
    page.push_str(&rows);
    if summary.is_some() {
        page.push_str("\n</details>\n");
    }
    count
}

fn row(finding: &Diagnostic, folder: &str, sources: &mut Sources<'_>) -> String {
    let line = sources.located(&finding.primary).start.line;
    let place = code(&format!("{}:{line}", from_root(folder, &finding.primary.path)));
    let notes = notes(finding, folder, PLACES, sources);
    let texts = [&finding.message].into_iter().chain(&notes).take(1 + PLACES);
    let message: Vec<String> = texts.map(|text| escaped(&head(text, MESSAGE))).collect();
    let mut others = places(&finding.secondary, PLACES, |path| from_root(folder, path), sources);
    let more = if finding.secondary.len() > PLACES { others.pop() } else { None };
    let others: Vec<String> = others.iter().map(|place| code(place)).chain(more).collect();
    format!(
        "| {} | {} | {place} | {} | {} |\n",
        finding.severity.as_str(),
        code(&finding.rule),
        message.join("<br>"),
        others.join("<br>"),
    )
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use super::*;
    use crate::engine::{Outcome, Problem};
    use crate::source::Unreadable;

    const TEXT: &str = "Rest.\nWalk at once.";

    fn many(count: usize, severity: Severity) -> Vec<Diagnostic> {
        let mut found = finding(label("a|b.txt", at(TEXT, "Walk"), ""), vec![label("a|b.txt", (0, 4), "")]);
        (found.severity, found.message) = (severity, "say | when".into());
        vec![found; count]
    }

    fn report(found: Vec<Diagnostic>) -> String {
        render("markdown", &outcome(found), &library(&[("a|b.txt", TEXT)]), Style::default())
    }

    #[test]
    fn a_row_holds_all_of_a_finding() {
        let mut found = many(1, Severity::Error);
        found.iter_mut().for_each(|finding| finding.notes = vec!["a <note>".into()]);
        assert_eq!(
            report(found),
            "## medlint\n\n1 article, 1,234 words: 1 error\n\n\
             | severity | rule | place | message | other places |\n|---|---|---|---|---|\n\
             | error | `timeline/conflict` | `a\\|b.txt:2` | say \\| when<br>a &lt;note&gt; | `a\\|b.txt:1:1` |\n"
        );
    }

    #[test]
    fn a_clean_run_says_so() {
        assert_eq!(report(Vec::new()), "## medlint\n\n1 article, 1,234 words: nothing found\n");
    }

    #[test]
    fn what_is_mild_or_long_is_folded() {
        let alone = report(many(3, Severity::Info));
        assert!(!alone.contains("<details>"), "{alone}");
        let both = report([many(2, Severity::Info), many(30, Severity::Warning)].concat());
        let folds: Vec<&str> = both.lines().filter(|line| line.starts_with("<details>")).collect();
        assert_eq!(folds, ["<details><summary>5 more</summary>", "<details><summary>2 infos</summary>"]);
        assert_eq!(both.matches("</details>").count(), 2);
        assert!(both.find("| warning |") < both.find("| info |"));
    }

    #[test]
    fn the_page_ends_in_time_and_counts_the_rest() {
        let page = report([many(2000, Severity::Info), many(3, Severity::Error)].concat());
        assert!((50_000..=PAGE).contains(&page.len()), "{}", page.len());
        let rows = page.lines().filter(|line| line.starts_with("| info ") || line.starts_with("| error ")).count();
        let closing = format!("{} left out here", several(2003 - rows as u64, "finding"));
        assert!(page.contains(&closing) && page.matches("| error |").count() == 3, "{closing}");
        assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    }

    #[test]
    fn places_and_unreadable_files_are_counted_above_a_limit() {
        let mut found = many(1, Severity::Error);
        found.iter_mut().for_each(|finding| finding.secondary = vec![label("a|b.txt", (0, 4), ""); 11]);
        let problem = |n| Problem { path: format!("`{n}`.bin").into(), reason: Unreadable::NotUtf8(3) };
        let outcome = Outcome { unreadable: (0..22).map(problem).collect(), ..outcome(found) };
        let page = render("markdown", &outcome, &library(&[("a|b.txt", TEXT)]), Style::default());
        assert!(page.contains("`a\\|b.txt:1:1`<br>3 more |") && page.contains("- 2 more\n"), "{page}");
        assert!(page.contains("- `` `0`.bin ``: not UTF-8 text (byte 3)\n"), "{page}");
    }
}
