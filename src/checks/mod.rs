//! The algorithms. A check knows how to look; rules tell it what for, with which words and how strictly.
//!
//! All rules in force that name one check are built together, so that they share one pass. A check reports what it found
//! and how sure it is; the engine turns that into a severity.

mod corpus;
mod duplicate;
mod expression;
mod gate;
mod link;
mod meta;
mod one_place;
mod pattern;
mod phrase;
mod quoted;
mod residue;
mod spun;
mod terms;
mod timeline;
mod traces;

pub use corpus::{Boilerplate, Connected, Corpus, CorpusCheck, Member, Pair, Peer, Record, Texts, Tree};
pub use meta::unused_allow::{Idle, UnusedAllow};
pub use one_place::OnePlace;
pub use terms::Terms;
pub use timeline::{HOUSE_FACTS, Procedures, Sheet, Statement, Statements, Token, measured, tokens};

use crate::diagnostic::{Data, Diagnostic, Label, Severity, identity};
use crate::document::Document;
use crate::facts::{Facts, Gates, Needs};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, nearest, proposed};
use crate::span::TextSpan;
use std::ops::Range;
use std::sync::Arc;

/// How sure a check is. The rule's severity, which config may change, is the ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Not shown unless a verdict raises it.
    Weak,
    /// Info.
    Doubtful,
    /// One step below the rule's severity.
    Likely,
    /// The rule's severity.
    Certain,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The finding, with the severity of its rule.
    pub diagnostic: Diagnostic,
    /// How sure the check is.
    pub sure: Sure,
}

impl Found {
    /// The severity that it has by how sure its check is.
    pub fn severity(&self) -> Severity {
        match self.sure {
            Sure::Certain => self.diagnostic.severity,
            Sure::Likely => self.diagnostic.severity.lower(),
            Sure::Doubtful | Sure::Weak => Severity::Info,
        }
    }
}

/// A check as built for the rules in force.
pub enum Check {
    /// Looks at one document.
    Document(Box<dyn DocumentCheck>),
    /// Looks at one document and at what the others found in it.
    Verdict(Box<dyn Verdict>),
    /// Compares articles with each other.
    Corpus(Box<dyn CorpusCheck>),
    /// The wording for suppressions, which are judged when all findings of a run are known.
    Allowances(UnusedAllow),
}

/// Looks at one document.
pub trait DocumentCheck: Send + Sync {
    /// The facts it reads.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Opens the gates at the words and letters that it has something filed under, to be told where they stand.
    fn open(&self, _gates: &mut Gates) {}

    /// Makes sure of what building leaves for the first use. Built-in rules are verified by tests, a house's own before a run.
    ///
    /// # Errors
    /// The first rule that would not work.
    fn verify(&self) -> Result<(), RuleError> {
        Ok(())
    }

    /// Adds what it finds.
    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>);
}

/// Runs after every document check and sees all findings of the article, weak ones too; may add, raise, drop.
pub trait Verdict: Send + Sync {
    /// Changes the findings of a document.
    fn judge(&self, doc: &Document, facts: &Facts, found: &mut Vec<Found>);
}

