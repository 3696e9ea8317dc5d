//! References to other messages: letter, year, station, serial, and a note in brackets.

use super::lexicon::Kind;
use super::{Reader, is_digits};
use crate::reading::{Element, ElementKind};
use crate::text::Span;

/// Most words of a station.
const MOST_STATION_WORDS: usize = 4;

/// What is known of the item that is being read.
#[derive(Default)]
struct Item {
    start: Option<u32>,
    year: Option<Span>,
    station: Option<Span>,
    words: usize,
}

impl Reader<'_> {
    /// Reads the items as far as they can be read; an e-mail or a phone call is none.
    pub(super) fn references(&mut self, whole: Span) {
        let words = self.split(whole, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b',' | b';')
        });
        let mut item = Item::default();
        let mut last_station = None;
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            let text = self.slice(word);
            if let Some(letter) = enumerator(text, word) {
                // A letter counts where its item is a call or a letter by post, too.
                self.push_text(ElementKind::ReferenceLetter, letter);
                item = Item {
                    start: Some(word.start),
                    ..Item::default()
                };
            } else if text.starts_with('(') {
                item = Item::default();
            } else if is_digits(text.trim_end_matches('.')) {
                let digits = text.trim_end_matches('.');
                let number = Span::new(word.start, word.start + super::offset(digits.len()));
                let next = words
                    .peek()
                    .map(|&next| self.slice(next))
                    .unwrap_or_default();
                let year = matches!(digits.len(), 2 | 4)
                    && item.station.is_none()
                    && is_station_word(next);
                if year && item.year.is_none() {
                    item.year = Some(number);
                    item.start = item.start.or(Some(word.start));
                } else if digits.len() <= 6 && (item.station.is_some() || last_station.is_some()) {
                    let behind = words.peek().copied();
                    self.reference(&item, number, behind);
                    last_station = item.station.or(last_station);
                    item = Item::default();
                } else {
                    item = Item::default();
                }
            } else if text == "OF" || is_month(text) {
                item = Item::default();
                last_station = None;
            } else if is_station_word(text) && text != "AND" && item.words < MOST_STATION_WORDS {
                item.station = Some(item.station.map_or(word, |station| station.join(word)));
                item.start = item.start.or(Some(word.start));
                item.words += 1;
            } else if text != "AND" {
                item = Item::default();
                last_station = None;
            }
        }
    }

    fn reference(&mut self, item: &Item, number: Span, behind: Option<Span>) {
        let mut end = number.end;
        if let Some(note) = behind.filter(|&note| self.slice(note).starts_with('(')) {
            let text = self.slice(note);
            let inner = text.trim_matches(['(', ')', '.', ',']);
            let letter = inner.len() < 3;
            if text.ends_with([')', '.']) && !letter {
                let span = Span::new(note.start + 1, note.start + 1 + super::offset(inner.len()));
                let term = self.words_of(Kind::Caption).word(inner);
                self.push_term(ElementKind::ReferenceNote, span, term);
                end = span.end + 1;
            }
        }
        let start = item.start.unwrap_or(number.start);
        self.push_text(ElementKind::ReferenceItem, Span::new(start, end));
        if let Some(year) = item.year {
            self.push_number(ElementKind::ReferenceYear, year);
        }
        if let Some(station) = item.station {
            let term = self.words_of(Kind::Station).word(self.slice(station));
            self.push(Element::new(ElementKind::ReferenceStation, station).term(term));
        }
        self.push_number(ElementKind::ReferenceSerial, number);
    }
}

/// `A.`, `A)`, `(A)` or `1)`: the place of the letter.
fn enumerator(text: &str, word: Span) -> Option<Span> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let lead = super::offset(text.len() - inner.len());
    let letter = inner.strip_suffix([')', '.', ':'])?;
    let single = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (single
        && (lead == 1
            || !letter.ends_with(|last: char| last.is_ascii_digit())
            || inner.ends_with(')')))
    .then(|| Span::new(word.start + lead, word.start + lead + 1))
}

/// A day follows a month, and no serial.
fn is_month(text: &str) -> bool {
    text.len() <= 9 && text.len() > 2 && crate::reading::moment::is_month(text)
}

fn is_station_word(text: &str) -> bool {
    let letters = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'.' | b'\'' | b'-'));
    text.len() > 1 && letters && text.starts_with(|first: char| first.is_ascii_uppercase())
}
