//! Compares the claims of an article with each other.
//!
//! Two claims clash where it is likely from all that was measured ([`evidence`](super::evidence)), by trees that were fitted to labelled
//! pairs, and from how both are worded ([`second_look`](super::second_look)); or where it is possible and arithmetic leaves no way out
//! ([`compare`](super::compare)). What a reader would never hold against each other is left out before anything is measured.

use super::apart::leaves_time;
use super::compare::{clash, is_retold};
use super::containers::Containers;
use super::own;
use super::pairs::each_pair;
use super::rejected::Rejections;
use super::same::Same;
use super::second_look::{HOPELESS, SecondLook};
use super::wording::{Copies, Wording};
use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::claim::{Slot, Stance};
use crate::facts::{Claim, ClaimReader, Facts, Needs};
use crate::language::{Forest, Lexicon};
use crate::rules::{Rule, RuleError};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
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
/// An article with more statements than this has no more clashes than others.
const FEW: f32 = 24.0;
/// A text of so many words and statements, at most, is a passage.
const SHORT: usize = 50;
const FEWEST: usize = 3;
/// By how much, as log odds, clashes are commoner in passages than the trees hold, which were fitted to whole pages too.
const COMMONER: f32 = 0.65;
/// Arithmetic that is possible at all counts for so much, in percent, where findings are ordered.
const COUNTED: f32 = 50.0;

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
        let clashes = self.clashes(doc, facts);
        let chosen = chosen(facts, &clashes);
        if chosen.is_empty() {
            return;
        }
        let copies = Copies::new(doc, facts);
        for one in chosen {
            if let Some((wording, _)) = self.rules.get(one.index) {
                let diagnostic = wording.tell(doc, facts, &copies, one.earlier, one.later);
                out.push(Found { diagnostic, sure: one.sure });
            }
        }
    }
}

impl Claims {
    /// All clashes of an article, the surest and likeliest first.
    fn clashes<'a>(&self, doc: &Document, facts: &'a Facts) -> Vec<Clash<'a>> {
        let claims: Vec<&Claim> = own(doc, facts).filter(|claim| !self.containers.hold(doc, facts, claim)).collect();
        let same = Same::new(facts);
        let mut second = SecondLook::new(doc, facts);
        let Prior { rarer, commoner } = Prior::of(doc, &claims);
        let mut clashes = Vec::new();
        each_pair(doc, facts, &claims, |earlier, later, sheet| {
            if leaves_time(facts, earlier) || leaves_time(facts, later) {
                return;
            }
            let by_trees = self.trees.as_ref().map_or(f32::MIN, |trees| trees.judge(sheet.numbers(), rarer));
            let odds = second.judge(earlier, later, by_trees, rarer - commoner) - rarer;
            let pair = Judged {
                earlier,
                later,
                likely: percent(odds),
                among_few: percent(odds + commoner),
                is_retold: is_retold(doc, facts, earlier, later),
                is_plain: sheet.is_plain(),
            };
            let by_arithmetic = |options: &Options| clash(facts, &same, earlier, later, options.factor);
            let clash =
                self.asked(earlier, later).find_map(|(index, options)| pair.clash(index, options, by_arithmetic));
            let is_taken_back = || {
                self.rejections.part(doc, earlier, later)
                    || [earlier, later].iter().any(|claim| self.rejections.take_back(doc, claim))
            };
            clashes.extend(clash.filter(|_| !is_taken_back()));
        });
        clashes.sort_by(|a, b| b.sure.cmp(&a.sure).then(b.order.total_cmp(&a.order)));
        clashes
    }

    /// The rules that are for a pair, by number.
    fn asked(&self, a: &Claim, b: &Claim) -> impl Iterator<Item = (usize, &Options)> {
        let options = self.rules.iter().map(|(_, options)| options).enumerate();
        options.filter(move |(_, options)| is_asked(options, a, b))
    }
}

/// How common clashes are among the pairs of an article, beside those that the trees were fitted to, as log odds.
struct Prior {
    /// The more statements an article has, the more must speak for a clash of two of them.
    rarer: f32,
    /// In passages less must.
    commoner: f32,
}

impl Prior {
    fn of(doc: &Document, claims: &[&Claim]) -> Self {
        let statements: BTreeSet<u32> = claims.iter().map(|claim| claim.words.start).collect();
        let is_passage = doc.words.len() <= SHORT && statements.len() <= FEWEST;
        Self { rarer: (claims.len() as f32 / FEW).ln().max(0.0), commoner: if is_passage { COMMONER } else { 0.0 } }
    }
}

