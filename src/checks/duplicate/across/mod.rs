//! Text that stands in several articles: whole articles that are copies of each other, and passages.
//!
//! Articles share kept runs of words ([`Shingle`](crate::facts::Shingle)). The first article by path stands for all that hold a run, so that
//! the pairs are no more than the runs. Two articles with enough in common are opened and aligned word by word, as within one article.
//! Where most of both is one text they are one article, and all that hang together so are a family, told as one. What the others share
//! are passages, told as one wherever the same place is meant. Runs that a good part of all articles hold are boilerplate and tell
//! nothing about passages; a family may be as large as it likes.

mod article;
mod boilerplate;
mod draft;
mod meeting;
mod mirror;
mod passage;
mod places;
mod shelf;

use article::Articles;
use meeting::{Meeting, Region};
use passage::Passages;
use shelf::Shelf;

use crate::checks::{Boilerplate, Check, Connected, Corpus, CorpusCheck, Found, Member, Pair, Record, Texts};
use crate::document::Document;
use crate::facts::{Between, Facts, Needs, Outline};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError};
use rayon::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

/// Two articles may be one when they share so much of the kept runs of the shorter one, in percent. A fifth is what is left where every
/// seventh word was changed, less a margin.
const LEAST_SHARED: usize = 20;
/// Fewer shared runs are chance.
const FEWEST: usize = 3;
/// Two shared runs tell of one passage when they lie so near to each other in both articles, in words.
const NEAR: u32 = 64;
/// An article in a tree that is mirrored looks for its match among so many members of a group.
const CANDIDATES: usize = 16;

/// The options of a rule, by what it tells of.
#[derive(Clone, Deserialize)]
#[serde(tag = "unit", rename_all = "kebab-case")]
enum Options {
    Article(article::Options),
    Passage(passage::Options),
}

struct Across {
    articles: Option<Articles>,
    passages: Option<Passages>,
}

/// An article that others are laid beside: all of it, and all but what is boilerplate.
#[derive(Default)]
struct Sides {
    whole: Between,
    told: Between,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut across = Across { articles: None, passages: None };
    for rule in rules {
        match rule.options()? {
            Options::Article(options) => across.articles = Some(Articles::new(rule, options, lexicon)?),
            Options::Passage(options) => across.passages = Some(Passages::new(rule, options, lexicon)?),
        }
    }
    Ok(Check::Corpus(Box::new(across)))
}

impl CorpusCheck for Across {
    fn needs(&self) -> Needs {
        Needs { shingles: true, ..Needs::default() }
    }

    fn rules(&self) -> Vec<&Arc<Rule>> {
        self.articles.iter().map(|one| &one.rule).chain(self.passages.iter().map(|one| &one.rule)).collect()
    }

    fn records(&self, _doc: &Document, facts: &Facts, out: &mut Vec<Record>) {
        out.extend(facts.shingles.iter().map(|one| Record { key: one.key, place: one.word, value: [0; 2] }));
    }

    fn pair(&self, group: &[Member], corpus: &Corpus, out: &mut Vec<Pair>) -> bool {
        let Some(first) = group.first() else { return false };
        // Mirrored articles count once.
        let count = group.iter().filter(|other| corpus.may_meet(first.file, other.file)).count();
        let is_common = self.passages.as_ref().is_some_and(|passages| passages.is_common(count, corpus));
        for other in group {
            let mut before = group.iter().take(CANDIDATES).take_while(|one| one.file < other.file);
            if let Some(one) = before.find(|one| corpus.may_meet(one.file, other.file)) {
                out.push(Pair { files: [one.file, other.file], places: [one.place, other.place], is_common });
            }
        }
        is_common
    }

    fn is_worth(&self, pairs: &[Pair], corpus: &Corpus) -> bool {
        self.may_be_article(pairs, corpus) || self.may_share_passage(pairs)
    }

