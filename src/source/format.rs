//! Which format a text is in: by the extension of its name, or by a look at its beginning.

use std::path::Path;

/// How a text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown (CommonMark with tables, footnotes and front matter).
    Markdown,
    /// Markdown with components and expressions.
    Mdx,
    /// HTML, a page or a part of one.
    Html,
    /// Plain text, pasted or hard-wrapped.
    Plain,
}

impl Format {
    /// Extensions of the files that a folder is searched for.
    pub const EXTENSIONS: &'static [&'static str] = &["md", "markdown", "mdx", "html", "htm", "txt"];

    /// The format that the extension of a name stands for, in any case of letters.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "html" | "htm" => Some(Self::Html),
            "txt" => Some(Self::Plain),
            _ => None,
        }
    }

    /// The format that a text without a name seems to be in. HTML is told by its document type or by the end tags of blocks,
    /// Markdown by a heading mark, front matter, a comment,
    /// a link, emphasis or a fence at a place where plain text has none; everything else is plain text.
    pub fn of_text(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let begins = |mark: &str| start.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
        let has_end_tags =
            ["</p>", "</div>", "</li>", "</h1>", "</h2>", "</table>"].iter().any(|tag| text.contains(tag));
        if begins("<!doctype html") || begins("<html") || start.starts_with('<') && has_end_tags {
            return Self::Html;
        }
        let is_markdown_line = |line: &str| {
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            (1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' ')
                || line.starts_with("```")
                || line.starts_with("<!--")
                || line.contains("](")
                || line.matches("**").count() >= 2
        };
        let mut lines = text.lines();
        let opens_front_matter = matches!(lines.next().map(str::trim_end), Some("---" | "+++"));
        if opens_front_matter || text.lines().any(is_markdown_line) { Self::Markdown } else { Self::Plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_extension() {
        assert_eq!(Format::of_path(Path::new("a/B.MD")), Some(Format::Markdown));
        assert_eq!(Format::of_path(Path::new("a.txt")), Some(Format::Plain));
        assert_eq!(Format::of_path(Path::new("a.rst")), None);
        for extension in Format::EXTENSIONS {
            assert!(Format::of_path(Path::new(&format!("a.{extension}"))).is_some(), "{extension}");
        }
    }

    #[test]
    fn by_content() {
        assert_eq!(Format::of_text("# Rest\n\nTwo days."), Format::Markdown);
        assert_eq!(Format::of_text("---\ntitle: Rest\n---\nTwo days."), Format::Markdown);
        assert_eq!(Format::of_text("<!DOCTYPE html><p>Rest."), Format::Html);
        assert_eq!(Format::of_text("<p>Rest.</p>"), Format::Html);
        assert_eq!(Format::of_text("Rest is #1 * for * recovery.\n- two days"), Format::Plain);
    }
}
