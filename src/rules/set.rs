//! The rules in force: built-in ones, as packed by the build script, and a house's own, less what was not asked for.

use super::nearest::nearest_spelling;
use super::{Origin, Rule};
use crate::language::Lexicon;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Rules by id, and the lexicon that goes with them.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The rules, sorted by id.
    pub rules: Vec<Arc<Rule>>,
    /// The word lists.
    pub lexicon: Arc<Lexicon>,
    /// The files of rules that are a house's own or changed by it, by id.
    pub house: BTreeMap<Arc<str>, Origin>,
    /// Rules that are not in force: nobody selected them, or they are off. They are still known by name.
    pub left_out: Vec<Arc<Rule>>,
}

/// A name that is neither a rule nor a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// What was asked for.
    pub name: String,
    /// What may have been meant.
    pub nearest: Option<String>,
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule or family is called “{}”", self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean “{nearest}”?"),
            None => f.write_str("; `medlint rules` lists them"),
        }
    }
}

impl std::error::Error for UnknownRule {}

impl RuleSet {
    /// All built-in rules.
    pub fn builtin() -> Self {
        let rules: Vec<Rule> = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/rules.json")))
            .expect("the build script packed rules of this very type");
        let mut rules: Vec<Arc<Rule>> = rules.into_iter().map(Arc::new).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let lexicon = Arc::new(Lexicon::packed(include_str!(concat!(env!("OUT_DIR"), "/words.txt"))));
        Self { rules, lexicon, house: BTreeMap::new(), left_out: Vec::new() }
    }

    /// Every rule, in force or left out, sorted by id.
    pub fn all(&self) -> Vec<&Arc<Rule>> {
        let mut all: Vec<_> = self.rules.iter().chain(&self.left_out).collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// The rule of this id, or of this former id, in force or left out.
    ///
    /// # Errors
    /// No rule is called so.
    pub fn get(&self, id: &str) -> Result<&Arc<Rule>, UnknownRule> {
        self.every().find(|rule| rule.is_named(id) && id.contains('/')).ok_or_else(|| self.unknown(id))
    }

    /// The most that a finding of a rule can have; `off` where it is not in force.
    pub fn ceiling(&self, rule: &Rule) -> &'static str {
        let is_in_force = self.rules.iter().any(|other| other.id == rule.id);
        if is_in_force { rule.severity.as_str() } else { "off" }
    }

    /// True where a name means a rule or a family, in force or left out.
    pub fn knows(&self, name: &str) -> bool {
        self.every().any(|rule| rule.is_named(name))
    }

    /// Keeps what `select` names (all rules where it is empty) and leaves out what `ignore` names; rules and families. Names that
    /// mean nothing here are passed over.
    pub fn narrowed(mut self, select: &[String], ignore: &[String]) -> Self {
        let is_named = |rule: &Rule, list: &[String]| list.iter().any(|name| rule.is_named(name));
        self.leave_out(|rule| !select.is_empty() && !is_named(rule, select) || is_named(rule, ignore));
        self
    }

    /// Leaves rules out.
    pub fn leave_out(&mut self, is_unwanted: impl Fn(&Rule) -> bool) {
        let (unwanted, rules) = std::mem::take(&mut self.rules).into_iter().partition(|rule| is_unwanted(rule));
        self.rules = rules;
        self.left_out.extend::<Vec<_>>(unwanted);
    }

    /// Puts a rule that was left out back in force.
    pub fn bring_back(&mut self, id: &str) {
        let (wanted, rest) = std::mem::take(&mut self.left_out).into_iter().partition(|rule| rule.is_named(id));
        self.left_out = rest;
        self.rules.extend::<Vec<_>>(wanted);
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Changes a rule, in force or left out, by its id or a former one.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut Rule)) {
        let mut every = self.rules.iter_mut().chain(&mut self.left_out);
        if let Some(rule) = every.find(|rule| rule.is_named(id)) {
            change(Arc::make_mut(rule));
        }
    }

    /// The error for a name that means no rule and no family.
    pub fn unknown(&self, name: &str) -> UnknownRule {
        let known = self.every().flat_map(|rule| {
            let bare = rule.id.rsplit('/').next().unwrap_or_default();
            [(&*rule.id, &*rule.id), (rule.family(), rule.family()), (bare, &*rule.id)]
        });
        UnknownRule { name: name.to_owned(), nearest: nearest_spelling(name, known).map(str::to_owned) }
    }

    /// The id that is most like a name.
    pub(super) fn nearest_id(&self, name: &str) -> Option<String> {
        nearest_spelling(name, self.every().map(|rule| (&*rule.id, &*rule.id))).map(str::to_owned)
    }

    fn every(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.iter().chain(&self.left_out)
    }
}

impl Rule {
    /// True where a name means this rule: its id, a former id, or its family.
    pub fn is_named(&self, name: &str) -> bool {
        *self.id == *name || self.family() == name || self.was.iter().any(|was| was == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn select_and_ignore() {
        let all = RuleSet::builtin();
        let ids = |select: &[&str], ignore: &[&str]| {
            let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
            let narrowed = all.clone().narrowed(&own(select), &own(ignore));
            assert_eq!(narrowed.all(), all.all());
            narrowed.rules.iter().map(|r| r.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&["spun/contraction"], &[]), ["spun/contraction"]);
        let duplicates = ids(&["duplicate"], &["duplicate/heading"]);
        assert!(duplicates.contains(&"duplicate/article".into()) && !duplicates.contains(&"duplicate/heading".into()));
        assert_eq!(ids(&["nothing"], &[]), [""; 0]);
    }

    #[test]
    fn misspelt_names() {
        let all = RuleSet::builtin();
        for misspelt in ["duplicate/haeding", "haeding"] {
            assert_eq!(all.get(misspelt).map_err(|e| e.nearest), Err(Some("duplicate/heading".into())), "{misspelt}");
        }
        assert!(all.knows("duplicate") && all.get("duplicate").is_err());
    }
}
