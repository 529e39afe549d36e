//! What somebody said to somebody else about the text while it was made: notes among colleagues, answers to whoever ordered it, stamps of text mills.
//!
//! Nobody words such a remark twice. Which words and pairs of words give one away was learnt from remarks of many writers and from articles
//! ([`RemarkTable`]); a sentence, or an aside in brackets, is told where what its words say adds up.

use crate::checks::quoted::{floor, is_quoted};
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, BlockKind, Document, Word, WordKind};
use crate::facts::{Facts, Gates};
use crate::language::{Feature, KeyMap, Lexicon, RemarkTable};
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// An aside is no longer, in bytes,
const LONGEST: usize = 500;
/// and no shorter, in words.
const FEWEST: usize = 4;
/// So many words of a remark are looked at.
const MOST: usize = 60;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// From these log odds on, in hundredths, it is told with the severity of the rule.
    certain: i16,
    /// From these on a step below.
    likely: i16,
}

struct One {
    rule: Arc<Rule>,
    message: Template,
    options: Options,
}

struct Remarks {
    rules: Vec<One>,
    table: RemarkTable,
    openers: KeyMap<()>,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        Ok(One { rule: rule.clone(), message: rule.message(&["match"])?, options: rule.options::<Options>()? })
    };
    let table = RemarkTable::builtin();
    let openers = table.openers().map(|key| (key, ())).collect();
    let rules = rules.iter().map(one).collect::<Result<_, RuleError>>()?;
    Ok(Check::Document(Box::new(Remarks { rules, table, openers })))
}

impl DocumentCheck for Remarks {
    fn open(&self, gates: &mut Gates) {
        self.table.openers().for_each(|key| gates.add_word(key));
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let mut seen = BTreeSet::new();
        for at in &facts.openings.words {
            let opener = doc.words.get(*at as usize).filter(|word| self.openers.contains_key(&word.key));
            let unit = opener.and_then(|word| unit(doc, word)).filter(|unit| seen.insert((unit.start, unit.end)));
            let Some(unit) = unit else { continue };
            let words = words_in(doc, unit);
            let odds_of = |is_told: &dyn Fn(&Word) -> bool| {
                100.0 * self.table.odds(features(doc, &words, doc.slice(unit), is_told))
            };
            let is_likely = |odds: &f32| self.rules.iter().any(|one| *odds >= f32::from(one.options.likely));
            // What it quotes says nothing of it.
            let odds = Some(odds_of(&|_| true)).filter(is_likely).map(|_| odds_of(&|word| !is_quoted(doc, word.text)));
            let Some(odds) = odds else { continue };
            let is_at = |least: i16| odds >= f32::from(least);
            for one in self.rules.iter().filter(|one| is_at(one.options.likely)) {
                let message = one.message.fill(&[("match", doc.slice(unit))]);
                let sure = if is_at(one.options.certain) { Sure::Certain } else { Sure::Likely };
                out.push(Found {
                    diagnostic: finding(&one.rule, doc, unit, std::slice::from_ref(&words), message),
                    sure,
                });
            }
        }
    }
}

/// What a remark round a word may fill: the aside in brackets that it stands in, or its sentence.
fn unit(doc: &Document, word: &Word) -> Option<TextSpan> {
    let sentence = doc.sentences.get(word.sentence as usize)?;
    let block = doc.blocks.get(sentence.block as usize).filter(|block| is_of_article(block))?;
    let aside = aside(doc.slice(block.text), (word.text.start - block.text.start) as usize)
        .map(|range| TextSpan::new(block.text.start + range.start as u32, block.text.start + range.end as u32));
    Some(aside.filter(|aside| words_in(doc, *aside).len() >= FEWEST).unwrap_or(sentence.text))
}

/// What a text shows, by those of its words that are told.
fn features(doc: &Document, words: &Range<u32>, text: &str, is_told: &dyn Fn(&Word) -> bool) -> Vec<Feature> {
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    let key = |word: &Word| if word.kind == WordKind::Number { Feature::NUMBER } else { word.key };
    let keys: Vec<u64> = words.iter().filter(|word| is_told(word)).take(MOST).map(key).collect();
    let pairs = keys.windows(2).map(|two| Feature::Pair(two[0], two[1]));
    keys.iter().copied().map(Feature::Word).chain(pairs).chain(shapes(text)).collect()
}

/// What a text shows by its shape.
fn shapes(text: &str) -> impl Iterator<Item = Feature> {
    let text = text.trim().trim_matches(['(', ')', '[', ']', '{', '}', '*', '_', ' ']);
    let doubt = text.contains("??").then_some(Feature::Doubt);
    let addressee = is_addressed(text).then_some(Feature::Addressee);
    [doubt, addressee, is_signed(text).then_some(Feature::Signature)].into_iter().flatten()
}

/// “@Petra …”, “Sabine: …”, “Jo, …”.
fn is_addressed(text: &str) -> bool {
    let named = text.strip_prefix('@');
    let text = named.unwrap_or(text);
    let end = text.find(|c: char| !c.is_alphabetic() && !matches!(c, '’' | '\'')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let mut letters = name.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let is_set_off = rest.trim_start().starts_with([':', ',', '–', '—', '-']) && rest.trim_start().contains(' ');
    is_name && (named.is_some() || is_set_off)
}

/// “… - M.”, “… – JB”.
fn is_signed(text: &str) -> bool {
    let Some((_, last)) = text.rsplit_once(['-', '–', '—']) else { return false };
    let last = last.trim().trim_end_matches('.');
    (1..=2).contains(&last.chars().count()) && last.chars().all(char::is_uppercase)
}

/// What stands in the brackets round a place, brackets included.
fn aside(text: &str, at: usize) -> Option<Range<usize>> {
    let first = floor(text, at.saturating_sub(LONGEST));
    let last = floor(text, (at + LONGEST).min(text.len()));
    let (before, behind) = (text.get(first..at)?, text.get(at..last)?);
    let start = before.rfind(['(', '['])?;
    let close = if before[start..].starts_with('(') { ')' } else { ']' };
    let end = behind.find(close).filter(|_| !before[start..].contains(close))?;
    (before.len() - start + end <= LONGEST).then_some(first + start..at + end + close.len_utf8())
}

/// A quotation holds remarks of others, a heading names its topic, and the page round an article speaks of itself.
fn is_of_article(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Quote | BlockKind::Heading(_)) && !block.area.is_furniture()
}

fn words_in(doc: &Document, text: TextSpan) -> Range<u32> {
    let first = doc.words.partition_point(|word| word.text.end <= text.start);
    let end = doc.words.partition_point(|word| word.text.start < text.end);
    first as u32..end as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asides_and_their_shapes() {
        let text = "Rest (Jo, is this right?? - M.) and drink [see (2) here].";
        assert_eq!(aside(text, 10).map(|range| &text[range]), Some("(Jo, is this right?? - M.)"));
        assert_eq!((aside(text, 2), aside(text, 34)), (None, None));
        let all = [Feature::Doubt, Feature::Addressee, Feature::Signature];
        assert!(shapes("(Jo, is this right?? - M.)").eq(all));
        assert!(shapes("NB: is this right?").next().is_none());
        assert!(is_addressed("@Petra can we ask?") && is_addressed("Ann: ask him") && !is_addressed("Ann asks him"));
        assert!(is_signed("ask him – JB") && !is_signed("a low-fat diet") && !is_signed("vitamin B-12"));
    }
}
