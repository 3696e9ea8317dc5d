//! The text: numbered paragraphs and their marks.

use super::{Reader, offset};
use crate::reading::{Element, ElementKind, Rendering, Value};
use crate::text::Span;

/// The number a line begins with, where it begins as a paragraph does: its value, its digits, and where the rest begins.
pub(super) fn paragraph_number(text: &str) -> Option<(u32, std::ops::Range<usize>, usize)> {
    let bare = text.trim_start_matches('\u{b6}').trim_start();
    let start = text.len() - bare.len();
    let digits = bare.find(|letter: char| !letter.is_ascii_digit())?;
    if digits == 0 || digits > 3 || !bare.get(digits..)?.starts_with('.') {
        return None;
    }
    let rest = start + digits + 1;
    let decimal = text
        .get(rest..)
        .is_some_and(|after| after.starts_with(|next: char| next.is_ascii_digit()));
    (!decimal).then_some((
        bare.get(..digits)?.parse().ok()?,
        start..start + digits,
        rest,
    ))
}

impl Reader<'_> {
    /// Reads the paragraphs. A number opens one where it is the next, or where a mark follows it.
    pub(super) fn body(&mut self) {
        let mut expected = 1;
        for index in self.at..self.document.lines().len() {
            let Some((text, span)) = self.line(index) else {
                break;
            };
            let number = paragraph_number(text);
            let after = number.as_ref().map_or(0, |(_, _, rest)| *rest);
            // Before portions were marked, a letter in brackets at the start of a line was one of a list.
            let may_be_marked =
                self.reading.rendering != Some(Rendering::Journal) || number.is_some();
            let marked = may_be_marked && self.leading_mark(text, span, after);
            let Some((value, digits, _)) = number else {
                continue;
            };
            if value == expected || marked {
                expected = value + 1;
                let place = Span::new(
                    span.start + offset(digits.start),
                    span.start + offset(digits.end),
                );
                self.push(
                    Element::new(ElementKind::ParagraphNumber, place).with(Value::Number(value)),
                );
                self.push(Element::new(ElementKind::Paragraph, span));
                if self.covers_the_text(text) {
                    self.push(Element::new(ElementKind::EntireText, span));
                } else if !marked {
                    self.push(Element::new(ElementKind::UnmarkedParagraph, place));
                }
            }
        }
    }

    /// Whether a line says that one mark covers the whole text.
    fn covers_the_text(&self, text: &str) -> bool {
        let notices = self
            .vocabulary("notice")
            .map_or(&[][..], |notices| notices.terms());
        notices
            .iter()
            .filter(|term| term.is_in("entire-text"))
            .any(|term| {
                let text = text.to_ascii_uppercase();
                term.phrases
                    .iter()
                    .all(|phrase| text.contains(phrase.as_str()))
            })
    }

    /// A mark in brackets at the start of a line or right after the number.
    fn leading_mark(&mut self, text: &str, line: Span, after: usize) -> bool {
        let rest = text.get(after..).unwrap_or_default();
        let bare = rest.trim_start_matches(['-', ' ']);
        let start = after + rest.len() - bare.len();
        let Some((mark, _)) = bare
            .strip_prefix('(')
            .and_then(|inner| inner.split_once(')'))
        else {
            return false;
        };
        let start = line.start + offset(start) + 1;
        mark.len() <= 40
            && self.mark(
                ElementKind::Portion,
                Span::new(start, start + offset(mark.len())),
            )
    }
}
