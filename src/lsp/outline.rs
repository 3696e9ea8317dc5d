//! The parts of a draft, each within the part that holds it: for the list of symbols and for folding.

use super::hover::is_of_the_whole;
use super::view::View;
use crate::reading::{Element, ElementKind};
use crate::text::Span;
use gen_lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

/// Letters of a paragraph that its line in the list shows.
const SHOWN: usize = 48;

/// Elements before one that may begin at the same place.
const BEFORE: usize = 3;

/// A part of a draft.
#[derive(Debug)]
struct Part {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    /// All of it.
    whole: Span,
    /// Its mark or its first words.
    head: Span,
}

/// The list of symbols.
pub(super) fn symbols(view: &View<'_>) -> Vec<DocumentSymbol> {
    let mut open: Vec<(Span, DocumentSymbol)> = Vec::new();
    let mut list = Vec::new();
    for part in parts(view) {
        while open
            .last()
            .is_some_and(|(whole, _)| !whole.contains(part.whole))
        {
            close(&mut open, &mut list);
        }
        open.push((part.whole, symbol(&part, view)));
    }
    while !open.is_empty() {
        close(&mut open, &mut list);
    }
    list
}

/// Puts the innermost open part into the one around it, or into the list.
fn close(open: &mut Vec<(Span, DocumentSymbol)>, list: &mut Vec<DocumentSymbol>) {
    let Some((_, symbol)) = open.pop() else {
        return;
    };
    match open.last_mut() {
        Some((_, around)) => around.children.get_or_insert_default().push(symbol),
        None => list.push(symbol),
    }
}

#[expect(deprecated, reason = "the field must be given, and is left empty")]
fn symbol(part: &Part, view: &View<'_>) -> DocumentSymbol {
    DocumentSymbol {
        name: part.name.clone(),
        detail: part.detail.clone(),
        kind: part.kind,
        tags: None,
        deprecated: None,
        range: view.range(part.whole),
        selection_range: view.range(part.head),
        children: None,
    }
}

/// What can be folded: every part of more than one line.
pub(super) fn folds(view: &View<'_>) -> Vec<FoldingRange> {
    let parts = parts(view);
    let mut folds: Vec<FoldingRange> = parts
        .iter()
        .map(|part| {
            let range = view.range(part.whole);
            FoldingRange {
                start_line: range.start.line,
                start_character: None,
                end_line: range.end.line,
                end_character: None,
                kind: Some(FoldingRangeKind::Region),
                collapsed_text: None,
            }
        })
        .filter(|fold| fold.start_line < fold.end_line)
        .collect();
    folds.dedup_by_key(|fold| fold.start_line);
    folds
}

/// Every part, those that hold others before them.
fn parts(view: &View<'_>) -> Vec<Part> {
    let elements = &view.reading().elements;
    let mut parts: Vec<Part> = elements
        .iter()
        .enumerate()
        .filter_map(|(index, element)| {
            // What begins where it begins may stand before it.
            let near = elements.get(index.saturating_sub(BEFORE)..);
            part(element, near.unwrap_or_default(), view)
        })
        .collect();
    parts.extend(header(view));
    parts.sort_by_key(|part| (part.whole.start, std::cmp::Reverse(part.whole.end)));
    parts.dedup_by_key(|part| part.whole);
    parts
}

/// An element as a part; `near` are those from shortly before it on.
fn part(element: &Element, near: &[Element], view: &View<'_>) -> Option<Part> {
    let kind = match element.kind {
        ElementKind::Paragraph | ElementKind::UnnumberedParagraph => SymbolKind::String,
        ElementKind::SubParagraph
        | ElementKind::ListItem
        | ElementKind::TableCell
        | ElementKind::Footnote => SymbolKind::Field,
        ElementKind::Caption => SymbolKind::Key,
        ElementKind::OrderLine | ElementKind::Dtg => SymbolKind::Constant,
        ElementKind::TagsLine => SymbolKind::Array,
        ElementKind::Subject
        | ElementKind::Title
        | ElementKind::Reference
        | ElementKind::Authority => SymbolKind::Property,
        ElementKind::SectionLine | ElementKind::Heading | ElementKind::QuotedTelegram => {
            SymbolKind::Namespace
        }
        kind if is_of_the_whole(kind) => SymbolKind::EnumMember,
        _ => return None,
    };
    let within = |other: &&Element| element.span.contains(other.span);
    let first = |wanted: fn(ElementKind) -> bool| {
        let inside = near.iter().skip_while(|other| !within(other));
        let mut inside = inside.take_while(within);
        inside.find(|other| wanted(other.kind))
    };
    let mark = first(|kind| matches!(kind, ElementKind::Portion | ElementKind::SubjectMark));
    let number = first(|kind| kind == ElementKind::ParagraphNumber);
    let line = view.places.line(element.span.start);
    let end = element.span.end.min(line.end.max(element.span.start));
    let words = view.slice(Span::new(element.span.start, end)).trim();
    let shown: String = words.chars().take(SHOWN).collect();
    let [open, close] = &view.scheme().syntax().portion;
    let name = match (number, mark) {
        (Some(number), Some(mark)) => {
            format!(
                "{}. {open}{}{close}",
                view.slice(number.span),
                view.slice(mark.span)
            )
        }
        (Some(number), None) => format!("{}.", view.slice(number.span)),
        (None, Some(mark)) => format!("{open}{}{close}", view.slice(mark.span)),
        (None, None) => shown.clone(),
    };
    if name.trim().is_empty() {
        return None;
    }
    let detail = (name != shown && !shown.is_empty()).then_some(shown);
    let head = mark.map_or(Span::new(element.span.start, end), |mark| mark.span);
    Some(Part {
        name,
        detail,
        kind,
        whole: element.span,
        head,
    })
}

/// The head of a telegram: everything above its text.
fn header(view: &View<'_>) -> Option<Part> {
    let reading = view.reading();
    let line = reading.first(ElementKind::MrnLine)?;
    let text = reading.elements.iter().find(|element| {
        let of_the_text = matches!(
            element.kind,
            ElementKind::TextBlock | ElementKind::Paragraph | ElementKind::UnnumberedParagraph
        );
        of_the_text && element.span.start > line.span.start
    });
    let above = reading
        .elements
        .iter()
        .filter(|element| text.is_none_or(|text| element.span.end <= text.span.start));
    let whole = above.fold(line.span, |whole, element| whole.join(element.span));
    Some(Part {
        name: view.slice(line.span).to_owned(),
        detail: None,
        kind: SymbolKind::Module,
        whole,
        head: line.span,
    })
}
