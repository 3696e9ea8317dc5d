//! Where the text points to: a paragraph by its number, a reference by its letter; and numbers of persons.

use super::Reader;
use super::lexicon::Kind;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Most numbers or letters behind one word.
const MOST: usize = 4;

/// Digits of the three groups of a personal identity number.
const IDENTITY: [usize; 3] = [3, 2, 4];

impl Reader<'_> {
    /// Numbers behind words such as `paragraph`, and letters behind `ref`.
    pub(super) fn pointers(&mut self) {
        let Some(text) = self.body.span else { return };
        let words = self.words_of(Kind::Pointer);
        let hits = self
            .hits
            .iter()
            .filter(|hit| hit.kind == Kind::Pointer && text.contains(hit.span));
        let found: Vec<(Span, bool)> = hits
            .map(|hit| (hit.span, words.is_in(hit.term, "paragraph")))
            .collect();
        for (span, is_paragraph) in found {
            self.pointed_at(span, is_paragraph, text.end);
        }
    }

    fn pointed_at(&mut self, word: Span, is_paragraph: bool, end: u32) {
        // The border of a character at most so far: half a letter more would hide all before it.
        let last = self
            .text
            .floor_char_boundary((word.end + 40).min(end) as usize);
        let zone = Span::new(word.end, super::offset(last).max(word.end));
        let pieces = self.split(zone, |byte| !byte.is_ascii_alphanumeric());
        let mut last = word.end;
        for piece in pieces.into_iter().take(MOST * 2) {
            let text = self.slice(piece);
            let gap = self.slice(Span::new(last, piece.start));
            let near = gap.len() <= 3 && !gap.contains(['.', ':', '-']);
            let joins = matches!(text, "AND" | "and" | "OR" | "or" | "THROUGH" | "through");
            let number = super::is_digits(text) && text.len() <= 3;
            let letter = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            last = piece.end;
            if !near || !(joins || is_paragraph && number || !is_paragraph && letter) {
                break;
            }
            if joins {
                continue;
            }
            if is_paragraph {
                self.push_number(ElementKind::ParagraphPointer, piece);
            } else {
                self.push_text(ElementKind::ReferencePointer, piece);
            }
        }
    }

    /// Numbers of the form `nnn-nn-nnnn`.
    pub(super) fn identity_numbers(&mut self) {
        let Some(span) = self.body.span else { return };
        let bytes = self.slice(span).as_bytes();
        let digits = |from: usize, count: usize| {
            bytes
                .get(from..from + count)
                .is_some_and(|run| run.iter().all(u8::is_ascii_digit))
        };
        let mut found = Vec::new();
        for at in memchr::memchr_iter(b'-', bytes) {
            let [first, second, third] = IDENTITY;
            let Some(start) = at.checked_sub(first) else {
                continue;
            };
            let middle = at + 1;
            let tail = middle + second + 1;
            let alone = !start
                .checked_sub(1)
                .and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_alphanumeric)
                && !bytes
                    .get(tail + third)
                    .is_some_and(u8::is_ascii_alphanumeric);
            let dashed = bytes.get(middle + second) == Some(&b'-');
            if alone
                && dashed
                && digits(start, first)
                && digits(middle, second)
                && digits(tail, third)
            {
                found.push(Span::new(
                    span.start + super::offset(start),
                    span.start + super::offset(tail + third),
                ));
            }
        }
        for place in found {
            self.push(Element::new(ElementKind::IdentityNumber, place).with(Value::Text));
        }
    }
}
