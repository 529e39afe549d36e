//! Suppressions in articles: where they stand, what they cover, what is told of those without use, and how they count.

use crate::folder::{Folder, told};
use crate::{HOUSE_RULE, WARNING};
use serde_json::Value;

/// The report on an article that an editor holds under this name.
fn report(name: &str, text: &str, args: &[&str]) -> Value {
    Folder::with(&[]).json_with(&[&["-", "--stdin-filename", name], args].concat(), text.as_bytes())
}

/// What is found in an article, as `line: text`, and how much was suppressed.
fn found(name: &str, text: &str, args: &[&str]) -> (Vec<String>, u64) {
    let report = report(name, text, args);
    let all = report["diagnostics"].as_array().expect("a list").iter();
    let found = all.map(|d| format!("{}: {}", d["start"]["line"], d["text"].as_str().expect("text")));
    (found.collect(), report["summary"]["suppressed"].as_u64().expect("a number"))
}

/// One finding was suppressed, the others are these.
fn one_suppressed(name: &str, text: &str, left: &[&str]) {
    let left = left.iter().map(|finding| (*finding).to_owned()).collect();
    assert_eq!(found(name, text, &[]), (left, 1), "{name}\n{text}");
}

#[test]
fn the_block_that_follows_is_covered_and_no_other() {
    let markdown =
        "Leave a reply\n\n<!-- medlint allow: residue/page-chrome (ours) -->\n\nLeave a comment\n\nShare this\n";
    let left = ["1: Leave a reply", "7: Share this"];
    for name in ["a.md", "a.markdown"] {
        one_suppressed(name, markdown, &left);
        one_suppressed(name, &markdown.replace("-->\n\n", "-->\n"), &["1: Leave a reply", "6: Share this"]);
        one_suppressed(name, &markdown.replace('\n', "\r\n"), &left);
        one_suppressed(name, &format!("\u{feff}{markdown}"), &left);
    }
    one_suppressed("a.mdx", &markdown.replace("<!--", "{/*").replace("-->", "*/}"), &left);
    one_suppressed("a.txt", &markdown.replace("<!-- ", "").replace(" -->", ""), &left);
    let html = "<p>Leave a reply</p>\n<!-- medlint allow: residue/page-chrome -->\n<p>Leave a comment</p>\n\
        <p>Share this</p>\n";
    for name in ["a.html", "a.htm"] {
        one_suppressed(name, html, &["1: Leave a reply", "4: Share this"]);
    }
    let wrapped =
        "<!-- medlint allow: spun -->\nPeople slept and\npeople certainly've rested.\n\nWho certainly've slept?\n";
    one_suppressed("a.md", wrapped, &["5: certainly've"]);
    one_suppressed("a.md", "<!-- medlint allow: residue -->\n## Leave a comment\n\nShare this\n", &["4: Share this"]);
}

#[test]
fn at_the_end_of_a_line_it_covers_the_block_of_that_line() {
    let comment = "<!-- medlint allow: residue/page-chrome -->";
    let markdown = format!("Leave a reply\n\nLeave a comment {comment}\n\nShare this\n");
    let left = ["1: Leave a reply", "5: Share this"];
    one_suppressed("a.md", &markdown, &left);
    one_suppressed("a.mdx", &markdown.replace("<!--", "{/*").replace("-->", "*/}"), &left);
    let html = format!("<p>Leave a reply</p>\n<p>Leave a comment</p> {comment}\n<p>Share this</p>\n");
    one_suppressed("a.html", &html, &["1: Leave a reply", "3: Share this"]);
    one_suppressed("a.md", &format!("# Leave a comment {comment}\n\nShare this\n"), &["3: Share this"]);
    one_suppressed("a.md", &format!("- Leave a comment {comment}\n- Share this\n"), &["2: Share this"]);
    for line in ["first", "second", "third"] {
        let wrapped = "He first\nand second certainly've\nand third rested.\n\nWho certainly've slept?\n";
        let end = wrapped.find(line).and_then(|at| Some(at + wrapped[at..].find('\n')?)).expect("a line");
        let text = format!("{} <!-- medlint allow: spun -->{}", &wrapped[..end], &wrapped[end..]);
        one_suppressed("a.md", &text, &["5: certainly've"]);
    }
}

