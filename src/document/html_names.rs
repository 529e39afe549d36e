//! What the elements of HTML are to a reader (HTML Standard, "The elements of HTML"), and which styles hide their content.

use super::Area;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A list.
    List,
    /// A quotation.
    Quote,
    /// A table.
    Table,
    /// A table row.
    Row,
    /// A table cell.
    Cell,
    /// A part of the page.
    Area(Area),
    /// The article, or a part of it.
    Section,
    /// The head of what it stands in.
    Header,
    /// Any other element that begins on a line of its own.
    Block,
    /// A line break.
    Break,
    /// A link.
    Link,
    /// An image.
    Image,
    /// Strong text.
    Strong,
    /// A quotation inside a line, which browsers put between marks.
    Quotation,
    /// Code inside a line.
    Code,
    /// Its content is no prose.
    Skipped,
    /// It has no content.
    Void,
    /// Anything else.
    Inline,
}

/// The element of a name in small letters.
pub(super) fn element(name: &str) -> Element {
    match name {
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "ul" | "ol" | "dl" | "menu" => Element::List,
        "blockquote" => Element::Quote,
        "table" => Element::Table,
        "tr" => Element::Row,
        "td" | "th" => Element::Cell,
        "nav" => Element::Area(Area::Navigation),
        "footer" => Element::Area(Area::Footer),
        "aside" => Element::Area(Area::Aside),
        "form" => Element::Area(Area::Form),
        "article" | "main" | "section" => Element::Section,
        "header" => Element::Header,
        "p" | "div" | "li" | "dt" | "dd" | "caption" | "figure" | "figcaption" | "address" | "details" | "summary"
        | "fieldset" | "legend" | "body" | "html" | "hgroup" | "search" | "center" | "thead" | "tbody" | "tfoot"
        | "dialog" | "hr" | "option" | "optgroup" | "select" | "button" | "label" => Element::Block,
        "br" => Element::Break,
        "a" => Element::Link,
        "img" => Element::Image,
        "b" | "strong" => Element::Strong,
        "q" => Element::Quotation,
        "code" | "kbd" | "samp" | "tt" => Element::Code,
        "head" | "script" | "style" | "template" | "noscript" | "svg" | "math" | "pre" | "textarea" | "iframe"
        | "object" | "canvas" | "audio" | "video" | "title" | "xmp" | "listing" => Element::Skipped,
        "area" | "base" | "col" | "embed" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr" => {
            Element::Void
        }
        _ => Element::Inline,
    }
}

/// True where an inline style makes its element invisible: not displayed, transparent, without size, or off the page.
pub(super) fn is_hiding(style: &str) -> bool {
    let is_zero =
        |value: &str| matches!(value.trim_end_matches(|c: char| c.is_alphabetic() || c == '%'), "0" | "0.0" | ".0");
    let is_far =
        |value: &str| value.strip_prefix('-').is_some_and(|v| v.bytes().take_while(u8::is_ascii_digit).count() >= 3);
    let mut has_no_height = false;
    let mut cuts_off = false;
    for (property, value) in style.split(';').filter_map(|d| d.split_once(':')) {
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end();
        match property.as_str() {
            "display" if value == "none" => return true,
            "visibility" if matches!(value, "hidden" | "collapse") => return true,
            "opacity" | "font-size" if is_zero(value) => return true,
            "left" | "right" | "top" | "text-indent" | "margin-left" | "margin-top" if is_far(value) => return true,
            "height" | "width" | "max-height" | "max-width" => has_no_height |= is_zero(value),
            "overflow" | "overflow-x" | "overflow-y" => cuts_off |= matches!(value, "hidden" | "clip"),
            _ => {}
        }
    }
    has_no_height && cuts_off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hiding_styles() {
        for style in [
            "display:none",
            "color: red; DISPLAY : none !important",
            "position:absolute; left:-9999px",
            "height:0;overflow:hidden",
            "opacity: 0.0",
            "font-size:0px",
        ] {
            assert!(is_hiding(style), "{style}");
        }
        for style in [
            "display:block",
            "height:0",
            "margin-left:-10px",
            "opacity:0.5",
            "font-size:0.8em",
            "width:100%;overflow:hidden",
        ] {
            assert!(!is_hiding(style), "{style}");
        }
    }
}
