//! A line above the marking of the whole: what its portions come to.

use super::standing::standing;
use super::view::View;
use gen_lsp_types::{CodeLens, Command};

/// The line, where the portions come to something.
pub(super) fn lenses(view: &View<'_>) -> Vec<CodeLens> {
    let lens = standing(view).map(|own| {
        let verdict = if own.differs {
            "the portions require"
        } else {
            "as the portions require:"
        };
        let title = format!("{verdict} {} ({} marked)", own.required, own.portions);
        // It says something and does nothing.
        let command = Command {
            title,
            tooltip: None,
            command: String::new(),
            arguments: None,
        };
        CodeLens {
            range: view.range(own.place),
            command: Some(command),
            data: None,
        }
    });
    lens.into_iter().collect()
}
