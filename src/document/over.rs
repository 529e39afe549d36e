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
        let level = |index: u32| match self.blocks.get(index as usize).map(|b| b.kind) {
            Some(BlockKind::Heading(0)) => u8::MAX,
            Some(BlockKind::Heading(level)) => level,
            _ => u8::MAX,
        };
        let own = self.blocks.get(block as usize).filter(|b| b.is_heading()).map_or(u8::MAX, |_| level(block));
        let mut next = self.blocks.get(block as usize).and_then(|b| b.heading);
        let mut bound = own;
        std::iter::from_fn(move || {
            while let Some(heading) = next {
                next = self.blocks.get(heading as usize)?.heading;
                let is_first = bound == u8::MAX;
                if is_first || level(heading) < bound {
                    bound = level(heading).min(u8::MAX - 1);
                    return Some(heading);
                }
            }
            None
        })
    }
}
