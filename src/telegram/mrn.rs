//! The line with the level and the message reference number: `<level> [SECTION n OF m] <station> <serial>`.

use super::{Reader, level_marking, offset};
use crate::marking::{LevelId, LevelUse, Scheme, Surface, Word};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use std::ops::Range;

/// Most lines after the header in which the reference number is looked for.
const WINDOW: usize = 40;

/// The parts of the line, as bytes of it.
pub(super) struct Parts {
    pub(super) level: Option<(LevelId, Range<usize>)>,
    pub(super) section: Option<(Range<usize>, Range<usize>)>,
    pub(super) station: Range<usize>,
    pub(super) serial: Range<usize>,
}

/// Cuts a line into its parts; `None` where it has no station and serial.
pub(super) fn split(text: &str, scheme: &Scheme) -> Option<Parts> {
    let level = level_at(text, scheme);
    let mut at = level.as_ref().map_or(0, |(_, range)| range.end);
    let section = section(text, at);
    if let Some((_, total)) = &section {
        at = total.end;
    }
    let rest = text.get(at..)?;
    at += rest.len() - rest.trim_start().len();
    let rest = text.get(at..)?;
    let digits = rest.find(|letter: char| letter.is_ascii_digit())?;
    let station = rest.get(..digits)?.trim_end();
    let is_name = |letter: char| letter.is_ascii_uppercase() || " .'-".contains(letter);
    if station.is_empty() || !station.chars().all(is_name) || station.len() == digits {
        return None;
    }
    let serial = rest.get(digits..)?;
    let end = serial
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(serial.len());
    (end <= 8).then_some(Parts {
        level,
        section,
        station: at..at + station.len(),
        serial: at + digits..at + digits + end,
    })
}

/// The level that a line begins with, its letters apart or not.
fn level_at(text: &str, scheme: &Scheme) -> Option<(LevelId, Range<usize>)> {
    let mut best: Option<(LevelId, Range<usize>)> = None;
    for (id, level) in scheme.levels() {
        for spelling in level.spellings.on(Surface::Header) {
            let Some(end) = spaced(text, spelling) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, range)| range.end < end) {
                best = Some((id, 0..end));
            }
        }
    }
    best
}

/// Where a spelling ends in a text that begins with it, blanks between letters allowed.
fn spaced(text: &str, spelling: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for wanted in spelling.bytes().filter(|&byte| byte != b' ') {
        while at > 0 && bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        if !bytes.get(at)?.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        at += 1;
    }
    let next = bytes.get(at);
    next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        .then_some(at)
}

/// `SECTION 01 OF 02`: places of the two numbers.
fn section(text: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(from..)?;
    let mut words = Vec::new();
    let mut at = from;
    for word in rest.split(' ') {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    let word = |index: usize| text.get(words.get(index)?.clone());
    let is_number = |index: usize| {
        word(index).is_some_and(|word| word.len() <= 2 && word.parse::<u8>().is_ok())
    };
    let fits = word(0) == Some("SECTION") && word(2) == Some("OF");
    (fits && is_number(1) && is_number(3))
        .then(|| Some((words.get(1)?.clone(), words.get(3)?.clone())))?
}

impl Reader<'_> {
    /// Finds the line with the reference number; `at` is left behind it.
    pub(super) fn reference_number(&mut self) -> Option<()> {
        for index in self.at..(self.at + WINDOW).min(self.document.lines().len()) {
            let (text, span) = self.line(index)?;
            if super::administrative::label(text, self.lexicon).is_some() {
                break;
            }
            let Some(parts) = split(text, self.scheme) else {
                continue;
            };
            if parts.level.is_none() && self.at == 0 {
                continue;
            }
            self.at = index + 1;
            self.push(Element::new(ElementKind::MrnLine, span));
            self.reference_parts(&parts, text, span);
            return Some(());
        }
        None
    }

    fn reference_parts(&mut self, parts: &Parts, text: &str, line: Span) {
        let place = |range: &Range<usize>| {
            Span::new(
                line.start + offset(range.start),
                line.start + offset(range.end),
            )
        };
        let mut station = parts.station.clone();
        if let Some((level, range)) = &parts.level {
            let span = place(range);
            let marking = level_marking(LevelUse {
                level: *level,
                span,
            });
            let value = Value::Marking(Box::new(marking));
            self.push(Element::new(ElementKind::Level, span).with(value));
        } else if let Some(unknown) = self.before_station(text, &station) {
            station.start = unknown.end + 1;
            self.push(Element::new(ElementKind::UnknownLevel, place(&unknown)));
        }
        if let Some((number, total)) = &parts.section {
            self.number(ElementKind::Section, place(number));
            self.number(ElementKind::SectionTotal, place(total));
        }
        self.push(Element::new(ElementKind::Station, place(&station)));
        self.number(ElementKind::Serial, place(&parts.serial));
        let rest = line.start + offset(parts.serial.end);
        for word in self.words(Span::new(rest, line.end)) {
            if let Some(Word::Control(_)) = self.scheme.word(self.slice(word), Surface::Header) {
                let term = self
                    .vocabulary("caption")
                    .and_then(|all| all.find(self.slice(word)));
                self.push(Element::new(ElementKind::Caption, word).term(term));
            }
        }
    }

    /// Words before the originator's station, which stand where the level should.
    fn before_station(&self, text: &str, station: &Range<usize>) -> Option<Range<usize>> {
        let name = text.get(station.clone())?;
        let originator = self.reading.first(ElementKind::Originator)?;
        let post = self.slice(originator.span);
        let at = name
            .match_indices(' ')
            .find(|(at, _)| name.get(at + 1..).is_some_and(|tail| post.ends_with(tail)));
        at.map(|(at, _)| station.start..station.start + at)
    }
}
