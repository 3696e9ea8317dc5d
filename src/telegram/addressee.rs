//! Originators and addressees: routing indicator, address in plain words, precedence, running number.

use super::lexicon::Kind;
use super::{Reader, is_digits, offset, transmission};
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

impl Reader<'_> {
    /// `FM AMEMBASSY ZENDA`: who sends it, and which station that is.
    pub(super) fn originator_line(&mut self, rest: Span) {
        if self.has(ElementKind::Originator) {
            return;
        }
        let mut place = self.trim(rest);
        let signals = self.words_of(Kind::OperatingSignal);
        while let Some(&last) = self.words(place).last()
            && let Some(term) = signals.word(self.slice(last))
        {
            self.push_term(ElementKind::OperatingSignal, last, Some(term));
            place = self.trim(Span::new(place.start, last.start));
        }
        self.originator(place);
    }

    /// The originator and its station.
    pub(super) fn originator(&mut self, place: Span) {
        let text = self.slice(place);
        let addressees = self.words_of(Kind::Addressee);
        let stations = self.words_of(Kind::Station);
        let term = addressees.find(text);
        self.push_term(ElementKind::Originator, place, term);
        let rest = text
            .split_once(' ')
            .map_or(text, |(_, rest)| rest.trim_start());
        let behind = Span::new(place.end - offset(rest.len()), place.end);
        let is_post = term.is_some_and(|term| addressees.is_in(term, "post"));
        let element = match (stations.word(text), stations.word(rest)) {
            (Some(term), _) => Element::new(ElementKind::OriginatorPost, place).term(Some(term)),
            (None, Some(term)) if is_post => {
                Element::new(ElementKind::OriginatorPost, behind).term(Some(term))
            }
            (None, _) if is_post => Element::new(ElementKind::OriginatorPost, behind),
            (None, _) => Element::new(ElementKind::OriginatorPost, place),
        };
        self.push(element);
    }

    /// Whether a station is the one that the originator answers to.
    pub(super) fn is_own_station(&self, station: &str) -> bool {
        let Some(post) = self.first(ElementKind::OriginatorPost) else {
            return false;
        };
        let stations = self.words_of(Kind::Station);
        let same_term = post.term.is_some() && post.term == stations.word(station);
        same_term
            || !station.is_empty() && self.slice(post.span).eq_ignore_ascii_case(station.trim())
    }

    /// A line with one addressee.
    pub(super) fn addressee_line(&mut self, kind: ElementKind, rest: Span) {
        let place = self.trim(rest);
        if place.is_empty() {
            return;
        }
        if kind == ElementKind::Exemption {
            self.push_text(kind, place);
            return;
        }
        let mut words = self.words(place);
        let mut end = place.end;
        if let Some(&last) = words.last()
            && words.len() > 1
            && is_digits(self.slice(last))
            && last.len() <= 5
        {
            self.push_number(ElementKind::MessageNumber, last);
            words.pop();
            end = words.last().map_or(end, |word| word.end);
        }
        if let Some(span) = self.precedence_word(kind, &words, end) {
            end = self.trim(Span::new(place.start, span.start)).end;
        }
        let mut start = place.start;
        if let Some((indicator, _)) = self.slice(place).split_once('/')
            && transmission::is_indicator(indicator)
        {
            let behind = place.start + offset(indicator.len());
            self.indicator(
                ElementKind::RoutingIndicator,
                Span::new(place.start, behind),
            );
            start = behind + 1;
        }
        let plain = self.trim(Span::new(start.min(end), end));
        let term = self.words_of(Kind::Addressee).find(self.slice(plain));
        self.push_text(kind, place);
        if !plain.is_empty() {
            self.push_term(ElementKind::Addressee, plain, term);
        }
    }

    /// One or two words of precedence behind an address.
    fn precedence_word(&mut self, kind: ElementKind, words: &[Span], end: u32) -> Option<Span> {
        let precedences = self.words_of(Kind::Precedence);
        let kind = match kind {
            ElementKind::InfoAddressee => ElementKind::InfoAddresseePrecedence,
            _ => ElementKind::AddresseePrecedence,
        };
        for count in [2, 1] {
            let Some(&first) = words
                .len()
                .checked_sub(count)
                .filter(|&at| at > 0)
                .and_then(|at| words.get(at))
            else {
                continue;
            };
            let span = Span::new(first.start, end);
            let text = self.slice(span);
            let known = precedences.word(text).filter(|_| text.len() > 2);
            let near = || {
                precedences
                    .nearest(text)
                    .map(|term| (term, Value::NearMiss))
            };
            if let Some((term, value)) = known.map(|term| (term, Value::Text)).or_else(near) {
                self.push(Element::new(kind, span).term(Some(term)).with(value));
                return Some(span);
            }
        }
        None
    }
}
