//! Workflow commands of GitHub Actions: annotations in the margin of a change.

use super::{DraftRecord, Ending, Found, MissedRecord, Report, close_text, one_line};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// The report as workflow commands.
#[derive(Debug, Clone, Copy, Default)]
pub struct GitHub;

impl Report for GitHub {
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)
    }

    fn missed(&mut self, missed: &MissedRecord, out: &mut dyn Write) -> io::Result<()> {
        let record = &missed.missed;
        if !record.cause.is_gap() {
            return Ok(());
        }
        let message = format!("not examined: {} ({})", record.cause.word(), record.detail);
        writeln!(
            out,
            "::error file={},title={}::{}",
            property(&record.path),
            property("not examined"),
            data(&message)
        )
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        for Found { finding, .. } in found {
            let (start, end) = (&finding.start, &finding.end);
            let mut message = one_line(&finding.message).into_owned();
            if let Some(help) = &finding.help {
                message.push('\n');
                message.push_str(&one_line(help));
            }
            // Columns mean something within one line only.
            let columns = if start.line == end.line {
                format!(",col={},endColumn={}", start.column, end.column)
            } else {
                String::new()
            };
            writeln!(
                out,
                "::{} file={},line={},endLine={}{columns},title={}::{}",
                command(finding.severity),
                property(&finding.path),
                start.line,
                end.line,
                property(&finding.rule),
                data(&message)
            )?;
        }
        Ok(())
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        close_text(ending, out)
    }
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    }
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, where colons and commas mean something too.
fn property(text: &str) -> String {
    data(&one_line(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn no_text_can_end_a_command_or_a_property() {
        assert_eq!(data("100%\r\n::set-x"), "100%25%0D%0A::set-x");
        assert_eq!(property("a,b:c\nd"), "a%2Cb%3Ac d");
    }
}
