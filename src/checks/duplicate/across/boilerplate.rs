//! Notices, bylines and the like, which stand in a good part of all articles for a good reason.

use crate::checks::{Boilerplate, Corpus, Member, Texts};
use crate::document::Document;
use crate::facts::{Outline, winnowed};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So many texts are shown.
const MOST: usize = 20;
/// So many articles are opened to show them.
const MOST_OPENED: usize = 40;
/// So many words are shown of each.
const SHOWN_WORDS: u32 = 12;

/// The blocks of an article at least half of whose kept runs are common.
pub(super) fn silent(file: u32, outline: &Outline, corpus: &Corpus) -> Vec<bool> {
    if !corpus.has_common.get(file as usize).is_some_and(|has| *has) {
        return Vec::new();
    }
    let shingles = winnowed(outline);
    let is_common = |words: Range<u32>| {
        let first = shingles.partition_point(|one| one.word < words.start);
        let own = shingles.iter().skip(first).take_while(|one| one.word < words.end);
        let (all, common) = own
            .fold((0, 0), |(all, common), one| (all + 1, common + usize::from(corpus.common.contains_key(&one.key))));
        all > 0 && common * 2 >= all
    };
    outline.parts().map(|(words, _)| is_common(words)).collect()
}

/// The blocks that the first member of each common group stands in, those of most articles first.
pub(super) fn shown(common: &[(Member, usize)], corpus: &Corpus, texts: &dyn Texts) -> Vec<Boilerplate> {
    let mut order: Vec<&(Member, usize)> = common.iter().collect();
    order.sort_by_key(|(member, count)| (Reverse(*count), member.file, member.place));
    let mut opened: BTreeMap<u32, Option<Document>> = BTreeMap::new();
    let (mut seen, mut shown) = (BTreeSet::new(), Vec::new());
    for (member, count) in order {
        if shown.len() == MOST || opened.len() == MOST_OPENED && !opened.contains_key(&member.file) {
            break;
        }
        let doc = opened.entry(member.file).or_insert_with(|| texts.document(member.file));
        let block = doc.as_ref().and_then(|doc| Some((doc, doc.block_of(member.place)?)));
        let (Some((doc, block)), Some(peer)) = (block, corpus.articles.get(member.file as usize)) else { continue };
        let words = block.words.start..block.words.end.min(block.words.start + SHOWN_WORDS);
        let more = if words.end < block.words.end { " …" } else { "" };
        let text = doc.quote(words) + more;
        if seen.insert(text.clone()) {
            shown.push(Boilerplate { articles: *count, text, path: peer.path.clone() });
        }
    }
    shown
}
