//! L5: reads a marked document: its banners, its blocks and their marks, its authority block.
//!
//! Most texts are no marked documents. One look decides that nothing in a text may be a mark; only then
//! are its lines told apart, cut into blocks and weighed. A bracket or a word in capitals alone makes no
//! marked document: it needs a witness.

mod authority;
mod banner;
mod block;
mod blocks;
mod bracket;
mod date;
mod evidence;
mod field;
mod layout;
mod lead;
mod pages;
mod portions;
mod scan;
mod unmarked;

use crate::document::Document;
use crate::marking::{Scheme, Vocabulary};
use crate::reading::{Form, Reading};
use crate::text::Span;
use std::collections::HashMap;

/// Vocabularies by the kind of element whose words they hold.
pub type Lexicon = HashMap<String, Vocabulary>;

/// A draft and what it is read by.
#[derive(Clone, Copy)]
struct Draft<'t> {
    text: &'t str,
    scheme: &'t Scheme,
    lexicon: &'t Lexicon,
}

impl<'t> Draft<'t> {
    fn slice(self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// Reads a document, whose name may tell its markup; `None` where it is no marked one.
pub fn read(
    document: &Document<'_>,
    name: &str,
    scheme: &Scheme,
    lexicon: &Lexicon,
) -> Option<Reading> {
    let text = document.text();
    if !scan::may_be_marked(text, scheme) {
        return None;
    }
    let draft = Draft {
        text,
        scheme,
        lexicon,
    };
    let lines = document.lines();
    let markup = layout::Markup::of(name, text);
    let fields = field::Fields::of(lexicon);
    let layout = layout::layout(draft, lines, markup, fields);
    let mut found = blocks::blocks(text, lines, &layout, fields);
    if layout.banners.is_empty() && found.candidates.is_empty() {
        return None;
    }
    let pages = pages::place(&layout, &found);
    let mut evidence = evidence::weigh(draft, &found, &pages)?;
    found.make_items(|bracket| evidence.is_aside(bracket));
    let mut reading = Reading::empty(Form::Document);
    reading.header = pages.header(draft);
    let elements = &mut reading.elements;
    reading.date = date::of_document(text, lines, fields, elements);
    pages.elements(draft, elements);
    pages::sheets(text, lines, &layout, elements);
    portions::elements(draft, &found, &mut evidence, elements);
    authority::elements(draft, &found, lines, reading.date, elements);
    elements.sort_by_key(|element| (element.span, element.kind));
    Some(reading)
}
