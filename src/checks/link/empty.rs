//! Links without a target, or without anything to click on.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::{LinkUse, Scheme};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct EmptyTarget {}

impl Sign for EmptyTarget {
    const TEXTS: &'static [&'static str] = &["no-text"];

    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        rule.options()
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if link.kind == LinkKind::Image || page.is_furniture(link) {
            return None;
        }
        let attributes = page.attributes(link);
        if attributes.is_some_and(|attributes| attributes.is_hidden) {
            return None;
        }
        let has_text = !page.text(link).is_empty();
        if page.target(link).trim().is_empty() {
            return if has_text { Sight::of(Sure::Certain, "") } else { None };
        }
        // An empty link into the same page is a place to jump to.
        let is_mark = link.address.kind == Scheme::Relative && link.address.path.is_empty();
        let is_named = !page.label(link).is_empty()
            || attributes.is_some_and(|attributes| attributes.has_graphic)
            || page.images(link).any(|image| !page.label(image).is_empty());
        if has_text || is_mark || is_named { None } else { Some(Sight::of(Sure::Certain, "")?.worded("no-text")) }
    }
}
