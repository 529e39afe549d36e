//! Plans that go beyond the most that may be taken in a day: two tablets four times a day, never more than six.
//!
//! What is taken at once and how often a day give how much that is a day. “Every four hours” is no such plan: it says how soon the next may
//! follow, and nobody takes one through the night.

use super::containers::{Containers, THOUSAND, cues, key_list, slice};
use super::same::subjects;
use super::{DAY, exact, of_sentences, own};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::facts::claim::{Modality, Stance, Subject, Term};
use crate::facts::time::{Bound, Kind, Lead, Time};
use crate::facts::{Claim, Facts, Needs};
use crate::language::{Lexicon, WordList};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// The list of the lexicon.
const LIST: &str = "daily limit";
/// A number stands so many words before the time of the day that it is for, at most.
const BEFORE: u32 = 2;
/// What is so many times more is of something else.
const OTHER: f64 = 20.0;
/// A plan is looked for so many sentences before and behind its limit.
const FARTHEST: u32 = 20;
/// A sentence of more claims is a list, so that the time stays linear in the claims of an article.
const MOST: usize = 20;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// By what factor a plan must go beyond the limit, at least.
    factor: f64,
}

struct DailyLimit {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    limit: Template,
    containers: Containers,
    /// Words that make a daily amount the most.
    most: WordList,
    hours: WordList,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let words = |of: &str| cues(lexicon, LIST, of);
    let read = |rule: &Arc<Rule>| {
        Ok(DailyLimit {
            options: rule.options()?,
            message: rule.message(&["plan", "limit"])?,
            limit: rule.text("limit", &[])?,
            containers: Containers::new(lexicon),
            most: words("most"),
            hours: words("hours"),
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(rules.iter().map(read).collect::<Result<Vec<_>, RuleError>>()?)))
}

impl DocumentCheck for Vec<DailyLimit> {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let is_daily = |time: &Time| matches!(time.kind, Kind::Dose { per: Some(_), .. });
        if !facts.times.iter().any(is_daily) {
            return;
        }
        for check in self {
            let mut told = BTreeSet::new();
            let is_list = |claim: &Claim| of_sentences(facts, claim.sentence..claim.sentence + 1).nth(MOST).is_some();
            let alone = own(doc, facts).filter(|claim| !is_list(claim));
            for limit in alone.filter_map(|claim| check.limit(doc, facts, claim)) {
                let near = limit.claim.sentence.saturating_sub(FARTHEST)..limit.claim.sentence + FARTHEST;
                let plans = of_sentences(facts, near).filter(|claim| !is_list(claim));
                let plans = plans.filter_map(|claim| check.plan(doc, facts, claim, &limit));
                let beyond = |plan: &Plan| {
                    let factor = plan.a_day as f64 / limit.a_day.max(1) as f64;
                    factor >= check.options.factor && factor < OTHER
                };
                let Some(plan) = plans.into_iter().find(|plan| beyond(plan) && !told.contains(&plan.sentence)) else {
                    continue;
                };
                told.insert(plan.sentence);
                out.push(Found { diagnostic: check.tell(doc, &plan, &limit), sure: Sure::Certain });
            }
        }
    }
}

/// The most that may be taken in a day.
struct Limit<'a> {
    claim: &'a Claim,
    words: Range<u32>,
    measure: u16,
    /// In thousandths of the measure.
    a_day: i64,
}

/// What is taken in a day.
struct Plan {
    words: Range<u32>,
    sentence: u32,
    a_day: i64,
}

impl DailyLimit {
    fn tell(&self, doc: &Document, plan: &Plan, limit: &Limit<'_>) -> Diagnostic {
        let quote = |words: &Range<u32>| doc.quote(words.clone());
        let message = self.message.fill(&[("plan", &quote(&plan.words)), ("limit", &quote(&limit.words))]);
        let words = [plan.words.clone(), limit.words.clone()];
        let mut found = finding(&self.rule, doc, doc.words_text(plan.words.clone()), &words, message);
        let span = doc.span(doc.words_text(limit.words.clone()));
        found.secondary.push(Label { path: doc.source.path.clone(), span, message: self.limit.fill(&[]) });
        found
    }

