//! Measures every pair of claims of labelled articles, for `tools/timeline/fit.py`.
//!
//! Input: a case a line with `id`, `format`, `text`, `label` (`conflict` or `ok`) and `quotes`, the two statements that clash; or a folder of clean articles.
//! Or single statements: what one is about, a tab, its writer, a tab, a sentence.
//! Output: tab-separated, first the names of the measurements, then a pair a line: case, the number of the clash whose quotes are met (0 for none), the two statements as they are read, the measurements.

use medlint::checks::{Token, measured, tokens};
use medlint::document::{Document, Parser};
use medlint::facts::{Claim, Extractor, Facts, Needs};
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use serde_json::Value;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

struct Case {
    id: String,
    name: String,
    text: Vec<u8>,
    pairs: Vec<[Range<u32>; 2]>,
}

/// What reads an article as the timeline checks do.
fn readers() -> (Parser, Extractor) {
    let lexicon = RuleSet::builtin().lexicon;
    let needs = Needs { copies: true, times: true, claims: true, ..Needs::default() };
    (Parser::new(&lexicon), Extractor::new(needs, &lexicon))
}

/// Measures the articles of files and folders and prints the pairs.
pub fn print(paths: &[&str]) -> Result<(), Box<dyn Error>> {
    let (mut parser, mut extractor) = readers();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut is_first = true;
    for path in paths {
        for case in cases(Path::new(path))? {
            let Some(format) = Format::of_path(Path::new(&case.name)) else { continue };
            let Ok(source) = Source::new("article", format, case.text) else { continue };
            let doc = parser.parse(Arc::new(source));
            let facts = extractor.read(&doc);
            let mut lines = String::new();
            measured(&doc, &facts, |a, b, sheet| {
                if is_first {
                    lines.push_str("case\tclash\tfirst\tsecond\t");
                    lines.push_str(&sheet.names().join("\t"));
                    lines.push('\n');
                    is_first = false;
                }
                let clash = case
                    .pairs
                    .iter()
                    .position(|[x, y]| meets(&doc, a, x) && meets(&doc, b, y) || meets(&doc, a, y) && meets(&doc, b, x))
                    .map_or(0, |pair| pair + 1);
                let (first, second) = (read(&doc, &facts, a), read(&doc, &facts, b));
                let _ = write!(lines, "{}\t{clash}\t{first}\t{second}", case.id);
                for number in sheet.numbers() {
                    let _ = write!(lines, "\t{}", (number * 1000.0).round() / 1000.0);
                }
                lines.push('\n');
            });
            out.write_all(lines.as_bytes())?;
            parser.recycle(doc);
        }
    }
    Ok(())
}

/// Prints statements as the second look reads them: what they are about, who wrote them, their words. A sentence in which nothing is read is left out.
pub fn print_statements(paths: &[&str]) -> Result<(), Box<dyn Error>> {
    let (mut parser, mut extractor) = readers();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for path in paths {
        for line in fs::read_to_string(path)?.lines() {
            let [thing, writer, text] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("{path}: not three columns: {line}").into());
            };
            let source =
                Source::new("statement", Format::Markdown, text.as_bytes().to_vec()).map_err(|e| e.to_string())?;
            let doc = parser.parse(Arc::new(source));
            let facts = extractor.read(&doc);
            if let Some(claim) = facts.claims.first() {
                writeln!(out, "{thing}\t{writer}\t{}", read(&doc, &facts, claim))?;
            }
            parser.recycle(doc);
        }
    }
    Ok(())
}

fn cases(path: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    if path.is_dir() {
        let mut files: Vec<_> =
            fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
        files.sort();
        let case = |file: &std::path::PathBuf| {
            let name = file.file_name()?.to_str()?.to_owned();
            Some(Case { id: name.clone(), name, text: fs::read(file).ok()?, pairs: Vec::new() })
        };
        return Ok(files.iter().filter_map(case).collect());
    }
    let mut all = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let case: Value = serde_json::from_str(line)?;
        let text = case["text"].as_str().unwrap_or_default();
        let range = |quote: &Value| {
            let quote = quote.as_str()?;
            let start = text.find(quote)?;
            Some(start as u32..(start + quote.len()) as u32)
        };
        let both = |two: &[Value]| Some([range(two.first()?)?, range(two.get(1)?)?]);
        let listed =
            case["pairs"].as_array().map(|pairs| pairs.iter().filter_map(|pair| both(pair.as_array()?)).collect());
        let quoted = || case["quotes"].as_array().and_then(|quotes| both(quotes)).into_iter().collect::<Vec<_>>();
        let id = case["id"].as_str().unwrap_or_default().to_owned();
        let name = format!("{id}.{}", case["format"].as_str().unwrap_or("md"));
        let pairs = listed.filter(|pairs: &Vec<_>| !pairs.is_empty()).unwrap_or_else(quoted);
        all.push(Case { id, name, text: text.as_bytes().to_vec(), pairs });
    }
    Ok(all)
}

fn meets(doc: &Document, claim: &Claim, quote: &Range<u32>) -> bool {
    let span = doc.span(doc.words_text(claim.words.clone()));
    span.start < quote.end && quote.start < span.end
}

/// The words of a statement as the second look reads them: role, distance from the time and word of each, `#` before numbers.
fn read(doc: &Document, facts: &Facts, claim: &Claim) -> String {
    let word = |token: Token| {
        let sign = if token.size.is_some() { "#" } else { "" };
        let word = doc.words.get(token.word as usize).map(|word| doc.slice(word.text));
        format!("{sign}{}", word.unwrap_or_default().to_lowercase().replace('’', "'"))
    };
    let one = |token: Token| format!("{}:{}:{}", token.role as u8, token.offset, word(token));
    tokens(doc, facts, claim).into_iter().map(one).collect::<Vec<_>>().join(" ")
}
