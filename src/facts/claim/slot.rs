//! What a time is the time of: the stance of its clause, and the slot that verbs and small words tell.

use super::reading::Reading;
use super::senses::{Layer, Mark};
use super::{Slot, Stance};
use crate::facts::Time;
use crate::facts::time::{Bound, Kind, Lead, Side};
use crate::language::Interval;
use std::ops::Range;

impl Reading<'_> {
    /// The stance of a clause, and the cue that tells it.
    pub fn stance(&self, words: &Range<u32>, time: &Time) -> Option<(Stance, u16)> {
        self.stance_among(&self.marks, words, time)
    }

    /// The stance of a lead-in or a heading, for what stands under it.
    pub fn stance_of_block(&self, block: u32, time: u32) -> Option<(Stance, u16)> {
        let words = self.doc.blocks.get(block as usize)?.words.clone();
        let mut marks = Vec::new();
        self.senses.read(self.doc, &self.stems, words.clone(), &mut marks);
        self.stance_among(&marks, &words, self.times.get(time as usize)?)
    }

    fn stance_among(&self, marks: &[Mark], words: &Range<u32>, time: &Time) -> Option<(Stance, u16)> {
        let cues = self.cues;
        let outside: Vec<&Mark> = marks
            .iter()
            .filter(|mark| {
                mark.sense.layer == Layer::Stance && words.start <= mark.words.start && mark.words.end <= words.end
            })
            .filter(|mark| mark.words.end <= time.words.start || mark.words.start >= time.words.end)
            .collect();
        let first = |kinds: &[Option<u16>]| outside.iter().find(|mark| kinds.contains(&Some(mark.sense.of)));
        // “You may change it” is leave, “the cast, which may be heavy, comes off” is not: what stands first counts.
        let permit = first(&cues.permit);
        let stop = first(&[cues.stop]).filter(|stop| permit.is_none_or(|permit| stop.words.start < permit.words.start));
        let is_advice = |mark: &&&Mark| [cues.permit, cues.require].as_flattened().contains(&Some(mark.sense.of));
        // “You must not” and “you should never”,
        let is_negation = |mark: &&Mark| Some(mark.sense.of) == cues.negation;
        let is_negated =
            |mark: &&&Mark| outside.iter().filter(|m| is_negation(m)).any(|m| m.words.start == mark.words.end);
        let negated = outside.iter().filter(is_advice).find(is_negated);
        // “nobody should”, “nobody under six”.
        let nobody = first(&[cues.nobody]).filter(|nobody| {
            let is_behind = |mark: &&Mark| mark.words.start >= nobody.words.end;
            time.kind == Kind::Age || outside.iter().filter(is_advice).any(is_behind)
        });
        let order = [
            (first(&[cues.release]), Stance::Permit),
            (first(&cues.forbid), Stance::Forbid),
            (negated, Stance::Forbid),
            (nobody, Stance::Forbid),
            (first(&[cues.wait]), Stance::Forbid),
            (stop, Stance::Require),
            (permit, Stance::Permit),
            (first(&[cues.require[0], cues.require[1], cues.limit]), Stance::Require),
        ];
        order.iter().find_map(|(mark, stance)| mark.map(|mark| (*stance, mark.sense.of)))
    }

    /// What the time is the time of, and its interval there.
    pub fn slot(
        &self,
        words: &Range<u32>,
        time: &Time,
        interval: Interval,
        stance: Option<(Stance, u16)>,
        is_under: bool,
    ) -> Option<(Stance, Slot, Interval)> {
        let cues = self.cues;
        let own = stance.map_or(Stance::Value, |(stance, _)| stance);
        match time.kind {
            Kind::Rate if self.has(words, Layer::Slot, &[cues.spacing]) => return Some((own, Slot::Gap, interval)),
            Kind::Rate => return Some((own, Slot::Rate, interval)),
            Kind::Dose { .. } => return Some((own, Slot::Dose, interval)),
            Kind::Age => return Some((own, Slot::Age, interval)),
            Kind::Count { .. } => return Some((own, Slot::Count, interval)),
            Kind::Clock | Kind::Moment(_) => return None,
            Kind::Length => {}
        }
        if matches!(time.side, Side::Ago | Side::Each) {
            return None;
        }
        let hi = interval.hi;
        let ends_at = |hi: Option<i64>| Interval::at_least(hi.unwrap_or(interval.lo));
        let is_window = matches!(time.bound, Bound::Window | Bound::Max | Bound::Zero) || is_under;
        let cue = stance.map(|(_, cue)| Some(cue));
        match own {
            Stance::Forbid if is_under && self.says_longer(time) => None,
            Stance::Forbid if self.says_longer(time) => Some((own, Slot::End, Interval::at_most(interval.lo))),
            Stance::Forbid if is_window => Some((own, Slot::Start, ends_at(hi))),
            Stance::Forbid if matches!(time.lead, Lead::After | Lead::From) && cue != Some(cues.wait) => None,
            Stance::Forbid => Some((own, Slot::Start, Interval::at_least(interval.lo))),
            Stance::Permit if time.lead == Lead::For => Some((own, Slot::End, interval)),
            Stance::Permit if is_under || self.says_when(time) => Some((own, Slot::Start, interval)),
            Stance::Permit => self.value_slot(words, time).map(|slot| (own, slot, interval)),
            Stance::Require if cue == Some(cues.stop) => Some((own, Slot::End, interval)),
            Stance::Require if self.has(words, Layer::Slot, &[cues.spacing]) => Some((own, Slot::Gap, interval)),
            Stance::Require => match (time.lead, time.bound) {
                (Lead::For | Lead::Until | Lead::During, _) | (_, Bound::Window) => Some((own, Slot::End, interval)),
                _ if is_under || self.says_when(time) => Some((own, Slot::Start, interval)),
                _ => self.value_slot(words, time).map(|slot| (own, slot, interval)),
            },
            Stance::Value => {
                let guess = match time.lead {
                    Lead::For | Lead::During => Some(Slot::End),
                    _ if self.says_when(time) => Some(Slot::Start),
                    _ => None,
                };
                self.value_slot(words, time).or(guess).map(|slot| (own, slot, interval))
            }
        }
    }

    /// The slot that the verbs of a clause tell.
    pub fn value_slot(&self, words: &Range<u32>, time: &Time) -> Option<Slot> {
        let cues = self.cues;
        let slots: [(&[Option<u16>], Slot); 7] = [
            (&[cues.good_for], Slot::Shelf),
            (&[cues.spacing], Slot::Gap),
            (&[cues.peaks], Slot::Peak),
            (&[cues.full], Slot::Full),
            (&[cues.ends, cues.lasts, cues.protects, cues.infectious], Slot::End),
            (&[cues.starts], Slot::Start),
            (&[cues.due], Slot::Gap),
        ];
        let said = slots.iter().find(|(kinds, _)| self.has(words, Layer::Slot, kinds)).map(|(_, slot)| *slot);
        // What “takes” two weeks ends then; what takes notice does not.
        let takes = |mark: &Mark| Some(mark.sense.of) == cues.takes && mark.words.end.abs_diff(time.words.start) <= 1;
        said.or_else(|| self.marks_in(words, Layer::Slot).any(takes).then_some(Slot::End))
    }

    /// True for a time at which something may begin: “after two days”, “on day 3”, “at once”.
    fn says_when(&self, time: &Time) -> bool {
        let leads = [Lead::After, Lead::From, Lead::On, Lead::In, Lead::By, Lead::Within, Lead::Until, Lead::Before];
        time.side == Side::After
            || leads.contains(&time.lead)
            || matches!(time.bound, Bound::Zero | Bound::Index | Bound::Event)
    }

    /// True for “more than”, “longer than”, “over”: behind a ban that is a limit.
    fn says_longer(&self, time: &Time) -> bool {
        let words = self.doc.words.get(time.words.start as usize..time.words.end as usize).unwrap_or_default();
        time.bound == Bound::Min && words.iter().any(|word| self.senses.is_longer(word.key))
    }
}
