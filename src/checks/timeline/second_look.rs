//! The second look at two statements that the trees hold for possible: they are read word by word.

use crate::document::{Document, WordKind};
use crate::facts::{Claim, Facts};
use crate::language::{Network, Reading, Statement};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The network as it lies in the repository.
static NETWORK: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/second-look.bin"));
/// What is less likely, as log odds, is not read.
const WORTH: f32 = -2.0;
/// After so many trees, log odds below these hardly ever rise to that: of 225,747 pairs, 2,488 end above it, and five of them stood lower here.
pub(super) const HOPELESS: &[(usize, f32)] = &[(20, -5.0), (40, -4.3)];

/// Of a sentence, so many words around the time are read.
const MOST_WORDS: u32 = 32;
/// So many of them stand before the time.
const MOST_BEFORE: u32 = 20;
/// Of each block that stands over the statement, so many words are read,
const MOST_OF_ONE: usize = 10;
/// and so many of all of them.
const MOST_OVER: usize = 12;
/// Words are told apart by their distance from the time up to this one.
const FARTHEST: i32 = 8;
/// Sizes of numbers, each twice the one before.
const LARGEST: u8 = 12;

/// What a word is to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands over it: in its heading, its question, its lead-in, its row.
    Over,
    /// It is a word of the sentence outside the clause.
    Sentence,
    /// It is a word of the clause.
    Clause,
    /// It is a word of the time.
    Time,
}

/// A word as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word, as an index into [`Document::words`].
    pub word: u32,
    /// What it is to the statement.
    pub role: Role,
    /// How many words it stands behind the first word of the time, from -8 to 8; 0 for what stands over it.
    pub offset: i8,
    /// The size of a number: how often it can be halved, at most 12.
    pub size: Option<u8>,
}

impl Token {
    /// The row of the table for where it stands.
    fn place(self) -> u8 {
        let role = (self.role as u8).checked_sub(1);
        role.map_or(0, |role| 1 + role * (2 * FARTHEST + 1) as u8 + (i32::from(self.offset) + FARTHEST) as u8)
    }
}

/// Reads the statements of an article, each once.
pub(super) struct SecondLook<'a> {
    doc: &'a Document,
    facts: &'a Facts,
    read: BTreeMap<(u32, u32), Statement>,
}

impl<'a> SecondLook<'a> {
    pub fn new(doc: &'a Document, facts: &'a Facts) -> Self {
        Self { doc, facts, read: BTreeMap::new() }
    }

    /// How likely two statements clash, as log odds, if the trees hold it for so likely; `against` speaks against every pair.
    pub fn judge(&mut self, a: &Claim, b: &Claim, likely: f32, against: f32) -> f32 {
        static BUILT: OnceLock<Option<Network>> = OnceLock::new();
        let Some(network) = BUILT.get_or_init(|| Network::new(NETWORK)).as_ref().filter(|_| likely - against >= WORTH)
        else {
            return likely;
        };
        let place = |claim: &Claim| (claim.time, claim.words.start);
        for claim in [a, b] {
            let (doc, facts) = (self.doc, self.facts);
            self.read.entry(place(claim)).or_insert_with(|| network.read(readings(doc, facts, claim)));
        }
        let [a, b] = [a, b].map(|claim| self.read.get(&place(claim)));
        a.zip(b).map_or(likely, |(a, b)| network.judge(a, b, likely))
    }
}

fn readings(doc: &Document, facts: &Facts, claim: &Claim) -> impl Iterator<Item = Reading> {
    let reading = |token: Token| match token.size {
        Some(size) => Some(Reading::number(size, token.place())),
        None => Some(Reading::word(doc.words.get(token.word as usize)?.key, token.place())),
    };
    tokens(doc, facts, claim).into_iter().filter_map(reading)
}

