//! One commercial target several times in a short article.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::LinkUse;
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    times: usize,
    max_words: usize,
    path_parts: Vec<String>,
}

pub(super) struct RepeatedTarget {
    options: Options,
    pitch: WordList,
}

impl Sign for RepeatedTarget {
    const TEXTS: &'static [&'static str] = &["earlier"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        Ok(Self { options: rule.options()?, pitch: lexicon.list("sales pitch") })
    }

    fn look(&self, page: &Page<'_>, tell: &mut dyn FnMut(&LinkUse, Sight)) {
        let mut targets: BTreeMap<String, Vec<&LinkUse>> = BTreeMap::new();
        let is_judged = |link: &&LinkUse| {
            let is_link = link.kind != LinkKind::Image && link.link.is_some() && link.address.is_web();
            is_link && !link.is_reference && !page.is_furniture(link)
        };
        for link in page.links.iter().filter(is_judged) {
            targets.entry(link.address.plain()).or_default().push(link);
        }
        // A long article has room for more.
        let times = self.options.times.max(self.options.times * page.doc.words.len() / self.options.max_words.max(1));
        for uses in targets.values().filter(|uses| uses.len() >= times.max(2)) {
            let Some(last) = uses.get(times - 1) else { continue };
            if !uses.iter().any(|link| self.sells(page, link)) {
                continue;
            }
            let places = uses.iter().filter(|link| **link != *last).map(|link| ("earlier", link.span)).collect();
            if let Some(sight) = Sight::of(Sure::Certain, uses.len().to_string()) {
                tell(last, Sight { places, ..sight });
            }
        }
    }
}

impl RepeatedTarget {
    /// True where the text of a link or its target wants to sell something.
    fn sells(&self, page: &Page<'_>, link: &LinkUse) -> bool {
        let keys = page.keys(page.words(link));
        let longest = self.pitch.longest();
        let has_pitch = (0..keys.len()).any(|start| {
            (1..=longest).any(|length| keys.get(start..start + length).is_some_and(|part| self.pitch.has(part)))
        });
        let path = format!("{}/{}", link.address.path, link.address.name()).to_lowercase();
        let mut parts = path.split(|c: char| !c.is_alphanumeric());
        has_pitch || parts.any(|part| self.options.path_parts.iter().any(|known| known == part))
    }
}
