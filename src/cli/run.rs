//! One run over many drafts: work on all threads, every report in order, one exit code.

use super::exit::{Leave, ending, some};
use super::failure::{Failure, bug};
use super::progress::Progress;
use crate::audit::{Examined, Panicked, Task, examine, in_order};
use crate::config::{FailOn, Project, Remarked};
use crate::input::{Cause, Refusal};
use crate::report::json::NotExamined;
use crate::report::{DraftRecord, Found, Manner, MissedRecord, Outputs, Place, Terminal, one_line};
use crate::walk::Missed;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// A path that was asked for.
pub(super) enum Asked {
    /// It is to be examined.
    Draft(Box<Task>),
    /// It is left out.
    Missed(Missed),
}

impl Asked {
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Draft(task) => &task.path,
            Self::Missed(missed) => &missed.path,
        }
    }
}

/// Drafts and paths that are left out one after the other, by path, and how many there are.
pub(super) fn asked(
    tasks: Vec<Task>,
    missed: Vec<Missed>,
) -> (impl Iterator<Item = Asked> + Send, usize) {
    let tasks = tasks.into_iter().map(|task| Asked::Draft(Box::new(task)));
    let mut asked: Vec<Asked> = tasks.chain(missed.into_iter().map(Asked::Missed)).collect();
    asked.sort_by(|left, right| left.path().cmp(right.path()));
    let all = asked.len();
    (asked.into_iter(), all)
}

/// How it is to be done, in plain terms.
pub(super) struct Job {
    pub(super) threads: usize,
    pub(super) leave: Leave,
    /// Whether a bar may be drawn.
    pub(super) progress: bool,
    /// Whether findings are counted by rule.
    pub(super) statistics: bool,
    /// Whether the closing sentences are left out.
    pub(super) quiet: bool,
    /// Whether each draft is named on standard error.
    pub(super) verbose: bool,
    /// What the reports want to know of each finding.
    pub(super) manner: Manner,
    /// Who draws findings for people while they are examined.
    pub(super) terminal: Option<Arc<Terminal>>,
}

/// A draft as reports show it.
struct Page {
    record: DraftRecord,
    project: Arc<Project>,
    log: String,
}

/// Everything a run writes into.
struct Run<'r, 'o> {
    outputs: &'r mut Outputs<'o>,
    err: &'r mut dyn Write,
    progress: Progress,
    verbose: bool,
    /// An output is gone.
    broken: Option<io::Error>,
}

impl Job {
    /// Does it with so many paths; `remarks` says after the drafts what is to be said of the configuration.
    pub(super) fn run(
        &self,
        (asked, all): (impl Iterator<Item = Asked> + Send, usize),
        outputs: &mut Outputs<'_>,
        err: &mut dyn Write,
        remarks: impl FnOnce() -> Vec<(Arc<Project>, Remarked)>,
    ) -> Result<u8, Failure> {
        let broken = self.examine(asked, all, outputs, err)?;
        if let Some(error) = broken {
            return self.broken(outputs, error);
        }
        for (project, remarked) in remarks() {
            let found = remark(&project, &remarked);
            outputs.tally.learn(&found, project.rules());
            if let Err(error) = outputs.configuration(&found) {
                return self.broken(outputs, error);
            }
        }
        self.close(outputs)
    }

    /// Examines what was asked for and tells every report of it; gives the error that broke it off.
    pub(super) fn examine(
        &self,
        asked: impl Iterator<Item = Asked> + Send,
        all: usize,
        outputs: &mut Outputs<'_>,
        err: &mut dyn Write,
    ) -> Result<Option<io::Error>, Failure> {
        let mut run = Run {
            outputs,
            err,
            progress: Progress::new(all, self.progress),
            verbose: self.verbose,
            broken: None,
        };
        let work = |asked: &Asked| match asked {
            Asked::Draft(task) => examine(task).map(|draft| self.page(&draft)),
            Asked::Missed(missed) => Err(missed.clone()),
        };
        in_order(asked, self.threads, work, |result| {
            if let Some((asked, fate)) = result {
                return run.take_up(asked.path(), fate);
            }
            run.progress.advance(0);
            ControlFlow::Continue(())
        })
        .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
        Ok(run.broken)
    }

