//! Labels of administrative lines.

use super::Reader;
use super::lexicon::Kind;
use super::words::Words;
use crate::marking::TermId;
use crate::pack::text::PackText;
use crate::reading::Rendering;

/// Most bytes before the colon of a label.
const LONGEST: usize = 24;

/// Most bytes before the number on the line of the order.
const ORDER_NUMBER: usize = 9;

/// Which administrative line a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Order,
    Tags,
    Subject,
    Reference,
    Field,
    Authority,
}

/// A label at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) which: Which,
    pub(super) term: TermId,
    /// Bytes of the label itself.
    pub(super) len: usize,
    /// Where its value begins.
    pub(super) value: usize,
    /// Whether it is written as it should be.
    pub(super) regular: bool,
}

/// The label that a line begins with.
pub(super) fn label(text: &str, labels: &Words) -> Option<Label> {
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let head = bytes.get(..LONGEST.min(bytes.len())).unwrap_or_default();
    let digit = head.iter().take(ORDER_NUMBER).position(u8::is_ascii_digit);
    if let Some(digit) = digit
        && let Some(found) = named(text, digit, digit, labels)
        && found.which == Which::Order
    {
        let rest = text
            .get(digit..)?
            .trim_start_matches(|letter: char| letter.is_ascii_digit());
        let regular = is_written(text.get(..digit)?.strip_suffix(' '), found.term, labels);
        return Some(Label {
            regular: regular && rest.starts_with(": "),
            ..found
        });
    }
    if let Some(colon) = head.iter().position(|byte| matches!(byte, b':' | b';')) {
        return named(text, colon, colon + 1, labels);
    }
    bare(text, labels)
}

/// A label that nothing but a blank, a comma or a full stop ends.
fn bare(text: &str, labels: &Words) -> Option<Label> {
    let first = text.split([' ', ',', '-']).next()?;
    let found = named(text, first.len(), first.len() + 1, labels)?;
    let rest = text.get(first.len()..)?;
    let fits = match found.which {
        Which::Order => first.contains('.'),
        Which::Tags => rest.split([' ', ',']).all(|word| word.len() < 7),
        Which::Reference => first.ends_with('.'),
        _ => false,
    };
    fits.then_some(Label {
        regular: false,
        ..found
    })
}

fn named(text: &str, len: usize, value: usize, labels: &Words) -> Option<Label> {
    let written = text.get(..len)?;
    let term = labels.word(written)?;
    let group = labels.term(term)?.groups.first()?;
    let which = match group.as_str() {
        "order" => Which::Order,
        "tags" => Which::Tags,
        "subject" => Which::Subject,
        "reference" => Which::Reference,
        "field" => Which::Field,
        _ => Which::Authority,
    };
    let ends_well = text.get(len..)?.starts_with(':');
    let regular = ends_well && which != Which::Order && is_written(Some(written), term, labels);
    Some(Label {
        which,
        term,
        len,
        value,
        regular,
    })
}

/// Whether a label is written as its vocabulary writes it, and is no misspelling.
fn is_written(written: Option<&str>, term: TermId, labels: &Words) -> bool {
    let entry = labels.term(term);
    entry.is_some_and(|entry| {
        let is_word = |word: &PackText| Some(word.as_str()) == written;
        !entry.is_in("misspelt")
            && (is_word(&entry.word) || entry.is_in("free") && entry.also.iter().any(is_word))
    })
}

impl Reader<'_> {
    /// The label of an administrative line; those of the authority are none, and fields only among fields.
    pub(super) fn label(&self, text: &str) -> Option<Label> {
        let found = label(text, self.words_of(Kind::Label))?;
        let fields = self.reading.rendering == Some(Rendering::Fields);
        let fits = match found.which {
            Which::Authority => false,
            Which::Field => fields,
            _ => true,
        };
        fits.then_some(found)
    }

    /// Any label.
    pub(super) fn any_label(&self, text: &str) -> Option<Label> {
        label(text, self.words_of(Kind::Label))
    }
}