#[test]
fn in_plain_text_it_stands_on_a_line_alone() {
    one_suppressed("a.txt", "Leave a reply\nmedlint allow: residue\nLeave a comment\n", &["1: Leave a reply"]);
    one_suppressed("a.txt", "   medlint allow: residue (ours)  \n\nLeave a comment\n", &[]);
    let inside = "Leave a comment\n\nWrite medlint allow: residue into the article.\n";
    assert_eq!(found("a.txt", inside, &[]), (vec!["1: Leave a comment".to_owned()], 0));
    let long = "When the wound has closed, the skin can be washed with water and a little soap, without \
        rubbing, in the evening.";
    let pasted = format!("{long}\nmedlint allow: residue\nLeave a comment\n{long}\n");
    assert_eq!(found("a.txt", &pasted, &["--select", "residue"]), (vec![], 1), "a paragraph a line");
}

#[test]
fn the_whole_article_is_covered() {
    let body = "Leave a comment\n\nRest well.\n\nLeave a reply\n";
    let comment = "<!-- medlint allow-file: residue/page-chrome (a form) -->";
    let top = |head: &str| format!("{head}\n\n{body}");
    let mdx = comment.replace("<!--", "{/*").replace("-->", "*/}");
    let table = [
        ("a.md", top(comment)),
        ("a.md", format!("{body}\n{comment}\n")),
        ("a.md", body.replace("well.", &format!("well. {comment}"))),
        ("a.mdx", top(&mdx)),
        ("a.mdx", format!("{body}\n{mdx}\n")),
        ("a.html", format!("<p>Leave a comment</p>\n{comment}\n<p>Leave a reply</p>\n")),
        ("a.html", format!("{comment}<html><body><p>Leave a comment</p><p>Leave a reply</p></body></html>")),
        ("a.txt", top("medlint allow-file: residue/page-chrome")),
        ("a.txt", format!("{body}\nmedlint allow-file: residue/page-chrome (a form)\n")),
        ("a.md", top("---\ntitle: Rest\nmedlint: { allow: [residue] }\n---")),
        ("a.md", top("---\nmedlint:\n  allow:\n    - residue/page-chrome\ntitle: Rest\n---")),
        ("a.mdx", top("---\nmedlint: { allow: [residue] }\n---")),
        ("a.md", top("+++\ntitle = \"Rest\"\n[medlint]\nallow = [\"residue\"]\n+++")),
        ("a.md", top("+++\nmedlint = { allow = [\"residue/page-chrome\"] }\n+++")),
        ("a.markdown", top("+++\nmedlint.allow = [\"residue\"]\n+++")),
    ];
    for (name, text) in table {
        assert_eq!(found(name, &text, &[]), (vec![], 2), "{name}\n{text}");
    }
}

#[test]
fn names_are_rules_or_families_and_a_reason_is_optional() {
    let body = "Leave a comment after people certainly've rested.\n\nShare this\n";
    let settings = "[rule.\"residue/page-chrome\"]\nscope = \"sentence\"\n";
    let folder = Folder::with(&[("medlint.toml", settings)]);
    let input = ["-", "--stdin-filename", "a.md"];
    for names in [
        "residue, spun",
        "spun,residue/page-chrome",
        "spun/contraction residue",
        "residue, spun (both)",
        "residue (a form: ours, not (theirs)), spun/contraction (quoted)",
        "residue/page-chrome, spun/contraction (why not? see residue/byline)",
    ] {
        let report = folder.json_with(&input, format!("<!-- medlint allow: {names} -->\n{body}").as_bytes());
        assert_eq!(told(&report), ["a.md warning residue/page-chrome"], "{names}");
        assert_eq!(
            (&report["diagnostics"][0]["text"], &report["summary"]["suppressed"]),
            (&"Share this".into(), &2.into())
        );
    }
}

