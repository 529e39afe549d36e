//! What speaks for and against two claims contradicting each other, measured.
//!
//! Nothing is decided here: the trees that were fitted to labelled pairs (`rules/tables/clash.bin`) judge the whole sheet. Every
//! measurement is the same whichever claim stands first.

use super::compare::{agree, are_about, follow};
use super::subjects::{Likeness, Relation, Subjects};
use crate::document::{BlockKind, Document};
use crate::facts::claim::{Modality, Origin, Slot, Stance};
use crate::facts::time::{Bound, Kind, Time};
use crate::facts::{Claim, Facts};
use crate::language::Interval;
use std::collections::BTreeSet;

/// Times are told apart up to this factor, as a natural logarithm.
const FARTHEST: f32 = 6.0;
/// What is allowed so much earlier than a ban ends, in parts of it, is a matter of rounding.
const ROUNDING: f32 = 0.85;
/// What is nearer than this is the nearest.
const NEAREST: f32 = 0.999;
/// Shorter times, in seconds, are at once.
const AT_ONCE: f32 = 3600.0;
const SHORT: f32 = 1800.0;

/// A sheet of measurements: names and numbers, always in the same order.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    names: Vec<&'static str>,
    numbers: Vec<f32>,
    is_plain: bool,
}

impl Sheet {
    /// The names, in order.
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The numbers, in order.
    pub fn numbers(&self) -> &[f32] {
        &self.numbers
    }

    /// True where no two statements of the article are tied by more and neither of the two matches another better, or where both name
    /// one topic and one of them says nothing that the other does not.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    fn put(&mut self, name: &'static str, number: f32) {
        // The first pair names what is measured; for all others it is the same.
        if self.names.len() == self.numbers.len() {
            self.names.push(name);
        }
        debug_assert_eq!(self.names.get(self.numbers.len()), Some(&name));
        self.numbers.push(number);
    }

    fn is(&mut self, name: &'static str, holds: bool) {
        self.put(name, f32::from(u8::from(holds)));
    }
}

/// Two claims of an article.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub doc: &'a Document,
    pub facts: &'a Facts,
    pub subjects: &'a Subjects<'a>,
    pub a: &'a Claim,
    pub b: &'a Claim,
    pub likeness: &'a Likeness,
}

