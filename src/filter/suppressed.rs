//! Suppressions that articles hold: leaves out what they cover, and reports those that cover nothing.
//!
//! A finding is covered where any of its places in the article begins. A name that means a rule which is not in force is neither used nor unused:
//! whoever runs a part of the rules learns nothing about the others.

use crate::checks::Idle;
use crate::diagnostic::Diagnostic;
use crate::document::Allowance;
use crate::engine::{Linter, Outcome};
use crate::rules::Rule;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Leaves out the findings that their articles suppress, and adds those about suppressions without use.
pub fn suppress(outcome: &mut Outcome, linters: &[Linter]) {
    let mut added = Vec::new();
    let asked = std::mem::take(&mut outcome.allowances);
    let mut is_suppressed = vec![false; outcome.diagnostics.len()];
    for (article, allowances) in &asked {
        let Some(linter) = linters.get(article.linter) else { continue };
        let first = outcome.diagnostics.partition_point(|d| d.primary.path < article.path);
        let count = outcome.diagnostics[first..].partition_point(|d| d.primary.path == article.path);
        let mut names = Names::of(allowances);
        let own = first..first + count;
        names.cover(linter, &outcome.diagnostics[own.clone()], &mut is_suppressed[own]);
        added.extend(names.idle(linter, &article.path, &mut outcome.suppressed));
    }
    outcome.suppressed += is_suppressed.iter().filter(|is| **is).count();
    let mut is_suppressed = is_suppressed.into_iter();
    outcome.diagnostics.retain(|_| !is_suppressed.next().unwrap_or_default());
    outcome.diagnostics.extend(added);
    outcome.diagnostics.sort();
}

/// The names that the suppressions of an article hold, and which of them were needed.
struct Names<'a> {
    allowances: &'a [Allowance],
    /// A name, its place, its allowance, whether it was needed.
    names: Vec<(&'a str, Span, &'a Allowance, bool)>,
}

impl<'a> Names<'a> {
    fn of(allowances: &'a [Allowance]) -> Self {
        let named = allowances.iter().flat_map(|allowance| {
            allowance.names.iter().map(move |(name, span)| (name.as_str(), *span, allowance, false))
        });
        Self { allowances, names: named.collect() }
    }

    /// Marks the findings that are covered, and every name that covers one as needed. Findings and names meet by rule and place, not each with
    /// each: an article may hold thousands of both.
    fn cover(&mut self, linter: &Linter, diagnostics: &[Diagnostic], is_covered: &mut [bool]) {
        if self.names.is_empty() {
            return;
        }
        let mut places: BTreeMap<&str, Vec<(u32, usize)>> = BTreeMap::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let labels = [&diagnostic.primary].into_iter().chain(&diagnostic.secondary);
            let own = labels.filter(|label| label.path == diagnostic.primary.path);
            places.entry(&diagnostic.rule).or_default().extend(own.map(|label| (label.span.start, index)));
        }
        for rule in &linter.rules.rules {
            let Some(places) = places.get_mut(&*rule.id) else { continue };
            places.sort_unstable();
            let mut covers: Vec<Range<u32>> = Vec::new();
            for (_, _, allowance, is_used) in self.names.iter_mut().filter(|(name, ..)| rule.is_named(name)) {
                let range = allowance.range();
                let next = places.get(places.partition_point(|(start, _)| *start < range.start));
                if next.is_some_and(|(start, _)| range.contains(start)) {
                    *is_used = true;
                    covers.push(range);
                }
            }
            covers.sort_unstable_by_key(|range| range.start);
            let mut covers = covers.into_iter().peekable();
            let mut end = 0;
            for (start, index) in places {
                while let Some(range) = covers.next_if(|range| range.start <= *start) {
                    end = end.max(range.end);
                }
                is_covered[*index] |= *start < end;
            }
        }
    }

    /// The findings about suppressions without use. Those too can be suppressed; a suppression of them that has no use cannot.
    fn idle(&mut self, linter: &Linter, path: &Arc<str>, suppressed: &mut usize) -> Vec<Diagnostic> {
        let Some(wording) = &linter.unused_allow else { return Vec::new() };
        let own: &Rule = wording.rule();
        let unclear = self.allowances.iter().filter(|allowance| allowance.names.is_empty());
        let mut found: Vec<Diagnostic> = unclear.map(|a| wording.tell(path, a.place, Idle::Unclear)).collect();
        let tell = |name: &str, span: Span| {
            if !linter.rules.knows(name) {
                let nearest = linter.rules.unknown(name).nearest;
                return Some(wording.tell(path, span, Idle::Unknown(name, nearest.as_deref())));
            }
            // Of a family, the rules that are left out may be the ones that were meant.
            let is_whole = !linter.rules.left_out.iter().any(|rule| rule.is_named(name));
            is_whole.then(|| wording.tell(path, span, Idle::Unused(name)))
        };
        let unused = self.names.iter().filter(|(name, .., is_used)| !is_used && !own.is_named(name));
        found.extend(unused.filter_map(|(name, span, ..)| tell(name, *span)));
        let mut is_covered = vec![false; found.len()];
        self.cover(linter, &found, &mut is_covered);
        *suppressed += is_covered.iter().filter(|is| **is).count();
        let mut is_covered = is_covered.into_iter();
        found.retain(|_| !is_covered.next().unwrap_or_default());
        let unused = self.names.iter().filter(|(name, .., is_used)| !is_used && own.is_named(name));
        found.extend(unused.filter_map(|(name, span, ..)| tell(name, *span)));
        found
    }
}
