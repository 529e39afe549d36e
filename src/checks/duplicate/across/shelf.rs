//! Articles that were opened for a cluster, kept for the next comparison with them as long as there is room.

use super::boilerplate::silent;
use crate::checks::{Corpus, Texts};
use crate::document::Document;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// From so much text on, in bytes, what was not asked for lately is put away; what was read of it takes about fifteen times as much.
const MANY_BYTES: usize = 2 << 20;

/// An article ready to be compared.
pub(super) struct Opened {
    /// Its text.
    pub doc: Document,
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
    bytes: usize,
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
        if self.bytes > MANY_BYTES {
            self.before = std::mem::take(&mut self.lately);
            self.bytes = 0;
        }
        self.bytes += opened.doc.text.len();
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
        let (doc, facts) = self.texts.open(file)?;
        let opened = Arc::new(Opened { silent: silent(&doc, &facts, self.corpus), doc });
        lock().put(file, opened.clone());
        Some(opened)
    }
}
