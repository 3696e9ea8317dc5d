//! Lines to blocks: paragraphs, headings, items, cells, captions, each with the bracket that opens it.

use super::bracket::{Bracket, Shape, bracket};
use super::field::{Field, Fields, is_subject};
use super::layout::{Layout, LineKind};
use super::lead::{Lead, LeadKind, lead};
use crate::document::Line;
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
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: BlockKind,
    /// Index of its first line.
    pub(super) line: usize,
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
    /// Index of the bracket that opens it.
    pub(super) bracket: Option<usize>,
}

impl Block {
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

/// Cuts the lines of a document into blocks.
pub(super) fn blocks(text: &str, lines: &[Line], layout: &Layout, fields: Fields<'_>) -> Blocks {
    let mut builder = Builder {
        text,
        fields,
        out: Blocks::default(),
        open: false,
        gap: false,
        page: false,
    };
    for (index, (line, kind)) in lines.iter().zip(&layout.kinds).enumerate() {
        match kind {
            LineKind::Blank => builder.gap = true,
            LineKind::Page | LineKind::Banner => builder.page = true,
            LineKind::Skipped => builder.open = false,
            LineKind::Rule => builder.rule(index),
            LineKind::Text => builder.line(index, line),
        }
    }
    builder.out
}

struct Builder<'t> {
    text: &'t str,
    fields: Fields<'t>,
    out: Blocks,
    /// Whether the last block may go on.
    open: bool,
    /// Whether a blank line came since.
    gap: bool,
    /// Whether the furniture of a page came since.
    page: bool,
}

