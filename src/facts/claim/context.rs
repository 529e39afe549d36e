//! Times that a block takes from what stands over it: the lead-in of its list, the first cell of its row, its headings.

use crate::document::{BlockKind, Document};
use crate::facts::Time;
use crate::facts::time::{Bound, Kind};

/// The times of blocks, found by the words they lie in.
pub(super) struct Context<'a> {
    doc: &'a Document,
    times: &'a [Time],
    /// The numbers of those that are lengths of time.
    lengths: Vec<u32>,
}

impl<'a> Context<'a> {
    pub fn new(doc: &'a Document, times: &'a [Time]) -> Self {
        let is_length = |time: &Time| time.kind == Kind::Length && time.interval.is_some();
        let lengths = (0..).zip(times).filter(|(_, time)| is_length(time)).map(|(index, _)| index).collect();
        Self { doc, times, lengths }
    }

    /// The times in a range of words, as a range of their numbers.
    pub fn times_in(&self, words: &std::ops::Range<u32>) -> std::ops::Range<usize> {
        let first = self.times.partition_point(|time| time.words.start < words.start);
        first..self.times.partition_point(|time| time.words.start < words.end).max(first)
    }

    /// The length of time that stands over a block, and the block that has it: its lead-in, the first cell of its row, or the
    /// nearest heading with one.
    pub fn over(&self, block: u32) -> Option<(u32, u32)> {
        let lead_in = self.doc.blocks.get(block as usize)?.lead_in;
        // A title names what the article is about, not a part of it.
        let is_title = |heading: u32| {
            let first = self.doc.blocks.first().filter(|_| heading == 0);
            first.is_some_and(|block| matches!(block.kind, BlockKind::Heading(0 | 1)))
        };
        let headings = self.doc.heading_path(block).filter(|heading| !is_title(*heading));
        let near = lead_in.into_iter().chain(self.doc.row_label(block));
        let of = |over: u32| Some((self.only_length(over)?, over));
        near.filter_map(of).next().or_else(|| headings.filter_map(of).find(|(time, _)| self.is_stretch(*time)))
    }

    /// True for “the first 48 hours”, “days 4 to 7”: a heading of that kind says when, any other may name a plan.
    fn is_stretch(&self, time: u32) -> bool {
        let time = self.times.get(time as usize);
        time.is_some_and(|time| matches!(time.bound, Bound::Window | Bound::Index | Bound::Zero))
    }

    /// The one length of time in a block; `None` where there are several or none.
    fn only_length(&self, block: u32) -> Option<u32> {
        let words = self.doc.blocks.get(block as usize)?.words.clone();
        let within = self.times_in(&words);
        let first = self.lengths.partition_point(|length| (*length as usize) < within.start);
        let is_within = |length: &&u32| within.contains(&(**length as usize));
        let only = self.lengths.get(first).filter(is_within)?;
        self.lengths.get(first + 1).filter(is_within).is_none().then_some(*only)
    }
}
