//! One line a finding, for a quick look and for editors that jump to `path:line:column`.

use super::screen::clean;
use super::sources::Sources;
use super::told::Told;
use super::{Report, Run};
use std::io::{self, BufWriter, Write};

/// `path:line:column severity rule message (see path:line:column)`, and nothing else.
#[derive(Clone, Copy, Debug, Default)]
pub struct Concise;

impl Report for Concise {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut sources = Sources::new(run.library);
        for finding in &run.outcome.diagnostics {
            let told = Told::of(finding, "", &mut sources);
            let (path, place) = (clean(&told.path), told.start);
            let (severity, rule) = (finding.severity.as_str(), clean(&finding.rule));
            writeln!(out, "{path}:{}:{} {severity} {rule} {}", place.line, place.column, told.message())?;
        }
        out.flush()
    }

    fn names_unreadable(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, finding, label, library, outcome, render};
    use super::super::{Style, Verbosity};

    #[test]
    fn one_line_a_finding_with_both_places() {
        let text = "Rest.\nÜbe nicht. Walk at once.";
        let library = library(&[("a.txt", text)]);
        let mut found =
            finding(label("a.txt", at(text, "Walk"), "here"), vec![label("a.txt", at(text, "nicht"), "there")]);
        found.message = "one\nthing\r\nand \u{1b}[31manother".into();
        let alone = finding(label("gone.txt", (3, 4), ""), Vec::new());
        let style = Style { verbosity: Verbosity::Verbose, ..Style::default() };
        let report = render("concise", &outcome(vec![found, alone]), &library, style);
        assert_eq!(
            report,
            "a.txt:2:12 error timeline/conflict one thing and ␛[31manother (see a.txt:2:5)\n\
             gone.txt:1:1 error timeline/conflict exercise is forbidden here and advised there\n"
        );
    }

    #[test]
    fn many_places_are_counted() {
        let library = library(&[("a.txt", "Rest.")]);
        let places = (0..11).map(|_| label("a.txt", (0, 4), "")).collect();
        let report =
            render("concise", &outcome(vec![finding(label("a.txt", (0, 4), ""), places)]), &library, Style::default());
        assert!(report.ends_with("a.txt:1:1, 3 more)\n"), "{report}");
    }
}
