//! `caveat check`: many drafts, one report, one exit code.

use super::args::{CheckArguments, Output};
use super::exit::{Leave, ending};
use super::failure::{Failure, bug};
use super::progress::Progress;
use super::select::{Selected, select};
use super::world::{Streams, Surroundings};
use crate::audit::{Bytes, Examined, Fate, Panicked, Task, examine, in_order};
use crate::config::{Colour, OutputFormat, Project, Settings};
use crate::engine::Options;
use crate::input::{Cause, Refusal};
use crate::report::{Concise, Json, Place, Printer, Report, Summary, Terminal};
use crate::rules::RuleSet;
use crate::text::Encoding;
use crate::walk::{Missed, Walked, walk};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// A draft as the report shows it, and what it adds to the counts.
struct Page {
    findings: Vec<String>,
    document: Option<String>,
    counts: Summary,
}

/// Everything a run writes into: the report, the counts, the list of what was missed.
struct Run<'r> {
    printer: Printer<'r>,
    progress: Progress,
    summary: Summary,
    missed: Vec<Missed>,
    bugs: Vec<Panicked>,
    quiet: bool,
    /// The output is gone.
    broken: Option<io::Error>,
}

pub(super) fn check(
    arguments: &CheckArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let selected = select(&arguments.selection, streams)?;
    let rules = RuleSet::shipped().map_err(Failure::Broken)?;
    let project = Arc::new(Project::bare(Arc::new(rules)));
    let settings = Arc::new(settings(arguments));
    let judge: crate::walk::Judge = Arc::new(|_: &Path, _| None);
    let Walked { files, missed } = walk(&selected.roots, false, &judge);
    let task = |path, held| Task {
        path,
        held,
        project: Arc::clone(&project),
        settings: Arc::clone(&settings),
    };
    let mut tasks: Vec<Task> = files.into_iter().map(|path| task(path, None)).collect();
    let Selected { held, .. } = selected;
    tasks.extend(held.map(|(name, bytes)| task(name, Some(Bytes::new(bytes)))));
    tasks.sort_by(|left, right| left.path.cmp(&right.path));

    let format = arguments.output.format(around)?;
    let report = report(format, &arguments.output, around);
    let progress = around.err_is_terminal && !arguments.output.no_progress;
    let leave = Leave {
        empty: arguments.selection.allow_empty,
        excluded: false,
    };
    let job = Job {
        tasks: &tasks,
        missed,
        report: report.as_ref(),
        leave,
        progress,
    };
    to_its_place(&arguments.output, streams, |out, err| {
        job.run(&arguments.output, out, err)
    })
}

fn settings(arguments: &CheckArguments) -> Settings {
    let (judging, output) = (&arguments.judging, &arguments.output);
    Settings {
        options: Options {
            as_of: judging.as_of,
            form: judging.form.map(|word| word.0),
            scheme: judging.scheme.clone(),
            ..Options::default()
        },
        encoding: arguments.selection.encoding.and_then(|word| word.0),
        fail_on: output.fail_on.map(|word| word.0).unwrap_or_default(),
        redact: output.redact,
        pedantic: judging.pedantic,
        ..Settings::default()
    }
}

/// The report in its form.
fn report(format: OutputFormat, output: &Output, around: &Surroundings) -> Box<dyn Report> {
    let colour = output.color.map_or(Colour::Auto, |word| word.0);
    match format {
        OutputFormat::Full => {
            let look = around.look(colour, output.file.is_some());
            Box::new(Terminal::new(look))
        }
        OutputFormat::Concise => Box::new(Concise),
        OutputFormat::Json => Box::new(Json),
    }
}

