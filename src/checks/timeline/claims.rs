//! Compares the claims of an article with each other.
//!
//! Two claims clash where it is likely from all that was measured ([`evidence`](super::evidence)), by trees that were fitted to labelled
//! pairs, and from how both are worded ([`second_look`](super::second_look)); or where it is possible and arithmetic leaves no way out
//! ([`compare`](super::compare)). What a reader would never hold against each other is left out before anything is measured.

use super::apart::{are_apart, leaves_time};
use super::compare::{clash, is_retold};
use super::containers::Containers;
use super::evidence::{Pair, Sheet, are_comparable};
use super::own;
use super::rejected::Rejections;
use super::same::Same;
use super::second_look::{HOPELESS, SecondLook};
use super::subjects::{Likeness, Subjects};
use super::wording::{Copies, Wording};
use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::claim::{Slot, Stance};
use crate::facts::{Claim, ClaimReader, Facts, Needs};
use crate::language::{Forest, Lexicon};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// The slots that are compared.
    slots: Vec<Slot>,
    /// True for pairs in which something is forbidden or allowed, false for all others.
    advice: bool,
    /// By what factor two times differ, at least, where arithmetic decides.
    factor: f64,
    /// From what likelihood on, in percent, it may.
    possible: u8,
    /// From what likelihood on, where nothing of the article stands nearer to either of both, or one says no more than the other.
    plain: u8,
    /// From what likelihood on, in percent, a finding has the severity of the rule.
    certain: u8,
    /// From what likelihood on it is one step lower.
    likely: u8,
    /// From what likelihood on it is told at all.
    doubtful: u8,
}

impl Options {
    /// From what likelihood on arithmetic may decide of a pair; `None` for two beginnings of one leave, which nothing explains away.
    fn possible(&self, a: &Claim, b: &Claim) -> Option<u8> {
        let is_leave = self.advice && a.stance != Stance::Forbid && b.stance != Stance::Forbid;
        (!is_leave).then_some(self.possible)
    }
}

/// The trees as they lie in the repository.
static TREES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/clash.bin"));
/// A claim is compared with so many before it, so that the time stays linear in the claims of an article.
const MOST_COMPARED: usize = 100;

/// The trees were fitted to texts that hold many clashes. An article with more statements than this has no more clashes than others: they
/// are rarer among its pairs, and the more must speak for one.
const FEW: f32 = 16.0;
/// Of short texts with hardly any, on the other hand, most that they were fitted to are clean pages, so that they hold clashes for rarer than
/// among passages: with so many words and statements at most
const SHORT: usize = 50;
const FEWEST: usize = 3;
/// so much less must speak for one.
const COMMONER: f32 = 0.65;

/// A sentence is told against so many others at most.
const MOST_TOLD: u8 = 3;

struct Claims {
    rules: Vec<(Wording, Options)>,
    trees: Option<Forest>,
    rejections: Rejections,
    containers: Containers,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let reader = ClaimReader::new(&Arc::new(lexicon.clone()));
    let rules = rules.iter().map(|rule| Ok((Wording::new(rule, &reader)?, rule.options::<Options>()?)));
    let rules = rules.collect::<Result<Vec<_>, RuleError>>()?;
    let (rejections, containers) = (Rejections::new(lexicon), Containers::new(lexicon));
    Ok(Check::Document(Box::new(Claims { rules, trees: Forest::new(TREES, HOPELESS), rejections, containers })))
}

