//! Marks of portions, told from letters of lists and asides.
//!
//! A mark behind a paragraph number is one. A single letter in brackets elsewhere is one only where the
//! telegram marks its portions at all, and where no list of letters runs on through it.

use super::Reader;
use super::body::Above;
use super::lexicon::Kind;
use super::opening::{Bracket, Opening};
use crate::diagnostic::Confidence;
use crate::marking::{Marking, Surface, parse};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Most words in brackets that can be meant as a mark.
const MOST_WORDS: usize = 4;

/// Longest words in brackets that can be meant as a mark, in bytes.
const LONGEST_UNKNOWN: u32 = 24;

/// Where a bracket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind a paragraph number.
    Numbered,
    /// At the start of a block without a number.
    Block,
    /// At the start of a part of a paragraph.
    Part,
    /// At the start of a line inside a paragraph.
    Line,
    /// Behind a number, and no mark.
    Unknown,
}

/// A bracket that may be a mark.
#[derive(Debug)]
pub(super) struct Candidate {
    place: Place,
    bracket: Bracket,
    marking: Option<Box<Marking>>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    span: Span,
    /// Index of its paragraph.
    paragraph: usize,
    marked: bool,
}

impl Reader<'_> {
    /// Whether words state a marking, wherever they stand.
    pub(super) fn states_marking(&self, words: &str) -> bool {
        parse(words, 0, self.scheme, Surface::Portion).is_understood()
    }

    /// The mark that words in brackets are.
    pub(super) fn mark_in(&self, inner: Span) -> Option<Box<Marking>> {
        let text = self.slice(inner);
        if text.len() > super::opening::LONGEST_MARK {
            return None;
        }
        let marking = parse(text, inner.start, self.scheme, Surface::Portion);
        marking.is_understood().then(|| Box::new(marking))
    }

    pub(super) fn candidate(
        &mut self,
        place: Place,
        bracket: Bracket,
        marking: Option<Box<Marking>>,
    ) {
        self.body.marks.push(Candidate {
            place,
            bracket,
            marking,
        });
    }

    /// A line of the text without a paragraph number: a part of a paragraph, a block, or neither.
    pub(super) fn mark_of_part(
        &mut self,
        line: Span,
        opening: Opening,
        above: &Above,
        marking: Option<Box<Marking>>,
    ) {
        let blank = above.blank;
        let paragraph = self.body.paragraphs.len().checked_sub(1);
        let Some(bracket) = opening.bracket else {
            if opening.bullet
                && let Some(paragraph) = paragraph
            {
                self.body.parts.push(Part {
                    span: line,
                    paragraph,
                    marked: false,
                });
            }
            if blank {
                self.body.listed = None;
            }
            return;
        };
        if self.is_list_letter(bracket.inner) {
            return;
        }
        let marked = marking.is_some();
        let place = match (opening.bullet, blank) {
            (true, _) => Place::Part,
            (false, true) => Place::Block,
            (false, false) => Place::Line,
        };
        if marked && (place != Place::Line || above.sentence) {
            self.candidate(place, bracket, marking);
        }
        if place != Place::Line
            && let Some(paragraph) = paragraph.filter(|_| opening.bullet || marked)
        {
            self.body.parts.push(Part {
                span: line,
                paragraph,
                marked,
            });
        }
    }

    /// Whether a single letter in brackets goes on a list: `(B)` after `(A)`.
    fn is_list_letter(&mut self, inner: Span) -> bool {
        let text = self.slice(inner);
        let letter = match text.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => letter.to_ascii_uppercase(),
            _ => return false,
        };
        let goes_on = letter == b'A' || self.body.listed.is_some_and(|last| last + 1 == letter);
        if goes_on {
            self.body.listed = Some(letter);
        }
        goes_on
    }

    /// Decides which brackets are marks, now that all of the text is known.
    pub(super) fn settle_marks(&mut self) {
        let candidates = std::mem::take(&mut self.body.marks);
        let sure = |candidate: &Candidate| {
            let text = self.slice(candidate.bracket.inner);
            let capitals = !text.bytes().any(|byte| byte.is_ascii_lowercase());
            match candidate.place {
                Place::Numbered => capitals,
                Place::Block | Place::Part | Place::Line => capitals && text.len() > 1,
                Place::Unknown => false,
            }
        };
        let single = self.body.paragraphs.is_empty()
            && candidates
                .first()
                .is_some_and(|first| first.place == Place::Block);
        let marked = single || candidates.iter().any(sure) || self.has(ElementKind::SubjectMark);
        for candidate in candidates {
            let text = self.slice(candidate.bracket.inner);
            let long = text.len() > 1 && text.bytes().any(|byte| byte.is_ascii_uppercase());
            match candidate.place {
                Place::Unknown if marked => self.unknown_mark(candidate.bracket),
                Place::Unknown => {}
                _ if marked || long => self.settled(candidate),
                _ => {}
            }
        }
        self.unmarked(marked);
    }

    fn settled(&mut self, candidate: Candidate) {
        let Bracket {
            inner,
            whole,
            malformed,
        } = candidate.bracket;
        let text = self.slice(inner);
        let capitals = !text.bytes().any(|byte| byte.is_ascii_lowercase());
        let sure = match candidate.place {
            Place::Numbered if capitals => Confidence::Certain,
            Place::Block | Place::Part if text.len() > 1 => Confidence::Certain,
            Place::Line => Confidence::Possible,
            _ => Confidence::Likely,
        };
        let Some(marking) = candidate.marking else {
            return;
        };
        if malformed {
            let value = Value::Marking(marking.clone());
            self.push(
                Element::new(ElementKind::MalformedPortion, whole)
                    .with(value)
                    .sure(sure),
            );
        }
        let element = Element::new(ElementKind::Portion, inner).with(Value::Marking(marking));
        self.push(element.sure(sure));
    }

    /// Words in brackets where a mark must stand: capitals, and few of them.
    fn unknown_mark(&mut self, bracket: Bracket) {
        let text = self.slice(bracket.inner);
        let capitals = text.bytes().any(|byte| byte.is_ascii_uppercase())
            && !text.bytes().any(|byte| byte.is_ascii_lowercase());
        let few =
            text.split_whitespace().count() <= MOST_WORDS && bracket.inner.len() <= LONGEST_UNKNOWN;
        if capitals && few && !self.holds_notice(bracket.inner) {
            let element = Element::new(ElementKind::UnknownPortion, bracket.inner);
            self.push(element.sure(Confidence::Likely));
        }
    }

    /// Whether a phrase of a notice stands in a place.
    fn holds_notice(&self, place: Span) -> bool {
        let first = self
            .hits
            .partition_point(|hit| hit.span.start < place.start);
        let near = self.hits.iter().skip(first);
        near.take_while(|hit| hit.span.start < place.end)
            .any(|hit| hit.kind == Kind::Notice && place.contains(hit.span))
    }

    /// Paragraphs and parts without a mark.
    fn unmarked(&mut self, marked: bool) {
        let unknown: Vec<Span> = self
            .reading
            .of(ElementKind::UnknownPortion)
            .map(|own| own.span)
            .collect();
        let paragraphs = std::mem::take(&mut self.body.paragraphs);
        for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.marked) {
            // Both are in the order of the text.
            let first = unknown.partition_point(|place| place.start < paragraph.span.start);
            let near = unknown.iter().skip(first);
            let mut near = near.take_while(|place| place.start < paragraph.number.end + 6);
            if !near.any(|place| paragraph.span.contains(*place)) {
                self.push_text(ElementKind::UnmarkedParagraph, paragraph.number);
            }
        }
        self.body.paragraphs = paragraphs;
        let parts = std::mem::take(&mut self.body.parts);
        for beside in parts.chunk_by(|one, other| one.paragraph == other.paragraph) {
            let habit = marked && beside.iter().any(|part| part.marked);
            for part in beside {
                self.push_text(ElementKind::SubParagraph, part.span);
                if habit && !part.marked {
                    self.push_text(ElementKind::UnmarkedSubParagraph, part.span);
                }
            }
        }
    }
}
