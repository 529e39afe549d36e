//! One regular expression of a rule file, with the words at which it is honest and what is marked.
//!
//! It is compiled when first needed, and twice at most. For the first few texts as a plain automaton, which is made in a fraction of
//! the time and searches slowly; for many texts with all that makes a search fast. Both find the same: most patterns of a run are tried on
//! a handful of blocks, and making the fast one would cost more than all the rest of a short run.

use crate::language::normal_form;
use crate::rules::{Rule, RuleError, Template, nearest, proposed, size};
use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::primitives::PatternID;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A compiled pattern is at most this large.
const MOST_BYTES: usize = 4 << 20;

/// So many bytes of text are searched before the fast automaton is made; about what making it costs.
const FEW_BYTES: usize = 16 << 10;

/// A pattern of so many ranges compiles to less than [`MOST_BYTES`], whatever it is; larger ones are tried.
const SURELY_SMALL: usize = 4_000;

/// Smaller classes compile at once.
const MANY_RANGES: usize = 24;
/// Up to here, the end of the Latin letters, a class is taken as it is written.
const EXACT: u32 = 0x250;
/// Characters of a block beyond that.
const BLOCK: u32 = 0x100;

/// The group that is marked, where a pattern has one; a match without it is passed over.
const MARKED: &str = "at";

/// A regular expression of a rule.
pub(super) struct Expression {
    /// True where its findings are a step less severe.
    pub is_likely: bool,
    /// The expression as it is compiled.
    pub source: String,
    /// Its number among the patterns of its rule.
    number: usize,
    message: Option<Template>,
    plain: OnceLock<Option<Regex>>,
    fast: OnceLock<Option<Regex>>,
    /// The bytes that were searched so far.
    searched: AtomicUsize,
    except: Vec<(String, BTreeSet<String>)>,
}

impl Expression {
    /// The pattern of this number; `is_whole` where it must match all of a block.
    ///
    /// # Errors
    /// A placeholder in its own message that is not filled.
    pub fn new(rule: &Rule, number: usize, is_whole: bool) -> Result<Self, RuleError> {
        let pattern = rule.pattern.get(number).ok_or_else(|| rule.error(&["pattern"], "there is no such pattern"))?;
        let source = match is_whole {
            false => pattern.regex.clone(),
            true => format!("^(?:{})$", pattern.regex),
        };
        let except = pattern
            .except
            .iter()
            .map(|(group, words)| (group.clone(), words.iter().map(|word| normal_form(word)).collect::<BTreeSet<_>>()));
        let told = |text| rule.template(text, &["match"], &["pattern", &number.to_string(), "message"]);
        Ok(Self {
            is_likely: pattern.likely,
            source,
            number,
            message: pattern.message.as_deref().map(told).transpose()?,
            plain: OnceLock::new(),
            fast: OnceLock::new(),
            searched: AtomicUsize::new(0),
            except: except.collect(),
        })
    }

    /// The regular expression compiled, in bounded memory; `None` for one that cannot be.
    fn compile(&self, is_fast: bool) -> Option<Regex> {
        let all = Config::new().nfa_size_limit(Some(MOST_BYTES));
        let config = match is_fast {
            true => all,
            false => all.auto_prefilter(false).hybrid(false).dfa(false).onepass(false),
        };
        let read = regex_syntax::parse(&self.source).ok()?;
        Regex::builder().configure(config).build_from_hir(&coarse(read)).ok()
    }

    /// The automaton for a text of so many bytes.
    fn automaton(&self, bytes: usize) -> Option<&Regex> {
        let is_fast = self.searched.fetch_add(bytes, Ordering::Relaxed) + bytes >= FEW_BYTES;
        let automaton = if is_fast { &self.fast } else { &self.plain };
        automaton.get_or_init(|| self.compile(is_fast)).as_ref()
    }

