//! Passages that stand in several articles: one finding a passage, however many articles hold it.

use super::super::differences::Differences;
use super::super::honest::{is_heading, is_notice};
use super::super::region::{edits, length, shared};
use super::draft::{Draft, Filled, Told};
use super::meeting::{Meeting, Region, permille};
use super::places::Places;
use crate::checks::{Corpus, Found, Sure};
use crate::facts::{Copied, Outline};
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Two regions are the same place when they share so much of the longer one, in percent.
const SAME_PLACE: u32 = 70;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Options {
    /// Equal words, less two for each that differs, at least.
    min_words: u32,
    /// The same, from which on the finding has the rule's full severity; below it is info.
    full_words: u32,
    /// Share of words that are equal in order, at least; 0 to 1.
    similarity: f64,
    /// How many differences are told.
    edits: usize,
    /// A text in so many articles is boilerplate, at least.
    boilerplate_articles: usize,
    /// And in this share of all articles; 0 to 1.
    boilerplate_share: f64,
}

/// The rule about passages.
pub(super) struct Passages {
    pub rule: Arc<Rule>,
    pub differences: Differences,
    options: Options,
    places: Places,
    /// What notices and calls to action begin with.
    notices: WordList,
}

impl Passages {
    pub fn new(rule: &Arc<Rule>, options: Options, lexicon: &Lexicon) -> Result<Self, RuleError> {
        for (name, share) in [("similarity", options.similarity), ("boilerplate-share", options.boilerplate_share)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(rule.error(&["options", name], format!("{share} is no share; it goes from 0 to 1")));
            }
        }
        Ok(Self {
            differences: Differences::new(rule, lexicon, options.edits)?,
            places: Places::new(rule)?,
            notices: lexicon.list("notice opener"),
            rule: rule.clone(),
            options,
        })
    }

    /// True where what so many articles hold is boilerplate.
    pub fn is_common(&self, articles: usize, corpus: &Corpus) -> bool {
        let share = self.options.boilerplate_share * corpus.articles.len() as f64;
        articles >= self.options.boilerplate_articles && articles as f64 >= share
    }

    /// True for a region that is worth telling: long enough, no heading, no notice, no quotation in both.
    pub fn is_told(&self, copied: &Copied, outlines: [&Outline; 2]) -> bool {
        let sides = [(outlines[0], &copied.original), (outlines[1], &copied.copy)];
        let both = |is: &dyn Fn(&Outline, &Range<u32>) -> bool| sides.iter().all(|(outline, words)| is(outline, words));
        copied.strength() >= i64::from(self.options.min_words)
            && f64::from(copied.permille()) >= self.options.similarity * 1000.0
            && !both(&|outline, words| {
                is_heading(words, outline.parts_at(words).map(|(words, part)| (words, part.is_heading)))
            })
            && !both(&|outline, words| is_notice(words, outline.keys(words).iter().copied(), &self.notices))
            && !both(&|outline, words| outline.parts_at(words).all(|(_, part)| part.is_quote))
    }

    /// The passages that meetings show; meetings are sorted by the earlier article.
    pub fn drafts(&self, meetings: &[&Meeting], out: &mut Vec<Draft>) {
        let mut known: BTreeMap<u32, Vec<Range<u32>>> = BTreeMap::new();
        for centre in meetings.chunk_by(|a, b| a.files[0] == b.files[0]) {
            let all = centre.iter().flat_map(|meeting| meeting.regions.iter().map(move |region| (*meeting, region)));
            // What both hold of a passage that was told with an earlier article is no news.
            let is_news = |(meeting, region): &(&Meeting, &Region)| {
                let is_known = |number: usize| {
                    let (known, words) = (known.get(&meeting.files[number]), region.side(number));
                    known.into_iter().flatten().map(|range| shared(range, words)).sum::<u32>() * 2 >= length(words)
                };
                !(is_known(0) && is_known(1))
            };
            let mut news: Vec<(&Meeting, &Region)> = all.filter(is_news).collect();
            news.sort_by_key(|(meeting, region)| {
                (std::cmp::Reverse(region.copied().strength()), region.side(0).start, meeting.files)
            });
            let mut passages: Vec<Vec<(&Meeting, &Region)>> = Vec::new();
            for one in news {
                let is_same = |passage: &&mut Vec<(&Meeting, &Region)>| {
                    passage.first().is_some_and(|first| is_same_place(first.1.side(0), one.1.side(0)))
                };
                match passages.iter_mut().find(is_same) {
                    Some(passage) => passage.push(one),
                    None => passages.push(vec![one]),
                }
            }
            for passage in &mut passages {
                passage.sort_by_key(|(meeting, region)| (meeting.files, region.side(1).start));
                for (meeting, region) in passage.iter() {
                    for number in [0, 1] {
                        known.entry(meeting.files[number]).or_default().push(region.side(number).clone());
                    }
                }
                out.extend(self.draft(passage));
            }
        }
    }

    fn draft(&self, passage: &[(&Meeting, &Region)]) -> Option<Draft> {
        let (meeting, nearest) = passage.first()?;
        let mut told = vec![told(meeting, nearest, 0)];
        told.extend(passage.iter().map(|(meeting, region)| self::told(meeting, region, 1)));
        let full = i64::from(self.options.full_words);
        Some(Draft {
            told,
            words: length(nearest.side(1)),
            permille: passage.iter().map(|(_, region)| region.copied().permille()).min()?,
            between: meeting.files,
            edits: edits(nearest.copied(), &nearest.shared.runs),
            is_article: false,
            is_long: passage.iter().any(|(_, region)| region.copied().strength() >= full),
        })
    }

    /// The finding of a draft whose texts were opened.
    pub fn tell(&self, draft: &Draft, filled: Filled, corpus: &Corpus) -> Option<Found> {
        let differences = self.differences.all(filled.quoted);
        let wording = (&self.differences, differences.as_slice());
        let diagnostic = self.places.finding(&self.rule, draft, &filled.spots, corpus, wording)?;
        let is_full = draft.is_long || differences.iter().any(|one| one.disagrees);
        Some(Found { diagnostic, sure: if is_full { Sure::Certain } else { Sure::Doubtful } })
    }
}

fn told(meeting: &Meeting, region: &Region, number: usize) -> Told {
    let words = region.side(number);
    Told {
        file: meeting.files[number],
        regions: [words.clone(), words.clone()],
        share: permille(length(words), meeting.words[number]),
        spot: region.spots[number],
    }
}

fn is_same_place(a: &Range<u32>, b: &Range<u32>) -> bool {
    shared(a, b) * 100 >= length(a).max(length(b)) * SAME_PLACE
}
