//! The end of a telegram: signature, serial repeated, end of message.

use super::furniture::Role;
use super::lexicon::Kind;
use super::{Reader, is_digits};
use crate::reading::ElementKind;
use crate::text::Span;

/// Longest signature, in bytes.
const LONGEST_SIGNATURE: usize = 32;

/// Whether a line belongs to the end of the transmission and not to the text.
#[inline]
pub(super) fn ends_message(text: &str) -> bool {
    let first = text.as_bytes().first();
    let may_end = first.is_some_and(|first| matches!(first, b'N' | b'B' | b'#'));
    may_end && (is_end(text) || text == "BT" || is_closing_serial(text))
}

fn is_end(text: &str) -> bool {
    matches!(text, "NNNN" | "NNN" | "NNNNN")
}

fn is_closing_serial(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|serial| is_digits(serial) && serial.len() <= 5)
}

impl Reader<'_> {
    /// Reads the lines behind the text from the last one up, and the signature above them.
    pub(super) fn closing(&mut self) {
        let mut signature = None;
        for index in (self.at..self.end).rev() {
            let Some((text, span)) = self.open_line(index) else {
                continue;
            };
            if text.is_empty() {
                continue;
            }
            if is_closing_serial(text) {
                self.push_number(
                    ElementKind::ClosingSerial,
                    Span::new(span.start + 1, span.end),
                );
            } else if is_end(text) {
                self.push_text(ElementKind::EndOfMessage, span);
            } else if text != "BT" {
                signature = Some((index, text, span));
                break;
            }
            self.set_role(index, Role::Read);
        }
        if let Some((index, text, span)) = signature
            && self.is_signature(text)
        {
            self.set_role(index, Role::Read);
            self.push_text(ElementKind::Signature, span);
        }
    }

    /// Whether the last line of the text is a name.
    fn is_signature(&self, text: &str) -> bool {
        let is_name = |letter: char| letter.is_ascii_uppercase() || " .'-".contains(letter);
        let plain = text.chars().all(is_name) && !text.ends_with('-');
        let short = text.len() <= LONGEST_SIGNATURE && text.split(' ').count() <= 3;
        let captions = self.words_of(Kind::Caption);
        let headings = self.words_of(Kind::Heading);
        let heading = text.trim_end_matches('.');
        let sentence = text.ends_with('.') && text.contains(' ');
        plain
            && short
            && !sentence
            && captions.word(text).is_none()
            && headings.word(heading).is_none()
    }
}
