//! What one document contributes to questions that span places: fixed-size records and word indexes, no text.
//!
//! Facts are extracted once per document and only those that a rule in force asks for ([`Needs`]).

pub mod claim;
pub mod copies;
mod likeness;
pub mod link;
mod neighbours;
mod openings;
mod outline;
mod shingles;
pub mod time;

pub use claim::{Claim, ClaimReader, Subject, Telling};
pub use copies::{Between, Copied, Run, Shared};
pub use likeness::{Likeness, Passage};
pub use link::{Address, LinkUse, Scheme, unescaped};
pub use neighbours::{FoldedWords, Neighbour, SmallWords, Swapped, folded_keys};
pub use openings::{Gates, Openings, pair_at};
pub use outline::{Outline, Part};
pub use shingles::{Shingle, winnowed};
pub use time::{Time, TimeReader};

use copies::CopyFinder;
use likeness::LikenessFinder;

use crate::document::Document;
use crate::language::{Lexicon, SwapTable};
use claim::Topics;
use std::sync::Arc;

/// The kinds of facts that a check reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Places that say the same.
    pub copies: bool,
    /// Passages that speak of the same things.
    pub likenesses: bool,
    /// Time expressions, doses, ages.
    pub times: bool,
    /// What is said about them.
    pub claims: bool,
    /// Links and printed addresses.
    pub links: bool,
    /// Words that spinners put for others.
    pub swapped: bool,
    /// What is compared with other articles, and the runs of words that stand for it there.
    pub shingles: bool,
}

impl std::ops::BitOr for Needs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            copies: self.copies || other.copies,
            likenesses: self.likenesses || other.likenesses,
            times: self.times || other.times,
            claims: self.claims || other.claims,
            links: self.links || other.links,
            swapped: self.swapped || other.swapped,
            shingles: self.shingles || other.shingles,
        }
    }
}

/// The facts of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Text that stands twice, in order of the later telling.
    pub copies: Vec<Copied>,
    /// How far each copy and those before it reach, in words.
    pub(crate) reach: Vec<u32>,
    /// The equal runs of all copies.
    pub runs: Vec<Run>,
    /// Paragraphs and lists, in order.
    pub passages: Vec<Passage>,
    /// Passages that share much, in order of the later one, then of the earlier one.
    pub likenesses: Vec<Likeness>,
    /// Time expressions, doses, ages, in order; behind them those that claims name without a number.
    pub times: Vec<Time>,
    /// What is said about them, in order.
    pub claims: Vec<Claim>,
    /// What the claims are about.
    pub subjects: Vec<Subject>,
    /// The words that tell it.
    pub tellings: Vec<Telling>,
    /// The topics that they name by number; none where nothing was claimed.
    pub topics: Option<Arc<Topics>>,
    /// Links and printed addresses, in order.
    pub links: Vec<LinkUse>,
    /// The keys of the folded forms of all words.
    pub folded: Vec<u64>,
    /// The words that the table of swapped words knows, in order.
    pub swapped: Vec<Swapped>,
    /// Runs of words that stand for the article among others, in order.
    pub shingles: Vec<Shingle>,
    /// What is compared with other articles; nothing where they are not.
    pub outline: Option<Outline>,
    /// Where phrases and patterns may begin.
    pub openings: Openings,
}

/// Reads the facts of documents; keeps its arrays from one to the next.
#[derive(Clone, Debug)]
pub struct Extractor {
    copies: Option<CopyFinder>,
    likenesses: Option<LikenessFinder>,
    times: Option<TimeReader>,
    claims: Option<ClaimReader>,
    links: bool,
    swaps: Option<SwapTable>,
    shingles: bool,
}

impl Extractor {
    /// An extractor of the facts that are needed, with the words of a lexicon.
    pub fn new(needs: Needs, lexicon: &Arc<Lexicon>) -> Self {
        Self {
            copies: needs.copies.then(CopyFinder::default),
            likenesses: needs.likenesses.then(LikenessFinder::default),
            times: (needs.times || needs.claims).then(|| TimeReader::new(lexicon)),
            claims: needs.claims.then(|| ClaimReader::new(lexicon)),
            links: needs.links,
            swaps: needs.swapped.then(SwapTable::builtin),
            shingles: needs.shingles,
        }
    }

    /// Reads the facts of a document.
    pub fn read(&mut self, doc: &Document) -> Facts {
        let mut facts = Facts::default();
        if let Some(copies) = &mut self.copies {
            copies.find(doc, &mut facts);
        }
        if let Some(likenesses) = &mut self.likenesses {
            likenesses.find(doc, &mut facts);
        }
        if let Some(times) = &mut self.times {
            times.read(doc, &mut facts.times);
        }
        if let Some(claims) = &self.claims {
            let read = claims.read(doc, &facts.times);
            (facts.claims, facts.subjects, facts.tellings) = (read.claims, read.subjects, read.tellings);
            facts.times.extend(read.standing);
            facts.topics = (!facts.claims.is_empty()).then(|| claims.topics().clone());
        }
        if self.links {
            facts.links = link::read(doc);
        }
        if let Some(swaps) = self.swaps {
            neighbours::find_swapped(doc, swaps, &mut facts);
        }
        if self.shingles {
            let outline = Outline::of(doc);
            facts.shingles = winnowed(&outline);
            facts.outline = Some(outline);
        }
        facts
    }
}

/// The topics of an article that claims nothing.
static NO_TOPICS: Topics = Topics::none();

impl Facts {
    /// What the claims name by number.
    pub fn topics(&self) -> &Topics {
        self.topics.as_deref().unwrap_or(&NO_TOPICS)
    }

    /// The time expression of a claim.
    pub fn time(&self, claim: &Claim) -> Option<&Time> {
        self.times.get(claim.time as usize)
    }

    /// The equal runs of one copy, in order.
    pub fn runs_of(&self, copied: &Copied) -> &[Run] {
        self.runs.get(copied.runs.start as usize..copied.runs.end as usize).unwrap_or_default()
    }

    /// The first telling of a word that stands in a copy, so that what is wrong in it is reported once; the word itself elsewhere.
    pub fn original(&self, word: u32) -> u32 {
        // The first that reaches beyond the word; those behind it begin no earlier.
        let first = self.reach.partition_point(|end| *end <= word);
        let Some(copied) = self.copies.get(first).filter(|c| c.copy.contains(&word)) else { return word };
        let runs = self.runs_of(copied);
        let at = runs.partition_point(|r| r.copy <= word);
        match at.checked_sub(1).and_then(|i| runs.get(i)) {
            Some(run) if word < run.copy + run.length => run.original + (word - run.copy),
            _ => word,
        }
    }
}