/// A pair of claims with how likely it clashes, in percent.
struct Judged<'a> {
    earlier: &'a Claim,
    later: &'a Claim,
    likely: f32,
    /// The same, in a passage.
    among_few: f32,
    is_retold: bool,
    is_plain: bool,
}

impl<'a> Judged<'a> {
    /// The clash that a rule tells, if any.
    fn clash(
        &self,
        index: usize,
        options: &Options,
        by_arithmetic: impl Fn(&Options) -> Option<Sure>,
    ) -> Option<Clash<'a>> {
        // What is retold with another time is at least likely.
        let percent = if self.is_retold { self.among_few.max(f32::from(options.likely)) } else { self.among_few };
        let steps =
            [(options.certain, Sure::Certain), (options.likely, Sure::Likely), (options.doubtful, Sure::Doubtful)];
        let likely = steps.into_iter().find(|(least, _)| percent >= f32::from(*least)).map(|(_, sure)| sure);
        let is_likelier = |least: u8| self.likely >= f32::from(least);
        let is_possible = || {
            options.possible(self.earlier, self.later).is_none_or(is_likelier)
                || self.is_plain && is_likelier(options.plain)
        };
        let counted = by_arithmetic(options).filter(|_| is_possible());
        Some(Clash {
            sure: likely.max(counted)?,
            is_counted: counted.is_some() && options.advice,
            order: if counted.is_some() { self.likely.max(COUNTED) } else { self.likely },
            index,
            earlier: self.earlier,
            later: self.later,
        })
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

impl Clash<'_> {
    /// The two sentences.
    fn sentences(&self) -> (u32, u32) {
        (self.earlier.sentence, self.later.sentence)
    }
}

/// The clashes that are told, of all in their order: what one pair of sentences is told of already is not told again.
fn chosen<'c, 'a>(facts: &Facts, clashes: &'c [Clash<'a>]) -> Vec<&'c Clash<'a>> {
    let mut chosen: Vec<&Clash> = Vec::new();
    let (mut pairs, mut earlier) = (BTreeSet::new(), BTreeMap::new());
    let mut later: BTreeMap<u32, (bool, u8)> = BTreeMap::new();
    for one in clashes {
        let pair = one.sentences();
        // The first that was told of a sentence was the surest. What arithmetic says of it is told with the surest statements against it.
        let is_surer = |sure: &Sure| *sure > one.sure;
        let is_enough = |(is_counted, told): &(bool, u8)| !is_counted || !one.is_counted || *told >= MOST_TOLD;
        let is_known = later.get(&pair.1).is_some_and(is_enough);
        if !is_known && !pairs.contains(&pair) && !earlier.get(&pair.0).is_some_and(is_surer) {
            pairs.insert(pair);
            later.entry(pair.1).or_insert((one.is_counted, 0)).1 += 1;
            earlier.entry(pair.0).or_insert(one.sure);
            chosen.push(one);
        }
    }
    // Of two sentences that clash, times of one kind are shown where some do as surely.
    let mut alike: BTreeMap<(u32, u32), &Clash> = BTreeMap::new();
    for one in
        clashes.iter().filter(|one| pairs.contains(&one.sentences()) && are_of_one_kind(facts, one.earlier, one.later))
    {
        alike.entry(one.sentences()).or_insert(one);
    }
    let shown =
        |one: &'c Clash<'a>| alike.get(&one.sentences()).filter(|shown| shown.sure == one.sure).copied().unwrap_or(one);
    chosen.into_iter().map(shown).collect()
}

/// True for two times of one kind: two lengths, two rates.
fn are_of_one_kind(facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let kind = |claim: &Claim| facts.time(claim).map(|time| discriminant(&time.kind));
    kind(a) == kind(b)
}

/// Log odds in percent.
fn percent(odds: f32) -> f32 {
    100.0 / (1.0 + (-odds).exp())
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
    use super::super::pairs::measured;
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
    fn a_clause_of_signs_claims_nothing() {
        let (_, facts) = read("mg… 48 hours.Then stop task\n- [\n\n");
        assert!(facts.claims.iter().all(|claim| !claim.words.is_empty()), "{:?}", facts.claims);
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
            let rates = facts.claims.iter().filter_map(|claim| facts.time(claim));
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
