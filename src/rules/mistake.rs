//! A mistake in a settings or rule file, told at its place, and the reading that finds it.
//!
//! TOML's own parser finds the place of what it cannot read; what is only wrong by its meaning is found later by the way to its
//! key. Either way the message is in the house's words and names the nearest thing that would have been right.

use super::nearest::{nearest, proposed};
use super::spec::Fault;
use crate::source::Source;
use crate::span::Span;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A mistake in a file of settings, rules or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub source: Arc<Source>,
    /// The key or value at fault.
    pub span: Span,
    /// What is wrong with it and what would be right.
    pub message: String,
}

/// What of an entry is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its name.
    Key,
    /// What is set there.
    Value,
}

impl Mistake {
    /// A mistake at the end of a way from the top of the file, list entries by their number; where the way ends early, there.
    pub fn at(source: &Arc<Source>, keys: &[impl AsRef<str>], part: Part, message: impl Into<String>) -> Self {
        Self { source: source.clone(), span: locate(source, keys, part), message: message.into() }
    }

    /// A mistake that a rule was found to hold.
    pub fn of_fault(source: &Arc<Source>, fault: &Fault) -> Self {
        Self::at(source, &fault.at, Part::Value, &*fault.reason)
    }
}

/// Reads a file of settings, rules or words.
///
/// # Errors
/// The first thing that is no TOML, or that such a file does not hold.
pub fn read_toml<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Mistake> {
    toml::from_str(source.body()).map_err(|error| {
        let at = error.span().unwrap_or_default();
        let offset = source.body_start();
        let span = Span::new(offset + at.start as u32, offset + at.end as u32);
        Mistake { source: source.clone(), span, message: in_our_words(error.message(), source.slice(span)) }
    })
}

/// The place of a key or of its value. Where the way ends early, the last place on it; the beginning of the file for no way.
pub fn locate(source: &Source, keys: &[impl AsRef<str>], part: Part) -> Span {
    let Ok(table) = DeTable::parse(source.body()) else { return Span::default() };
    let offset = source.body_start();
    let span = |range: std::ops::Range<usize>| Span::new(offset + range.start as u32, offset + range.end as u32);
    let mut found = Span::default();
    let root: Spanned<DeValue<'_>> = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    let mut here = &root;
    for key in keys {
        let key = key.as_ref();
        let next = match here.get_ref() {
            DeValue::Table(entries) => entries.iter().find(|(name, _)| name.get_ref() == key),
            DeValue::Array(items) => {
                let Some(item) = key.parse().ok().and_then(|index: usize| items.get(index)) else { return found };
                (found, here) = (span(item.span()), item);
                continue;
            }
            _ => None,
        };
        let Some((name, value)) = next else { return found };
        // The span of a table under a header is its header; a key says more.
        let is_value = part == Part::Value && !matches!(value.get_ref(), DeValue::Table(_));
        found = span(if is_value { value.span() } else { name.span() });
        here = value;
    }
    found
}

/// What a parser says, as an editor understands it. `text` is what stands at the place.
pub(super) fn in_our_words(message: &str, text: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match (message, quoted.as_slice()) {
        (m, [name, known @ ..]) if m.starts_with("unknown field") => {
            format!("there is no key “{name}” here{}", or_list(name, known))
        }
        (m, [name, known @ ..]) if m.starts_with("unknown variant") => {
            format!("“{name}” is none of {}{}", known.join(", "), proposed(nearest(name, known.iter().copied())))
        }
        (m, [name]) if m.starts_with("missing field") => format!("the key “{name}” is missing"),
        (m, [name, ..]) if m.starts_with("duplicate field") => format!("the key “{name}” stands twice"),
        (m, _) if m.starts_with("duplicate key") => {
            format!("the key “{}” stands twice", text.trim_matches(['"', '\'']))
        }
        (m, _) if m.starts_with("invalid type") || m.starts_with("invalid value") => wrong_kind(m),
        _ => match SYNTAX.iter().find(|(theirs, _)| message.contains(theirs)) {
            Some((_, ours)) => (*ours).to_owned(),
            None if message.contains("invalid unquoted key") && text.contains('/') => {
                "a name with / stands in quotation marks, as in [rule.\"duplicate/heading\"]".to_owned()
            }
            None if message.contains("invalid unquoted key") => {
                format!("a key is written in plain letters without accents; “{text}” is none")
            }
            None => format!("this cannot be read: {}", message.lines().next().unwrap_or_default().replace('`', "")),
        },
    }
}

