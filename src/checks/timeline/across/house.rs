//! What is right in this house: facts that the settings name, held against every article about their procedure.

use super::statements::{Statements, are_apart};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::Document;
use crate::facts::{Facts, Needs};
use crate::language::{Entry, KeyMap, Lexicon};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::sync::{Arc, OnceLock};

/// The list of the lexicon that the facts of the house join. The parts of an entry: procedure, topic, slot, range, source, reviewed.
pub const LIST: &str = "house fact";

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// By what factor a statement that shares nothing with a fact lies apart from it, at least.
    factor: f64,
}

/// A fact of the house.
#[derive(Clone, Debug)]
struct Fact {
    value: [u32; 2],
    range: String,
    source: String,
    reviewed: String,
}

/// The rules and the facts.
struct House {
    rules: Vec<(Arc<Rule>, Options, Wording)>,
    /// Where the house has facts; they are read when the first article has claims.
    lexicon: Option<Arc<Lexicon>>,
    known: OnceLock<Known>,
}

struct Known {
    statements: Statements,
    facts: KeyMap<Fact>,
}

struct Wording {
    message: Template,
    source: Template,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let wording = |rule: &Arc<Rule>| {
        Ok(Wording {
            message: rule.message(&["procedure", "topic", "time", "range"])?,
            source: rule.text("source", &["source", "reviewed"])?,
        })
    };
    let rules = rules.iter().map(|rule| Ok((rule.clone(), rule.options()?, wording(rule)?)));
    let rules = rules.collect::<Result<Vec<_>, RuleError>>()?;
    let lexicon = (!lexicon.entries(LIST).is_empty()).then(|| Arc::new(lexicon.clone()));
    Ok(Check::Document(Box::new(House { rules, lexicon, known: OnceLock::new() })))
}

impl DocumentCheck for House {
    fn needs(&self) -> Needs {
        let is_needed = self.lexicon.is_some();
        Needs { times: is_needed, claims: is_needed, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let Some(lexicon) = self.lexicon.as_ref().filter(|_| !facts.claims.is_empty()) else { return };
        let known = self.known.get_or_init(|| Known::new(lexicon));
        for statement in known.statements.of(doc, facts) {
            let Some(fact) = known.facts.get(&statement.key) else { continue };
            let time = doc.slice(doc.words_text(statement.time.clone()));
            let time = time.split_whitespace().collect::<Vec<_>>().join(" ");
            let procedure = known.statements.procedures.name(statement.procedure);
            for (rule, options, wording) in &self.rules {
                if !are_apart(statement.value(), fact.value, options.factor) {
                    continue;
                }
                let parts =
                    [("procedure", procedure), ("topic", &statement.topic), ("time", &time), ("range", &fact.range)];
                let at = doc.words_text(statement.words.clone());
                let mut diagnostic =
                    finding(rule, doc, at, std::slice::from_ref(&statement.words), wording.message.fill(&parts));
                let parts = [("source", fact.source.as_str()), ("reviewed", fact.reviewed.as_str())];
                diagnostic.notes.push(wording.source.fill(&parts));
                out.push(Found { diagnostic, sure: Sure::Certain });
            }
        }
    }
}

impl Known {
    fn new(lexicon: &Arc<Lexicon>) -> Self {
        let statements = Statements::new(lexicon);
        let mut facts = KeyMap::default();
        for entry in lexicon.entries(LIST) {
            if let Some((key, fact)) = read(&statements, lexicon, entry) {
                facts.insert(key, fact);
            }
        }
        Self { statements, facts }
    }
}

/// The fact that an entry tells; `None` where its words mean nothing, which the settings have told before.
fn read(statements: &Statements, lexicon: &Arc<Lexicon>, entry: &Entry) -> Option<(u64, Fact)> {
    let [procedure, topic, slot, range, source, reviewed] = entry.any.as_slice() else { return None };
    let (key, value) = statements.fact(lexicon, [procedure, topic, slot, range]).ok()?;
    Some((key, Fact { value, range: range.clone(), source: source.clone(), reviewed: reviewed.clone() }))
}
