//! Text of articles inside GitHub's Markdown, so that it is shown and does nothing.
//!
//! Escapes keep it from being markup. What GitHub makes of plain text afterwards (mentions that notify people, references that
//! show up in other threads, live links to whatever a spammer wrote) is broken by a space without width.

use super::screen::clean;

/// Shows nothing and parts words.
const BREAK: char = '\u{200b}';

/// A text in one line, fit for a cell of a table.
pub(super) fn escaped(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '!' => out.extend(['\\', letter]),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Escaped, it would still begin a formula.
            '$' => out.push_str("<span>$</span>"),
            _ => out.push(letter),
        }
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let is_live = match letter {
            '@' | '#' => rest.starts_with(|next: char| next.is_alphanumeric()),
            ':' => rest.starts_with("//"),
            'w' | 'W' => rest.starts_with('.'),
            _ => false,
        };
        if is_live {
            out.push(BREAK);
        }
    }
    out
}

/// A text in one line as code, where nothing is markup but the fence itself and, in a table, the bar.
pub(super) fn code(text: &str) -> String {
    let text = clean(text).replace('|', "\\|");
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The first characters of a text, `…` where some are left out.
pub(super) fn head(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// The text that a reader sees in the only cell, without the spaces that part words.
    fn read(markdown: &str) -> String {
        let table = format!("| a |\n|---|\n| {markdown} |\n");
        let events = Parser::new_ext(&table, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
        let cells = events.filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            Event::Start(tag) => (!format!("{tag:?}").starts_with("Table")).then(|| format!("{tag:?}")),
            _ => None,
        });
        let text: String = cells.collect();
        text.strip_prefix('a').expect("the head of the table").replace(BREAK, "")
    }

    const HOSTILE: &str = "a|b `c` <b>d</b> &lt; *e* __f__ ~~g~~ [h](http://i) ![j](k) \\| \\ $l$ ](m) %0A # n";

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(&escaped(HOSTILE)), HOSTILE);
        assert_eq!(escaped("one\r\ntwo\u{202e}"), "one two◌");
        for path in ["a b|c.md:1", "`a``b`", "a\\|b\\", "<i>.md", "@all #1"] {
            assert_eq!(read(&code(path)), path);
        }
    }

    #[test]
    fn nothing_comes_alive() {
        let text = escaped("@ann ann@clinic.example #12 https://spam.example WWW.spam.example");
        for alive in ["@a", "@c", "#1", "://", "WWW."] {
            assert!(!text.contains(alive), "{alive} in {text}");
        }
        assert_eq!(escaped("10 # 5 @ 3: see w"), "10 # 5 @ 3: see w");
    }

    #[test]
    fn long_texts_have_a_head() {
        assert_eq!((head("éé", 2), head("ééé", 2)), ("éé".into(), "éé…".into()));
    }
}
