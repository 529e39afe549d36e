//! XML as reports write it: elements with attributes, indented, nothing in them that the standard forbids.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

/// Names and values.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document while it is written.
pub(super) struct Xml<'a> {
    writer: Writer<BufWriter<&'a mut dyn Write>>,
}

impl<'a> Xml<'a> {
    /// Begins a document.
    pub fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(BufWriter::new(out), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    /// Begins an element that holds others.
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// Ends it.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds text.
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::new(&legal(text))))?;
        self.close(name)
    }

    /// Ends the document.
    pub fn end(mut self) -> io::Result<()> {
        let out = self.writer.get_mut();
        writeln!(out)?;
        out.flush()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    attributes.iter().for_each(|(name, value)| element.push_attribute((*name, &*legal(value))));
    element
}

/// The text without characters that no XML document may hold, not even escaped (XML 1.0, section 2.2).
fn legal(text: &str) -> Cow<'_, str> {
    let is_legal = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    if text.chars().all(is_legal) { text.into() } else { text.replace(|letter| !is_legal(letter), "\u{fffd}").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_as_it_was_written() {
        let odd = "a <b> & \"c\" 'd' ]]> é\ttab\nline";
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).expect("begun");
        xml.open("all", &[("name", odd)]).expect("written");
        xml.empty("none", &[]).expect("written");
        xml.text("some", &[], odd).expect("written");
        xml.close("all").expect("written");
        xml.end().expect("written");
        let text = String::from_utf8(out).expect("text");
        let document = roxmltree::Document::parse(&text).expect("XML");
        let all = document.root_element();
        assert_eq!(all.attribute("name"), Some(odd));
        let names: Vec<&str> = all.children().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
        assert_eq!(names, ["none", "some"]);
        assert_eq!(all.last_element_child().and_then(|some| some.text()), Some(odd));
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        assert_eq!(legal("a\u{1}b\u{ffff}c\u{1f600}"), "a\u{fffd}b\u{fffd}c\u{1f600}");
        assert!(matches!(legal("plain"), Cow::Borrowed(_)));
    }
}
