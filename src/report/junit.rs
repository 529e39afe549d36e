//! JUnit's XML, which every build server draws as tests: a suite for every article, a case for every finding.
//!
//! An article without findings is one case that passes, or a dashboard would show nothing. Findings below what fails the run pass
//! too, with their text as output. Some readers keep one of several cases of the same name, so the place is in it. The shape is
//! that of the schema which Jenkins holds such files to (xunit-plugin, `junit-10.xsd`); no clock is read, so no case has a time.

use super::sources::Sources;
use super::told::Told;
use super::xml::Xml;
use super::{FileOfRun, Report, Run};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The case of an article that needs nothing.
const CLEAN: &str = "no findings";
/// The case of a file that could not be read.
const UNREADABLE: &str = "readable";

/// `<testsuite><testcase><failure>`.
#[derive(Clone, Copy, Debug, Default)]
pub struct JUnit;

impl Report for JUnit {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        let mut sources = Sources::new(run.library);
        let files = run.files();
        let mut all = Counts::default();
        for file in &files {
            let own = Counts::of(file, run);
            all = Counts {
                tests: all.tests + own.tests,
                failures: all.failures + own.failures,
                errors: all.errors + own.errors,
            };
        }
        all.open(&mut xml, "testsuites", "medlint")?;
        for file in &files {
            Counts::of(file, run).open(&mut xml, "testsuite", file.path)?;
            cases(file, run, &mut sources, &mut xml)?;
            xml.close("testsuite")?;
        }
        xml.close("testsuites")?;
        xml.end()
    }
}

/// How many cases there are, how many of them fail, how many could not be tried.
#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Counts {
    fn of(file: &FileOfRun<'_>, run: &Run<'_>) -> Self {
        let errors = usize::from(file.problem.is_some());
        let failures = file.findings.iter().filter(|finding| (run.fails)(finding)).count();
        Self { tests: (file.findings.len() + errors).max(1), failures, errors }
    }

    fn open(self, xml: &mut Xml<'_>, element: &str, name: &str) -> io::Result<()> {
        let [tests, failures, errors] = [self.tests, self.failures, self.errors].map(|count| count.to_string());
        xml.open(element, &[("name", name), ("tests", &tests), ("failures", &failures), ("errors", &errors)])
    }
}

fn cases(file: &FileOfRun<'_>, run: &Run<'_>, sources: &mut Sources<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    if let Some(reason) = file.problem {
        xml.open("testcase", &[("classname", file.path), ("name", UNREADABLE)])?;
        let message = format!("cannot be read: {reason}");
        xml.text("error", &[("message", &message), ("type", "unreadable")], &format!("{}: {message}", file.path))?;
        xml.close("testcase")?;
    } else if file.findings.is_empty() {
        xml.empty("testcase", &[("classname", file.path), ("name", CLEAN)])?;
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for finding in file.findings {
        let told = Told::of(finding, "", sources);
        let mut name = format!("{} at {}:{}", finding.rule, told.start.line, told.start.column);
        let count = names.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        xml.open("testcase", &[("classname", file.path), ("name", &name)])?;
        outcome(&told, (run.fails)(finding), sources, xml)?;
        xml.close("testcase")?;
    }
    Ok(())
}

/// What a case has to say: that it failed, or what stands there although it passed.
fn outcome(told: &Told<'_>, fails: bool, sources: &mut Sources<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let Diagnostic { rule, severity, .. } = told.finding;
    let place = format!("{}:{}:{}", told.path, told.start.line, told.start.column);
    let text = format!("{place} {} {rule} {}", severity.as_str(), told.lines(sources));
    match fails {
        true => xml.text("failure", &[("message", &told.message()), ("type", severity.as_str())], &text),
        false => xml.text("system-out", &[], &text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{finding, label, library, outcome, run};
    use super::super::{Report, Run, Style};
    use super::*;
    use crate::diagnostic::Severity;
    use crate::engine::{Article, Outcome, Problem};
    use crate::source::Unreadable;

    #[test]
    fn every_article_has_a_case_and_mild_findings_pass() {
        let library = library(&[("a.txt", "Rest."), ("b.txt", "Rest.")]);
        let found = |severity, notes: &[&str]| {
            let mut found = finding(label("b.txt", (0, 4), ""), vec![label("a.txt", (1, 2), "")]);
            (found.severity, found.message) = (severity, "say < when".into());
            found.notes = notes.iter().map(|note| (*note).to_owned()).collect();
            found
        };
        let diagnostics = vec![found(Severity::Error, &["one note"]), found(Severity::Info, &[])];
        let unreadable = vec![Problem { path: "c.bin".into(), reason: Unreadable::NotUtf8(3) }];
        let outcome = Outcome { unreadable, ..outcome(diagnostics) };
        let articles = ["a.txt", "b.txt", "c.bin"].map(|path| Article { path: path.into(), linter: 0, tree: None });
        let fails = |finding: &Diagnostic| finding.severity > Severity::Info;
        let run = Run { articles: &articles, fails: &fails, ..run(&outcome, &library, Style::default()) };
        let mut out = Vec::new();
        JUnit.write(&run, &mut out).expect("written");
        let expected = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"medlint\" tests=\"4\" failures=\"1\" errors=\"1\">",
            "  <testsuite name=\"a.txt\" tests=\"1\" failures=\"0\" errors=\"0\">",
            "    <testcase classname=\"a.txt\" name=\"no findings\"/>",
            "  </testsuite>",
            "  <testsuite name=\"b.txt\" tests=\"2\" failures=\"1\" errors=\"0\">",
            "    <testcase classname=\"b.txt\" name=\"timeline/conflict at 1:1\">",
            "      <failure message=\"say &lt; when (see a.txt:1:2)\" type=\"error\">\
             b.txt:1:1 error timeline/conflict say &lt; when (see a.txt:1:2)",
            "one note</failure>",
            "    </testcase>",
            "    <testcase classname=\"b.txt\" name=\"timeline/conflict at 1:1 (2)\">",
            "      <system-out>b.txt:1:1 info timeline/conflict say &lt; when (see a.txt:1:2)</system-out>",
            "    </testcase>",
            "  </testsuite>",
            "  <testsuite name=\"c.bin\" tests=\"1\" failures=\"0\" errors=\"1\">",
            "    <testcase classname=\"c.bin\" name=\"readable\">",
            "      <error message=\"cannot be read: not UTF-8 text (byte 3)\" type=\"unreadable\">\
             c.bin: cannot be read: not UTF-8 text (byte 3)</error>",
            "    </testcase>",
            "  </testsuite>",
            "</testsuites>\n",
        ];
        assert_eq!(String::from_utf8(out).expect("text"), expected.join("\n"));
    }
}
