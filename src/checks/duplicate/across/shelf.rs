//! Articles of a cluster as outlines, kept for the next comparison with them as long as there is room.

use super::boilerplate::silent;
use crate::checks::{Corpus, Texts};
use crate::facts::Outline;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// From so many words on, what was not asked for lately is put away; an outline takes about nine bytes a word.
const MANY_WORDS: usize = 1 << 19;

/// An article ready to be compared.
pub(super) struct Opened {
    /// Its words.
    pub outline: Arc<Outline>,
    /// Its blocks that are boilerplate; see [`silent`].
    pub silent: Vec<bool>,
}

/// Articles by number.
pub(super) struct Shelf<'a> {
    corpus: &'a Corpus,
    texts: &'a dyn Texts,
    held: Mutex<Held>,
}

/// Two boards: what is asked for comes to the first one; when that is full it becomes the second, and what lay there goes.
#[derive(Default)]
struct Held {
    words: usize,
    lately: BTreeMap<u32, Arc<Opened>>,
    before: BTreeMap<u32, Arc<Opened>>,
}

impl Held {
    fn get(&mut self, file: u32) -> Option<Arc<Opened>> {
        if let Some(known) = self.lately.get(&file) {
            return Some(known.clone());
        }
        let known = self.before.remove(&file)?;
        self.put(file, known.clone());
        Some(known)
    }

    fn put(&mut self, file: u32, opened: Arc<Opened>) {
        if self.words > MANY_WORDS {
            self.before = std::mem::take(&mut self.lately);
            self.words = 0;
        }
        self.words += opened.outline.keys.len();
        self.lately.insert(file, opened);
    }
}

impl<'a> Shelf<'a> {
    /// An empty shelf.
    pub fn new(corpus: &'a Corpus, texts: &'a dyn Texts) -> Self {
        Self { corpus, texts, held: Mutex::default() }
    }

    /// An article; `None` where it cannot be read any more.
    pub fn get(&self, file: u32) -> Option<Arc<Opened>> {
        let lock = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(file) {
            return Some(known);
        }
        let outline = self.texts.outline(file)?;
        let opened = Arc::new(Opened { silent: silent(file, &outline, self.corpus), outline });
        lock().put(file, opened.clone());
        Some(opened)
    }
}
