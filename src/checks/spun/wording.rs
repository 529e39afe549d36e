//! How an original is written in the place of the word that was swapped for it.

use crate::language::{folded, unfolded};

/// The original of one word: in the plural, or third person, where the word was, and with its capital.
pub(super) fn of_word(original: &str, written: &str) -> String {
    let is_many = folded(written).len() < written.len() && !original.contains(' ');
    capitalised(if is_many { unfolded(original) } else { original.to_owned() }, written)
}

/// The original with a capital where what was written has one.
pub(super) fn capitalised(original: String, written: &str) -> String {
    let mut letters = original.chars();
    match letters.next() {
        Some(first) if written.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => original,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_number_and_capital_of_what_was_written() {
        assert_eq!(of_word("risk", "Hazards"), "Risks");
        assert_eq!(of_word("heal", "mends"), "heals");
        assert_eq!(of_word("risk", "hazard"), "risk");
        assert_eq!(capitalised("fine lines".into(), "Scarce differences"), "Fine lines");
    }
}
