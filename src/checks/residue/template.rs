//! Whether a text is a template: then its gaps are meant to be there.

use crate::document::Document;
use crate::language::{Lexicon, WordList};

/// Longer insides of braces are no names, in bytes.
const LONGEST: usize = 60;

/// What gives a template away.
#[derive(Clone, Debug)]
pub(in crate::checks) struct Templates {
    cues: WordList,
}

impl Templates {
    /// Reads the words that call a text a template.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { cues: lexicon.list("template cue") }
    }

    /// True for the inside of braces or brackets that a person would fill: a name, not an expression of a template language.
    pub fn is_gap(&self, inner: &str) -> bool {
        let inner = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}'));
        let has_field = inner.split('.').count() > 1 && !inner.contains(' ');
        !inner.is_empty() && inner.len() <= LONGEST && !has_field && !inner.contains(['(', '=', '"', '<', '%', '#'])
    }

    /// True for a text with control tags or fields of a template language, with the layout of one in its front matter, or
    /// called a template in its own words.
    pub fn is_template(&self, doc: &Document) -> bool {
        let text = &doc.source.text;
        // Braces and blanks up to here lead to an inside that was looked at.
        let mut known = 0;
        let follows_brace = |at: usize| {
            let rest = &text[at + 1..];
            let is_control = rest.starts_with(['%', '#']);
            let opened = rest.strip_prefix('{').filter(|_| at >= known);
            let inner = opened.map(|rest| rest.trim_start_matches(['-', ' ', '{', '~']));
            known = inner.map_or(known, |inner| text.len() - inner.len());
            let is_expression = inner.is_some_and(|inner| {
                let name = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
                inner.starts_with(['#', '/', '>', '<', '%', '^', '!', '.', '$', '@'])
                    || matches!(inner.as_bytes().get(name), Some(b'.' | b'(' | b'|' | b'['))
                    || inner[name..].trim_start_matches(' ').starts_with('|')
            });
            is_control || is_expression
        };
        memchr::memchr_iter(b'{', text.as_bytes()).any(follows_brace)
            || text.contains("<%")
            || doc.front_matter.as_ref().is_some_and(|data| data.get("layout").is_some())
            || self.is_called_one(doc)
    }

    fn is_called_one(&self, doc: &Document) -> bool {
        let longest = self.cues.longest();
        (0..doc.words.len()).any(|start| {
            (1..=longest).any(|length| {
                let words = doc.words.get(start..start + length);
                words.is_some_and(|words| self.cues.has(&words.iter().map(|word| word.key).collect::<Vec<_>>()))
            })
        })
    }
}
