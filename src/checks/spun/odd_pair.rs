//! Words that sit oddly with their neighbours, where a known swap would explain it ("un-spin").
//!
//! A word of the table is looked at where it stands: pairs with its neighbours that no good text holds speak for a swap, pairs that
//! good texts hold speak against it, and an original that belongs together with the same neighbours explains it best. The sum, in
//! hundredths of nats, is the score of a logistic model. Two neighbouring words may also have been swapped both.

use super::wording::of_word;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::Data;
use crate::document::{Document, WordKind};
use crate::facts::{Facts, FoldedWords, Needs, Neighbour, SmallWords};
use crate::language::swaps::{Known, pair_key, word_key};
use crate::language::{Gap, Lexicon, SwapTable};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    odd_beside: i32,
    odd_apart: i32,
    known_beside: i32,
    known_small: i32,
    known_apart: i32,
    doubling: i32,
    evidence_from: i32,
    alone_from: i32,
    double_doublings: u32,
    double_weight: u32,
}

struct OddPairs {
    rules: Vec<(Arc<Rule>, Options, Template)>,
    small: SmallWords,
    table: SwapTable,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], lexicon: &Lexicon) -> Result<Check, RuleError> {
    let read = |rule: &Arc<Rule>| Ok((rule.clone(), rule.options()?, rule.message(&["match", "suggestion"])?));
    let rules = rules.iter().map(read).collect::<Result<_, RuleError>>()?;
    Ok(Check::Document(Box::new(OddPairs { rules, small: SmallWords::new(lexicon), table: SwapTable::builtin() })))
}

/// No collocation is more frequent, in doublings.
const MOST_DOUBLINGS: i32 = 12;

/// A neighbour of a word, and whether good text holds the pair.
struct Beside {
    neighbour: Neighbour,
    is_attested: bool,
}

impl DocumentCheck for OddPairs {
    fn needs(&self) -> Needs {
        Needs { swapped: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let words = FoldedWords { doc, keys: &facts.folded };
        for (number, word) in facts.swapped.iter().enumerate() {
            let (at, known) = (word.at as usize, word.known);
            let Some(base) = self.table.best_base(known) else { continue };
            let Some(key) = words.keys.get(at) else { continue };
            let look = |neighbour| self.look(*key, neighbour);
            let second = facts.swapped.get(number + 1).filter(|second| second.at == word.at + 1);
            let second = second.map(|second| second.known).filter(|known| known.has_originals());
            if second.is_none() && !self.rules.iter().any(|(_, options, _)| options.may_stand(base)) {
                continue;
            }
            let after = self.small.next(&words, at, true).map(look);
            let second = second.filter(|_| after.as_ref().is_some_and(|after| !after.is_attested));
            if second.is_none() && !self.rules.iter().any(|(_, options, _)| options.may_begin(base, after.as_ref())) {
                continue;
            }
            let next = [self.small.next(&words, at, false).map(look), after];
            if second.is_none() && !self.rules.iter().any(|(_, options, _)| options.may_reach(base, &next)) {
                continue;
            }
            if is_name(&words, at) || is_reference(doc, at) {
                continue;
            }
            let apart = [false, true].map(|is_after| self.small.apart(&words, at, is_after).map(look));
            let beside: Vec<Beside> = next.into_iter().chain(apart).flatten().collect();
            for (rule, options, message) in &self.rules {
                self.tell_one(&words, at, (rule, options, message), known, &beside, out);
                if let Some(second) = second {
                    self.tell_both(&words, at, (rule, options, message), [known, second], out);
                }
            }
        }
    }
}

impl OddPairs {
    fn look(&self, key: u64, neighbour: Neighbour) -> Beside {
        Beside { is_attested: self.table.is_attested(pair(key, neighbour)), neighbour }
    }

    /// One word that was swapped.
    fn tell_one(
        &self,
        words: &FoldedWords<'_>,
        at: usize,
        (rule, options, message): (&Arc<Rule>, &Options, &Template),
        known: Known,
        beside: &[Beside],
        out: &mut Vec<Found>,
    ) {
        let doc = words.doc;
        let place: i32 = beside.iter().map(|beside| options.of(beside)).sum();
        let mut best: Vec<(i32, &str)> = Vec::new();
        for original in self.table.originals(known) {
            if original.base + place + options.doubling * MOST_DOUBLINGS < options.evidence_from {
                break;
            }
            let key = word_key(original.word);
            let odd = beside.iter().filter(|beside| beside.neighbour.gap == Gap::Next && !beside.is_attested);
            let strongest = odd.filter_map(|beside| self.table.collocation(pair(key, beside.neighbour))).max();
            let score = original.base + place + options.doubling * strongest.unwrap_or_default() as i32 / 16;
            if score >= options.evidence_from {
                best.push((score, original.word));
            }
        }
        best.sort_by_key(|(score, word)| (-score, *word));
        if let Some((score, _)) = best.first() {
            let suggestions = best.iter().take(2).map(|(_, word)| *word).collect::<Vec<_>>();
            let weight = (score - options.evidence_from) as u32;
            let sure = if *score >= options.alone_from { Sure::Certain } else { Sure::Weak };
            let range = at as u32..at as u32 + 1;
            let suggestions = suggestions.into_iter().map(|word| of_word(word, written(doc, at))).collect();
            out.push(Found { diagnostic: tell(rule, message, doc, range, suggestions, weight), sure });
        }
    }

