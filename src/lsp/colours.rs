//! The colour of each mark, where its scheme gives its level one.

use super::view::View;
use crate::marking::{LevelId, Scheme};
use gen_lsp_types::{Color, ColorInformation};

/// Every mark whose level has a colour.
pub(super) fn colours(view: &View<'_>) -> Vec<ColorInformation> {
    let marks = view.reading().elements.iter().filter_map(|element| {
        let marking = element.marking()?;
        let parts = of_level(view.scheme(), marking.level?.level)?;
        let [red, green, blue] = parts.map(|part| f32::from(part) / 255.0);
        let range = view.range(element.span);
        let color = Color {
            red,
            green,
            blue,
            alpha: 1.0,
        };
        Some(ColorInformation { range, color })
    });
    marks.collect()
}

/// The colour of a level, or that of the one that it counts as or builds on.
pub(super) fn of_level(scheme: &Scheme, id: LevelId) -> Option<[u8; 3]> {
    let level = scheme.level(id);
    let near = level
        .counts_as
        .or(level.base.as_ref().map(|(base, _)| *base));
    let colour = level.color.or_else(|| scheme.level(near?).color);
    colour.map(|colour| colour.0)
}
