//! The line with the level and the message reference number: `<level> [SECTION n OF m] <station> <serial>`.

use super::labels::{Label, Which};
use super::levels::near_level;
use super::lexicon::Kind;
use super::parts::{Parts, near_head, spaced_letters, split};
use super::{Reader, furniture::Role, is_digits, part};
use crate::reading::{Element, ElementKind, Rendering, Value};
use crate::text::Span;
use std::ops::Range;

/// Most lines after the header in which the reference number is looked for.
const WINDOW: usize = 40;

/// Whether a label is one of the lines below the captions.
pub(super) const fn is_administrative(label: &Label) -> bool {
    matches!(label.which, Which::Order | Which::Tags | Which::Subject)
}

impl Reader<'_> {
    /// Finds the line with the reference number; `at` is left behind it.
    pub(super) fn reference_number(&mut self) {
        let mut weak = None;
        let mut unlevelled = None;
        for index in self.at..(self.at + WINDOW).min(self.end) {
            let Some((text, _)) = self.line(index).filter(|_| self.role(index) != Role::Stamp)
            else {
                continue;
            };
            if self.label(text).is_some() || super::opening::paragraph_number(text).is_some() {
                break;
            }
            if self.role(index) == Role::Level {
                // The level alone, after the addressees: station and serial may be missing.
                if self.has(ElementKind::Originator) {
                    weak = weak.or(Some(index));
                }
                continue;
            }
            if self.role(index) == Role::Open && self.is_reference_line(text) {
                self.read_reference_line(index);
                return;
            }
            if self.role(index) == Role::Open && self.is_station_and_serial(text) {
                unlevelled = unlevelled.or(Some(index));
            }
        }
        let journal = self.reading.rendering == Some(Rendering::Journal);
        if let Some(index) = weak.or(unlevelled).filter(|_| !journal) {
            self.read_reference_line(index);
        }
    }

    fn is_reference_line(&self, text: &str) -> bool {
        let header = self.has(ElementKind::Originator);
        let Some(parts) = split(text, self.scheme, self.lexicon) else {
            return header && self.unknown_before_station(text).is_some();
        };
        let station = text.get(parts.station.clone()).unwrap_or_default();
        if parts.states_level() {
            let extract = self.reading.rendering == Some(Rendering::Extract);
            return parts.is_whole() || header || extract && parts.level_before_words(text);
        }
        self.is_own_station(station)
            || header && self.unknown_before_station(text).is_some()
            || !header && self.at == 0 && self.words_of(Kind::Station).word(station).is_some()
            || !header && near_head(text, &parts, self.scheme).is_some()
    }

    /// Whether a line is nothing but a station and a serial, known or not.
    fn is_station_and_serial(&self, text: &str) -> bool {
        let parts = split(text, self.scheme, self.lexicon).filter(Parts::is_whole);
        parts.is_some_and(|parts| parts.serial.end == text.len() && parts.section.is_none())
    }

    fn read_reference_line(&mut self, index: usize) {
        let Some((text, span)) = self.line(index) else {
            return;
        };
        self.set_role(index, Role::Read);
        self.at = index + 1;
        self.push_text(ElementKind::MrnLine, span);
        let parts = split(text, self.scheme, self.lexicon);
        let start = self.unknown_or_level(text, span, parts.as_ref());
        let Some(parts) = parts else { return };
        if let Some((number, total)) = &parts.section {
            self.push_number(ElementKind::Section, part(span, number));
            self.push_number(ElementKind::SectionTotal, part(span, total));
        }
        let station = start
            .unwrap_or(parts.station.start)
            .max(parts.station.start)..parts.station.end;
        self.station(part(span, &station));
        self.serial(part(span, &parts.serial));
        let level_end = parts.level.map_or(0, |found| found.len);
        let section = parts
            .section
            .as_ref()
            .map_or(station.start, |(number, _)| number.start);
        self.header_words(part(
            span,
            &(level_end..section.min(station.start).max(level_end)),
        ));
        self.header_words(part(span, &(parts.serial.end.max(level_end)..text.len())));
    }

    /// The level, or the words that stand in its place; gives where the station begins after unknown ones.
    fn unknown_or_level(&mut self, text: &str, line: Span, parts: Option<&Parts>) -> Option<usize> {
        if let Some(found) = parts.and_then(|parts| parts.level) {
            let place = part(line, &(0..found.len));
            self.push_level(ElementKind::Level, found.level, place);
            self.level_caption(place);
            return None;
        }
        let words = match parts.and_then(|parts| near_head(text, parts, self.scheme)) {
            Some(words) => words,
            None => self.unknown_before_section_or_station(text, parts)?,
        };
        let place = part(line, &words);
        match near_level(text.get(words.clone())?, self.scheme) {
            Some(level) => {
                self.push_text(ElementKind::MisspeltLevel, place);
                self.push_level(ElementKind::Level, level, place);
            }
            None => self.push_text(ElementKind::UnknownLevel, place),
        }
        Some(words.end + 1)
    }

    /// A caption that is part of the level's spelling, such as one for transmission.
    fn level_caption(&mut self, level: Span) {
        let captions = self.words_of(Kind::Caption);
        let words = self.words(level);
        for (place, word) in words.iter().enumerate().skip(1) {
            let behind = Span::new(word.start, level.end);
            let letters: String = self.slice(behind).split(' ').collect();
            if let Some(term) = captions.word(&letters) {
                self.push_term(ElementKind::Caption, behind, Some(term));
                return;
            }
            if place > 8 {
                return;
            }
        }
    }

    fn misspells_own_station(&self, text: &str) -> bool {
        let post = self.first(ElementKind::OriginatorPost);
        let own = post.map_or("", |post| self.slice(post.span));
        own.len() > 4 && own.len().abs_diff(text.len()) <= 2 && strsim::osa_distance(own, text) <= 2
    }

    fn station(&mut self, place: Span) {
        if place.is_empty() {
            return;
        }
        let text = self.slice(place);
        let element = Element::new(ElementKind::Station, place);
        let element = if self.is_own_station(text) {
            element.term(self.words_of(Kind::Station).word(text))
        } else {
            match self.known_or_near(Kind::Station, text) {
                Some((term, value)) => element.term(Some(term)).with(value),
                None if self.misspells_own_station(text) => element.with(Value::NearMiss),
                None => element,
            }
        };
        self.push(element);
    }

    /// The serial, an O in it read as zero and an I as one.
    pub(super) fn serial(&mut self, place: Span) {
        let text = self.slice(place);
        if is_digits(text) {
            self.push_number(ElementKind::Serial, place);
            return;
        }
        let digits: String = text.replace('O', "0").replace('I', "1");
        if let Ok(number) = digits.parse() {
            let element = Element::new(ElementKind::Serial, place).with(Value::Number(number));
            self.push(element.sure(crate::diagnostic::Confidence::Likely));
        }
    }

    /// Captions and operating signals on the line itself.
    fn header_words(&mut self, place: Span) {
        let captions = self.words_of(Kind::Caption);
        let signals = self.words_of(Kind::OperatingSignal);
        let whole = self.trim(place);
        if let Some(term) = captions
            .find(self.slice(whole).trim_matches('/'))
            .filter(|_| !whole.is_empty())
        {
            self.push_term(ElementKind::Caption, whole, Some(term));
            return;
        }
        for segment in self.split(place, |byte| byte == b'/') {
            let mut segment = self.trim(segment);
            let spaced = Span::new(
                segment.start,
                segment.start + super::offset(spaced_letters(self.slice(segment))),
            );
            if spaced.len() > 2
                && let Some(term) = captions.find(self.slice(spaced))
            {
                self.push_term(ElementKind::Caption, spaced, Some(term));
                segment = self.trim(Span::new(spaced.end, segment.end));
            }
            if let Some(term) = captions
                .find(self.slice(segment))
                .filter(|_| !segment.is_empty())
            {
                self.push_term(ElementKind::Caption, segment, Some(term));
                continue;
            }
            for word in self.words(segment) {
                // A year may be glued before a caption, and both before the station.
                let text = self.slice(word).trim_matches(',');
                let text = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
                let start = word.end - super::offset(text.len());
                let word = Span::new(start.max(word.start), word.end);
                if let Some(term) = captions.word(text) {
                    self.push_term(ElementKind::Caption, word, Some(term));
                } else if let Some(term) = signals.word(text) {
                    self.push_term(ElementKind::OperatingSignal, word, Some(term));
                }
            }
        }
    }

    fn unknown_before_section_or_station(
        &self,
        text: &str,
        parts: Option<&Parts>,
    ) -> Option<Range<usize>> {
        let head = parts.map_or(0, |parts| parts.head);
        if head > 0 {
            return Some(0..head);
        }
        self.unknown_before_station(text)
    }

    /// Words before the originator's station, which stand where the level should.
    pub(super) fn unknown_before_station(&self, text: &str) -> Option<Range<usize>> {
        let post = self.first(ElementKind::OriginatorPost)?;
        let digits = text.find(|letter: char| letter.is_ascii_digit())?;
        let name = text.get(..digits)?.trim_end();
        let own = [
            self.slice(post.span),
            post.term
                .and_then(|term| self.words_of(Kind::Station).term(term))
                .map_or("", |term| term.word.as_str()),
        ];
        // The station may leave out words of the post behind its first.
        let shorter = own
            .iter()
            .filter_map(|own| own.split_once(' '))
            .map(|(first, _)| first);
        let mut names = own
            .iter()
            .copied()
            .chain(shorter)
            .filter(|own| !own.is_empty());
        let behind = names.find_map(|own| {
            let head = name.len().checked_sub(own.len())?;
            let tail = name.get(head..)?;
            (tail.eq_ignore_ascii_case(own))
                .then(|| name.get(..head))
                .flatten()
        })?;
        let words = behind.trim_end();
        let plain = words
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter == ' ');
        (plain && !words.is_empty() && behind.ends_with(' ')).then_some(0..words.len())
    }
}
