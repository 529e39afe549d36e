//! Tags of HTML while they are read: what a start tag says, links whose end is still to come, elements that are passed over.

use super::LinkAttributes;
use super::html_names::{Element, is_hiding};
use crate::span::Span;

/// Longer classes and ids are not told apart, in bytes: every link in the element would keep them.
const LONGEST: usize = 1000;

/// A start tag with the attributes that matter.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub name: String,
    pub start: u32,
    pub attribute: String,
    pub target: Option<String>,
    pub attributes: LinkAttributes,
    pub is_hidden: bool,
    /// Its id and role.
    pub id: String,
    pub role: String,
    /// A colour that an attribute sets, as a style would.
    pub colours: String,
}

impl Tag {
    /// Classes, role and id, those left out that nobody writes.
    pub fn marks(&self) -> String {
        let marks = [self.attributes.class.as_str(), self.role.as_str(), self.id.as_str()];
        let is_mark = |mark: &&&str| (1..=LONGEST).contains(&mark.len());
        marks.iter().filter(is_mark).copied().collect::<Vec<_>>().join(" ")
    }

    /// Takes the value of the attribute that was named last.
    pub fn set(&mut self, value: String) {
        let tag = self;
        match tag.attribute.as_str() {
            "href" | "src" => tag.target = Some(value),
            "id" => tag.id = value,
            "role" => tag.role = value,
            "color" => tag.colours = format!("color:{value}"),
            "bgcolor" => tag.colours = format!("background:{value}"),
            "aria-label" | "aria-labelledby" | "alt" if !value.trim().is_empty() => tag.attributes.label = value,
            "rel" => tag.attributes.rel = value,
            "class" => tag.attributes.class = value,
            "title" if tag.attributes.label.is_empty() => tag.attributes.label = value,
            "style" => {
                tag.is_hidden |= is_hiding(&value);
                tag.attributes.style = value;
            }
            _ => {}
        }
    }
}

/// A link whose end tag is still to come.
#[derive(Debug)]
pub(super) struct Open {
    /// Where it begins in the leaf.
    pub start: u32,
    pub span: Span,
    pub target: String,
    pub attributes: LinkAttributes,
}

/// An element whose content is passed over.
#[derive(Debug)]
pub(super) struct Skip {
    pub name: String,
    /// How many elements of its name are open.
    pub depth: u32,
    pub is_hidden: bool,
    /// Its classes, role and id.
    pub marks: String,
}

impl Skip {
    /// True where a start tag ends the element, because its end tag may be left out (HTML Standard, "Optional tags").
    pub fn ends_before(&self, name: &str, kind: Element) -> bool {
        let is_inline =
            matches!(kind, Element::Inline | Element::Link | Element::Strong | Element::Quotation | Element::Code);
        let is_empty = matches!(kind, Element::Void | Element::Image | Element::Break | Element::Skipped);
        match self.name.as_str() {
            "p" => !is_inline && !is_empty,
            "li" => self.depth == 1 && name == "li",
            "dt" | "dd" => matches!(name, "dt" | "dd"),
            "td" | "th" => matches!(name, "td" | "th" | "tr"),
            "tr" | "option" => name == self.name,
            _ => false,
        }
    }

    /// True where an end tag of another element ends it.
    pub fn ends_at(&self, name: &str) -> bool {
        match self.name.as_str() {
            "p" => matches!(name, "div" | "section" | "article" | "body" | "main" | "li" | "td"),
            "li" => matches!(name, "ul" | "ol"),
            "dt" | "dd" => name == "dl",
            "td" | "th" | "tr" => name == "table",
            _ => false,
        }
    }
}
