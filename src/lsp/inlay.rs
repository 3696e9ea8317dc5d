//! What the portions require, written beside the marking of the whole where the two differ.

use super::standing::standing;
use super::view::{View, touch};
use gen_lsp_types::{InlayHint, Label, Range, Tooltip};

/// The hint within a range: one at most.
pub(super) fn hints(view: &View<'_>, range: Range) -> Vec<InlayHint> {
    let within = view.places.span(range);
    let standing = standing(view);
    let shown = standing.filter(|own| own.differs && touch(own.place, within));
    let hint = shown.map(|own| InlayHint {
        position: view.places.position(own.place.end),
        label: Label::String(format!("portions require {}", own.required)),
        kind: None,
        text_edits: None,
        tooltip: Some(Tooltip::String(format!(
            "{} portions are marked",
            own.portions
        ))),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    hint.into_iter().collect()
}
