//! Checkstyle's XML, which build servers and editors have read for twenty years: the findings file by file.
//!
//! Paths start from the working directory. A file that could not be read has one error on its first line.

use super::sources::Sources;
use super::told::Told;
use super::xml::Xml;
use super::{Report, Run};
use std::io::{self, Write};

/// The version of Checkstyle whose shape this is; readers want one.
const VERSION: &str = "8.0";

/// `<file name="…"><error line column severity message source/></file>`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checkstyle;

impl Report for Checkstyle {
    fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::new(out)?;
        let mut sources = Sources::new(run.library);
        xml.open("checkstyle", &[("version", VERSION)])?;
        for file in run.files() {
            if file.findings.is_empty() && file.problem.is_none() {
                continue;
            }
            xml.open("file", &[("name", file.path)])?;
            if let Some(reason) = file.problem {
                let message = format!("cannot be read: {reason}");
                let error = [("severity", "error"), ("message", &message), ("source", "medlint.unreadable")];
                xml.empty("error", &[&[("line", "1"), ("column", "1")], &error[..]].concat())?;
            }
            for finding in file.findings {
                let told = Told::of(finding, "", &mut sources);
                let (line, column) = (told.start.line.to_string(), told.start.column.to_string());
                let source = format!("medlint.{}", finding.rule.replace('/', "."));
                xml.empty(
                    "error",
                    &[
                        ("line", &line),
                        ("column", &column),
                        ("severity", finding.severity.as_str()),
                        ("message", &told.message()),
                        ("source", &source),
                    ],
                )?;
            }
            xml.close("file")?;
        }
        xml.close("checkstyle")?;
        xml.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Style;
    use super::super::tests::{at, finding, label, library, outcome, render};
    use crate::engine::{Outcome, Problem};
    use crate::source::Unreadable;

    #[test]
    fn findings_stand_under_their_file() {
        let text = "Rest.\nÜbe “nicht”. Walk at once.";
        let found = finding(label("a.txt", at(text, "Walk"), ""), vec![label("a.txt", at(text, "nicht"), "")]);
        let other = finding(label("b & c.txt", (0, 4), ""), Vec::new());
        let unreadable = vec![Problem { path: "a.bin".into(), reason: Unreadable::NotUtf8(3) }];
        let outcome = Outcome { unreadable, ..outcome(vec![found, other]) };
        let library = library(&[("a.txt", text), ("b & c.txt", text)]);
        let message = "exercise is forbidden here and advised there";
        assert_eq!(
            render("checkstyle", &outcome, &library, Style::default()),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n  \
                 <file name=\"a.bin\">\n    <error line=\"1\" column=\"1\" severity=\"error\" \
                 message=\"cannot be read: not UTF-8 text (byte 3)\" source=\"medlint.unreadable\"/>\n  </file>\n  \
                 <file name=\"a.txt\">\n    <error line=\"2\" column=\"14\" severity=\"error\" \
                 message=\"{message} (see a.txt:2:6)\" source=\"medlint.timeline.conflict\"/>\n  </file>\n  \
                 <file name=\"b &amp; c.txt\">\n    <error line=\"1\" column=\"1\" severity=\"error\" \
                 message=\"{message}\" source=\"medlint.timeline.conflict\"/>\n  </file>\n</checkstyle>\n"
            )
        );
    }
}
