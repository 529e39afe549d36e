//! Messages in SARIF: plain text in which brackets make links.

use super::super::screen::clean;

/// A text in one line in which nothing is taken for a link.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        if matches!(letter, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A text with a full stop at its end, because viewers short of room show the first sentence.
pub(super) fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    text
}

/// At most so many characters, cut between words where possible.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let words = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(words, _)| words.trim_end());
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_no_links() {
        assert_eq!(plain("see [this](1)\r\nand \\"), "see \\[this\\](1) and \\\\");
        assert_eq!(plain("a\u{202e}b"), "a◌b");
    }

    #[test]
    fn sentences_end_once() {
        assert_eq!(sentence("keep one".into()), "keep one.");
        assert_eq!(sentence("which is right?".into()), "which is right?");
    }

    #[test]
    fn long_texts_end_between_words() {
        assert_eq!(cut("rest the knee", 13), "rest the knee");
        assert_eq!(cut("rest the knee", 12), "rest the…");
        assert_eq!(cut("éééééé", 4), "ééé…");
    }
}
