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
use std::cell::LazyCell;
use std::ops::Deref;

/// The scheme of addresses of mail.
const MAIL: &str = "mailto";
/// The registry of identifiers of articles.
const REGISTRY: &str = "doi.org";
/// Names that only machines inside a house have.
const INSIDE: [&str; 4] = [".internal", ".local", ".localhost", ".lan"];
/// What no host is called.
const PROTOCOLS: [&str; 2] = ["http", "https"];
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
    drafts: Vec<String>,
    systems: Vec<String>,
    signs: Vec<[String; 2]>,
}

pub(super) struct UnfilledTarget {
    options: Options,
    hosts: Hosts,
    templates: Templates,
    /// True for the bytes that signs before a gap begin with.
    opening: [bool; 256],
}

impl Sign for UnfilledTarget {
    const TEXTS: &'static [&'static str] = &["broken", "doubled", "draft", "lone"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        let mut opening = [false; 256];
        options.signs.iter().filter_map(|[open, _]| open.bytes().next()).for_each(|b| opening[usize::from(b)] = true);
        Ok(Self { hosts: Hosts::new(&options.hosts), options, templates: Templates::new(lexicon), opening })
    }

    fn look(&self, page: &Page<'_>, tell: &mut dyn FnMut(&LinkUse, Sight)) {
        let is_template = LazyCell::new(|| self.templates.is_template(page.doc));
        for link in page.links {
            if let Some(sight) = self.sight(page, link, &is_template) {
                tell(link, sight);
            }
        }
    }
}

impl UnfilledTarget {
    /// What is wrong with one link.
    fn sight(&self, page: &Page<'_>, link: &LinkUse, is_template: &impl Deref<Target = bool>) -> Option<Sight> {
        let target = page.target(link).trim();
        if link.link.is_none() || target.is_empty() {
            return None;
        }
        if target == "#" {
            let is_seen = !page.text(link).is_empty() && !page.is_furniture(link) && link.kind != LinkKind::Image;
            return if is_seen { Some(Sight::of(Sure::Likely, "")?.worded("lone")) } else { None };
        }
        if PROTOCOLS.iter().any(|name| target.strip_prefix(name).is_some_and(|rest| rest.starts_with("//"))) {
            return Some(Sight::of(Sure::Certain, "")?.worded("broken"));
        }
        // “http://https://…” names a protocol as its host.
        if link.address.is_web() && PROTOCOLS.contains(&link.address.host.as_str()) {
            return Some(Sight::of(Sure::Certain, "")?.worded("doubled"));
        }
        if self.is_draft(page, link, target) {
            return Some(Sight::of(Sure::Certain, "")?.worded("draft"));
        }
        let is_unfilled =
            self.has_gap(link, target, is_template) || self.is_word(link, target) || self.is_sample(page, link);
        if is_unfilled { Sight::of(Sure::Certain, "") } else { None }
    }

    /// A gap between signs, in a text that is no template.
    fn has_gap(&self, link: &LinkUse, target: &str, is_template: &impl Deref<Target = bool>) -> bool {
        // Identifiers of articles hold signs of every kind.
        if link.address.domain() == REGISTRY {
            return false;
        }
        let target = unescaped(target);
        if !target.bytes().any(|byte| self.opening[usize::from(byte)]) {
            return false;
        }
        let gap = self.options.signs.iter().find_map(|[open, close]| {
            let start = target.find(open.as_str())? + open.len();
            let length = target.get(start..)?.find(close.as_str())?;
            target.get(start..start + length)
        });
        gap.is_some_and(|inner| self.templates.is_gap(inner) && !**is_template)
    }

    /// A page that only its makers see: `https://staging2.ward.example/?p=4127&preview=true`.
    fn is_draft(&self, page: &Page<'_>, link: &LinkUse, target: &str) -> bool {
        let first =
            link.address.name().split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
        let is_below = link.address.bare_host() != link.address.domain();
        let is_host = || is_below && self.options.drafts.iter().any(|host| host == first);
        let is_inside = || INSIDE.iter().any(|last| link.address.host.ends_with(last));
        let is_preview = || target.contains("preview=true") || target.contains("preview_nonce=");
        link.address.is_web() && (is_host() || is_inside() || is_preview()) && !page.is_quoted(link)
    }

    /// A word that stands for an address, where an address should stand.
    fn is_word(&self, link: &LinkUse, target: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' ', '.', '/', '#'], "");
        if self.is_in_capitals(target) || self.options.systems.iter().any(|system| target.contains(system.as_str())) {
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
        let parts = || name.split(['-', '_', ' ']);
        parts().all(is_capital)
            && parts().count() > 1
            && parts().any(|part| self.options.capitals.iter().any(|word| word == part))
    }

    /// A host that only examples use, or a path that says it is one.
    fn is_sample(&self, page: &Page<'_>, link: &LinkUse) -> bool {
        let address = &link.address;
        if !address.is_web() {
            let domain = page.target(link).rsplit_once('@').map_or("", |(_, domain)| domain);
            let name = domain.split('.').next().unwrap_or_default();
            let is_own = self.options.own_hosts.iter().any(|own| own.eq_ignore_ascii_case(name));
            return address.scheme == MAIL && is_own && !page.is_quoted(link);
        }
        let letter = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
        let is_same =
            |part: &str, known: &String| part.len() == known.len() && part.bytes().map(letter).eq(known.bytes());
        let has_part = address.path.split('/').any(|part| self.options.parts.iter().any(|known| is_same(part, known)));
        let name = address.name().trim_start_matches("www.");
        let is_own = self.options.own_hosts.iter().any(|own| own == name);
        if is_own && !page.is_quoted(link) {
            return true;
        }
        let is_host = self.hosts.has(address) && (link.kind != LinkKind::Bare || has_part) && !page.is_quoted(link);
        has_part || is_host
    }
}
