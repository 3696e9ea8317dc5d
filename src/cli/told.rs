//! Everything that hears of a run while it goes on: the reports, standard error, the journal.

use crate::audit::{Counter, Stamp};
use crate::config::{FailOn, Project, Remarked, needs_every_part};
use crate::report::journal::{End, MissedEntry, Named, Remark, Writer};
use crate::report::json::NotExamined;
use crate::report::{DraftRecord, Found, Manner, MissedRecord, Outputs, Place};
use crate::walk::Missed;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// A draft as reports show it.
pub(super) struct Page {
    pub(super) record: DraftRecord,
    pub(super) project: Arc<Project>,
    pub(super) log: String,
    /// Its line in the journal, where one is kept.
    pub(super) line: String,
}

/// What a run tells of what it does.
pub(super) struct Told<'r, 'o> {
    pub(super) outputs: &'r mut Outputs<'o>,
    pub(super) err: &'r mut dyn Write,
    pub(super) journal: Option<Noted>,
    /// Whether the run is one part of an audit, which cannot say alone that nothing was met.
    pub(super) part: bool,
}

/// The journal of a run, and what it counts.
pub(super) struct Noted {
    pub(super) writer: Writer,
    /// The paths of this part of the audit, and those of all parts.
    pub(super) census: Arc<(Counter, Counter)>,
}

/// What is said of configurations: which of the run, and what.
pub(super) type Remarks = Vec<(usize, Arc<Project>, Remarked)>;

impl Told<'_, '_> {
    /// A draft with its findings.
    pub(super) fn draft(&mut self, page: &Page) -> io::Result<()> {
        let (record, tally) = (&page.record, &mut self.outputs.tally);
        let taken = record.taken.iter().map(|(found, _)| found);
        let found = || record.findings.iter().chain(taken.clone());
        tally.learn(found(), page.project.rules());
        if let Some(Noted { writer, .. }) = &mut self.journal {
            writer.rules(found(), &tally.rules)?;
            writer.path(&page.line)?;
        }
        self.outputs.draft(record)
    }

    /// A path that was not examined, and what tells whether it changes.
    pub(super) fn missed(
        &mut self,
        missed: &Missed,
        panicked: bool,
        stamp: Option<Stamp>,
    ) -> io::Result<()> {
        let record = MissedRecord {
            missed: NotExamined::new(missed),
            panicked,
        };
        if let Some(Noted { writer, .. }) = &mut self.journal {
            let entry = MissedEntry {
                named: Named::new(&missed.path),
                stamp,
                record: record.clone(),
            };
            writer.path(&entry.line())?;
        }
        self.outputs.missed(&record)
    }

    /// What is found in a configuration file.
    pub(super) fn configuration(
        &mut self,
        (index, project, remarked): &(usize, Arc<Project>, Remarked),
    ) -> io::Result<()> {
        let mut found = remark(project, remarked);
        let tally = &mut self.outputs.tally;
        tally.learn(&found, project.rules());
        if let Some(Noted { writer, .. }) = &mut self.journal {
            writer.rules(&found, &tally.rules)?;
            for found in &found {
                writer.remark(Remark {
                    project: *index,
                    needs_every_part: needs_every_part(&found.finding.rule),
                    found: found.clone(),
                })?;
            }
        }
        found.retain(|found| !(self.part && needs_every_part(&found.finding.rule)));
        self.outputs.configuration(&found)
    }
}

impl Noted {
    /// Ends the journal.
    pub(super) fn end(self, outputs: &Outputs<'_>) -> io::Result<()> {
        let (own, all) = &*self.census;
        self.writer.end(|lines| End {
            lines,
            own: own.census(),
            all: all.census(),
            notice: outputs.tally.quoted.banner(),
        })
    }
}

/// What is found in a configuration file.
fn remark(project: &Project, remarked: &Remarked) -> Vec<Found> {
    let place = Place {
        path: Path::new(remarked.source.name()),
        source: &remarked.source,
        rules: project.rules(),
        redact: false,
    };
    let fail_on = project.last(|layer| layer.content.fail_on.as_ref());
    let fail_on: FailOn = fail_on.map_or_else(FailOn::default, |(_, said)| *said.value());
    let manner = Manner {
        excerpts: Some(super::reports::ON_PAPER),
        ..Manner::default()
    };
    let findings = remarked.findings.iter();
    findings
        .map(|found| Found::new(&place, found, fail_on.fails(found.severity), manner))
        .collect()
}
