//! Headings said again.
//!
//! Headings are compared by their words, so case, punctuation and markup do not matter, nor whether they are marked as
//! headings or only look like one. A heading that directly follows its twin is certain; one that comes back later counts when it
//! has the same headings above it, because many articles repeat "Side effects" under every medicine. It is a verdict because
//! headings inside a region that another rule of the family already reports are part of that region.

use super::labels::Labels;
use super::region;
use super::removal::removal;
use crate::checks::{Check, Found, Sure, Verdict};
use crate::diagnostic::{Data, Diagnostic, Place};
use crate::document::{BlockKind, Document, WordKind};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    /// A heading that comes back later must have so many words; shorter ones are common subheadings.
    min_words_apart: u32,
}

struct Headings {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    apart: Template,
    labels: Labels,
    fix: Template,
}

struct All(Vec<Headings>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let mut all = Vec::new();
    for rule in rules {
        all.push(Headings {
            options: rule.options()?,
            message: rule.message(&["match", "times"])?,
            apart: rule.text("apart", &["match"])?,
            labels: Labels::new(rule)?,
            fix: rule.text("fix", &[])?,
            rule: rule.clone(),
        });
    }
    Ok(Check::Verdict(Box::new(All(all))))
}

impl Verdict for All {
    fn judge(&self, doc: &Document, _facts: &Facts, found: &mut Vec<Found>) {
        for headings in &self.0 {
            headings.judge(doc, found);
        }
    }
}

/// The level of a heading in capitals that only its shape tells; other such headings are one deeper.
const CAPITALS: u8 = 7;

/// A heading that returns so often is part of how the article is built.
const FORM: usize = 3;

/// A heading and the words of the headings above it.
struct Heading {
    block: u32,
    path: Vec<u64>,
}

impl Headings {
    fn judge(&self, doc: &Document, found: &mut Vec<Found>) {
        let mut groups: BTreeMap<Vec<u64>, Vec<Heading>> = BTreeMap::new();
        for heading in headings(doc) {
            groups.entry(keys(doc, heading.block)).or_default().push(heading);
        }
        let mut groups: Vec<Vec<Heading>> = groups.into_values().filter(|g| g.len() > 1).collect();
        groups.sort_by_key(|g| g[0].block);
        // Short headings that return in step ("Dose", "Side effects", under each medicine) are how the article is built.
        let is_template =
            groups.iter().filter(|g| self.is_short(doc, g) && !are_adjacent(g)).map(Vec::len).sum::<usize>() > 2;
        // So are longer ones, where two of them and more return three times.
        let is_form = |group: &Vec<Heading>| group.len() >= FORM && !are_adjacent(group);
        let are_forms = groups.iter().filter(|group| is_form(group)).count() > 1;
        let copied = copied(found);
        for mut group in groups {
            let first = group[0].block;
            group.retain(|heading| heading.block == first || !is_covered(doc, &copied, heading.block));
            let are_adjacent = are_adjacent(&group);
            let is_short = self.is_short(doc, &group);
            let is_same_path = group.windows(2).all(|pair| pair[0].path == pair[1].path);
            let is_form = is_form(&group);
            let is_built_so = is_short && is_template || is_form && are_forms;
            if group.len() < 2 || !are_adjacent && (!is_same_path || is_built_so) {
                continue;
            }
            // Without levels, nobody knows what a short heading stands under.
            let is_marked = doc.blocks[first as usize].kind != BlockKind::Heading(0);
            let sure =
                if are_adjacent || !is_form && (!is_short || is_marked) { Sure::Certain } else { Sure::Doubtful };
            found.push(Found { diagnostic: self.tell(doc, &group, are_adjacent), sure });
        }
    }

    /// True for headings of a word or two; the title of the article is none.
    fn is_short(&self, doc: &Document, group: &[Heading]) -> bool {
        let first = group[0].block;
        first > 0 && (doc.blocks[first as usize].words.len() as u32) < self.options.min_words_apart
    }

