//! All that an article says about time, as the page takes it in: of articles only in which such statements clash, and as short as it can
//! be, since an article may hold dozens. Where the words of a statement stand in the text as they are, the page takes them from there.

use super::Run;
use crate::diagnostic::{Data, Statement};
use crate::engine;
use crate::span::Span;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Not;
use std::sync::Arc;

/// Statements by the path of their article.
pub(super) struct Times<'a> {
    run: Run<'a>,
    articles: BTreeMap<Arc<str>, Vec<Statement>>,
}

impl<'a> Times<'a> {
    pub fn of(run: Run<'a>) -> Self {
        let clashes = run.outcome.diagnostics.iter().filter(|found| matches!(found.data, Data::Claims(_)));
        let wanted = clashes.map(|found| &*found.primary.path).collect();
        Self { run, articles: engine::statements(run.linters, run.articles, run.library, &wanted) }
    }
}

impl Serialize for Times<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (path, statements) in &self.articles {
            if let Ok(source) = self.run.library.source(path) {
                map.serialize_entry(path, &statements.iter().map(|s| Said::of(s, &source.text)).collect::<Vec<_>>())?;
            }
        }
        map.end()
    }
}

/// A statement; times in seconds, what is empty left out.
#[derive(Serialize)]
struct Said<'a> {
    span: [u32; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    kind: &'static str,
    slot: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    event: &'a str,
    #[serde(skip_serializing_if = "Not::not")]
    before: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<i64>,
}

impl<'a> Said<'a> {
    fn of(statement: &'a Statement, text: &str) -> Self {
        let Span { start, end } = statement.span;
        let stands_there = text.get(statement.span.range()) == Some(&statement.text);
        Self {
            span: [start, end],
            text: (!stands_there).then_some(&statement.text),
            kind: statement.kind,
            slot: statement.slot,
            about: statement.topics.join(", "),
            event: &statement.event,
            before: statement.is_before,
            from: statement.from,
            to: statement.to,
            sure: statement.certain_to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{library, run};
    use super::super::super::{Html, Report, Run, Style};
    use crate::engine::{self, Article, Linter};
    use crate::rules::RuleSet;
    use serde_json::{Value, json};

    const CALM: &str = "Avoid swimming for at least two weeks.\n\nWear sunscreen for six weeks.\n";
    const TORN: &str = "Avoid swimming for at least two  weeks.\n\nWear sunscreen for six weeks.\n\nYou can swim again after three days.\n";

    /// What the page takes in of articles that were linted.
    fn times(texts: &[(&str, &str)]) -> Value {
        let library = library(texts);
        let linters = [Linter::new(&RuleSet::builtin()).expect("rules")];
        let articles: Vec<Article> =
            texts.iter().map(|(path, _)| Article { path: (*path).into(), linter: 0, tree: None }).collect();
        let outcome = engine::run(&linters, &articles, &library, &|| {});
        let run = Run { linters: &linters, articles: &articles, ..run(&outcome, &library, Style::default()) };
        let mut page = Vec::new();
        Html.write(&run, &mut page).expect("written");
        let page = String::from_utf8(page).expect("text");
        let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>")).expect("data").0;
        let data: Value = serde_json::from_str(data).expect("JSON");
        data["times"].clone()
    }

    #[test]
    fn all_that_is_said_comes_with_a_clash() {
        let times = times(&[("calm.txt", CALM), ("torn.txt", TORN)]);
        assert_eq!(times.as_object().map(serde_json::Map::len), Some(1), "nothing clashes in the other: {times}");
        let said = times["torn.txt"].as_array().expect("statements");
        let kinds: Vec<&Value> = said.iter().map(|said| &said["kind"]).collect();
        assert_eq!(kinds, ["forbid", "require", "permit"], "also what clashes with nothing");
        let day = 86_400;
        assert_eq!((&said[0]["from"], &said[0]["sure"]), (&json!(0), &json!(14 * day)));
        assert_eq!((&said[2]["from"], &said[2]["to"]), (&json!(3 * day), &Value::Null));
    }

    #[test]
    fn words_are_told_where_the_text_has_them_otherwise() {
        let times = times(&[("torn.txt", TORN)]);
        let said = times["torn.txt"].as_array().expect("statements");
        assert_eq!(said[0]["text"], "Avoid swimming for at least two weeks", "blanks are made single");
        assert!(said[1].get("text").is_none(), "{}", said[1]);
        let place = |end: usize| said[1]["span"][end].as_u64().expect("a byte") as usize;
        assert_eq!(TORN.get(place(0)..place(1)), Some("Wear sunscreen for six weeks"));
    }
}
