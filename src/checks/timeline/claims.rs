//! Compares the claims of an article with each other.
//!
//! Two claims clash where arithmetic leaves no way out ([`compare`](super::compare)), or where trees that were fitted to labelled pairs
//! think it likely from all that was measured ([`evidence`](super::evidence)). What a reader would never hold against each other is
//! left out before anything is measured.

use super::compare::{are_apart, clash};
use super::evidence::{Pair, Sheet, are_comparable};
use super::same::Same;
use super::subjects::{Likeness, Subjects};
use super::wording::Wording;
use crate::checks::{Check, DocumentCheck, Found, Sure};
use crate::document::Document;
use crate::facts::claim::{Slot, Stance, Topics};
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
    /// By what factor two times differ, at least, where arithmetic alone decides.
    factor: f64,
    /// From what likelihood on, in percent, a finding has the severity of the rule.
    certain: u8,
    /// From what likelihood on it is one step lower.
    likely: u8,
    /// From what likelihood on it is told at all.
    doubtful: u8,
}

/// The trees as they lie in the repository.
static TREES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/clash.bin"));
/// A claim is compared with so many before it, so that the time stays linear in the claims of an article.
const MOST_COMPARED: usize = 100;

struct Claims {
    rules: Vec<(Wording, Options)>,
    topics: Topics,
    trees: Option<Forest>,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let reader = ClaimReader::new(&Arc::new(lexicon.clone()));
    let rules = rules.iter().map(|rule| Ok((Wording::new(rule, &reader)?, rule.options::<Options>()?)));
    let rules = rules.collect::<Result<Vec<_>, RuleError>>()?;
    Ok(Check::Document(Box::new(Claims { rules, topics: Topics::new(lexicon), trees: Forest::new(TREES) })))
}

impl DocumentCheck for Claims {
    fn needs(&self) -> Needs {
        Needs { copies: true, times: true, claims: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let claims = own(facts);
        let same = Same::new(facts, &self.topics);
        let mut clashing: Vec<Clash> = Vec::new();
        each_pair(doc, facts, &claims, &self.topics, |earlier, later, sheet| {
            let likely = self.trees.map_or(f32::MIN, |trees| {
                let measured: Vec<f32> = sheet.numbers().collect();
                trees.judge(&measured)
            });
            let percent = 100.0 / (1.0 + (-likely).exp());
            let is_sure = |options: &Options| clash(facts, &same, earlier, later, options.factor);
            for (index, (_, options)) in self.rules.iter().enumerate().filter(|(_, (_, o))| is_asked(o, earlier, later))
            {
                let sure = match percent {
                    _ if is_sure(options) => Sure::Certain,
                    p if p >= f32::from(options.certain) => Sure::Certain,
                    p if p >= f32::from(options.likely) => Sure::Likely,
                    p if p >= f32::from(options.doubtful) => Sure::Doubtful,
                    _ => continue,
                };
                let order = if is_sure(options) { percent.max(50.0) } else { percent };
                clashing.push(Clash { sure, order, index, earlier, later });
                break;
            }
        });
        // The likeliest first; what one sentence pair or time is told of already is not told again.
        clashing.sort_by(|a, b| b.sure.cmp(&a.sure).then(b.order.total_cmp(&a.order)));
        let mut told: Vec<&Clash> = Vec::new();
        let (mut later, mut earlier) = (BTreeSet::new(), BTreeMap::new());
        for one in &clashing {
            // The first that was told of a sentence was the surest.
            let is_surer = |sure: &Sure| *sure > one.sure;
            if !later.contains(&one.later.sentence) && !earlier.get(&one.earlier.sentence).is_some_and(is_surer) {
                later.insert(one.later.sentence);
                earlier.entry(one.earlier.sentence).or_insert(one.sure);
                told.push(one);
            }
        }
        for one in told {
            if let Some((wording, _)) = self.rules.get(one.index) {
                let diagnostic = wording.tell(doc, facts, one.earlier, one.later);
                out.push(Found { diagnostic, sure: one.sure });
            }
        }
    }
}

/// Two claims that clash, the rule by its number, and how sure that is.
struct Clash<'a> {
    sure: Sure,
    order: f32,
    index: usize,
    earlier: &'a Claim,
    later: &'a Claim,
}

/// The claims of an article; what stands in a copy is told with its first telling.
fn own(facts: &Facts) -> Vec<&Claim> {
    facts.claims.iter().filter(|claim| facts.original(claim.words.start) == claim.words.start).collect()
}

/// Measures every pair of claims that could clash.
fn each_pair<'a>(
    doc: &Document,
    facts: &'a Facts,
    claims: &[&'a Claim],
    topics: &Topics,
    mut tell: impl FnMut(&'a Claim, &'a Claim, &Sheet),
) {
    let subjects = Subjects::new(facts, claims, topics);
    let mut pairs: Vec<(usize, usize, Likeness)> = Vec::new();
    for (index, later) in claims.iter().enumerate() {
        let first = index.saturating_sub(MOST_COMPARED);
        for (before, earlier) in claims.iter().enumerate().take(index).skip(first) {
            let times = facts.times.get(earlier.time as usize).zip(facts.times.get(later.time as usize));
            let can_clash = times.is_some_and(|(a, b)| are_comparable(a, b)) && !are_apart(facts, earlier, later);
            if can_clash {
                pairs.push((before, index, subjects.likeness(earlier, later)));
            }
        }
    }
    // How near each pair comes to the best one that either claim is in.
    let (mut best, mut tied) = (vec![f32::EPSILON; claims.len()], vec![f32::EPSILON; claims.len()]);
    for (a, b, likeness) in &pairs {
        for claim in [*a, *b] {
            best[claim] = best[claim].max(likeness.sum());
            tied[claim] = tied[claim].max(likeness.ties);
        }
    }
    let most = tied.iter().copied().fold(f32::EPSILON, f32::max);
    let mut sheet = Sheet::default();
    for (before, index, mut likeness) in pairs {
        let (a, b) = (likeness.sum() / best[before], likeness.sum() / best[index]);
        (likeness.best_less, likeness.best_more) = (a.min(b), a.max(b));
        let (a, b) = (likeness.ties / tied[before], likeness.ties / tied[index]);
        (likeness.ties_less, likeness.ties_more, likeness.ties_best) = (a.min(b), a.max(b), likeness.ties / most);
        let (a, b) = (claims[before], claims[index]);
        Pair { doc, facts, subjects: &subjects, a, b, likeness: &likeness }.measure(&mut sheet);
        tell(a, b, &sheet);
    }
}

/// Every pair of claims of an article that could clash, with what was measured: what the trees are fitted to.
pub fn measured(doc: &Document, facts: &Facts, topics: &Topics, mut tell: impl FnMut(&Claim, &Claim, &Sheet)) {
    each_pair(doc, facts, &own(facts), topics, |a, b, sheet| tell(a, b, sheet));
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
