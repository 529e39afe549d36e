//! Chooses, among the fixes of an article, those that can be applied together, and applies them.
//!
//! A fix is made for the article as it stands, and rests on the places that its finding shows: of two equal passages, each of which
//! could go because of the other, only one may. So a fix waits while another one changes what it changes or rests on; whoever reads the
//! fixed text anew finds what is left to do.

use super::{Applicability, Diagnostic, Edit, Fix};
use crate::span::Span;
use std::collections::BTreeMap;

/// An article with some of its fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The text with the edits made.
    pub text: String,
    /// How many fixes that were.
    pub count: usize,
}

/// Applies the fixes of findings in one article that may be trusted at least so far, as many as go together, first come first served.
/// `None` where there is nothing to apply.
pub fn apply<'a>(
    text: &str,
    findings: impl IntoIterator<Item = &'a Diagnostic>,
    least: Applicability,
) -> Option<Applied> {
    let (mut changed, mut needed) = (Ground::default(), Ground::default());
    let mut edits: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability <= least && fits(fix, text)) else {
            continue;
        };
        let own: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
        let rests_on: Vec<Span> = places(finding).collect();
        let must_wait = own.iter().any(|span| changed.meets(*span) || needed.meets(*span))
            || rests_on.iter().any(|span| changed.meets(*span));
        if must_wait {
            continue;
        }
        own.into_iter().for_each(|span| changed.add(span));
        rests_on.into_iter().for_each(|span| needed.add(span));
        edits.extend(&fix.edits);
        count += 1;
    }
    edits.sort_by_key(|edit| edit.span);
    (count > 0).then(|| Applied { text: edited(text, &edits), count })
}

/// True where the edits lie in the text, in order, between characters.
fn fits(fix: &Fix, text: &str) -> bool {
    let in_order = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    in_order && !fix.edits.is_empty() && fix.edits.iter().all(|edit| text.get(edit.span.range()).is_some())
}

/// The places in the article that a finding shows, whole copies included.
fn places(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let own = &finding.primary.path;
    finding.places().filter(move |(path, _)| *path == own).map(|(_, span)| span)
}

fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let Span { start, end } = edit.span;
        out.push_str(text.get(from..start as usize).unwrap_or_default());
        out.push_str(&edit.replacement);
        from = end as usize;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A set of bytes, as runs that do not touch: first byte to end.
#[derive(Default)]
struct Ground(BTreeMap<u32, u32>);

impl Ground {
    /// True where a span shares a byte with the ground, or one of them is empty and lies in or at the border of the other: of two texts
    /// put in at one place, nobody could say which comes first.
    fn meets(&self, span: Span) -> bool {
        // Runs do not touch, so that only the last one can begin where the span ends.
        self.0.range(..=span.end).rev().take(2).any(|(start, end)| {
            let shares = *start < span.end && span.start < *end;
            let borders = *start <= span.end && span.start <= *end;
            shares || borders && (start == end || span.start == span.end)
        })
    }

    fn add(&mut self, span: Span) {
        let Span { mut start, mut end } = span;
        while let Some((first, last)) = self.0.range(..=end).next_back().map(|(first, last)| (*first, *last)) {
            if last < start {
                break;
            }
            self.0.remove(&first);
            (start, end) = (start.min(first), end.max(last));
        }
        self.0.insert(start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Label, Place, Severity};
    use super::*;
    use crate::diagnostic::Data;

    const TEXT: &str = "one two three four";

    /// A finding at a word whose fix replaces other words.
    fn finding(at: &str, edits: &[(&str, &str)], applicability: Applicability) -> Diagnostic {
        let span = |quote: &str| {
            let start = TEXT.find(quote).expect("it occurs");
            Span::new(start as u32, (start + quote.len()) as u32)
        };
        let edit = |(quote, new): &(&str, &str)| Edit { span: span(quote), replacement: (*new).to_owned() };
        let edits = edits.iter().map(edit).collect();
        Diagnostic {
            primary: Label { path: "a.txt".into(), span: span(at), message: String::new() },
            rule: "a/b".into(),
            severity: Severity::Error,
            message: String::new(),
            secondary: Vec::new(),
            notes: Vec::new(),
            fix: Some(Fix { title: String::new(), applicability, edits }),
            data: Data::None,
            identity: Vec::new(),
        }
    }

    fn applied(findings: &[Diagnostic], least: Applicability) -> Option<(String, usize)> {
        apply(TEXT, findings, least).map(|applied| (applied.text, applied.count))
    }

    #[test]
    fn only_what_may_be_trusted_is_applied() {
        let of = |applicability| finding("two", &[("two", "2")], applicability);
        let all = [of(Applicability::DisplayOnly), of(Applicability::Unsafe)];
        assert_eq!(applied(&all, Applicability::Safe), None);
        assert_eq!(applied(&all, Applicability::Unsafe), Some(("one 2 three four".into(), 1)));
    }

    #[test]
    fn edits_go_together_or_not_at_all() {
        let first = finding("one", &[("one ", ""), ("three", "3")], Applicability::Safe);
        let second = finding("four", &[("three four", "7"), ("four", "4")], Applicability::Safe);
        let third = finding("two", &[("two", "2"), ("four", "4")], Applicability::Safe);
        let all = [first.clone(), second, third];
        assert_eq!(applied(&all, Applicability::Safe), Some(("2 3 4".into(), 2)), "the second is out of order");
        let overlapping = finding("four", &[("three four", "7")], Applicability::Safe);
        assert_eq!(applied(&[first, overlapping], Applicability::Safe), Some(("two 3 four".into(), 1)));
    }

    #[test]
    fn neighbours_are_no_overlap_but_insertions_at_one_place_are() {
        let neighbours = [
            finding("one", &[("one ", "")], Applicability::Safe),
            finding("two", &[("two ", "")], Applicability::Safe),
        ];
        assert_eq!(applied(&neighbours, Applicability::Safe), Some(("three four".into(), 2)));
        let mut insertion = finding("one", &[("one", "1")], Applicability::Safe);
        insertion.fix.as_mut().expect("a fix").edits[0].span = Span::new(4, 4);
        let all = [neighbours[1].clone(), insertion];
        assert_eq!(applied(&all, Applicability::Safe), Some(("one three four".into(), 1)));
    }

    #[test]
    fn two_passages_do_not_delete_each_other() {
        let mut first = finding("three four", &[("three four", "")], Applicability::Unsafe);
        let place = |start, end| Place { path: "a.txt".into(), span: Span::new(start, end) };
        let regions = vec![place(0, 7), place(8, 18)];
        first.data = Data::Copies { permille: 1000, regions, edits: Vec::new() };
        let mut second = finding("two", &[("two ", "")], Applicability::Unsafe);
        assert_eq!(applied(&[first.clone(), second.clone()], Applicability::Unsafe), Some(("one two ".into(), 1)));
        second.primary.span = Span::new(9, 10);
        assert_eq!(applied(&[second, first], Applicability::Unsafe), Some(("one three four".into(), 1)));
    }

    #[test]
    fn ground_grows_together() {
        let mut ground = Ground::default();
        for (start, end) in [(2, 4), (8, 9), (4, 5), (3, 8), (20, 20)] {
            ground.add(Span::new(start, end));
        }
        assert_eq!(ground.0, BTreeMap::from([(2, 9), (20, 20)]));
        let meets = |start, end| ground.meets(Span::new(start, end));
        assert!(meets(0, 3) && meets(5, 20) && meets(8, 20) && meets(9, 9) && meets(19, 21) && meets(0, 30));
        assert!(!meets(0, 2) && !meets(9, 12) && !meets(1, 1));
    }
}
