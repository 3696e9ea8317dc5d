//! The JSON report in lines: each is written as soon as its draft is examined, and nothing is kept.

use super::json::{Counts, Document, Finding, NotExamined};
use super::{DraftRecord, Ending, Found, MissedRecord, Report};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// One line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Line<'l> {
    /// Version of this format: 1.
    version: u32,
    #[serde(flatten)]
    says: Says<'l>,
}

/// What a line says.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Says<'l> {
    /// A draft was examined; its findings follow.
    Document(&'l Document),
    /// A finding.
    Diagnostic(&'l Finding),
    /// A path was not examined.
    NotExamined(&'l NotExamined),
    /// Counts: the last line, without which the report is cut off.
    Summary(Counts),
}

/// The report for programs that read while it is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct JsonLines;

impl Report for JsonLines {
    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        line(Says::Document(&draft.document), out)?;
        self.configuration(&draft.findings, out)
    }

    fn missed(&mut self, missed: &MissedRecord, out: &mut dyn Write) -> io::Result<()> {
        line(Says::NotExamined(&missed.missed), out)
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        let mut found = found.iter();
        found.try_for_each(|found| line(Says::Diagnostic(&found.finding), out))
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        line(Says::Summary(Counts::new(ending)), out)
    }
}

fn line(says: Says<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = Line { version: 1, says };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}
