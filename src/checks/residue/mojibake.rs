//! UTF-8 that was read as Windows-1252: `donâ€™t` for `don’t`. Where the bytes give one text back, that is the fix.
//!
//! A letter counts as the first byte of a character only where the signs behind it are the right further bytes, so that foreign
//! letters are left alone.

use crate::checks::pattern::words_under;
use crate::checks::quoted::is_quoted;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::document::{Block, Document};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::span::TextSpan;
use serde::Deserialize;
use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

/// What Windows-1252 has at 0x80 to 0x9f (WHATWG Encoding Standard); five places are the control characters themselves.
const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// Text is read wrongly so many times at most.
const MOST_TIMES: usize = 3;
/// No character has more bytes.
const LONGEST: usize = 4;
/// Words of an article that tells of such signs.
const SUBJECTS: [&str; 6] = ["UTF-8", "Windows-1252", "mojibake", "character encoding", "character set", "code page"];
/// Stands for bytes that nobody could read.
const REPLACEMENT: char = '\u{fffd}';

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {}

struct One {
    rule: Arc<Rule>,
    message: Template,
    lost: Template,
    fix: Template,
}

struct Mojibake(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        let Options {} = rule.options()?;
        Ok(One {
            message: rule.message(&["match", "repaired"])?,
            lost: rule.text("lost", &["match"])?,
            fix: rule.text("fix", &["repaired"])?,
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(Mojibake(rules.iter().map(one).collect::<Result<_, RuleError>>()?))))
}

impl DocumentCheck for Mojibake {
    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        let mut done = 0;
        let bytes = doc.text.as_bytes();
        let is_about = LazyCell::new(|| is_about(doc));
        for at in memchr::memchr2_iter(0xc3, 0xef, bytes) {
            let is_start =
                |bytes: &[u8]| matches!(bytes, [0xc3, 0x82 | 0x83 | 0xa2 | 0xaf | 0xb0, ..] | [0xef, 0xbf, 0xbd, ..]);
            if at < done || !is_start(&bytes[at..]) {
                continue;
            }
            let Some(block) = doc.blocks.get(doc.blocks.partition_point(|block| block.text.end as usize <= at)) else {
                break;
            };
            let text = doc.slice(block.text);
            let own = at - block.text.start as usize;
            let is_inner = |c: &char| !c.is_whitespace() || *c == '\u{a0}';
            let from = own - text[..own].chars().rev().take_while(is_inner).map(char::len_utf8).sum::<usize>();
            let to = own + text[own..].chars().take_while(is_inner).map(char::len_utf8).sum::<usize>();
            done = block.text.start as usize + to;
            for one in &self.0 {
                out.extend(one.found(doc, block, from..to).filter(|_| !*is_about));
            }
        }
    }
}

impl One {
    /// The finding in a stretch without blanks.
    fn found(&self, doc: &Document, block: &Block, range: Range<usize>) -> Option<Found> {
        let text = doc.slice(block.text).get(range.clone())?;
        let spoilt = spoilt(text);
        let (first, last) = (spoilt.first()?, spoilt.last()?);
        let start = block.text.start + range.start as u32;
        let within = TextSpan::new(start, start + text.len() as u32);
        let words = words_under(doc, block, within);
        let own = TextSpan::new(start + first.0.start as u32, start + last.0.end as u32);
        // The words that it stands in; signs beside them are not at fault.
        let at = match words_under(doc, block, own) {
            touched if touched.is_empty() => own,
            touched => own.join(doc.words_text(touched)),
        };
        if words.is_empty() || is_quoted(doc, own) {
            return None;
        }
        let shown = doc.slice(at);
        let is_certain = spoilt.iter().all(|(_, repaired)| repaired.is_some());
        let repaired = repaired(shown);
        let message = match is_certain {
            true => self.message.fill(&[("match", shown), ("repaired", &repaired)]),
            false => self.lost.fill(&[("match", shown)]),
        };
        let mut diagnostic = finding(&self.rule, doc, at, &[words], message);
        let edits: Option<Vec<Edit>> = spoilt
            .into_iter()
            .map(|(part, repaired)| {
                let part = TextSpan::new(start + part.start as u32, start + part.end as u32);
                let span = doc.span(part);
                // In code, which is read as a whole, a character has no place of its own.
                let is_alone = doc.source.slice(span) == doc.slice(part);
                repaired.filter(|_| is_alone).map(|replacement| Edit { span, replacement })
            })
            .collect();
        let title = self.fix.fill(&[("repaired", &repaired)]);
        diagnostic.fix = edits.map(|edits| Fix { title, applicability: Applicability::Safe, edits });
        Some(Found { diagnostic, sure: Sure::Certain })
    }
}

