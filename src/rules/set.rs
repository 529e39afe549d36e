//! The rules in force: built-in ones, as packed by the build script, less what was not asked for.

use super::Rule;
use crate::language::{Lexicon, WordsFile};
use std::fmt;
use std::sync::Arc;

/// Rules by id, and the lexicon that goes with them.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The rules, sorted by id.
    pub rules: Vec<Arc<Rule>>,
    /// The word lists.
    pub lexicon: Arc<Lexicon>,
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

/// How alike a name must be to be proposed (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.75;

impl RuleSet {
    /// All built-in rules.
    pub fn builtin() -> Self {
        let rules: Vec<Rule> = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/rules.json")))
            .expect("the build script packed rules of this very type");
        let words: Vec<WordsFile> = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/words.json")))
            .expect("the build script packed words of this very type");
        let mut rules: Vec<Arc<Rule>> = rules.into_iter().map(Arc::new).collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Self { rules, lexicon: Arc::new(Lexicon::new(&words)) }
    }

    /// The rule of this id, or of this former id.
    ///
    /// # Errors
    /// No rule is called so.
    pub fn get(&self, id: &str) -> Result<&Arc<Rule>, UnknownRule> {
        self.rules.iter().find(|rule| names(rule, id) && id.contains('/')).ok_or_else(|| self.unknown(id))
    }

    /// Keeps what `select` names (all rules where it is empty) and drops what `ignore` names; rules and families.
    ///
    /// # Errors
    /// The first name that no rule and no family has.
    pub fn narrowed(mut self, select: &[String], ignore: &[String]) -> Result<Self, UnknownRule> {
        for name in select.iter().chain(ignore) {
            if !self.rules.iter().any(|rule| names(rule, name)) {
                return Err(self.unknown(name));
            }
        }
        let is_named = |rule: &Rule, list: &[String]| list.iter().any(|name| names(rule, name));
        self.rules.retain(|rule| (select.is_empty() || is_named(rule, select)) && !is_named(rule, ignore));
        Ok(self)
    }

    fn unknown(&self, name: &str) -> UnknownRule {
        let known = self.rules.iter().flat_map(|rule| {
            let bare = rule.id.rsplit('/').next().unwrap_or_default();
            [(&*rule.id, &*rule.id), (rule.family(), rule.family()), (bare, &*rule.id)]
        });
        let nearest = known
            .map(|(spelling, id)| (strsim::jaro_winkler(spelling, &name.to_lowercase()), id))
            .filter(|(alike, _)| *alike >= ALIKE)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.cmp(x)))
            .map(|(_, id)| id.to_owned());
        UnknownRule { name: name.to_owned(), nearest }
    }
}

/// True where a name means this rule: its id, a former id, or its family.
fn names(rule: &Rule, name: &str) -> bool {
    *rule.id == *name || rule.family() == name || rule.was.iter().any(|was| was == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn select_and_ignore() {
        let all = RuleSet::builtin();
        let ids = |select: &[&str], ignore: &[&str]| {
            let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
            let narrowed = all.clone().narrowed(&own(select), &own(ignore))?;
            Ok(narrowed.rules.iter().map(|r| r.id.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(ids(&["spun/contraction"], &[]), Ok(vec!["spun/contraction".to_owned()]));
        let duplicates = ids(&["duplicate"], &["duplicate/heading"]).expect("known names");
        assert!(
            duplicates.contains(&"duplicate/article".to_owned())
                && !duplicates.contains(&"duplicate/heading".to_owned())
        );
        for misspelt in ["duplicate/haeding", "haeding"] {
            let unknown = ids(&[misspelt], &[]);
            assert_eq!(
                unknown.map_err(|e: UnknownRule| e.nearest),
                Err(Some("duplicate/heading".into())),
                "{misspelt}"
            );
        }
    }
}
