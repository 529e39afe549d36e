//! Articles about one procedure that say different things about it.
//!
//! Statements about the same procedure, topic and slot form a group, wherever they stand. Where their ranges share nothing and lie
//! apart, those that agree are put together; one finding names what each party says, the majority first, and stands where the
//! smallest party says it.

pub(in crate::checks) mod house;
mod procedures;
mod statements;

pub use house::LIST as HOUSE_FACTS;
pub use procedures::Procedures;
pub use statements::{Statement, Statements};

use crate::checks::{Check, Corpus, CorpusCheck, Found, Member, Pair, Record, Sure, Texts};
use crate::diagnostic::{Data, Diagnostic, Label, identity};
use crate::document::Document;
use crate::facts::{Facts, Needs};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::span::Span;
use serde::Deserialize;
use statements::are_apart;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// By what factor two ranges that share nothing lie apart, at least.
    factor: f64,
}

/// Holds the statements of articles against each other.
struct Disagreement {
    statements: Statements,
    rules: Vec<Wording>,
}

/// A rule and its words.
struct Wording {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    one: Template,
    many: Template,
    here: Template,
    there: Template,
}

/// A statement with what a finding needs of its text.
struct Said {
    statement: Statement,
    file: u32,
    span: Span,
    time: String,
    identity: u64,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let rules = rules.iter().map(Wording::new).collect::<Result<Vec<_>, _>>()?;
    Ok(Check::Corpus(Box::new(Disagreement { statements: Statements::new(lexicon), rules })))
}

impl CorpusCheck for Disagreement {
    fn needs(&self) -> Needs {
        Needs { times: true, claims: true, ..Needs::default() }
    }

    fn rules(&self) -> Vec<&Arc<Rule>> {
        self.rules.iter().map(|wording| &wording.rule).collect()
    }

    fn records(&self, doc: &Document, facts: &Facts, out: &mut Vec<Record>) {
        let statements = self.statements.of(doc, facts);
        out.extend((0..).zip(&statements).map(|(place, one)| Record { key: one.key, place, value: one.value() }));
    }

    fn pair(&self, group: &[Member], corpus: &Corpus, out: &mut Vec<Pair>) -> bool {
        let Some(first) = group.first() else { return false };
        let is_apart = |a: &Member, b: &Member| {
            self.rules.iter().any(|wording| are_apart(a.value, b.value, wording.options.factor))
        };
        let lowest = group.iter().min_by_key(|one| one.value[1]);
        if lowest.is_some_and(|lowest| group.iter().any(|other| is_apart(lowest, other))) {
            let others =
                group.iter().filter(|other| other.file != first.file && corpus.may_meet(first.file, other.file));
            out.extend(others.map(|other| Pair {
                files: [first.file, other.file],
                places: [first.place, other.place],
                is_common: false,
            }));
        }
        false
    }

    fn is_worth(&self, _pairs: &[Pair], _corpus: &Corpus) -> bool {
        true
    }

    fn judge(&self, pairs: &[Pair], corpus: &Corpus, texts: &dyn Texts, out: &mut Vec<Found>) {
        let files: BTreeSet<u32> = pairs.iter().flat_map(|pair| pair.files).collect();
        let mut by_key: BTreeMap<u64, Vec<Said>> = BTreeMap::new();
        for file in files {
            let Some((doc, facts)) = texts.open(file) else { continue };
            for statement in self.statements.of(&doc, &facts) {
                let known = by_key.entry(statement.key).or_default();
                if known.last().is_none_or(|last| last.file != file) {
                    known.push(Said::of(&doc, file, statement));
                }
            }
        }
        for (wording, said) in self.rules.iter().flat_map(|wording| by_key.values().map(move |said| (wording, said))) {
            let procedure = said.first().map_or("", |one| self.statements.procedures.name(one.statement.procedure));
            let diagnostic = wording.finding(procedure, said, corpus);
            out.extend(diagnostic.map(|diagnostic| Found { diagnostic, sure: Sure::Certain }));
        }
    }
}

