//! Campaign and click parameters in links to other sites. They change nothing for a reader, so that they may be cut off.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::diagnostic::{Applicability, Edit};
use crate::document::LinkKind;
use crate::facts::{Address, LinkUse, unescaped};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use crate::span::Span;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    parameters: Vec<String>,
    assistants: Vec<String>,
    own_address: Vec<String>,
}

pub(super) struct Tracking(Options);

impl Sign for Tracking {
    const TEXTS: &'static [&'static str] = &["assistant", "fix"];

    fn new(rule: &Rule, _lexicon: &Lexicon) -> Result<Self, RuleError> {
        Ok(Self(rule.options()?))
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if !link.address.is_web()
            || link.address.query.is_empty()
            || link.link.is_none()
            || link.kind == LinkKind::Image
        {
            return None;
        }
        let found: Vec<(&str, &str)> = link.address.parameters().filter(|(name, _)| self.is_tracking(name)).collect();
        let (name, value) = *found.first()?;
        if self.is_own(page, &link.address) {
            return None;
        }
        let told = |(name, value): &(&str, &str)| {
            let value = unescaped(value).to_lowercase();
            let is_assistant = self.0.assistants.iter().any(|assistant| value.contains(assistant.as_str()));
            is_assistant.then(|| format!("{name}={value}"))
        };
        let sight = match found.iter().find_map(told) {
            Some(what) => Sight::of(Sure::Certain, what)?.worded("assistant"),
            None => Sight::of(Sure::Doubtful, if value.is_empty() { name.into() } else { format!("{name}={value}") })?,
        };
        let fix = self.edits(page, link).map(|edits| ("fix", Applicability::Safe, edits));
        Some(Sight { fix, ..sight })
    }
}

impl Tracking {
    /// A name in the list, or one that begins with an entry which ends in `*`.
    fn is_tracking(&self, name: &str) -> bool {
        let name = name.strip_prefix("amp;").unwrap_or(name);
        self.0.parameters.iter().any(|known| match known.strip_suffix('*') {
            Some(start) => name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)),
            None => name.eq_ignore_ascii_case(known),
        })
    }

    /// True for the article's own address, as its front matter tells it.
    fn is_own(&self, page: &Page<'_>, address: &Address) -> bool {
        let Some(data) = &page.doc.front_matter else { return false };
        self.0.own_address.iter().any(|key| {
            let own = data.get(key).and_then(|value| value.as_str()).map(Address::of);
            own.is_some_and(|own| own.is_web() && own.bare_host() == address.bare_host() && own.path == address.path)
        })
    }

    /// Cuts the parameters off where the address stands in the source as it is read.
    fn edits(&self, page: &Page<'_>, link: &LinkUse) -> Option<Vec<Edit>> {
        let place = page.doc.links.get(link.link? as usize)?.definition.unwrap_or(link.span);
        let stored = page.doc.source.slice(place);
        let target = page.target(link);
        let escaped = target.replace('&', "&amp;");
        let written = [target, escaped.as_str()].into_iter().find(|text| stored.contains(text))?;
        let mut edits: Vec<Edit> = Vec::new();
        for (at, _) in stored.match_indices(written) {
            let (address, fragment) = written.split_once('#').map_or((written, None), |(a, f)| (a, Some(f)));
            let (base, query) = address.split_once('?')?;
            let separator = if query.contains("&amp;") { "&amp;" } else { "&" };
            let kept = |part: &&str| !self.is_tracking(part.split('=').next().unwrap_or_default());
            let kept = query.split(separator).filter(kept).collect::<Vec<_>>().join(separator);
            let query = if kept.is_empty() { String::new() } else { format!("?{kept}") };
            let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
            let start = place.start + at as u32;
            let span = Span::new(start, start + written.len() as u32);
            let replacement = format!("{base}{query}{fragment}");
            // What the source writes in another way, with entities, is left to an editor.
            if replacement != written {
                edits.push(Edit { span, replacement });
            }
        }
        (!edits.is_empty()).then_some(edits)
    }
}