impl DocumentCheck for Claims {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let claims: Vec<&Claim> = own(doc, facts).filter(|claim| !self.containers.hold(doc, facts, claim)).collect();
        let same = Same::new(facts);
        let mut clashing: Vec<Clash> = Vec::new();
        let by_arithmetic = |options: &Options, a: &Claim, b: &Claim| clash(facts, &same, a, b, options.factor);
        let mut second = SecondLook::new(doc, facts);
        let rarer = (claims.len() as f32 / FEW).ln().max(0.0);
        let statements: BTreeSet<u32> = claims.iter().map(|claim| claim.words.start).collect();
        let is_short = doc.words.len() <= SHORT && statements.len() <= FEWEST;
        let commoner = if is_short { COMMONER } else { 0.0 };
        each_pair(doc, facts, &claims, |earlier, later, sheet| {
            if leaves_time(facts, earlier) || leaves_time(facts, later) {
                return;
            }
            let likely = self.trees.as_ref().map_or(f32::MIN, |trees| trees.judge(sheet.numbers(), rarer));
            let odds = second.judge(earlier, later, likely, rarer - commoner) - rarer;
            let (percent, among_few) = (percent(odds), percent(odds + commoner));
            let is_retold = is_retold(doc, facts, earlier, later);
            for (index, options) in self.asked(earlier, later) {
                // What is retold with another time is at least likely.
                let told = if is_retold { among_few.max(f32::from(options.likely)) } else { among_few };
                let likely = match told {
                    told if told >= f32::from(options.certain) => Some(Sure::Certain),
                    told if told >= f32::from(options.likely) => Some(Sure::Likely),
                    told if told >= f32::from(options.doubtful) => Some(Sure::Doubtful),
                    _ => None,
                };
                let is_possible = || {
                    let is_likelier = |least: u8| percent >= f32::from(least);
                    options.possible(earlier, later).is_none_or(is_likelier)
                        || sheet.is_plain() && is_likelier(options.plain)
                };
                let counted = by_arithmetic(options, earlier, later).filter(|_| is_possible());
                let Some(sure) = likely.max(counted) else { continue };
                if [earlier, later].iter().any(|claim| self.rejections.take_back(doc, claim)) {
                    break;
                }
                let order = if counted.is_some() { percent.max(50.0) } else { percent };
                clashing.push(Clash {
                    sure,
                    order,
                    index,
                    earlier,
                    later,
                    is_counted: counted.is_some() && options.advice,
                });
                break;
            }
        });
        // The likeliest first; what one sentence pair or time is told of already is not told again.
        clashing.sort_by(|a, b| b.sure.cmp(&a.sure).then(b.order.total_cmp(&a.order)));
        let mut told: Vec<&Clash> = Vec::new();
        let (mut pairs, mut earlier) = (BTreeSet::new(), BTreeMap::new());
        let mut later: BTreeMap<u32, (bool, u8)> = BTreeMap::new();
        for one in &clashing {
            let pair = (one.earlier.sentence, one.later.sentence);
            // The first that was told of a sentence was the surest. What arithmetic says of it is told with the surest statements against it.
            let is_surer = |sure: &Sure| *sure > one.sure;
            let is_enough = |(is_counted, told): &(bool, u8)| !is_counted || !one.is_counted || *told >= MOST_TOLD;
            let is_known = later.get(&pair.1).is_some_and(is_enough);
            if !is_known && !pairs.contains(&pair) && !earlier.get(&pair.0).is_some_and(is_surer) {
                pairs.insert(pair);
                later.entry(pair.1).or_insert((one.is_counted, 0)).1 += 1;
                earlier.entry(pair.0).or_insert(one.sure);
                told.push(one);
            }
        }
        if told.is_empty() {
            return;
        }
        let copies = Copies::new(doc, facts);
        for one in told {
            if let Some((wording, _)) = self.rules.get(one.index) {
                let diagnostic = wording.tell(doc, facts, &copies, one.earlier, one.later);
                out.push(Found { diagnostic, sure: one.sure });
            }
        }
    }
}

impl Claims {
    /// The rules that are for a pair, by number.
    fn asked(&self, a: &Claim, b: &Claim) -> impl Iterator<Item = (usize, &Options)> {
        let options = self.rules.iter().map(|(_, options)| options).enumerate();
        options.filter(move |(_, options)| is_asked(options, a, b))
    }
}

/// Two claims that clash, the rule by its number, and how sure that is.
struct Clash<'a> {
    sure: Sure,
    /// True for advice where arithmetic says so, not likelihood alone.
    is_counted: bool,
    order: f32,
    index: usize,
    earlier: &'a Claim,
    later: &'a Claim,
}

