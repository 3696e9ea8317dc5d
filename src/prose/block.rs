//! A block of text and the bracket that opens it.

use super::field::Field;
use super::lead::BRACKETED;
use crate::text::Span;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A paragraph, numbered or not.
    Paragraph,
    /// A heading or the title.
    Heading,
    /// A bullet, or a lettered or numbered part.
    Item,
    /// The subject line.
    Subject,
    /// The words of a figure or table.
    Figure,
    /// A note at the foot.
    Footnote,
    /// A cell of a table.
    Cell,
    /// A line with a label, such as who writes.
    Label,
}

/// A block of text.
///
/// A text may be one short block after the other, so it is kept small.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: BlockKind,
    /// Index of its first line.
    pub(super) line: u32,
    /// All of it.
    pub(super) span: Span,
    /// Digits of its number.
    pub(super) number: Option<Span>,
    /// Where its text begins, after number and label.
    pub(super) text: u32,
    /// How deep it lies beneath a paragraph, which has rank 0, by what stands before its text.
    pub(super) rank: u32,
    /// Blanks before its first line, where something else stands before its text.
    pub(super) indent: u32,
    /// Whether it is quoted.
    pub(super) quoted: bool,
    /// Whether it is a paragraph or item that says something.
    pub(super) is_body: bool,
    /// Index of the bracket that opens it.
    pub(super) bracket: Option<u32>,
}

impl Block {
    /// Index of its first line.
    pub(super) const fn line(&self) -> usize {
        self.line as usize
    }

    /// Index of the bracket that opens it.
    pub(super) fn bracket(&self) -> Option<usize> {
        self.bracket.map(|at| at as usize)
    }

    /// Whether it lies beneath another block.
    pub(super) const fn is_beneath(&self, rank: u32, indent: u32) -> bool {
        self.rank > rank || self.rank > 0 && self.indent > indent + 1
    }
}

/// Where a bracket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the text of a block.
    Start,
    /// After a heading, subject or caption.
    End,
}

/// A bracket where a mark may stand.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Bytes between the brackets.
    pub(super) inner: Span,
    /// Where the text after it begins.
    pub(super) after: u32,
    /// Where its block ends.
    pub(super) end: u32,
    /// Where it stands.
    pub(super) place: Place,
    /// Whether it is written in capitals.
    pub(super) capitals: bool,
}

/// The blocks of a document and the brackets that open them.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// In the order of the text.
    pub(super) all: Vec<Block>,
    /// In the order of the text.
    pub(super) candidates: Vec<Candidate>,
    /// Labelled lines.
    pub(super) fields: Vec<Field>,
}

impl Blocks {
    /// Makes items of the paragraphs that open with a single letter in brackets which is no mark.
    pub(super) fn make_items(&mut self, is_aside: impl Fn(usize) -> bool) {
        for block in &mut self.all {
            let letter = |at: usize| {
                self.candidates
                    .get(at)
                    .is_some_and(|found| found.inner.len() == 1)
            };
            let listed = block.bracket().is_some_and(|at| letter(at) && is_aside(at));
            if listed && block.kind == BlockKind::Paragraph {
                block.kind = BlockKind::Item;
                block.rank = block.rank.max(u32::from(BRACKETED));
            }
        }
    }
}
