//! Link texts made of search terms: words of trade, said again and again, with hardly a small word between them.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::LinkKind;
use crate::facts::LinkUse;
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_words: usize,
    max_small_percent: usize,
    row_words: usize,
}

pub(super) struct KeywordStuffed {
    options: Options,
    small: WordList,
    trade: WordList,
}

impl Sign for KeywordStuffed {
    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let [small, trade] = ["function word", "search term"].map(|name| lexicon.list(name));
        Ok(Self { options: rule.options()?, small, trade })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        if link.kind == LinkKind::Image || link.is_reference || page.is_furniture(link) {
            return None;
        }
        let words = page.keys(page.words(link));
        let count = words.len();
        if count < self.options.min_words || page.text(link).ends_with(['.', '?', '!']) {
            return None;
        }
        let small = words.iter().filter(|word| self.small.has(&[**word])).count();
        let content: Vec<u64> = words.into_iter().filter(|word| !self.small.has(&[*word])).collect();
        let distinct: BTreeSet<u64> = content.iter().copied().collect();
        let repeated = content.len() - distinct.len();
        let trade = content.iter().filter(|word| self.trade.has(&[**word])).count();
        let has_year = ends_with_year(page.text(link));
        let is_row = small == 0 && count >= self.options.row_words && trade >= 2;
        let is_stuffed = is_row
            || has_year && trade >= 2
            || repeated >= 2 && trade >= 1
            || repeated >= 1 && trade >= 2
            || trade >= 3;
        let is_list = small * 100 <= count * self.options.max_small_percent;
        if is_stuffed && is_list { Sight::of(Sure::Certain, "") } else { None }
    }
}

/// True where a text ends with a year, as searches for prices do.
fn ends_with_year(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.len() == 4 && last.starts_with("20") && last.bytes().all(|b| b.is_ascii_digit())
}
