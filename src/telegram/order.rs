//! The line of the executive order, and when a telegram is to be declassified.

use super::Reader;
use super::labels::Label;
use super::lexicon::Kind;
use crate::marking::TermId;
use crate::reading::moment::written_date;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Signs between the parts of the line.
const SIGNS: [char; 6] = [':', ';', '.', ' ', ',', '-'];

impl Reader<'_> {
    /// `E.O. 12345: DECL: 01/31/2019`: the number, and what follows it.
    pub(super) fn order_line(&mut self, found: Label, line: Span, value: Span) {
        let whole = self.wrapped_order(value);
        self.push_text(ElementKind::OrderLine, line.join(whole));
        let text = self.slice(whole);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = Span::new(whole.start, whole.start + super::offset(digits));
        if digits > 0 {
            let orders = self.words_of(Kind::Order);
            let element = Element::new(ElementKind::Order, number);
            let written = self.slice(number);
            let near = || self.near_order(written);
            self.push(match orders.word(written) {
                Some(term) => element.term(Some(term)),
                None => match near() {
                    Some(term) => element.term(Some(term)).with(Value::NearMiss),
                    None => element,
                },
            });
        }
        if !found.regular {
            let end = if digits > 0 {
                number.end
            } else {
                line.start + super::offset(found.len)
            };
            self.push_term(
                ElementKind::IrregularLabel,
                Span::new(line.start, end.max(line.start)),
                Some(found.term),
            );
        }
        let rest = self.slice(Span::new(number.end, whole.end));
        let lead = rest.len() - rest.trim_start_matches(SIGNS).len();
        let place = Span::new(number.end + super::offset(lead), whole.end);
        if !place.is_empty() {
            self.declassification(place);
        }
    }

    /// A line of the order goes on where an event is long; labels and blank lines end it.
    fn wrapped_order(&mut self, value: Span) -> Span {
        let before = self.at;
        let whole = self.wrapped(value);
        if self.at > before + 2 {
            // Something else follows without a blank line: only the first line is the order's.
            for index in before..self.at {
                if self.role(index) == super::furniture::Role::Read {
                    self.set_role(index, super::furniture::Role::Open);
                }
            }
            self.at = before;
            return value;
        }
        whole
    }

    /// The order whose number lacks its last digit, has one too many, or has one wrong.
    fn near_order(&self, written: &str) -> Option<TermId> {
        let orders = self.words_of(Kind::Order);
        let near = |word: &str| {
            let cut = word.len() == written.len() + 1 && word.starts_with(written);
            cut || written.len() >= word.len() && strsim::osa_distance(word, written) == 1
        };
        let mut all = orders.terms().filter(|(_, term)| near(&term.word));
        let found = all.next()?;
        all.next().is_none().then_some(found.0)
    }

    /// What stands after the number: codes, days, or an event.
    fn declassification(&mut self, place: Span) {
        let mut rest = place;
        let labels = self.words_of(Kind::Label);
        let text = self.slice(rest);
        let word = text.split([':', ' ', ';', '.']).next().unwrap_or_default();
        let term = labels
            .word(word)
            .filter(|&term| labels.is_in(term, "declassification"));
        let named = term.is_some();
        if let Some(term) = term {
            self.declassification_label(place, word, term);
            let behind = text
                .get(word.len()..)
                .unwrap_or_default()
                .trim_start_matches(SIGNS);
            rest = Span::new(rest.end - super::offset(behind.len()), rest.end);
        }
        if !rest.is_empty() {
            self.push_text(ElementKind::Declassification, place);
            self.instruction(rest, named, ElementKind::DeclassifyOn);
        }
    }

    /// The label of an instruction, where a letter of it or the colon behind it is wrong.
    fn declassification_label(&mut self, place: Span, word: &str, term: TermId) {
        let behind = self.slice(place).get(word.len()..).unwrap_or_default();
        let signs = behind.len() - behind.trim_start_matches([':', ';', '.']).len();
        let labels = self.words_of(Kind::Label);
        let is_word = labels.term(term).is_some_and(|own| own.word == word);
        if !is_word || !behind.starts_with(':') {
            let end = place.start + super::offset(word.len() + signs);
            let span = Span::new(place.start, end);
            self.push_term(ElementKind::IrregularLabel, span, Some(term));
        }
    }

    /// An instruction: a word of the vocabulary, codes and days, or else an event.
    pub(super) fn instruction(&mut self, place: Span, named: bool, day: ElementKind) {
        let codes = self.words_of(Kind::Declassification);
        // What stands in brackets names the classifier.
        let text = self.slice(place);
        let plain = self.trim(Span::new(
            place.start,
            place.start + super::offset(text.split('(').next().map_or(0, str::len)),
        ));
        let whole = self.slice(plain).trim_end_matches(SIGNS);
        if let Some(term) = codes.find(whole) {
            let span = Span::new(plain.start, plain.start + super::offset(whole.len()));
            self.push_term(ElementKind::DeclassificationCode, span, Some(term));
            return;
        }
        let mut found = self.spelt_day(plain, day);
        for word in self.split(plain, |byte| {
            matches!(byte, b' ' | b',' | b';' | b'\t' | b'\n' | b'\r')
        }) {
            let text = self.slice(word).trim_end_matches(['.', ':']);
            let word = Span::new(word.start, word.start + super::offset(text.len()));
            if let Some(term) = codes.word(text) {
                self.push_term(ElementKind::DeclassificationCode, word, Some(term));
                found = true;
            } else if let Some(written) =
                written_date(text, self.reading.date).filter(|_| text.len() > 5)
            {
                let value = written.map_or(Value::Impossible, Value::Day);
                self.push(Element::new(day, word).with(value));
                found = true;
            }
        }
        if !found && named && whole.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            self.push_text(ElementKind::DeclassificationEvent, plain);
        }
    }

    /// A day in three words, such as `13 DEC 2017`.
    fn spelt_day(&mut self, place: Span, kind: ElementKind) -> bool {
        let words = self.words(place);
        let spelt = words.windows(3).find_map(|three| {
            let [first, middle, last] = three else {
                return None;
            };
            let span = first.join(*last);
            let letters = self
                .slice(*middle)
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic());
            let written = written_date(self.slice(span), self.reading.date).filter(|_| letters)?;
            Some((span, written))
        });
        let Some((span, written)) = spelt else {
            return false;
        };
        let value = written.map_or(Value::Impossible, Value::Day);
        self.push(Element::new(kind, span).with(value));
        true
    }
}