/// Runs with the stream that the report goes to: standard output, a file that is replaced whole, or nowhere.
fn to_its_place(
    output: &Output,
    streams: &mut Streams<'_>,
    run: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let Some(path) = &output.file else {
        return if output.silent {
            run(&mut io::sink(), streams.err)
        } else {
            run(streams.out, streams.err)
        };
    };
    let unwritable = |error: &io::Error| {
        let said = crate::input::said(error);
        Failure::Usage(format!("`{}` cannot be written: {said}", path.display()))
    };
    // A pipe or a device cannot be replaced: it is written to.
    if path.exists() && !path.is_file() {
        let mut file = std::fs::File::create(path).map_err(|error| unwritable(&error))?;
        return run(&mut file, streams.err);
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut draft = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that the user makes; the mask of the process takes off what it takes off.
        draft.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = draft
        .prefix(".caveat-report-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| unwritable(&error))?;
    let mut buffered = io::BufWriter::new(file);
    let code = run(&mut buffered, streams.err)?;
    let file = buffered
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    file.persist(path)
        .map_err(|error| unwritable(&error.error))?;
    Ok(code)
}

/// What is to be done, in plain terms.
struct Job<'j> {
    tasks: &'j [Task],
    missed: Vec<Missed>,
    report: &'j dyn Report,
    leave: Leave,
    progress: bool,
}

impl Job<'_> {
    fn run(self, output: &Output, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, Failure> {
        let threads = output.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, usize::from),
            usize::from,
        );
        let mut run = Run {
            printer: Printer::new(self.report, out)?,
            progress: Progress::new(self.tasks.len(), self.progress),
            summary: Summary::default(),
            missed: self.missed,
            bugs: Vec::new(),
            quiet: output.quiet,
            broken: None,
        };
        let work = |task: &Task| examine(task).map(|draft| page(self.report, &draft));
        let mut at = self.tasks.iter();
        in_order(self.tasks, threads, work, |fate| {
            if let Some(fate) = fate {
                let task = at.next();
                task.map_or(ControlFlow::Continue(()), |task| run.take_up(task, fate))
            } else {
                run.progress.advance(0);
                ControlFlow::Continue(())
            }
        })
        .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
        run.end(self.leave, output.statistics, err)
    }
}

impl Run<'_> {
    fn take_up(&mut self, task: &Task, fate: Fate<Result<Page, Missed>>) -> ControlFlow<()> {
        match fate {
            Ok(Ok(page)) => {
                self.summary.add(&page.counts);
                let printer = &mut self.printer;
                let written = self
                    .progress
                    .aside(|| printer.page(&page.findings, page.document));
                if let Err(error) = written {
                    self.broken = Some(error);
                    return ControlFlow::Break(());
                }
            }
            Ok(Err(missed)) => self.missed.push(missed),
            Err(panicked) => {
                self.summary.panics += 1;
                self.missed.push(Missed {
                    path: task.path.clone(),
                    refusal: Refusal::new(Cause::Unreadable, bug(&panicked)),
                });
                self.bugs.push(panicked);
            }
        }
        self.progress.advance(1);
        ControlFlow::Continue(())
    }

    fn end(mut self, leave: Leave, statistics: bool, err: &mut dyn Write) -> Result<u8, Failure> {
        drop(self.progress);
        self.missed
            .sort_by(|left, right| left.path.cmp(&right.path));
        for missed in &self.missed {
            *self.summary.missed.entry(missed.refusal.cause).or_default() += 1;
        }
        for panicked in &self.bugs {
            drop(writeln!(err, "error: {}", bug(panicked)));
        }
        let mut ending = ending(&self.summary, &self.missed, leave);
        if self.quiet {
            ending.sentences.clear();
        }
        let code = ending.code;
        let closed = if let Some(error) = self.broken {
            Err(error)
        } else {
            let sentences = &ending.sentences;
            self.printer
                .close(&self.summary, &self.missed, sentences, statistics)
        };
        match closed {
            Ok(()) => Ok(code),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Closed(code)),
            Err(error) => Err(error.into()),
        }
    }
}

/// The findings of one draft as the report writes them, with what they add to the counts.
fn page(report: &dyn Report, draft: &Examined) -> Page {
    let place = Place {
        path: &draft.path,
        source: &draft.source,
        rules: draft.project.rules(),
        redact: draft.settings.redact,
    };
    let found = &draft.verdict.diagnostics;
    let guessed =
        draft.settings.encoding.is_none() && draft.source.encoding() == Encoding::Windows1252;
    let mut counts = Summary {
        examined: 1,
        suppressed: draft.suppressed,
        guessed: usize::from(guessed),
        ..Summary::default()
    };
    for found in found {
        counts.count(found, draft.settings.fail_on.fails(found.severity));
    }
    Page {
        findings: found
            .iter()
            .map(|found| report.finding(&place, found))
            .collect(),
        document: report.document(draft),
        counts,
    }
}

impl Output {
    /// The form of the report: flag, then environment, then full.
    fn format(&self, around: &Surroundings) -> Result<OutputFormat, Failure> {
        use clap::ValueEnum as _;
        match (&self.format, &around.output_format) {
            (Some(word), _) => Ok(word.0),
            (None, Some(word)) => super::args::FormatWord::from_str(word, false)
                .map(|word| word.0)
                .map_err(|_| {
                    Failure::Usage(format!(
                        "CAVEAT_OUTPUT_FORMAT is `{word}`, none of full, concise, json"
                    ))
                }),
            (None, None) => Ok(OutputFormat::default()),
        }
    }
}