    fn tell(&self, doc: &Document, group: &[Heading], are_adjacent: bool) -> Diagnostic {
        let text = |h: &Heading| doc.blocks[h.block as usize].text;
        let words: Vec<_> = group.iter().map(|h| doc.blocks[h.block as usize].words.clone()).collect();
        let times = self.labels.times(group.len());
        let wording = if are_adjacent { &self.message } else { &self.apart };
        let message = wording.fill(&[("match", doc.slice(text(&group[1]))), ("times", &times)]);
        let texts: Vec<_> = group.iter().map(text).collect();
        let mut finding = self.labels.finding(&self.rule, doc, &texts, &words, message);
        let path = &doc.source.path;
        if are_adjacent && group.len() == 2 {
            finding.fix = removal(doc, &words[1], &self.fix);
        }
        let regions = group.iter().map(|h| Place { path: path.clone(), span: doc.span(text(h)) }).collect();
        finding.data = Data::Copies { permille: 1000, regions, edits: Vec::new() };
        finding
    }
}

fn are_adjacent(group: &[Heading]) -> bool {
    group.windows(2).any(|pair| pair[0].block + 1 == pair[1].block)
}

/// All headings with the headings above them, and paragraphs that repeat the heading right before them.
fn headings(doc: &Document) -> impl Iterator<Item = Heading> {
    let mut above: Vec<(u8, u64)> = Vec::new();
    doc.blocks.iter().enumerate().filter_map(move |(index, block)| {
        let level = match block.kind {
            // Where shape is all there is, headings in capitals stand above the others.
            BlockKind::Heading(0) if is_in_capitals(doc.slice(block.text)) => CAPITALS,
            BlockKind::Heading(0) => CAPITALS + 1,
            BlockKind::Heading(level) => level,
            BlockKind::Paragraph if repeats_heading(doc, index) => CAPITALS + 1,
            _ => return None,
        };
        if block.words.is_empty() {
            return None;
        }
        let own = keys(doc, index as u32).into_iter().fold(0, |all: u64, key| all.rotate_left(5) ^ key);
        above.retain(|(higher, _)| *higher < level);
        let path = above.iter().map(|(_, words)| *words).collect();
        above.push((level, own));
        Some(Heading { block: index as u32, path })
    })
}

/// True where a block has the same words as the heading right before it.
fn repeats_heading(doc: &Document, block: usize) -> bool {
    let Some(before) = block.checked_sub(1) else { return false };
    let is_as_long = doc.blocks[before].words.len() == doc.blocks[block].words.len();
    doc.blocks[before].is_heading() && is_as_long && keys(doc, before as u32) == keys(doc, block as u32)
}

/// The words of a heading, without the number that counts it.
fn keys(doc: &Document, block: u32) -> Vec<u64> {
    let mut words = doc.blocks[block as usize].words.clone();
    let first = doc.words.get(words.start as usize).filter(|word| word.kind == WordKind::Number && words.len() > 1);
    words.start += u32::from(first.is_some_and(|n| doc.text[n.text.end as usize..].starts_with(['.', ')', ':'])));
    region::keys(doc, &words)
}

fn is_in_capitals(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

/// Regions that are less alike are no copies, so that a heading in them is a finding of its own, in thousandths.
const COPIED: u16 = 500;

/// The later tellings of the regions that are already reported: where each begins, and how far those reach that begin there or before.
fn copied(found: &[Found]) -> Vec<(u32, u32)> {
    let regions = found.iter().flat_map(|found| match &found.diagnostic.data {
        Data::Copies { permille, regions, .. } if *permille >= COPIED => regions.get(1..).unwrap_or_default(),
        _ => &[],
    });
    let mut spans: Vec<(u32, u32)> = regions.map(|place| (place.span.start, place.span.end)).collect();
    spans.sort_unstable();
    let mut reach = 0;
    for (_, end) in &mut spans {
        reach = reach.max(*end);
        *end = reach;
    }
    spans
}

/// True where a heading lies in the later telling of a copied region.
fn is_covered(doc: &Document, copied: &[(u32, u32)], block: u32) -> bool {
    let span = doc.span(doc.blocks[block as usize].text);
    let before = copied.partition_point(|(start, _)| *start <= span.start).checked_sub(1);
    before.and_then(|before| copied.get(before)).is_some_and(|(_, reach)| *reach >= span.end)
}
