//! Later sections of a telegram, and telegrams quoted in it: both bring a line with a level and a reference number.

use super::furniture::Role;
use super::{Reader, part, parts, transmission};
use crate::reading::{ElementKind, Value};
use crate::text::Span;

/// Most lines of a header between two sections.
const LONGEST_HEADER: usize = 80;

/// What a line with a level in the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A further section of this telegram.
    Section,
    /// Another telegram, quoted.
    Quoted,
}

impl Reader<'_> {
    /// Whether a line of the text begins a section of this telegram or a quoted one.
    pub(super) fn head_in_text(&self, text: &str) -> Option<Head> {
        let first = text.bytes().next()?;
        if !first.is_ascii_alphabetic() || text.len() > 90 {
            return None;
        }
        if transmission::is_dtg_line(text) {
            return Some(Head::Quoted);
        }
        if transmission::originator(text).is_some()
            && text.bytes().all(|byte| !byte.is_ascii_lowercase())
        {
            let addresses = self.words_of(super::lexicon::Kind::Addressee);
            return addresses.find(text.get(2..)?.trim()).map(|_| Head::Quoted);
        }
        if !text.ends_with(|last: char| last.is_ascii_alphanumeric())
            || self.level_at(text).is_none()
        {
            return None;
        }
        let parts = parts::split(text, self.scheme, self.lexicon)?;
        if !parts.states_level() || !parts.is_whole() {
            return None;
        }
        let station = text.get(parts.station.clone()).unwrap_or_default();
        let own = self.first(ElementKind::Station);
        let same = own.is_some_and(|own| self.slice(own.span).eq_ignore_ascii_case(station));
        let number = text
            .get(parts.serial.clone())
            .and_then(|serial| serial.parse::<u32>().ok());
        let same_number = self
            .first(ElementKind::Serial)
            .is_some_and(|own| number.map(Value::Number).as_ref() == Some(&own.value));
        let continues = parts.section.is_some() && (same || same_number) || same && same_number;
        if continues || parts.section.is_some() && self.is_own_station(station) {
            return Some(Head::Section);
        }
        let known = self
            .words_of(super::lexicon::Kind::Station)
            .word(station)
            .is_some();
        known.then_some(Head::Quoted)
    }

    /// Sets aside the transmission header that a copy repeats before a further section: from the end of one
    /// message to the line of that section.
    pub(super) fn headers_between_sections(&mut self) {
        let mut ends = self.ends.iter().copied();
        let end = ends.find(|&index| index >= self.at && self.open_line(index).is_some());
        let Some(end) = end else { return };
        let mut ended = None;
        for index in end..self.end {
            let Some((text, _)) = self.open_line(index) else {
                continue;
            };
            if super::closing::ends_message(text) {
                ended = ended.or(Some(index));
            }
            let Some(first) = ended else { continue };
            if index - first > LONGEST_HEADER {
                ended = None;
            } else if self.head_in_text(text) == Some(Head::Section) {
                for between in first..index {
                    self.set_role(between, Role::Page);
                }
                ended = None;
            }
        }
    }

    /// Reads the line of a further section.
    pub(super) fn section_line(&mut self, index: usize) {
        let Some((text, span)) = self.line(index) else {
            return;
        };
        let Some(parts) = parts::split(text, self.scheme, self.lexicon) else {
            return;
        };
        self.set_role(index, Role::Page);
        self.push_text(ElementKind::SectionLine, span);
        if let Some(found) = parts.level {
            self.push_level(
                ElementKind::SectionLevel,
                found.level,
                part(span, &(0..found.len)),
            );
        }
        if let Some((number, total)) = &parts.section {
            self.push_number(ElementKind::Section, part(span, number));
            self.push_number(ElementKind::SectionTotal, part(span, total));
        }
        let serial: Span = part(span, &parts.serial);
        if !serial.is_empty() {
            self.push_number(ElementKind::SectionSerial, serial);
        }
    }
}
