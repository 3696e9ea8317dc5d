//! Findings below the path of their draft, in columns.

use super::{DraftRecord, Ending, Found, Report, close_text, one_line};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// The report by draft.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grouped;

impl Report for Grouped {
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = found.first() else {
            return Ok(());
        };
        writeln!(out, "{}", one_line(&first.finding.path))?;
        let places: Vec<String> = found.iter().map(place).collect();
        let width = |words: &mut dyn Iterator<Item = usize>| words.max().unwrap_or(0);
        let place_width = width(&mut places.iter().map(String::len));
        let rule_width = width(&mut found.iter().map(|found| found.finding.rule.len()));
        let severity_width = Severity::Warning.word().len();
        for (found, place) in found.iter().zip(&places) {
            let (severity, rule) = (found.finding.severity.word(), &found.finding.rule);
            let message = one_line(&found.finding.message);
            writeln!(
                out,
                "  {place:<place_width$}  {severity:<severity_width$}  {rule:<rule_width$}  {message}"
            )?;
        }
        writeln!(out)
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        close_text(ending, out)
    }
}

fn place(found: &Found) -> String {
    let at = &found.finding.start;
    format!("{}:{}", at.line, at.column)
}
