//! What a page left behind when it was copied, or a tool when it wrote.

pub(super) mod invisible;
pub(super) mod mojibake;
pub(super) mod page_lines;
pub(super) mod quotes;
pub(super) mod remarks;
pub(super) mod template;
pub(super) mod unfilled;