/// The words of a statement in the order in which they are read: what stands over it first.
pub fn tokens(doc: &Document, facts: &Facts, claim: &Claim) -> Vec<Token> {
    let time = facts.time(claim);
    let time = time.map_or(claim.words.start..claim.words.start, |time| time.words.clone());
    let mut read = Vec::new();
    let token = |at: u32, role: Role, offset: i8| {
        let word = doc.words.get(at as usize)?;
        let size = (word.kind == WordKind::Number).then(|| size(doc.slice(word.text)));
        let role = if time.contains(&at) { Role::Time } else { role };
        Some(Token { word: at, role, offset, size })
    };
    if let Some(sentence) = doc.sentences.get(claim.sentence as usize) {
        let over = over(doc, claim.sentence, sentence.block)
            .into_iter()
            .flat_map(|words| words.take(MOST_OF_ONE))
            .take(MOST_OVER);
        read.extend(over.filter_map(|at| token(at, Role::Over, 0)));
        let own = sentence.words.clone();
        let from = if own.contains(&time.start) { time.start } else { claim.words.start };
        let start =
            own.start.max(from.saturating_sub(MOST_BEFORE)).min(own.end.saturating_sub(MOST_WORDS).max(own.start));
        read.extend((start..own.end.min(start + MOST_WORDS)).filter_map(|at| {
            let role = if claim.words.contains(&at) { Role::Clause } else { Role::Sentence };
            token(at, role, (at as i32 - from as i32).clamp(-FARTHEST, FARTHEST) as i8)
        }));
    }
    read
}

/// The words that stand over a sentence: a question before it, the first cell of its row, its lead-in, the question that its block
/// answers, its heading.
fn over(doc: &Document, sentence: u32, block: u32) -> Vec<Range<u32>> {
    let Some(own) = doc.blocks.get(block as usize) else { return Vec::new() };
    let mut over: Vec<u32> =
        [doc.row_label(block), own.lead_in, own.question, own.heading].into_iter().flatten().collect();
    over.dedup();
    let over = over.into_iter().filter_map(|block| Some(doc.blocks.get(block as usize)?.words.clone()));
    let before = sentence.checked_sub(1).and_then(|before| doc.sentences.get(before as usize));
    let asked = before.filter(|before| before.block == block && doc.is_question(before.words.clone()));
    asked.map(|asked| asked.words.clone()).into_iter().chain(over).collect()
}

/// How often a number can be halved.
fn size(number: &str) -> u8 {
    let whole = number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    let number: u64 = whole.parse().unwrap_or(0);
    ((number + 1).ilog2() as u8).min(LARGEST)
}

#[cfg(test)]
mod tests {
    use super::super::pairs::measured;
    use super::*;
    use crate::document::Parser;
    use crate::facts::{Extractor, Needs};
    use crate::language::Forest;
    use crate::rules::RuleSet;
    use crate::source::{Format, Source};
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    static TREES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/tables/clash.bin"));

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn what_is_worth_a_second_look_is_not_given_up_before() {
        let [all, few] = [&[], HOPELESS].map(|hopeless| Forest::new(TREES, hopeless).expect("the table"));
        let lexicon = RuleSet::builtin().lexicon;
        let needs = Needs { copies: true, times: true, claims: true, ..Needs::default() };
        let (mut parser, mut extractor) = (Parser::new(&lexicon), Extractor::new(needs, &lexicon));
        let (mut worth, mut lost, mut spared) = (0, 0, 0);
        for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")) {
            let Some(format) = Format::of_path(&path) else { continue };
            let Ok(source) = Source::new("article", format, fs::read(&path).expect("a file")) else { continue };
            let doc = parser.parse(Arc::new(source));
            let facts = extractor.read(&doc);
            measured(&doc, &facts, |_, _, sheet| {
                let [whole, cut] = [&all, &few].map(|trees| trees.judge(sheet.numbers(), 0.0));
                worth += u32::from(whole >= WORTH);
                lost += u32::from(whole >= WORTH && cut < WORTH);
                spared += u32::from(whole != cut);
            });
        }
        assert!(worth > 100 && spared > worth, "{worth} are worth it, of {spared} the judgement ended early");
        assert!(lost * 100 <= worth, "{lost} of {worth} were given up: the limits belong to other trees");
    }
}
