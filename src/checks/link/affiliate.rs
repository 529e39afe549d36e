//! Partner and commission ids, where nothing declares them.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::LinkUse;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    parameters: Vec<String>,
    shop_parameters: Vec<String>,
    declared: Vec<String>,
}

pub(super) struct Affiliate {
    options: Options,
    networks: Hosts,
    shops: Vec<String>,
}

impl Sign for Affiliate {
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let networks = Hosts::new(lexicon.words("affiliate host"));
        Ok(Self { options: rule.options()?, networks, shops: lexicon.words("shop name").to_vec() })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if !link.address.is_web() || link.link.is_none() || link.kind == LinkKind::Image {
            return None;
        }
        let rel = page.attributes(link).map_or("", |attributes| &attributes.rel);
        if rel.split_whitespace().any(|word| self.options.declared.iter().any(|known| known.eq_ignore_ascii_case(word)))
        {
            return None;
        }
        let what = self.id(link)?;
        Sight::of(Sure::Certain, what)
    }
}

impl Affiliate {
    /// The id, or the network that the link leads through.
    fn id(&self, link: &LinkUse) -> Option<String> {
        let address = &link.address;
        let domain = address.domain().split('.').next().unwrap_or_default();
        let is_shop = self.shops.iter().any(|shop| shop == domain);
        let holds = |list: &[String], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        let fragment = address.fragment.trim_start_matches(['?', '!', '/']);
        let of_fragment = fragment.split('&').filter_map(|part| part.split_once('='));
        let parameters = address.parameters().chain(of_fragment);
        let found = parameters.filter(|(_, value)| !value.is_empty()).find(|(name, _)| {
            let name = name.strip_prefix("amp;").unwrap_or(name);
            holds(&self.options.parameters, name) || is_shop && holds(&self.options.shop_parameters, name)
        });
        let network = || self.networks.found(address).map(str::to_owned);
        found.map(|(name, value)| format!("{name}={value}")).or_else(network)
    }
}
