//! What must not matter does not: the format that an article is written in, line ends, what else stands in it, what files are called and in
//! which order they come, how many threads read them, and in which format they are reported. Tried on all fixtures.
#![allow(clippy::unwrap_used, reason = "what cannot be read is a failed test")]

#[allow(dead_code, reason = "other tests need the rest of it")]
#[path = "cli/folder.rs"]
mod folder;

use folder::Folder;
use medlint::diagnostic::{Diagnostic, Severity};
use medlint::document::{BlockKind, Document, Parser};
use medlint::engine::{Article, Disk, Linter, run};
use medlint::filter;
use medlint::report::FORMATS;
use medlint::rules::RuleSet;
use medlint::source::{Format, Lines, Position, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::new(&RuleSet::builtin()).unwrap());

/// What has nothing to do with any article, and holds no fault.
const UNRELATED: &str =
    "Our reading room on Larch Street keeps maps of the old harbour, and visitors may borrow a magnifying glass there.";

/// What plain text cannot tell: levels of headings, and that a line is marked as one.
const KNOWN: &[(&str, &str, &str)] = &[
    ("duplicate/asthma-inhaler-heading-returns.md", "duplicate/heading", "headings of unknown level are doubtful"),
    ("duplicate/two-articles-glued-titles.md", "residue/page-chrome", "an unmarked line may be a button"),
    ("residue/tinnitus-page-furniture.txt", "residue/page-chrome", "an unmarked line may be a button"),
];

fn files(below: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Every article among the fixtures.
fn fixtures() -> Vec<(String, Format, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let article = |path: PathBuf| {
        let format = Format::of_path(&path)?;
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        Some((name, format, std::fs::read_to_string(&path).unwrap()))
    };
    files(&root).into_iter().filter_map(article).collect()
}

fn source(format: Format, text: &str) -> Arc<Source> {
    Arc::new(Source::new("article", format, text.as_bytes().to_vec()).unwrap())
}

fn lint(format: Format, text: &str) -> Vec<Diagnostic> {
    filter::lint(&LINTER, source(format, text))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A finding as its reader sees it, without bytes.
type Told = (String, Severity, String, u64, Vec<String>);

fn told(finding: &Diagnostic) -> Told {
    let notes = finding.notes.iter().map(|note| folded(note)).collect();
    (finding.rule.to_string(), finding.severity, folded(&finding.message), finding.fingerprint(), notes)
}

/// The same with its ends as people count them.
fn placed(format: Format, text: &str) -> Vec<(Told, [Position; 2])> {
    let source = source(format, text);
    let lines = Lines::of(&source);
    let found = filter::lint(&LINTER, source.clone());
    let ends = |finding: &Diagnostic| {
        [finding.primary.span.start, finding.primary.span.end].map(|at| lines.position(at, &source))
    };
    found.iter().map(|finding| (told(finding), ends(finding))).collect()
}

/// The blocks that every format can hold: headings, paragraphs and items, with their text in one line.
fn plain_blocks(doc: &Document) -> Vec<(char, String)> {
    let block = |block: &medlint::document::Block| {
        let kind = match block.kind {
            BlockKind::Heading(_) => 'h',
            BlockKind::Item(_) => 'i',
            BlockKind::Paragraph => 'p',
            _ => return None,
        };
        Some((kind, folded(doc.slice(block.text))))
    };
    doc.blocks.iter().filter_map(block).collect()
}

fn as_markdown(blocks: &[(char, String)]) -> String {
    let escaped = |text: &str| {
        let sign = |c: char| {
            c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | ':' | ';' | '\'' | '?' | '%' | '/' | '-' | '"' | '(' | ')')
        };
        text.chars().fold(String::new(), |out, c| if sign(c) { format!("{out}\\{c}") } else { format!("{out}{c}") })
    };
    let block = |(kind, text): &(char, String)| match kind {
        'h' => format!("## {}\n\n", escaped(text)),
        'i' => format!("- {}\n\n", escaped(text)),
        _ => format!("{}\n\n", escaped(text)),
    };
    blocks.iter().map(block).collect()
}

fn as_html(blocks: &[(char, String)]) -> String {
    let block = |(kind, text): &(char, String)| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        match kind {
            'h' => format!("<h2>{text}</h2>\n"),
            'i' => format!("<ul><li>{text}</li></ul>\n"),
            _ => format!("<p>{text}</p>\n"),
        }
    };
    blocks.iter().map(block).collect()
}

fn as_text(blocks: &[(char, String)]) -> String {
    let block =
        |(kind, text): &(char, String)| if *kind == 'i' { format!("- {text}\n\n") } else { format!("{text}\n\n") };
    blocks.iter().map(block).collect()
}

