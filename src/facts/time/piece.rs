//! The words of one sentence as the grammar sees them: numbers with their values, words with their parts, and what stands between.
//!
//! `24hrs` is two pieces of one word. What stands between two words is kept as a set of marks, so that `24 – 48`, `24-48` and
//! `24- to 48` can be told apart and a full stop or a bracket ends what it must end.

use super::grammar::{AFTER_ARTICLE, CORES, PEOPLE};
use super::role::Role;
use super::vocabulary::{NO_TERM, Vocabulary};
use crate::document::{Document, Word, WordKind};
use crate::language::{is_invisible, key};

/// What stands before a piece, as a set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u32);

impl Gap {
    pub const SPACE: Self = Self(1);
    /// A hyphen that touches the word before it.
    pub const HYPHEN: Self = Self(1 << 1);
    /// A dash, or a hyphen with a blank before it.
    pub const DASH: Self = Self(1 << 2);
    pub const SLASH: Self = Self(1 << 3);
    pub const COMMA: Self = Self(1 << 4);
    pub const OPEN: Self = Self(1 << 5);
    pub const CLOSE: Self = Self(1 << 6);
    pub const STOP: Self = Self(1 << 7);
    pub const COLON: Self = Self(1 << 8);
    pub const TIMES: Self = Self(1 << 9);
    pub const PLUS: Self = Self(1 << 10);
    pub const ABOUT: Self = Self(1 << 11);
    pub const LESS: Self = Self(1 << 12);
    pub const MORE: Self = Self(1 << 13);
    pub const PERCENT: Self = Self(1 << 14);
    pub const MONEY: Self = Self(1 << 15);
    pub const AND: Self = Self(1 << 16);
    /// Nothing at all: both pieces belong to one word.
    pub const GLUE: Self = Self(1 << 17);
    pub const OTHER: Self = Self(1 << 18);

    /// True where all marks are among these.
    pub fn is_only(self, marks: Self) -> bool {
        self.0 & !marks.0 == 0
    }

    /// True where one of the marks is among these.
    pub fn has(self, marks: Self) -> bool {
        self.0 & marks.0 != 0
    }

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of(text: &str) -> Self {
        if text == " " {
            return Self::SPACE;
        }
        text.chars().filter(|c| !is_invisible(*c)).fold(Self::default(), |gap, c| gap.or(gap.mark(c)))
    }

    fn mark(self, c: char) -> Self {
        match c {
            '-' | '\u{2010}' | '\u{2011}' if self.has(Self::SPACE.or(Self::HYPHEN)) => Self::DASH,
            '-' | '\u{2010}' | '\u{2011}' => Self::HYPHEN,
            '\u{2012}'..='\u{2015}' | '\u{2212}' => Self::DASH,
            '/' | '\u{2044}' => Self::SLASH,
            ',' => Self::COMMA,
            '(' | '[' => Self::OPEN,
            ')' | ']' => Self::CLOSE,
            '.' => Self::STOP,
            ':' => Self::COLON,
            '×' | '✕' => Self::TIMES,
            '+' => Self::PLUS,
            '~' | '≈' | '±' | '∼' | '≃' => Self::ABOUT,
            '<' | '≤' => Self::LESS,
            '>' | '≥' => Self::MORE,
            '%' => Self::PERCENT,
            '$' | '£' | '€' | '¥' => Self::MONEY,
            '&' => Self::AND,
            '\'' | '’' | '‘' => Self::default(),
            c if c.is_whitespace() => Self::SPACE,
            _ => Self::OTHER,
        }
    }
}

/// A word, or the number or the letters of one that holds both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The word, as an index into the document's words.
    pub word: u32,
    /// What stands before it.
    pub gap: Gap,
    /// The part that it plays, as a number of the vocabulary.
    pub term: u32,
    pub key: u64,
    /// Its value in millionths, where it is written in digits.
    pub number: Option<i64>,
    /// Its place in a row, where it is written like `3rd`.
    pub ordinal: Option<i64>,
    /// True where an expression may begin here: with its core, or with words that lead in and a core behind them.
    pub begins: bool,
}

/// Fills `pieces` with a sentence's words, and one more piece for what stands behind the last.
pub(super) fn cut(doc: &Document, vocabulary: &Vocabulary, sentence: usize, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let Some(sentence) = doc.sentences.get(sentence) else { return };
    let (start, end) = (sentence.words.start as usize, sentence.words.end as usize);
    let mut from = sentence.text.start as usize;
    for (number, word) in (start..).zip(doc.words.get(start..end).unwrap_or_default()) {
        let gap = Gap::of(doc.text.get(from..word.text.start as usize).unwrap_or_default());
        from = word.text.end as usize;
        let piece = Piece {
            word: number as u32,
            gap,
            term: NO_TERM,
            key: word.key,
            number: None,
            ordinal: None,
            begins: false,
        };
        match word.kind {
            WordKind::Word => pieces.push(Piece { term: vocabulary.term(word.key), ..piece }),
            WordKind::Number => cut_number(doc, vocabulary, word, piece, pieces),
        }
    }
    let gap = Gap::of(doc.text.get(from..sentence.text.end as usize).unwrap_or_default());
    pieces.push(Piece {
        word: end as u32,
        gap: gap.or(Gap::OTHER),
        term: NO_TERM,
        key: 0,
        number: None,
        ordinal: None,
        begins: false,
    });
    mark_begins(vocabulary, pieces);
}

