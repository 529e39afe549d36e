//! Web addresses with something before `@`: the host is not the one that is read first.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Userinfo {}

impl Sign for Userinfo {
    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        rule.options()
    }

    fn judge(&self, _page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let address = &link.address;
        link.link.filter(|_| address.is_web() && !address.userinfo.is_empty())?;
        Sight::of(Sure::Certain, address.userinfo.as_str())
    }
}
