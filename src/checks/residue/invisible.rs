//! Characters that nobody sees, where they change what is found, copied or read: zero-width ones inside Latin words, runs of soft
//! hyphens, marks that turn the direction of Latin text, and signs of a symbol font, which a word processor uses for bullets.
//!
//! Joiners in emoji and in scripts that need them, and direction marks in a block with right-to-left letters, are honest.

use crate::checks::pattern::words_under;
use crate::checks::{Check, DocumentCheck, Found, Sure, finding};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::document::{Block, Document};
use crate::facts::Facts;
use crate::language::Lexicon;
use crate::rules::{Rule, RuleError, Template};
use crate::source::Format;
use crate::span::{Span, TextSpan};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Options {
    min_soft_hyphens: usize,
}

struct One {
    rule: Arc<Rule>,
    options: Options,
    message: Template,
    direction: Template,
    overriding: Template,
    symbol: Template,
    fix: Template,
}

struct Invisible(Vec<One>);

/// Builds the check.
pub(in crate::checks) fn build(rules: &[Arc<Rule>], _lexicon: &Lexicon) -> Result<Check, RuleError> {
    let one = |rule: &Arc<Rule>| {
        Ok(One {
            options: rule.options()?,
            message: rule.message(&["match"])?,
            direction: rule.text("direction", &["match"])?,
            overriding: rule.text("override", &["match"])?,
            symbol: rule.text("symbol", &["match"])?,
            fix: rule.text("fix", &[])?,
            rule: rule.clone(),
        })
    };
    Ok(Check::Document(Box::new(Invisible(rules.iter().map(one).collect::<Result<_, RuleError>>()?))))
}

/// What a character does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It stands for nothing.
    ZeroWidth,
    /// It shows where a word may be parted.
    SoftHyphen,
    /// It turns the direction of what follows; an override turns the letters themselves.
    Direction { overrides: bool },
    /// It ends such a stretch.
    EndOfDirection,
    /// A sign of a symbol font, which readers see as a box.
    Symbol,
}

fn kind(c: char) -> Option<Kind> {
    match c {
        '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' => Some(Kind::ZeroWidth),
        '\u{ad}' => Some(Kind::SoftHyphen),
        '\u{202d}' | '\u{202e}' => Some(Kind::Direction { overrides: true }),
        '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}' => Some(Kind::Direction { overrides: false }),
        '\u{202c}' | '\u{2069}' => Some(Kind::EndOfDirection),
        '\u{f020}'..='\u{f0ff}' => Some(Kind::Symbol),
        _ => None,
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// A place with what is to be deleted there.
struct Place {
    at: TextSpan,
    trouble: Trouble,
    unseen: Vec<TextSpan>,
}

/// What is wrong at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Hidden,
    Turned,
    Overridden,
    Symbol,
}

impl DocumentCheck for Invisible {
    fn check(&self, doc: &Document, _facts: &Facts, out: &mut Vec<Found>) {
        let mut done = 0;
        for at in memchr::memchr3_iter(0xc2, 0xe2, 0xef, doc.text.as_bytes()) {
            if at < done || !begins_unseen(&doc.text.as_bytes()[at..]) {
                continue;
            }
            let Some(block) = doc.blocks.get(doc.blocks.partition_point(|block| block.text.end as usize <= at)) else {
                break;
            };
            done = block.text.end as usize;
            for one in &self.0 {
                let mut symbols = 0;
                for place in places(doc.slice(block.text), block.text.start, one.options.min_soft_hyphens) {
                    let is_symbol = place.trouble == Trouble::Symbol;
                    symbols += usize::from(is_symbol);
                    // Pages have fonts of their own for icons, and the bullets of a list are one fault.
                    if !is_symbol || symbols == 1 && doc.source.format != Format::Html {
                        out.extend(one.found(doc, block, &place));
                    }
                }
            }
        }
    }
}

/// True where these bytes begin with one of the characters, in UTF-8.
fn begins_unseen(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xc2, 0xad, ..]
            | [0xe2, 0x80, 0x8b..=0x8d | 0xaa..=0xae, ..]
            | [0xe2, 0x81, 0xa0..=0xa9, ..]
            | [0xef, 0xbb, 0xbf, ..]
            | [0xef, 0x80..=0x83, ..]
    )
}

impl One {
    fn found(&self, doc: &Document, block: &Block, place: &Place) -> Option<Found> {
        let words = words_under(doc, block, place.at);
        // Code and addresses hold no words.
        if words.is_empty() {
            return None;
        }
        let seen: String = doc.slice(place.at).chars().filter(|c| kind(*c).is_none()).collect();
        let message = match place.trouble {
            Trouble::Hidden => &self.message,
            Trouble::Turned => &self.direction,
            Trouble::Overridden => &self.overriding,
            Trouble::Symbol => &self.symbol,
        };
        let message = message.fill(&[("match", &seen)]);
        let mut diagnostic = finding(&self.rule, doc, place.at, &[words], message);
        let edit = |unseen: &TextSpan| Some(Edit { span: alone(doc, *unseen)?, replacement: String::new() });
        let edits: Option<Vec<Edit>> = place.unseen.iter().map(edit).collect();
        let title = self.fix.fill(&[]);
        // A bullet stands for something, so nobody but an author takes it out.
        let edits = edits.filter(|_| place.trouble != Trouble::Symbol);
        diagnostic.fix = edits.map(|edits| Fix { title, applicability: Applicability::Safe, edits });
        let is_certain = place.trouble == Trouble::Overridden;
        Some(Found { diagnostic, sure: if is_certain { Sure::Certain } else { Sure::Likely } })
    }
}

