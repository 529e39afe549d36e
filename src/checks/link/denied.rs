//! Hosts that a house never wants to see.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    hosts: Vec<String>,
}

pub(super) struct DeniedHost(Hosts);

impl Sign for DeniedHost {
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        Ok(Self(Hosts::new(lexicon.words("denied host").iter().chain(&options.hosts))))
    }

    fn judge(&self, _page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let host = self.0.found(&link.address)?;
        Sight::of(Sure::Certain, host)
    }
}
