//! The identity of a finding: it depends on the rule and the words at its places, not on path, line or layout.

use rapidhash::v3::rapidhash_v3;

/// Hashes a rule id and the keys of the words at all places of a finding, in order.
pub fn fingerprint(rule: &str, words: impl IntoIterator<Item = u64>) -> u64 {
    let mut bytes = rule.as_bytes().to_vec();
    bytes.push(0);
    for key in words {
        bytes.extend_from_slice(&key.to_le_bytes());
    }
    rapidhash_v3(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depends_on_rule_words_and_order() {
        let of = |rule: &str, words: &[u64]| fingerprint(rule, words.iter().copied());
        assert_eq!(of("a/b", &[1, 2]), of("a/b", &[1, 2]));
        assert_ne!(of("a/b", &[1, 2]), of("a/b", &[2, 1]));
        assert_ne!(of("a/b", &[1]), of("a/c", &[1]));
    }
}
