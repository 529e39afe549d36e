//! Articles that were opened for a cluster, kept for the next comparison with them as long as there is room.

use super::boilerplate::silent;
use crate::checks::{Corpus, Texts};
use crate::document::Document;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// So much text is kept at most, in bytes; what was read of it takes about fifteen times as much.
const MOST_BYTES: usize = 4 << 20;

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
    held: Mutex<(usize, BTreeMap<u32, Arc<Opened>>)>,
}

impl<'a> Shelf<'a> {
    /// An empty shelf.
    pub fn new(corpus: &'a Corpus, texts: &'a dyn Texts) -> Self {
        Self { corpus, texts, held: Mutex::default() }
    }

    /// An article; `None` where it cannot be read any more.
    pub fn get(&self, file: u32) -> Option<Arc<Opened>> {
        let lock = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().1.get(&file) {
            return Some(known.clone());
        }
        let (doc, facts) = self.texts.open(file)?;
        let opened = Arc::new(Opened { silent: silent(&doc, &facts, self.corpus), doc });
        let mut held = lock();
        held.0 += opened.doc.text.len();
        if held.0 > MOST_BYTES {
            *held = (opened.doc.text.len(), BTreeMap::new());
        }
        held.1.insert(file, opened.clone());
        Some(opened)
    }
}
