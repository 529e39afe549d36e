//! Data at the head of a file, read as data and not as prose.
//!
//! YAML stands between lines of `---` (or `---` and `...`), TOML between lines of `+++`. Front matter begins at the first
//! line, is closed, and its first entry looks like a key; anything else is prose. The values are parsed once.

use crate::source::Source;
use crate::span::Span;
use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Map, Value};

/// YAML that is indented further, in columns, has no values.
const DEEPEST: usize = 200;

/// The language that front matter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontMatterFormat {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Front matter: where it stands and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The language it is written in.
    pub format: FrontMatterFormat,
    /// All of it with its marks.
    pub span: Span,
    /// What stands between the marks.
    pub inner: Span,
    /// Its top-level keys with their values; none where it is broken.
    values: Map<String, Value>,
}

impl FrontMatter {
    /// The value of a top-level key; `None` where the key is missing or the front matter is broken.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }
}

/// Finds front matter and returns where the body begins.
pub(super) fn read(source: &Source, found: &mut Option<FrontMatter>) -> u32 {
    let start = source.body_start();
    let body = source.body();
    let Some((format, fence)) = [(FrontMatterFormat::Yaml, "---"), (FrontMatterFormat::Toml, "+++")]
        .into_iter()
        .find(|(_, fence)| body.lines().next().is_some_and(|line| line.trim_end() == *fence))
    else {
        return start;
    };
    let mut at = 0;
    let mut inner = 0;
    let mut has_key = false;
    for (index, line) in body.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if index == 0 {
            inner = line.len();
        } else if bare == fence || (format == FrontMatterFormat::Yaml && bare == "...") {
            if !has_key && at > inner {
                return start;
            }
            let end = start + (at + line.len()) as u32;
            let inner = Span::new(start + inner as u32, start + at as u32);
            let values = values(source.slice(inner), format).unwrap_or_default();
            *found = Some(FrontMatter { format, span: Span::new(start, end), inner, values });
            return end;
        } else if !has_key && !bare.is_empty() && !bare.trim_start().starts_with('#') {
            if !is_entry(bare, format) {
                return start;
            }
            has_key = true;
        }
        at += line.len();
    }
    start
}

/// The values of front matter, unless it is broken.
fn values(text: &str, format: FrontMatterFormat) -> Option<Map<String, Value>> {
    let read = match format {
        FrontMatterFormat::Yaml if is_deep(text) => return None,
        FrontMatterFormat::Yaml => json(Yaml::load_from_str(text).ok()?.first()?),
        FrontMatterFormat::Toml => serde_json::to_value(text.parse::<toml::Table>().ok()?).ok()?,
    };
    match read {
        Value::Object(values) => Some(values),
        _ => None,
    }
}

/// True for `key: value`, `key = value` and `[table]`.
fn is_entry(line: &str, format: FrontMatterFormat) -> bool {
    let mark = match format {
        FrontMatterFormat::Yaml => ':',
        FrontMatterFormat::Toml => '=',
    };
    let is_table = format == FrontMatterFormat::Toml && line.starts_with('[');
    let is_key = |key: &str| {
        let key = key.trim().trim_matches(['"', '\'']);
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    is_table || line.split_once(mark).is_some_and(|(key, _)| is_key(key))
}

/// True where a line of YAML is indented further, or opens more lists and keys, than any that people write. The parser calls itself for each
/// level, and would run out of stack; in brackets, it keeps to a limit of its own.
fn is_deep(yaml: &str) -> bool {
    let opens = |c: &char| matches!(c, ' ' | '\t' | '-' | '?' | ':');
    yaml.lines().any(|line| line.chars().take_while(opens).take(DEEPEST + 1).count() > DEEPEST)
}

fn json(yaml: &Yaml<'_>) -> Value {
    if let Some(text) = yaml.as_str() {
        return text.into();
    }
    if let Some(items) = yaml.as_sequence() {
        return items.iter().map(json).collect();
    }
    if let Some(entries) = yaml.as_mapping() {
        return entries.iter().filter_map(|(k, v)| Some((k.as_str()?.to_owned(), json(v)))).collect();
    }
    yaml.as_bool()
        .map(Value::from)
        .or_else(|| yaml.as_integer().map(Value::from))
        .or_else(|| yaml.as_floating_point().map(Value::from))
        .unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn parse(text: &str) -> (Source, Option<FrontMatter>, u32) {
        let source = Source::new("a.md", Format::Markdown, text.into()).expect("text");
        let mut found = None;
        let body = read(&source, &mut found);
        (source, found, body)
    }

    #[test]
    fn yaml_and_toml() {
        let (source, found, body) =
            parse("\u{feff}---\r\ntitle: Rest\r\nmedlint: { allow: [duplicate] }\r\n---\r\nText");
        let found = found.expect("front matter");
        assert_eq!(&source.text[body as usize..], "Text");
        assert_eq!(found.get("medlint"), Some(&serde_json::json!({"allow": ["duplicate"]})));
        let (_, found, _) = parse("+++\ntitle = \"Rest\"\ndays = 2\n+++\n");
        assert_eq!(found.expect("front matter").get("days"), Some(&serde_json::json!(2)));
    }

    #[test]
    fn prose_between_rules_is_prose() {
        for text in [
            "---\nRest for two days\n---\nText",
            "---\ntitle: never closed",
            "text\n---\na: b\n---\n",
            "----\na: b\n----\n",
        ] {
            assert_eq!(parse(text).1, None, "{text:?}");
        }
    }

    #[test]
    fn broken_front_matter_has_no_values() {
        let (_, found, _) = parse("---\ntitle: [a\n---\nText");
        assert_eq!(found.expect("still data").get("title"), None);
        for open in ["- ", "? ", "-\t", "? - "] {
            let (_, found, _) = parse(&format!("---\ntitle:\n  {}x\n---\nText", open.repeat(100_000)));
            assert_eq!(found.expect("still data").get("title"), None, "{open:?}");
        }
    }
}
