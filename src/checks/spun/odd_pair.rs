//! Words that sit oddly with their neighbours, where a known swap would explain it ("un-spin").
//!
//! A word of the table is looked at where it stands: pairs with its neighbours that no good text holds speak for a swap, pairs that
//! good texts hold speak against it, and an original that belongs together with the same neighbours explains it best. The sum, in
//! hundredths of nats, is the score of a logistic model. Two neighbouring words may also have been swapped both.

use super::wording::of_word;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::Data;
use crate::document::{Document, Language, WordKind};
use crate::facts::{Facts, FoldedWords, Neighbour, SmallWords};
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
    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        if doc.language == Language::Other {
            return;
        }
        let words = FoldedWords::new(doc);
        for (at, key) in words.keys.iter().enumerate() {
            let Some(known) = self.table.word(*key) else { continue };
            let Some(likeliest) = self.table.originals(known).next() else { continue };
            let look = |neighbour| self.look(*key, neighbour);
            let next = [false, true].map(|is_after| self.small.next(&words, at, is_after).map(look));
            if !self.rules.iter().any(|(_, options, _)| options.may_reach(likeliest.base, &next)) {
                continue;
            }
            if is_name(&words, at) || is_reference(doc, at) {
                continue;
            }
            let apart = [false, true].map(|is_after| self.small.apart(&words, at, is_after).map(look));
            let beside: Vec<Beside> = next.into_iter().chain(apart).flatten().collect();
            for (rule, options, message) in &self.rules {
                self.tell_one(&words, at, (rule, options, message), known, &beside, out);
                self.tell_both(&words, at, (rule, options, message), known, &beside, out);
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

    /// This word and the next one, both swapped.
    fn tell_both(
        &self,
        words: &FoldedWords<'_>,
        at: usize,
        (rule, options, message): (&Arc<Rule>, &Options, &Template),
        known: Known,
        beside: &[Beside],
        out: &mut Vec<Found>,
    ) {
        let doc = words.doc;
        let is_next = |beside: &&Beside| beside.neighbour.is_after && beside.neighbour.gap == Gap::Next;
        if beside.iter().find(is_next).is_none_or(|next| next.is_attested) || is_name(words, at + 1) {
            return;
        }
        let Some(next) = words.keys.get(at + 1).and_then(|key| self.table.word(*key)) else { return };
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
    /// False where the pairs with the next words, whatever else stands there, leave too little: most words end here.
    fn may_reach(&self, base: i32, next: &[Option<Beside>; 2]) -> bool {
        let is_odd = next.iter().flatten().any(|beside| !beside.is_attested);
        let doublings = if is_odd { self.doubling * MOST_DOUBLINGS } else { 0 };
        let place: i32 = next.iter().flatten().map(|beside| self.of(beside)).sum();
        is_odd && next[1].as_ref().is_some_and(|next| !next.is_attested)
            || base + place + 2 * self.odd_apart.max(0) + doublings >= self.evidence_from
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