/// True for an article that tells of such signs.
fn is_about(doc: &Document) -> bool {
    SUBJECTS.iter().any(|subject| memchr::memmem::find(doc.text.as_bytes(), subject.as_bytes()).is_some())
}

/// A text with all that is spoilt in it repaired.
fn repaired(text: &str) -> String {
    let mut whole = String::new();
    let mut from = 0;
    for (part, repaired) in spoilt(text) {
        whole.push_str(&text[from..part.start]);
        whole.push_str(repaired.as_deref().unwrap_or(&text[part.clone()]));
        from = part.end;
    }
    whole + &text[from..]
}

/// The spoilt parts of a text, each with what it was, where that is certain.
fn spoilt(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let part = sequence(&text[at..]).map(|(length, was)| (at + length, Some(was))).or_else(|| {
            // The last byte of a dash or quotation mark is lost, or nobody could read the bytes.
            let is_cut = text[at..].starts_with("â€");
            let end = if is_cut { at + "â€".len() } else { next };
            (is_cut || c == REPLACEMENT).then_some((end, None))
        });
        at = match part {
            Some((end, was)) => {
                found.push((at..end, was));
                end
            }
            None => next,
        };
    }
    found
}

/// The length of the spoilt character at the beginning of a text, and what it was: also where it was spoilt twice.
fn sequence(text: &str) -> Option<(usize, String)> {
    let (length, was) = character(text)?;
    // What was read wrongly twice gives, read once, the first letter of another wrong reading.
    let (mut whole, mut end) = (was.to_string(), length);
    for _ in 1..MOST_TIMES {
        let (mut longer, mut last) = (whole.clone(), end);
        while character(&longer).is_none() && longer.chars().count() < LONGEST {
            let Some((more, next)) = text.get(last..).and_then(character) else { break };
            longer.push(next);
            last += more;
        }
        let Some((_, inner)) = character(&longer) else { break };
        (whole, end) = (inner.to_string(), last);
    }
    Some((end, whole))
}

/// The character that a text begins with when its first letters are read as bytes, and the length of those letters.
fn character(text: &str) -> Option<(usize, char)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let lead = match first {
        'Ã' | 'Â' | 'â' | 'ï' | 'ð' => byte(first)?,
        _ => return None,
    };
    let count = match lead {
        0xf0.. => 4,
        0xe0.. => 3,
        _ => 2,
    };
    let letters: Vec<char> = text.chars().take(count).collect();
    let bytes: Vec<u8> = letters.iter().map_while(|c| byte(*c)).collect();
    let was = std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() == count)?.chars().next()?;
    // A quoted capital letter: “Ã” would be Ô, «Â» would be a lone sign.
    let closes = letters.last().is_some_and(|c| matches!(c, '”' | '’' | '»' | '“'));
    let follows = text.chars().nth(count);
    let is_quoted = count == 2 && closes && follows.is_none_or(|c| !c.is_alphabetic());
    (!was.is_control() && !is_quoted).then(|| (letters.iter().map(|c| c.len_utf8()).sum(), was))
}

/// The byte of a character in Windows-1252.
fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0xa0..=0xff => Some(code as u8),
        _ => UPPER.chars().position(|known| known == c).map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_was() {
        for (text, was) in [
            ("Theyâ€™re", "They’re"),
            ("CrÃ¨me", "Crème"),
            ("5Â£", "5£"),
            ("20Â\u{a0}Â°C", "20\u{a0}°C"),
            ("â€œnoâ€\u{9d}", "“no”"),
            ("ðŸ˜€", "😀"),
            ("Ã€ la", "À la"),
            ("itÃ¢â‚¬â„¢s", "it’s"),
        ] {
            assert_eq!(repaired(text), was);
            assert!(spoilt(text).iter().all(|(_, was)| was.is_some()), "{text}");
        }
    }

    #[test]
    fn foreign_letters() {
        for text in ["NÃO CORAÇÃO", "Âge naïf", "pâté", "São", "Łódź", "“Ã” «Â»", "l’hôpital", "ÂÃ", "maïs", "ðe"]
        {
            assert!(spoilt(text).is_empty(), "{text}: {:?}", spoilt(text));
        }
        assert_eq!(spoilt("â€ x"), [(0..5, None)]);
    }
}