impl Builder<'_> {
    fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// A rule right below a single line makes it a heading.
    fn rule(&mut self, index: usize) {
        let below = self.open && !self.gap && !self.page;
        if let Some(last) = self.out.all.last_mut().filter(|_| below)
            && last.line + 1 == index
            && last.kind == BlockKind::Paragraph
        {
            last.kind = BlockKind::Heading;
        }
        // Between two pages a paragraph may go on below the rule.
        self.open &= self.gap || self.page;
        self.page |= self.open;
    }

    fn line(&mut self, index: usize, line: &Line) {
        let words = self.slice(line.span);
        if words.starts_with('|') {
            self.row(index, line);
            return;
        }
        let lead = lead(words);
        let field = self
            .fields
            .at_start(words.get(lead.rest..).unwrap_or_default());
        if let Some((group, label)) = field
            && (lead.kind != LeadKind::Bullet || is_subject(group))
        {
            self.labelled(index, line, &lead, (group, label));
            return;
        }
        let start = line.span.start + offset(lead.rest);
        let mark = bracket(self.text.get(start as usize..).unwrap_or_default());
        if self.goes_on(index, words, &lead, mark.as_ref()) {
            if let Some(last) = self.out.all.last_mut() {
                last.span = last.span.join(line.span);
                if let Some(candidate) = last.bracket.and_then(|at| self.out.candidates.get_mut(at))
                {
                    candidate.end = line.span.end;
                }
            }
        } else {
            self.open_block(index, line, &lead, mark);
        }
        (self.open, self.gap, self.page) = (true, false, false);
    }

    /// Whether a line goes on with the block before it.
    fn goes_on(&self, index: usize, words: &str, lead: &Lead, mark: Option<&Bracket>) -> bool {
        let Some(last) = self.out.all.last().filter(|_| self.open) else {
            return false;
        };
        let closed = matches!(last.kind, BlockKind::Cell | BlockKind::Label)
            || last.kind == BlockKind::Heading && last.number.is_none()
            || last.quoted != lead.quoted;
        if closed {
            return false;
        }
        let ended = ends_sentence(self.slice(last.span));
        if self.gap || self.page {
            let small = words.starts_with(|first: char| first.is_lowercase());
            let begins = small || is_long(self.slice(last.span)) && mark.is_none();
            return self.page && !ended && begins && lead.kind == LeadKind::None;
        }
        let opens = mark.is_some_and(|mark| mark.shape != Shape::Other);
        // Two lines one below the other that both open with a bracket are alike: neither is the other's end.
        let ended = ended || last.bracket.is_some() && last.line + 1 == index;
        match lead.kind {
            LeadKind::Heading | LeadKind::Bullet | LeadKind::Footnote => false,
            LeadKind::Number | LeadKind::Letter => {
                !(ended || opens || matches!(last.kind, BlockKind::Item | BlockKind::Heading))
            }
            LeadKind::None => !(opens && (ended || last.kind != BlockKind::Paragraph)),
        }
    }

    fn open_block(&mut self, index: usize, line: &Line, lead: &Lead, mark: Option<Bracket>) {
        let start = line.span.start + offset(lead.rest);
        let words = self.text.get(start as usize..line.span.end as usize);
        let words = words.unwrap_or_default();
        let figure = self.fields.figure(words);
        let kind = match lead.kind {
            _ if figure.is_some() => BlockKind::Figure,
            LeadKind::Heading => BlockKind::Heading,
            LeadKind::Bullet | LeadKind::Letter => BlockKind::Item,
            LeadKind::Footnote => BlockKind::Footnote,
            LeadKind::Number | LeadKind::None => BlockKind::Paragraph,
        };
        let place = |range: &std::ops::Range<usize>| {
            Span::new(
                line.span.start + offset(range.start),
                line.span.start + offset(range.end),
            )
        };
        let block = Block {
            kind,
            line: index,
            span: line.span,
            number: lead.number.as_ref().map(place),
            text: start + offset(figure.unwrap_or(0)),
            rank: u32::from(lead.rank),
            indent: if lead.rank > 0 { line.indent } else { 0 },
            quoted: lead.quoted,
            bracket: None,
        };
        let mark = match figure {
            Some(skip) => bracket(self.text.get(start as usize + skip..).unwrap_or_default()),
            None => mark,
        };
        self.push(block, mark, line.span.end);
    }

    /// A line with a label: the subject may be marked, the others are no portions.
    fn labelled(&mut self, index: usize, line: &Line, lead: &Lead, label: (&str, usize)) {
        let (group, value) = label;
        let start = line.span.start + offset(lead.rest + value);
        let is_subject = is_subject(group);
        let block = Block {
            kind: if is_subject {
                BlockKind::Subject
            } else {
                BlockKind::Label
            },
            line: index,
            span: line.span,
            number: None,
            text: start,
            rank: 0,
            indent: 0,
            quoted: lead.quoted,
            bracket: None,
        };
        let from = Span::new(line.span.start + offset(lead.rest), line.span.end);
        // The mark stands before the label, `(U) Classified By:`, or before the words of the subject.
        let mut block = block;
        let mut mark = bracket(self.text.get(from.start as usize..).unwrap_or_default());
        if mark.is_some() {
            block.text = from.start;
        } else if is_subject {
            mark = bracket(self.text.get(start as usize..).unwrap_or_default());
        }
        self.push(block, mark, line.span.end);
        self.fields
            .read(self.text, from, index, &mut self.out.fields);
        (self.open, self.gap, self.page) = (is_subject, false, false);
    }

    /// A row of a table: each cell that opens with a bracket is a block.
    fn row(&mut self, index: usize, line: &Line) {
        let words = self.slice(line.span);
        let ends: smallvec::SmallVec<[usize; 16]> =
            memchr::memchr_iter(b'|', words.as_bytes()).collect();
        let length = words.len();
        for (nth, &bar) in ends.iter().enumerate() {
            let end = ends.get(nth + 1).copied().unwrap_or(length);
            let cell = self.slice(line.span).get(bar + 1..end).unwrap_or_default();
            let lead = lead(cell);
            let start = line.span.start + offset(bar + 1 + lead.rest);
            let Some(mark) = bracket(self.text.get(start as usize..).unwrap_or_default()) else {
                continue;
            };
            let end = line.span.start + offset(end);
            let block = Block {
                kind: BlockKind::Cell,
                line: index,
                span: Span::new(start, end.max(start)),
                number: None,
                text: start,
                rank: 0,
                indent: 0,
                quoted: false,
                bracket: None,
            };
            self.push(block, Some(mark), end);
        }
        (self.open, self.gap, self.page) = (false, false, false);
    }

    /// Adds a block with the bracket that opens it, or that closes a line which may be marked there.
    fn push(&mut self, mut block: Block, mark: Option<Bracket>, line_end: u32) {
        let mut text = block.text;
        let mut found = mark.map(|mark| (mark, Place::Start));
        // `(B) (U)`: where a second mark follows, the first letter is that of a list.
        if let Some((first, _)) = &found
            && first.inner.len() == 1
        {
            let next = text + offset(first.after);
            let second = bracket(
                self.text
                    .get(next as usize..line_end as usize)
                    .unwrap_or_default(),
            );
            if let Some(second) = second.filter(|second| second.inner.len() <= 2) {
                text = next;
                found = Some((second, Place::Start));
            }
        }
        let may_close = matches!(
            block.kind,
            BlockKind::Heading | BlockKind::Subject | BlockKind::Figure
        );
        if found.is_none() && may_close {
            let words = self
                .text
                .get(text as usize..line_end as usize)
                .unwrap_or_default();
            let words = words.trim_end_matches(['#', '*', '_', ' ', '=']);
            if words.ends_with(')')
                && let Some(open) = words.rfind('(').filter(|&open| open > 0)
                && let Some(mark) = bracket(words.get(open..).unwrap_or_default())
            {
                text += offset(open);
                found = Some((mark, Place::End));
            }
        }
        if let Some((mark, place)) = found {
            let shape = mark.shape;
            if shape != Shape::Other {
                block.bracket = Some(self.out.candidates.len());
                self.out.candidates.push(Candidate {
                    inner: Span::new(
                        text + offset(mark.inner.start),
                        text + offset(mark.inner.end),
                    ),
                    after: text + offset(mark.after),
                    end: block.span.end,
                    place,
                    capitals: shape == Shape::Capitals,
                });
            }
        }
        self.out.all.push(block);
    }
}

/// Whether a text is longer than a heading.
fn is_long(text: &str) -> bool {
    text.len() > 120
}

/// Whether a text ends as a sentence does, or announces what follows.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |letter: char| "\"')]*_\u{201d}\u{2019}".contains(letter);
    text.trim_end()
        .trim_end_matches(closing)
        .ends_with(['.', '!', '?', ':', ';', '\u{2026}'])
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
