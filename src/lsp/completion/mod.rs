//! What may be written at a place: within a mark, and on the lines of a telegram.

mod lines;
mod marks;
mod values;

use super::view::View;
use crate::text::Span;
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, Position, TextEdit,
};

/// Signs after which an editor asks of itself.
pub(super) const TRIGGERS: [&str; 5] = ["(", "/", ",", " ", ":"];

/// Something that may be written.
struct Offer {
    /// As the list shows it.
    label: String,
    /// What it means.
    title: String,
    /// Where that is said.
    authority: String,
    /// What is written.
    text: String,
}

/// A place that is written at.
struct Cursor<'v> {
    /// The line before the place.
    head: &'v str,
    /// The line behind it.
    tail: &'v str,
    /// The line.
    line: Span,
    /// The place.
    offset: u32,
}

impl Cursor<'_> {
    /// The bytes of so many letters before the place.
    fn back(&self, bytes: usize) -> Span {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        Span::new(self.offset.saturating_sub(bytes), self.offset)
    }
}

/// What may be written at a place, the likeliest first.
pub(super) fn completions(view: &View<'_>, position: Position) -> Vec<CompletionItem> {
    let offset = view.places.offset(position);
    let line = view.places.line(offset);
    let cursor = Cursor {
        head: view.slice(Span::new(line.start, offset)),
        tail: view.slice(Span::new(offset, line.end)),
        line,
        offset,
    };
    let offered = values::values(view, &cursor)
        .or_else(|| marks::marks(view, &cursor))
        .or_else(|| lines::lines(view, &cursor));
    let Some((span, offers)) = offered else {
        return Vec::new();
    };
    let range = view.range(span);
    let items = offers.into_iter().enumerate().map(|(index, offer)| {
        let edit = TextEdit {
            range,
            new_text: offer.text,
        };
        let authority = Some(offer.authority).filter(|own| !own.is_empty());
        CompletionItem {
            filter_text: Some(edit.new_text.clone()),
            label: offer.label,
            kind: Some(CompletionItemKind::Constant),
            detail: Some(offer.title).filter(|own| !own.is_empty()),
            documentation: authority.map(Documentation::String),
            sort_text: Some(format!("{index:05}")),
            text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
            ..CompletionItem::default()
        }
    });
    items.collect()
}

/// Whether a word may still become another one.
fn begins(word: &str, typed: &str) -> bool {
    let head = word.get(..typed.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(typed))
}
