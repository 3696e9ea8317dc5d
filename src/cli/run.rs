//! One run over many drafts: work on all threads, one report in order, one exit code.

use super::exit::{Leave, ending, some};
use super::failure::{Failure, bug};
use super::progress::Progress;
use super::quoted::Quoted;
use crate::audit::{Examined, Fate, Panicked, Task, examine, in_order};
use crate::config::{FailOn, Project, Remarked};
use crate::input::{Cause, Refusal};
use crate::report::{Place, Printer, Report, Summary, one_line};
use crate::text::Encoding;
use crate::walk::Missed;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// What is to be done, in plain terms.
pub(super) struct Job<'j> {
    pub(super) tasks: &'j [Task],
    pub(super) missed: Vec<Missed>,
    pub(super) report: &'j dyn Report,
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
    /// Whether the report says how high it is classified by what it quotes.
    pub(super) marked: bool,
}

/// A draft as the report shows it, and what it adds to the counts.
struct Page {
    findings: Vec<String>,
    document: Option<String>,
    counts: Summary,
    quoted: Quoted,
    log: String,
}

/// Everything a run writes into.
struct Run<'r> {
    printer: Printer<'r>,
    err: &'r mut dyn Write,
    progress: Progress,
    summary: Summary,
    missed: Vec<Missed>,
    quoted: Quoted,
    /// Findings that wait until it is known how high they are classified.
    waiting: Option<Vec<String>>,
    verbose: bool,
    /// The output is gone.
    broken: Option<io::Error>,
}

impl Job<'_> {
    /// Does it; `remarks` says after the drafts what is to be said of the configuration.
    pub(super) fn run(
        self,
        out: &mut dyn Write,
        err: &mut dyn Write,
        remarks: impl FnOnce() -> Vec<(Arc<Project>, Remarked)>,
    ) -> Result<u8, Failure> {
        let mut run = Run {
            printer: Printer::new(self.report, out)?,
            err,
            progress: Progress::new(self.tasks.len(), self.progress),
            summary: Summary::default(),
            missed: self.missed,
            quoted: Quoted::default(),
            waiting: self.marked.then(Vec::new),
            verbose: self.verbose,
            broken: None,
        };
        let report = self.report;
        let work = |task: &Task| examine(task).map(|draft| page(report, &draft));
        let mut tasks = self.tasks.iter();
        in_order(self.tasks, self.threads, work, |fate| {
            if let Some((task, fate)) = fate.and_then(|fate| Some((tasks.next()?, fate))) {
                return run.take_up(task, fate);
            }
            run.progress.advance(0);
            ControlFlow::Continue(())
        })
        .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
        if run.broken.is_none() {
            for (project, remarked) in remarks() {
                run.remark(report, &project, &remarked);
            }
        }
        run.end(self.leave, self.statistics, self.quiet)
    }
}

impl Run<'_> {
    fn take_up(&mut self, task: &Task, fate: Fate<Result<Page, Missed>>) -> ControlFlow<()> {
        match fate {
            Ok(Ok(page)) => {
                self.summary.add(&page.counts);
                self.quoted.join(&page.quoted);
                self.log(&page.log);
                self.write(page.findings, page.document);
            }
            Ok(Err(missed)) => {
                self.log(&format!(
                    "{}: {} ({})\n",
                    named(&missed.path),
                    missed.refusal.cause.word(),
                    missed.refusal.detail
                ));
                self.missed.push(missed);
            }
            Err(panicked) => self.panicked(&task.path, &panicked),
        }
        if self.broken.is_some() {
            return ControlFlow::Break(());
        }
        self.progress.advance(1);
        ControlFlow::Continue(())
    }

    fn write(&mut self, findings: Vec<String>, document: Option<String>) {
        let findings = match &mut self.waiting {
            Some(waiting) => {
                waiting.extend(findings);
                Vec::new()
            }
            None => findings,
        };
        let (printer, progress) = (&mut self.printer, &self.progress);
        let written = progress.aside(|| printer.page(&findings, document));
        self.broken = written.err();
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
        self.summary.panics += 1;
        self.missed.push(Missed {
            path: path.to_owned(),
            refusal: Refusal::new(Cause::Unreadable, bug),
        });
    }

    fn remark(&mut self, report: &dyn Report, project: &Project, remarked: &Remarked) {
        let place = Place {
            path: Path::new(remarked.source.name()),
            source: &remarked.source,
            rules: project.rules(),
            redact: false,
        };
        let fail_on = project.last(|layer| layer.content.fail_on.as_ref());
        let fail_on: FailOn = fail_on.map_or_else(FailOn::default, |(_, said)| *said.value());
        let findings = remarked.findings.iter().map(|found| {
            self.summary.count(found, fail_on.fails(found.severity));
            report.finding(&place, found)
        });
        let findings = findings.collect();
        self.write(findings, None);
    }

    fn end(mut self, leave: Leave, statistics: bool, quiet: bool) -> Result<u8, Failure> {
        drop(self.progress);
        self.missed
            .sort_by(|left, right| left.path.cmp(&right.path));
        for missed in &self.missed {
            let cause = missed.refusal.cause;
            *self.summary.missed.entry(cause).or_default() += 1;
        }
        let mut ending = ending(&self.summary, &self.missed, leave);
        let code = ending.code;
        if quiet {
            ending.sentences.clear();
        }
        let written = match (self.broken.take(), self.waiting.take()) {
            (Some(error), _) => Err(error),
            (None, None) => Ok(()),
            (None, Some(mut waiting)) => {
                if let Some(banner) = self.quoted.banner() {
                    waiting.insert(0, format!("{banner}\n\n"));
                    ending.sentences.push(banner);
                }
                self.printer.page(&waiting, None)
            }
        };
        let written = written.and_then(|()| {
            let sentences = &ending.sentences;
            self.printer
                .close(&self.summary, &self.missed, sentences, statistics)
        });
        match written {
            Ok(()) => Ok(code),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Closed(code)),
            Err(error) => Err(error.into()),
        }
    }
}

/// A path on one line, without anything that steers the terminal.
fn named(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}

/// The findings of one draft as the report writes them, with what they add to the counts.
fn page(report: &dyn Report, draft: &Examined) -> Page {
    let (source, settings) = (&draft.source, &draft.settings);
    let place = Place {
        path: &draft.path,
        source,
        rules: draft.project.rules(),
        redact: settings.redact,
    };
    let encoding = source.encoding();
    let guessed = settings.encoding.is_none() && encoding == Encoding::Windows1252;
    let mut counts = Summary {
        examined: 1,
        suppressed: draft.suppressed,
        guessed: usize::from(guessed),
        ..Summary::default()
    };
    let findings = draft.verdict.diagnostics.iter().map(|found| {
        counts.count(found, settings.fails(found));
        report.finding(&place, found)
    });
    let findings: Vec<String> = findings.collect();
    Page {
        quoted: Quoted::of(draft),
        log: format!(
            "{}: {}, {}, {}\n",
            named(&draft.path),
            draft.verdict.reading.form.word(),
            encoding.word(),
            some(findings.len(), "finding", "findings")
        ),
        document: report.document(draft),
        findings,
        counts,
    }
}
