//! Addresses that stand where a word of the sentence belongs.
//!
//! The evidence is the grammar beside the address: a shortened verb behind it, a helping verb without another subject, an
//! article before it, a noun right behind it. An address that is named as an address stands in brackets, behind a colon, alone on a line, or
//! behind a word that asks for one, such as “at” or “visit”.

use super::page::Page;
use super::place::Beside;
use super::signs::{Sight, Sign};
use crate::checks::Sure;
use crate::document::{BlockKind, LinkKind};
use crate::facts::LinkUse;
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_words: usize,
    opening_signs: String,
    glued_endings: Vec<String>,
    parted_endings: Vec<String>,
}

pub(super) struct AddressAsWords {
    options: Options,
    /// Words that an address follows.
    governor: WordList,
    determiner: WordList,
    helping_verb: WordList,
    being_verb: WordList,
    /// What pages do.
    site_verb: WordList,
    site_noun: WordList,
    /// Words that may follow an address that is named as such.
    follower: WordList,
    /// Words before a noun that an address may specify.
    naming: WordList,
    /// Words that begin a clause with a subject of its own.
    conjunction: WordList,
    /// Nouns that “of” and an address may follow.
    owned: WordList,
    /// Words that want “to” and a verb.
    infinitive: WordList,
}

impl Sign for AddressAsWords {
    const TEXTS: &'static [&'static str] = &["you"];

    fn new(rule: &Rule, lexicon: &Lexicon) -> Result<Self, RuleError> {
        let list = |name: &str| lexicon.list(name);
        Ok(Self {
            options: rule.options()?,
            governor: list("before an address"),
            determiner: list("determiner"),
            helping_verb: list("helping verb"),
            being_verb: list("being verb"),
            site_verb: list("site verb"),
            site_noun: list("site noun"),
            follower: list("behind an address"),
            naming: list("naming article"),
            conjunction: list("conjunction before an address"),
            owned: list("noun of an address"),
            infinitive: list("verb before an infinitive"),
        })
    }

    fn judge(&self, page: &Page<'_>, link: &LinkUse) -> Option<Sight> {
        let is_bare = link.address.path.trim_matches('/').is_empty();
        if !link.address.is_web() || link.kind == LinkKind::Image || link.link.is_none() && is_bare {
            return None;
        }
        let is_full = match link.kind {
            LinkKind::Bare | LinkKind::Autolink => true,
            _ => !page.shown_address(link)?.scheme.is_empty(),
        };
        let block = page.block(link)?;
        let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
        let words = page.sentence(link)?.words.len();
        if !is_prose || link.is_reference || page.is_furniture(link) || words < self.options.min_words {
            return None;
        }
        let (before, behind) = page.around(link);
        if let Some(ending) = self.ending(behind) {
            return Some(Sight::of(Sure::Certain, ending)?.worded("you"));
        }
        let (before, behind) = (Beside::before(before), Beside::behind(behind));
        // Addresses one behind the other are a list.
        let next = page.links.partition_point(|other| other.span.start < link.span.end);
        let is_list = page.links.get(next).is_some_and(|next| page.are_side_by_side(link, next));
        let is_named = is_list || before.sign.is_some_and(|sign| self.options.opening_signs.contains(sign));
        if is_named || page.is_quoted(link) || behind.word.is_empty() && before.word.is_empty() {
            return None;
        }
        // A printed address without a scheme is a name more often.
        let is_printed = link.link.is_none() && behind.word != "of" && before.word != "of";
        if !is_printed && self.stands_for_word(page, link, &before, &behind, is_full) {
            Sight::of(Sure::Certain, "")
        } else {
            None
        }
    }
}

