//! The classification authority: who classified it, from what, and for which reason.

use super::{Reader, offset};
use crate::reading::{Element, ElementKind};
use crate::text::Span;

/// Most letters of a reason that are read.
const MOST_LETTERS: usize = 24;

impl Reader<'_> {
    /// Looks for the labels from the administrative lines up to the second paragraph: the paragraph
    /// is often numbered, split over lines or marked.
    pub(super) fn authority(&mut self) {
        let Some(first) = self.reading.first(ElementKind::MrnLine) else {
            return;
        };
        let first = first.span.end;
        let second = self
            .reading
            .of(ElementKind::Paragraph)
            .nth(1)
            .map_or(self.text.len(), |paragraph| paragraph.span.start as usize);
        let zone = Span::new(first, offset(second).max(first));
        let upper = self.slice(zone).to_ascii_uppercase();
        let kinds = [
            ("classified-by", ElementKind::ClassifiedBy),
            ("derived-from", ElementKind::DerivedFrom),
            ("reason", ElementKind::Reason),
        ];
        let Some(labels) = self.vocabulary("label") else {
            return;
        };
        for (group, kind) in kinds {
            let phrases = labels.terms().iter().filter(|term| term.is_in(group));
            let found = phrases
                .filter_map(|term| labelled(&upper, &term.word))
                .min();
            let Some(start) = found else { continue };
            let end = upper
                .get(start..)
                .and_then(|rest| rest.find('\n'))
                .map_or(upper.len(), |at| start + at);
            let place = Span::new(zone.start + offset(start), zone.start + offset(end));
            self.push(Element::new(kind, place));
            if kind == ElementKind::Reason {
                self.reason_letters(place);
            }
        }
    }

    /// The letters after the section number: `1.4 (b), (d)`, `1.4 (B/D)`, `1.4 b & d`.
    fn reason_letters(&mut self, place: Span) {
        let text = self.slice(place);
        let Some(digit) = text.find(|letter: char| letter.is_ascii_digit()) else {
            return;
        };
        let mut before = ' ';
        for (at, letter) in text
            .char_indices()
            .skip_while(|(at, _)| *at < digit)
            .take(MOST_LETTERS)
        {
            let next = text
                .get(at + letter.len_utf8()..)
                .and_then(|rest| rest.chars().next());
            let alone = !before.is_alphanumeric() || before.is_ascii_digit();
            let ends = next.is_none_or(|next| !next.is_alphanumeric());
            if letter.is_ascii_alphabetic() && alone && ends {
                let start = place.start + offset(at);
                self.push(Element::new(
                    ElementKind::ReasonLetter,
                    Span::new(start, start + 1),
                ));
            }
            before = letter;
        }
    }
}

/// Where a label stands that begins a line or a sentence.
fn labelled(upper: &str, phrase: &str) -> Option<usize> {
    let opens = |at: &usize| {
        let before = upper
            .get(..*at)
            .unwrap_or_default()
            .trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', '.', ')', ';', ',', ':'])
    };
    upper.match_indices(phrase).map(|(at, _)| at).find(opens)
}
