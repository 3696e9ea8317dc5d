//! One run over many drafts: work on all threads, every report in order, one exit code.

use super::exit::{Leave, ending, some};
use super::failure::{Failure, bug};
use super::progress::Progress;
use super::told::{Page, Remarks, Told};
use crate::audit::{Examined, Panicked, Stamp, Task, examine, in_order};
use crate::config::Project;
use crate::input::{Cause, Refusal};
use crate::report::journal::{DraftEntry, Entry, Named};
use crate::report::json::NotExamined;
use crate::report::{DraftRecord, Manner, Outputs, Terminal, one_line};
use crate::walk::Missed;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// A path that was asked for.
pub(super) enum Asked {
    /// It is to be examined.
    Draft(Box<Task>),
    /// An earlier run examined it, and this line stands in the journal.
    Before(Box<Task>, String),
    /// It is left out.
    Missed(Missed),
}

impl Asked {
    pub(super) fn draft(task: Task) -> Self {
        Self::Draft(Box::new(task))
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Draft(task) | Self::Before(task, _) => &task.path,
            Self::Missed(missed) => &missed.path,
        }
    }
}

/// Drafts and paths that are left out one after the other, by path, and how many there are.
pub(super) fn asked(
    tasks: Vec<Task>,
    missed: Vec<Missed>,
) -> (impl Iterator<Item = Asked> + Send, usize) {
    let tasks = tasks.into_iter().map(Asked::draft);
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

/// What became of a path.
struct Outcome {
    told: Result<Page, Missed>,
    /// What tells whether it changes.
    stamp: Option<Stamp>,
}

/// A run while it goes on.
struct Run<'t, 'r, 'o> {
    told: &'t mut Told<'r, 'o>,
    progress: Progress,
    verbose: bool,
    /// An output is gone.
    broken: Option<io::Error>,
}

impl Job {
    /// Does it with so many paths; `remarks` says after the drafts what is to be said of the configuration.
    pub(super) fn run(
        &self,
        asked: (impl Iterator<Item = Asked> + Send, usize),
        outputs: &mut Outputs<'_>,
        err: &mut dyn Write,
        remarks: impl FnOnce() -> Remarks,
    ) -> Result<u8, Failure> {
        let told = Told {
            outputs,
            err,
            journal: None,
            part: false,
        };
        self.run_and_note(asked, told, remarks)
    }

    /// The same, with a journal where there is one.
    pub(super) fn run_and_note(
        &self,
        (asked, all): (impl Iterator<Item = Asked> + Send, usize),
        mut told: Told<'_, '_>,
        remarks: impl FnOnce() -> Remarks,
    ) -> Result<u8, Failure> {
        let broken = self.examine(asked, all, &mut told)?;
        if let Some(error) = broken {
            return self.broken(told.outputs, error);
        }
        for remarked in remarks() {
            if let Err(error) = told.configuration(&remarked) {
                return self.broken(told.outputs, error);
            }
        }
        if let Some(noted) = told.journal.take() {
            noted.end(told.outputs)?;
        }
        self.close(told.outputs)
    }

