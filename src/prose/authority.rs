//! The classification authority block: labelled lines to elements.

use super::Draft;
use super::date::whole;
use super::field::Field;
use crate::reading::moment::written_date;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use jiff::civil::Date;

/// Lines between the reason and the rest of the block, at most.
const NEAR: usize = 8;

/// Most letters of a reason that are read.
const MOST_LETTERS: usize = 24;

/// Adds the block: who, from what, why, until when.
pub(super) fn elements(
    draft: Draft<'_>,
    fields: &[Field],
    day: Option<Date>,
    into: &mut Vec<Element>,
) {
    for field in fields {
        let near = |other: &&Field| other.of_block && other.line.abs_diff(field.line) <= NEAR;
        if fields.iter().any(|other| near(&other)) {
            let reader = Reader { draft, day };
            reader.field(field, into);
        }
    }
}

struct Reader<'t> {
    draft: Draft<'t>,
    day: Option<Date>,
}

impl Reader<'_> {
    fn field(&self, field: &Field, into: &mut Vec<Element>) {
        let kind = match field.group.as_str() {
            "classified-by" => ElementKind::ClassifiedBy,
            "derived-from" => ElementKind::DerivedFrom,
            "reason" => ElementKind::Reason,
            "declassify-on" => ElementKind::Declassification,
            "downgrade-to" => ElementKind::DowngradeTo,
            "downgrade-on" => ElementKind::DowngradeOn,
            _ => return,
        };
        into.push(Element::new(kind, field.span));
        match kind {
            ElementKind::Reason => self.letters(field.value, into),
            ElementKind::Declassification => self.until(field.value, into),
            _ => {}
        }
    }

    /// The letters after the number of the section: `1.4(c)`, `1.4 (b), (d)`.
    fn letters(&self, value: Span, into: &mut Vec<Element>) {
        let text = self.draft.slice(value);
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
            let alone = (!before.is_alphanumeric() || before.is_ascii_digit())
                && next.is_none_or(|next| !next.is_alphanumeric());
            if letter.is_ascii_alphabetic() && alone {
                let start = value.start + offset(at);
                into.push(Element::new(
                    ElementKind::ReasonLetter,
                    Span::new(start, start + 1),
                ));
            }
            before = letter;
        }
    }

    /// A day or a code that says until when.
    fn until(&self, value: Span, into: &mut Vec<Element>) {
        let text = self.draft.slice(value);
        if let Some(day) = whole(text) {
            into.push(Element::new(ElementKind::DeclassifyOn, value).with(Value::Day(day)));
            return;
        }
        let codes = self.draft.lexicon.get("declassification");
        let mut start = 0;
        for word in text.split([' ', ',', ';']) {
            let place = Span::new(
                value.start + offset(start),
                value.start + offset(start + word.len()),
            );
            start += word.len() + 1;
            if word.is_empty() {
                continue;
            }
            if let Some(code) = codes.and_then(|codes| codes.find(word)) {
                into.push(Element::new(ElementKind::DeclassificationCode, place).term(Some(code)));
            } else if let Some(found) = written_date(word, self.day) {
                let day = found.map_or(Value::Impossible, Value::Day);
                into.push(Element::new(ElementKind::DeclassifyOn, place).with(day));
            }
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
