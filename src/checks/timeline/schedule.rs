//! Courses whose arithmetic does not hold: twelve sessions, one a week, and the whole over in a month.
//!
//! A number of sessions with how far apart they are, in one sentence or the next, is a plan. A length in a sentence about the whole of a
//! course, in the same section, is held against it.

use super::compare::ratio;
use super::{DAY, of_sentences, own};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::facts::claim::{Modality, Slot};
use crate::facts::time::{Bound, Kind, Lead, Side, Time};
use crate::facts::{Claim, Facts, Needs};
use crate::language::{Interval, Lexicon, WordList, length};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::sync::Arc;

/// The list of what speaks of the whole of a course.
const WHOLE: &str = "whole course";

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// By what factor the length that is told must miss the one that comes out, at least.
    factor: f64,
}

struct Schedule {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    plan: Template,
    whole: WordList,
}

/// Words that put a length before or behind the course, so soon before its name.
const PAST: [&str; 6] = ["after", "since", "before", "following", "from", "between"];
const PAST_WITHIN: usize = 3;
/// Words between a number of sessions and what they are counted in, at most: “two sessions are held each week”.
const COUNTED_IN: u32 = 4;
/// Words that share a number out, so soon behind it.
const EACH: [&str; 3] = ["each", "every", "apiece"];
const EACH_WITHIN: usize = 2;
/// A section of more plans is a list of courses, and no length is that of all of them.
const MOST_PLANS: usize = 50;

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let read = |rule: &Arc<Rule>| {
        Ok(Schedule {
            options: rule.options()?,
            message: rule.message(&["number", "spacing", "sum", "whole"])?,
            plan: rule.text("plan", &[])?,
            whole: lexicon.list(WHOLE),
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(rules.iter().map(read).collect::<Result<Vec<_>, RuleError>>()?)))
}

/// A number of sessions and the time between two of them.
struct Plan<'a> {
    number: &'a Time,
    spacing: &'a Time,
    sentence: u32,
    heading: Option<u32>,
    /// How long all of it takes, in seconds.
    length: Interval,
}

impl DocumentCheck for Vec<Schedule> {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let plans = plans(doc, facts);
        if plans.is_empty() {
            return;
        }
        for schedule in self {
            let wholes = own(doc, facts).filter(|claim| schedule.is_whole(doc, facts, claim));
            let findings = wholes.filter_map(|claim| schedule.tell(doc, facts, &plans, claim));
            out.extend(findings.map(|diagnostic| Found { diagnostic, sure: Sure::Certain }));
        }
    }
}

impl Schedule {
    /// True for the length of the whole of a course.
    fn is_whole(&self, doc: &Document, facts: &Facts, claim: &Claim) -> bool {
        let Some(time) = facts.time(claim) else { return false };
        let is_told = matches!(claim.modality, Modality::Asserted | Modality::Hedged) && !claim.is_question;
        let is_length = time.kind == Kind::Length && time.side == Side::Unsaid && claim.slot != Slot::Gap;
        let is_whole = !matches!(time.bound, Bound::Min | Bound::Index | Bound::Standing);
        let own = claim.words.start as usize..claim.words.end as usize;
        let keys = doc.words.get(own).unwrap_or_default();
        // “Weeks after the last session” is past the course.
        let is_past = |at: usize| {
            let before = keys.get(at.saturating_sub(PAST_WITHIN)..at).unwrap_or_default();
            before.iter().any(|word| PAST.contains(&doc.slice(word.text)))
        };
        let is_named =
            || (0..keys.len()).any(|at| self.whole.begins(keys[at..].iter().map(|word| word.key)) && !is_past(at));
        is_told && is_length && is_whole && claim.event.is_empty() && is_named()
    }

