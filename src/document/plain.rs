//! Plain text: lines, and what their shape makes of them. A suppression on a line of its own is no prose; it parts blocks.

use super::allowance;
use super::builder::Builder;
use super::shape;
use crate::source::Source;
use crate::span::Span;

/// Reads the body of a plain text from the byte `start` on.
pub(super) fn read(source: &Source, start: u32, builder: &mut Builder<'_>) {
    let mut at = start;
    for line in source.text.get(start as usize..).unwrap_or_default().split_inclusive('\n') {
        let bare = line.strip_suffix('\n').map_or(line, |l| l.strip_suffix('\r').unwrap_or(l));
        let end = at + line.len() as u32;
        match allowance::on_its_own(bare) {
            true => {
                let place = Span::new(at, at + bare.len() as u32);
                builder.comment(place, place);
            }
            false => builder.leaf.verbatim(bare, at),
        }
        if bare.len() < line.len() {
            builder.leaf.line_break(Span::new(at + bare.len() as u32, end));
        }
        at = end;
    }
    let lines: Vec<_> = builder.leaf.lines().collect();
    let blocks = shape::blocks(&builder.leaf.text, &lines);
    builder.close_as(blocks);
}
