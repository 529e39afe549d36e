//! What styles say about the links of a page: hidden by a class, moved off the page, or written in the colour behind them.
//!
//! Only elements that carry a style, a class or a colour are kept while they are open. Sheets are read for plain classes and
//! ids alone; what depends on the medium or on a pointer says nothing about what a reader sees.

use super::html_names::is_hiding;
use std::collections::BTreeMap;

/// So many styled elements inside each other are followed.
const DEEPEST: usize = 48;
/// Marks of the elements around a link that are longer together are left out from the outermost on, in bytes: every link that is hidden keeps
/// the rest.
const LONGEST: usize = 4000;
/// Colours that differ by no more in each channel look the same.
const SAME_COLOUR: u8 = 10;
/// What is behind a text where nothing is said.
const PAGE: Colour = [255; 3];

type Colour = [u8; 3];

/// What a style or class does to the text in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    hides: bool,
    colour: Option<Colour>,
    background: Option<Colour>,
}

/// An open element with a look of its own.
#[derive(Debug)]
struct Open {
    name: String,
    /// How many elements of its name are open in it, itself included.
    depth: u32,
    look: Look,
    /// Its classes, role and id.
    marks: String,
    has_class: bool,
}

/// The looks of the open elements and of classes.
#[derive(Debug, Default)]
pub(super) struct Looks {
    sheet: BTreeMap<String, Look>,
    open: Vec<Open>,
}

impl Look {
    /// The look that an inline style gives.
    pub fn of(style: &str) -> Self {
        let mut look = Self { hides: is_hiding(style), ..Self::default() };
        let mut small = 0;
        for (property, value) in style.split(';').filter_map(|d| d.split_once(':')) {
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim_end();
            match property.trim().to_ascii_lowercase().as_str() {
                "color" if matches!(value, "transparent" | "rgba(0,0,0,0)") => look.hides = true,
                "color" => look.colour = colour(value),
                "background" | "background-color" => {
                    look.background = colour(value).or_else(|| value.split(' ').find_map(colour));
                }
                "font-size" if matches!(value, "1px" | "0.1px" | "1pt" | "0.1em") => look.hides = true,
                "opacity" if matches!(value, "0.01" | "0.001" | ".01" | "1%" | "0%") => look.hides = true,
                "clip" | "clip-path" if value != "auto" && value != "none" => look.hides = true,
                "transform" if value.contains("scale(0)") || value.contains("(-9") => look.hides = true,
                "height" | "width" if value == "1px" => small += 1,
                _ => {}
            }
        }
        look.hides |= small == 2;
        look
    }

    fn under(self, inner: Self) -> Self {
        Self {
            hides: self.hides || inner.hides,
            colour: inner.colour.or(self.colour),
            background: inner.background.or(self.background),
        }
    }
}