impl Wording {
    fn new(rule: &Arc<Rule>) -> Result<Self, RuleError> {
        Ok(Self {
            options: rule.options()?,
            message: rule.message(&["procedure", "topic", "values"])?,
            one: rule.text("one", &["time"])?,
            many: rule.text("many", &["time", "articles"])?,
            here: rule.text("here", &["time"])?,
            there: rule.text("there", &["time"])?,
            rule: rule.clone(),
        })
    }

    /// What articles say about one thing of a procedure, in a finding; `None` where they agree.
    fn finding(&self, procedure: &str, said: &[Said], corpus: &Corpus) -> Option<Diagnostic> {
        let parties = self.parties(said);
        let (first, last) = (parties.first()?, parties.last().filter(|_| parties.len() > 1)?);
        let told = last.first()?;
        let value = |party: &Vec<&Said>| match party.len() {
            1 => self.one.fill(&[("time", &party[0].time)]),
            articles => self.many.fill(&[("time", &party[0].time), ("articles", &articles.to_string())]),
        };
        let values = parties.iter().map(value).collect::<Vec<_>>().join(", ");
        let label = |one: &Said, text: &Template| {
            let path = corpus.articles.get(one.file as usize)?.path.clone();
            Some(Label { path, span: one.span, message: text.fill(&[("time", &one.time)]) })
        };
        let others = parties.iter().flatten().filter(|one| one.file != told.file);
        Some(Diagnostic {
            primary: label(told, &self.here)?,
            rule: self.rule.id.clone(),
            severity: self.rule.severity,
            message: self.message.fill(&[
                ("procedure", procedure),
                ("topic", &told.statement.topic),
                ("values", &values),
            ]),
            secondary: others.filter_map(|one| label(one, &self.there)).collect(),
            notes: Vec::new(),
            fix: None,
            data: Data::None,
            identity: vec![first.first()?.identity, told.identity],
        })
    }

    /// Statements by what they say: those whose ranges meet, in a chain, are of one party. Parties that lie apart from no other are
    /// left out; the largest comes first, then the one of the first article.
    fn parties<'a>(&self, said: &'a [Said]) -> Vec<Vec<&'a Said>> {
        let mut order: Vec<&Said> = said.iter().collect();
        order.sort_by_key(|one| (one.statement.value(), one.file));
        let mut parties: Vec<([u32; 2], Vec<&Said>)> = Vec::new();
        for one in order {
            let value = one.statement.value();
            match parties.last_mut() {
                Some((range, party)) if value[0] <= range[1] => {
                    range[1] = range[1].max(value[1]);
                    party.push(one);
                }
                _ => parties.push((value, vec![one])),
            }
        }
        let ranges: Vec<[u32; 2]> = parties.iter().map(|(range, _)| *range).collect();
        let is_apart = |range: [u32; 2]| ranges.iter().any(|other| are_apart(range, *other, self.options.factor));
        let mut parties: Vec<Vec<&Said>> =
            parties.into_iter().filter(|(range, _)| is_apart(*range)).map(|(_, party)| party).collect();
        parties.iter_mut().for_each(|party| party.sort_by_key(|one| one.file));
        parties.sort_by_key(|party| (std::cmp::Reverse(party.len()), party[0].file));
        parties
    }
}

impl Said {
    fn of(doc: &Document, file: u32, statement: Statement) -> Self {
        let quote = doc.slice(doc.words_text(statement.time.clone()));
        let words = doc.words.get(statement.words.start as usize..statement.words.end as usize).unwrap_or_default();
        Self {
            file,
            span: doc.span(doc.words_text(statement.words.clone())),
            time: quote.split_whitespace().collect::<Vec<_>>().join(" "),
            identity: identity(words.iter().map(|word| word.key)),
            statement,
        }
    }
}
