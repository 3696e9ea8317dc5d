//! Captions, the order line, tags, subject and references: what stands between reference number and text.

use super::{Lexicon, Reader, offset};
use crate::reading::moment::written_date;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;

/// Which administrative line a line is, and where its value begins.
pub(super) fn label<'l>(text: &str, lexicon: &'l Lexicon) -> Option<(&'l str, usize)> {
    let labels = lexicon.get("label")?;
    let colon = text.find([':', ';']).filter(|&at| at <= 24);
    let digit = text
        .find(|letter: char| letter.is_ascii_digit())
        .filter(|&at| at <= 8);
    for end in [digit, colon].into_iter().flatten() {
        let written: String = text
            .get(..end)?
            .chars()
            .filter(|letter| !" .".contains(*letter))
            .collect();
        if written.is_empty() {
            continue;
        }
        if let Some(id) = labels.find(&written) {
            let group = labels.term(id).groups.first()?;
            if matches!(group.as_str(), "classified-by" | "derived-from" | "reason") {
                continue;
            }
            let is_order = group == "order";
            if is_order == (Some(end) == digit) {
                return Some((group, if is_order { end } else { end + 1 }));
            }
        }
    }
    None
}

impl Reader<'_> {
    /// Lines after the reference number, up to the first label.
    pub(super) fn captions(&mut self) {
        let Some(captions) = self.vocabulary("caption") else {
            return;
        };
        while let Some((text, span)) = self.line(self.at) {
            if label(text, self.lexicon).is_some() || super::body::paragraph_number(text).is_some()
            {
                break;
            }
            if let Some(term) = captions.find(text) {
                self.push(Element::new(ElementKind::Caption, span).term(Some(term)));
            } else if !text.is_empty() {
                let all = text.split(' ').filter(|word| !word.is_empty());
                if all.clone().all(|word| captions.find(word).is_some()) {
                    for word in self.words(span) {
                        let term = captions.find(self.slice(word));
                        self.push(Element::new(ElementKind::Caption, word).term(term));
                    }
                } else {
                    let mut words = text.split([' ', ':']);
                    let is_attention = words.any(|word| matches!(word, "FOR" | "PASS" | "FROM"));
                    let kind = if is_attention {
                        ElementKind::Attention
                    } else {
                        ElementKind::UnknownCaption
                    };
                    self.push(Element::new(kind, span));
                }
            }
            self.at += 1;
        }
    }

    /// The labelled lines, up to the text.
    pub(super) fn administrative(&mut self) {
        while let Some((text, span)) = self.line(self.at) {
            if super::body::paragraph_number(text).is_some() {
                break;
            }
            self.at += 1;
            let Some((which, start)) = label(text, self.lexicon) else {
                continue;
            };
            let value = Span::new(span.start + offset(start), span.end);
            match which {
                "order" => self.order(span, value),
                "tags" => self.tags(value),
                "subject" => self.subject(value),
                _ => {
                    let whole = self.wrapped(value);
                    self.push(Element::new(ElementKind::Reference, whole));
                }
            }
            if which == "reference" {
                break;
            }
        }
    }

    /// The value of a line with the lines that continue it, up to a blank one or a label.
    fn wrapped(&mut self, value: Span) -> Span {
        let mut whole = value;
        while let Some((text, span)) = self.line(self.at) {
            let ends = text.is_empty()
                || label(text, self.lexicon).is_some()
                || super::body::paragraph_number(text).is_some();
            if ends {
                break;
            }
            whole = whole.join(span);
            self.at += 1;
        }
        whole
    }

    fn order(&mut self, line: Span, value: Span) {
        self.push(Element::new(ElementKind::OrderLine, line));
        let text = self.slice(value);
        let digits = text
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(text.len());
        let number = Span::new(value.start, value.start + offset(digits));
        let term = self
            .vocabulary("order")
            .and_then(|orders| orders.find(self.slice(number)));
        self.push(Element::new(ElementKind::Order, number).term(term));
        let rest = text.get(digits..).unwrap_or_default();
        let lead = rest.len() - rest.trim_start_matches([':', ';', '.', ' ']).len();
        let start = number.end + offset(lead);
        if start >= value.end {
            return;
        }
        let place = Span::new(start, value.end);
        self.push(Element::new(ElementKind::Declassification, place));
        for word in self.words(place) {
            match written_date(self.slice(word), self.reading.date) {
                Some(Some(day)) => {
                    self.push(Element::new(ElementKind::DeclassifyOn, word).with(Value::Day(day)));
                }
                Some(None) => {
                    self.push(
                        Element::new(ElementKind::DeclassifyOn, word).with(Value::Impossible),
                    );
                }
                None => {}
            }
        }
    }

    fn tags(&mut self, value: Span) {
        let whole = self.wrapped(value);
        self.push(Element::new(ElementKind::TagsLine, whole));
        let text = self.slice(whole);
        let mut start = 0;
        let ends = text.match_indices(|letter: char| !letter.is_alphanumeric());
        for (at, separator) in ends.chain([(text.len(), "")]) {
            if at > start {
                let place = Span::new(whole.start + offset(start), whole.start + offset(at));
                let term = self
                    .vocabulary("tag")
                    .and_then(|tags| tags.find(self.slice(place)));
                self.push(Element::new(ElementKind::Tag, place).term(term));
            }
            start = at + separator.len();
        }
    }

    fn subject(&mut self, value: Span) {
        let whole = self.wrapped(value);
        let text = self.slice(whole);
        let lead = text.len() - text.trim_start().len();
        let mut marked = false;
        if let Some(inner) = text.trim_start().strip_prefix('(')
            && let Some((mark, _)) = inner.split_once(')')
        {
            let start = whole.start + offset(lead) + 1;
            let place = Span::new(start, start + offset(mark.len()));
            marked = self.mark(ElementKind::SubjectMark, place);
        }
        if !marked {
            let place = Span::new(whole.start + offset(lead), whole.end);
            self.push(Element::new(ElementKind::UnmarkedSubject, place));
        }
        self.push(Element::new(ElementKind::Subject, whole));
    }
}