    /// The end of every report, and the exit code.
    pub(super) fn close(&self, outputs: &mut Outputs<'_>) -> Result<u8, Failure> {
        let mut ending = ending(&outputs.tally.summary, self.leave);
        if self.quiet {
            ending.sentences.clear();
        }
        let ended = (ending.code, ending.complete);
        match outputs.close(&ending.sentences, self.statistics, ended) {
            Ok(()) => Ok(ending.code),
            Err(error) => self.broken(outputs, error),
        }
    }

    fn broken(&self, outputs: &Outputs<'_>, error: io::Error) -> Result<u8, Failure> {
        if error.kind() == io::ErrorKind::BrokenPipe {
            let code = ending(&outputs.tally.summary, self.leave).code;
            return Err(Failure::Closed(code));
        }
        Err(error.into())
    }

    /// A draft as the reports show it.
    fn page(&self, draft: &Examined) -> Page {
        let mut record = DraftRecord::new(draft, self.manner);
        if let Some(terminal) = &self.terminal {
            terminal.draw(&mut record);
        }
        let log = if self.verbose {
            format!(
                "{}: {}, {}, {}\n",
                named(&draft.path),
                draft.verdict.reading.form.word(),
                draft.source.encoding().word(),
                some(record.findings.len(), "finding", "findings")
            )
        } else {
            String::new()
        };
        Page {
            record,
            project: Arc::clone(&draft.project),
            log,
        }
    }
}

impl Run<'_, '_> {
    fn take_up(
        &mut self,
        path: &Path,
        fate: Result<Result<Page, Missed>, Panicked>,
    ) -> ControlFlow<()> {
        match fate {
            Ok(Ok(page)) => {
                self.log(&page.log);
                let tally = &mut self.outputs.tally;
                tally.learn(&page.record.findings, page.project.rules());
                let (outputs, progress) = (&mut self.outputs, &self.progress);
                self.broken = progress.aside(|| outputs.draft(&page.record)).err();
            }
            Ok(Err(missed)) => {
                if missed.refusal.cause.is_gap() {
                    self.log(&format!(
                        "{}: {} ({})\n",
                        named(&missed.path),
                        missed.refusal.cause.word(),
                        missed.refusal.detail
                    ));
                }
                self.missed(&missed, false);
            }
            Err(panicked) => self.panicked(path, &panicked),
        }
        if self.broken.is_some() {
            return ControlFlow::Break(());
        }
        self.progress.advance(1);
        ControlFlow::Continue(())
    }

    fn missed(&mut self, missed: &Missed, panicked: bool) {
        let missed = NotExamined::new(missed);
        let record = MissedRecord { missed, panicked };
        let (outputs, progress) = (&mut self.outputs, &self.progress);
        self.broken = progress.aside(|| outputs.missed(&record)).err();
    }

    fn log(&mut self, line: &str) {
        if self.verbose {
            let err = &mut self.err;
            // Where standard error is gone, the report still counts.
            drop(self.progress.aside(|| err.write_all(line.as_bytes())));
        }
    }

    /// A bug ends one draft: it counts as not read, and the exit code tells.
    fn panicked(&mut self, path: &Path, panicked: &Panicked) {
        let (err, bug) = (&mut self.err, bug(panicked));
        let told = || writeln!(err, "error: {}: {bug}", named(path));
        drop(self.progress.aside(told));
        let missed = Missed {
            path: path.to_owned(),
            refusal: Refusal::new(Cause::Unreadable, bug),
        };
        self.missed(&missed, true);
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
    };
    let findings = remarked.findings.iter();
    findings
        .map(|found| Found::new(&place, found, fail_on.fails(found.severity), manner))
        .collect()
}

/// A path on one line, without anything that steers the terminal.
fn named(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