impl AddressAsWords {
    /// The shortened verb right behind an address.
    fn ending<'a>(&'a self, behind: &str) -> Option<&'a str> {
        let glued = behind.strip_prefix(['\'', '’']);
        let parted = behind.strip_prefix([' ', '\u{a0}']).and_then(|rest| rest.trim_start().strip_prefix(['\'', '’']));
        let is_at = |rest: &str, ending: &str| {
            rest.strip_prefix(ending).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let found = |rest: Option<&str>, endings: &'a [String]| {
            rest.and_then(|rest| endings.iter().find(|ending| is_at(rest, ending)).map(String::as_str))
        };
        found(parted, &self.options.parted_endings).or_else(|| found(glued, &self.options.glued_endings))
    }

    fn stands_for_word(
        &self,
        page: &Page<'_>,
        link: &LinkUse,
        before: &Beside,
        behind: &Beside,
        is_full: bool,
    ) -> bool {
        let is = |list: &WordList, beside: &Beside| list.has_text(&beside.word);
        let is_governed = before.sign.is_none() && is(&self.governor, before);
        let follows_determiner = before.sign.is_none() && is(&self.determiner, before);
        let is_bare = link.address.path.trim_matches('/').is_empty() && link.address.query.is_empty();
        let has_path = is_full && !is_bare;
        let (text_before, text_behind) = page.around(link);
        if is_governed && before.word == "to" {
            return has_path && self.is_infinitive(text_before);
        }
        if is_governed || !is_full && before.word.is_empty() {
            return false;
        }
        if behind.word.is_empty() || behind.sign.is_some() {
            // “Do not forget your https://… .”
            return is_full && follows_determiner;
        }
        if behind.word == "of" {
            return is_full && !self.is_named_by_noun(page, link);
        }
        if before.sign.is_none() && before.word == "of" {
            return has_path && !self.is_owned(text_before);
        }
        if has_path && before.sign.is_none() && is(&self.conjunction, before) && self.is_verb(behind) {
            return true;
        }
        let has_been = is(&self.being_verb, behind) && self.is_done(&Beside::second_behind(text_behind).word);
        let names_itself = is(&self.site_noun, behind) || is(&self.site_verb, behind) && !has_been;
        if behind.is_capital || names_itself {
            return false;
        }
        if is(&self.helping_verb, behind) {
            return is_full;
        }
        if is(&self.being_verb, behind) {
            let is_subject_of_its_own = is_bare && (before.word.is_empty() || before.sign.is_some());
            return is_full && !is_subject_of_its_own && !self.is_named_by_noun(page, link);
        }
        if is(&self.follower, behind) {
            // “a shop.example with a firm heel”: what is announced is no name.
            let is_announced = !is_full && follows_determiner && !is(&self.naming, before);
            return is_announced || is_full && (follows_determiner || self.is_object_of_its_own(before, text_behind));
        }
        match is_full {
            true => !before.word.is_empty() && !self.is_named_by_noun(page, link),
            // A host as a name stands before what it does.
            false => {
                let is_name = behind.word.ends_with('s') || before.sign.is_some() || self.is_named_by_noun(page, link);
                !before.word.is_empty() && (follows_determiner || !is_name)
            }
        }
    }

    /// “strengthen https://… and the calves”: one of two things that something is done to, as no address is.
    fn is_object_of_its_own(&self, before: &Beside, behind: &str) -> bool {
        let is_coordinated = Beside::behind(behind).word == "and";
        let next = Beside::second_behind(behind);
        let is_noun_phrase = next.sign.is_none() && self.determiner.has_text(&next.word);
        is_coordinated && is_noun_phrase && before.sign.is_none() && !before.word.is_empty()
    }

    /// True for “is to” and “need to”, which want a verb behind them, unless a page is what leads there.
    fn is_infinitive(&self, before: &str) -> bool {
        let bare = before.trim_end();
        let rest = bare.get(..bare.len().saturating_sub("to".len())).unwrap_or_default();
        let verb = Beside::before(rest);
        let noun = Beside::before(
            rest.trim_end().get(..rest.trim_end().len().saturating_sub(verb.word.len())).unwrap_or_default(),
        );
        let is_page = noun.sign.is_none() && self.site_noun.has_text(&noun.word);
        verb.sign.is_none() && self.infinitive.has_text(&verb.word) && !is_page
    }

    /// True for the participles of what no page has done: been, become, eased.
    fn is_done(&self, word: &str) -> bool {
        let is_strong = matches!(word, "been" | "become" | "done" | "grown" | "risen" | "fallen" | "worn" | "eaten");
        let is_participle = is_strong || word.len() > 4 && word.ends_with("ed");
        is_participle && !self.site_verb.has_text(word)
    }

    /// True where what stands before “of” is something that an address has: “the front page of https://…”.
    fn is_owned(&self, before: &str) -> bool {
        let bare = before.trim_end();
        let noun = Beside::before(bare.get(..bare.len().saturating_sub("of".len())).unwrap_or_default());
        noun.word.is_empty() || self.owned.has_text(&noun.word) || self.site_noun.has_text(&noun.word)
    }

    /// True for a verb of which an address cannot be the subject in a clause within a sentence.
    fn is_verb(&self, behind: &Beside) -> bool {
        let is = |list: &WordList| list.has_text(&behind.word);
        behind.sign.is_none() && (is(&self.being_verb) || is(&self.helping_verb) || is(&self.site_verb))
    }

    /// True behind a noun with its article, which the address only specifies: “the charity https://…”.
    fn is_named_by_noun(&self, page: &Page<'_>, link: &LinkUse) -> bool {
        let (before, _) = page.around(link);
        let noun = Beside::before(before);
        if noun.sign.is_some() || noun.word.is_empty() || self.determiner.has_text(&noun.word) {
            return false;
        }
        let bare = before.trim_end();
        let rest = bare.get(..bare.len() - noun.word.len().min(bare.len())).unwrap_or_default();
        let article = Beside::before(rest);
        article.sign.is_none() && self.naming.has_text(&article.word)
    }
}
