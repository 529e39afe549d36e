//! An article as a reader meets it: blocks, sentences, words and links over one visible text.
//!
//! A [`Parser`] turns a [`Source`] into a [`Document`] and never fails: odd input is read somehow, and spans stay true.
//! Every format ends in the same [`builder`], so a check never asks where a text came from. Parts are flat arrays that
//! refer to each other by index. Code, addresses, tags and comments give no words.

mod allowance;
mod area;
mod builder;
mod closings;
mod entities;
mod front_matter;
mod html;
mod html_names;
mod html_tags;
mod known;
mod leaf;
mod line_ends;
mod looks;
mod markdown;
mod mdx;
mod offsets;
mod over;
mod plain;
mod sentences;
mod shape;
mod words;

pub use allowance::Allowance;
pub use area::Area;
pub use front_matter::{FrontMatter, FrontMatterFormat};

use crate::language::{Lexicon, keys};
use crate::source::{Format, Source};
use crate::span::{Span, TextSpan};
use builder::Builder;
use known::Known;
use offsets::Offsets;
use std::ops::Range;
use std::sync::Arc;

/// An article as read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it was read from.
    pub source: Arc<Source>,
    /// What a reader sees: markup gone, entities decoded, blocks parted by blank lines. Empty blocks leave nothing.
    pub text: String,
    /// Data at the head of the file.
    pub front_matter: Option<FrontMatter>,
    /// What it is written in.
    pub language: Language,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// Words in reading order.
    pub words: Vec<Word>,
    /// Links in reading order.
    pub links: Vec<Link>,
    /// Comments in source order.
    pub comments: Vec<Comment>,
    offsets: Offsets,
}

/// The language of an article, as far as rules ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, by front matter or by its function words.
    English,
    /// Another one.
    Other,
    /// Too short or too mixed to tell.
    #[default]
    Unknown,
}

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; the level is 1 to 6, or 0 where only its shape says that it is one.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item; lists in lists are deeper, from 0.
    Item(u8),
    /// A table cell, by row (0 = header) and column.
    Cell {
        /// Row in its table, from 0, the header.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
    /// A paragraph of a quotation.
    Quote,
    /// A footnote.
    Footnote,
}

/// A stretch of text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its visible text.
    pub text: TextSpan,
    /// Its sentences, as indexes into [`Document::sentences`].
    pub sentences: Range<u32>,
    /// Its words, as indexes into [`Document::words`].
    pub words: Range<u32>,
    /// The nearest heading before it, as an index into [`Document::blocks`].
    pub heading: Option<u32>,
    /// Of a heading, the nearest one before it of a higher level, as headings known by shape alone are of the lowest.
    pub parent: Option<u32>,
    /// The part of the page that it stands in.
    pub area: Area,
    /// True under a heading that lists sources.
    pub is_reference: bool,
    /// The block that introduces it: the lead-in of a list item, the header cell of a table cell.
    pub lead_in: Option<u32>,
    /// The question that it answers: a heading or paragraph that is one question, up to the next one or the next heading.
    pub question: Option<u32>,
}

impl Block {
    /// True for headings of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

/// A sentence, inside one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its visible text, end punctuation included.
    pub text: TextSpan,
    /// Its words, as indexes into [`Document::words`].
    pub words: Range<u32>,
    /// Its block, as an index into [`Document::blocks`].
    pub block: u32,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Letters.
    Word,
    /// Begins with a digit: `48`, `2.5`, `24hrs`.
    Number,
}

/// A word of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its visible text.
    pub text: TextSpan,
    /// Hash of its normal form, see [`crate::language::key`].
    pub key: u64,
    /// Its sentence, as an index into [`Document::sentences`].
    pub sentence: u32,
    /// What it is made of.
    pub kind: WordKind,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Words with a target beside them.
    Inline,
    /// Words with a target defined elsewhere.
    Reference,
    /// An address in angle brackets.
    Autolink,
    /// An address in running text.
    Bare,
    /// An image.
    Image,
}

/// A link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// What a reader sees of it; empty for images.
    pub text: TextSpan,
    /// The whole link in the source, its target included.
    pub span: Span,
    /// Where it leads, entities and escapes resolved.
    pub target: String,
    /// Where the target of a reference is defined.
    pub definition: Option<Span>,
    /// The part of the page that it stands in.
    pub area: Area,
    /// What is said about it beyond its target.
    pub attributes: Option<Box<LinkAttributes>>,
}

/// What is said about a link beyond its target, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkAttributes {
    /// `rel`.
    pub rel: String,
    /// `class`.
    pub class: String,
    /// `style`.
    pub style: String,
    /// `aria-label` or what stands for it, or else `title`; of an image what stands in its place.
    pub label: String,
    /// True where a style or attribute, of the link or around it, hides it from readers.
    pub is_hidden: bool,
    /// Classes, roles and ids of the elements that hide it.
    pub around: String,
    /// True where it holds a drawing, whose name we do not know.
    pub has_graphic: bool,
}

