//! Singular and plural as one: the form by which swapped words and their neighbours are looked up.
//!
//! `risks` folds to `risk`, `needles` to `needle`, `ovaries` to `ovary`; so do verbs, `heals` to `heal`. Nothing else is undone:
//! `healed` and `healing` keep their endings, for what stands beside them tells a verb from a noun.

use super::{key, key_of_first};
use std::borrow::Cow;

/// Shorter words are left alone: `gas`, `yes`.
const SHORTEST: usize = 4;

/// The word without a plural or third-person ending; case is kept.
pub fn folded(word: &str) -> Cow<'_, str> {
    let bytes = word.as_bytes();
    let Some((last, stem)) = bytes.split_last() else { return Cow::Borrowed(word) };
    let is_plural = bytes.len() >= SHORTEST
        && last.eq_ignore_ascii_case(&b's')
        && stem
            .last()
            .is_some_and(|c| c.is_ascii_alphabetic() && !matches!(c.to_ascii_lowercase(), b's' | b'u' | b'i'));
    if !is_plural {
        return Cow::Borrowed(word);
    }
    if !matches!(stem.last(), Some(b'e' | b'E')) {
        return Cow::Borrowed(word.get(..stem.len()).unwrap_or(word));
    }
    let ends = |ending: &str| {
        word.len() > ending.len() && word.is_char_boundary(word.len() - ending.len()) && {
            word.get(word.len() - ending.len()..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
        }
    };
    let cut = |bytes: usize| word.get(..word.len() - bytes).unwrap_or(word);
    match () {
        () if ends("ies") && word.len() > SHORTEST => Cow::Owned(format!("{}y", cut(3))),
        () if ["ches", "shes", "sses", "xes", "zes"].into_iter().any(ends) => Cow::Borrowed(cut(2)),
        () => Cow::Borrowed(cut(1)),
    }
}

/// The key of a word in this form, when its own key is known.
pub fn folded_key(word: &str, own: u64) -> u64 {
    match word.as_bytes().last() {
        Some(b's' | b'S') => match folded(word) {
            form if form.len() == word.len() => own,
            form => key(&form),
        },
        _ => own,
    }
}

/// The same for the word of `length` bytes at the beginning of `text`, whatever follows it.
pub(crate) fn folded_key_of_first(text: &str, length: usize, own: u64) -> u64 {
    let Some(word) = text.get(..length) else { return own };
    match word.as_bytes() {
        [stem @ .., b's' | b'S'] if length >= SHORTEST && stem.iter().all(u8::is_ascii_alphanumeric) => match stem {
            [.., b'e' | b'E'] => folded_key(word, own),
            [.., b's' | b'S' | b'u' | b'U' | b'i' | b'I' | b'0'..=b'9'] => own,
            _ => key_of_first(text.as_bytes(), length - 1),
        },
        _ => folded_key(word, own),
    }
}

/// The plural, or third person, of a folded word.
pub fn unfolded(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["ch", "sh", "s", "x", "z"]) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_fold() {
        for (word, form) in [
            ("risks", "risk"),
            ("Ovaries", "Ovary"),
            ("patches", "patch"),
            ("doses", "dose"),
            ("this", "this"),
            ("stress", "stress"),
            ("virus", "virus"),
            ("gas", "gas"),
            ("skin's", "skin's"),
            ("é\u{301}s", "é\u{301}s"),
            ("healed", "healed"),
        ] {
            assert_eq!(folded(word), form);
            assert_eq!(folded_key(word, key(word)), key(form));
            let text = format!("{word} and whatever follows");
            assert_eq!(folded_key_of_first(&text, word.len(), key(word)), key(form));
        }
        assert_eq!(["risk", "ovary", "patch", "day"].map(unfolded), ["risks", "ovaries", "patches", "days"]);
    }
}
