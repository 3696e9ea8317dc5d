//! Applies fixes to a text.

use crate::diagnostic::Edit;
use crate::marking::Scheme;
use crate::reading::Reading;
use std::cmp::Ordering;

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

/// Whether the header's marking is weaker after a change: a lower level, or a control that is gone.
pub fn weakens(before: &Reading, after: &Reading, scheme: &Scheme) -> bool {
    let Some(old) = &before.header else {
        return false;
    };
    let Some(new) = &after.header else {
        return true;
    };
    let lower = match (old.level, new.level) {
        (Some(old), Some(new)) => !matches!(
            scheme.compare(new.level, old.level),
            Some(Ordering::Equal | Ordering::Greater)
        ),
        (Some(_), None) => true,
        (None, _) => false,
    };
    lower || old.controls.iter().any(|used| !new.has(used.control))
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
