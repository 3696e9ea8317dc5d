//! A report for people that says at top and bottom how high it is classified by what it quotes.

use super::spool::Spool;
use super::{DraftRecord, Ending, Found, MissedRecord, Report};
use std::io::{self, Write};

/// A report that waits until it is known what it quotes.
#[derive(Debug, Default)]
pub struct Marked<R> {
    report: R,
    waiting: Spool,
}

impl<R: Report> Marked<R> {
    /// The same report with its marking.
    pub fn new(report: R) -> Self {
        Self {
            report,
            waiting: Spool::default(),
        }
    }
}

impl<R: Report> Report for Marked<R> {
    fn open(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        self.report.open(&mut self.waiting)
    }

    fn draft(&mut self, draft: &DraftRecord, _out: &mut dyn Write) -> io::Result<()> {
        self.report.draft(draft, &mut self.waiting)
    }

    fn missed(&mut self, missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        self.report.missed(missed, &mut self.waiting)
    }

    fn configuration(&mut self, found: &[Found], _out: &mut dyn Write) -> io::Result<()> {
        self.report.configuration(found, &mut self.waiting)
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.report.close(ending, &mut self.waiting)?;
        let banner = ending.tally.quoted.banner();
        if let Some(banner) = &banner {
            writeln!(out, "{banner}\n")?;
        }
        self.waiting.pour(out)?;
        if let Some(banner) = banner {
            writeln!(out, "{banner}")?;
        }
        Ok(())
    }
}
