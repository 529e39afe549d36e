//! Packs that do not last as long as is said: sixty capsules, two a day, for three months.
//!
//! What a pack holds and what is used of it a day give how long it lasts. A length in a sentence about that is held against it; where the
//! pack is only said to cover “the course”, the length of that is.

use super::compare::ratio;
use super::containers::{BETWEEN, Containers, Held, LIST, THOUSAND, cues, key_list, meet, slice};
use super::{DAY, exact, own};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::facts::time::{Bound, Kind, Lead, Time};
use crate::facts::{Claim, Facts, Needs};
use crate::language::{Interval, Lexicon, WordList, length};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// Words of “two a day”.
const COUNTED_WORDS: usize = 3;
/// What is used is looked for so many sentences before and behind, so that the time stays linear in the containers of an article.
const FARTHEST: u32 = 60;
/// So many sentences behind what a container holds may say how long it lasts.
const NEXT: u32 = 2;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// By what factor the length that is told must miss the one that comes out, at least.
    factor: f64,
}

struct Supply {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    used: Template,
    containers: Containers,
    lasts: WordList,
    covers: WordList,
    breaks: WordList,
    /// Words that a sentence about what was named before begins with.
    pointers: WordList,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let read = |rule: &Arc<Rule>| {
        Ok(Supply {
            options: rule.options()?,
            message: rule.message(&["held", "used", "sum", "told"])?,
            used: rule.text("used", &[])?,
            containers: Containers::new(lexicon),
            lasts: cues(lexicon, LIST, "lasts"),
            covers: cues(lexicon, LIST, "covers"),
            breaks: cues(lexicon, LIST, "break"),
            pointers: cues(lexicon, LIST, "pointer"),
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(rules.iter().map(read).collect::<Result<Vec<_>, RuleError>>()?)))
}

impl DocumentCheck for Vec<Supply> {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let told = |kind: fn(Kind) -> bool| facts.times.iter().any(|time| kind(time.kind));
        if !told(|kind| kind == Kind::Length) || !told(|kind| matches!(kind, Kind::Dose { .. } | Kind::Rate)) {
            return;
        }
        let claims: Vec<(&Claim, &Time)> =
            own(doc, facts).filter_map(|claim| Some((claim, facts.time(claim)?))).collect();
        let article = Article { doc, facts, claims };
        for supply in self {
            for held in supply.containers.in_words(doc, facts, 0..doc.words.len() as u32) {
                let told = supply.tell(&article, &held);
                out.extend(told.map(|diagnostic| Found { diagnostic, sure: Sure::Certain }));
            }
        }
    }
}

/// An article with its claims, each with its time.
struct Article<'a> {
    doc: &'a Document,
    facts: &'a Facts,
    claims: Vec<(&'a Claim, &'a Time)>,
}

impl<'a> Article<'a> {
    /// The claims of some sentences; all stand in their order.
    fn of_sentences(&self, sentences: Range<u32>) -> impl Iterator<Item = (&'a Claim, &'a Time)> {
        let first = self.claims.partition_point(|(claim, _)| claim.sentence < sentences.start);
        self.claims.iter().skip(first).take_while(move |(claim, _)| claim.sentence < sentences.end).copied()
    }

    fn of_sentence(&self, sentence: u32) -> impl Iterator<Item = (&'a Claim, &'a Time)> {
        self.of_sentences(sentence..sentence + 1)
    }

    /// Lengths of days and more.
    fn lengths(&self, sentence: u32) -> impl Iterator<Item = (&'a Claim, &'a Time)> {
        self.of_sentence(sentence).filter(|(_, time)| {
            let is_long = time.interval.is_some_and(|whole| whole.lo >= DAY);
            let is_place = matches!(time.bound, Bound::Min | Bound::Index | Bound::Standing);
            time.kind == Kind::Length && is_long && !is_place
        })
    }
}

/// What is used.
struct Used {
    words: Range<u32>,
    sentence: u32,
    /// In thousandths a day.
    a_day: i64,
}

impl Used {
    /// How long something lasts at that, in seconds.
    fn lasts(&self, held: &Held) -> i64 {
        held.amount.saturating_mul(DAY) / self.a_day.max(1)
    }
}

impl Supply {
    /// The finding where a container lasts another time than is said.
    fn tell(&self, article: &Article<'_>, held: &Held) -> Option<Diagnostic> {
        let used = self.uses(article, held);
        let first = used.first()?;
        let (place, told) = self.said_to_last(article, held, &used)?;
        let whole = told.interval?;
        let is_missed = |used: &Used| {
            let sum = used.lasts(held);
            ratio(whole, Interval::new(sum, sum)).is_some_and(|ratio| ratio >= self.options.factor)
        };
        if !used.iter().all(is_missed) {
            return None;
        }
        let doc = article.doc;
        let quote = |words: &Range<u32>| doc.quote(words.clone());
        let message = self.message.fill(&[
            ("held", &quote(&held.words)),
            ("used", &quote(&first.words)),
            ("sum", &length((first.lasts(held) + DAY / 2) / DAY * DAY)),
            ("told", &quote(&told.words)),
        ]);
        let at = doc.words_text(place.clone());
        let mut found = finding(&self.rule, doc, at, &[held.words.clone(), place], message);
        let span = doc.span(doc.words_text(first.words.clone()));
        found.secondary.push(Label { path: doc.source.path.clone(), span, message: self.used.fill(&[]) });
        Some(found)
    }

