//! Findings before their texts are opened: they know their places by words. All drafts of a cluster are filled together, so that no
//! article is opened more than once, whatever is told of it, and no text is kept. Copies of whole sentences without a difference
//! need no text at all.

use super::super::differences::Quoted;
use super::super::region::{Edit, keys, opening, whole};
use crate::checks::Texts;
use crate::diagnostic::identity;
use crate::document::Document;
use crate::facts::Outline;
use crate::span::Span;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text that stands in several articles.
pub(super) struct Draft {
    /// Its places, sorted by article.
    pub told: Vec<Told>,
    /// How many words it has.
    pub words: u32,
    /// The share of words that are equal in order where it differs most, in thousandths.
    pub permille: u16,
    /// The two articles whose differences are told, the earlier one first.
    pub between: [u32; 2],
    /// What differs between them.
    pub edits: Vec<Edit>,
    /// True for articles that are one, false for a passage.
    pub is_article: bool,
    /// True where its length alone gives it the rule's full severity.
    pub is_long: bool,
}

/// A text in one article.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The article, by number.
    pub file: u32,
    /// The words of its first region and of its last one, which may be the same.
    pub regions: [Range<u32>; 2],
    /// Which share of the article it is, in thousandths.
    pub share: u16,
    /// What is known of it without its text.
    pub spot: Option<Spot>,
}

/// What a finding needs of the text at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The whole of it in the source.
    pub span: Span,
    /// Its first heading or sentence in the source.
    pub opening: Span,
    /// What it is recognised by.
    pub identity: u64,
}

/// What the texts of a draft gave.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    /// A spot for each place; `None` where the article cannot be read any more.
    pub spots: Vec<Option<Spot>>,
    /// What stands in either article where they differ.
    pub quoted: [Vec<Quoted>; 2],
}

/// What is asked of an article for a draft: the place of this number, or its side of the differences.
#[derive(Clone, Copy)]
enum Asked {
    Place(usize),
    Edits(usize),
}

/// Opens the articles of drafts, each once.
pub(super) fn filled(drafts: &[Draft], texts: &dyn Texts) -> Vec<Filled> {
    let mut asked: BTreeMap<u32, Vec<(usize, Asked)>> = BTreeMap::new();
    for (number, draft) in drafts.iter().enumerate() {
        for (place, told) in draft.told.iter().enumerate().filter(|(_, told)| told.spot.is_none()) {
            asked.entry(told.file).or_default().push((number, Asked::Place(place)));
        }
        for (side, file) in draft.between.into_iter().enumerate().filter(|_| !draft.edits.is_empty()) {
            asked.entry(file).or_default().push((number, Asked::Edits(side)));
        }
    }
    let asked: Vec<_> = asked.into_iter().collect();
    let answers = asked.into_par_iter().map(|(file, asked)| {
        let Some(doc) = texts.document(file) else { return Vec::new() };
        let answer = |(number, asked)| {
            let draft: &Draft = drafts.get(number)?;
            Some((number, asked, answer(&doc, draft, asked)?))
        };
        asked.into_iter().filter_map(answer).collect::<Vec<_>>()
    });
    let known = |draft: &Draft| draft.told.iter().map(|told| told.spot).collect();
    let mut filled: Vec<Filled> =
        drafts.iter().map(|draft| Filled { spots: known(draft), ..Filled::default() }).collect();
    for (number, asked, (spot, quoted)) in answers.collect::<Vec<_>>().into_iter().flatten() {
        let Some(filled) = filled.get_mut(number) else { continue };
        match asked {
            Asked::Place(place) => filled.spots[place] = spot,
            Asked::Edits(side) => filled.quoted[side] = quoted,
        }
    }
    filled
}

fn answer(doc: &Document, draft: &Draft, asked: Asked) -> Option<(Option<Spot>, Vec<Quoted>)> {
    match asked {
        Asked::Place(place) => {
            let told = draft.told.get(place)?;
            // The article may have changed since it was compared.
            let is_there = told.regions.iter().all(|words| words.end as usize <= doc.words.len());
            is_there.then(|| (Some(told.spot(doc, draft.is_article)), Vec::new()))
        }
        Asked::Edits(side) => {
            let quoted = |(before, after): &Edit| Quoted::of(doc, if side == 0 { before } else { after });
            Some((None, draft.edits.iter().map(quoted).collect()))
        }
    }
}

impl Spot {
    /// What an outline tells of a region; `None` where only the text can.
    pub fn of(outline: &Outline, words: &Range<u32>) -> Option<Self> {
        let (span, opening) = outline.spans(words)?;
        Some(Self { span, opening, identity: identity(outline.keys(words).iter().copied()) })
    }
}

impl Told {
    fn spot(&self, doc: &Document, is_article: bool) -> Spot {
        let [first, last] = &self.regions;
        Spot {
            span: Span::new(doc.span(whole(doc, first)).start, doc.span(whole(doc, last)).end),
            opening: doc.span(opening(doc, first)),
            identity: identity(if is_article { doc.title() } else { keys(doc, first) }),
        }
    }
}