impl Looks {
    /// Reads a style sheet.
    pub fn read_sheet(&mut self, sheet: &str) {
        let mut depth = 0usize;
        let mut rest = sheet;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = (&rest[..at], &rest[at + 1..]);
            let opens = rest.as_bytes().get(at) == Some(&b'{');
            rest = after;
            match opens {
                false => depth = depth.saturating_sub(1),
                true if depth > 0 || before.contains('@') => depth += 1,
                true => {
                    let body = rest.split('}').next().unwrap_or_default();
                    let look = Look::of(body);
                    rest = rest.get(body.len() + 1..).unwrap_or_default();
                    if look != Look::default() {
                        before.split(',').filter_map(plain_name).for_each(|name| {
                            let known = self.sheet.entry(name).or_default();
                            *known = known.under(look);
                        });
                    }
                }
            }
        }
    }

    /// The look of an element by its style, classes and id.
    pub fn of(&self, style: &str, class: &str, id: &str) -> Look {
        let own = Look::of(style);
        if self.sheet.is_empty() {
            return own;
        }
        let names = class.split_whitespace().map(|name| format!(".{name}"));
        let named = names.chain((!id.is_empty()).then(|| format!("#{id}")));
        named.filter_map(|name| self.sheet.get(&name)).fold(Look::default(), |all, look| all.under(*look)).under(own)
    }

    /// An element begins.
    pub fn start(&mut self, name: &str, look: Look, marks: &str, has_class: bool) {
        let is_plain = look == Look::default() && marks.is_empty();
        if let Some(open) = self.open.iter_mut().rev().find(|open| open.name == name)
            && is_plain
        {
            open.depth += 1;
        } else if !is_plain && self.open.len() < DEEPEST {
            self.open.push(Open { name: name.to_owned(), depth: 1, look, marks: marks.to_owned(), has_class });
        }
    }

    /// An element ends.
    pub fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        self.open[at].depth -= 1;
        if self.open[at].depth == 0 {
            self.open.truncate(at);
        }
    }

    /// Whether a link of this look is hidden here, and the marks of the element that hides it, or of those around it.
    pub fn hide(&self, own: Look, has_class: bool) -> Option<String> {
        let marks = || {
            let mut room = LONGEST;
            let inner = self.open.iter().rev().map(|open| open.marks.as_str()).take_while(|marks| {
                let left = room.checked_sub(marks.len());
                room = left.unwrap_or(0);
                left.is_some()
            });
            inner.collect::<Vec<_>>().join(" ")
        };
        if own.hides {
            return Some(marks());
        }
        if self.open.iter().any(|open| open.look.hides) {
            return Some(marks());
        }
        let all = self.open.iter().fold(Look::default(), |all, open| all.under(open.look)).under(own);
        let is_unknown = has_class || self.open.iter().any(|open| open.has_class);
        let background = all.background.or((!is_unknown).then_some(PAGE))?;
        let is_same = |a: Colour, b: Colour| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= SAME_COLOUR);
        all.colour.filter(|colour| is_same(*colour, background)).map(|_| marks())
    }

    /// True where nothing is followed.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty() && self.sheet.is_empty()
    }
}

/// The class or id that a selector ends with, where it depends on nothing else.
fn plain_name(selector: &str) -> Option<String> {
    let last = selector.split_whitespace().last()?;
    let at = last.rfind(['.', '#'])?;
    let is_plain = !selector.contains([':', '[', '*', '+', '~', '>']) && last.len() > at + 1;
    is_plain.then(|| last[at..].to_owned())
}

/// A colour as CSS writes it, where it is plain.
pub(super) fn colour(value: &str) -> Option<Colour> {
    let value = value.trim();
    match value {
        "white" | "snow" | "ivory" | "whitesmoke" => return Some(PAGE),
        "black" => return Some([0; 3]),
        _ => {}
    }
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u8> = hex.chars().map_while(|c| c.to_digit(16)).map(|d| d as u8).collect();
        return match digits.as_slice() {
            [r, g, b] | [r, g, b, _] => Some([r * 17, g * 17, b * 17]),
            [a, b, c, d, e, f, ..] => Some([a * 16 + b, c * 16 + d, e * 16 + f]),
            _ => None,
        };
    }
    let inner = value.strip_prefix("rgb(").or_else(|| value.strip_prefix("rgba("))?;
    let mut parts = inner.split([',', ' ', ')', '/']).filter(|p| !p.is_empty()).map(|part| part.parse::<u8>().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets() {
        let mut looks = Looks::default();
        looks.read_sheet(".a, p.b { display:none } .c:hover{display:none} @media print { .d{display:none} .e{display:none} } #f{color:#fff}");
        let hides = |class: &str| looks.of("", class, "").hides;
        assert!(hides("a") && hides("x b"));
        assert!(!hides("c") && !hides("d") && !hides("e"));
        assert_eq!(looks.of("", "", "f").colour, Some(PAGE));
    }

    #[test]
    fn colours_that_blend_in() {
        let mut looks = Looks::default();
        assert!(looks.hide(Look::of("color:#FFFFFE"), false).is_some());
        assert!(looks.hide(Look::of("color:#fff"), true).is_none(), "a class may set what is behind");
        assert!(looks.hide(Look::of("color:#fff;background:#005eb8"), false).is_none());
        looks.start("div", Look::of("background-color: rgb(20, 20, 20)"), "", false);
        looks.start("div", Look::default(), "", false);
        assert!(
            looks.hide(Look::of("color:#111"), false).is_some() && looks.hide(Look::of("color:white"), false).is_none()
        );
        looks.end("div");
        looks.end("div");
        assert!(looks.is_empty());
    }
}
