//! The text: numbered paragraphs, their parts, and blocks without a number.

use super::Reader;
use super::furniture::Role;
use super::lexicon::Kind;
use super::opening::{Bracket, Opening};
use super::portions::Place;
use super::sections::Head;
use crate::diagnostic::Confidence;
use crate::lexer::{Token, lexemes};
use crate::marking::Marking;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Longest attention line that is repeated behind the line of a section, in bytes.
const LONGEST_REPEATED: usize = 80;

/// Most digits of the number of a paragraph inside a line.
const MOST_DIGITS: usize = 3;

/// Most tokens of a mark inside a line, with its brackets.
const MOST_TOKENS: usize = 12;

/// Most blocks without a number before a first number that is not one.
const MOST_BEFORE: usize = 2;

/// What the text was read to hold.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Numbered paragraphs, in order.
    pub(super) paragraphs: Vec<Numbered>,
    /// Blocks before the first numbered paragraph, or all of them where none is numbered.
    pub(super) blocks: Vec<Span>,
    /// The whole text.
    pub(super) span: Option<Span>,
    /// The number that comes next.
    expected: u32,
    /// Where the last accepted number stood, in blanks before it.
    indent: Option<u32>,
    /// The last number of a list inside a paragraph.
    nested: Option<u32>,
    quoted: Option<Span>,
    pub(super) marks: Vec<super::portions::Candidate>,
    pub(super) parts: Vec<super::portions::Part>,
    /// Where the next bracket opens at or behind the line at hand; `None` where it was not looked for.
    next_bracket: Option<u32>,
    /// The last letter of a list in brackets.
    pub(super) listed: Option<u8>,
}

/// A numbered paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered {
    pub(super) number: Span,
    pub(super) span: Span,
    /// Whether what should be a mark follows the number.
    pub(super) marked: bool,
}

/// A paragraph inside a line: its number, the place of that, and its mark.
type Inside = (u32, Span, Bracket, Box<Marking>);

/// How lines before the one at hand bear on it.
#[derive(Default)]
pub(super) struct Above {
    /// A blank line, or the beginning.
    pub(super) blank: bool,
    /// A line that was set aside, such as a page line.
    broken: bool,
    /// The line of a further section, behind which captions and labels may be repeated.
    section: bool,
    /// The last line ended a sentence.
    pub(super) sentence: bool,
}

