//! What we know of English before any rule speaks: the normal form of words and the word lists that several parts share.

mod lexicon;
mod normal;
mod words;

pub use lexicon::{Lexicon, WordList};
pub(crate) use normal::{ascii_key, is_invisible};
pub use normal::{KeyHasher, KeyMap, key, keys, normal_form};
pub use words::WordsFile;
