//! Statements that a writer sets side by side: told in the same words but for the times and what they are told of, or each of its own stage.

use crate::document::{Document, Word, WordKind};
use crate::facts::time::{Bound, Kind, Time};
use crate::facts::{Claim, Facts};
use crate::language::{Interval, Kin};

/// No further apart than this, in sentences.
const NEAR: u32 = 2;
/// So many words are the same in both, at least,
const FEWEST: usize = 3;
/// and this share of the longer one, in percent.
const SHARE: usize = 50;
/// Words so near to each other are two names of one thing, as a cosine: retainer and brace, not child and adult.
const ONE_MEANING: f32 = 0.58;
/// So many words of a sentence are looked at.
const MOST: usize = 40;

/// True for neighbouring statements in the same words, each of something else: two weeks after keyhole surgery, six weeks after open surgery. What
/// only one says behind the last word of both is an addition.
pub(super) fn are_parallel(doc: &Document, facts: &Facts, a: &Claim, b: &Claim) -> bool {
    if a.sentence.abs_diff(b.sentence) > NEAR || a.stance != b.stance {
        return false;
    }
    let (of_a, of_b) = (rest(doc, facts, a), rest(doc, facts, b));
    let frame = in_common(doc, &of_a, &of_b);
    let mut before = (0, 0);
    let is_other = frame.iter().any(|(at_a, at_b)| {
        let (only_a, only_b) = (&of_a[before.0..*at_a], &of_b[before.1..*at_b]);
        before = (at_a + 1, at_b + 1);
        are_of_two(doc, only_a, only_b)
    });
    is_other && frame.len() >= FEWEST && frame.len() * 100 >= of_a.len().max(of_b.len()) * SHARE
}

/// True where words tell of two things: each of something that the other text does not name, and that is no other word for the same.
fn are_of_two(doc: &Document, of_a: &[u32], of_b: &[u32]) -> bool {
    let kin = Kin::builtin();
    let telling = |words: &[u32]| -> Vec<&Word> {
        let words = words.iter().filter_map(|at| doc.words.get(*at as usize));
        words.filter(|word| word.kind == WordKind::Number || kin.tells(word.key)).collect()
    };
    let (of_a, of_b) = (telling(of_a), telling(of_b));
    let meaning = |words: &[&Word]| kin.meaning_of(words.iter().map(|word| word.key));
    !of_a.is_empty() && !of_b.is_empty() && meaning(&of_a).nearness(&meaning(&of_b)) < ONE_MEANING
}

/// The words of a claim's sentence up to the end of its clause, times left out.
fn rest(doc: &Document, facts: &Facts, claim: &Claim) -> Vec<u32> {
    let Some(sentence) = doc.sentences.get(claim.sentence as usize) else { return Vec::new() };
    let mut times = times_in(doc, facts, claim).peekable();
    let is_told = |at: &u32| {
        while times.next_if(|time| time.words.end <= *at).is_some() {}
        times.peek().is_none_or(|time| *at < time.words.start)
    };
    (sentence.words.start..claim.words.end).filter(is_told).take(MOST).collect()
}

/// The times of a claim's sentence, in order.
fn times_in<'a>(doc: &Document, facts: &'a Facts, claim: &Claim) -> impl Iterator<Item = &'a Time> {
    let words = doc.sentences.get(claim.sentence as usize).map_or(0..0, |sentence| sentence.words.clone());
    let first = facts.times.partition_point(|time| time.words.start < words.start);
    facts.times.iter().skip(first).take_while(move |time| time.words.start < words.end)
}

/// The most words that two texts have in common, in order: the place of each in both.
fn in_common(doc: &Document, a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let key = |at: u32| doc.words.get(at as usize).map(|word| word.key);
    let is_same = |x: usize, y: usize| key(a[x]) == key(b[y]);
    // How many the texts from two places on have in common.
    let mut counts = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            counts[x][y] =
                if is_same(x, y) { counts[x + 1][y + 1] + 1 } else { counts[x + 1][y].max(counts[x][y + 1]) };
        }
    }
    let (mut x, mut y, mut common) = (0, 0, Vec::new());
    while x < a.len() && y < b.len() {
        if is_same(x, y) {
            common.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if counts[x + 1][y] >= counts[x][y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    common
}

/// True for statements of stages that share no time: in the first week this, in the fourth week that.
pub(super) fn are_stages(doc: &Document, facts: &Facts, a: &Claim, b: &Claim) -> bool {
    let is_later = |(a, b): (Interval, Interval)| !a.overlaps(b);
    stage(doc, facts, a).zip(stage(doc, facts, b)).is_some_and(is_later)
}

/// The stretch of time that a claim's sentence names before another one.
fn stage(doc: &Document, facts: &Facts, claim: &Claim) -> Option<Interval> {
    let mut times = times_in(doc, facts, claim);
    let is_stretch = |time: &Time| {
        matches!(time.kind, Kind::Length | Kind::Age) && matches!(time.bound, Bound::Window | Bound::Index)
    };
    let stage = times.next().filter(|time| is_stretch(time))?;
    times.next().and(stage.interval)
}
