//! Whether a house's own file of words fits the list that it joins: a list of plain words takes plain words, one whose words
//! stand for something takes entries that say as much as the built-in ones do.

use super::nearest::{nearest, proposed};
use crate::language::{Entry, Lexicon, WordsFault, WordsFile, keys};
use std::collections::BTreeSet;

/// The first thing in a file that its list cannot take.
pub(super) fn fault(file: &WordsFile, lexicon: &Lexicon) -> Option<WordsFault> {
    if file.words.is_empty() && file.entry.is_empty() {
        return Some(told(&[], "the key “words” is missing".to_owned()));
    }
    empty(file).or_else(|| unknown_list(file, lexicon)).or_else(|| {
        let known = lexicon.entries(&file.list);
        match (known.is_empty(), file.words.is_empty(), file.entry.is_empty()) {
            (true, _, false) => {
                let reason = format!("the list “{}” holds plain words: write them under “words”", file.list);
                Some(told(&["entry"], reason))
            }
            (false, false, _) => {
                let reason =
                    format!("words of the list “{}” stand for something: write each as a [[entry]]", file.list);
                Some(told(&["words"], reason))
            }
            _ => file.entry.iter().enumerate().find_map(|(index, entry)| misfit(file, known, index, entry)),
        }
    })
}

fn empty(file: &WordsFile) -> Option<WordsFault> {
    let entries = file.entry.iter().enumerate().flat_map(|(index, entry)| {
        let any = entry.any.iter().enumerate().map(move |(at, text)| (vec![index, at], "any", text));
        any.chain(entry.many.iter().enumerate().map(move |(at, text)| (vec![index, at], "many", text)))
    });
    let plain = file.words.iter().enumerate().map(|(at, text)| (vec![at], "words", text));
    let (place, key, text) = plain.chain(entries).find(|(_, _, text)| keys(text).is_empty())?;
    let at = match place.as_slice() {
        [index, at] => vec!["entry".to_owned(), index.to_string(), key.to_owned(), at.to_string()],
        place => [key.to_owned()].into_iter().chain(place.iter().map(ToString::to_string)).collect(),
    };
    Some(WordsFault { at, reason: format!("“{text}” holds no word") })
}

fn unknown_list(file: &WordsFile, lexicon: &Lexicon) -> Option<WordsFault> {
    let is_known = lexicon.names().any(|name| name == file.list);
    let near = || proposed(nearest(&file.list, lexicon.names()));
    (!is_known).then(|| told(&["list"], format!("no list is called “{}”{}", file.list, near())))
}

fn misfit(file: &WordsFile, known: &[Entry], index: usize, entry: &Entry) -> Option<WordsFault> {
    let all = |says: &dyn Fn(&Entry) -> bool| known.iter().all(says) && !says(entry);
    let lacking = |key: &str| {
        let reason = format!("every [[entry]] of the list “{}” says “{key}”; this one does not", file.list);
        Some(told(&["entry", &index.to_string(), "any"], reason))
    };
    let measures: BTreeSet<&str> = known.iter().filter_map(|entry| entry.of.as_deref()).collect();
    match &entry.of {
        _ if all(&|entry| entry.range().is_some()) => lacking("value"),
        None if all(&|entry| entry.of.is_some()) => lacking("of"),
        Some(of) if !measures.contains(of.as_str()) => {
            let near = proposed(nearest(of, measures.iter().copied()));
            let reason = format!("the list “{}” knows no “{of}”{near}", file.list);
            Some(told(&["entry", &index.to_string(), "of"], reason))
        }
        _ => None,
    }
}

fn told(at: &[&str], reason: String) -> WordsFault {
    WordsFault { at: at.iter().map(|key| (*key).to_owned()).collect(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    fn reason(text: &str) -> Option<(String, String)> {
        let file: WordsFile = toml::from_str(&format!("kind = \"words\"\n{text}")).expect("a file of words");
        fault(&file, &RuleSet::builtin().lexicon).map(|fault| (fault.at.join("."), fault.reason))
    }

    #[test]
    fn what_fits_its_list_joins_it() {
        assert_eq!(reason("list = \"dose unit\"\n[[entry]]\nany = [\"ampoule\"]\nmany = [\"ampoules\"]"), None);
        assert_eq!(reason("list = \"time unit\"\n[[entry]]\nany = [\"shift\"]\nvalue = 8\nof = \"hour\""), None);
        assert_eq!(reason("list = \"session\"\n[[entry]]\nany = [\"peel\"]\nmany = [\"peels\"]"), None);
    }

    #[test]
    fn what_does_not_is_told_at_its_place() {
        let told = |text: &str| reason(text).expect(text);
        let table = [
            ("list = \"time unit\"\n[[entry]]\nany = [\"shift\"]\nof = \"hour\"", "entry.0.any", "says “value”"),
            ("list = \"time unit\"\n[[entry]]\nany = [\"shift\"]\nvalue = 8", "entry.0.any", "says “of”"),
            ("list = \"time unit\"\n[[entry]]\nany = [\"x\"]\nvalue = 8\nof = \"hours\"", "entry.0.of", "“hour”"),
            ("list = \"title\"\n[[entry]]\nany = [\"shift\"]", "entry", "plain words"),
            ("list = \"session\"\nwords = [\"peel\"]", "words", "[[entry]]"),
            ("list = \"session\"\n[[entry]]\nany = [\"peel\", \"-\"]", "entry.0.any.1", "holds no word"),
            ("list = \"sesion\"\nwords = [\"peel\"]", "list", "“session”"),
        ];
        for (text, at, says) in table {
            let (place, reason) = told(text);
            assert!(place == at && reason.contains(says), "{text}: {place}: {reason}");
        }
    }
}
