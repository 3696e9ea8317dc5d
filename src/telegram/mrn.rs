//! The line with the level and the message reference number: `<level> [SECTION n OF m] <station> <serial>`.

use super::labels::{Label, Which};
use super::levels::{LevelAt, level_at, near_level};
use super::lexicon::{Kind, Lexicon};
use super::{Reader, furniture::Role, is_digits, part};
use crate::marking::Scheme;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use std::ops::Range;

/// Most lines after the header in which the reference number is looked for.
const WINDOW: usize = 40;

/// The parts of the line, as bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) level: Option<LevelAt>,
    pub(super) section: Option<(Range<usize>, Range<usize>)>,
    /// Empty where there is none.
    pub(super) station: Range<usize>,
    /// Empty where there is none.
    pub(super) serial: Range<usize>,
}

impl Parts {
    pub(super) const fn states_level(&self) -> bool {
        self.level.is_some()
    }

    /// Whether station and serial are there.
    pub(super) fn is_whole(&self) -> bool {
        !self.station.is_empty() && !self.serial.is_empty()
    }
}

/// Whether a label is one of the lines below the captions.
pub(super) const fn is_administrative(label: &Label) -> bool {
    matches!(label.which, Which::Order | Which::Tags | Which::Subject)
}

/// Cuts a line into its parts; `None` where neither a level nor station and serial are there.
pub(super) fn split(text: &str, scheme: &Scheme, lexicon: &Lexicon) -> Option<Parts> {
    let level = level_at(text, scheme);
    let mut at = level.map_or(0, |found| found.len);
    at = skip_captions(text, at, lexicon);
    let section = section(text, at);
    if let Some((_, total)) = &section {
        at = total.end;
    }
    let (station, serial) = station_and_serial(text, at, lexicon).unwrap_or((at..at, at..at));
    let parts = Parts {
        level,
        section,
        station,
        serial,
    };
    (parts.states_level() || parts.is_whole()).then_some(parts)
}

/// Behind the captions that stand between level and station.
fn skip_captions(text: &str, from: usize, lexicon: &Lexicon) -> usize {
    let captions = lexicon.words(Kind::Caption);
    let mut at = from;
    if at == 0 {
        return at;
    }
    while let Some(rest) = text.get(at..) {
        let lead = rest.len() - rest.trim_start_matches([' ', '/', ',']).len();
        let word = rest
            .get(lead..)
            .and_then(|rest| rest.split([' ', '/', ',']).next())
            .unwrap_or_default();
        if word.len() < 3 || captions.word(word).is_none() {
            break;
        }
        at += lead + word.len();
    }
    at
}

/// `ZENDA 000101`, with a year or a caption glued before it, or an O for a zero.
fn station_and_serial(
    text: &str,
    from: usize,
    lexicon: &Lexicon,
) -> Option<(Range<usize>, Range<usize>)> {
    let rest = text.get(from..)?;
    let mut start = from + rest.len() - rest.trim_start_matches([' ', '/']).len();
    let year = text
        .get(start..)?
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    if year == 2
        && text
            .get(start + 2..)?
            .starts_with(|next: char| next.is_ascii_uppercase())
    {
        start += 2;
    }
    start += glued_caption(text.get(start..)?, lexicon);
    let name = text.get(start..)?;
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let station = name.get(..digits)?.trim_end();
    let is_name = |letter: char| letter.is_ascii_alphabetic() || " .'-/".contains(letter);
    if station.is_empty() && digits == 0 && from > 0 && is_digits(name) && name.len() <= 6 {
        return Some((start..start, start..start + name.len()));
    }
    if station.is_empty()
        || station.len() == digits
        || station.len() > 40
        || !station.chars().all(is_name)
    {
        return None;
    }
    let serial = name.get(digits..)?;
    let is_serial = |letter: char| letter.is_ascii_digit() || letter == 'O' || letter == 'I';
    let len = serial
        .find(|letter: char| !is_serial(letter))
        .unwrap_or(serial.len());
    let ends = serial.get(len..)?.chars().next();
    let stands = ends.is_none_or(|next| !next.is_alphanumeric());
    (len <= 8 && stands).then(|| {
        (
            start..start + station.len(),
            start + digits..start + digits + len,
        )
    })
}

