//! L10: fixes: edits made in a text, in rounds until there is none left, and files rewritten whole.

mod replace;
mod settle;

pub use replace::{FixError, can_hold, encoded, replace};
pub use settle::{Fixing, Settled};

use crate::diagnostic::Edit;
use crate::marking::Scheme;
use crate::reading::{Element, ElementKind, Reading};
use std::collections::BTreeSet;

/// The text with some of the edits made, and how many were: one that overlaps an earlier one is left out.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> (String, usize) {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span, edit.replacement.as_str()));
    edits.dedup();
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    let mut made = 0;
    for edit in edits {
        let place = edit.span.range();
        let overlaps = place.start < at;
        let Some(kept) = text.get(at..place.start).filter(|_| !overlaps) else {
            continue;
        };
        if text.get(place.clone()).is_none() {
            continue;
        }
        fixed.push_str(kept);
        fixed.push_str(&edit.replacement);
        at = place.end;
        made += 1;
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    (fixed, made)
}

/// Whether some marking is weaker after a change: the header, or one of the markings in the text.
///
/// A marking is weaker that does not ask for all that the old one asked for. Where a kind of element has
/// fewer markings than before, one is lost; where it has more, each old one must be found again in order.
pub fn weakens(before: &Reading, after: &Reading, scheme: &Scheme) -> bool {
    let header = match (&before.header, &after.header) {
        (Some(old), Some(new)) => !scheme.is_within(old, new),
        (old, None) => old.is_some(),
        (None, Some(_)) => false,
    };
    let kinds: BTreeSet<ElementKind> = before
        .elements
        .iter()
        .filter(|element| element.marking().is_some())
        .map(|element| element.kind)
        // What was meant by a malformed mark stands inside it as a portion.
        .filter(|&kind| kind != ElementKind::MalformedPortion)
        .collect();
    header
        || kinds
            .into_iter()
            .any(|kind| !keeps(kind, before, after, scheme))
}

/// Whether every marking of a kind is found again, in order and not weaker.
fn keeps(kind: ElementKind, before: &Reading, after: &Reading, scheme: &Scheme) -> bool {
    let mut new = after.of(kind).filter_map(Element::marking);
    let mut old = before.of(kind).filter_map(Element::marking);
    old.all(|old| new.any(|new| scheme.is_within(old, new)))
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::diagnostic::Edit;
    use crate::text::Span;

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        let replacement = replacement.to_owned();
        Edit {
            span: Span::new(start, end),
            replacement,
        }
    }

    #[test]
    fn edits_are_made_in_order_and_overlapping_ones_left_out() {
        let edits = [
            edit(8, 11, "C"),
            edit(0, 3, "A"),
            edit(2, 5, "no"),
            edit(4, 4, "+"),
        ];
        assert_eq!(apply("one two three", &edits), ("A +two Cee".to_owned(), 3));
    }

    #[test]
    fn an_edit_beside_the_text_is_left_out() {
        assert_eq!(
            apply("\u{e9}", &[edit(1, 2, "e"), edit(7, 9, "x")]),
            ("\u{e9}".to_owned(), 0)
        );
    }
}
