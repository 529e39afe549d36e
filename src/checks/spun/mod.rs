//! Machine-swapped wording: phrases that spinners leave behind, words that sit oddly with their neighbours, and what all of it says
//! of the article.
//!
//! Both checks also report what proves nothing by itself, as weak findings with a weight; the verdict adds the weights up.

pub(super) mod article;
pub(super) mod odd_pair;
pub(super) mod swapped_phrase;
mod wording;