/// Measures every pair of claims that could clash.
fn each_pair<'a>(
    doc: &Document,
    facts: &'a Facts,
    claims: &[&'a Claim],
    mut tell: impl FnMut(&'a Claim, &'a Claim, &Sheet),
) {
    let subjects = Subjects::new(doc, facts, claims);
    let mut pairs: Vec<(usize, usize, Likeness)> = Vec::new();
    for (index, later) in claims.iter().enumerate() {
        let first = index.saturating_sub(MOST_COMPARED);
        for (before, earlier) in claims.iter().enumerate().take(index).skip(first) {
            let times = facts.times.get(earlier.time as usize).zip(facts.times.get(later.time as usize));
            let are_comparable =
                times.is_some_and(|(a, b)| are_comparable(a, b)) && !is_said_again(doc, earlier, later);
            if are_comparable && !are_apart(facts, earlier, later) && !subjects.is_implied(earlier, later) {
                pairs.push((before, index, subjects.likeness(before, index)));
            }
        }
    }
    // How near each pair comes to the best one that either claim is in.
    let mut tied = vec![f32::EPSILON; claims.len()];
    let mut nearest = vec![Nearest::default(); claims.len()];
    for (place, (a, b, likeness)) in pairs.iter().enumerate() {
        for claim in [*a, *b] {
            tied[claim] = tied[claim].max(likeness.ties);
            nearest[claim].add(likeness.clauses, place);
        }
    }
    let most = tied.iter().copied().fold(f32::EPSILON, f32::max);
    let nearest_of_all = nearest.iter().map(|one| one.best.0).fold(0.0, f32::max);
    let mut sheet = Sheet::default();
    for (place, (a, b, likeness)) in pairs.iter_mut().enumerate() {
        let (of_a, of_b) = (likeness.ties / tied[*a], likeness.ties / tied[*b]);
        (likeness.ties_less, likeness.ties_more, likeness.ties_best) =
            (of_a.min(of_b), of_a.max(of_b), likeness.ties / most);
        let [of_a, of_b] = [*a, *b].map(|claim| likeness.clauses - nearest[claim].other_than(place));
        (likeness.nearer_less, likeness.nearer_more) = (of_a.min(of_b), of_a.max(of_b));
        likeness.nearer_best = likeness.clauses - nearest_of_all;
        let (earlier, later) = (claims[*a], claims[*b]);
        Pair { doc, facts, subjects: &subjects, a: earlier, b: later, likeness }.measure(&mut sheet);
        tell(earlier, later, &sheet);
    }
}

/// True for two claims in the same words: nothing is said again that was not said before.
fn is_said_again(doc: &Document, a: &Claim, b: &Claim) -> bool {
    let words = |claim: &Claim| doc.words.get(claim.words.start as usize..claim.words.end as usize).unwrap_or_default();
    words(a).iter().map(|word| word.key).eq(words(b).iter().map(|word| word.key))
}

/// The two nearest pairs that a claim is in, each with its place.
#[derive(Clone, Copy, Debug, Default)]
struct Nearest {
    best: (f32, usize),
    second: f32,
}

impl Nearest {
    fn add(&mut self, nearness: f32, place: usize) {
        if nearness > self.best.0 {
            (self.best, self.second) = ((nearness, place), self.best.0);
        } else {
            self.second = self.second.max(nearness);
        }
    }

    /// The nearest of all pairs but one.
    fn other_than(&self, place: usize) -> f32 {
        if self.best.1 == place { self.second } else { self.best.0 }
    }
}

/// Log odds in percent.
fn percent(odds: f32) -> f32 {
    100.0 / (1.0 + (-odds).exp())
}

/// Every pair of claims of an article that could clash, with what was measured: what the trees are fitted to.
pub fn measured(doc: &Document, facts: &Facts, tell: impl FnMut(&Claim, &Claim, &Sheet)) {
    each_pair(doc, facts, &own(doc, facts).collect::<Vec<_>>(), tell);
}

