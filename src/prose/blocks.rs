//! Lines to blocks: paragraphs, headings, items, cells, captions, each with the bracket that opens it.

use super::block::{Block, BlockKind, Blocks, Candidate, Place};
use super::bracket::{Bracket, Shape, bracket};
use super::evidence::is_body;
use super::field::{Fields, is_subject};
use super::layout::{Layout, LineKind};
use super::lead::{Lead, LeadKind, lead};
use crate::document::Line;
use crate::text::Span;

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
    builder.marks_at_end();
    for block in &mut builder.out.all {
        block.is_body = is_body(text, block);
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
            && last.line() + 1 == index
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
                if let Some(candidate) = last
                    .bracket()
                    .and_then(|at| self.out.candidates.get_mut(at))
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
        let ended = ended || last.bracket.is_some() && last.line() + 1 == index;
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
            line: offset(index),
            span: line.span,
            number: lead.number.as_ref().map(place),
            text: start + offset(figure.unwrap_or(0)),
            rank: u32::from(lead.rank),
            indent: if lead.rank > 0 { line.indent } else { 0 },
            quoted: lead.quoted,
            is_body: false,
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
            line: offset(index),
            span: line.span,
            number: None,
            text: start,
            rank: 0,
            indent: 0,
            quoted: lead.quoted,
            is_body: false,
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
                line: offset(index),
                span: Span::new(start, end.max(start)),
                number: None,
                text: start,
                rank: 0,
                indent: 0,
                quoted: false,
                is_body: false,
                bracket: None,
            };
            self.push(block, Some(mark), end);
        }
        (self.open, self.gap, self.page) = (false, false, false);
    }

    /// Adds a block with the bracket that opens it.
    fn push(&mut self, mut block: Block, mark: Option<Bracket>, line_end: u32) {
        let mut text = block.text;
        let mut found = mark;
        // `(B) (U)`: where a second mark follows, the first letter is that of a list.
        if let Some(first) = found.as_ref().filter(|first| first.inner.len() == 1) {
            let next = text + offset(first.after);
            let rest = self.text.get(next as usize..line_end as usize);
            let second = bracket(rest.unwrap_or_default()).filter(|second| {
                let inner = rest.and_then(|rest| rest.get(second.inner.clone()));
                let inner = inner.unwrap_or_default();
                second.shape == Shape::Capitals && (inner.len() <= 2 || inner.contains('/'))
            });
            if second.is_some() {
                (text, found) = (next, second);
            }
        }
        if let Some(mark) = found {
            block.bracket = self.candidate(&mark, text, block.span.end, Place::Start);
        }
        self.out.all.push(block);
    }

    /// Adds a bracket that begins at a byte, unless what it holds can be no mark; gives its index.
    fn candidate(&mut self, mark: &Bracket, at: u32, end: u32, place: Place) -> Option<u32> {
        let index = offset(self.out.candidates.len());
        let may_be_mark = mark.shape != Shape::Other;
        may_be_mark.then(|| {
            self.out.candidates.push(Candidate {
                inner: Span::new(at + offset(mark.inner.start), at + offset(mark.inner.end)),
                after: at + offset(mark.after),
                end,
                place,
                capitals: mark.shape == Shape::Capitals,
            });
            index
        })
    }

    /// Headings, subjects and captions may be marked at their end.
    fn marks_at_end(&mut self) {
        for at in 0..self.out.all.len() {
            let Some(block) = self.out.all.get(at) else {
                break;
            };
            let may_close = matches!(
                block.kind,
                BlockKind::Heading | BlockKind::Subject | BlockKind::Figure
            );
            if !may_close || block.bracket.is_some() {
                continue;
            }
            let (start, end) = (block.text, block.span.end);
            let words = self.text.get(start as usize..end as usize);
            let words = words.unwrap_or_default();
            let words = words.trim_end_matches(['#', '*', '_', ' ', '=']);
            let open = words.rfind('(').filter(|_| words.ends_with(')'));
            let Some(open) = open.filter(|&open| open > 0) else {
                continue;
            };
            let mark = bracket(words.get(open..).unwrap_or_default());
            let found =
                mark.and_then(|mark| self.candidate(&mark, start + offset(open), end, Place::End));
            if let Some(block) = self.out.all.get_mut(at) {
                block.bracket = found;
            }
        }
    }
}

/// Whether a text is longer than a heading, however its lines end.
pub(super) fn is_long(text: &str) -> bool {
    let most = 120;
    text.len() > most && text.len() - memchr::memchr_iter(b'\r', text.as_bytes()).count() > most
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
