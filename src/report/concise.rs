//! One line a finding: `path:line:column: severity pack/name message`.

use super::{Ending, Place, Report, closing_text, one_line};
use crate::diagnostic::Diagnostic;

/// The report in single lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Concise;

impl Report for Concise {
    fn finding(&self, place: &Place<'_>, found: &Diagnostic) -> String {
        let at = place.line_column(found.primary.start);
        format!(
            "{}:{}:{}: {} {} {}\n",
            one_line(&place.path.to_string_lossy()),
            at.line,
            at.column,
            found.severity.word(),
            found.rule,
            one_line(&found.message)
        )
    }

    fn closing(&self, ending: &Ending<'_>) -> String {
        closing_text(ending)
    }
}
