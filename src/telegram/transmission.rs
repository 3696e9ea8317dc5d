//! The transmission header: stations, serials, security letters, precedence, date-time group, addressees.

use super::{Reader, offset};
use crate::reading::moment::{date_time_group, filing_time};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Most lines of a header before its reference number.
const MOST_LINES: usize = 400;

/// Whether a line is precedence and date-time group.
pub(super) fn is_dtg_line(text: &str) -> bool {
    dtg_start(text).is_some()
}

/// Where the date-time group begins on its line.
fn dtg_start(text: &str) -> Option<usize> {
    let mut at = 0;
    for word in text.split(' ') {
        let is_precedence = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_clock(word) {
            return Some(at);
        }
        if !is_precedence && !word.is_empty() {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

fn is_clock(word: &str) -> bool {
    word.len() == 7
        && word.ends_with(['Z', 'z'])
        && word.bytes().take(6).all(|byte| byte.is_ascii_digit())
}

impl Reader<'_> {
    /// Reads lines up to the last addressee; leaves `at` on the line after it.
    pub(super) fn transmission(&mut self) {
        let mut filing: Option<Span> = None;
        let mut addressees = None;
        let mut last = 0;
        for index in 0..self.document.lines().len().min(MOST_LINES) {
            let Some((text, span)) = self.line(index) else {
                break;
            };
            if text.is_empty() {
                if addressees.is_some() {
                    break;
                }
                continue;
            }
            if addressees.is_some()
                && super::mrn::split(text, self.scheme).is_some_and(|found| found.level.is_some())
            {
                break;
            }
            let word = text.split(' ').next().unwrap_or_default();
            let rest = Span::new(span.start + offset(word.len()), span.end);
            match word {
                "DE" => filing = self.calling_station(rest).or(filing),
                "ZNR" | "ZNY" => self.security_letters(rest),
                "FM" => self.push(Element::new(ElementKind::Originator, self.trim(rest))),
                "TO" | "INFO" if addressees.is_some() || self.has(ElementKind::Originator) => {
                    let kind = if word == "TO" {
                        ElementKind::ActionAddressee
                    } else {
                        ElementKind::InfoAddressee
                    };
                    addressees = Some(kind);
                    self.addressee(kind, rest);
                }
                "BT" => {
                    last = index + 1;
                    break;
                }
                _ if is_dtg_line(text) && addressees.is_none() => self.dtg(text, span),
                _ => {
                    if let Some(kind) = addressees {
                        self.addressee(kind, span);
                    }
                }
            }
            if addressees.is_some() {
                last = index + 1;
            }
        }
        if let (Some(span), Some(date)) = (filing, self.reading.date)
            && let Some(moment) = filing_time(self.slice(span), date)
        {
            self.push(Element::new(ElementKind::FilingTime, span).with(Value::Moment(moment)));
        }
        self.at = last;
    }

    fn has(&self, kind: ElementKind) -> bool {
        self.reading.first(kind).is_some()
    }

    fn trim(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + offset(text.len() - text.trim_start().len());
        Span::new(start, start + offset(text.trim().len()))
    }

    /// `RUEHZX #0101/02 0331130`; gives the place of the filing time.
    fn calling_station(&mut self, rest: Span) -> Option<Span> {
        let mut filing = None;
        for word in self.words(rest) {
            let text = self.slice(word);
            if let Some(serial) = text.strip_prefix('#') {
                let (serial, section) = serial.split_once('/').unwrap_or((serial, ""));
                let start = word.start + 1;
                let place = Span::new(start, start + offset(serial.len()));
                self.number(ElementKind::StationSerial, place);
                if !section.is_empty() {
                    self.number(
                        ElementKind::SerialSection,
                        Span::new(place.end + 1, word.end),
                    );
                }
            } else if text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                filing = Some(word);
            } else {
                self.push(Element::new(ElementKind::RoutingIndicator, word));
            }
        }
        filing
    }

    fn security_letters(&mut self, rest: Span) {
        let Some(word) = self.words(rest).into_iter().next() else {
            return;
        };
        let letters = self.slice(word).split('/').next().unwrap_or_default();
        let place = Span::new(word.start, word.start + offset(letters.len()));
        let marking = crate::marking::parse(
            letters,
            place.start,
            self.scheme,
            crate::marking::Surface::Transmission,
        );
        self.push(
            Element::new(ElementKind::SecurityLetters, place)
                .with(Value::Marking(Box::new(marking))),
        );
    }

    fn dtg(&mut self, text: &str, span: Span) {
        if self.has(ElementKind::Dtg) {
            return;
        }
        let Some(start) = dtg_start(text) else { return };
        let start = span.start + offset(start);
        let head = Span::new(span.start, start);
        let kinds = [ElementKind::Precedence, ElementKind::InfoPrecedence];
        for (kind, word) in kinds.into_iter().zip(self.words(head)) {
            self.push(Element::new(kind, word));
        }
        let words = self.words(Span::new(start, span.end));
        let Some(end) = words.get(2).map(|word| word.end) else {
            return;
        };
        let place = Span::new(start, end);
        let Some(moment) = date_time_group(self.slice(place)) else {
            return;
        };
        self.reading.date = moment.map(jiff::civil::DateTime::date);
        let value = moment.map_or(Value::Impossible, Value::Moment);
        self.push(Element::new(ElementKind::Dtg, place).with(value));
    }

    fn addressee(&mut self, kind: ElementKind, rest: Span) {
        let place = self.trim(rest);
        if let Some((indicator, _)) = self.slice(place).split_once('/')
            && indicator.starts_with('R')
            && indicator.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            let end = place.start + offset(indicator.len());
            let indicator = Span::new(place.start, end);
            self.push(Element::new(ElementKind::RoutingIndicator, indicator));
        }
        self.push(Element::new(kind, place));
    }

    /// Words between blanks.
    pub(super) fn words(&self, span: Span) -> Vec<Span> {
        let text = self.slice(span);
        let mut words = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices([' ', '\t']).chain([(text.len(), "")]) {
            if at > start {
                words.push(Span::new(
                    span.start + offset(start),
                    span.start + offset(at),
                ));
            }
            start = at + 1;
        }
        words
    }

    /// A number, pushed where it can be read.
    pub(super) fn number(&mut self, kind: ElementKind, place: Span) {
        if let Ok(number) = self.slice(place).parse() {
            self.push(Element::new(kind, place).with(Value::Number(number)));
        }
    }
}
