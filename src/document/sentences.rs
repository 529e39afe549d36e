//! A block's text to sentences.
//!
//! A stop ends a sentence unless what stands before it is an abbreviation or an initial, or what follows goes on in lower
//! case. A stop between a small letter and a capitalised word ends one too, because pasted text often lost the blank. The
//! abbreviations are two lists of the lexicon: `abbreviation` (never an end) and `abbreviation before number`.

use crate::language::{Lexicon, WordList};
use memchr::memmem::Finder;
use std::ops::Range;

/// Knows the abbreviations.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    abbreviations: WordList,
    before_number: WordList,
    ellipsis: Finder<'static>,
}

impl Splitter {
    /// A splitter with the lists of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            abbreviations: lexicon.list("abbreviation"),
            before_number: lexicon.list("abbreviation before number"),
            ellipsis: Finder::new("…"),
        }
    }

    /// Puts the end of each sentence of `text` into `ends`; the last one is the end of the text. Nothing ends inside `skips`.
    pub fn split(&self, text: &str, mut skips: impl Iterator<Item = Range<usize>>, ends: &mut Vec<u32>) {
        let bytes = text.as_bytes();
        let ellipsis = self.ellipsis.find(bytes).map(|_| &self.ellipsis);
        let mut skip = skips.next();
        let mut start = 0;
        let mut at = 0;
        while let Some(stop) = next_stop(bytes, at, ellipsis) {
            let after = end_of_stops(text, stop);
            at = after;
            while skip.as_ref().is_some_and(|s| s.end <= stop) {
                skip = skips.next();
            }
            if skip.as_ref().is_some_and(|s| s.contains(&stop)) {
                continue;
            }
            if after < text.len() && self.ends_here(text, start, stop, after) {
                ends.push(after as u32);
                start = after;
            }
        }
        ends.push(text.len() as u32);
    }

    /// Judges the stop at `stop` of the sentence that began at `start`; `after` is where its marks and closing quotes end.
    fn ends_here(&self, text: &str, start: usize, stop: usize, after: usize) -> bool {
        let before = &text[start..stop];
        let rest = &text[after..];
        let is_full_stop = text.as_bytes()[stop] == b'.' && after == stop + 1;
        let next = rest.trim_start();
        let Some(first) = next.chars().find(|c| !is_opening(*c)) else { return false };
        if rest.len() == next.len() {
            // No blank: pasted text lost it ("48 hours.Then", "after that .The"), unless this is a name or a number.
            let last = before.trim_end().chars().next_back();
            let second = next.chars().nth(1);
            return last.is_some_and(char::is_lowercase)
                && first.is_uppercase()
                && second.is_some_and(char::is_lowercase);
        }
        if first.is_lowercase() {
            return false;
        }
        if !is_full_stop {
            return true;
        }
        let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let token = token.trim_start_matches(is_opening);
        if token.is_empty() {
            return before.contains(char::is_alphanumeric);
        }
        if self.abbreviations.has_text(token) || first.is_ascii_digit() && self.before_number.has_text(token) {
            return false;
        }
        !is_initial(token, before, next)
    }
}

/// The next byte that may end a sentence.
fn next_stop(bytes: &[u8], from: usize, ellipsis: Option<&Finder<'_>>) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let ascii = memchr::memchr3(b'.', b'!', b'?', rest);
    let within = ascii.map_or(rest, |end| &rest[..end]);
    ellipsis.and_then(|e| e.find(within)).or(ascii).map(|at| from + at)
}

/// Where the marks that begin at `stop` end, closing quotes and brackets included.
fn end_of_stops(text: &str, stop: usize) -> usize {
    let rest = &text[stop..];
    let marks = rest.trim_start_matches(['.', '!', '?', '…']);
    let closed = marks.trim_start_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_']);
    // A quote that opens the next word belongs to it.
    let end = if closed.starts_with(char::is_alphanumeric) { marks } else { closed };
    text.len() - end.len()
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '¿' | '¡')
}

/// A single capital after another name: "J. R. Patel", "Ada B. Hart"; but "vitamin C." ends a sentence.
fn is_initial(token: &str, before: &str, next: &str) -> bool {
    let letters = token.trim_end_matches('.');
    let mut parts = letters.split('.');
    if !parts.all(|p| p.chars().count() == 1 && p.chars().all(char::is_uppercase)) {
        return false;
    }
    if letters.contains('.') {
        // "U.S." and the like: too often inside a sentence to end one.
        return true;
    }
    let mut after = next.chars();
    if after.next().is_some_and(char::is_uppercase) && after.next() == Some('.') {
        return true;
    }
    let name = before[..before.len() - token.len()].split_whitespace().next_back();
    name.is_none_or(|n| n.starts_with(char::is_uppercase) && !n.ends_with(','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::WordsFile;

    fn sentences(text: &str) -> Vec<String> {
        let list = |name: &str, words: &[&str]| WordsFile {
            kind: "words".into(),
            list: name.into(),
            about: String::new(),
            words: words.iter().map(|w| (*w).to_owned()).collect(),
        };
        let files = [list("abbreviation", &["dr", "e.g", "approx"]), list("abbreviation before number", &["no"])];
        let mut ends = Vec::new();
        Splitter::new(&Lexicon::new(&files)).split(text, std::iter::empty(), &mut ends);
        let mut start = 0;
        ends.into_iter()
            .map(|end| text[std::mem::replace(&mut start, end as usize)..end as usize].trim().to_owned())
            .collect()
    }

    #[test]
    fn ends() {
        for (text, count) in [
            ("Rest. Then walk! Why? Because.", 4),
            ("Use a cream, e.g. Cetaphil, daily. Stop.", 2),
            ("Ask Dr. Smith or J. R. Patel. Then go.", 2),
            ("Take vitamin C. It helps.", 2),
            ("Wait 48 hours.Then go.", 2),
            ("Take 2.5 mg. Then rest.", 2),
            ("See No. 5 below. No. That is wrong.", 3),
            ("It may hurt… but not for long. “Good.” He left.", 3),
            ("about 48 hrs. start slowly", 1),
            ("after that .The goal is rest.", 2),
            ("The U.S. Food agency says so.", 1),
        ] {
            assert_eq!(sentences(text).len(), count, "{text}: {:?}", sentences(text));
        }
    }
}
