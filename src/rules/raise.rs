//! The banners of a document, raised to what they and the portions demand together.

use crate::diagnostic::Edit;
use crate::marking::{Demand, Marking, RollUp, Scheme, Surface};
use crate::reading::{ElementKind, Reading};

/// What a marking of the whole and the portions demand together.
pub fn demanded_with(whole: &Marking, reading: &Reading, text: &str, scheme: &Scheme) -> Demand {
    let mut state = RollUp::default();
    state.add_all(std::iter::once(whole).chain(reading.marks()), text, scheme);
    state.demand(scheme)
}

/// The edits that raise the banners at top and bottom; a banner that says all of it already has none.
pub fn raised_banners(reading: &Reading, text: &str, scheme: &Scheme) -> Vec<Edit> {
    let banners = [ElementKind::Banner, ElementKind::BottomBanner];
    let banners = banners.into_iter().flat_map(|kind| reading.of(kind));
    let raised = banners.filter_map(|banner| {
        let own = banner.marking()?;
        let demand = demanded_with(own, reading, text, scheme);
        let replacement = demand.render(scheme, Surface::Banner)?;
        let says_it = replacement == own.render(text, scheme, Surface::Banner);
        (!says_it).then_some(Edit {
            span: own.span,
            replacement,
        })
    });
    raised.collect()
}
