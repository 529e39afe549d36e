//! Targets that go the whole way: an article read by every rule, fixed, compared with another, and reported in every format.

use super::holds::{FORMATS, LINTER, RULES, findings_hold, lint as found_in, reads, source};
use super::text;
use medlint::diagnostic::{Applicability, Severity, apply};
use medlint::engine::{self, Article, Disk};
use medlint::report::{self, Run, Style, Verbosity};
use medlint::source::{Format, Source};
use serde_json::Value;

/// How often fixes are applied that leave an article as long as it was, or longer. What lies in each other is removed a layer a round.
const ROUNDS: usize = 10;

/// The first byte chooses the format.
fn format(bytes: &[u8]) -> (Format, &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (FORMATS[usize::from(*first) % FORMATS.len()], rest)
}

/// One article: findings lie in it, and its fixes come to an end.
pub fn lint(bytes: &[u8]) {
    let (format, rest) = format(bytes);
    let mut article = source(&text(rest), format);
    for round in 0.. {
        let found = found_in(&article);
        reads(&article);
        findings_hold(&article, &found);
        let Some(applied) = apply(&article.text, &found, Applicability::Unsafe) else { break };
        let is_shorter = applied.text.len() < article.text.len();
        assert!(is_shorter || round < ROUNDS, "fixes without end in {:?}", article.text);
        article = source(&applied.text, format);
    }
}

/// Two articles, parted by a line of `====`, in every format of report: what is to be JSON or XML is, and all count alike.
pub fn report(bytes: &[u8]) {
    let (format, rest) = format(bytes);
    let text = text(rest);
    let mut library = Disk::default();
    for (name, part) in ["a\u{1b}<&\"'.md", "b\n:,%.md"].into_iter().zip(text.splitn(2, "\n====\n")) {
        library.hold(Source::new(name, format, part.as_bytes().to_vec()).unwrap());
    }
    let articles: Vec<Article> =
        library.held.keys().map(|path| Article { path: path.clone(), linter: 0, tree: None }).collect();
    let outcome = engine::run(std::slice::from_ref(&*LINTER), &articles, &library, &|| ());
    let count = outcome.diagnostics.len();
    for (name, _) in report::FORMATS {
        let fails = |finding: &medlint::diagnostic::Diagnostic| finding.severity >= Severity::Warning;
        let style = Style { verbosity: Verbosity::Verbose, width: 40, ..Style::default() };
        let (rules, linters) = (&RULES.rules, std::slice::from_ref(&*LINTER));
        let (outcome, library, articles) = (&outcome, &library, &articles);
        let run = Run { outcome, library, rules, articles, linters, fails: &fails, folder: "", style };
        let mut out = Vec::new();
        report::by_name(name).unwrap().write(&run, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let told = match *name {
            "json" => length(&json(&out)["diagnostics"]),
            "sarif" => length(&json(&out)["runs"][0]["results"]),
            "gitlab" => length(&json(&out)),
            "rdjson" => length(&json(&out)["diagnostics"]),
            "jsonl" => out.lines().map(json).count() - 1,
            "concise" => out.lines().count(),
            "checkstyle" => {
                let xml = roxmltree::Document::parse(&out).unwrap_or_else(|e| panic!("{e}\n{out}"));
                xml.descendants().filter(|part| part.has_tag_name("error")).count()
            }
            "junit" => {
                roxmltree::Document::parse(&out).unwrap_or_else(|e| panic!("{e}\n{out}"));
                count
            }
            _ => count,
        };
        assert_eq!(told, count, "{name}: {out}");
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn length(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}
