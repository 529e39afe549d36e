//! Holds the patterns of rules to their gates: whatever a pattern matches must open one of them, or it is never tried there; and
//! every gate stands in something that its pattern matches.
//!
//! Both are questions about all texts that a pattern matches. They are walked together, the pattern as a graph and the gates as they
//! open, the shortest texts first, so that a failure shows the shortest text that is missed.

#![allow(clippy::unwrap_used, missing_docs, reason = "a rule that cannot be read is a failed test")]

#[path = "gates/files.rs"]
mod files;
#[path = "gates/gate.rs"]
mod gate;
#[path = "gates/pattern.rs"]
mod pattern;

use gate::{Gates, Progress};
use pattern::{Case, Graph, Step};
use regex_syntax::hir::{Hir, Look};
use std::collections::{HashSet, VecDeque};

/// The checks whose gates are letters wherever they stand; those of the others are words.
const OF_LETTERS: [&str; 1] = ["pattern"];

/// A place on a walk.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    /// A state of the pattern.
    state: usize,
    /// How far the gates are open; `None` where one was.
    progress: Option<Progress>,
    /// Whether the last character belongs to a word as `\b` sees it; `None` at the beginning.
    last: Option<bool>,
    /// What must follow.
    next: Next,
}

/// What a boundary asks of what follows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Next {
    Any,
    Word,
    /// No word, or the end.
    Other,
    End,
}

impl Place {
    /// Behind a step of the pattern that costs no character.
    fn past(&self, look: Look) -> Option<Self> {
        let is_word = self.last == Some(true);
        let next = match look {
            Look::Start | Look::StartLF | Look::StartCRLF => return self.last.is_none().then(|| self.clone()),
            Look::End | Look::EndLF | Look::EndCRLF => Next::End,
            Look::WordAsciiNegate if is_word => Next::Word,
            Look::WordAsciiNegate => Next::Other,
            _ if is_word => Next::Other,
            _ => Next::Word,
        };
        let next = match (self.next, next) {
            (Next::Any, next) => next,
            (Next::Other | Next::End, Next::End) | (Next::End, Next::Other) => Next::End,
            (before, next) => (before == next).then_some(next)?,
        };
        Some(Self { next, ..self.clone() })
    }

    /// Behind one more character.
    fn behind(&self, c: char, gates: &Gates) -> Option<Self> {
        let is_word = c.is_ascii_alphanumeric() || c == '_';
        let is_meant = match self.next {
            Next::Any => true,
            Next::Word => is_word,
            Next::Other => !is_word,
            Next::End => false,
        };
        let progress = self.progress.as_ref().and_then(|progress| gates.step(progress, c));
        is_meant.then_some(Self { progress, last: Some(is_word), next: Next::Any, ..*self })
    }
}

/// The shortest text that a pattern matches and that opens no gate, or that opens one.
fn shortest(graph: &Graph, gates: &Gates, case: Case, is_open: bool) -> Option<String> {
    let start = Place { state: 0, progress: Some(Progress::default()), last: None, next: Next::Any };
    let mut places = vec![(start.clone(), None)];
    let mut seen = HashSet::from([start]);
    let mut waiting = VecDeque::from([0]);
    while let Some(index) = waiting.pop_front() {
        let place = places[index].0.clone();
        let opens = place.progress.as_ref().is_none_or(|progress| gates.is_open_at_end(progress));
        if place.state == graph.end && opens == is_open && place.next != Next::Word {
            return Some(text(&places, index));
        }
        for (step, to) in &graph.states[place.state] {
            let is_first = place.progress.as_ref().is_none_or(|progress| !progress.is_word);
            let mut reach = |after: Option<Place>, c: Option<char>| {
                let Some(after) = after.map(|after| Place { state: *to, ..after }) else { return };
                if (after.progress.is_some() || is_open) && seen.insert(after.clone()) {
                    // What costs no character comes before what costs one.
                    match c {
                        Some(_) => waiting.push_back(places.len()),
                        None => waiting.push_front(places.len()),
                    }
                    places.push((after, Some((index, c))));
                }
            };
            match step {
                Step::Nothing => reach(Some(place.clone()), None),
                Step::Look(look) => reach(place.past(*look), None),
                Step::One(letters) => letters.of(case, is_first).for_each(|c| reach(place.behind(c, gates), Some(c))),
            }
        }
    }
    None
}

