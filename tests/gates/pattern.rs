//! A regular expression as a graph over characters, small enough to be walked against the gates of its pattern.
//!
//! Narrow classes stand for all that they hold, wide ones (`.`, `\p{L}`) for one character of each kind that they hold, a blank
//! before all: what they stand for is taken to be no part of the words next to it.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Wider classes stand for a few of what they hold.
const NARROW: usize = 40;
/// What wide classes stand for: the first that they hold. What parts words, a letter of no gate, then letters and a digit.
const STAND_INS: [char; 6] = [' ', '·', 'ж', 'x', 'X', '7'];

/// How letters that may be small or capital are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Small,
    Capital,
    /// A capital at the beginning of each word.
    Title,
}

/// What leads from one state to another.
#[derive(Clone)]
pub enum Step {
    Nothing,
    One(Letters),
    Look(Look),
}

/// The states, each with what leads on, and to which state.
#[derive(Default)]
pub struct Graph {
    pub states: Vec<Vec<(Step, usize)>>,
    pub end: usize,
    /// The gate that is looked for, if any: wide classes stand for its signs and for more letters too.
    sought: Option<String>,
}

/// Characters that may stand at a place, and whether they are one letter, small or capital.
#[derive(Clone)]
pub struct Letters {
    any: Vec<char>,
    is_one: bool,
}

impl Letters {
    /// Those that count in a case; `is_first` behind what is no letter.
    pub fn of(&self, case: Case, is_first: bool) -> impl Iterator<Item = char> {
        let is_capital = case == Case::Capital || case == Case::Title && is_first;
        let is_meant = move |c: &&char| !self.is_one || c.is_uppercase() == is_capital;
        self.any.iter().filter(is_meant).copied()
    }
}

impl Graph {
    /// The graph of a pattern, from state 0 to `end`, to look for a gate or for matches without any.
    pub fn new(pattern: &Hir, sought: Option<&str>) -> Self {
        let mut graph = Self { states: vec![Vec::new()], end: 0, sought: sought.map(str::to_owned) };
        graph.end = graph.add(pattern, 0);
        graph
    }

    fn state(&mut self) -> usize {
        self.states.push(Vec::new());
        self.states.len() - 1
    }

    fn step(&mut self, from: usize, step: Step) -> usize {
        let to = self.state();
        self.states[from].push((step, to));
        to
    }

    /// Adds a part behind a state; the state behind it.
    fn add(&mut self, part: &Hir, from: usize) -> usize {
        match part.kind() {
            HirKind::Empty => from,
            HirKind::Look(look) => self.step(from, Step::Look(*look)),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).unwrap();
                text.chars().fold(from, |at, c| self.step(at, Step::One(Letters { any: vec![c], is_one: false })))
            }
            HirKind::Class(class) => self.step(from, Step::One(letters(class, self.sought.as_deref()))),
            HirKind::Capture(group) => self.add(&group.sub, from),
            HirKind::Concat(parts) => parts.iter().fold(from, |at, part| self.add(part, at)),
            HirKind::Alternation(parts) => {
                let end = self.state();
                // A match that passes the marked group by is no finding.
                let is_marking = parts.iter().any(marks);
                for part in parts.iter().filter(|part| !is_marking || marks(part)) {
                    let begin = self.step(from, Step::Nothing);
                    let last = self.add(part, begin);
                    self.states[last].push((Step::Nothing, end));
                }
                end
            }
            HirKind::Repetition(repeated) => {
                let mut at = (0..repeated.min).fold(from, |at, _| self.add(&repeated.sub, at));
                let end = self.state();
                match repeated.max {
                    Some(max) if max <= repeated.min + 3 => {
                        for _ in repeated.min..max {
                            self.states[at].push((Step::Nothing, end));
                            at = self.add(&repeated.sub, at);
                        }
                    }
                    // So often that it may as well be for ever.
                    _ => {
                        at = self.step(at, Step::Nothing);
                        let last = self.add(&repeated.sub, at);
                        self.states[last].push((Step::Nothing, at));
                    }
                }
                self.states[at].push((Step::Nothing, end));
                end
            }
        }
    }
}

/// True for a part with the group that is marked.
fn marks(part: &Hir) -> bool {
    part.properties().explicit_captures_len() > 0
        && match part.kind() {
            HirKind::Capture(group) => group.name.as_deref() == Some("at") || marks(&group.sub),
            HirKind::Repetition(repeated) => marks(&repeated.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(marks),
            _ => false,
        }
}

fn letters(class: &Class, sought: Option<&str>) -> Letters {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |c: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&c));
    let size: usize = ranges.iter().map(|(start, end)| (*start..=*end).count()).sum();
    let any: Vec<char> = match size {
        // Nobody writes the long s and the sign of Kelvin; one blank stands for all.
        ..=NARROW => ranges
            .iter()
            .flat_map(|(start, end)| *start..=*end)
            .filter(|c| !matches!(c, 'ſ' | '\u{212a}') && (!c.is_whitespace() || *c == ' '))
            .collect(),
        _ => match sought {
            None => STAND_INS.into_iter().find(|c| has(*c)).into_iter().collect(),
            Some(gate) => {
                let signs = gate.chars().filter(|c| !c.is_alphabetic());
                STAND_INS.into_iter().chain(signs).filter(|c| has(*c)).collect()
            }
        },
    };
    let any = if any.is_empty() { ranges.first().map(|(start, _)| *start).into_iter().collect() } else { any };
    let is_one = any.len() == 2 && any[0].to_lowercase().eq(any[1].to_lowercase());
    Letters { any, is_one }
}