    /// Calls `found` with what is marked of each match in a text. Patterns that do not compile match nothing; `verify` finds them.
    pub fn each_match(&self, text: &str, mut found: impl FnMut(Range<usize>)) {
        let Some(automaton) = self.automaton(text.len()) else { return };
        for captures in automaton.captures_iter(text).filter(|captures| !self.is_excepted(captures, text)) {
            let is_marking = captures.group_info().to_index(PatternID::ZERO, MARKED).is_some();
            let whole = captures.get_match().map(|whole| whole.span()).filter(|_| !is_marking);
            if let Some(marked) = captures.get_group_by_name(MARKED).or(whole) {
                found(marked.range());
            }
        }
    }

    /// What a finding says: its own message, or that of its rule.
    pub fn message(&self, of_rule: &Template, matched: &str) -> String {
        self.message.as_ref().unwrap_or(of_rule).fill(&[("match", matched)])
    }

    /// True where a group holds a word that makes the match honest.
    fn is_excepted(&self, captures: &Captures, text: &str) -> bool {
        let group = |name: &str| text.get(captures.get_group_by_name(name)?.range());
        self.except.iter().any(|(name, words)| group(name).is_some_and(|word| words.contains(&normal_form(word))))
    }

    /// Makes sure that it can be used.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn verify(&self, rule: &Rule) -> Result<(), RuleError> {
        let number = self.number.to_string();
        let wrong = |reason: &str| rule.error(&["pattern", &number, "regex"], reason);
        let unusable = |error: regex_syntax::Error| {
            let error = error.to_string();
            let last = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
            wrong(&format!("this regular expression cannot be used: {last}"))
        };
        // Parsing finds every mistake but the size, and is much cheaper than compiling; first as it was written.
        let written = rule.pattern.get(self.number).map_or("", |pattern| &pattern.regex);
        regex_syntax::parse(written).map_err(unusable)?;
        let read = regex_syntax::parse(&self.source).map_err(unusable)?;
        if read.properties().minimum_len() == Some(0) {
            return Err(wrong("this pattern can match nothing at all; it must need at least one character"));
        }
        if read.properties().look_set().contains_word_unicode() {
            return Err(wrong(r"\b is thirty times slower than (?-u:\b); write that"));
        }
        if size(&read) > SURELY_SMALL && self.compile(false).is_none() {
            return Err(wrong("this pattern is too large; use smaller repetitions"));
        }
        let gates = rule.pattern.get(self.number).map_or(&[][..], |pattern| &pattern.gate);
        if let Some(empty) = gates.iter().position(String::is_empty) {
            let at = ["pattern", &number, "gate", &empty.to_string()];
            return Err(rule.error(&at, "this gate is empty, so it is always open"));
        }
        let groups = groups(&read);
        if let Some((group, _)) = self.except.iter().find(|(group, _)| !groups.contains(&group.as_str())) {
            let near = proposed(nearest(group, groups));
            let reason = format!("the regular expression has no group “{group}”{near}");
            return Err(rule.error(&["pattern", &number, "except", group], reason).about_key());
        }
        Ok(())
    }
}

/// A pattern whose large classes of characters are told by blocks beyond the Latin letters, each as most of it is: of hundreds of ranges, which take
/// most of the time of compiling, two dozen are left.
fn coarse(pattern: Hir) -> Hir {
    let inner = |sub: Box<Hir>| Box::new(coarse(*sub));
    match pattern.into_kind() {
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() > MANY_RANGES => {
            Hir::class(Class::Unicode(by_blocks(&class)))
        }
        HirKind::Class(class) => Hir::class(class),
        HirKind::Repetition(Repetition { sub, min, max, greedy }) => {
            Hir::repetition(Repetition { sub: inner(sub), min, max, greedy })
        }
        HirKind::Capture(Capture { sub, index, name }) => Hir::capture(Capture { sub: inner(sub), index, name }),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(coarse).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(coarse).collect()),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Empty => Hir::empty(),
    }
}

