//! One descriptive text that leads to two places.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::LinkUse;
use crate::language::{Lexicon, WordList, keys};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_letters: usize,
    row_words: usize,
}

pub(super) struct SameText {
    options: Options,
    /// Texts that name a kind of thing, not one thing.
    labels: WordList,
    vague: WordList,
}

impl Sign for SameText {
    const TEXTS: &'static [&'static str] = &["first"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let [labels, vague] = ["link label", "vague link text"].map(|name| lexicon.list(name));
        Ok(Self { options: rule.options()?, labels, vague })
    }

    fn look(&self, page: &Page<'_>, tell: &mut dyn FnMut(&LinkUse, Sight)) {
        let mut known: BTreeMap<Vec<u64>, (&LinkUse, String, bool)> = BTreeMap::new();
        for link in page.links.iter().filter(|link| is_judged(page, link)) {
            let text = match page.label(link) {
                "" => page.keys(page.words(link)),
                label => keys(label),
            };
            let length: usize = page.text(link).chars().filter(|c| c.is_alphanumeric()).count();
            let is_plain = length < self.options.min_letters || self.labels.has(&text) || self.vague.has(&text);
            if text.is_empty() || is_plain || page.shown_address(link).is_some() {
                continue;
            }
            let target = target(link);
            let Some((first, of_first, is_told)) = known.get_mut(&text) else {
                known.insert(text, (link, target, false));
                continue;
            };
            if *of_first == target || *is_told || !self.is_confusing(page, first, link) {
                continue;
            }
            *is_told = true;
            if let Some(sight) = Sight::of(Sure::Certain, of_first.as_str()) {
                tell(link, Sight { places: vec![("first", first.span)], ..sight });
            }
        }
    }
}

impl SameText {
    /// True for two sites, or two places in one section; in sections of their own the heading tells them apart.
    fn is_confusing(&self, page: &Page<'_>, first: &LinkUse, second: &LinkUse) -> bool {
        let is_row = [first, second].iter().all(|link| {
            page.is_in_row(link) && page.block(link).is_some_and(|block| block.words.len() <= self.options.row_words)
        });
        let (a, b) = (&first.address, &second.address);
        let is_other_site = match (a.is_web(), b.is_web()) {
            (true, true) => !a.is_same_site(b),
            (a, b) => a != b,
        };
        let heading = |link: &LinkUse| page.block(link).and_then(|block| block.heading);
        !is_row && (is_other_site || heading(first) == heading(second))
    }
}

fn is_judged(page: &Page<'_>, link: &LinkUse) -> bool {
    matches!(link.kind, LinkKind::Inline | LinkKind::Reference)
        && !link.is_reference
        && !page.is_furniture(link)
        && !page.attributes(link).is_some_and(|attributes| attributes.is_hidden)
        && !page.target(link).trim().is_empty()
        && page.target(link).trim() != "#"
}

/// Where it leads, without what makes no difference. Two places of one page are one target.
fn target(link: &LinkUse) -> String {
    match link.address.is_web() {
        true => link.address.plain(),
        false => {
            let path = link.address.path.trim_start_matches("./").trim_end_matches('/');
            let path = if path.is_empty() { &link.address.fragment } else { path };
            format!("{}:{path}", link.address.scheme)
        }
    }
}
