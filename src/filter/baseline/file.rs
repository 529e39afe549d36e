//! The baseline as a file: one accepted finding a line, sorted, so that git merges it well and a person can read it.
//!
//! Fields are parted by tabs: article (from the folder of the file), rule, fingerprint, count, the marks of several places or `-`, and
//! the words under the finding. Lines that begin with `#` and empty lines mean nothing. A line that stands twice, as after a merge, counts with its
//! larger count.

use super::{Baseline, Entry, Key};
use crate::rules::Mistake;
use crate::source::Source;
use crate::span::Span;
use std::fmt::Write;
use std::sync::Arc;

/// What the file begins with; the number is raised when old files no longer mean the same.
const FIRST_LINE: &str = "# medlint baseline 1";
/// What the first line has in every version.
const ANY_FIRST_LINE: &str = "# medlint baseline ";
/// What people read in the file.
const ABOUT: &str = "# Findings that were accepted as they are; `medlint baseline` writes this file. Delete a line to see its finding again.\n\
    # article, rule, fingerprint, count, places, words\n";
/// Stands where there are no marks.
const NONE: &str = "-";

impl Baseline {
    /// Reads a file. `named` turns a path of the file into the one that findings have.
    ///
    /// # Errors
    /// A file that is no baseline, and every line that is none of a baseline.
    pub fn read(source: &Arc<Source>, named: impl Fn(&str) -> String) -> Result<Self, Vec<Mistake>> {
        let mut baseline = Self::default();
        let mut mistakes = Vec::new();
        let mut at = source.body_start();
        for (index, whole) in source.body().split_inclusive('\n').enumerate() {
            let line = whole.strip_suffix('\n').unwrap_or(whole);
            let line = line.strip_suffix('\r').unwrap_or(line);
            let span = Span::new(at, at + line.len() as u32);
            at += whole.len() as u32;
            let mistake = |message: &str| Mistake { source: source.clone(), span, message: message.to_owned() };
            if index == 0 && line != FIRST_LINE {
                return Err(vec![mistake(match line.starts_with(ANY_FIRST_LINE) {
                    true => {
                        "this baseline was written by another version of medlint; write it anew with `medlint baseline`"
                    }
                    false => "this is no baseline; `medlint baseline` writes one",
                })]);
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line, &named) {
                Ok((key, entry)) => {
                    let known = baseline.entries.entry(key).or_insert_with(|| entry.clone());
                    known.count = known.count.max(entry.count);
                }
                Err(message) => mistakes.push(mistake(message)),
            }
        }
        if source.body().is_empty() {
            let message = "this file is empty; `medlint baseline` writes a baseline".to_owned();
            mistakes.push(Mistake { source: source.clone(), span: Span::default(), message });
        }
        if mistakes.is_empty() { Ok(baseline) } else { Err(mistakes) }
    }

    /// The text of the file. `named` turns the path of a finding into the one from the folder of the file.
    pub fn text(&self, named: impl Fn(&str) -> String) -> String {
        let line = |(key, entry): (&Key, &Entry)| {
            let places: Vec<String> = entry.places.iter().map(|place| format!("{place:016x}")).collect();
            let places = if places.is_empty() { NONE.to_owned() } else { places.join(",") };
            let (path, text) = (escaped(&named(&key.path)), escaped(&entry.text));
            format!("{path}\t{}\t{:016x}\t{}\t{places}\t{text}\n", key.rule, key.fingerprint, entry.count)
        };
        let mut lines: Vec<String> = self.entries.iter().map(line).collect();
        lines.sort_unstable();
        format!("{FIRST_LINE}\n{ABOUT}{}", lines.concat())
    }
}