/// What TOML's parser says, in part, and what an editor understands of it.
const SYNTAX: &[(&str, &str)] = &[
    ("string values must be quoted", "a text stands in straight quotation marks: \"like this\""),
    ("wanted string or table", "a word in quotation marks is expected here"),
    ("missing opening quote", "a quotation mark is missing before this"),
    ("invalid basic string", "the quotation mark before this is not closed"),
    ("invalid literal string", "the quotation mark before this is not closed"),
    ("invalid multi-line", "the three quotation marks before this are not closed"),
    ("key with no value", "an = and a value are missing here"),
    ("missing comma between array", "a comma is missing before this"),
    ("missing comma between key", "a comma is missing before this"),
    ("unclosed array table", "]] is missing here"),
    ("unclosed array", "a list is not closed with ] before this"),
    ("unclosed table", "a ] is missing here"),
    ("unclosed inline table", "a } is missing here"),
    ("unexpected key or value", "this begins on a new line, or belongs inside the quotation marks before it"),
    ("missing escaped value", "a text with \\ stands in single quotation marks: 'like this'; between folders write /"),
    ("invalid boolean", "write true or false"),
    ("invalid mantissa", "this is no number; one is written like 0.9"),
    ("unexpected leading zero", "this is no number; one is written without a leading 0"),
    ("number out of range", "this number is too large"),
    ("carriage return must", "this file ends its lines in an old way; save it with ordinary line ends"),
    ("invalid key-value pair", "a line says “key = value”; this does not"),
];

/// What may stand instead of an unknown name: the nearest, or all.
fn or_list(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        None if known.is_empty() => String::new(),
        None => match known {
            [one] => format!("; there is only “{one}”"),
            _ => format!("; there are {}", known.join(", ")),
        },
        some => proposed(some),
    }
}

/// `invalid type: integer `3`, expected a string` and the like.
fn wrong_kind(message: &str) -> String {
    let (found, wanted) = message.split_once(", expected ").unwrap_or((message, ""));
    let found = found.split_once(": ").map_or(found, |(_, kind)| kind);
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let found = match kind {
        "string" => format!("the text {}", value.replacen('"', "“", 1).replacen('"', "”", 1)),
        "integer" => format!("the number {}", value.replace('`', "")),
        "floating" => format!("the number {}", value.trim_start_matches("point ").replace('`', "")),
        "boolean" => value.replace('`', ""),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "null" => "no number".to_owned(),
        _ => found.replace('`', ""),
    };
    let wanted = match wanted {
        w if w.contains("string") || w == "str" => "a text in quotation marks".to_owned(),
        w if w.starts_with("a sequence") && kind == "map" => {
            "a list (its header has two brackets, like [[override]])".to_owned()
        }
        w if w.starts_with("a sequence") => "a list in square brackets, like [\"this\"],".to_owned(),
        w if w.starts_with("a boolean") => "true or false".to_owned(),
        w if w.starts_with("a map") || w.starts_with("struct") => "a table".to_owned(),
        w if ["u8", "u16", "u32", "u64", "usize"].contains(&w) => "a whole number, 0 or more".to_owned(),
        w if ["i8", "i16", "i32", "i64", "isize"].contains(&w) => "a whole number".to_owned(),
        w if w.starts_with('f') && w.len() == 3 => "a number".to_owned(),
        w => w.replace('`', ""),
    };
    format!("{found} stands where {wanted} is expected")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("medlint.toml", Format::Plain, text.into()).expect("text"))
    }

    #[test]
    fn places_are_found_by_the_way_to_them() {
        let text = "\u{feff}a = 1\n[rule.\"x/y\"]\nseverity = \"off\"\n[[list]]\n[[list]]\nfiles = [\"a\", \"b\"]\nrule.\"x/y\".n = 2\n";
        let source = source(text);
        let at = |keys: &[&str], part| source.slice(locate(&source, keys, part)).to_owned();
        assert_eq!(at(&["a"], Part::Value), "1");
        assert_eq!(at(&["rule", "x/y", "severity"], Part::Value), "\"off\"");
        assert_eq!(at(&["rule", "x/y", "severity"], Part::Key), "severity");
        assert_eq!(at(&["rule", "x/y"], Part::Value), "\"x/y\"");
        assert_eq!(at(&["list", "1", "files", "1"], Part::Value), "\"b\"");
        assert_eq!(at(&["list", "1", "rule", "x/y", "n"], Part::Key), "n");
        assert_eq!(at(&["list", "1", "nothing"], Part::Key), "[[list]]");
        assert_eq!(at(&[], Part::Key), "");
    }

    #[test]
    fn parsers_are_translated() {
        let table = [
            (
                "unknown field `mesage`, expected one of `id`, `message`",
                "there is no key “mesage” here; did you mean “message”?",
            ),
            ("unknown field `zzz`, expected `id`", "there is no key “zzz” here; there is only “id”"),
            (
                "unknown variant `warn`, expected one of `info`, `warning`",
                "“warn” is none of info, warning; did you mean “warning”?",
            ),
            ("missing field `id`", "the key “id” is missing"),
            (
                "invalid type: integer `3`, expected a string",
                "the number 3 stands where a text in quotation marks is expected",
            ),
            (
                "invalid type: string \"x\", expected a sequence",
                "the text “x” stands where a list in square brackets, like [\"this\"], is expected",
            ),
            (
                "invalid type: floating point `0.5`, expected u32",
                "the number 0.5 stands where a whole number, 0 or more is expected",
            ),
            ("unclosed array\nexpected `]`", "a list is not closed with ] before this"),
            ("something else", "this cannot be read: something else"),
        ];
        for (theirs, ours) in table {
            assert_eq!(in_our_words(theirs, ""), ours);
        }
    }
}
