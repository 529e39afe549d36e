//! Where in a sentence an address stands: what comes before it and behind it.

/// A word beside an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// In small letters; empty where a sign or nothing stands there.
    pub word: String,
    /// True where it is written with a capital.
    pub is_capital: bool,
    /// The sign between it and the address, blanks left out.
    pub sign: Option<char>,
}

impl Beside {
    /// The last word of what stands before.
    pub fn before(text: &str) -> Self {
        let text = text.trim_end();
        let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let sign = text[bare.len()..].trim_start().chars().next_back();
        let start =
            bare.rfind(|c: char| !is_inner(c)).map_or(0, |at| at + bare[at..].chars().next().map_or(1, char::len_utf8));
        Self::of(&bare[start..], sign)
    }

    /// The first word of what stands behind.
    pub fn behind(text: &str) -> Self {
        let text = text.trim_start();
        let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let sign = text[..text.len() - bare.len()].chars().next();
        let end = bare.find(|c: char| !is_inner(c)).unwrap_or(bare.len());
        Self::of(&bare[..end], sign)
    }

    /// The word behind the first word of what stands behind.
    pub fn second_behind(text: &str) -> Self {
        let text = text.trim_start();
        let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        Self::behind(bare.trim_start_matches(is_inner))
    }

    fn of(word: &str, sign: Option<char>) -> Self {
        let is_capital = word.starts_with(char::is_uppercase);
        Self { word: word.to_lowercase().replace('’', "'"), is_capital, sign }
    }
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours() {
        let before = |text: &str| (Beside::before(text).word, Beside::before(text).sign);
        assert_eq!(before("After a fitting, "), ("fitting".into(), Some(',')));
        assert_eq!(before("the pressure of "), ("of".into(), None));
        assert_eq!(before("(see "), ("see".into(), None));
        assert_eq!(before("Form: "), ("form".into(), Some(':')));
        assert_eq!(before(""), (String::new(), None));
        let behind = |text: &str| (Beside::behind(text).word, Beside::behind(text).sign);
        assert_eq!(behind(" 'll notice"), ("ll".into(), Some('\'')));
        assert_eq!(behind(") and"), ("and".into(), Some(')')));
        assert_eq!(behind(" don’t"), ("don't".into(), None));
        assert_eq!(Beside::second_behind(" and the calves").word, "the");
        assert_eq!(Beside::second_behind(" and").word, "");
    }
}