/// Reads a line.
fn entry(line: &str, named: &impl Fn(&str) -> String) -> Result<(Key, Entry), &'static str> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Err(
            "a merge left its marks here: keep the lines of both sides and delete the marks; `*.baseline merge=union` in .gitattributes spares you that",
        );
    }
    let fields: Vec<&str> = line.split('\t').collect();
    let &[path, rule, fingerprint, count, places, text] = fields.as_slice() else {
        return Err(
            "this is no line of a baseline, which has six parts with tabs between them; delete it, or write the file anew",
        );
    };
    if path.is_empty() || !rule.contains('/') {
        return Err("this line names no article or no rule");
    }
    let fingerprint = number(fingerprint).ok_or("the fingerprint in this line is not 16 hexadecimal digits")?;
    let count = count.parse().ok().filter(|count| *count > 0).ok_or("the count in this line is no number above 0")?;
    let marks = places.split(',').filter(|mark| *mark != NONE).map(number);
    let mut places: Vec<u64> = marks.collect::<Option<_>>().ok_or("the places in this line are no fingerprints")?;
    places.sort_unstable();
    let key = Key { path: named(&plain(path)).into(), rule: rule.into(), fingerprint };
    Ok((key, Entry { count, places, text: plain(text) }))
}

fn number(digits: &str) -> Option<u64> {
    let is_whole = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_whole.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
}

/// A text that holds neither tabs nor line ends, and begins no comment.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (index, letter) in text.char_indices() {
        match letter {
            '%' | '#' if index == 0 || letter == '%' => drop(write!(written, "%{:02X}", u32::from(letter))),
            letter if letter.is_ascii_control() => drop(write!(written, "%{:02X}", u32::from(letter))),
            letter => written.push(letter),
        }
    }
    written
}

/// The text that was escaped.
fn plain(text: &str) -> String {
    let mut parts = text.split('%');
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii);
        match code {
            Some(code) => {
                read.push(char::from(code));
                read.push_str(part.get(2..).unwrap_or_default());
            }
            None => {
                read.push('%');
                read.push_str(part);
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("medlint.baseline", Format::Plain, text.into()).expect("text"))
    }

    fn read(text: &str) -> Result<Baseline, Vec<String>> {
        let read = Baseline::read(&source(text), str::to_owned);
        read.map_err(|mistakes| mistakes.into_iter().map(|m| format!("{}: {}", m.span.start, m.message)).collect())
    }

    #[test]
    fn what_is_written_is_read() {
        for path in ["a.md", "two words/ü.md", "#1.md", "a\tb\nc.md", "100%.md", "%41.md"] {
            let key = Key { path: path.into(), rule: "a/b".into(), fingerprint: 7 };
            let entry = Entry { count: 2, places: vec![1, 1, 2], text: "# 5 % of “it”".into() };
            let baseline = Baseline { entries: [(key, entry)].into() };
            assert_eq!(read(&baseline.text(str::to_owned)), Ok(baseline), "{path}");
        }
        assert_eq!(read(&Baseline::default().text(str::to_owned)), Ok(Baseline::default()));
    }

    #[test]
    fn lines_that_stand_twice_count_once() {
        let line = |count: usize| format!("a.md\ta/b\t00000000000000ff\t{count}\t-\tRest\r\n");
        let text = format!("\u{feff}{FIRST_LINE}\r\n\n# ours\n{}{}{}", line(2), line(2), line(1));
        assert_eq!(read(&text).map(|baseline| baseline.count()), Ok(2));
    }

    #[test]
    fn what_is_no_baseline_is_told_at_its_place() {
        let told = |text: &str| read(text).expect_err(text);
        assert!(told("")[0].contains("empty"));
        assert!(told("[rule]\n")[0].contains("is no baseline"));
        assert!(told("# medlint baseline 2\n")[0].contains("another version"));
        let after = |line: &str| told(&format!("{FIRST_LINE}\n{line}\n"));
        assert_eq!(after("<<<<<<< ours").len(), 1);
        assert!(after("<<<<<<< ours")[0].starts_with("21: a merge"));
        assert!(after("a.md a/b 00000000000000ff 1 - Rest")[0].contains("six parts"));
        assert!(after("\ta/b\t00000000000000ff\t1\t-\tRest")[0].contains("no article"));
        assert!(after("a.md\ta/b\tff\t1\t-\tRest")[0].contains("16 hexadecimal"));
        assert!(after("a.md\ta/b\t00000000000000ff\t0\t-\tRest")[0].contains("count"));
        assert!(after("a.md\ta/b\t00000000000000ff\t1\tx\tRest")[0].contains("places"));
        assert_eq!(after("x\ny").len(), 2, "every line is told");
    }
}