    /// The finding where a length misses every plan of its section.
    fn tell(&self, doc: &Document, facts: &Facts, plans: &[Plan<'_>], claim: &Claim) -> Option<Diagnostic> {
        let time = facts.time(claim)?;
        let whole = time.interval.filter(|whole| whole.hi.unwrap_or(whole.lo) >= DAY)?;
        let here = heading(doc, claim.sentence);
        let first = plans.partition_point(|plan| plan.heading < here);
        let count = plans[first..].partition_point(|plan| plan.heading == here);
        let near = &plans[first..first + count];
        let is_missed = |plan: &Plan<'_>| ratio(whole, plan.length).is_some_and(|ratio| ratio >= self.options.factor);
        if near.len() > MOST_PLANS || !near.iter().all(is_missed) {
            return None;
        }
        let plan = near.iter().min_by_key(|plan| plan.sentence.abs_diff(claim.sentence))?;
        let words = |time: &Time| doc.quote(time.words.clone());
        let sum = match (days(plan.length.lo), plan.length.hi.map(days)) {
            (lo, Some(hi)) if lo == hi => lo,
            (lo, Some(hi)) => format!("{lo}–{hi}"),
            (lo, None) => format!("{lo}–…"),
        };
        let message = self.message.fill(&[
            ("number", &words(plan.number)),
            ("spacing", &words(plan.spacing)),
            ("sum", &sum),
            ("whole", &words(time)),
        ]);
        let from = plan.number.words.start.min(plan.spacing.words.start);
        let told = from..plan.number.words.end.max(plan.spacing.words.end);
        let at = doc.words_text(claim.words.clone());
        let mut found = finding(&self.rule, doc, at, &[told.clone(), claim.words.clone()], message);
        let span = doc.span(doc.words_text(told));
        found.secondary.push(Label { path: doc.source.path.clone(), span, message: self.plan.fill(&[]) });
        Some(found)
    }
}

/// A length of time, longer ones in whole days.
fn days(seconds: i64) -> String {
    length(if seconds > 2 * DAY { (seconds + DAY / 2) / DAY * DAY } else { seconds })
}

fn heading(doc: &Document, sentence: u32) -> Option<u32> {
    let block = doc.sentences.get(sentence as usize)?.block;
    doc.blocks.get(block as usize)?.heading
}

/// True for `three outings in each`: so many are not all.
fn is_of_each(doc: &Document, count: &Time) -> bool {
    let behind = count.words.end as usize;
    let words = doc.words.get(behind..behind + EACH_WITHIN).unwrap_or_default();
    words.iter().any(|word| EACH.contains(&doc.slice(word.text)))
}

/// True for `two sessions are held each week`: so many a week, not in all.
fn are_counted_in(doc: &Document, count: &Time, rate: &Time) -> bool {
    let between = count.words.end..rate.words.start;
    let word = |at: u32| doc.words.get(at as usize).map(|word| word.text);
    let text = between.start.checked_sub(1).and_then(word).zip(word(between.end));
    let text = text.and_then(|(before, behind)| doc.text.get(before.end as usize..behind.start as usize));
    let is_each =
        word(rate.words.start).is_some_and(|first| matches!(doc.slice(first), "each" | "every" | "a" | "per"));
    is_each && between.len() as u32 <= COUNTED_IN && text.is_some_and(|text| !text.contains([',', ';', ':', '.', '(']))
}

/// Numbers of sessions with their spacing: in the same sentence, or in the one behind it.
fn plans<'a>(doc: &Document, facts: &'a Facts) -> Vec<Plan<'a>> {
    let is_kind = |claim: &Claim, of: fn(Kind) -> bool| facts.time(claim).is_some_and(|time| of(time.kind));
    let numbers = own(doc, facts).filter(|claim| is_kind(claim, |kind| matches!(kind, Kind::Count { .. })));
    let is_plain =
        |claim: &&Claim| claim.condition.is_none() && !claim.is_question && claim.modality <= Modality::Hedged;
    let mut plans = Vec::new();
    let is_all = |time: &Time| {
        let is_one_of_them = time.bound == Bound::Index || matches!(time.lead, Lead::Between | Lead::Before);
        !is_one_of_them && !is_of_each(doc, time)
    };
    let numbers: Vec<&Claim> = numbers.filter(is_plain).filter(|claim| facts.time(claim).is_some_and(is_all)).collect();
    let is_spacing = |claim: &&Claim| {
        let is_rate = is_kind(claim, |kind| kind == Kind::Rate);
        let is_apart = claim.slot == Slot::Gap || is_rate;
        let is_counted_in = || {
            let counts = of_sentences(facts, claim.sentence..claim.sentence + 1).filter_map(|claim| facts.time(claim));
            let mut counts = counts.filter(|time| matches!(time.kind, Kind::Count { .. }));
            facts.time(claim).is_some_and(|rate| counts.any(|count| are_counted_in(doc, count, rate)))
        };
        is_apart
            && !(is_rate && is_counted_in())
            && facts
                .time(claim)
                .is_some_and(|time| !matches!(time.bound, Bound::Standing | Bound::Index | Bound::Window))
    };
    // Which claims are a spacing is asked once, not once for each number beside them.
    let all = facts.claims.iter().filter(|_| !numbers.is_empty());
    let spacings: Vec<&Claim> = all.filter(is_plain).filter(is_spacing).collect();
    for number in numbers {
        let first = spacings.partition_point(|claim| claim.sentence < number.sentence);
        let near = spacings.get(first).filter(|claim| claim.sentence <= number.sentence + 1);
        let Some(spacing) = near else { continue };
        let Some((count, spaced)) = facts.time(number).zip(facts.time(spacing)) else { continue };
        let Some((many, apart)) = count.interval.zip(spaced.interval) else { continue };
        if apart.lo < DAY {
            continue;
        }
        let hi = many.hi.zip(apart.hi).map(|(many, apart)| many.saturating_mul(apart));
        let length = Interval { lo: (many.lo - 1).max(0).saturating_mul(apart.lo), hi };
        let heading = heading(doc, number.sentence);
        plans.push(Plan { number: count, spacing: spaced, sentence: number.sentence, heading, length });
    }
    plans
}
