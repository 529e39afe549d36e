//! Targets that were never filled in.

use super::hosts::Hosts;
use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::checks::residue::template::Templates;
use crate::document::LinkKind;
use crate::facts::{LinkUse, Scheme, unescaped};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

/// Shorter anchors are names of places on a page.
const SHORTEST_ANCHOR: usize = 6;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    hosts: Vec<String>,
    words: Vec<String>,
    parts: Vec<String>,
    capitals: Vec<String>,
    own_hosts: Vec<String>,
    signs: Vec<[String; 2]>,
}

pub(super) struct UnfilledTarget {
    options: Options,
    hosts: Hosts,
    templates: Templates,
}

impl Sign for UnfilledTarget {
    const TEXTS: &'static [&'static str] = &["lone"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        Ok(Self { hosts: Hosts::new(&options.hosts), options, templates: Templates::new(lexicon) })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let target = page.target(link).trim();
        if link.link.is_none() || target.is_empty() {
            return None;
        }
        if target == "#" {
            let is_seen = !page.text(link).is_empty() && !page.is_furniture(link) && link.kind != LinkKind::Image;
            return if is_seen { Some(Sight::of(Sure::Likely, "")?.worded("lone")) } else { None };
        }
        let is_unfilled = self.has_gap(page, target) || self.is_word(link, target) || self.is_sample(page, link);
        if is_unfilled { Sight::of(Sure::Certain, "") } else { None }
    }
}

impl UnfilledTarget {
    /// A gap between signs, in a text that is no template.
    fn has_gap(&self, page: &Page<'_>, target: &str) -> bool {
        let target = unescaped(target);
        let gap = self.options.signs.iter().find_map(|[open, close]| {
            let start = target.find(open.as_str())? + open.len();
            let length = target.get(start..)?.find(close.as_str())?;
            target.get(start..start + length)
        });
        gap.is_some_and(|inner| self.templates.is_gap(inner) && !self.templates.is_template(page.doc))
    }

    /// A word that stands for an address, where an address should stand.
    fn is_word(&self, link: &LinkUse, target: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' ', '.', '/', '#'], "");
        if self.is_in_capitals(target) {
            return true;
        }
        if link.address.kind == Scheme::Relative {
            let word = plain(target);
            let is_anchor = target.starts_with('#') && word.len() < SHORTEST_ANCHOR;
            return !is_anchor && self.options.words.contains(&word);
        }
        if matches!(link.address.kind, Scheme::Web) && link.address.host.is_empty() {
            return true;
        }
        let host = link.address.bare_host();
        link.address.is_web() && !host.contains('.') && self.options.words.contains(&plain(host))
    }

    /// Capitals and hyphens that say what is missing: `https://INSERT-LINK-HERE`.
    fn is_in_capitals(&self, target: &str) -> bool {
        let rest = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")).unwrap_or(target);
        let name = rest.split('/').next().unwrap_or_default();
        let is_capital = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase());
        let parts: Vec<&str> = name.split(['-', '_', ' ']).collect();
        parts.len() > 1
            && parts.iter().all(|part| is_capital(part))
            && parts.iter().any(|part| self.options.capitals.iter().any(|word| word == part))
    }

    /// A host that only examples use, or a path that says it is one.
    fn is_sample(&self, page: &Page<'_>, link: &LinkUse) -> bool {
        let address = &link.address;
        if !address.is_web() {
            return false;
        }
        let has_part = address.path.split('/').any(|part| {
            let part = part.to_lowercase().replace('_', "-");
            self.options.parts.contains(&part)
        });
        let name = address.name().trim_start_matches("www.");
        let is_own = self.options.own_hosts.iter().any(|own| own == name);
        if is_own && !page.is_quoted(link) {
            return true;
        }
        let is_host = self.hosts.has(address) && (link.kind != LinkKind::Bare || has_part) && !page.is_quoted(link);
        has_part || is_host
    }
}
