//! A block's text to sentences.
//!
//! A stop ends a sentence unless what stands before it is an abbreviation or an initial, or what follows goes on in lower case. After a
//! title, an initial or a name like "U.S.", only a word that opens sentences ("The", "It") tells that one ended. A stop between a
//! small letter and a capitalised word ends one too, because pasted text often lost the blank. The words are lists of the lexicon:
//! `abbreviation` (never an end), `title`, `abbreviation before number`, the same that need a capital, `sentence opener`,
//! `after time of day`.

use crate::language::{Lexicon, WordList, is_invisible};
use memchr::memmem::Finder;
use std::iter::Peekable;
use std::ops::Range;

/// A word in mixed case ("pH", "mRNA") has its first capital among so many characters.
const MIXED_CASE: usize = 5;
/// Nothing before a stop is known that is longer, in characters.
const LONGEST_TOKEN: usize = 64;

/// Knows the abbreviations.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    abbreviations: WordList,
    titles: WordList,
    before_number: WordList,
    capital_before_number: WordList,
    openers: WordList,
    after_time: WordList,
    ellipsis: Finder<'static>,
}

impl Splitter {
    /// A splitter with the lists of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            abbreviations: lexicon.list("abbreviation"),
            titles: lexicon.list("title"),
            before_number: lexicon.list("abbreviation before number"),
            capital_before_number: lexicon.list("capitalised abbreviation before number"),
            openers: lexicon.list("sentence opener"),
            after_time: lexicon.list("after time of day"),
            ellipsis: Finder::new("…"),
        }
    }

    /// Puts the end of each sentence of `text` into `ends`; the last one is the end of the text. Nothing ends inside `skips`.
    pub fn split(&self, text: &str, mut skips: impl Iterator<Item = Range<usize>>, ends: &mut Vec<u32>) {
        let mut stops = memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()).peekable();
        let mut ellipses = self.ellipsis.find_iter(text.as_bytes()).peekable();
        let mut skip = skips.next();
        let mut start = 0;
        // Whether a letter or digit stands in the sentence, as far as it was looked at.
        let (mut has_word, mut seen) = (false, 0);
        let mut at = 0;
        while let Some(stop) = next_stop(at, &mut stops, &mut ellipses) {
            let after = end_of_stops(text, stop);
            at = after;
            while skip.as_ref().is_some_and(|s| s.end <= stop) {
                skip = skips.next();
            }
            if skip.as_ref().is_some_and(|s| s.contains(&stop)) {
                continue;
            }
            has_word = has_word || text[seen..stop].contains(char::is_alphanumeric);
            seen = stop;
            if after < text.len() && self.ends_here(text, start, stop, after, has_word) {
                ends.push(after as u32);
                (start, seen, has_word) = (after, after, false);
            }
        }
        ends.push(text.len() as u32);
    }

    /// Judges the stop at `stop` of the sentence that began at `start`; `after` is where its marks and closing quotes end, and `has_word`
    /// tells whether a letter or digit stands before it.
    fn ends_here(&self, text: &str, start: usize, stop: usize, after: usize, has_word: bool) -> bool {
        let before = &text[start..stop];
        let rest = &text[after..];
        let next = rest.trim_start();
        let word = next.trim_start_matches(is_opening);
        let word = &word[..word.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).unwrap_or(word.len())];
        let token = last_token(before).trim_start_matches(is_opening);
        if rest.len() == next.len() {
            return self.lost_blank(text, stop, token, next, word);
        }
        let Some(first) = next.chars().find(|c| !is_opening(*c)) else { return false };
        if first.is_lowercase() && !is_mixed_case(word) {
            return false;
        }
        let is_full_stop = text.as_bytes()[stop] == b'.' && !text[stop + 1..after].starts_with(['.', '!', '?', '…']);
        if !is_full_stop || text[stop + 1..after].contains(is_closing) {
            return true;
        }
        if token.is_empty() {
            return has_word;
        }
        // "MS." is an illness, "Ms." a title.
        let is_shouted = token.len() > 1 && !token.contains('.') && !token.contains(char::is_lowercase);
        let opens = || self.openers.has_text(word);
        match () {
            () if !is_shouted && self.abbreviations.has_text(token) => false,
            () if !is_shouted && self.titles.has_text(token) => opens(),
            () if first.is_ascii_digit() && self.goes_before_number(token) => false,
            () if is_time_of_day(token) => !self.after_time.has_text(word),
            () => !is_initial(token, before, next) || opens(),
        }
    }

    fn goes_before_number(&self, token: &str) -> bool {
        let has_capital = token.starts_with(char::is_uppercase);
        self.before_number.has_text(token) || has_capital && self.capital_before_number.has_text(token)
    }

    /// Judges a stop with no blank behind it: pasted text lost it ("48 hours.Then", "after that .The"), unless this is a name, a
    /// file or a number.
    fn lost_blank(&self, text: &str, stop: usize, token: &str, next: &str, word: &str) -> bool {
        let mut letters = next.chars();
        let (first, second) = (letters.next(), letters.next());
        let begins = first.is_some_and(char::is_uppercase) && second.is_some_and(char::is_lowercase)
            || first == Some('I') && second.is_some_and(char::is_whitespace);
        if !begins {
            return false;
        }
        let behind = next.strip_prefix(word).unwrap_or_default().strip_prefix('.').unwrap_or_default();
        let goes_on = behind.starts_with(|c: char| !c.is_whitespace() && !is_closing(c));
        let is_name = goes_on || token.chars().skip(1).any(char::is_uppercase);
        let last = text[..stop].trim_end().chars().next_back();
        let is_number = token.bytes().all(|b| b.is_ascii_digit());
        let is_end = is_number || last.is_some_and(|c| c.is_lowercase() || is_closing(c));
        !is_name && (is_end || token.chars().count() == 1 && self.openers.has_text(word))
    }
}

