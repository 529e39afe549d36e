//! Phrases that spinners leave behind, with what stood there before.
//!
//! The table knows thousands of them by the keys of their words. Only words that begin one are looked at; at one place the longest
//! phrase wins. Phrases that stand in honest texts too are weak: they count for the article and show only when it is found spun.

use super::wording::capitalised;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::Data;
use crate::document::Document;
use crate::facts::{Facts, FoldedWords, Needs};
use crate::language::swaps::{NO_WORDS, PhraseGate, SwappedPhrase, longer_key};
use crate::language::{Certainty, Lexicon, SwapTable};
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {}

struct Phrases {
    rules: Vec<(Arc<Rule>, Template)>,
    table: SwapTable,
    gate: PhraseGate,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let with_message = |rule: &Arc<Rule>| {
        rule.options::<Options>()?;
        Ok((rule.clone(), rule.message(&["match", "suggestion"])?))
    };
    let rules = rules.iter().map(with_message).collect::<Result<_, RuleError>>()?;
    let table = SwapTable::builtin();
    Ok(Check::Document(Box::new(Phrases { rules, table, gate: table.phrase_gate() })))
}

impl DocumentCheck for Phrases {
    fn needs(&self) -> Needs {
        Needs { swapped: true, ..Needs::default() }
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let words = FoldedWords { doc, keys: &facts.folded };
        let mut end = 0;
        for first in facts.swapped.iter().filter(|word| word.known.begins_phrase) {
            let at = first.at as usize;
            if at >= end
                && let Some((length, phrase)) = self.longest_at(&words, at)
            {
                end = at + length;
                self.tell(doc, at as u32..end as u32, phrase, out);
            }
        }
    }
}

impl Phrases {
    /// The longest phrase that begins at a word that begins any, with its number of words.
    fn longest_at(&self, words: &FoldedWords<'_>, at: usize) -> Option<(usize, SwappedPhrase)> {
        let [first, second] = *words.keys.get(at..)?.first_chunk()?;
        if !words.is_joined(at) {
            return None;
        }
        let longest = self.table.longest_phrase(&self.gate, first, second);
        let mut key = longer_key(NO_WORDS, first);
        let mut found = None;
        for length in 2..=longest {
            if !words.is_joined(at + length - 2) {
                break;
            }
            key = longer_key(key, *words.keys.get(at + length - 1)?);
            found = self.table.phrase(key).map(|phrase| (length, phrase)).or(found);
        }
        found
    }

    fn tell(&self, doc: &Document, words: Range<u32>, phrase: SwappedPhrase, out: &mut Vec<Found>) {
        let place = doc.words_text(words.clone());
        let written = doc.slice(place);
        let is_in_capitals = !written.contains(char::is_lowercase);
        if is_in_capitals || doc.block_of(words.start).is_none_or(|block| block.is_reference) {
            return;
        }
        let suggestion = capitalised(phrase.original.to_owned(), written);
        for (rule, message) in &self.rules {
            let message = message.fill(&[("match", written), ("suggestion", &suggestion)]);
            let mut diagnostic = finding(rule, doc, place, std::slice::from_ref(&words), message);
            diagnostic.data = Data::Suggestions { suggestions: vec![suggestion.clone()], weight: phrase.weight };
            let sure = if phrase.certainty == Certainty::Certain { Sure::Certain } else { Sure::Weak };
            out.push(Found { diagnostic, sure });
        }
    }
}
