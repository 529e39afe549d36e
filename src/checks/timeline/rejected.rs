//! What is told only to be taken back: “Wait an hour after lunch,” said Granny. Not so.

use crate::document::Document;
use crate::facts::Claim;
use crate::language::{Lexicon, WordList};

/// The list of sentences that take back the one before them.
const REJECTION: &str = "rejection";

/// Knows the sentences that take something back.
pub(super) struct Rejections(WordList);

impl Rejections {
    pub fn new(lexicon: &Lexicon) -> Self {
        Self(lexicon.list(REJECTION))
    }

    /// True where the next sentence of its block takes a claim back.
    pub fn take_back(&self, doc: &Document, claim: &Claim) -> bool {
        let sentence = |at: usize| doc.sentences.get(at);
        let own = claim.sentence as usize;
        let Some((own, next)) = sentence(own).zip(sentence(own + 1)).filter(|(own, next)| own.block == next.block)
        else {
            return false;
        };
        let words = doc.words.get(next.words.start as usize..next.words.end as usize).unwrap_or_default();
        let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
        !doc.is_question(own.words.clone()) && self.0.has(&keys)
    }
}
