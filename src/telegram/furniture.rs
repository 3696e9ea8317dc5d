//! Lines that do not belong to the text, wherever they fall: stamps of release, page lines, and levels
//! repeated around pages.

use super::levels::level_marking;
use super::lexicon::Kind;
use super::{Reader, is_digits};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use std::ops::Range;

/// What a line is, as far as the reader set it aside or read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Not looked at yet, or text.
    #[default]
    Open,
    /// Put on by an archive.
    Stamp,
    /// Between pages.
    Page,
    /// A level alone.
    Level,
    /// Read as something else than text.
    Read,
}

/// Longest line that can be a level alone, in bytes.
const LONGEST_LEVEL: u32 = 48;

/// Longest caption that is repeated in the text, in bytes.
pub(super) const LONGEST_CAPTION: usize = 32;

/// Longest page line, in bytes.
const LONGEST_PAGE_LINE: usize = 64;

impl Reader<'_> {
    /// Finds the phrases of the whole text, and sets aside what belongs to no telegram.
    pub(super) fn set_aside(&mut self) {
        self.hits = self.lexicon.phrases().find(self.text);
        self.roles = vec![Role::Open; self.document.lines().len()];
        self.stamps();
        for index in 0..self.end {
            let Some((text, span)) = self.open_line(index) else {
                continue;
            };
            if super::closing::ends_message(text) {
                self.ends.push(index);
            }
            let begins = text.as_bytes().first().copied().unwrap_or_default();
            if !begins.is_ascii_alphabetic() {
                continue;
            }
            let numbered = text.as_bytes().last().is_some_and(u8::is_ascii_digit);
            if (numbered || begins == b'P') && is_page_line(text) {
                self.set_role(index, Role::Page);
                self.push_text(ElementKind::PageLine, span);
            } else if span.len() <= LONGEST_LEVEL && self.level_alone(text).is_some() {
                self.set_role(index, Role::Level);
            }
        }
    }

    /// Lines that an archive put on; the record of the archive ends the telegram.
    fn stamps(&mut self) {
        let words = self.words_of(Kind::Stamp);
        let (mut index, mut passed) = (0, 0);
        let hits = self.hits.iter().filter(|hit| hit.kind == Kind::Stamp);
        let stamps: Vec<(Span, crate::marking::TermId)> =
            hits.map(|hit| (hit.span, hit.term)).collect();
        for (place, term) in stamps {
            while self
                .document
                .lines()
                .get(index)
                .is_some_and(|line| line.span.end < place.start)
            {
                index += 1;
            }
            let Some((text, span)) = self.line(index).filter(|(_, span)| span.contains(place))
            else {
                continue;
            };
            let is_heading = words.is_in(term, "heading");
            if is_heading && text.len() > place.range().len() || self.role(index) != Role::Open {
                continue;
            }
            if words.is_in(term, "ends") {
                if self.has_text(passed..index) {
                    self.end = index;
                    break;
                }
                passed = index;
            }
            self.set_role(index, Role::Stamp);
            if !is_heading {
                self.push_term(ElementKind::Stamp, span, Some(term));
            }
        }
    }

    fn has_text(&self, mut lines: Range<usize>) -> bool {
        lines.any(|at| self.open_line(at).is_some_and(|(text, _)| !text.is_empty()))
    }

    /// Names the levels that stand alone: above the first page, below the text, or between pages.
    pub(super) fn levels_between_pages(&mut self) {
        if !self.roles.contains(&Role::Level) {
            return;
        }
        let head = self.first(ElementKind::MrnLine).map(|line| line.span.start);
        let last_text = (0..self.end).rev().find(|&index| {
            self.open_line(index)
                .is_some_and(|(text, _)| !text.is_empty() && !super::closing::ends_message(text))
        });
        let mut opened = false;
        for index in 0..self.end {
            if self.role(index) != Role::Level {
                continue;
            }
            let Some((text, span)) = self.line(index) else {
                break;
            };
            let Some(level) = self.level_alone(text) else {
                continue;
            };
            let is_above = head.is_some_and(|head| span.start < head);
            let kind = if is_above && !opened {
                ElementKind::OpeningLevel
            } else if last_text.is_some_and(|last| last < index) && !is_above {
                ElementKind::ClosingLevel
            } else {
                ElementKind::RepeatedLevel
            };
            opened = true;
            self.push(Element::new(kind, span).with(level_marking(level, span)));
        }
    }
}

/// `PAGE 02  ZENDA 00417  150915Z`, or `ZENDA 00226504  001.2 OF 002`.
fn is_page_line(text: &str) -> bool {
    let ends = text.as_bytes().last().is_some_and(u8::is_ascii_digit);
    if text.len() > LONGEST_PAGE_LINE || text.len() < 6 || !ends && !text.starts_with("PAGE") {
        return false;
    }
    let mut words = text.split_ascii_whitespace();
    if let Some(rest) = text
        .strip_prefix("PAGE")
        .filter(|rest| rest.starts_with([' ', '\t']))
    {
        let number = rest.split_ascii_whitespace().next().unwrap_or_default();
        return is_digits(number) && number.len() <= 3;
    }
    if !ends || !text.contains(" OF ") {
        return false;
    }
    let mut back = [""; 4];
    let mut count = 0;
    for word in words.by_ref() {
        back.rotate_left(1);
        if let Some(last) = back.last_mut() {
            *last = word;
        }
        count += 1;
    }
    let [serial, page, of, pages] = back;
    let section = page
        .split_once('.')
        .is_some_and(|(one, two)| is_digits(one) && is_digits(two));
    count >= 5
        && serial.len() == 8
        && is_digits(serial)
        && section
        && of == "OF"
        && is_digits(pages)
}

impl Reader<'_> {
    /// Whether a line was set aside between pages, or repeats a caption of the header.
    pub(super) fn repeated_caption(
        &self,
        text: &str,
        after_break: bool,
    ) -> Option<crate::marking::TermId> {
        if text.len() > LONGEST_CAPTION {
            return None;
        }
        let term = self.words_of(Kind::Caption).word(text)?;
        (after_break || self.states_caption(term)).then_some(term)
    }

    pub(super) fn push_level(
        &mut self,
        kind: ElementKind,
        level: crate::marking::LevelId,
        span: Span,
    ) {
        let value: Value = level_marking(level, span);
        self.push(Element::new(kind, span).with(value));
    }
}

#[cfg(test)]
mod tests {
    use super::is_page_line;

    #[test]
    fn page_lines_of_both_eras_are_known() {
        assert!(is_page_line("PAGE 02        ZENDA  00417  150915Z"));
        assert!(is_page_line("ZENDA 00226504  001.2 OF 002"));
        assert!(!is_page_line("PAGES 3 AND 4 OF 12"));
        assert!(!is_page_line("PAGE THREE OF 12"));
        assert!(!is_page_line("SECTION 01 OF 02 ZENDA 000101"));
    }
}
