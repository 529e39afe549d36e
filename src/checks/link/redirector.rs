//! Addresses that go through another site: the target stands in a parameter or in the path.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::{Address, LinkUse, unescaped};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    honest_paths: Vec<String>,
    message_parameters: Vec<String>,
    encoded_target_parameters: Vec<String>,
}

pub(super) struct Redirector {
    options: Options,
    honest: Hosts,
    known: Hosts,
}

impl Sign for Redirector {
    const TEXTS: &'static [&'static str] = &["nested", "unknown"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let honest = Hosts::new(lexicon.words("archive host"));
        Ok(Self { options: rule.options()?, honest, known: Hosts::new(lexicon.words("redirector host")) })
    }

    fn judge(&self, _page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if !link.address.is_web() || link.link.is_none() || link.kind == LinkKind::Image {
            return None;
        }
        let Some(inner) = self.inner(&link.address) else {
            let is_opaque = self.known.has(&link.address) && self.has_opaque_target(&link.address);
            return if is_opaque { Some(Sight::of(Sure::Likely, "")?.worded("unknown")) } else { None };
        };
        let address = Address::of(&inner);
        match self.inner(&address) {
            Some(last) => Some(Sight::of(Sure::Certain, Address::of(&last).host)?.worded("nested")),
            None => Sight::of(Sure::Likely, address.host),
        }
    }
}

impl Redirector {
    /// The address on another site that an address leads on to.
    fn inner(&self, address: &Address) -> Option<String> {
        if self.honest.has(address) {
            return None;
        }
        let path = address.path.to_lowercase();
        let mut parts = path.split(['/', '.', '-', '_']);
        if parts.any(|part| self.options.honest_paths.iter().any(|honest| honest == part)) {
            return None;
        }
        let is_message = |name: &str| self.options.message_parameters.iter().any(|own| own.eq_ignore_ascii_case(name));
        let of_query = address.parameters().filter(|(name, _)| !is_message(name)).map(|(_, value)| value);
        let of_query = of_query.chain([address.query.as_str()]);
        let found = of_query.filter_map(|value| self.leads_on(address, value));
        let of_path = || {
            path.match_indices("http").find_map(|(start, scheme)| {
                let behind = path.get(start + scheme.len()..)?;
                let behind = behind.strip_prefix('s').unwrap_or(behind);
                let is_address = behind.starts_with(":/") || behind.starts_with("%3a");
                let rest = address.path.get(start..).filter(|_| is_address)?.split("__;").next().unwrap_or_default();
                self.leads_on(address, rest)
            })
        };
        found.into_iter().next().or_else(of_path)
    }

    /// The value as an address, where it is one on another site.
    fn leads_on(&self, address: &Address, value: &str) -> Option<String> {
        let mut value = unescaped(value).into_owned();
        // Redirectors in redirectors escape their targets again.
        for _ in 0..2 {
            if value.to_lowercase().starts_with("http%") {
                value = unescaped(&value).into_owned();
            }
        }
        let is_address = ["http://", "https://", "//"]
            .iter()
            .any(|start| value.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)));
        let inner = is_address.then(|| Address::of(&value))?;
        let is_other = inner.host.contains('.') && !inner.is_same_site(address);
        is_other.then_some(value)
    }

    /// True where a known redirector hides its target in a code.
    fn has_opaque_target(&self, address: &Address) -> bool {
        let names = &self.options.encoded_target_parameters;
        address
            .parameters()
            .any(|(name, value)| !value.is_empty() && names.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }
}
