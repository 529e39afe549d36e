//! Text to words.
//!
//! A word is a run of letters, digits and inner apostrophes; dots and commas stay inside numbers. Hyphens, slashes and
//! dots between letters part words, so that `two-day`, `and/or` and the missing blank of `that.The` are read as two. Plain
//! ASCII is scanned by byte; other scripts by character, and runs of scripts that write without blanks are cut by
//! Unicode's word boundaries (UAX #29).

use super::WordKind;
use crate::language::{is_invisible, key, key_of_first};
use unicode_segmentation::UnicodeSegmentation;

/// First character of the scripts that write without blanks (Thai and what follows it); alphabets come before.
const FIRST_WITHOUT_BLANKS: char = '\u{0e00}';

/// ASCII letters and digits by their byte.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Calls `word` with the byte range, key and kind of each word of `text`, in order.
pub(super) fn each_word(text: &str, mut word: impl FnMut(usize, usize, u64, WordKind)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            // Most words are small ASCII letters between blanks.
            let length = bytes[at..].iter().take_while(|b| IN_WORD[usize::from(**b)]).count();
            let is_whole = bytes.get(at + length).is_none_or(|b| matches!(b, b' ' | b'\n' | b')' | b':' | b';' | b'-'));
            if is_whole {
                let kind = if byte.is_ascii_digit() { WordKind::Number } else { WordKind::Word };
                word(at, at + length, key_of_first(&bytes[at..], length), kind);
                at += length;
                continue;
            }
        } else if !text[at..].chars().next().is_some_and(char::is_alphanumeric) {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let (end, without_blanks) = end_of_run(text, at);
        if without_blanks {
            for (offset, part) in text[at..end].unicode_word_indices() {
                word(at + offset, at + offset + part.len(), key(part), kind(part));
            }
        } else {
            word(at, end, key(&text[at..end]), kind(&text[at..end]));
        }
        at = end;
    }
}

/// Where the run of word characters that begins at `start` ends, and whether it holds a script without blanks.
fn end_of_run(text: &str, start: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut without_blanks) = (start, start, false);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
            end = at;
        } else if byte.is_ascii() {
            let before = bytes[end - 1];
            let joins = match byte {
                b'\'' => bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic()) && !before.is_ascii_digit(),
                b'.' | b',' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && before.is_ascii_digit(),
                _ => false,
            };
            if !joins || end < at {
                break;
            }
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            if c.is_alphanumeric() || is_mark(c) {
                without_blanks |= c >= FIRST_WITHOUT_BLANKS && c.is_alphanumeric() && !is_half_width(c);
                end = at;
            } else if c == '’' {
                if !text[at..].chars().next().is_some_and(char::is_alphabetic) {
                    break;
                }
            } else if !is_invisible(c) {
                break;
            }
        }
    }
    (end, without_blanks)
}

/// Combining marks that follow their letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Alphabets that Unicode keeps behind the scripts without blanks: Greek, Cyrillic and Latin extensions, presentation forms.
fn is_half_width(c: char) -> bool {
    matches!(c, '\u{10a0}'..='\u{10ff}' | '\u{1100}'..='\u{11ff}' | '\u{1c80}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}'
        | '\u{a640}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{ac00}'..='\u{d7ff}' | '\u{fb00}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}' | '\u{ff10}'..='\u{ff5a}')
}

fn kind(word: &str) -> WordKind {
    if word.starts_with(|c: char| c.is_numeric()) { WordKind::Number } else { WordKind::Word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        each_word(text, |start, end, _, _| found.push(&text[start..end]));
        found
    }

    #[test]
    fn prose() {
        assert_eq!(words("Don't rest; it’s “fine”."), ["Don't", "rest", "it’s", "fine"]);
        assert_eq!(words("a two-day, 24-48h stay"), ["a", "two", "day", "24", "48h", "stay"]);
        assert_eq!(
            words("after that .The goal.Then e.g. this"),
            "after that The goal Then e g this".split(' ').collect::<Vec<_>>()
        );
        assert_eq!(words("1,000.5 mg, 2."), ["1,000.5", "mg", "2"]);
        assert_eq!(words("'quoted' patients' 'll"), ["quoted", "patients", "ll"]);
    }

    #[test]
    fn other_scripts() {
        assert_eq!(words("naïve café\u{301}s Übung—ja"), ["naïve", "café\u{301}s", "Übung", "ja"]);
        assert_eq!(words("micro\u{ad}needle\u{200b} x"), ["micro\u{ad}needle", "x"]);
        assert_eq!(words("пульс α-wave 한국어 단어"), ["пульс", "α", "wave", "한국어", "단어"]);
        assert!(!words("ปวดหัวมาก").is_empty());
        assert_eq!(words("頭痛").len(), 2);
    }
}
