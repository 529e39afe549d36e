//! Schemes that run code, open a page out of nothing, or lead to a file on the author's own machine.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::{LinkUse, unescaped};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

/// The scheme whose address is the content itself.
const DATA: &str = "data";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct UnsafeScheme {
    script: Vec<String>,
    dangerous: Vec<String>,
    pages: Vec<String>,
    local: Vec<String>,
}

impl Sign for UnsafeScheme {
    const TEXTS: &'static [&'static str] = &["file"];

    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        rule.options()
    }

    fn judge(&self, _page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let address = &link.address;
        let has = |list: &[String], text: &str| list.iter().any(|known| text.contains(known.as_str()));
        if address.scheme == DATA {
            let kind = address.path.split([',', ';']).next().unwrap_or_default().trim().to_lowercase();
            let is_page = self.pages.contains(&kind);
            return if is_page && link.kind != LinkKind::Image { Sight::of(Sure::Certain, DATA) } else { None };
        }
        if self.local.contains(&address.scheme) {
            return Some(Sight::of(Sure::Certain, address.scheme.as_str())?.worded("file"));
        }
        let scheme = self.script.iter().find(|scheme| **scheme == address.scheme)?;
        let code = unescaped(&address.path).to_lowercase();
        let is_worse = has(&self.dangerous, &code);
        Sight::of(if is_worse { Sure::Certain } else { Sure::Likely }, scheme.as_str())
    }
}