    /// This word and the next one, both swapped, where no good text holds the pair.
    fn tell_both(
        &self,
        words: &FoldedWords<'_>,
        at: usize,
        (rule, options, message): (&Arc<Rule>, &Options, &Template),
        [known, next]: [Known; 2],
        out: &mut Vec<Found>,
    ) {
        let doc = words.doc;
        if is_name(words, at + 1) {
            return;
        }
        let seconds: Vec<(u64, &str)> = self.table.originals(next).map(|o| (word_key(o.word), o.word)).collect();
        let mut best: Option<(u32, &str, &str)> = None;
        for first in self.table.originals(known) {
            let key = word_key(first.word);
            for (second, word) in &seconds {
                let together = self.table.collocation(pair_key(key, *second, Gap::Next)).unwrap_or_default();
                if together >= options.double_doublings * 16 && best.is_none_or(|(most, _, _)| together > most) {
                    best = Some((together, first.word, word));
                }
            }
        }
        if let Some((_, first, second)) = best {
            let suggestion = format!("{} {}", of_word(first, written(doc, at)), of_word(second, written(doc, at + 1)));
            let range = at as u32..at as u32 + 2;
            let diagnostic = tell(rule, message, doc, range, vec![suggestion], options.double_weight);
            out.push(Found { diagnostic, sure: Sure::Weak });
        }
    }
}

impl Options {
    /// False where the word has too little evidence, whatever stands beside it.
    fn may_stand(&self, base: i32) -> bool {
        base + 2 * self.most_beside() + self.most_apart() + self.most_together() >= self.evidence_from
    }

    /// False where the word has too little evidence, whatever stands before it.
    fn may_begin(&self, base: i32, after: Option<&Beside>) -> bool {
        let after = after.map_or(0, |after| self.of(after));
        base + after + self.most_beside() + self.most_apart() + self.most_together() >= self.evidence_from
    }

    /// False where the pairs with the next words, whatever else stands there, leave too little: most words end here.
    fn may_reach(&self, base: i32, next: &[Option<Beside>; 2]) -> bool {
        let is_odd = next.iter().flatten().any(|beside| !beside.is_attested);
        let doublings = if is_odd { self.most_together() } else { 0 };
        let place: i32 = next.iter().flatten().map(|beside| self.of(beside)).sum();
        base + place + self.most_apart() + doublings >= self.evidence_from
    }

    /// The most that the original with its neighbour can say.
    fn most_together(&self) -> i32 {
        self.doubling.max(0) * MOST_DOUBLINGS
    }

    /// The most that the next word on one side can say.
    fn most_beside(&self) -> i32 {
        self.odd_beside.max(self.odd_beside / 2).max(self.known_beside).max(self.known_small).max(0)
    }

    /// The most that the words behind small ones can say.
    fn most_apart(&self) -> i32 {
        2 * self.odd_apart.max(self.known_apart).max(0)
    }

    /// What a pair says, in hundredths of nats.
    fn of(&self, beside: &Beside) -> i32 {
        let Beside { neighbour, is_attested } = beside;
        match (neighbour.gap, is_attested) {
            (Gap::Next, true) if neighbour.is_small => self.known_small,
            (Gap::Next, true) => self.known_beside,
            (Gap::Next, false) if neighbour.is_small => self.odd_beside / 2,
            (Gap::Next, false) => self.odd_beside,
            (Gap::Apart, true) => self.known_apart,
            (Gap::Apart, false) => self.odd_apart,
        }
    }
}

fn pair(key: u64, neighbour: Neighbour) -> u64 {
    match neighbour.is_after {
        true => pair_key(key, neighbour.key, neighbour.gap),
        false => pair_key(neighbour.key, key, neighbour.gap),
    }
}

fn written(doc: &Document, at: usize) -> &str {
    doc.words.get(at).map_or("", |word| doc.slice(word.text))
}

/// True for words with a capital inside a run of words, and for words in capitals: names, titles, abbreviations.
fn is_name(words: &FoldedWords<'_>, at: usize) -> bool {
    let word = written(words.doc, at);
    let follows = at > 0 && words.is_joined(at - 1);
    words.doc.words.get(at).is_none_or(|word| word.kind == WordKind::Number)
        || word.starts_with(char::is_uppercase) && (follows || word.chars().skip(1).any(char::is_uppercase))
}

/// True in lists of sources.
fn is_reference(doc: &Document, at: usize) -> bool {
    doc.block_of(at as u32).is_none_or(|block| block.is_reference)
}

fn tell(
    rule: &Rule,
    message: &Template,
    doc: &Document,
    words: Range<u32>,
    suggestions: Vec<String>,
    weight: u32,
) -> crate::diagnostic::Diagnostic {
    let at = doc.words_text(words.clone());
    let suggestion = suggestions.first().map_or("", String::as_str);
    let message = message.fill(&[("match", doc.slice(at)), ("suggestion", suggestion)]);
    let mut diagnostic = finding(rule, doc, at, &[words], message);
    diagnostic.data = Data::Suggestions { suggestions, weight };
    diagnostic
}