/// Where a character stands in the source, as itself or as an entity. In code, which is read as a whole, it has no place of its own.
fn alone(doc: &Document, unseen: TextSpan) -> Option<Span> {
    let span = doc.span(unseen);
    let stored = doc.source.slice(span);
    let is_entity = || stored.starts_with('&') && stored.find(';') == Some(stored.len() - 1);
    (stored == doc.slice(unseen) || is_entity()).then_some(span)
}

fn turning(overrides: bool) -> Trouble {
    if overrides { Trouble::Overridden } else { Trouble::Turned }
}

/// The places in a block that begins at `start` of the text.
fn places(text: &str, start: u32, min_soft_hyphens: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let span = |from: usize, to: usize| TextSpan::new(start + from as u32, start + to as u32);
    let is_mixed = text.chars().any(is_right_to_left);
    let mut turned: Option<(usize, bool, Vec<TextSpan>)> = None;
    let (mut at, mut word_end) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        match kind(c) {
            Some(Kind::Direction { overrides }) if !is_mixed => {
                let (_, all, unseen) = turned.get_or_insert((at, false, Vec::new()));
                *all |= overrides;
                unseen.push(span(at, next));
            }
            Some(Kind::EndOfDirection) if !is_mixed => {
                if let Some((from, overrides, mut unseen)) = turned.take() {
                    unseen.push(span(at, next));
                    places.push(Place { at: span(from, next), trouble: turning(overrides), unseen });
                }
            }
            Some(Kind::ZeroWidth | Kind::SoftHyphen) => {
                let length =
                    text[at..].chars().take_while(|c| matches!(kind(*c), Some(Kind::ZeroWidth | Kind::SoftHyphen)));
                let run: Vec<char> = length.collect();
                let end = at + run.iter().map(|c| c.len_utf8()).sum::<usize>();
                let is_between = text[..at].chars().next_back().is_some_and(is_latin)
                    && text[end..].chars().next().is_some_and(is_latin);
                let soft = run.iter().filter(|c| **c == '\u{ad}').count();
                if is_between && (soft < run.len() || soft >= min_soft_hyphens) {
                    let unseen = run.iter().scan(at, |from, c| {
                        let own = span(*from, *from + c.len_utf8());
                        *from += c.len_utf8();
                        Some(own)
                    });
                    add(&mut places, text, start, at..end, unseen.collect());
                }
                at = end;
                continue;
            }
            Some(Kind::Symbol) => {
                let rest = &text[next..];
                let blank = rest.len() - rest.trim_start().len();
                // A run of symbols ends in one place.
                if next + blank >= word_end {
                    let word = rest[blank..].find(char::is_whitespace).unwrap_or(rest.len() - blank);
                    word_end = next + blank + word;
                }
                places.push(Place { at: span(at, word_end), trouble: Trouble::Symbol, unseen: Vec::new() });
            }
            _ => {}
        }
        at = next;
    }
    if let Some((from, overrides, unseen)) = turned {
        places.push(Place { at: span(from, text.len()), trouble: turning(overrides), unseen });
    }
    places
}

/// A run inside a word: the word is the place, and one word is one place.
fn add(places: &mut Vec<Place>, text: &str, start: u32, run: std::ops::Range<usize>, unseen: Vec<TextSpan>) {
    // The word is looked at once, not once for every run in it.
    let own = |last: &&mut Place| {
        last.trouble == Trouble::Hidden && (last.at.start..last.at.end).contains(&(start + run.start as u32))
    };
    if let Some(last) = places.last_mut().filter(own) {
        return last.unseen.extend(unseen);
    }
    let is_inner = |c: &char| is_latin(*c) || matches!(kind(*c), Some(Kind::ZeroWidth | Kind::SoftHyphen));
    let from = run.start - text[..run.start].chars().rev().take_while(is_inner).map(char::len_utf8).sum::<usize>();
    let to = run.end + text[run.end..].chars().take_while(is_inner).map(char::len_utf8).sum::<usize>();
    let at = TextSpan::new(start + from as u32, start + to as u32);
    places.push(Place { at, trouble: Trouble::Hidden, unseen });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(&str, bool, usize)> {
        let shown = |place: &Place| (&text[place.at.range()], place.trouble == Trouble::Overridden, place.unseen.len());
        places(text, 0, 2).iter().map(shown).collect()
    }

    #[test]
    fn inside_words() {
        assert_eq!(seen("the ca\u{200b}pil\u{200b}lary"), [("ca\u{200b}pil\u{200b}lary", false, 2)]);
        assert_eq!(seen("a\u{ad}b, c\u{ad}\u{ad}d"), [("c\u{ad}\u{ad}d", false, 2)]);
        assert_eq!(seen("\u{f0b7}\tafter a walk"), [("\u{f0b7}\tafter", false, 0)]);
        assert!(seen("می\u{200c}خواهم 👨\u{200d}👩 end\u{200b} of").is_empty());
    }

    #[test]
    fn directions() {
        assert_eq!(seen("dose \u{202e}01\u{202c} now"), [("\u{202e}01\u{202c}", true, 2)]);
        assert_eq!(seen("\u{2066}pen\u{2069}"), [("\u{2066}pen\u{2069}", false, 2)]);
        assert!(seen("\u{2067}שלום\u{2069} and \u{2066}x\u{2069}").is_empty());
    }
}