#[test]
fn code_and_prose_suppress_nothing() {
    for text in
        ["`<!-- medlint allow: residue -->`", "    <!-- medlint allow-file: residue -->", "See medlint allow: residue."]
    {
        let text = format!("Rest well.\n\n{text}\n\nLeave a comment\n");
        assert_eq!(found("a.md", &text, &[]), (vec!["5: Leave a comment".to_owned()], 0), "{text}");
    }
}

#[test]
fn names_without_use_are_told_each_at_its_place() {
    /// The text of a finding and a part of its message.
    type Told = (&'static str, &'static str);
    let unused = "nothing here";
    let table: [(&str, &str, &[Told]); 9] = [
        ("a.md", "<!-- medlint allow: spun -->\n\nRest well.\n", &[("spun", unused)]),
        ("a.md", "Rest well. <!-- medlint allow: spun/contraction (no) -->\n", &[("spun/contraction", unused)]),
        ("a.md", "<!-- medlint allow-file: duplicate -->\n\nRest well.\n", &[("duplicate", unused)]),
        ("a.mdx", "{/* medlint allow: spun */}\n\nRest well.\n", &[("spun", unused)]),
        ("a.txt", "medlint allow: spun\nRest well.\n", &[("spun", unused)]),
        (
            "a.md",
            "---\nmedlint: { allow: [duplicate, spnu] }\n---\n\nRest well.\n",
            &[("duplicate", unused), ("spnu", "“spun”")],
        ),
        ("a.md", "+++\n[medlint]\nallow = [\"spun\"]\n+++\n\nRest well.\n", &[("spun", unused)]),
        (
            "a.md",
            "<!-- medlint allow: residue, spun, residue/byline -->\nLeave a comment\n",
            &[("spun", unused), ("residue/byline", unused)],
        ),
        (
            "a.md",
            "<!-- medlint allow: residue/page-crome, zzz -->\n\nRest well.\n",
            &[("residue/page-crome", "did you mean “residue/page-chrome”"), ("zzz", "neither a rule nor a family")],
        ),
    ];
    for (name, text, expected) in table {
        let report = report(name, text, &[]);
        let found = report["diagnostics"].as_array().expect("a list");
        assert_eq!(found.len(), expected.len(), "{text}\n{report}");
        for (diagnostic, (name, message)) in found.iter().zip(expected) {
            assert_eq!((&diagnostic["rule"], &diagnostic["severity"]), (&"meta/unused-allow".into(), &"info".into()));
            assert_eq!(diagnostic["text"], *name, "{text}");
            let told = diagnostic["message"].as_str().expect("text");
            assert!(told.contains(message) && told.contains(name), "{told}");
        }
    }
    assert_eq!(found("a.md", "<!-- medlint allow: spun -->\nLeave a reply\n", &[]).1, 0);
}

#[test]
fn names_in_front_matter_are_told_where_they_stand() {
    for front_matter in [
        "---\ntitle: medlint, a spun tale\nmedlint: { allow: [spun] }\n---",
        "+++\ntitle = \"a spun tale\"\nmedlint = { allow = [\"spun\"] }\n+++",
    ] {
        let text = format!("{front_matter}\n\nRest well.\n");
        assert_eq!(found("a.md", &text, &[]), (vec!["3: spun".to_owned()], 0), "{front_matter}");
    }
}

#[test]
fn what_medlint_does_not_understand_is_told() {
    for comment in
        ["<!-- medlint ignore: residue -->", "<!-- medlint allow residue -->", "<!-- medlint allow: (why) -->"]
    {
        let report = report("a.md", &format!("{comment}\n\nLeave a comment\n"), &[]);
        let expected = ["a.md info meta/unused-allow", "a.md warning residue/page-chrome"];
        assert_eq!(told(&report), expected, "{comment}");
    }
}

