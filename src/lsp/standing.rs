//! What the whole is marked with beside what its portions require.

use super::described::portions;
use super::view::View;
use crate::marking::{Demand, RollUp, Surface};
use crate::reading::{Element, ElementKind, Form};
use crate::text::Span;

/// The marking of the whole, compared.
#[derive(Debug)]
pub(super) struct Standing<'v> {
    /// Where it stands first.
    pub(super) place: Span,
    /// What the portions require, as the draft would write it.
    pub(super) required: &'v str,
    /// The level that they require.
    pub(super) required_level: &'v str,
    /// Whether the two are not the same.
    pub(super) differs: bool,
    /// How many portions are marked.
    pub(super) portions: usize,
}

/// The marking of the whole and what is required of it; `None` where one of them is not known.
pub(super) fn standing<'v>(view: &View<'v>) -> Option<Standing<'v>> {
    let required = view.examined.wording().required.as_deref()?;
    let (reading, scheme) = (view.reading(), view.scheme());
    let header = reading.header.as_ref()?;
    let level = header.level?.level;
    let marked = portions(view);
    let mut state = RollUp::default();
    for (_, portion) in &marked {
        state.add(portion, view.text(), scheme);
    }
    let Demand {
        level: demanded,
        controls,
        ..
    } = state.demand(scheme);
    let demanded = demanded?;
    let differs = if reading.form == Form::Document {
        header.render(view.text(), scheme, Surface::Banner) != required
    } else {
        // A telegram states controls of the whole alone, such as who may see it.
        demanded != level || controls.iter().any(|&control| !header.has(control))
    };
    Some(Standing {
        place: first(view)?.span,
        required,
        required_level: &scheme.level(demanded).name,
        differs,
        portions: marked.len(),
    })
}

/// The first place of the marking of the whole.
fn first<'v>(view: &View<'v>) -> Option<&'v Element> {
    let reading = view.reading();
    reading
        .first(ElementKind::Banner)
        .or_else(|| reading.first(ElementKind::Level))
}
