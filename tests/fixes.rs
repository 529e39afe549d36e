//! Fixes: what they delete is gone with its lines, what stands around it stays byte for byte, and the finding does not come back.

#![allow(clippy::unwrap_used, missing_docs)]

use medlint::diagnostic::Applicability;
use medlint::engine::Linter;
use medlint::filter;
use medlint::rules::RuleSet;
use medlint::source::{Format, Source};
use std::sync::{Arc, LazyLock};

static LINTER: LazyLock<Linter> = LazyLock::new(|| Linter::new(&RuleSet::builtin()).unwrap());

/// The text with the first fix applied; `None` where no finding has one.
fn fixed(path: &str, text: &str) -> Option<String> {
    let format = Format::of_path(std::path::Path::new(path)).unwrap();
    let source = Arc::new(Source::new(path, format, text.into()).unwrap());
    let found = filter::lint(&LINTER, source);
    let fix = found.into_iter().find_map(|diagnostic| diagnostic.fix)?;
    assert_eq!(fix.applicability, Applicability::Unsafe, "which of two equal tellings goes is for a person to say");
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    Some(text)
}

const TOLD: &str = "Keep the splint on at night for six weeks and take it off twice a day to bend each finger.";

#[test]
fn equal_blocks_are_deleted_with_their_lines() {
    let table = [
        (
            "a.md",
            format!("# Splint\n\n{TOLD}\n\nCold helps.\n\n{TOLD}\n\nCall us.\n"),
            format!("# Splint\n\n{TOLD}\n\nCold helps.\n\nCall us.\n"),
        ),
        (
            "a.md",
            format!("{TOLD}\r\n\r\nCold helps.\r\n\r\n> {TOLD}\r\n"),
            format!("{TOLD}\r\n\r\nCold helps.\r\n\r\n> {TOLD}\r\n"),
        ),
        (
            "a.md",
            "# Splint\n\nAt night\n========\n\nAt night\n========\n\nSix weeks.\n".into(),
            "# Splint\n\nAt night\n========\n\nSix weeks.\n".into(),
        ),
        (
            "a.md",
            "# Splint\n\n## At night\n\n## **At night**\nSix weeks.\n".into(),
            "# Splint\n\n## At night\n\nSix weeks.\n".into(),
        ),
        (
            "a.txt",
            format!("Splint\n{TOLD}\nCold helps the swelling.\n{TOLD}"),
            format!("Splint\n{TOLD}\nCold helps the swelling.\n"),
        ),
    ];
    for (path, before, after) in table {
        let now = fixed(path, &before).unwrap_or_else(|| before.clone());
        assert_eq!(now, after);
        assert_eq!(fixed(path, &now), None, "nothing is left to delete");
    }
}

#[test]
fn nothing_else_is_ever_deleted() {
    let texts = [
        // Something that is no text stands in the same lines.
        ("a.md", format!("{TOLD}\n\nCold helps.\n\n![the splint](splint.png) {TOLD}\n")),
        // A sentence among others.
        ("a.md", format!("{TOLD}\n\nCold helps. {TOLD} Call us.\n")),
        // The tellings differ.
        ("a.md", format!("{TOLD}\n\nCold helps.\n\n{}\n", TOLD.replace("six", "four"))),
        // Elements are no lines.
        ("a.html", format!("<p>{TOLD}</p><p>Cold helps.</p><p>{TOLD}</p>")),
    ];
    for (path, text) in texts {
        assert_eq!(fixed(path, &text), None, "{text}");
    }
}
