//! Hosts that are bare IP addresses, in whatever way they are written.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IpHost {}

impl Sign for IpHost {
    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        rule.options()
    }

    fn judge(&self, _page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        link.link.filter(|_| link.address.is_web() && link.address.is_ip)?;
        Sight::of(Sure::Certain, "")
    }
}
