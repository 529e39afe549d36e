//! Lines that belong to the page round an article: blocks that are made of such phrases and nothing else, or have the shape of one.
//!
//! In a menu, an aside, a footer or a form they are where they belong, and as a marked heading over a paragraph they name its topic.

use crate::checks::gate::Opening;
use crate::checks::phrase::{is_at_home, words_of};
use crate::checks::traces::Traces;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Area, Block, BlockKind, Document, Link, LinkKind, Word};
use crate::facts::{Facts, Gates};
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    scope: Scope,
    max_words: usize,
    parts: Vec<String>,
    closing_signs: Vec<String>,
    closing_blocks: usize,
    working_targets: Vec<String>,
}

/// Where a phrase must stand.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Scope {
    /// Anywhere inside a sentence.
    Sentence,
    /// Alone in its block, or with other such phrases.
    Block,
}

/// Words of a phrase, a wildcard as `None`, and whether it makes a line of its own.
type Words = (Vec<Option<u64>>, bool);

struct One {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    /// Phrases by their first word; `None` is a wildcard.
    phrases: Opening<Words>,
    /// Phrases that begin with a wildcard, and their second words.
    open: Vec<Words>,
    second: Opening<()>,
    traces: Traces,
}

/// A link of so many words says where it leads.
const LEADING_WORDS: usize = 3;

/// Blocks so near to each other, of so few words, may be buttons of one bar.
const NEXT: usize = 3;
const BUTTON_WORDS: usize = 2;

struct PageLines(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let mut one = One {
            options: rule.options()?,
            message: rule.message(&["match"])?,
            phrases: Opening::default(),
            open: Vec::new(),
            second: Opening::default(),
            traces: Traces::new(std::slice::from_ref(rule), true)?,
            rule: rule.clone(),
        };
        let parts = one.options.parts.clone();
        let phrases = rule
            .phrase
            .iter()
            .enumerate()
            .flat_map(|(number, list)| list.any.iter().enumerate().map(move |(at, text)| (text, Some(number), at)));
        let parts = parts.iter().enumerate().map(|(at, part)| (part, None, at));
        for (phrase, list, at) in phrases.chain(parts) {
            let (words, is_whole) = (words_of(phrase), list.is_some());
            if !words.iter().any(Option::is_some) {
                let (number, at) = (list.unwrap_or_default().to_string(), at.to_string());
                let place: &[&str] =
                    if is_whole { &["phrase", &number, "any", &at] } else { &["options", "parts", &at] };
                return Err(rule.error(place, format!("“{phrase}” holds no word")));
            }
            match words.first() {
                Some(Some(first)) => one.phrases.add(*first, (words, is_whole)),
                Some(None) => {
                    words.get(1).copied().flatten().into_iter().for_each(|second| one.second.add(second, ()));
                    one.open.push((words, is_whole));
                }
                None => {}
            }
        }
        Ok(one)
    };
    Ok(Check::Document(Box::new(PageLines(rules.iter().map(one).collect::<Result<_, RuleError>>()?))))
}

impl One {
    /// True where the words are phrases from the first to the last, one of them more than a part. Numbers are counts between them.
    fn covers(&self, words: &[u64], is_number: impl Fn(usize) -> bool) -> bool {
        // Up to each word: reached by parts alone, and reached with a phrase.
        let mut reached = vec![(false, false); words.len() + 1];
        reached[0] = (true, false);
        for start in 0..words.len() {
            let so_far = reached[start];
            if so_far == (false, false) {
                continue;
            }
            if is_number(start) {
                let (by_parts, by_phrase) = &mut reached[start + 1];
                *by_parts |= so_far.0;
                *by_phrase |= so_far.1;
            }
            let begun = self.phrases.get(words[start]).unwrap_or_default();
            let open = if start == 0 { self.open.as_slice() } else { &[] };
            for (phrase, is_whole) in begun.iter().chain(open) {
                let part = words.get(start..start + phrase.len()).unwrap_or_default();
                let is_equal = part.iter().zip(phrase).all(|(word, known)| known.is_none_or(|known| known == *word));
                if part.len() == phrase.len() && is_equal {
                    let (by_parts, by_phrase) = &mut reached[start + phrase.len()];
                    *by_parts |= so_far.0 && !is_whole;
                    *by_phrase |= so_far.1 || *is_whole;
                }
            }
        }
        reached[words.len()].1
    }

    /// Finds phrases wherever they stand, the longest at each place.
    fn in_sentences(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        let mut done = 0;
        for index in facts.openings.words.iter().map(|index| *index as usize) {
            let Some(word) = doc.words.get(index).filter(|_| index >= done) else { continue };
            let Some(phrases) = self.phrases.get(word.key) else { continue };
            let stands = |phrase: &Vec<Option<u64>>| {
                let words = doc.words.get(index..index + phrase.len()).unwrap_or_default();
                let is_equal =
                    words.iter().zip(phrase).all(|(word, known)| known.is_none_or(|known| known == word.key));
                words.len() == phrase.len() && is_equal && words.iter().all(|other| other.sentence == word.sentence)
            };
            let whole = phrases.iter().filter(|(phrase, is_whole)| *is_whole && stands(phrase));
            if let Some(length) = whole.map(|(phrase, _)| phrase.len()).max() {
                done = index + length;
                let words = index as u32..done as u32;
                let at = doc.words_text(words.clone());
                let message = self.message.fill(&[("match", doc.slice(at))]);
                out.push(Found { diagnostic: finding(&self.rule, doc, at, &[words], message), sure: Sure::Certain });
            }
        }
    }

