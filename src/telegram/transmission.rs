//! The transmission header: stations, serials, security letters, precedence, date-time group, addressees.

use super::lexicon::Kind;
use super::{Reader, is_digits, offset};
use crate::marking::Surface;
use crate::reading::moment::{date_time_group, filing_time};
use crate::reading::{Element, ElementKind, Rendering, Value};
use crate::text::Span;

/// Most lines of a header before its reference number.
const MOST_LINES: usize = 400;

/// Whether a line is precedence and date-time group.
pub(super) fn is_dtg_line(text: &str) -> bool {
    dtg_start(text).is_some()
}

/// What follows `FM` on the line of the originator.
pub(super) fn originator(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("FM")?;
    rest.strip_prefix([' ', '\t', ':'])
        .map(str::trim)
        .filter(|rest| !rest.is_empty())
}

/// Where the date-time group begins on its line.
fn dtg_start(text: &str) -> Option<usize> {
    // Most lines show with their first letters that they begin with another word.
    if let [first, second, third, ..] = *text.as_bytes()
        && !first.is_ascii_digit()
        && second != b' '
        && third != b' '
    {
        return None;
    }
    let mut at = 0;
    for word in text.split(' ') {
        let is_precedence = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_clock(word) {
            let month = text.get(at + word.len()..)?.trim_start();
            return crate::reading::moment::month(month).map(|_| at);
        }
        if !is_precedence {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

fn is_clock(word: &str) -> bool {
    word.len() == 7 && word.ends_with(['Z', 'z']) && word.get(..6).is_some_and(is_digits)
}

/// Which of the addressees a line of the header opens.
fn opens(word: &str) -> Option<ElementKind> {
    match word.trim_end_matches(':') {
        "TO" => Some(ElementKind::ActionAddressee),
        "INFO" => Some(ElementKind::InfoAddressee),
        "XMT" => Some(ElementKind::Exemption),
        _ => None,
    }
}

impl Reader<'_> {
    /// Reads lines up to the last addressee; leaves `at` on the line after it.
    pub(super) fn transmission(&mut self) {
        if self.reading.rendering == Some(Rendering::Extract) {
            return;
        }
        let mut filing: Option<Span> = None;
        let mut addressees = None;
        for index in 0..self.end.min(MOST_LINES) {
            let Some((text, span)) = self.open_line(index) else {
                continue;
            };
            if text.is_empty() {
                if addressees.is_some() && self.reading.rendering != Some(Rendering::Journal) {
                    break;
                }
                continue;
            }
            let word = text.split([' ', '/']).next().unwrap_or_default();
            let rest = Span::new(span.start + offset(word.len()), span.end);
            let sent = addressees.is_some() || self.has(ElementKind::Originator);
            let kind = opens(word).filter(|_| sent);
            let addressed =
                kind.is_some() || word == "BT" || is_indicator(word) && text.contains('/');
            if sent && !addressed && (self.label(text).is_some() || self.is_head(text)) {
                break;
            }
            match word {
                "BT" => {
                    self.at = index + 1;
                    self.set_role(index, super::furniture::Role::Read);
                    break;
                }
                "DE" if addressees.is_none() => filing = self.calling_station(rest).or(filing),
                "ZNR" | "ZNY" => self.security_letters(span),
                "FM" => self.originator_line(rest),
                _ if kind.is_some() => {
                    addressees = kind;
                    self.addressee_line(kind.unwrap_or(ElementKind::ActionAddressee), rest);
                }
                _ if addressees.is_none() && !self.has(ElementKind::Dtg) && is_dtg_line(text) => {
                    self.dtg(text, span);
                }
                _ if addressees.is_none() => self.relay_line(text, span),
                _ => self.addressee_line(addressees.unwrap_or(ElementKind::InfoAddressee), span),
            }
            if addressees.is_some() {
                self.at = index + 1;
            }
        }
        self.filed(filing);
    }

    /// Whether the line with level and reference number begins here.
    fn is_head(&self, text: &str) -> bool {
        super::parts::split(text, self.scheme, self.lexicon).is_some_and(|parts| {
            parts.states_level() || self.is_own_station(text.get(parts.station).unwrap_or_default())
        }) || self.unknown_before_station(text).is_some()
    }

    fn filed(&mut self, filing: Option<Span>) {
        let Some(span) = filing else { return };
        let moment = self
            .reading
            .date
            .and_then(|date| filing_time(self.slice(span), date));
        let value = match (moment, self.reading.date) {
            (Some(moment), _) => Value::Moment(moment),
            (None, Some(_)) => Value::Impossible,
            (None, None) => Value::Text,
        };
        self.push(Element::new(ElementKind::FilingTime, span).with(value));
    }

    /// The digraph and the stations that a copy goes to, or lines of stations alone.
    fn relay_line(&mut self, text: &str, span: Span) {
        let precedences = self.words_of(Kind::Precedence);
        let words = self.words(span);
        let Some(&first) = words.first() else { return };
        let digraph = self.slice(first);
        let term = precedences.word(digraph).filter(|_| digraph.len() == 2);
        let stations = if term.is_some() {
            words.get(1..)
        } else {
            words.get(..)
        };
        let stations = stations.unwrap_or_default();
        let are = stations.iter().all(|&word| is_indicator(self.slice(word)));
        if stations.is_empty() || !are || text.contains('/') {
            return;
        }
        if term.is_some() {
            self.push_term(ElementKind::PrecedenceDigraph, first, term);
        }
        for &word in stations {
            self.indicator(ElementKind::RoutingIndicator, word);
        }
    }

    /// A routing indicator with its word of the vocabulary, or the gateway that it misspells.
    pub(super) fn indicator(&mut self, kind: ElementKind, span: Span) {
        let words = self.words_of(Kind::RoutingIndicator);
        let text = self.slice(span);
        let element = Element::new(kind, span);
        let element = match words.word(text) {
            Some(term) => element.term(Some(term)),
            None => match self.lexicon.gateways().nearest(text) {
                Some(term) => element.term(Some(term)).with(Value::NearMiss),
                None => element,
            },
        };
        self.push(element);
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
                self.push_number(ElementKind::StationSerial, place);
                if !section.is_empty() {
                    self.push_number(
                        ElementKind::SerialSection,
                        Span::new(place.end + 1, word.end),
                    );
                }
            } else if text.len() == 7 && is_digits(text) {
                filing = Some(word);
            } else if is_indicator(text) {
                self.indicator(ElementKind::CallingStation, word);
            }
        }
        filing
    }

    /// `ZNY CCCCC ZZH`: the signal, the letters, and signals after them.
    fn security_letters(&mut self, span: Span) {
        let words = self.words(span);
        let signals = self.words_of(Kind::OperatingSignal);
        for (place, &word) in words.iter().enumerate() {
            let text = self.slice(word);
            if place == 0 {
                self.push_term(ElementKind::SecuritySignal, word, signals.word(text));
            } else if place == 1 {
                let letters = text.split('/').next().unwrap_or_default();
                let span = Span::new(word.start, word.start + offset(letters.len()));
                let marking =
                    crate::marking::parse(letters, span.start, self.scheme, Surface::Transmission);
                let value = Value::Marking(Box::new(marking));
                self.push(Element::new(ElementKind::SecurityLetters, span).with(value));
            } else {
                self.push_term(ElementKind::OperatingSignal, word, signals.word(text));
            }
        }
    }

    /// `P R 021402Z FEB 09 ZDK`: precedences, the group itself, and signals after it.
    fn dtg(&mut self, text: &str, span: Span) {
        let Some(start) = dtg_start(text) else { return };
        let start = span.start + offset(start);
        let kinds = [ElementKind::Precedence, ElementKind::InfoPrecedence];
        let precedences = self.words_of(Kind::Precedence);
        for (kind, word) in kinds
            .into_iter()
            .zip(self.words(Span::new(span.start, start)))
        {
            self.push_term(kind, word, precedences.word(self.slice(word)));
        }
        let words = self.words(Span::new(start, span.end));
        let Some(end) = words.get(2).map(|word| word.end) else {
            return;
        };
        self.date_from(Span::new(start, end));
        for &word in words.get(3..).unwrap_or_default() {
            let term = self.words_of(Kind::OperatingSignal).word(self.slice(word));
            self.push_term(ElementKind::OperatingSignal, word, term);
        }
    }

    /// The date-time group, which dates the telegram.
    pub(super) fn date_from(&mut self, place: Span) {
        let Some(moment) = date_time_group(self.slice(place)) else {
            return;
        };
        self.reading.date = moment
            .map(jiff::civil::DateTime::date)
            .or(self.reading.date);
        let value = moment.map_or(Value::Impossible, Value::Moment);
        self.push(Element::new(ElementKind::Dtg, place).with(value));
    }
}

/// A routing indicator: `R` and three to eight more letters, a zero for an O let pass.
pub(super) fn is_indicator(text: &str) -> bool {
    let letters = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte == b'0');
    (4..=9).contains(&text.len()) && text.starts_with('R') && letters
}
