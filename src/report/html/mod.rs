//! The report for a browser: one file that holds everything, works from disk and never asks the network.
//!
//! The page and its script lie beside this file. Findings and the texts under them go in as JSON, in which no `<` is left, and the script
//! puts them on the page as text: nothing that an article holds can become markup. Articles without findings are counted, not held.
//! Of articles in which statements about time clash, all such statements go in as well.

mod times;

use super::json::Findings;
use super::shape::Summary;
use super::sources::Sources;
use super::{Report, Run};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use times::Times;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// What draws time axes, and what draws the rest with it.
const SCRIPTS: [&str; 2] = [include_str!("axis.js"), include_str!("page.js")];
/// Where the page takes in what is its own: a mark in the page each.
const GAPS: [&str; 3] = ["{style}", "{data}", "{script}"];

/// One page with every finding in its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Report for Html {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let mut page = PAGE;
        for gap in GAPS {
            let (before, after) = page.split_once(gap).unwrap_or((page, ""));
            out.write_all(before.as_bytes())?;
            match gap {
                "{style}" => out.write_all(STYLE.as_bytes())?,
                "{script}" => SCRIPTS.iter().try_for_each(|script| out.write_all(script.as_bytes()))?,
                _ => serde_json::to_writer(Harmless(&mut out), &Data::of(run))?,
            }
            page = after;
        }
        out.write_all(page.as_bytes())?;
        out.flush()
    }
}

#[derive(Serialize)]
struct Data<'a> {
    summary: Summary<'a>,
    findings: Findings<'a>,
    texts: Texts<'a>,
    times: Times<'a>,
}

impl<'a> Data<'a> {
    fn of(run: &Run<'a>) -> Self {
        let findings = &run.outcome.diagnostics;
        let labels = findings.iter().flat_map(|finding| [&finding.primary].into_iter().chain(&finding.secondary));
        let paths = labels.map(|label| &*label.path).collect();
        let sources = Sources::new(run.library);
        Self {
            summary: Summary::of(run.outcome),
            findings: Findings::new(findings, sources),
            texts: Texts { run: *run, paths },
            times: Times::of(*run),
        }
    }
}

/// The articles that findings lie in, by path; what cannot be read any more is left out.
struct Texts<'a> {
    run: Run<'a>,
    paths: BTreeSet<&'a str>,
}

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for path in &self.paths {
            if let Ok(source) = self.run.library.source(&(*path).into()) {
                map.serialize_entry(path, &source.text)?;
            }
        }
        map.end()
    }
}

/// JSON that can stand between the tags of a script: the signs of markup, which JSON has in strings only, are written as escapes.
struct Harmless<W>(W);

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| matches!(byte, b'<' | b'>' | b'&')) {
            let (plain, last) = part.split_at(part.len().saturating_sub(1));
            self.0.write_all(plain)?;
            match last {
                b"<" => self.0.write_all(b"\\u003c")?,
                b">" => self.0.write_all(b"\\u003e")?,
                b"&" => self.0.write_all(b"\\u0026")?,
                _ => self.0.write_all(last)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{finding, label, library, outcome, render};
    use super::*;
    use crate::engine::Outcome;

    #[test]
    fn no_text_of_an_article_becomes_markup() {
        let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & “rest”";
        let library = library(&[("a<b>.md", hostile)]);
        let outcome = outcome(vec![finding(label("a<b>.md", (0, 9), "<b>here</b>"), Vec::new())]);
        let page = render("html", &outcome, &library, Style::default());
        let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>")).expect("data").0;
        assert!(!data.contains(['<', '>', '&']), "markup is left in the data");
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["texts"]["a<b>.md"], hostile);
        assert_eq!(data["findings"][0]["path"], "a<b>.md");
        // The page has its own two scripts and no more.
        assert_eq!(page.matches("<script").count(), 2);
    }

    #[test]
    fn the_page_is_whole_and_asks_nobody() {
        let page = render("html", &Outcome::default(), &library(&[]), Style::default());
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
        assert!(GAPS.iter().all(|gap| !page.contains(gap)));
        let asks = ["src=\"http", "href=\"http", "url(http", "@import", "fetch(", "XMLHttpRequest"];
        assert!(asks.iter().all(|ask| !page.contains(ask)));
    }
}