    fn may_begin(&self, words: &[Word]) -> bool {
        let is_known = |at: usize, known: &dyn Fn(u64) -> bool| words.get(at).is_some_and(|word| known(word.key));
        is_known(0, &|key| self.phrases.get(key).is_some()) || is_known(1, &|key| self.second.get(key).is_some())
    }
}

impl DocumentCheck for PageLines {
    fn open(&self, gates: &mut Gates) {
        for one in &self.0 {
            one.traces.open(gates);
            if one.options.scope == Scope::Sentence {
                one.phrases.open_words(gates);
            }
        }
    }

    fn verify(&self) -> Result<(), RuleError> {
        self.0.iter().try_for_each(|one| one.traces.verify(std::slice::from_ref(&one.rule)))
    }

    fn check(&self, doc: &Document, facts: &Facts, out: &mut Vec<Found>) {
        for one in &self.0 {
            let tell = |block: usize, out: &mut Vec<Found>| {
                let Some(block) = doc.blocks.get(block) else { return };
                let message = one.message.fill(&[("match", doc.slice(block.text))]);
                let diagnostic = finding(&one.rule, doc, block.text, std::slice::from_ref(&block.words), message);
                out.push(Found { diagnostic, sure: Sure::Certain });
            };
            if one.options.scope == Scope::Sentence {
                one.in_sentences(doc, facts, out);
            }
            for (index, block) in doc.blocks.iter().enumerate() {
                let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
                let is_short = (1..=one.options.max_words).contains(&words.len());
                if !is_short || !one.may_begin(words) {
                    continue;
                }
                let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
                let is_number = |at: usize| doc.slice(words[at].text).bytes().all(|b| b.is_ascii_digit());
                if one.covers(&keys, is_number) && !one.is_honest(doc, index) {
                    tell(index, out);
                }
            }
            one.traces.find(doc, facts, |trace| {
                let index = trace.block as usize;
                let is_at_end = index + one.options.closing_blocks >= doc.blocks.len();
                let text = doc.blocks.get(index).map_or("", |block| doc.slice(block.text)).to_lowercase();
                let closes = one.options.closing_signs.iter().any(|sign| text.starts_with(sign.as_str()));
                if !one.is_honest(doc, index) && !leads_on(doc, index) && (is_at_end || !closes) {
                    tell(index, out);
                }
            });
        }
    }
}

/// True for a line that the author leads on with: “Read next: [sleeping on your side](/side)”.
fn leads_on(doc: &Document, index: usize) -> bool {
    let Some(block) = doc.blocks.get(index) else { return false };
    let words = doc.words.get(block.words.start as usize..block.words.end as usize).unwrap_or_default();
    let is_named = |link: &Link| {
        let first = words.partition_point(|word| word.text.start < link.text.start);
        let linked = words.partition_point(|word| word.text.end <= link.text.end).saturating_sub(first);
        link.kind == LinkKind::Inline && link.text != block.text && linked >= LEADING_WORDS
    };
    links_in(doc, block).any(is_named)
}

impl One {
    /// True where such a line belongs: in furniture of the page or beside the article, in a table, as a link to another place of the same
    /// page, and as buttons that work.
    fn is_honest(&self, doc: &Document, index: usize) -> bool {
        let Some(block) = doc.blocks.get(index) else { return true };
        let first = doc.links.partition_point(|link| link.text.end < block.text.end);
        let own = doc.links.iter().skip(first).take_while(|link| link.text.start <= block.text.start);
        let is_jump = |link: &Link| link.text == block.text && link.target.starts_with('#');
        let works = |link: &Link| self.options.working_targets.iter().any(|part| link.target.contains(part.as_str()));
        matches!(block.kind, BlockKind::Cell { .. })
            || block.area == Area::Aside
            || is_at_home(doc, block.sentences.start)
            || own.into_iter().any(is_jump)
            || links_in(doc, block).any(works)
            || block.words.len() <= BUTTON_WORDS && links_near(doc, index).any(works)
    }
}

/// The links of a block and of those next to it: buttons of one bar.
fn links_near(doc: &Document, index: usize) -> impl Iterator<Item = &Link> {
    let near = doc
        .blocks
        .get(index.saturating_sub(NEXT)..=index + NEXT)
        .or_else(|| doc.blocks.get(index.saturating_sub(NEXT)..));
    near.unwrap_or_default().iter().flat_map(|block| links_in(doc, block))
}

/// The links of a block.
fn links_in<'a>(doc: &'a Document, block: &'a Block) -> impl Iterator<Item = &'a Link> {
    let first = doc.links.partition_point(|link| link.text.start < block.text.start);
    doc.links.iter().skip(first).take_while(|link| link.text.start < block.text.end)
}
