//! Short sentences that tell how to take what stands around them: Not so. Driving is another matter.

use crate::document::Document;
use crate::facts::Claim;
use crate::language::{Lexicon, WordList};
use std::ops::Range;

/// The list of sentences that take back the one before them: “Wait an hour after lunch,” said Granny. Not so.
const REJECTION: &str = "rejection";
/// The list of what sentences end with that turn to something else.
const TURN: &str = "turn";
/// Longer sentences say more than that they turn to something else.
const MOST: usize = 10;
/// The longest of their endings, in words.
const LONGEST: usize = 5;

/// Knows the sentences that take something back or turn to something else.
pub(super) struct Rejections {
    rejections: WordList,
    turns: WordList,
}

impl Rejections {
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { rejections: lexicon.list(REJECTION), turns: lexicon.list(TURN) }
    }

    /// True where a sentence of their block between two claims turns to something else.
    pub fn part(&self, doc: &Document, a: &Claim, b: &Claim) -> bool {
        let between = doc.sentences.get(a.sentence as usize + 1..b.sentence as usize).unwrap_or_default();
        let blocks = |claim: &Claim| doc.sentences.get(claim.sentence as usize).map(|sentence| sentence.block);
        blocks(a) == blocks(b)
            && between.iter().any(|sentence| {
                let keys = keys(doc, sentence.words.clone());
                let endings = keys.len().saturating_sub(LONGEST)..keys.len();
                keys.len() <= MOST && endings.into_iter().any(|start| self.turns.has(&keys[start..]))
            })
    }

    /// True where the next sentence of its block takes a claim back.
    pub fn take_back(&self, doc: &Document, claim: &Claim) -> bool {
        let sentence = |at: usize| doc.sentences.get(at);
        let own = claim.sentence as usize;
        let Some((own, next)) = sentence(own).zip(sentence(own + 1)).filter(|(own, next)| own.block == next.block)
        else {
            return false;
        };
        !doc.is_question(own.words.clone()) && self.rejections.has(&keys(doc, next.words.clone()))
    }
}

fn keys(doc: &Document, words: Range<u32>) -> Vec<u64> {
    let words = doc.words.get(words.start as usize..words.end as usize).unwrap_or_default();
    words.iter().map(|word| word.key).collect()
}