    /// How long a container is said to last, and where; `None` where days are left out.
    fn said_to_last<'a>(&self, article: &Article<'a>, held: &Held, used: &[Used]) -> Option<(Range<u32>, &'a Time)> {
        for sentence in held.sentence..=held.sentence + NEXT {
            let words = article.doc.sentences.get(sentence as usize)?.words.clone();
            let own = key_list(slice(article.doc, words.clone()));
            if self.breaks.stands_in(&own) {
                return None;
            }
            let is_about = sentence == held.sentence || self.containers.name(&own);
            let is_next = sentence == held.sentence + 1 && self.pointers.has(own.get(..1).unwrap_or_default());
            let is_used = used.iter().any(|used| used.sentence == sentence);
            // “For seven days” behind a dose is how long that is taken, “enough for seven days” is not.
            let is_enough = |time: &Time| {
                let from = time.words.start.saturating_sub(BETWEEN as u32).max(words.start);
                self.lasts.stands_in(&key_list(slice(article.doc, from..time.words.start + 1)))
            };
            let here = article.lengths(sentence).find(|(_, time)| !is_used || !is_of_course(time) || is_enough(time));
            match here {
                Some((claim, time)) if (is_about || is_next) && self.lasts.stands_in(&own) => {
                    return Some((claim.words.clone(), time));
                }
                None if is_about && self.covers.stands_in(&own) => {
                    let course = article.lengths(used.first()?.sentence).find(|(_, time)| is_of_course(time));
                    return course.map(|(_, time)| (held.words.clone(), time));
                }
                _ => {}
            }
        }
        None
    }

    /// What is used a day of what a container holds, as often as it is said; the nearest first.
    fn uses(&self, article: &Article<'_>, held: &Held) -> Vec<Used> {
        let is_held = |claim: &Claim| self.containers.hold(article.doc, article.facts, claim);
        let mut used: Vec<Used> = Vec::new();
        let near = held.sentence.saturating_sub(FARTHEST)..held.sentence.saturating_add(FARTHEST);
        for (claim, time) in article.of_sentences(near).filter(|(_, time)| !meet(&time.words, &held.words)) {
            let mut own = article.of_sentence(claim.sentence);
            let often = match time.kind {
                Kind::Dose { measure, per } => {
                    let is_other = held.measure.map_or_else(
                        || self.containers.are_weighed(article.doc, time.words.clone()),
                        |held| held != measure,
                    );
                    if is_other || time.bound == Bound::Max || is_held(claim) {
                        continue;
                    }
                    let mut rate =
                        || own.find_map(|(_, rate)| Some((exact(rate).filter(|_| rate.kind == Kind::Rate)?, rate)));
                    let every = match per {
                        Some(period) => (period.hi == Some(period.lo)).then_some((period.lo, time)),
                        None => rate(),
                    };
                    exact(time).zip(every)
                }
                // “Take two a day.”
                Kind::Rate if self.are_counted(article.doc, time, held) => {
                    let is_dose =
                        |(claim, time): (&Claim, &Time)| matches!(time.kind, Kind::Dose { .. }) && !is_held(claim);
                    if own.any(is_dose) {
                        continue;
                    }
                    exact(time).map(|every| (THOUSAND, (every, time)))
                }
                _ => None,
            };
            let Some((amount, (every, rate))) = often else { continue };
            let words = rate.words.start.min(time.words.start)..rate.words.end.max(time.words.end);
            let a_day = amount.saturating_mul(DAY) / every.max(1);
            let is_part = a_day > 0 && amount <= held.amount;
            used.extend(is_part.then_some(Used { words, sentence: claim.sentence, a_day }));
        }
        used.sort_by_key(|used| used.sentence.abs_diff(held.sentence));
        used
    }

    /// True for the `two a day` of what is counted, near to its container.
    fn are_counted(&self, doc: &Document, rate: &Time, held: &Held) -> bool {
        let words = slice(doc, rate.words.clone());
        let is_near = words.first().is_some_and(|word| word.sentence.abs_diff(held.sentence) <= NEXT);
        let is_number = self.containers.number(doc, rate.words.start).is_some() && words.len() <= COUNTED_WORDS;
        let is_a = |text: &str| matches!(text, "a" | "per" | "each" | "daily");
        is_near
            && is_number
            && words.get(1).is_some_and(|word| is_a(doc.slice(word.text)))
            && !self.containers.are_weighed(doc, held.words.clone())
    }
}

/// True for how long something is taken: “for seven days”.
fn is_of_course(time: &Time) -> bool {
    time.lead == Lead::For
}