    fn judge(&self, pairs: &[Pair], corpus: &Corpus, texts: &dyn Texts, out: &mut Vec<Found>) {
        let centres: Vec<&[Pair]> = pairs.chunk_by(|a, b| a.files[0] == b.files[0]).collect();
        let shelf = Shelf::new(corpus, texts);
        let meet = |sides: &mut Sides, centre: &&[Pair]| self.meet(sides, centre, corpus, &shelf);
        let meetings: Vec<Vec<Meeting>> = centres.par_iter().map_init(Sides::default, meet).collect();
        let meetings: Vec<Meeting> = meetings.into_iter().flatten().collect();
        let mut families = Connected::default();
        for meeting in meetings.iter().filter(|meeting| meeting.is_article) {
            families.join(meeting.files[0], meeting.files[1]);
        }
        let mut drafts = Vec::new();
        if let Some(articles) = &self.articles {
            articles.drafts(&meetings, &mut families, &mut drafts);
        }
        if let Some(passages) = &self.passages {
            let others: Vec<&Meeting> = meetings
                .iter()
                .filter(|meeting| {
                    !meeting.is_article && families.root(meeting.files[0]) != families.root(meeting.files[1])
                })
                .collect();
            passages.drafts(&others, &mut drafts);
        }
        drop((shelf, meetings));
        for (draft, filled) in drafts.iter().zip(draft::filled(&drafts, texts)) {
            out.extend(match draft.is_article {
                true => self.articles.as_ref().and_then(|articles| articles.tell(draft, filled, corpus)),
                false => self.passages.as_ref().and_then(|passages| passages.tell(draft, filled, corpus)),
            });
        }
    }

    fn finish(&self, _corpus: &Corpus, found: &mut Vec<Found>) {
        if let Some(articles) = &self.articles {
            articles.fold_mirrors(found);
        }
    }

    fn boilerplate(&self, common: &[(Member, usize)], corpus: &Corpus, texts: &dyn Texts) -> Vec<Boilerplate> {
        boilerplate::shown(common, corpus, texts)
    }
}

impl Across {
    /// What an article shares with the later ones that it was paired with.
    fn meet(&self, sides: &mut Sides, pairs: &[Pair], corpus: &Corpus, shelf: &Shelf<'_>) -> Vec<Meeting> {
        let Some(file) = pairs.first().map(|pair| pair.files[0]) else { return Vec::new() };
        let Some(first) = shelf.get(file) else { return Vec::new() };
        let is_silent = first.silent.contains(&true);
        sides.whole.lay(&first.outline, &[]);
        if is_silent {
            sides.told.lay(&first.outline, &first.silent);
        }
        let mut meetings = Vec::new();
        for own in pairs.chunk_by(|a, b| a.files == b.files) {
            let files = own[0].files;
            let Some(second) = shelf.get(files[1]) else { continue };
            let outlines = [&*first.outline, &*second.outline];
            let words = outlines.map(Outline::words);
            let mut whole = None;
            if let Some(articles) = self.articles.as_ref().filter(|_| self.may_be_article(own, corpus)) {
                let regions = sides.whole.find(outlines[0], outlines[1], &[]);
                if articles.are_one(&regions, words) {
                    let regions = regions.into_iter().map(|shared| Region { shared, spots: [None; 2] }).collect();
                    meetings.push(Meeting { files, is_article: true, words, regions });
                    continue;
                }
                whole = Some(regions);
            }
            if let Some(passages) = self.passages.as_ref().filter(|_| self.may_share_passage(own)) {
                let between = if is_silent { &mut sides.told } else { &mut sides.whole };
                // Where nothing is silent the same was found before.
                let whole = whole.filter(|_| !is_silent && !second.silent.contains(&true));
                let mut regions = whole.unwrap_or_else(|| between.find(outlines[0], outlines[1], &second.silent));
                regions.retain(|one| passages.is_told(&one.copied, outlines));
                if !regions.is_empty() {
                    let regions = regions.into_iter().map(|shared| Region::of(outlines, shared)).collect();
                    meetings.push(Meeting { files, is_article: false, words, regions });
                }
            }
        }
        meetings
    }

    fn may_be_article(&self, pairs: &[Pair], corpus: &Corpus) -> bool {
        let records = |file: u32| corpus.articles.get(file as usize).map_or(0, |article| article.records as usize);
        let Some([first, second]) = pairs.first().map(|pair| pair.files) else { return false };
        let least = records(first).min(records(second));
        self.articles.is_some() && pairs.len() >= FEWEST && pairs.len() * 100 >= least * LEAST_SHARED
    }

    fn may_share_passage(&self, pairs: &[Pair]) -> bool {
        let telling: Vec<&Pair> = pairs.iter().filter(|pair| !pair.is_common).collect();
        let is_near = |side: usize, a: &Pair, b: &Pair| a.places[side].abs_diff(b.places[side]) <= NEAR;
        self.passages.is_some()
            && telling.windows(2).any(|two| is_near(0, two[0], two[1]) && is_near(1, two[0], two[1]))
    }
}
