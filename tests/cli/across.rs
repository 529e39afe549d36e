//! Articles compared with each other: copies told once, mirrors, `--isolated`, boilerplate under `--statistics`.

use super::folder::Folder;

const SPLINT: &str = "A night splint keeps the foot at a right angle while you sleep. The calf cannot shorten, so the first steps \
    of the morning hurt less.\n\nWear it for two hours on the first evening and add an hour each night. Most people sleep through with it \
    after ten days.\n";
const NOTICE: &str = "This page was written by the nurses of our practice and is no substitute for a visit. Ring us when you are \
    unsure, when something gets worse, or when you simply want to ask.\n";

fn article(number: usize) -> String {
    let body = ["ankle", "elbow", "heel", "hip", "knee", "neck", "wrist"][number];
    format!(
        "# The {body}\n\nThe {body} needs rest on day {number}, {number}0 stretches a week and a {body} strap.\n\n{SPLINT}"
    )
}

/// The rules of the findings that compare articles, by path.
fn told(folder: &Folder, args: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["check", "--select", "duplicate", "-o", "concise", "-q"];
    all.extend(args);
    let lines = folder.run(&all).out;
    let word = |line: &str| {
        let rule = line.split("duplicate/").nth(1)?.split(|c: char| c != '-' && !c.is_alphabetic()).next()?;
        Some((line.split(':').next()?.to_owned(), rule.to_owned()))
    };
    lines.lines().filter_map(word).collect()
}

fn one(path: &str, rule: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), rule.to_owned())]
}

#[test]
fn copies_are_told_unless_files_are_isolated() {
    let folder = Folder::with(&[("a.md", &article(0)), ("b.md", &article(0)), ("c.md", "# Rest\n\nRest the knee.\n")]);
    assert_eq!(told(&folder, &[]), one("b.md", "copied-article"));
    assert!(told(&folder, &["--isolated"]).is_empty());
    assert!(told(&folder, &["a.md", "c.md"]).is_empty());
}

#[test]
fn an_override_speaks_for_the_article_that_is_told() {
    let settings = "[[override]]\nfiles = [\"b.md\"]\nrule.\"duplicate/copied-article\".severity = \"off\"\n";
    let folder = Folder::with(&[("a.md", &article(0)), ("b.md", &article(0)), ("medlint.toml", settings)]);
    assert!(told(&folder, &[]).is_empty());
}

#[test]
fn mirrored_trees_are_left_alone_and_proposed_once() {
    let folder = Folder::with(&[]);
    for number in 0..6 {
        // Each article has its own text, so that only its twin is a copy.
        let text = article(number)
            .replace(SPLINT, &format!("{} ", ["Bend", "Cool", "Lift", "Roll", "Stretch", "Warm"][number]).repeat(40));
        let text =
            format!("{text}\n{}\n", (0..60).map(|word| format!("w{number}x{word}")).collect::<Vec<_>>().join(" "));
        folder.write(&format!("en/{number}.md"), &text);
        folder.write(&format!("gb/{number}.md"), &text);
    }
    assert_eq!(told(&folder, &["--ignore", "duplicate/sentence,duplicate/passage"]), one("gb/0.md", "copied-article"));
    assert!(folder.run(&["check", "--select", "duplicate"]).out.contains("en, gb hold the same 6 articles"));
    folder.write("medlint.toml", "[[mirror]]\nfolders = [\"en\", \"gb\"]\n");
    assert!(told(&folder, &["--ignore", "duplicate/sentence,duplicate/passage"]).is_empty());
}

#[test]
fn boilerplate_is_listed_and_not_told() {
    let folder = Folder::with(&[]);
    for number in 0..6 {
        let own = (0..60).map(|word| format!("w{number}x{word}")).collect::<Vec<_>>().join(" ");
        folder.write(&format!("{number}.md"), format!("{own}\n\n{NOTICE}"));
    }
    assert!(told(&folder, &[]).is_empty());
    let statistics = folder.run(&["check", "--statistics"]).out;
    assert!(statistics.contains("6  This page was written by the nurses"), "{statistics}");
}
