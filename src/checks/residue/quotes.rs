//! Quotation marks that are closed without being opened, or opened without being closed.
//!
//! A quotation over several paragraphs opens each and closes the last; a mark behind a digit is an inch.

use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::document::{Block, BlockKind, Document, Language};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::sync::Arc;

const OPEN: char = '“';
const CLOSE: char = '”';

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {}

struct Quotes {
    rules: Vec<(Arc<Rule>, Template)>,
}

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let Options {} = rule.options()?;
        Ok((rule.clone(), rule.message(&["match"])?))
    };
    Ok(Check::Document(Box::new(Quotes { rules: rules.iter().map(one).collect::<Result<_, RuleError>>()? })))
}

impl DocumentCheck for Quotes {
    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        let has_any = memchr::memmem::find(doc.text.as_bytes(), CLOSE.encode_utf8(&mut [0; 4]).as_bytes()).is_some();
        // In other languages “ closes.
        if !has_any || doc.language == Language::Other || doc.text.contains(['„', '»']) {
            return;
        }
        let mut is_open = false;
        for block in &doc.blocks {
            let (odd, still_open) = odd_mark(doc.slice(block.text), is_open);
            is_open = still_open;
            let is_prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_));
            if let Some(at) = odd.filter(|_| is_prose) {
                self.tell(doc, block, at, out);
            }
        }
    }
}

impl Quotes {
    fn tell(&self, doc: &Document, block: &Block, at: usize, out: &mut Vec<Found>) {
        let at = block.text.start + at as u32;
        let span = TextSpan::new(at, at + CLOSE.len_utf8() as u32);
        let words = doc.words.partition_point(|word| word.text.end <= at).saturating_sub(1) as u32;
        let words = words..(words + 1).min(doc.words.len() as u32);
        let span = doc.words.get(words.start as usize).map_or(span, |word| word.text.join(span));
        for (rule, message) in &self.rules {
            let message = message.fill(&[("match", doc.slice(span))]);
            let diagnostic = finding(rule, doc, span, std::slice::from_ref(&words), message);
            out.push(Found { diagnostic, sure: Sure::Doubtful });
        }
    }
}

/// The first mark that closes nothing, and whether a quotation is open at the end; `is_open` at the beginning.
fn odd_mark(text: &str, mut is_open: bool) -> (Option<usize>, bool) {
    let mut odd = None;
    for (at, c) in text.char_indices() {
        match c {
            OPEN => is_open = true,
            CLOSE if is_open => is_open = false,
            CLOSE if odd.is_none() && !text[..at].ends_with(|c: char| c.is_ascii_digit()) => odd = Some(at),
            _ => {}
        }
    }
    (odd, is_open)
}

#[cfg(test)]
mod tests {
    use super::odd_mark;

    #[test]
    fn marks() {
        assert_eq!(odd_mark("the path.” Then", false), (Some(9), false));
        assert_eq!(odd_mark("“one” and “two", false), (None, true));
        assert_eq!(odd_mark("“two and on”", true), (None, false));
        assert_eq!(odd_mark("a cuff of 12” and", false), (None, false));
    }
}