impl Pair<'_> {
    /// Fills the sheet.
    pub fn measure(&self, sheet: &mut Sheet) {
        sheet.numbers.clear();
        self.times(sheet);
        self.stances(sheet);
        self.places(sheet);
        self.circumstances(sheet);
        self.kinds(sheet);
        self.likeness.measure(sheet);
        let known = self.subjects.relation(self.a, self.b);
        known.measure(sheet);
        sheet.put("claims", (self.subjects.count().max(2) as f32).ln());
        let is_nearest = self.likeness.ties_best > NEAREST && self.likeness.nearer_less >= 0.0;
        sheet.is_plain = is_nearest || self.likeness.is_covered && !known.further && known.same;
    }

    fn time(&self, claim: &Claim) -> Option<&Time> {
        self.facts.time(claim)
    }

    /// How many of both claims it holds for.
    fn count(&self, holds: impl Fn(&Claim) -> bool) -> f32 {
        f32::from(u8::from(holds(self.a)) + u8::from(holds(self.b)))
    }

    fn count_times(&self, holds: impl Fn(&Time) -> bool) -> f32 {
        self.count(|claim| self.time(claim).is_some_and(&holds))
    }

    fn times(&self, sheet: &mut Sheet) {
        let told = |claim: &Claim| self.time(claim).and_then(|time| time.interval);
        let (told_a, told_b) = (told(self.a), told(self.b));
        let between = told_a.zip(told_b).map_or(0.0, |(a, b)| apart(a, b));
        let meant = apart(self.a.interval, self.b.interval);
        sheet.put("apart", meant);
        sheet.put("told apart", between);
        sheet.is("overlap", meant == 0.0 && between == 0.0);
        sheet.is("equal", told_a == told_b);
        sheet.put("ban", self.ban(self.a, self.b).max(self.ban(self.b, self.a)));
        let low = |told: Interval| (told.lo as f32).max(SHORT).ln();
        let ratio = told_a.zip(told_b).map_or(0.0, |(a, b)| (low(a) - low(b)).abs().min(FARTHEST));
        sheet.put("beginnings apart", ratio);
        sheet.is("same kind", self.time(self.a).map(|t| number(t.kind)) == self.time(self.b).map(|t| number(t.kind)));
        let kinds = ["length", "rate", "age", "dose", "count", "moment", "clock"];
        for (index, name) in kinds.into_iter().enumerate() {
            sheet.put(name, self.count_times(|time| number(time.kind) == index));
        }
        let bounds = [
            ("standing", Bound::Standing),
            ("zero", Bound::Zero),
            ("min", Bound::Min),
            ("max", Bound::Max),
            ("event", Bound::Event),
        ];
        for (name, bound) in bounds {
            sheet.put(name, self.count_times(|time| time.bound == bound));
        }
        sheet.put("window", self.count_times(|time| matches!(time.bound, Bound::Index | Bound::Window)));
    }

    /// How much earlier than a ban ends the other claim has something done, as a logarithm; 0 where it does not.
    fn ban(&self, ban: &Claim, other: &Claim) -> f32 {
        if ban.stance != Stance::Forbid || other.stance == Stance::Forbid {
            return 0.0;
        }
        let begins = self.time(other).and_then(|time| time.interval).map_or(0.0, |told| told.lo as f32);
        let ends = ban.interval.lo as f32;
        if begins < ends * ROUNDING {
            (ends.max(1.0) / begins.max(AT_ONCE)).ln().clamp(-FARTHEST, FARTHEST)
        } else {
            0.0
        }
    }

    fn stances(&self, sheet: &mut Sheet) {
        let stances = [
            ("forbid", Stance::Forbid),
            ("permit", Stance::Permit),
            ("require", Stance::Require),
            ("value", Stance::Value),
        ];
        for (name, stance) in stances {
            sheet.put(name, self.count(|claim| claim.stance == stance));
        }
        sheet.is("same slot", self.a.slot == self.b.slot);
        let slots = [
            ("start", Slot::Start),
            ("end", Slot::End),
            ("peak", Slot::Peak),
            ("full", Slot::Full),
            ("shelf", Slot::Shelf),
            ("gap", Slot::Gap),
            ("often", Slot::Rate),
        ];
        for (name, slot) in slots {
            sheet.put(name, self.count(|claim| claim.slot == slot));
        }
    }

    fn places(&self, sheet: &mut Sheet) {
        let block = |claim: &Claim| {
            let sentence = self.doc.sentences.get(claim.sentence as usize)?;
            Some((sentence.block, self.doc.blocks.get(sentence.block as usize)?))
        };
        let (of_a, of_b) = (block(self.a), block(self.b));
        let apart = self.a.sentence.abs_diff(self.b.sentence);
        sheet.is("adjacent", apart == 1);
        sheet.put("distance", (apart as f32).ln_1p());
        sheet.is("same block", of_a.map(|(number, _)| number) == of_b.map(|(number, _)| number));
        let heading = of_a.map(|(_, block)| block.heading) == of_b.map(|(_, block)| block.heading);
        let lead_in = of_a.map(|(_, block)| block.lead_in) == of_b.map(|(_, block)| block.lead_in);
        let kind = |claim: &Claim| block(claim).map(|(_, block)| block.kind);
        let items = self.count(|claim| matches!(kind(claim), Some(BlockKind::Item(_))));
        sheet.is("same list", items == 2.0 && heading && lead_in);
        sheet.put("cells", self.count(|claim| matches!(kind(claim), Some(BlockKind::Cell { .. }))));
        sheet.is("same heading", heading);
    }

    fn circumstances(&self, sheet: &mut Sheet) {
        sheet.put("condition", self.count(|claim| claim.condition.is_some()));
        sheet.put("in condition", self.count(|claim| claim.is_in_condition));
        sheet.put("relative", self.count(|claim| claim.is_relative));
        sheet.put("staged", self.count(|claim| claim.is_staged));
        sheet.put("guessed", self.count(|claim| claim.is_guessed));
        sheet.put("hedged", self.count(|claim| claim.modality == Modality::Hedged));
        sheet.put("attributed", self.count(|claim| claim.modality == Modality::Attributed));
        sheet.put("narrated", self.count(|claim| claim.modality == Modality::Told));
        sheet.put("supposed", self.count(|claim| claim.modality == Modality::Supposed));
        sheet.put("denied", self.count(|claim| claim.modality == Modality::Denied));
        sheet.put("contrast", self.count(|claim| claim.is_contrasted));
        sheet.put("inherited", self.count(|claim| matches!(claim.origin, Origin::Before | Origin::Heading)));
        sheet.put("counted", self.count(|claim| !claim.event.is_empty()));
        sheet.put("unnamed", self.count(|claim| claim.own.is_empty()));
        let (a, b) = (self.a, self.b);
        sheet.is("agreed", agree(self.facts, a, b));
        sheet.is("follow", follow(self.facts, a, b));
        sheet.is("about", are_about(self.facts, a, b));
        sheet.is("other side", a.is_before != b.is_before);
        let both = a.anchor.zip(b.anchor);
        sheet.is("other event", both.is_some_and(|(a, b)| a != b));
        sheet.is("same event", both.is_some_and(|(a, b)| a == b));
        sheet.is("one event", a.anchor.is_some() != b.anchor.is_some());
    }

    fn kinds(&self, sheet: &mut Sheet) {
        let (a, b) = (self.a, self.b);
        sheet.put("groups", self.count(|claim| claim.population != 0));
        sheet.is("other groups", a.population != b.population);
        sheet.is("apart groups", a.population != 0 && b.population != 0 && a.population & b.population == 0);
        let of = |claim: &Claim, dimension: u16| -> BTreeSet<u16> {
            claim.qualifiers.iter().filter(|(of, _)| *of == dimension).map(|(_, kind)| *kind).collect()
        };
        let (mut other, mut same, mut one) = (false, false, 0.0);
        let dimensions: BTreeSet<u16> = a.qualifiers.iter().chain(&b.qualifiers).map(|(of, _)| *of).collect();
        for dimension in dimensions {
            let (of_a, of_b) = (of(a, dimension), of(b, dimension));
            match (of_a.is_empty() || of_b.is_empty(), of_a.is_disjoint(&of_b)) {
                (true, _) => one += 1.0,
                (false, true) => other = true,
                (false, false) => same = true,
            }
        }
        sheet.is("other qualifier", other);
        sheet.is("same qualifier", same);
        sheet.put("one qualifier", one);
        let (ban, leave) = if a.stance == Stance::Forbid { (a, b) } else { (b, a) };
        let is_ban = ban.stance == Stance::Forbid;
        sheet.is("other intensity", a.intensity != 0 && b.intensity != 0 && a.intensity != b.intensity);
        sheet.is("lighter leave", is_ban && leave.intensity > 0 && ban.intensity > leave.intensity);
        sheet.is("light leave", is_ban && leave.intensity == 1 && ban.intensity != 1);
        sheet.is("strenuous ban", is_ban && ban.intensity >= 2 && leave.intensity == 0);
    }
}

