//! Copied regions, each reported once by the widest rule that fits.
//!
//! The regions come from the facts; here they are grouped into families of tellings, cleared of honest repetition, and handed
//! to the rules from the widest unit to the narrowest. An article whose parts stand twice in another order is one finding too.

use super::family::{Family, families};
use super::honest::{Reason, Series, reason};
use super::wording::{Unit, Wording};
use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::{Facts, Needs};
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use std::sync::Arc;

struct Copies {
    /// From the widest unit to the narrowest.
    rules: Vec<Wording>,
    /// What notices and calls to action begin with.
    notices: WordList,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut rules = rules.iter().map(|rule| Wording::new(rule, lexicon)).collect::<Result<Vec<_>, _>>()?;
    rules.sort_by_key(Wording::unit);
    let notices = lexicon.list("notice opener");
    Ok(Check::Document(Box::new(Copies { rules, notices })))
}

impl DocumentCheck for Copies {
    fn needs(&self) -> Needs {
        Needs { copies: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let families = families(&facts.copies);
        let series = Series::of(doc, facts);
        let fitting: Vec<_> = families.iter().filter_map(|family| self.fitting(doc, facts, &series, family)).collect();
        if let Some(scattered) = self.scattered(doc, &fitting) {
            return out.push(scattered);
        }
        for (rule, sure, family) in fitting {
            out.push(Found { diagnostic: rule.tell(doc, facts, family), sure });
        }
    }
}

impl Copies {
    /// The widest rule that fits a family, and how sure it is.
    fn fitting<'a>(
        &'a self,
        doc: &Document,
        facts: &Facts,
        series: &Series,
        family: &'a Family<'a>,
    ) -> Option<(&'a Wording, Sure, &'a Family<'a>)> {
        let reason = reason(doc, facts, series, &self.notices, family);
        let rules = self.rules.iter().filter(|_| reason != Reason::Good);
        rules.filter_map(|rule| Some((rule, rule.judge(doc, facts, family, reason)?, family))).next()
    }

    /// One finding for all, where several copies together are most of the article.
    fn scattered(&self, doc: &Document, fitting: &[(&Wording, Sure, &Family<'_>)]) -> Option<Found> {
        let certain = fitting.iter().filter(|(_, sure, _)| *sure == Sure::Certain);
        let families: Vec<&Family<'_>> = certain.map(|(_, _, family)| *family).collect();
        if families.len() < 2 || fitting.iter().any(|(rule, ..)| rule.unit() == Unit::Article) {
            return None;
        }
        let diagnostic = self.rules.iter().find_map(|rule| rule.tell_scattered(doc, &families))?;
        Some(Found { diagnostic, sure: Sure::Certain })
    }
}
