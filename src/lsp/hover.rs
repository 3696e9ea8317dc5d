//! What stands under the pointer: a marking part by part, a word with its meaning, a finding with its rule.

use super::described::Page;
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

/// What is known of a place; `None` where that is nothing.
pub(super) fn hover(view: &View<'_>, position: Position) -> Option<Hover> {
    let offset = view.places.offset(position);
    let mut page = Page::new(view.client.markdown);
    let mut place = None;
    for element in view.at(offset) {
        if describe(element, view, &mut page) {
            place = Some(element.span);
            break;
        }
    }
    let here = |found: &&Diagnostic| covers(found.primary, offset);
    for found in view.examined.verdict.diagnostics.iter().filter(here) {
        page.finding(found, view);
        place = place.or(Some(found.primary));
    }
    let range = view.range(place?);
    let kind = if view.client.markdown {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    let value = page.text();
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind, value }),
        range: Some(range),
    })
}

const fn covers(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

/// Describes an element; says whether there was something to say.
fn describe(element: &Element, view: &View<'_>, page: &mut Page) -> bool {
    if let Some(marking) = element.marking() {
        page.marking(marking, view);
        if is_of_the_whole(element.kind) {
            page.required(view);
        }
        return true;
    }
    if let Some(term) = view.term(element) {
        page.term(term, view);
        return true;
    }
    match &element.value {
        Value::Moment(moment) => {
            let day = moment.strftime("%A, %-d %B %Y");
            let clock = moment.strftime("%H:%M");
            page.sentence(format!("{day}, {clock} UTC"));
            true
        }
        Value::Day(day) => {
            page.sentence(day.strftime("%A, %-d %B %Y").to_string());
            true
        }
        Value::Impossible => {
            page.sentence("there is no such day or time".to_owned());
            true
        }
        _ => false,
    }
}

/// Whether a marking stands for the whole draft.
pub(super) const fn is_of_the_whole(kind: ElementKind) -> bool {
    matches!(
        kind,
        ElementKind::Level
            | ElementKind::SectionLevel
            | ElementKind::OpeningLevel
            | ElementKind::ClosingLevel
            | ElementKind::RepeatedLevel
            | ElementKind::Banner
            | ElementKind::BottomBanner
            | ElementKind::PageBanner
    )
}