/// A class as it is up to the last Latin letter of names, and then by blocks.
fn by_blocks(class: &ClassUnicode) -> ClassUnicode {
    let mut counts = [0u32; (char::MAX as usize + 1) / BLOCK as usize];
    let mut ranges = Vec::new();
    for range in class.ranges() {
        let (start, end) = (range.start() as u32, range.end() as u32);
        if start < EXACT {
            ranges.extend(span(start, end.min(EXACT - 1)));
        }
        let mut at = start.max(EXACT);
        while at <= end {
            let last = (at | (BLOCK - 1)).min(end);
            counts[(at / BLOCK) as usize] += last + 1 - at;
            at = last + 1;
        }
    }
    let full = (0..).zip(counts).filter(|(_, count)| *count > BLOCK / 2);
    ranges.extend(full.flat_map(|(block, _)| span((block * BLOCK).max(EXACT), (block + 1) * BLOCK - 1)));
    ClassUnicode::new(ranges)
}

/// A range of characters; `None` among the surrogates, which are none.
fn span(start: u32, end: u32) -> Option<ClassUnicodeRange> {
    Some(ClassUnicodeRange::new(char::from_u32(start)?, char::from_u32(end)?))
}

/// The names of the groups of a pattern.
fn groups(pattern: &Hir) -> Vec<&str> {
    match pattern.kind() {
        HirKind::Capture(group) => group.name.as_deref().into_iter().chain(groups(&group.sub)).collect(),
        HirKind::Repetition(repeated) => groups(&repeated.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().flat_map(groups).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_patterns_compile() {
        for piece in ["a", r"\w", r"\pL", "(?i:k)", r"[^\pL]", "(?i:straße|maß)", r"(?:\d+|\pS)?", "[a-zà-ÿ一-龯]", "."]
        {
            let one = size(&regex_syntax::parse(piece).expect("a pattern"));
            let source = piece.repeat(SURELY_SMALL / one);
            let read = regex_syntax::parse(&source).expect("a pattern");
            assert!(size(&read) <= SURELY_SMALL, "{piece}: {}", size(&read));
            let limited = Config::new().nfa_size_limit(Some(MOST_BYTES));
            let pattern = Regex::builder().configure(limited).build(&source);
            assert!(pattern.is_ok(), "{piece}: {pattern:?}");
        }
    }

    #[test]
    fn large_classes_keep_their_letters_and_lose_their_ranges() {
        let class = |pattern: &str| match coarse(regex_syntax::parse(pattern).expect("a pattern")).into_kind() {
            HirKind::Class(Class::Unicode(class)) => class,
            kind => panic!("{pattern}: {kind:?}"),
        };
        let has = |class: &ClassUnicode, one: char| {
            class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&one))
        };
        let (letters, others) = (class(r"\pL"), class(r"[^\pL\d]"));
        assert!(letters.ranges().len() < 60 && others.ranges().len() < 60);
        for one in "azAZéŁßжЯβ語한".chars() {
            assert!(has(&letters, one) && !has(&others, one), "{one}");
        }
        for one in " .,’“”–…€→•🙂\u{200b}".chars() {
            assert!(!has(&letters, one) && has(&others, one), "{one}");
        }
        assert_eq!(class(r"[^.!?\n]"), class(r"[^.!?\n]"));
    }

    #[test]
    fn sizes_multiply() {
        let of = |pattern: &str| size(&regex_syntax::parse(pattern).expect("a pattern"));
        assert_eq!((of("abc"), of("(?:ab){3}"), of("(?:(?:ab){30}){100}")), (3, 6, 6000));
        assert!(of("(?:(?:a{1000}){1000}){1000}") > SURELY_SMALL);
        assert_eq!(groups(&regex_syntax::parse("(?P<a>x)(?:(?P<b>y)|z)+").expect("a pattern")), ["a", "b"]);
    }
}