/// What stands behind the last blank, its end where it is longer than any abbreviation: text without blanks is looked at once, not once
/// for every stop in it.
fn last_token(text: &str) -> &str {
    let mut start = text.len();
    for (at, c) in text.char_indices().rev().take(LONGEST_TOKEN) {
        if c.is_whitespace() {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// The next byte from `from` on that may end a sentence.
fn next_stop(
    from: usize,
    stops: &mut Peekable<impl Iterator<Item = usize>>,
    ellipses: &mut Peekable<impl Iterator<Item = usize>>,
) -> Option<usize> {
    while stops.next_if(|at| *at < from).is_some() {}
    while ellipses.next_if(|at| *at < from).is_some() {}
    stops.peek().into_iter().chain(ellipses.peek()).min().copied()
}

/// Where the marks that begin at `stop` end: closing quotes, brackets and footnote marks included.
fn end_of_stops(text: &str, stop: usize) -> usize {
    let rest = &text[stop..];
    let marks = rest.trim_start_matches(['.', '!', '?', '…']);
    let closed = marks.trim_start_matches(|c| is_closing(c) || is_invisible(c));
    // A quote that opens the next word belongs to it.
    let end = if closed.starts_with(char::is_alphanumeric) && closed.len() < marks.len() { marks } else { closed };
    let after_letter = text[..stop].chars().next_back().is_some_and(|c| c.is_alphabetic() || is_closing(c));
    let note = if after_letter { footnote_mark(end) } else { 0 };
    text.len() - end.len() + note
}

/// The byte length of footnote marks at the beginning of a text that are followed by a blank: `1`, `3,4`, `[2]`, `¹`.
fn footnote_mark(text: &str) -> usize {
    let is_superscript = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let superscript = text.len() - text.trim_start_matches(is_superscript).len();
    let bracketed = text.len()
        - text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | ',' | '–' | '-')).len();
    let is_bracketed = text.starts_with('[') && text[..bracketed].ends_with(']');
    let plain = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    let is_plain = (1..=5).contains(&plain) && text[..plain].ends_with(|c: char| c.is_ascii_digit());
    let length = match () {
        () if superscript > 0 => superscript,
        () if is_bracketed => bracketed,
        () if is_plain => plain,
        () => return 0,
    };
    let mut behind = text[length..].chars();
    let is_apart = behind.next().is_none_or(char::is_whitespace) && behind.next().is_none_or(|c| !c.is_lowercase());
    if is_apart { length } else { 0 }
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '¿' | '¡')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_')
}

/// "pH", "mRNA": a word that begins small and goes on in capitals.
fn is_mixed_case(word: &str) -> bool {
    word.chars().take(MIXED_CASE).any(char::is_uppercase)
}

/// "a.m", "p.m", "am", "pm".
fn is_time_of_day(token: &str) -> bool {
    matches!(token.to_ascii_lowercase().as_str(), "a.m" | "p.m" | "am" | "pm")
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
            entry: Vec::new(),
        };
        let files = [
            list("abbreviation", &["e.g", "approx"]),
            list("title", &["dr"]),
            list("abbreviation before number", &["no"]),
            list("sentence opener", &["it", "the"]),
        ];
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
