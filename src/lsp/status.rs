//! What an editor shows of a draft as a whole: a request of caveat's own, for a line of status and for colours.

use super::colours::of_level;
use super::standing::standing;
use super::tokens::rank;
use super::view::View;
use gen_lsp_types::Range;
use serde::Serialize;

/// The name of the request; its parameters are those of a request about a document.
pub(super) const STATUS: &str = "caveat/status";

/// The draft as a whole.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    form: &'static str,
    level: Option<String>,
    required: Option<String>,
    required_level: Option<String>,
    differs: bool,
    marks: Vec<Mark>,
}

/// One mark with its level.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Mark {
    range: Range,
    level: String,
    rank: usize,
    color: Option<String>,
}

/// The answer.
pub(super) fn status(view: &View<'_>) -> Status {
    let (reading, scheme) = (view.reading(), view.scheme());
    let header = reading.header.as_ref().and_then(|header| header.level);
    let standing = standing(view);
    let marks = reading.elements.iter().filter_map(|element| {
        let id = element.marking()?.level?.level;
        let color = of_level(scheme, id);
        Some(Mark {
            range: view.range(element.span),
            level: scheme.level(id).name.to_string(),
            rank: rank(scheme, id),
            color: color.map(|[red, green, blue]| format!("#{red:02X}{green:02X}{blue:02X}")),
        })
    });
    Status {
        form: reading.form.word(),
        level: header.map(|used| scheme.level(used.level).name.to_string()),
        required: view.examined.wording().required.clone(),
        required_level: standing.as_ref().map(|own| own.required_level.to_owned()),
        differs: standing.is_some_and(|own| own.differs),
        marks: marks.collect(),
    }
}
