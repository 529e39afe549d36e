//! What somebody said to somebody else about the text while it was made: notes among colleagues, the answer to whoever ordered it.
//!
//! Nobody words such a remark twice, but it is made of few kinds of things: whom it speaks to, the trade's words for parts and stages of a text, a
//! request. A rule lists the words for each kind and which kinds together give a remark away.

use crate::checks::gate::{Opening, rarest};
use crate::checks::quoted::is_quoted;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, BlockKind, Document};
use crate::facts::{Facts, Gates};
use crate::language::{Lexicon, keys};
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// An aside is no longer, in bytes.
const LONGEST: usize = 500;
/// A paragraph that speaks to somebody is no longer, in words.
const MOST: usize = 60;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    within: Within,
    /// The kinds that a place is looked at for.
    opens: Vec<String>,
    /// Kinds that give a remark away where all of them are there.
    needs: Vec<Vec<String>>,
    /// Words and phrases by kind.
    cues: BTreeMap<String, Vec<String>>,
}

/// What a remark fills.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Within {
    /// A sentence.
    Sentence,
    /// What stands in brackets, or a paragraph that begins with “@” and whom it speaks to.
    Aside,
}

/// Kinds that are seen by their shape, before those of the rule.
const SHAPES: [&str; 3] = ["addressee", "doubt", "signature"];

/// A phrase of a kind.
struct Cue {
    kind: usize,
    /// The words behind its first.
    rest: Vec<u64>,
}

struct One {
    rule: Arc<Rule>,
    message: Template,
    within: Within,
    cues: Opening<Cue>,
    opens: Opening<()>,
    /// The kinds of each need, a bit each.
    needs: Vec<u32>,
}

struct Remarks(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    Ok(Check::Document(Box::new(Remarks(rules.iter().map(One::new).collect::<Result<_, RuleError>>()?))))
}

impl One {
    fn new(rule: &Arc<Rule>) -> Result<Self, RuleError> {
        let options: Options = rule.options()?;
        let kinds: Vec<&str> = SHAPES.into_iter().chain(options.cues.keys().map(String::as_str)).collect();
        let kind = |at: &[&str], name: &String| {
            let place = kinds.iter().position(|kind| kind == name);
            place.filter(|place| *place < 32).ok_or_else(|| rule.error(at, format!("there is no kind “{name}” among the cues")))
        };
        let mut needs = Vec::new();
        for (number, need) in options.needs.iter().enumerate() {
            let at = ["options", "needs", &number.to_string()];
            needs.push(need.iter().try_fold(0, |bits, name| Ok::<u32, RuleError>(bits | 1 << kind(&at, name)?))?);
        }
        let (mut cues, mut opens) = (Opening::default(), Opening::default());
        for name in &options.opens {
            kind(&["options", "opens"], name)?;
        }
        for (name, phrases) in &options.cues {
            for phrase in phrases {
                let words = keys(phrase);
                let Some((first, rest)) = words.split_first() else {
                    return Err(rule.error(&["options", "cues", name], format!("“{phrase}” holds no word")));
                };
                cues.add(*first, Cue { kind: kind(&["options", "cues"], name)?, rest: rest.to_vec() });
                if options.opens.contains(name) {
                    rarest(&words).into_iter().for_each(|at| opens.add(words[at], ()));
                }
            }
        }
        let message = rule.message(&["match"])?;
        Ok(Self { rule: rule.clone(), message, within: options.within, cues, opens, needs })
    }

    /// What a remark round a word would fill, and the kinds that it shows by its shape.
    fn unit(&self, doc: &Document, at: u32) -> Option<(TextSpan, u32)> {
        let word = doc.words.get(at as usize)?;
        let sentence = doc.sentences.get(word.sentence as usize)?;
        let block = doc.blocks.get(sentence.block as usize).filter(|block| !is_elsewhere(block))?;
        match self.within {
            Within::Sentence => Some((sentence.text, 0)),
            Within::Aside => aside(doc.slice(block.text), (word.text.start - block.text.start) as usize)
                .map(|range| span(block, range))
                .map(|at| (at, shapes(doc.slice(at).trim_matches(['(', ')', '[', ']']))))
                .or_else(|| {
                    let text = doc.slice(block.text);
                    let is_addressed = text.starts_with('@') && block.words.len() <= MOST;
                    is_addressed.then(|| (block.text, shapes(text)))
                }),
        }
    }