    /// Examines what was asked for and tells every report of it; gives the error that broke it off.
    fn examine(
        &self,
        asked: impl Iterator<Item = Asked> + Send,
        all: usize,
        told: &mut Told<'_, '_>,
    ) -> Result<Option<io::Error>, Failure> {
        let noted = told.journal.is_some();
        let mut run = Run {
            told,
            progress: Progress::new(all, self.progress),
            verbose: self.verbose,
            broken: None,
        };
        let work = |asked: &Asked| match asked {
            Asked::Draft(task) => self.outcome(task, noted),
            Asked::Before(task, line) => {
                let kept = self.kept(task, line);
                kept.unwrap_or_else(|| self.outcome(task, noted))
            }
            Asked::Missed(missed) => Outcome {
                told: Err(missed.clone()),
                stamp: None,
            },
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

    /// Examines a draft; `noted` where there is a journal.
    fn outcome(&self, task: &Task, noted: bool) -> Outcome {
        // Before it is read: a change that comes between shows.
        let stamp = noted.then(|| Stamp::of(&task.path, SystemTime::now()));
        let stamp = stamp.flatten();
        let told = examine(task).map(|draft| {
            let record = DraftRecord::new(&draft, self.manner);
            let mut page = self.page(record, &task.project);
            if self.verbose {
                page.log = log(&draft, &page.record);
            }
            if noted {
                let entry = DraftEntry {
                    named: Named::new(&task.path),
                    stamp,
                    silenced: draft.silenced,
                    record: page.record,
                };
                page.line = entry.line();
                page.record = entry.record;
            }
            page
        });
        Outcome { told, stamp }
    }

    /// What the journal has of a draft; none where the draft is another one by now.
    fn kept(&self, task: &Task, line: &str) -> Option<Outcome> {
        let stamp = Stamp::of(&task.path, SystemTime::now());
        let told = match serde_json::from_str(line).ok()? {
            Entry::Draft(entry) if stamp.is_some() && entry.stamp == stamp => {
                entry.silenced.count_again(&task.project, &task.place);
                let mut page = self.page(entry.record, &task.project);
                if self.verbose {
                    page.log = format!("{}: as in the journal\n", named(&task.path));
                }
                line.clone_into(&mut page.line);
                Ok(page)
            }
            // Whether it can be read now depends on more than the file.
            Entry::Missed(entry)
                if stamp.is_some()
                    && entry.stamp == stamp
                    && entry.record.missed.cause != Cause::Unreadable =>
            {
                let NotExamined { cause, detail, .. } = entry.record.missed;
                Err(Missed {
                    path: task.path.clone(),
                    refusal: Refusal::new(cause, detail),
                })
            }
            _ => return None,
        };
        Some(Outcome { told, stamp })
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

    /// What is left to say when an output is gone.
    pub(super) fn broken(&self, outputs: &Outputs<'_>, error: io::Error) -> Result<u8, Failure> {
        if error.kind() == io::ErrorKind::BrokenPipe {
            let code = ending(&outputs.tally.summary, self.leave).code;
            return Err(Failure::Closed(code));
        }
        Err(error.into())
    }

    /// A draft as the reports show it.
    fn page(&self, mut record: DraftRecord, project: &Arc<Project>) -> Page {
        if let Some(terminal) = &self.terminal {
            terminal.draw(&mut record);
        }
        Page {
            record,
            project: Arc::clone(project),
            log: String::new(),
            line: String::new(),
        }
    }
}

impl Run<'_, '_, '_> {
    fn take_up(&mut self, path: &Path, fate: Result<Outcome, Panicked>) -> ControlFlow<()> {
        let (told, progress) = (&mut self.told, &self.progress);
        let ended = match fate {
            Ok(Outcome { told: Ok(page), .. }) => {
                self.log(&page.log);
                let (told, progress) = (&mut self.told, &self.progress);
                progress.aside(|| told.draft(&page))
            }
            Ok(Outcome {
                told: Err(missed),
                stamp,
            }) => {
                if missed.refusal.cause.is_gap() {
                    self.log(&format!(
                        "{}: {} ({})\n",
                        named(&missed.path),
                        missed.refusal.cause.word(),
                        missed.refusal.detail
                    ));
                }
                let (told, progress) = (&mut self.told, &self.progress);
                progress.aside(|| told.missed(&missed, false, stamp))
            }
            // A bug ends one draft: it counts as not read, and the exit code tells.
            Err(panicked) => progress.aside(|| {
                let bug = bug(&panicked);
                // Where standard error is gone, the report still counts.
                drop(writeln!(told.err, "error: {}: {bug}", named(path)));
                let missed = Missed {
                    path: path.to_owned(),
                    refusal: Refusal::new(Cause::Unreadable, bug),
                };
                told.missed(&missed, true, None)
            }),
        };
        self.broken = ended.err();
        if self.broken.is_some() {
            return ControlFlow::Break(());
        }
        self.progress.advance(1);
        ControlFlow::Continue(())
    }

    fn log(&mut self, line: &str) {
        if self.verbose {
            let err = &mut self.told.err;
            // Where standard error is gone, the report still counts.
            drop(self.progress.aside(|| err.write_all(line.as_bytes())));
        }
    }
}

/// What is said on standard error of a draft.
fn log(draft: &Examined, record: &DraftRecord) -> String {
    format!(
        "{}: {}, {}, {}\n",
        named(&draft.path),
        draft.verdict.reading.form.word(),
        draft.source.encoding().word(),
        some(record.findings.len(), "finding", "findings")
    )
}

/// A path on one line, without anything that steers the terminal.
fn named(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
