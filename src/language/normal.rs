//! The normal form of a word, and its hash.
//!
//! Two words are the same word when they differ only in case, in the shape of an apostrophe, or in characters that nobody
//! sees. Everything that compares words compares the 64-bit hash of this form. The hash function is pinned: keys are equal
//! on every machine and in every version, so that they may be stored.

use rapidhash::v3::rapidhash_v3;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Longest ASCII word that is normalised without allocating, in bytes.
const SHORT: usize = 48;

/// Hashes keys by themselves: they are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

/// A map from word keys.
pub type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<KeyHasher>>;

/// The hash of a word's normal form.
pub fn key(word: &str) -> u64 {
    if word.is_ascii() { ascii_key(word.as_bytes()) } else { rapidhash_v3(normal_form(word).as_bytes()) }
}

/// The key of a word in ASCII letters, digits and apostrophes.
fn ascii_key(word: &[u8]) -> u64 {
    let mut lower = [0; SHORT];
    match lower.get_mut(..word.len()) {
        Some(lower) => {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            rapidhash_v3(lower)
        }
        None => rapidhash_v3(&word.to_ascii_lowercase()),
    }
}

/// The key of the word of `length` ASCII letters and digits at the beginning of `text`.
pub(crate) fn key_of_first(text: &[u8], length: usize) -> u64 {
    match text.first_chunk::<16>() {
        // In these characters the bit 0x20 is the whole difference between capital and small letters.
        Some(chunk) if length <= 16 => {
            let lower = (u128::from_ne_bytes(*chunk) | u128::from_ne_bytes([0x20; 16])).to_ne_bytes();
            rapidhash_v3(&lower[..length])
        }
        _ => ascii_key(&text[..length]),
    }
}

/// A word in lower case, with plain apostrophes and without soft hyphens and zero-width characters.
pub fn normal_form(word: &str) -> String {
    word.chars().filter(|c| !is_invisible(*c)).map(plain_apostrophe).flat_map(char::to_lowercase).collect()
}

/// The keys of the words of a phrase as a rule or word list writes it, cut at everything that is no letter, digit or
/// inner apostrophe, like the words of an article.
pub fn keys(phrase: &str) -> Vec<u64> {
    words(phrase).map(key).collect()
}

/// The words of a phrase as a rule or word list writes it.
pub fn words(phrase: &str) -> impl Iterator<Item = &str> {
    let words = phrase.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    words.map(|word| word.trim_matches(['\'', '’'])).filter(|word| !word.is_empty())
}

/// Apostrophes of all shapes as one.
fn plain_apostrophe(c: char) -> char {
    if matches!(c, '’' | '‘' | 'ʼ' | '＇') { '\'' } else { c }
}

/// Characters inside words that change nothing for a reader: soft hyphen, zero-width space and joiners, word joiner.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_apostrophes_and_invisible_characters_do_not_count() {
        assert_eq!(key("Skin’s"), key("skin's"));
        assert_eq!(key("micro\u{ad}needle"), key("Microneedle"));
        assert_eq!(key("ÉCZÉMA"), key("éczéma"));
        assert_ne!(key("skins"), key("skin's"));
        let long = "x".repeat(100);
        assert_eq!(key(&long), key(&long.to_uppercase()));
    }

    #[test]
    fn words_inside_text_have_the_same_keys() {
        let text = b"Microneedling48 HEALS fine lines, and more of them";
        for length in [1, 8, 15] {
            let word = std::str::from_utf8(&text[..length]).expect("ASCII");
            assert_eq!(key_of_first(text, length), key(word));
        }
        assert_eq!(key_of_first(b"Skin", 4), key("skin"));
    }

    #[test]
    fn keys_are_pinned() {
        assert_eq!(key("skin"), 10_832_654_512_008_218_726);
    }

    #[test]
    fn phrases_are_cut_like_articles() {
        assert_eq!(keys("Don't “delve” deeper: 24-48"), ["don't", "delve", "deeper", "24", "48"].map(key));
    }
}
