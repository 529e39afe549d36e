//! The identity of a finding: it depends on the rule and the words at its places, not on path, line or layout.

use rapidhash::v3::rapidhash_v3;

/// Hashes the keys of the words at one place of a finding, in order.
pub fn identity(words: impl IntoIterator<Item = u64>) -> u64 {
    hash("", words)
}

/// Hashes a rule id and what its finding is recognised by.
pub(super) fn fingerprint(rule: &str, identity: &[u64]) -> u64 {
    hash(rule, identity.iter().copied())
}

fn hash(name: &str, numbers: impl IntoIterator<Item = u64>) -> u64 {
    let mut bytes = name.as_bytes().to_vec();
    bytes.push(0);
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    rapidhash_v3(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depends_on_rule_words_and_order() {
        assert_eq!(fingerprint("a/b", &[1, 2]), fingerprint("a/b", &[1, 2]));
        assert_ne!(fingerprint("a/b", &[1, 2]), fingerprint("a/b", &[2, 1]));
        assert_ne!(fingerprint("a/b", &[1]), fingerprint("a/c", &[1]));
        assert_eq!(identity([1, 2]), identity([1, 2]));
        assert_ne!(identity([1, 2]), identity([12]));
    }
}