    /// The kinds that the words of a remark show.
    fn kinds(&self, doc: &Document, words: &Range<u32>) -> u32 {
        let own = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
        let mut kinds = 0;
        for (at, word) in own.iter().enumerate() {
            for cue in self.cues.get(word.key).unwrap_or_default() {
                let behind = own.get(at + 1..at + 1 + cue.rest.len());
                if behind.is_some_and(|behind| behind.iter().map(|word| word.key).eq(cue.rest.iter().copied())) {
                    kinds |= 1 << cue.kind;
                }
            }
        }
        kinds
    }
}

impl DocumentCheck for Remarks {
    fn open(&self, gates: &mut Gates) {
        self.0.iter().for_each(|one| one.opens.open_words(gates));
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        for one in &self.0 {
            let mut seen = BTreeSet::new();
            for at in &facts.openings.words {
                let opener = doc.words.get(*at as usize).filter(|word| one.opens.get(word.key).is_some());
                let Some((opener, (text, shapes))) = opener.zip(one.unit(doc, *at)) else { continue };
                if !seen.insert(text.start) {
                    continue;
                }
                let words = words_in(doc, text);
                let kinds = shapes | one.kinds(doc, &words);
                if one.needs.iter().any(|need| kinds & need == *need) && !is_quoted(doc, opener.text) {
                    let message = one.message.fill(&[("match", doc.slice(text))]);
                    out.push(Found { diagnostic: finding(&one.rule, doc, text, &[words], message), sure: Sure::Certain });
                }
            }
        }
    }
}

/// The kinds that a text shows by its shape, a bit each: it begins with a name that it speaks to, it doubts twice over, it ends with initials.
fn shapes(text: &str) -> u32 {
    let text = text.trim();
    let kinds = [is_addressed(text), text.contains("??"), is_signed(text)];
    kinds.into_iter().enumerate().fold(0, |bits, (at, is)| bits | u32::from(is) << at)
}

/// “@Petra – …”, “Sabine: …”, “Jo, …”.
fn is_addressed(text: &str) -> bool {
    let named = text.strip_prefix('@');
    let text = named.unwrap_or(text);
    let end = text.find(|c: char| !c.is_alphabetic() && c != '’' && c != '\'').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let mut letters = name.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let is_set_off = rest.trim_start().starts_with([':', ',', '–', '—', '-']) && rest.contains(' ');
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
    let before = text.get(..at)?;
    let start = before.rfind(['(', '['])?;
    let close = if before[start..].starts_with('(') { ')' } else { ']' };
    let is_open = !before[start..].contains(close) && at - start <= LONGEST;
    let end = at + text.get(at..)?.find(close).filter(|_| is_open)?;
    (end - start <= LONGEST).then_some(start..end + close.len_utf8())
}

/// Code and the quotations of others hold remarks of other people.
fn is_elsewhere(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quote) || block.area.is_furniture()
}

fn span(block: &Block, range: Range<usize>) -> TextSpan {
    TextSpan::new(block.text.start + range.start as u32, block.text.start + range.end as u32)
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
        assert_eq!(aside(text, 2), None);
        assert_eq!(aside(text, 34), None);
        assert_eq!(shapes("Jo, is this right?? - M."), 0b111);
        assert_eq!(shapes("NB: is this right?"), 0);
        assert!(is_addressed("@Petra can we ask?") && is_addressed("Anne-Marie: ask him") && !is_addressed("Anne asks him"));
        assert!(is_signed("ask him – JB") && !is_signed("a low-fat diet") && !is_signed("vitamin B-12"));
    }
}
