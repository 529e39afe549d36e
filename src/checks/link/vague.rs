//! Link texts that tell nothing. Whether anything else tells where they lead decides how much that matters.

use super::page::Page;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::{BlockKind, LinkKind};
use crate::facts::{LinkUse, Scheme};
use crate::language::{Lexicon, WordList, keys};
use crate::rules::{Rule, RuleError};
use crate::span::TextSpan;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    card_blocks: u32,
}

/// So many words before a link and behind it are its sentence to a reader.
const NEAR: u32 = 200;

pub(super) struct VagueText {
    options: Options,
    vague: WordList,
    filler: WordList,
}

impl Sign for VagueText {
    const TEXTS: &'static [&'static str] = &["in-context"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let [vague, filler] = ["vague link text", "vague link filler"].map(|name| lexicon.list(name));
        Ok(Self { options: rule.options()?, vague, filler })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let is_judged = matches!(link.kind, LinkKind::Inline | LinkKind::Reference) && !page.is_furniture(link);
        let is_jump = link.address.kind == Scheme::Relative && link.address.path.is_empty();
        let own = page.keys(page.words(link));
        if !is_judged || is_jump || own.is_empty() || !self.is_vague(&own) || page.is_quoted(link) {
            return None;
        }
        let label = keys(page.label(link));
        let is_hidden = page.attributes(link).is_some_and(|attributes| attributes.is_hidden);
        if is_hidden || !label.is_empty() && !self.is_vague(&label) {
            return None;
        }
        match self.is_told_around(page, link) {
            true => Some(Sight::of(Sure::Doubtful, "")?.worded("in-context")),
            false => Sight::of(Sure::Certain, ""),
        }
    }
}

impl VagueText {
    /// True for a known text, and for several words that tell nothing, each by itself: “over on this page”.
    fn is_vague(&self, words: &[u64]) -> bool {
        let is_filler = |word: &u64| self.filler.has(&[*word]);
        self.vague.has(words) || words.len() > 1 && words.iter().all(is_filler)
    }

    /// True where the rest of the sentence, the row, or the heading of a card tells where the link leads.
    fn is_told_around(&self, page: &Page<'_>, link: &LinkUse) -> bool {
        let Some(sentence) = page.sentence(link) else { return false };
        let own = page.words(link);
        // A link in small letters behind a stop is no part of the sentence before it.
        let nearest = page.doc.words.get(own.start.saturating_sub(NEAR) as usize);
        let from = sentence.text.start.max(nearest.map_or(0, |word| word.text.start));
        let before = page.doc.slice(TextSpan::new(from.min(link.text.start), link.text.start));
        let is_stop = |(at, c): &(usize, char)| matches!(c, '.' | '!' | '?') && before[at + 1..].starts_with(' ');
        let stop = before.char_indices().rev().find(is_stop).map_or(0, |(at, _)| at as u32 + 1);
        let from = from + stop;
        let start = page.words_in(TextSpan::new(from, link.text.start.max(from))).start;
        let rest = page.keys(start..own.start.max(start));
        let after = page.keys(own.end..sentence.words.end.min(own.end + NEAR).max(own.end));
        let tells = |key: &u64| !self.filler.has(&[*key]) && !self.vague.has(&[*key]);
        if rest.iter().chain(&after).any(tells) {
            return true;
        }
        let Some((index, block)) = link.block.zip(page.block(link)) else { return false };
        if matches!(block.kind, BlockKind::Cell { .. }) {
            return true;
        }
        let Some(heading) = block.heading else { return false };
        let is_sub = matches!(page.doc.blocks.get(heading as usize).map(|b| b.kind), Some(BlockKind::Heading(2..)));
        let is_last = page.doc.blocks.get(index as usize + 1).is_none_or(|next| next.is_heading());
        is_sub && is_last && index - heading <= self.options.card_blocks
    }
}
