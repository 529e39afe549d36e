//! How large the pattern of a stranger is, told before it is compiled: an automaton takes memory and time in proportion.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How large a pattern is, in ranges of characters, repetitions multiplied out.
pub fn size(pattern: &Hir) -> usize {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repeated) => {
            let times = repeated.max.unwrap_or(repeated.min).max(repeated.min).max(1) as usize;
            size(&repeated.sub).saturating_mul(times)
        }
        HirKind::Capture(group) => size(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum: usize, part| sum.saturating_add(size(part)))
        }
    }
}
