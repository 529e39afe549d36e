//! What medlint says about its own comments.

pub(super) mod unused_allow;
