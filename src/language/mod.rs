//! What we know of English before any rule speaks: the normal form of words, the word lists that several parts share, and
//! intervals with their arithmetic.

mod fold;
mod forest;
mod interval;
mod kin;
mod lexicon;
mod network;
mod normal;
mod remarks;
mod stems;
pub mod swaps;
mod table;
mod words;

pub(crate) use fold::folded_key_of_first;
pub use fold::{folded, folded_key, unfolded};
pub use forest::Forest;
pub use interval::{Interval, length};
pub use kin::{Kin, KinWord, Meaning};
pub use lexicon::{Lexicon, WordList};
pub use network::{Network, Reading, Statement};
pub use normal::{KeyHasher, KeyMap, key, keys, normal_form, words};
pub(crate) use normal::{is_invisible, key_of_first};
pub use remarks::{Feature, RemarkTable};
pub(crate) use stems::stem_of_lexicon;
pub use swaps::{Certainty, Gap, SwapTable};
pub use table::{Form, WordTable};
pub use words::{Entry, WordsFault, WordsFile};