/// True where a rule is the one for a pair.
fn is_asked(options: &Options, a: &Claim, b: &Claim) -> bool {
    let quantities = [Slot::Dose, Slot::Age, Slot::Rate, Slot::Count];
    let has = |slot: Slot| a.slot == slot || b.slot == slot;
    let is_leave = |claim: &Claim| matches!(claim.stance, Stance::Forbid | Stance::Permit);
    let quantity = quantities.into_iter().find(|slot| has(*slot));
    let is_advice = quantity.is_none() && (is_leave(a) || is_leave(b));
    match quantity {
        Some(slot) => !options.advice && options.slots.contains(&slot),
        None => options.advice == is_advice && options.slots.iter().any(|slot| !quantities.contains(slot)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Parser;
    use crate::facts::Extractor;
    use crate::facts::time::Kind;
    use crate::rules::RuleSet;
    use crate::source::{Format, Source};

    fn read(text: &str) -> (Document, Facts) {
        let rules = RuleSet::builtin();
        let source = Source::new("article", Format::Markdown, text.into()).expect("an article");
        let doc = Parser::new(&rules.lexicon).parse(Arc::new(source));
        let needs = Needs { copies: true, times: true, claims: true, ..Needs::default() };
        let facts = Extractor::new(needs, &rules.lexicon).read(&doc);
        (doc, facts)
    }

    #[test]
    fn times_stand_over_bans_and_need_no_number() {
        let bans = |text: &str| {
            let (doc, facts) = read(text);
            let bans = facts.claims.iter().filter(|claim| claim.stance == Stance::Forbid);
            bans.map(|claim| doc.quote(claim.words.clone())).collect::<Vec<_>>()
        };
        assert_eq!(bans("## The first three days\n\n- No hair dye\n- Loose hats\n"), ["No hair dye"]);
        assert_eq!(bans("| When | What |\n|---|---|\n| 1–2 weeks | No gardening |\n"), ["No gardening"]);
        assert!(bans("# Two weeks in Rome\n\nNo hair dye.\n").is_empty(), "a title is no stretch of time");
        assert!(bans("| What | Why |\n|---|---|\n| Gloves | No need |\n").is_empty());
        let claims = |text: &str| read(text).1.claims.len();
        assert_eq!(claims("Swallow the capsule with food.\n\nThe capsule goes down between meals.\n"), 2);
        assert_eq!(claims("Keep the boot on until the bone has knit.\n"), 1);
        assert_eq!(claims("Keep the boot on.\n"), 0);
    }

    #[test]
    fn a_length_and_its_last_day_are_not_held_against_each_other() {
        let pairs = |text: &str| {
            let ((doc, facts), mut pairs) = (read(text), 0);
            measured(&doc, &facts, |_, _, _| pairs += 1);
            pairs
        };
        assert_eq!(pairs("The drain is pulled after five days.\n\nOn day five the drain is pulled.\n"), 0);
        assert_eq!(pairs("The drain is pulled after five days.\n\nOn day nine the drain is pulled.\n"), 1);
        assert_eq!(pairs("No swimming for six weeks.\n\nYou may swim from week two.\n"), 1);
    }

    #[test]
    fn the_trees_ask_for_what_is_measured() {
        let (doc, facts) = read("Avoid swimming for two weeks.\n\nYou can swim again after three days.\n");
        let mut pairs = 0;
        measured(&doc, &facts, |_, _, sheet| {
            pairs += 1;
            let trees = Forest::new(TREES, HOPELESS).expect("the table");
            assert_eq!(trees.names().collect::<Vec<_>>(), sheet.names());
        });
        assert_eq!(pairs, 1);
    }

    #[test]
    fn times_of_a_day_are_counted() {
        let rate = |text: &str| {
            let (_, facts) = read(text);
            let rates = facts.claims.iter().filter_map(|claim| facts.times.get(claim.time as usize));
            let rates = rates.filter(|time| time.kind == Kind::Rate).filter_map(|time| time.interval);
            rates.map(|interval| interval.lo / 3600).collect::<Vec<_>>()
        };
        assert_eq!(rate("Swallow one at breakfast and another at bedtime.\n"), [12]);
        assert_eq!(rate("Swallow two at breakfast, two at lunch and two at bedtime.\n"), [8]);
        assert_eq!(rate("One at breakfast, one at eleven and another mug after lunch.\n"), [8]);
        assert!(rate("Come at breakfast, and the nurse calls after lunch.\n").is_empty());
        assert!(rate("Nausea is worse in the morning and better in the evening.\n").is_empty());
        assert!(rate("Swallow one at bedtime.\n").is_empty());
    }

    #[test]
    fn named_days_tell_how_far_apart() {
        let days = |text: &str| {
            // One named time alone is not read.
            let (_, facts) = read(&format!("{text}\nRest for an hour.\n"));
            let rates = facts.times.iter().filter(|time| time.kind == Kind::Rate);
            rates.filter_map(|time| time.interval).map(|spacing| spacing.lo / 86_400).collect::<Vec<_>>()
        };
        assert_eq!(days("The left comes out on Monday, the right on Friday.\n"), [4]);
        assert_eq!(days("Two peels: this Friday, then the Friday after.\n"), [7]);
        assert_eq!(days("The first is on 3 March and the second on 17 March.\n"), [14]);
        assert_eq!(days("Yours are the 1st, 15th and 29th of March.\n"), [14]);
        assert_eq!(days("Put one on the 1st of June, it is due on the 8th.\n"), [7]);
        assert!(days("Come in the 2nd week and the 5th week.\n").is_empty());
        assert!(days("The desk is open Monday to Friday.\n").is_empty());
        assert!(days("Children under 5 may sit, those over 10 may swim.\n").is_empty());
        assert!(days("Come on Tuesday or Thursday.\n").is_empty());
        assert!(days("Stay in between Monday and Friday.\n").is_empty());
        assert!(days("The first is on 30 March and the second on 2 April.\n").is_empty());
        assert!(days("Monday is fine. You may come early.\n").is_empty());
    }

    #[test]
    fn nothing_is_a_ban_and_ten_is_no_device() {
        let (_, facts) = read("Lift nothing heavier than a kettle for ten days.\n");
        assert_eq!(facts.claims.iter().map(|claim| claim.stance).collect::<Vec<_>>(), [Stance::Forbid]);
        let subjects = |text: &str| read(text).1.subjects.len();
        assert!(subjects("Rest for ten days.\n") < subjects("Rest with the TENS machine for ten days.\n"));
    }
}
