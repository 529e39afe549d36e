//! Rules as code scanning shows them: what a person reads beside a finding without the program at hand.

use super::shape::{Configuration, Described, Help, Message, RuleProperties};
use super::text::cut;
use crate::diagnostic::Severity;
use crate::rules::{Example, Rule};
use std::borrow::Cow;

/// Characters that a description may have.
const DESCRIPTION: usize = 1024;
/// Characters that a name may have.
const NAME: usize = 255;

/// The entry of a rule.
pub(super) fn described(rule: &Rule) -> Described<'_> {
    // A house's own rule may explain nothing, and an empty text does not count as given.
    let explained = paragraphs(&rule.explain);
    let explained = if explained.is_empty() { rule.name.clone() } else { explained.join("\n\n") };
    Described {
        id: &rule.id,
        name: if rule.name.chars().count() > NAME { cut(&rule.name, NAME).into() } else { Cow::from(&rule.name) },
        short_description: Message { text: cut(&rule.name, DESCRIPTION) },
        full_description: Message { text: cut(&explained, DESCRIPTION) },
        help: Help { text: help(rule, &explained), markdown: help_in_markdown(rule, &explained) },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: RuleProperties {
            precision: precision(rule.severity),
            severity: if rule.severity == Severity::Info { "recommendation" } else { rule.severity.as_str() },
            tags: [rule.family()],
        },
    }
}

/// The level of a severity.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// How often a rule is right, which code scanning sorts by. A rule may stop an article only where it hardly errs, so its
/// severity tells.
fn precision(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "very-high",
        Severity::Warning => "high",
        Severity::Info => "medium",
    }
}

/// The paragraphs of a text, their lines joined.
fn paragraphs(text: &str) -> Vec<String> {
    let joined = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    joined.filter(|part| !part.is_empty()).collect()
}

fn help(rule: &Rule, explained: &str) -> String {
    let mut parts = vec![explained.to_owned()];
    let indented = |line: &str| format!("    {line}").trim_end().to_owned();
    let indented = |text: &str| text.trim().lines().map(indented).collect::<Vec<_>>().join("\n");
    for (title, examples) in [("Reported", &rule.bad), ("Fine", &rule.good)] {
        for example in examples {
            let at = example.at.iter().map(|at| format!("\n    at “{}”", at.trim())).collect::<String>();
            let beside =
                example.beside.iter().map(|text| format!("{}\n\n    ***\n\n", indented(text))).collect::<String>();
            parts.push(format!("{title}:\n{beside}{}{at}", indented(&example.text)));
        }
    }
    parts.push(format!("To allow it in one place, write before the block: {}", allow(rule)));
    parts.extend(rule.sources.iter().map(|source| format!("Rests on: {source}")));
    parts.join("\n\n")
}

fn help_in_markdown(rule: &Rule, explained: &str) -> String {
    let mut parts = vec![explained.to_owned()];
    for (title, examples) in [("Reported", &rule.bad), ("Fine", &rule.good)] {
        if !examples.is_empty() {
            parts.push(format!("### {title}"));
        }
        parts.extend(examples.iter().map(fenced));
    }
    parts.push(format!("### To allow it\n\nIn one place, before the block:\n\n```html\n{}\n```", allow(rule)));
    parts.push(format!("Everywhere, in `medlint.toml`:\n\n```toml\n[rule.\"{}\"]\nseverity = \"off\"\n```", rule.id));
    if !rule.sources.is_empty() {
        let sources: Vec<String> = rule.sources.iter().map(|source| format!("- {source}")).collect();
        parts.push(format!("### Rests on\n\n{}", sources.join("\n")));
    }
    parts.join("\n\n")
}

/// An example in a fence that it cannot close.
fn fenced(example: &Example) -> String {
    let beside = example.beside.iter().map(|text| in_fence(text) + "\n\nbeside\n\n").collect::<String>();
    let quotes = example.at.iter().map(|at| format!("“{}”", at.split_whitespace().collect::<Vec<_>>().join(" ")));
    let quotes = quotes.collect::<Vec<_>>().join(", ");
    let at = if quotes.is_empty() { quotes } else { format!("\n\nat {quotes}") };
    format!("{beside}{}{at}", in_fence(&example.text))
}

fn in_fence(text: &str) -> String {
    let text = text.trim();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}markdown\n{text}\n{fence}")
}

fn allow(rule: &Rule) -> String {
    format!("<!-- medlint allow: {} (reason) -->", rule.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> Rule {
        Rule { id: "house/wording".into(), name: "wording".into(), ..Rule::default() }
    }

    #[test]
    fn a_rule_that_explains_nothing_still_has_every_text() {
        let rule = rule();
        let entry = described(&rule);
        assert_eq!(entry.full_description.text, "wording");
        assert!(entry.help.text.starts_with("wording") && entry.help.markdown.contains("allow: house/wording"));
    }

    #[test]
    fn long_texts_are_cut_to_what_is_accepted() {
        let long = Rule { name: "word ".repeat(400), explain: "word ".repeat(400), ..rule() };
        let entry = described(&long);
        assert!(entry.name.chars().count() <= NAME);
        for text in [entry.short_description.text, entry.full_description.text] {
            assert!(text.ends_with("word…") && text.chars().count() <= DESCRIPTION, "{text}");
        }
    }

    #[test]
    fn no_example_closes_its_fence() {
        let example = Example {
            text: "````\nrest\n````\n".into(),
            beside: Vec::new(),
            facts: Vec::new(),
            at: vec!["rest\nnow".into()],
        };
        assert_eq!(fenced(&example), "`````markdown\n````\nrest\n````\n`````\n\nat “rest now”");
    }

    #[test]
    fn paragraphs_are_unwrapped() {
        assert_eq!(paragraphs("\none\ntwo\n\n\nthree\n"), ["one two", "three"]);
    }
}
