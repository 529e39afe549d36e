//! What stands over a block: the headings above it, the first cell of its row.

use super::{BlockKind, Document};

impl Document {
    /// The first cell of the row of a cell, where that is another one.
    pub fn row_label(&self, block: u32) -> Option<u32> {
        let row = |block: u32| match self.blocks.get(block as usize)?.kind {
            BlockKind::Cell { row, column } => Some((row, column)),
            _ => None,
        };
        let (own, column) = row(block).filter(|(_, column)| *column > 0)?;
        let label = block.saturating_sub(column);
        row(label).is_some_and(|(row, _)| row == own).then_some(label)
    }

    /// The headings that a block stands under, the nearest first, each of a higher level than the one before. Headings known by
    /// shape alone stand under every other kind.
    pub fn heading_path(&self, block: u32) -> impl Iterator<Item = u32> + '_ {
        let nearest = self.blocks.get(block as usize).and_then(|own| match own.kind {
            BlockKind::Heading(1..) => own.parent,
            _ => own.heading,
        });
        std::iter::successors(nearest, |heading| self.blocks.get(*heading as usize)?.parent)
    }
}
