//! All reports of a run: each hears of every path, and what they have in common is counted once.

use super::{DraftRecord, Ending, Found, MissedRecord, Quoted, Report, RuleRecord, Summary};
use crate::rules::RuleSet;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What is counted and gathered for the end of every report.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// The counts.
    pub summary: Summary,
    /// Every rule that found something, by id.
    pub rules: BTreeMap<String, RuleRecord>,
    /// Whether some report shows the page of a rule.
    with_pages: bool,
    /// How high the drafts are classified that are quoted.
    pub quoted: Quoted,
}

impl Tally {
    /// Gathers what is to be said of the rules that found something.
    pub fn learn<'f>(&mut self, found: impl IntoIterator<Item = &'f Found>, rules: &RuleSet) {
        for found in found {
            let rule = &found.finding.rule;
            if !self.rules.contains_key(rule) {
                self.rules
                    .insert(rule.clone(), RuleRecord::of(rule, rules, self.with_pages));
            }
        }
    }

    fn count(&mut self, found: &[Found]) {
        for Found { finding, fails, .. } in found {
            self.summary.count(&finding.rule, finding.severity, *fails);
            if let Some(rule) = self.rules.get_mut(&finding.rule) {
                rule.confidence = rule.confidence.min(finding.confidence);
            }
        }
    }
}

/// A report and where it goes.
struct Output<'o> {
    report: Box<dyn Report + 'o>,
    out: Box<dyn Write + 'o>,
    /// Its reader is gone.
    closed: bool,
}

/// All reports of a run.
#[derive(Default)]
pub struct Outputs<'o> {
    outputs: Vec<Output<'o>>,
    /// What is counted so far.
    pub tally: Tally,
}

impl<'o> Outputs<'o> {
    /// Adds a report, and opens it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(
        &mut self,
        report: Box<dyn Report + 'o>,
        out: Box<dyn Write + 'o>,
    ) -> io::Result<()> {
        self.tally.with_pages |= report.shows_pages();
        let mut output = Output {
            report,
            out,
            closed: false,
        };
        output.tell(|report, out| report.open(out))?;
        self.outputs.push(output);
        Ok(())
    }

    /// From now on the pages of rules are gathered, whether a report shows them or not.
    pub const fn with_pages(&mut self) {
        self.tally.with_pages = true;
    }

    /// A draft with its findings.
    ///
    /// # Errors
    /// A report cannot be written. A reader that is gone is an error only where no other is left.
    pub fn draft(&mut self, draft: &DraftRecord) -> io::Result<()> {
        let summary = &mut self.tally.summary;
        summary.examined += 1;
        summary.suppressed += draft.suppressed;
        summary.known += draft.known;
        summary.guessed += usize::from(draft.guessed);
        let level = draft.document.level.clone();
        let (drafts, findings) = summary.levels.entry(level).or_default();
        *drafts += 1;
        *findings += draft.findings.len();
        self.tally.count(&draft.findings);
        self.tally.quoted.join(&draft.quoted);
        self.tell(|report, out| report.draft(draft, out))
    }

    /// A path that was not examined.
    ///
    /// # Errors
    /// See [`Outputs::draft`].
    pub fn missed(&mut self, missed: &MissedRecord) -> io::Result<()> {
        let record = &missed.missed;
        let summary = &mut self.tally.summary;
        summary.miss(&record.path, record.cause, &record.detail);
        summary.panics += usize::from(missed.panicked);
        self.tell(|report, out| report.missed(missed, out))
    }

    /// What is found in a configuration file.
    ///
    /// # Errors
    /// See [`Outputs::draft`].
    pub fn configuration(&mut self, found: &[Found]) -> io::Result<()> {
        self.tally.count(found);
        self.tell(|report, out| report.configuration(found, out))
    }

    /// The end; `ended` says from the counts how the run ended.
    ///
    /// # Errors
    /// See [`Outputs::draft`].
    pub fn close(
        &mut self,
        sentences: &[String],
        statistics: bool,
        (code, complete): (u8, bool),
    ) -> io::Result<()> {
        let tally = std::mem::take(&mut self.tally);
        let ending = Ending {
            tally: &tally,
            sentences,
            statistics,
            complete,
            code,
        };
        let closed = self.tell(|report, out| {
            report.close(&ending, out)?;
            out.flush()
        });
        self.tally = tally;
        closed
    }

    fn tell(
        &mut self,
        mut say: impl FnMut(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for output in &mut self.outputs {
            output.tell(&mut say)?;
        }
        if !self.outputs.is_empty() && self.outputs.iter().all(|output| output.closed) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(())
    }
}

impl Output<'_> {
    fn tell(
        &mut self,
        say: impl FnOnce(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        match say(self.report.as_mut(), self.out.as_mut()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other,
        }
    }
}

impl std::fmt::Debug for Outputs<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Outputs")
            .field("outputs", &self.outputs.len())
            .finish_non_exhaustive()
    }
}