    /// The limit that a claim tells: “no more than eight a day”, “four puffs a day is the ceiling”.
    fn limit<'a>(&self, doc: &Document, facts: &Facts, claim: &'a Claim) -> Option<Limit<'a>> {
        let time = facts.time(claim)?;
        let Kind::Dose { measure, per: Some(per) } = time.kind else { return None };
        // “By 10 mg a day” is how much more.
        let is_daily = per.lo == DAY && per.hi == Some(DAY) && time.lead != Lead::By;
        let told = time.interval.filter(|_| is_daily)?;
        let sentence = doc.sentences.get(claim.sentence as usize)?;
        let names_most = || self.most.stands_in(&key_list(slice(doc, sentence.words.clone())));
        let a_day = match (claim.stance, time.bound) {
            (Stance::Forbid, Bound::Min) => told.lo,
            (Stance::Forbid, _) | (_, Bound::Min) => return None,
            (_, Bound::Max) => told.hi?,
            _ => told.hi.filter(|hi| *hi == told.lo && names_most())?,
        };
        is_plain(claim).then(|| Limit { claim, words: time.words.clone(), measure, a_day })
    }

    /// How much a day a claim about how often makes, of what a limit is for.
    fn plan(&self, doc: &Document, facts: &Facts, claim: &Claim, limit: &Limit<'_>) -> Option<Plan> {
        let rate = facts.time(claim).filter(|time| time.kind == Kind::Rate)?;
        let spacing = rate.interval.filter(|spacing| spacing.hi == Some(spacing.lo) && spacing.lo > 0)?;
        let is_for_limit = claim.sentence != limit.claim.sentence
            && is_plain(claim)
            && claim.stance != Stance::Forbid
            && claim.population == limit.claim.population
            && may_be_one(doc, facts, claim, limit.claim);
        let is_often = spacing.lo <= DAY && !matches!(rate.bound, Bound::Min | Bound::Max);
        if !is_for_limit || !is_often || self.hours.stands_in(&key_list(slice(doc, rate.words.clone()))) {
            return None;
        }
        let dose = |time: &Time| match time.kind {
            Kind::Dose { measure, per: None } if measure == limit.measure => exact(time),
            _ => None,
        };
        let is_dose = |time: &&Time| matches!(time.kind, Kind::Dose { .. });
        let doses: Vec<&Time> = times_of(facts, claim).filter(is_dose).collect();
        let times = DAY / spacing.lo;
        let (start, a_day) = match doses.as_slice() {
            [] => (rate.words.start.saturating_sub(1), self.counted(doc, facts, claim, rate)?),
            [only] => {
                // “Two 500 mg tablets”.
                let before = only.words.start.checked_sub(1);
                let number = before.and_then(|at| Some((at, self.containers.number(doc, at)?)));
                let (start, number) = number.unwrap_or((only.words.start, 1));
                (start.min(rate.words.start), dose(only)?.saturating_mul(number).saturating_mul(times))
            }
            _ => return None,
        };
        let end = doses.first().map_or(rate.words.end, |dose| dose.words.end.max(rate.words.end));
        Some(Plan { words: start..end, sentence: claim.sentence, a_day })
    }

    /// Numbers before the times of a day, in thousandths: “two at breakfast and one at bedtime”.
    fn counted(&self, doc: &Document, facts: &Facts, claim: &Claim, rate: &Time) -> Option<i64> {
        let inside = |time: &&Time| {
            matches!(time.kind, Kind::Moment(_))
                && rate.words.start <= time.words.start
                && time.words.end <= rate.words.end
        };
        let times = times_of(facts, claim);
        let mut starts: Vec<u32> = times.filter(inside).map(|time| time.words.start).collect();
        starts.sort_unstable();
        starts.dedup();
        let number = |start: &u32| {
            (1..=BEFORE).filter_map(|back| start.checked_sub(back)).find_map(|at| self.containers.number(doc, at))
        };
        let numbers: Option<Vec<i64>> = starts.iter().map(number).collect();
        numbers.filter(|numbers| numbers.len() > 1).map(|numbers| numbers.iter().sum::<i64>().saturating_mul(THOUSAND))
    }
}

/// The times of the sentence of a claim.
fn times_of<'a>(facts: &'a Facts, claim: &Claim) -> impl Iterator<Item = &'a Time> {
    let claims = of_sentences(facts, claim.sentence..claim.sentence + 1);
    claims.filter_map(|claim| facts.time(claim))
}

/// True for what holds for everybody and always.
fn is_plain(claim: &Claim) -> bool {
    let is_said = matches!(claim.modality, Modality::Asserted | Modality::Hedged);
    is_said && !claim.is_question && claim.condition.is_none() && !claim.is_in_condition && !claim.is_contrasted
}

/// True for two claims under one heading, or about one thing, that name no different products.
fn may_be_one(doc: &Document, facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let products = |claim: &Claim| -> Vec<u16> {
        let product = |subject: &Subject| match subject.term {
            Term::Topic(topic) if facts.topics().is_product(topic) => Some(topic),
            _ => None,
        };
        subjects(facts, claim).iter().filter_map(product).collect()
    };
    let heading = |claim: &Claim| {
        let block = doc.sentences.get(claim.sentence as usize).map(|sentence| sentence.block)?;
        doc.blocks.get(block as usize).map(|block| block.heading)
    };
    let (of_a, of_b) = (products(a), products(b));
    let are_other = !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|one| of_b.contains(one));
    let share = || subjects(facts, a).iter().any(|one| subjects(facts, b).iter().any(|other| other.term == one.term));
    !are_other && (heading(a) == heading(b) || share())
}
