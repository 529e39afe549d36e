//! Links that readers cannot see, or would not take for links.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::{Area, LinkAttributes, LinkKind};
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Hidden {
    unseen_text: String,
    interface: Vec<String>,
}

impl Sign for Hidden {
    const TEXTS: &'static [&'static str] = &["sign"];

    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        rule.options()
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if link.kind == LinkKind::Image || !link.address.is_web() || link.area == Area::Navigation {
            return None;
        }
        if let Some(attributes) = page.attributes(link).filter(|attributes| attributes.is_hidden) {
            return if self.is_interface(attributes) { None } else { Sight::of(Sure::Certain, "") };
        }
        let text = page.doc.slice(link.text);
        let is_sign = !text.trim().is_empty()
            && text.chars().all(|c| self.unseen_text.contains(c) || c.is_whitespace())
            && page.images(link).next().is_none()
            && page.label(link).is_empty();
        if is_sign { Some(Sight::of(Sure::Certain, text.trim())?.worded("sign")) } else { None }
    }
}

impl Hidden {
    /// True where the page shows it on request, or reads it out: panels of tabs, menus, words for screen readers.
    fn is_interface(&self, attributes: &LinkAttributes) -> bool {
        let marks = format!("{} {}", attributes.around, attributes.class).to_lowercase();
        marks.split_whitespace().any(|mark| {
            let is_part = |part: &str| self.interface.iter().any(|known| known == part);
            is_part(mark) || mark.split(['-', '_']).any(is_part)
        })
    }
}