/// A comment, unseen by readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment with its marks.
    pub span: Span,
    /// What stands between the marks.
    pub inner: Span,
}

/// A heading with what stands directly under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading; `None` for text before the first one.
    pub heading: Option<u32>,
    /// All its blocks, the heading included, up to the next heading of any level.
    pub blocks: Range<u32>,
}

impl Document {
    /// The source of a range of visible text: the only way from reading back to source.
    pub fn span(&self, text: TextSpan) -> Span {
        self.offsets.span(text)
    }

    /// The visible text under `span`.
    pub fn slice(&self, span: TextSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The visible text from the first to the last word of a range; empty for an empty range.
    pub fn words_text(&self, words: Range<u32>) -> TextSpan {
        let (Some(first), Some(last)) = (self.words.get(words.start as usize), self.last_word(&words)) else {
            return TextSpan::default();
        };
        first.text.join(last.text)
    }

    /// The visible text of a range of words, as it is quoted: on one line, with single blanks.
    pub fn quote(&self, words: Range<u32>) -> String {
        self.slice(self.words_text(words)).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// True where a question mark ends a range of words.
    pub fn is_question(&self, words: Range<u32>) -> bool {
        let text = self.words_text(words);
        self.slice(text).ends_with('?') || self.text.get(text.end as usize..).is_some_and(|rest| rest.starts_with('?'))
    }

    /// The keys of the words of its title: what its front matter says, or else the first heading, or else the first block.
    pub fn title(&self) -> Vec<u64> {
        let told = self.front_matter.as_ref().and_then(|data| data.get("title"));
        if let Some(title) = told.and_then(|title| title.as_str()) {
            return keys(title);
        }
        let title = self.blocks.iter().find(|block| block.is_heading()).or(self.blocks.first());
        let words = title.and_then(|title| self.words.get(title.words.start as usize..title.words.end as usize));
        words.unwrap_or_default().iter().map(|word| word.key).collect()
    }

    /// The sentence that a word stands in.
    pub fn sentence_of(&self, word: u32) -> Option<&Sentence> {
        self.sentences.get(self.words.get(word as usize)?.sentence as usize)
    }

    /// The block that a word stands in.
    pub fn block_of(&self, word: u32) -> Option<&Block> {
        self.blocks.get(self.sentence_of(word)?.block as usize)
    }

    /// Headings with what stands under them, in order; text before the first heading comes first.
    pub fn sections(&self) -> impl Iterator<Item = Section> + '_ {
        let mut next = 0u32;
        std::iter::from_fn(move || {
            let start = next;
            let first = self.blocks.get(start as usize)?;
            next += 1;
            while self.blocks.get(next as usize).is_some_and(|b| !b.is_heading()) {
                next += 1;
            }
            Some(Section { heading: first.is_heading().then_some(start), blocks: start..next })
        })
    }

    fn last_word(&self, words: &Range<u32>) -> Option<&Word> {
        (words.start < words.end).then(|| self.words.get(words.end as usize - 1)).flatten()
    }
}

/// Reads sources; keeps the arrays of documents that are no longer needed for the next one.
#[derive(Clone, Debug)]
pub struct Parser {
    known: Arc<Known>,
    spare: Option<Document>,
}

impl Parser {
    /// A parser that knows the lists of a lexicon: abbreviations, headings of reference lists, function words.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { known: Arc::new(Known::new(lexicon)), spare: None }
    }

    /// Reads a source. Never fails; linear in its length.
    pub fn parse(&mut self, source: Arc<Source>) -> Document {
        let mut doc = match self.spare.take() {
            Some(spare) => spare.emptied(source),
            None => Document::empty(source),
        };
        let source = doc.source.clone();
        let body = front_matter::read(&source, &mut doc.front_matter);
        let mut builder = Builder::new(&mut doc, &self.known);
        match source.format {
            Format::Markdown => markdown::read(&source, body, &mut builder),
            Format::Mdx => mdx::read(&source, body, &mut builder),
            Format::Html => html::read(&source, body, &mut builder),
            Format::Plain => plain::read(&source, body, &mut builder),
        }
        doc.language = self.known.language(&doc);
        doc
    }

    /// Takes back a document so that its memory serves the next one.
    pub fn recycle(&mut self, doc: Document) {
        self.spare = Some(doc);
    }
}

impl Document {
    fn empty(source: Arc<Source>) -> Self {
        Self {
            source,
            text: String::new(),
            front_matter: None,
            language: Language::Unknown,
            blocks: Vec::new(),
            sentences: Vec::new(),
            words: Vec::new(),
            links: Vec::new(),
            comments: Vec::new(),
            offsets: Offsets::default(),
        }
    }

    fn emptied(mut self, source: Arc<Source>) -> Self {
        self.source = source;
        self.text.clear();
        self.front_matter = None;
        self.blocks.clear();
        self.sentences.clear();
        self.words.clear();
        self.links.clear();
        self.comments.clear();
        self.offsets.clear();
        self
    }
}