#[test]
fn one_article_in_three_formats_has_the_same_findings() {
    let lexicon = RuleSet::builtin().lexicon;
    let parse = |format, text: &str| Parser::new(&lexicon).parse(source(format, text));
    let is_known = |name: &str, told: &Told| KNOWN.iter().any(|(file, rule, _)| name == *file && told.0 == *rule);
    let (mut compared, mut with_findings) = (0, 0);
    let mut faults = Vec::new();
    for (name, format, text) in fixtures() {
        let blocks = plain_blocks(&parse(format, &text));
        let written = [
            (Format::Markdown, as_markdown(&blocks)),
            (Format::Html, as_html(&blocks)),
            (Format::Plain, as_text(&blocks)),
        ];
        // Plain text tells headings by their looks alone, and an odd sign may mean something: then these are three articles.
        if written.iter().any(|(format, text)| plain_blocks(&parse(*format, text)) != blocks) {
            continue;
        }
        let [markdown, html, plain] =
            written.each_ref().map(|(format, text)| lint(*format, text).iter().map(told).collect::<Vec<_>>());
        compared += 1;
        with_findings += usize::from(!markdown.is_empty());
        let known = |found: &[Told]| found.iter().filter(|told| is_known(&name, told)).cloned().collect::<Vec<_>>();
        assert!(
            KNOWN.iter().all(|(file, ..)| *file != name) || known(&plain) != known(&markdown),
            "{name} is mended: out with it"
        );
        for (format, found) in [("HTML", html), ("plain text", plain)] {
            let is_different = |one: &Told| format == "HTML" || !is_known(&name, one);
            if !found.iter().filter(|one| is_different(one)).eq(markdown.iter().filter(|one| is_different(one))) {
                faults.push(format!("{name}, {format}:\n  Markdown {markdown:?}\n  {format} {found:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {compared}:\n{}", faults.len(), faults.join("\n"));
    assert!(compared >= 60 && with_findings >= 30, "{compared} compared, {with_findings} with findings");
}

#[test]
fn line_ends_change_nothing() {
    let mut findings = 0;
    for (name, format, text) in fixtures() {
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let before = placed(format, &unix);
        findings += before.len();
        assert_eq!(before, placed(format, &unix.replace('\n', "\r\n")), "{name}");
        assert_eq!(before, placed(format, &format!("\u{feff}{unix}")), "{name}, with a byte-order mark");
    }
    assert!(findings > 100, "{findings}");
}

#[test]
fn unrelated_paragraphs_behind_an_article_change_nothing() {
    let mut faults = Vec::new();
    let mut findings = 0;
    for (name, format, text) in fixtures() {
        let paragraph = match format {
            Format::Html => format!("\n<p>{UNRELATED}</p>\n"),
            _ => format!("\n\n{UNRELATED}\n"),
        };
        let longer = match format {
            Format::Html => match text.find("</body>") {
                Some(end) => format!("{}{paragraph}{}", &text[..end], &text[end..]),
                None => format!("{text}{paragraph}"),
            },
            _ => format!("{}{paragraph}", text.trim_end()),
        };
        let (before, after) = (placed(format, &text), placed(format, &longer));
        findings += before.len();
        if before != after {
            let lost: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
            let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
            faults.push(format!("{name}:\n  lost {lost:?}\n  new {new:?}"));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
    assert!(findings > 100, "{findings}");
}

/// A finding among files: its rule, and all its places in no order, by the text of the article that they lie in. Which of them is told first
/// depends on the names, and with it the fingerprint of copies that differ.
type Among = (String, BTreeSet<(String, u32, u32)>);

fn among(texts: &[(String, Format, String)], name: impl Fn(usize) -> String) -> BTreeSet<Among> {
    let mut library = Disk::default();
    let mut first = BTreeMap::new();
    for (number, (_, format, text)) in texts.iter().enumerate() {
        let path = name(number);
        first.insert(path.clone(), text.chars().take(200).collect::<String>());
        library.hold(Source::new(path, *format, text.as_bytes().to_vec()).unwrap());
    }
    let articles: Vec<Article> =
        library.held.keys().map(|path| Article { path: path.clone(), linter: 0, tree: None }).collect();
    let mut outcome = run(std::slice::from_ref(&*LINTER), &articles, &library, &|| ());
    filter::suppress(&mut outcome, std::slice::from_ref(&*LINTER));
    let places = |finding: &Diagnostic| {
        finding.places().map(|(path, span)| (first[&**path].clone(), span.start, span.end)).collect()
    };
    outcome.diagnostics.iter().map(|d| (d.rule.to_string(), places(d))).collect()
}

#[test]
fn names_and_order_of_files_change_nothing() {
    let mut cases: BTreeMap<String, Vec<(String, Format, String)>> = BTreeMap::new();
    for article in fixtures() {
        let folder = article.0.rsplit_once('/').unwrap().0.to_owned();
        cases.entry(folder).or_default().push(article);
    }
    let mut across = 0;
    for (folder, articles) in cases {
        let count = articles.len();
        let before = among(&articles, |number| format!("{number:03}"));
        across += before
            .iter()
            .filter(|(.., places)| places.iter().any(|place| place.0 != places.first().unwrap().0))
            .count();
        for (what, after) in [
            ("reversed", among(&articles, |number| format!("{:03}", count - number))),
            ("shuffled", among(&articles, |number| format!("other/{:03}", number * 7919 % 997))),
        ] {
            let lost: Vec<_> = before.difference(&after).collect();
            let new: Vec<_> = after.difference(&before).collect();
            assert!(lost.is_empty() && new.is_empty(), "{folder}, {what}:\n  lost {lost:?}\n  new {new:?}");
        }
    }
    assert!(across > 0, "no finding spans files");
}

/// All fixtures, once more in a folder.
fn site() -> Folder {
    let articles = fixtures();
    let files: Vec<(&str, &str)> = articles.iter().map(|(name, _, text)| (&**name, &**text)).collect();
    Folder::with(&files)
}

#[test]
fn one_thread_or_sixteen_give_the_same_bytes_in_every_format() {
    let folder = site();
    folder.write("binary.md", "\0");
    for (format, _) in FORMATS {
        let [one, many] = ["1", "16"].map(|jobs| folder.run(&["check", "--statistics", "-j", jobs, "-o", format]));
        assert_eq!((one.status, many.status), (Some(2), Some(2)), "{format}");
        assert!(one.out.len() > 1_000, "{format}: {}", one.out);
        assert!(one.out == many.out && one.err == many.err, "{format}: one thread and sixteen differ");
    }
    for command in [&["timeline", "."][..], &["timeline", ".", "-o", "json"], &["facts", "."]] {
        assert_eq!(folder.run(command).out, folder.run(command).out, "{command:?}");
    }
}

#[test]
fn all_formats_agree_on_every_count() {
    let folder = site();
    let report = folder.json(&["."]);
    let found = report["diagnostics"].as_array().unwrap();
    let of = |severity: &str| found.iter().filter(|finding| finding["severity"] == severity).count();
    let counts = ["error", "warning", "info"].map(of);
    let all: usize = counts.iter().sum();
    let summary = ["errors", "warnings", "infos"].map(|key| report["summary"][key].as_u64().unwrap() as usize);
    assert_eq!((counts, all), (summary, found.len()));
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
    let out = |format: &str| folder.run(&["check", "-o", format]).out;
    let lines =
        |text: &str, words: [&str; 3]| words.map(|word| text.lines().filter(|line| line.contains(word)).count());
    assert_eq!(lines(&out("concise"), [" error ", " warning ", " info "]), counts);
    let starts =
        |text: &str, words: [&str; 3]| words.map(|word| text.lines().filter(|line| line.starts_with(word)).count());
    assert_eq!(starts(&out("pretty"), ["error[", "warning[", "info["]), counts);
    let json = |format: &str| serde_json::from_str::<serde_json::Value>(&out(format)).unwrap();
    let levels = |list: &serde_json::Value, key: &str, names: [&str; 3]| {
        names.map(|name| list.as_array().unwrap().iter().filter(|entry| entry[key] == name).count())
    };
    assert_eq!(levels(&json("sarif")["runs"][0]["results"], "level", ["error", "warning", "note"]), counts);
    assert_eq!(levels(&json("rdjson")["diagnostics"], "severity", ["ERROR", "WARNING", "INFO"]), counts);
    assert_eq!(json("gitlab").as_array().unwrap().len(), all);
    let jsonl = out("jsonl");
    assert_eq!(lines(&jsonl, ["\"severity\":\"error\"", "\"severity\":\"warning\"", "\"severity\":\"info\""]), counts);
    let checkstyle = out("checkstyle");
    let elements = roxmltree::Document::parse(&checkstyle).unwrap();
    let of_level = |level| elements.descendants().filter(|part| part.attribute("severity") == Some(level)).count();
    assert_eq!(["error", "warning", "info"].map(of_level), counts);
    let junit = out("junit");
    let elements = roxmltree::Document::parse(&junit).unwrap();
    let texts = elements.descendants().filter(|part| ["failure", "system-out"].contains(&part.tag_name().name()));
    // The place, the severity, the rule.
    let of_level = |level| texts.clone().filter(|part| part.text().unwrap().split(' ').nth(1) == Some(level)).count();
    assert_eq!(["error", "warning", "info"].map(of_level), counts);
    assert_eq!(starts(&out("markdown"), ["| error |", "| warning |", "| info |"]), counts);
    let page = out("html");
    let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>")).unwrap().0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(levels(&data["findings"], "severity", ["error", "warning", "info"]), counts);
    assert_eq!(FORMATS.len(), 12, "a new format is counted here as well");
    // GitHub shows ten of a kind; the page of the job tells the rest.
    assert_eq!(starts(&out("github"), ["::error", "::warning", "::notice"]), counts.map(|count| count.min(10)));
}

#[test]
fn thousands_of_files_are_one_run() {
    let folder = Folder::with(&[]);
    let count = 3_000;
    for number in 0..count {
        let fault = if number % 100 == 0 { "Leave a comment\n" } else { "" };
        folder.write(&format!("{}/{number}.md", number % 7), format!("Rest the knee for {number} days.\n\n{fault}"));
    }
    let report = folder.json(&[]);
    let found = folder::texts(&report["diagnostics"], "rule");
    assert_eq!((&report["summary"]["files"], found.len()), (&count.into(), 30));
    assert!(found.iter().all(|rule| rule == "residue/page-chrome"), "{found:?}");
}