/// Bytes of a caption that is written in one word with the station.
fn glued_caption(text: &str, lexicon: &Lexicon) -> usize {
    let captions = lexicon.words(Kind::Caption).terms();
    let glued = captions
        .map(|(_, term)| term.word.as_str())
        .filter(|word| word.len() > 4);
    let mut found = glued.filter(|word| {
        let rest = text.strip_prefix(word);
        rest.is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_uppercase()))
    });
    found.next().map_or(0, str::len)
}

/// `SECTION 01 OF 02`, also run together or misspelt, or `FINAL SECTION OF 2`: places of the two numbers,
/// which are one place for the last section.
pub(super) fn section(text: &str, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = from;
    let mut take = |accepts: fn(&u8) -> bool| -> Option<Range<usize>> {
        let rest = text.as_bytes().get(at..)?;
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        let run = rest
            .iter()
            .skip(blanks)
            .take_while(|byte| accepts(byte))
            .count();
        let start = at + blanks;
        at = start + run;
        (run > 0).then_some(start..at)
    };
    let word = take(u8::is_ascii_alphabetic)?;
    let is_last = text.get(word.clone())?.eq_ignore_ascii_case("FINAL");
    let word = if is_last {
        take(u8::is_ascii_alphabetic)?
    } else {
        word
    };
    let first = if is_last {
        None
    } else {
        Some(take(u8::is_ascii_digit)?)
    };
    let of = take(u8::is_ascii_alphabetic)?;
    let last = take(u8::is_ascii_digit)?;
    let first = first.unwrap_or_else(|| last.clone());
    let word = text.get(word)?.to_ascii_uppercase();
    let fits = word.len() > 4 && strsim::osa_distance(&word, "SECTION") <= 2;
    let short = |range: &Range<usize>| range.len() <= 2;
    (fits && of.len() == 2 && short(&first) && short(&last)).then_some((first, last))
}

impl Reader<'_> {
    /// Finds the line with the reference number; `at` is left behind it.
    pub(super) fn reference_number(&mut self) {
        let mut weak = None;
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
        }
        if let Some(index) =
            weak.filter(|_| self.reading.rendering != Some(crate::reading::Rendering::Journal))
        {
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
            return parts.is_whole() || header;
        }
        self.is_own_station(station)
            || header && self.unknown_before_station(text).is_some()
            || !header && self.at == 0 && self.words_of(Kind::Station).word(station).is_some()
            || !header && near_head(text, &parts, self.scheme).is_some()
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
            None => self.unknown_before_station(text)?,
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
        let post = self.reading.first(ElementKind::OriginatorPost);
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
            let segment = self.trim(segment);
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

    /// Words before the originator's station, which stand where the level should.
    pub(super) fn unknown_before_station(&self, text: &str) -> Option<Range<usize>> {
        let post = self.reading.first(ElementKind::OriginatorPost)?;
        let digits = text.find(|letter: char| letter.is_ascii_digit())?;
        let name = text.get(..digits)?.trim_end();
        let own = [
            self.slice(post.span),
            post.term
                .and_then(|term| self.words_of(Kind::Station).term(term))
                .map_or("", |term| term.word.as_str()),
        ];
        let behind = own.iter().filter(|own| !own.is_empty()).find_map(|own| {
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

/// Words before the station that misspell a level, where the line knows its station by no other sign.
fn near_head(text: &str, parts: &Parts, scheme: &Scheme) -> Option<Range<usize>> {
    let name = text.get(..parts.station.end)?;
    let ends = name.match_indices(' ').map(|(at, _)| at);
    let mut near =
        ends.filter(|&at| near_level(name.get(..at).unwrap_or_default(), scheme).is_some());
    near.next_back().map(|end| 0..end)
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn section_numbers_are_read_run_together_and_misspelt() {
        assert_eq!(section("SECTION 01 OF 02 ZENDA", 0), Some((8..10, 14..16)));
        assert_eq!(section("SECTION01GF02 ZENDA", 0), Some((7..9, 11..13)));
        assert_eq!(section("SETION 1 OF 2", 0), Some((7..8, 12..13)));
        assert_eq!(
            section("FINAL SECTION OF 2 ZENDA", 0),
            Some((17..18, 17..18))
        );
        assert_eq!(section("FINAL WORD OF 2", 0), None);
        assert_eq!(section("ANNEX 12 IN 34", 0), None);
        assert_eq!(section("ZENDA 000101", 0), None);
    }
}