/// Builds a check for all rules that name it, with the word lists that rules share.
pub type Build = fn(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError>;

/// Every check by name. Verdicts run in this order.
pub const CHECKS: &[(&str, Build)] = &[
    ("address-as-words", link::ADDRESS_AS_WORDS),
    ("affiliate", link::AFFILIATE),
    ("allowances", meta::unused_allow::build),
    ("anchors", link::anchors::build),
    ("claims", timeline::claims::build),
    ("copies", duplicate::copies::build),
    ("copies-across", duplicate::across::build),
    ("deceptive-text", link::DECEPTIVE_TEXT),
    ("denied-host", link::DENIED_HOST),
    ("empty-target", link::EMPTY_TARGET),
    ("headings", duplicate::headings::build),
    ("house-facts", timeline::across::house::build),
    ("odd-pair", spun::odd_pair::build),
    ("hidden-link", link::HIDDEN_LINK),
    ("invisible", residue::invisible::build),
    ("ip-host", link::IP_HOST),
    ("keyword-stuffed", link::KEYWORD_STUFFED),
    ("lookalike-host", link::LOOKALIKE_HOST),
    ("mojibake", residue::mojibake::build),
    ("off-topic-host", link::OFF_TOPIC_HOST),
    ("page-lines", residue::page_lines::build),
    ("remarks", residue::remarks::build),
    ("pattern", pattern::build),
    ("phrase", phrase::build),
    ("ranges", timeline::ranges::build),
    ("redirector", link::REDIRECTOR),
    ("repeated-target", link::REPEATED_TARGET),
    ("retold", duplicate::retold::build),
    ("spun-article", spun::article::build),
    ("statements-across", timeline::across::build),
    ("swapped-phrase", spun::swapped_phrase::build),
    ("same-text", link::SAME_TEXT),
    ("schedule", timeline::schedule::build),
    ("supply", timeline::supply::build),
    ("daily-limit", timeline::daily_limit::build),
    ("shortener", link::SHORTENER),
    ("traces", traces::build),
    ("tracking", link::TRACKING),
    ("unbalanced-quote", residue::quotes::build),
    ("unfilled-target", link::UNFILLED_TARGET),
    ("unfilled-text", residue::unfilled::build),
    ("unsafe-scheme", link::UNSAFE_SCHEME),
    ("userinfo", link::USERINFO),
    ("vague-text", link::VAGUE_TEXT),
];

/// The checks that compare articles with each other.
const CORPUS_CHECKS: [&str; 2] = ["copies-across", "statements-across"];

/// Builds the checks that a list of rules needs.
///
/// # Errors
/// A rule names no check, or its check cannot use it.
pub fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Vec<Check>, RuleError> {
    if let Some(rule) = rules.iter().find(|rule| !CHECKS.iter().any(|(name, _)| *name == rule.check)) {
        let known = || CHECKS.iter().map(|(name, _)| *name);
        let near = proposed(nearest(&rule.check, known()));
        let reason = format!("“{}” is none of {}{near}", rule.check, known().collect::<Vec<_>>().join(", "));
        return Err(rule.error(&["check"], reason));
    }
    rules.iter().try_for_each(|rule| lists(rule))?;
    let mut checks = Vec::new();
    for (name, build) in CHECKS {
        let own: Vec<_> = rules.iter().filter(|rule| rule.check == *name).cloned().collect();
        if !own.is_empty() {
            checks.push(build(&own, lexicon)?);
        }
    }
    Ok(checks)
}

/// The checks that read phrases, and those that read patterns. Those in front have nothing to look for without them.
const READERS: [(&str, &[&str], usize); 2] = [
    ("phrase", &["phrase", "anchors", "page-lines"], 1),
    ("pattern", &["pattern", "traces", "unfilled-text", "anchors", "page-lines"], 3),
];

/// Phrases and patterns are for the checks that read them.
fn lists(rule: &Rule) -> Result<(), RuleError> {
    for (list, readers, needy) in READERS {
        let is_empty = if list == "phrase" { rule.phrase.is_empty() } else { rule.pattern.is_empty() };
        let reader = readers.iter().position(|reader| *reader == rule.check);
        if reader.is_some_and(|reader| reader < needy) && is_empty {
            let reason = format!("the check “{}” has nothing to look for: add a [[{list}]]", rule.check);
            return Err(rule.error(&["check"], reason));
        }
        if reader.is_none() && !is_empty {
            let reason = format!("the check “{}” does not read [[{list}]]", rule.check);
            return Err(rule.error(&[list], reason).about_key());
        }
    }
    Ok(())
}

/// Builds one rule alone and makes sure of it.
///
/// # Errors
/// What its check has against it.
pub fn verify(rule: &Arc<Rule>, lexicon: &Lexicon) -> Result<(), RuleError> {
    build(std::slice::from_ref(rule), lexicon)?.iter().try_for_each(|check| match check {
        Check::Document(check) => check.verify(),
        Check::Verdict(_) | Check::Corpus(_) | Check::Allowances(_) => Ok(()),
    })
}

/// True for a rule that compares articles with each other.
pub fn compares_articles(rule: &Rule) -> bool {
    CORPUS_CHECKS.contains(&&*rule.check)
}

/// A finding at a place of the article itself, recognised by the words of its places.
fn finding(rule: &Rule, doc: &Document, at: TextSpan, words: &[Range<u32>], message: String) -> Diagnostic {
    let words_of = |range: &Range<u32>| doc.words.get(range.start as usize..range.end as usize).unwrap_or_default();
    Diagnostic {
        primary: Label { path: doc.source.path.clone(), span: doc.span(at), message: String::new() },
        rule: rule.id.clone(),
        severity: rule.severity,
        message,
        secondary: Vec::new(),
        notes: Vec::new(),
        fix: None,
        data: Data::None,
        identity: words.iter().map(|range| identity(words_of(range).iter().map(|word| word.key))).collect(),
    }
}