/// By what factor two stretches that share nothing lie apart, as a logarithm; 0 where they meet.
pub(super) fn apart(a: Interval, b: Interval) -> f32 {
    if a.overlaps(b) {
        return 0.0;
    }
    let (low, high) = if a.lo < b.lo { (a, b) } else { (b, a) };
    let end = low.hi.unwrap_or(low.lo).max(1) as f32;
    ((high.lo as f32).max(1.0) / end).ln().clamp(0.01, FARTHEST)
}

/// Kinds of times by number.
fn number(kind: Kind) -> usize {
    match kind {
        Kind::Length => 0,
        Kind::Rate => 1,
        Kind::Age => 2,
        Kind::Dose { .. } => 3,
        Kind::Count { .. } => 4,
        Kind::Moment(_) => 5,
        Kind::Clock => 6,
    }
}

/// True for two times that can be held against each other.
pub(super) fn are_comparable(a: &Time, b: &Time) -> bool {
    match (a.kind, b.kind) {
        (Kind::Dose { measure, .. }, Kind::Dose { measure: other, .. }) => measure == other,
        // How often is another question than how much at once, or at what time of the day.
        (Kind::Dose { per, .. }, other) | (other, Kind::Dose { per, .. }) => other == Kind::Rate && per.is_some(),
        (Kind::Moment(a), Kind::Moment(b)) => a == b,
        (Kind::Moment(_), Kind::Rate) | (Kind::Rate, Kind::Moment(_)) => false,
        _ => true,
    }
}

impl Likeness {
    fn measure(&self, sheet: &mut Sheet) {
        sheet.put("clauses", self.clauses);
        sheet.put("subjects", self.subjects);
        sheet.put("sentences", self.sentences);
        sheet.put("sections", self.sections);
        sheet.put("nearer less", self.nearer_less);
        sheet.put("nearer more", self.nearer_more);
        sheet.put("nearer best", self.nearer_best);
        sheet.put("shared", self.shared);
        sheet.put("shared most", self.shared_most);
        sheet.put("shared in sentences", self.shared_said);
        sheet.put("shared here most", self.local_most);
        sheet.put("shared here", self.local);
        sheet.put("shared here in sentences", self.local_said);
        sheet.put("tie", self.tie);
        sheet.put("ties", self.ties);
        sheet.put("over tie", self.over_tie);
        sheet.put("ties less", self.ties_less);
        sheet.put("ties more", self.ties_more);
        sheet.put("ties best", self.ties_best);
    }
}

impl Relation {
    fn measure(&self, sheet: &mut Sheet) {
        sheet.is("same topic", self.same);
        sheet.is("general topic", self.general);
        sheet.is("kind of topic", self.kind);
        sheet.is("sibling topic", self.sibling);
        sheet.is("other topic", self.other);
        sheet.is("further topics", self.further);
        sheet.is("other product", self.other_product);
        sheet.is("one product", self.one_product);
        sheet.put("topic rarity", self.rarity);
    }
}