#[test]
fn a_rule_that_is_not_in_force_is_neither_used_nor_unused() {
    let text = "<!-- medlint allow: residue/page-chrome, spun -->\n\nLeave a comment\n\nWho certainly've slept?\n";
    let unused = || vec!["1: spun".to_owned()];
    let table: [(&[&str], Vec<String>, u64); 6] = [
        (&["--select", "residue,spun,meta", "--ignore", "spun"], vec![], 1),
        (&["--select", "residue,meta"], vec![], 1),
        (&["--select", "spun,meta"], [unused(), vec!["5: certainly've".to_owned()]].concat(), 0),
        (&["--ignore", "spun,residue/page-chrome"], vec![], 0),
        (&["--ignore", "meta"], vec!["5: certainly've".to_owned()], 1),
        (&["--ignore", "residue"], [unused(), vec!["5: certainly've".to_owned()]].concat(), 0),
    ];
    for (args, expected, suppressed) in table {
        assert_eq!(found("a.md", text, args), (expected, suppressed), "{args:?}");
    }
    let off = "[rule.\"residue/page-chrome\"]\nseverity = \"off\"\n[rule.\"spun/contraction\"]\nseverity = \"off\"\n";
    let folder = Folder::with(&[("medlint.toml", off), ("a.md", text)]);
    assert!(folder.told(&[]).is_empty(), "off in the settings");
    folder.write("medlint.toml", "[rule.\"meta/unused-allow\"]\nseverity = \"off\"\n");
    assert_eq!(folder.told(&[]), ["a.md error spun/contraction"]);
}

#[test]
fn a_family_of_which_only_a_part_is_in_force_is_not_told_as_unused() {
    let text = "<!-- medlint allow: residue -->\n\nLeave a comment\n";
    assert_eq!(found("a.md", text, &[]), (vec![], 1));
    assert_eq!(found("a.md", text, &["--ignore", "residue/page-chrome"]), (vec![], 0));
}

#[test]
fn rules_of_the_house_are_suppressed_like_others() {
    let settings = "rules = \"editorial\"\n";
    let folder = Folder::with(&[("medlint.toml", settings), ("editorial/a.toml", HOUSE_RULE)]);
    for name in ["house/wording", "house"] {
        let text = format!("Rest the knee now.\n\n<!-- medlint allow: {name} -->\nRest the knee for two days.\n");
        folder.write("a.md", &text);
        assert_eq!(folder.told(&[]), ["a.md warning house/wording"], "{name}");
        assert_eq!(folder.json(&[])["summary"]["suppressed"], 1);
        assert_eq!(folder.told(&["--no-config"]), ["a.md info meta/unused-allow"], "nobody knows {name}");
    }
}

#[test]
fn suppressed_findings_are_counted_and_fail_nothing() {
    let text = "<!-- medlint allow-file: residue -->\n\nLeave a comment\n\nLeave a reply\n";
    let folder = Folder::with(&[("a.md", text), ("b.md", "<!-- medlint allow: residue -->\nShare this\n")]);
    let ran = folder.run(&["check", "--fail-on", "info"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert_eq!(ran.out, "2 articles, 8 words: nothing found, 3 suppressed\n");
    let summary = &folder.json(&[])["summary"];
    let counts = ["suppressed", "warnings", "infos", "baselined"].map(|key| summary[key].as_u64());
    assert_eq!(counts, [3, 0, 0, 0].map(Some));
    let lines = folder.run(&["check", "-o", "jsonl"]).out;
    let last: Value = serde_json::from_str(lines.lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["summary"]["suppressed"], 3);
    folder.write("c.md", WARNING);
    let ran = folder.run(&["check"]);
    assert!(ran.status == Some(1) && ran.out.contains(": 1 warning, 3 suppressed\n"), "{}", ran.out);
    let ran = folder.run(&["check", "c.md"]);
    assert!(!ran.out.contains("suppressed"), "{}", ran.out);
}

#[test]
fn comments_hold_on_standard_input_without_a_name() {
    let folder = Folder::with(&[]);
    let report = folder.json_with(&["-"], b"<!-- medlint allow-file: residue -->\n\nLeave a comment\n");
    assert_eq!((told(&report), report["summary"]["suppressed"].as_u64()), (vec![], Some(1)));
}