/// From its first word to a word that no expression is without, an expression has no more words.
const MOST_TO_OPENING: usize = 16;

/// Marks, from the end, where an expression may begin: most words that could lead one in do not.
fn mark_begins(vocabulary: &Vocabulary, pieces: &mut [Piece]) {
    let (mut next, mut goes_on, mut to_opening) = (false, false, MOST_TO_OPENING);
    // “Pupils have to be at least twelve”: what makes an age of a number stands before it.
    let has_people = pieces.iter().any(|piece| vocabulary.roles(piece.term).meets(PEOPLE));
    for piece in pieces.iter_mut().rev() {
        let roles = vocabulary.roles(piece.term);
        let is_number = piece.number.is_some() || piece.ordinal.is_some();
        let is_article_alone = roles.has(Role::Article) && !goes_on;
        to_opening = if vocabulary.is_opening(piece.term) { 0 } else { to_opening + 1 };
        let is_word = roles.meets(CORES) && !is_article_alone || roles.has(Role::Until);
        let is_age = has_people && roles.has(Role::Number);
        let is_core = is_number || is_age || is_word && to_opening < MOST_TO_OPENING;
        // Nothing begins in the middle of a word.
        piece.begins = piece.gap != Gap::GLUE && (is_core || next && vocabulary.is_leading(piece.term));
        (next, goes_on) = (piece.begins, is_number || roles.meets(AFTER_ARTICLE));
    }
}

/// `24`, `24hrs`, `1½`, `3rd`.
fn cut_number(doc: &Document, vocabulary: &Vocabulary, word: &Word, piece: Piece, pieces: &mut Vec<Piece>) {
    let text = doc.slice(word.text);
    let digits = text.find(|c: char| !(c.is_numeric() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (digits, letters) = text.split_at(digits);
    let number = value(digits);
    if letters.is_empty() {
        pieces.push(Piece { number, term: vocabulary.term(word.key), ..piece });
        return;
    }
    let key = key(letters);
    let term = vocabulary.term(key);
    if vocabulary.may_be(term, Role::OrdinalEnding) {
        let ordinal = number.map(|number| number / MILLION);
        pieces.push(Piece { ordinal, ..piece });
        return;
    }
    pieces.push(Piece { number, ..piece });
    pieces.push(Piece { gap: Gap::GLUE, term, key, ..piece });
}

/// One, in the millionths that numbers are kept in.
pub(super) const MILLION: i64 = 1_000_000;
/// Longer numbers count nothing that an article gives.
const MOST_DIGITS: usize = 12;

/// The value of digits in millionths: `1,000`, `2.5`, `1½`. A comma before three digits parts thousands, else it is a decimal one.
fn value(text: &str) -> Option<i64> {
    if text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.bytes().fold(0, |sum, b| sum * 10 + i64::from(b - b'0')) * MILLION)
            .filter(|_| !text.is_empty());
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (digits, sign) = text.split_at(end);
    let fraction = match sign {
        "" => 0,
        "¼" => MILLION / 4,
        "½" => MILLION / 2,
        "¾" => MILLION * 3 / 4,
        "⅓" => MILLION / 3,
        "⅔" => MILLION * 2 / 3,
        "⅛" => MILLION / 8,
        _ => return None,
    };
    if digits.is_empty() {
        return (fraction > 0).then_some(fraction);
    }
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = |group: &str| group.split('.').next().is_some_and(|whole| whole.len() == 3);
    let rest: Vec<&str> = groups.collect();
    let plain = if rest.iter().all(|group| is_grouped(group)) {
        rest.iter().fold(first.to_owned(), |joined, group| joined + group)
    } else {
        digits.replace(',', ".")
    };
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > MOST_DIGITS || decimals.len() > 6 || decimals.contains('.') {
        return None;
    }
    let decimals: i64 = format!("{decimals:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(MILLION)?.checked_add(decimals + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        let table = [
            ("24", Some(24_000_000)),
            ("2.5", Some(2_500_000)),
            ("1,000", Some(1_000_000_000)),
            ("1,5", Some(1_500_000)),
            ("1,000.5", Some(1_000_500_000)),
            ("1½", Some(1_500_000)),
            ("¾", Some(750_000)),
            ("0.025", Some(25_000)),
            ("5²", None),
            ("1.2.3", None),
            ("1234567890123", None),
        ];
        for (text, expected) in table {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn gaps() {
        assert!(
            Gap::of("-").is_only(Gap::HYPHEN) && Gap::of("- ").has(Gap::HYPHEN) && !Gap::of(" - ").has(Gap::HYPHEN)
        );
        assert!(Gap::of(" – ").has(Gap::DASH) && Gap::of("\u{a0}") == Gap::SPACE && Gap::of("’ ") == Gap::SPACE);
        assert!(Gap::of(", (").has(Gap::OPEN) && !Gap::of("; ").is_only(Gap::SPACE));
    }
}
