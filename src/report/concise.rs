//! One line a finding: `path:line:column: severity pack/name message`.

use super::{DraftRecord, Ending, Found, Report, close_text, one_line};
use std::io::{self, Write};

/// The report in single lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Concise;

impl Report for Concise {
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        let mut found = found.iter();
        found.try_for_each(|found| out.write_all(line(found).as_bytes()))
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        close_text(ending, out)
    }
}

/// A finding on its line.
pub(super) fn line(found: &Found) -> String {
    let finding = &found.finding;
    format!(
        "{}:{}:{}: {} {} {}\n",
        one_line(&finding.path),
        finding.start.line,
        finding.start.column,
        finding.severity.word(),
        finding.rule,
        one_line(&finding.message)
    )
}