impl Reader<'_> {
    /// Reads the text, and then the end of the telegram.
    pub(super) fn body(&mut self) {
        self.closing();
        self.headers_between_sections();
        self.body.expected = 1;
        let mut above = Above {
            blank: true,
            ..Above::default()
        };
        for index in self.at..self.end {
            match self.role(index) {
                Role::Open => {}
                Role::Read => continue,
                Role::Stamp | Role::Page | Role::Level => {
                    above.broken = true;
                    continue;
                }
            }
            let Some((text, span)) = self.line(index) else {
                break;
            };
            if text.is_empty() {
                above.blank = true;
                continue;
            }
            if !above.section && self.is_prose(text) && !self.holds_bracket(span) {
                self.prose_line(span, &above);
                above = Above {
                    sentence: ends_sentence(text),
                    ..Above::default()
                };
                continue;
            }
            if self.is_head_of_section(index, text, span) {
                above = Above {
                    broken: true,
                    section: true,
                    ..above
                };
                continue;
            }
            if let Some(term) = self.repeated_caption(text, above.broken) {
                self.push_term(ElementKind::RepeatedCaption, span, Some(term));
                self.set_role(index, Role::Read);
                continue;
            }
            let repeats = || {
                let begins = super::opening::paragraph_number(text).is_some();
                let attention = !begins && text.len() <= LONGEST_REPEATED;
                self.label(text).is_some() || attention && super::captions::is_attention(text)
            };
            if above.section && repeats() {
                self.set_role(index, Role::Read);
                continue;
            }
            self.text_line(index, span, &above);
            above = Above {
                sentence: ends_sentence(text),
                ..Above::default()
            };
        }
        self.finish_body();
    }

    /// Whether the first letters of a line without a bracket show that it only goes on with the text. Most
    /// lines do, so this is what reading a telegram costs.
    fn is_prose(&self, text: &str) -> bool {
        let [first, second, third, ..] = text.as_bytes() else {
            return false;
        };
        // A precedence, which has one or two letters, or the originator opens a quoted telegram.
        let opens_header = *second == b' ' || *third == b' ' || (*first, *second) == (b'F', b'M');
        let captions = self.words_of(Kind::Caption);
        self.body.quoted.is_none()
            && first.is_ascii_alphabetic()
            && !opens_header
            && !super::opening::may_open(text)
            && !self.level_letters.may_begin(text)
            && (text.len() > super::furniture::LONGEST_CAPTION || captions.word(text).is_none())
    }

    /// Whether a bracket opens in a line; the lines are asked from the first to the last.
    fn holds_bracket(&mut self, line: Span) -> bool {
        if self.body.next_bracket.is_none_or(|next| next < line.start) {
            let rest = self.text.as_bytes().get(line.start as usize..);
            let next = rest.and_then(|rest| memchr::memchr(b'(', rest));
            let next = next.map_or(u32::MAX, |next| line.start + super::offset(next));
            self.body.next_bracket = Some(next);
        }
        self.body.next_bracket.is_some_and(|next| next < line.end)
    }

    /// A line that only goes on with the text.
    fn prose_line(&mut self, span: Span, above: &Above) {
        self.body.span = Some(self.body.span.map_or(span, |whole| whole.join(span)));
        self.continue_text(span, above);
        if above.blank {
            self.body.listed = None;
        }
    }

    fn is_head_of_section(&mut self, index: usize, text: &str, span: Span) -> bool {
        match self.head_in_text(text) {
            Some(Head::Section) => {
                self.section_line(index);
                true
            }
            Some(Head::Quoted) if self.body.quoted.is_none() => {
                self.body.quoted = Some(span);
                false
            }
            _ => false,
        }
    }

    fn text_line(&mut self, index: usize, span: Span, above: &Above) {
        self.body.span = Some(self.body.span.map_or(span, |whole| whole.join(span)));
        if let Some(quoted) = self.body.quoted {
            let whole = quoted.join(span);
            self.body.quoted = Some(whole);
            let closes = self.words_of(Kind::Heading).word(self.slice(span));
            if closes.is_some_and(|term| self.words_of(Kind::Heading).is_in(term, "closes")) {
                self.body.quoted = None;
                self.push_text(ElementKind::QuotedTelegram, whole);
            }
        }
        let opening = self.opening(index);
        let marking = opening
            .bracket
            .and_then(|bracket| self.mark_in(bracket.inner));
        if let Some((number, place)) = opening.number
            && self.opens_paragraph(number, marking.is_some(), index, above)
        {
            self.paragraph((number, place), span, opening, marking);
            self.paragraphs_inside(span);
            return;
        }
        if self.paragraphs_inside(span) {
            return;
        }
        self.continue_text(span, above);
        self.mark_of_part(span, opening, above, marking);
    }

    /// Reads paragraphs that begin inside a line.
    fn paragraphs_inside(&mut self, line: Span) -> bool {
        let mut from = line.start;
        while let Some((number, place, bracket, marking)) = self.paragraph_inside(line, from) {
            let opening = Opening {
                number: Some((number, place)),
                bracket: Some(bracket),
                ..Opening::default()
            };
            if let Some(last) = self.body.paragraphs.last_mut() {
                let before = Span::new(last.span.start, place.start);
                last.span.end = before.start + super::offset(trimmed(self.text, before));
            }
            self.paragraph(
                (number, place),
                Span::new(place.start, line.end),
                opening,
                Some(marking),
            );
            from = bracket.whole.end;
        }
        from > line.start
    }

    /// Whether a number opens a paragraph: it is the next, or a mark follows it, or it stands as the others do.
    fn opens_paragraph(&mut self, number: u32, marked: bool, index: usize, above: &Above) -> bool {
        if self.body.quoted.is_some() {
            return false;
        }
        let indent = self
            .document
            .lines()
            .get(index)
            .map_or(0, |line| line.indent);
        let stands_alike = self.body.indent.is_none_or(|own| own.abs_diff(indent) <= 1);
        let expected = self.body.expected;
        let in_list = self.body.nested == number.checked_sub(1) && self.body.nested.is_some();
        let next = number == expected && stands_alike && !in_list;
        let apart = above.blank && stands_alike && !in_list;
        // A summary or a notice without a number may stand before the first.
        let begins = self.body.paragraphs.is_empty() && self.body.blocks.len() <= MOST_BEFORE;
        let skips = number > expected
            && number <= expected + 2
            && (begins || !self.body.paragraphs.is_empty());
        // A list begins with one, so that a repeated one is no paragraph.
        let repeats = number > 1 && number + 1 == expected;
        if marked || next || apart && (skips || repeats) {
            self.body.indent = Some(indent);
            self.body.nested = None;
            true
        } else {
            self.body.nested = Some(number);
            false
        }
    }

    fn paragraph(
        &mut self,
        (number, place): (u32, Span),
        line: Span,
        opening: Opening,
        marking: Option<Box<Marking>>,
    ) {
        let marked = marking.is_some();
        let sure = if number == self.body.expected || marked {
            Confidence::Certain
        } else {
            Confidence::Likely
        };
        self.body.expected = number + 1;
        self.body.listed = None;
        let element = Element::new(ElementKind::ParagraphNumber, place).with(Value::Number(number));
        self.push(element.sure(sure));
        if let Some(bracket) = opening.bracket {
            let place = if marked {
                Place::Numbered
            } else {
                Place::Unknown
            };
            self.candidate(place, bracket, marking);
        }
        self.body.paragraphs.push(Numbered {
            number: place,
            span: line,
            marked,
        });
    }

    /// Adds a line to the paragraph or block that it belongs to.
    fn continue_text(&mut self, span: Span, above: &Above) {
        if let Some(last) = self.body.paragraphs.last_mut() {
            last.span = last.span.join(span);
            return;
        }
        match self.body.blocks.last_mut() {
            Some(block) if !above.blank => *block = block.join(span),
            _ => self.body.blocks.push(span),
        }
    }

    /// A paragraph that begins inside a line, behind a place in it, where a line end was lost: ` 3. (C) Text`.
    fn paragraph_inside(&self, line: Span, from: u32) -> Option<Inside> {
        if self.body.quoted.is_some() || self.body.paragraphs.is_empty() {
            return None;
        }
        let text = self.slice(line);
        let passed = (from - line.start) as usize;
        let brackets = memchr::memchr_iter(b'(', text.as_bytes().get(passed..)?);
        for open in brackets.map(|at| passed + at).filter(|&open| open > 0) {
            let before = text.get(..open)?.trim_end();
            let Some(head) = before.strip_suffix('.') else {
                continue;
            };
            let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (rest, number) = head.split_at_checked(head.len() - digits)?;
            let sentence = rest.trim_end().ends_with(['.', ')', '"']);
            let number = number.parse::<u32>().ok();
            let Some(number) = number.filter(|&number| number == self.body.expected) else {
                continue;
            };
            if !sentence || digits > MOST_DIGITS {
                continue;
            }
            let bracket = self.bracket_at(Span::new(line.start + super::offset(open), line.end));
            let marking = bracket.and_then(|bracket| self.mark_in(bracket.inner));
            if let (Some(bracket), Some(marking)) = (bracket, marking) {
                let start = line.start + super::offset(rest.len());
                let place = Span::new(start, line.start + super::offset(head.len()));
                return Some((number, place, bracket, marking));
            }
        }
        None
    }

    /// What stands between the bracket with which the rest of a line begins and the one that closes it.
    fn bracket_at(&self, rest: Span) -> Option<Bracket> {
        let mut tokens = lexemes(self.slice(rest), rest.start).take(MOST_TOKENS);
        let open = tokens.next()?.span;
        let close = tokens.find(|found| found.token == Token::Close)?.span;
        Some(Bracket {
            inner: Span::new(open.end, close.start),
            whole: open.join(close),
            malformed: false,
        })
    }

    /// Pushes paragraphs with their whole extent, and what is known of the text at large.
    fn finish_body(&mut self) {
        for paragraph in &self.body.paragraphs {
            let element = Element::new(ElementKind::Paragraph, paragraph.span);
            self.reading.elements.push(element);
        }
        if let Some(span) = self.body.span {
            self.push_text(ElementKind::TextBlock, span);
        }
        if let Some(span) = self.body.quoted {
            self.push_text(ElementKind::QuotedTelegram, span);
        }
        self.settle_marks();
    }
}

/// Whether a line ends a sentence or announces what follows.
fn ends_sentence(text: &str) -> bool {
    let last = text.as_bytes().last();
    last.is_some_and(|last| matches!(last, b'.' | b':' | b';' | b'!' | b'?'))
}

/// Bytes of a part of the text without blanks at its end.
fn trimmed(text: &str, span: Span) -> usize {
    text.get(span.range())
        .map_or(0, |part| part.trim_end().len())
}