/// A place with the number of the one before it, if any, and the character between them, if one.
type Reached = (Place, Option<(usize, Option<char>)>);

/// The text on the way to a place.
fn text(places: &[Reached], mut index: usize) -> String {
    let mut text = Vec::new();
    while let Some((before, c)) = places[index].1 {
        text.extend(c);
        index = before;
    }
    text.into_iter().rev().collect()
}

/// All patterns with gates: where each stands, the pattern, its gates, and whether they are letters.
fn patterns() -> impl Iterator<Item = (String, Hir, Vec<String>, bool)> {
    files::rules().into_iter().flat_map(|rule| {
        let are_letters = OF_LETTERS.contains(&rule.check.as_str());
        let gated = rule.pattern.clone().into_iter().enumerate().filter(|(_, pattern)| !pattern.gate.is_empty());
        gated.map(move |(number, pattern)| {
            let read = regex_syntax::parse(&pattern.regex).unwrap();
            (format!("{}, pattern {number}", rule.id), read, pattern.gate, are_letters)
        })
    })
}

#[test]
fn no_match_is_shut_out_by_its_gate() {
    let mut offences = Vec::new();
    for (place, pattern, gates, are_letters) in patterns() {
        let (graph, gates) = (Graph::new(&pattern, None), Gates::new(&gates, are_letters));
        let cases = [Case::Small, Case::Capital, Case::Title];
        if let Some(missed) = cases.into_iter().find_map(|case| shortest(&graph, &gates, case, false)) {
            offences.push(format!("{place}: no gate opens “{missed}”"));
        }
    }
    assert!(offences.is_empty(), "{} patterns:\n  {}", offences.len(), offences.join("\n  "));
}

#[test]
fn every_gate_stands_in_a_match() {
    let mut offences = Vec::new();
    for (place, pattern, gates, are_letters) in patterns() {
        for gate in &gates {
            let graph = Graph::new(&pattern, Some(gate));
            let own = Gates::new(std::slice::from_ref(gate), are_letters);
            let cases = [Case::Small, Case::Capital, Case::Title];
            if cases.into_iter().all(|case| shortest(&graph, &own, case, true).is_none()) {
                offences.push(format!("{place}: “{gate}” stands in nothing that it matches"));
            }
        }
    }
    assert!(offences.is_empty(), "{} gates:\n  {}", offences.len(), offences.join("\n  "));
}

#[test]
fn gates_open_as_in_articles() {
    let opens = |gate: &str, text: &str| {
        let gates = Gates::new(&[gate.to_owned()], false);
        let mut progress = Progress::default();
        for c in text.chars() {
            match gates.step(&progress, c) {
                Some(after) => progress = after,
                None => return true,
            }
        }
        gates.is_open_at_end(&progress)
    };
    for (gate, text) in [
        ("your inbox", "To Your, inbox!"),
        ("you'd like", "you’d like"),
        ("parties cookies", "the parties’ cookies"),
        ("by-", "Made by-Ann"),
        ("by -", "Made by -Ann"),
        ("[the", "x[the"),
        ("[the", "[The"),
        ("…XX", "20XX"),
        ("to supply)", "(Ann to supply)"),
        ("   ", "a   b"),
    ] {
        assert!(opens(gate, text), "{gate} in {text}");
    }
    for (gate, text) in [
        ("your inbox", "your inboxes"),
        ("editor", "the editor’s"),
        ("by-", "by -Ann"),
        ("by -", "by-Ann"),
        ("[The", "[the"),
        ("inbox", "xinbox"),
    ] {
        assert!(!opens(gate, text), "{gate} in {text}");
    }
}
