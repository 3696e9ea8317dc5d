//! `caveat fix`: make the fixes of drafts, or show them as a diff.

use super::args::FixArguments;
use super::exit::{CLEAN, FINDINGS, INCOMPLETE, some};
use super::failure::Failure;
use super::scope::Scope;
use super::world::{Streams, Surroundings};
use crate::audit::{Fate, Panicked, Task, in_order, judge};
use crate::fix::{FixError, Fixing, Settled, can_hold, encoded, replace};
use crate::input::{self, Cause, Refusal};
use crate::report::one_line;
use crate::text::Source;
use crate::walk::Missed;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// What became of one draft.
struct Fixed {
    settled: Settled,
    /// The file as it lies there, and as it would be.
    original: Vec<u8>,
    result: Result<Vec<u8>, FixError>,
    diff: Option<String>,
}

/// What is counted over a run.
#[derive(Default)]
struct Counts {
    examined: usize,
    /// Drafts that were changed, or would be.
    changed: usize,
    /// Fixes made, or shown.
    made: usize,
    refused: usize,
    unwritable: usize,
    /// Drafts left as they are though there was something to fix.
    left: Vec<(String, String)>,
    missed: Vec<Missed>,
    panics: usize,
}

pub(super) fn fix(
    arguments: &FixArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let FixArguments {
        selection,
        judging,
        configured,
        ..
    } = arguments;
    let scope = Scope::find(
        selection,
        judging,
        configured,
        None,
        (&mut *streams, around),
    )?;
    let leave = scope_leave(&scope.project);
    let (tasks, missed) = scope.sorted_out();
    let mut counts = Counts {
        missed,
        ..Counts::default()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut broken = None;
    in_order(
        tasks.into_iter(),
        threads,
        |task| attempt(task, arguments),
        |fate| {
            let Some((task, fate)) = fate else {
                return ControlFlow::Continue(());
            };
            match take_up(&task, fate, arguments, &mut counts, streams) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    broken = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    )
    .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
    if let Some(error) = broken {
        return Err(error.into());
    }
    counts.tell(arguments.diff, streams.err)?;
    Ok(counts.code(arguments.diff, leave))
}

/// Whether nothing to examine is as good as clean.
fn scope_leave(project: &crate::config::Project) -> bool {
    let found = project.last(|layer| layer.content.allow_empty.as_ref());
    found.is_some_and(|(_, said)| *said.value())
}

/// Reads a draft and works out its fixes; nothing is written.
fn attempt(task: &Task, arguments: &FixArguments) -> Result<Fixed, Refusal> {
    let name = task.path.to_string_lossy().into_owned();
    let manner = task.settings.manner();
    let original = match &task.held {
        Some(bytes) => bytes.take(),
        None => input::bytes(&task.path, manner.largest)?,
    };
    let source = input::from_bytes(original.clone(), name, manner)?;
    let judge = |text: &str| {
        let source = Source::from_text(source.name(), text);
        judge(source, &task.place, &task.project, &unredacted(task)).verdict
    };
    let scheme = task.settings.options.scheme.as_deref();
    let rules = task.project.rules();
    let scheme = scheme.and_then(|name| rules.scheme_named(name));
    let encoding = source.encoding();
    let fixing = Fixing {
        judge: &judge,
        scheme: scheme.unwrap_or(rules.scheme()),
        with_unsafe: arguments.with_unsafe,
        can_hold: &|text| can_hold(encoding, text),
    };
    let settled = fixing.settle(source.text());
    let result = if settled.made == 0 {
        Ok(original.clone())
    } else {
        encoded(&source, &original, &settled.text)
    };
    let wants_diff = arguments.diff && settled.made > 0;
    Ok(Fixed {
        diff: wants_diff.then(|| diff(&task.path, source.text(), &settled.text)),
        settled,
        original,
        result,
    })
}

/// The settings of a draft by which its findings keep their fixes.
fn unredacted(task: &Task) -> Arc<crate::config::Settings> {
    if !task.settings.redact {
        return Arc::clone(&task.settings);
    }
    Arc::new(crate::config::Settings {
        redact: false,
        ..(*task.settings).clone()
    })
}

/// The change as a unified diff.
fn diff(path: &Path, old: &str, new: &str) -> String {
    let name = path.to_string_lossy();
    let name = one_line(&name);
    let changes = similar::TextDiff::from_lines(old, new);
    let mut unified = changes.unified_diff();
    unified
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// Writes what is to be written of a draft, and counts it.
fn take_up(
    task: &Task,
    fate: Fate<Result<Fixed, Refusal>>,
    arguments: &FixArguments,
    counts: &mut Counts,
    streams: &mut Streams<'_>,
) -> std::io::Result<()> {
    let fixed = match fate {
        Ok(Ok(fixed)) => fixed,
        Ok(Err(refusal)) => {
            counts.missed.push(Missed {
                path: task.path.clone(),
                refusal,
            });
            return Ok(());
        }
        Err(panicked) => return counts.panicked(&task.path, &panicked, streams.err),
    };
    counts.examined += 1;
    counts.refused += fixed.settled.refused;
    counts.unwritable += fixed.settled.unwritable;
    let from_pipe = task.held.is_some();
    if let Some(diff) = &fixed.diff {
        streams.out.write_all(diff.as_bytes())?;
    } else if from_pipe && !arguments.diff {
        let bytes = fixed.result.as_ref().unwrap_or(&fixed.original);
        streams.out.write_all(bytes)?;
    }
    if fixed.settled.made == 0 {
        return Ok(());
    }
    let written = match fixed.result {
        Ok(new) if !arguments.diff && !from_pipe => replace(&task.path, &fixed.original, &new),
        result => result.map(drop),
    };
    match written {
        Ok(()) => {
            counts.changed += 1;
            counts.made += fixed.settled.made;
        }
        Err(error) => {
            let name = task.path.to_string_lossy();
            counts
                .left
                .push((one_line(&name).into_owned(), error.to_string()));
        }
    }
    Ok(())
}

impl Counts {
    fn panicked(
        &mut self,
        path: &Path,
        panicked: &Panicked,
        err: &mut dyn Write,
    ) -> std::io::Result<()> {
        let bug = super::failure::bug(panicked);
        writeln!(err, "error: {}: {bug}", one_line(&path.to_string_lossy()))?;
        self.panics += 1;
        self.missed.push(Missed {
            path: path.to_owned(),
            refusal: Refusal::new(Cause::Unreadable, bug),
        });
        Ok(())
    }

    /// The closing lines.
    fn tell(&self, diff: bool, err: &mut dyn Write) -> std::io::Result<()> {
        let all = self.examined + self.missed.len();
        let verb = if diff { "to make" } else { "made" };
        writeln!(
            err,
            "{} of {all} examined, {} {verb} in {}",
            self.examined,
            some(self.made, "fix", "fixes"),
            some(self.changed, "draft", "drafts")
        )?;
        for (name, why) in &self.left {
            writeln!(err, "  left as it is: {name} ({why})")?;
        }
        if self.refused > 0 {
            let fixes = some(self.refused, "fix", "fixes");
            writeln!(
                err,
                "  {fixes} not made: a marking would be weaker, or nothing mended"
            )?;
        }
        if self.unwritable > 0 {
            let fixes = some(self.unwritable, "fix", "fixes");
            writeln!(
                err,
                "  {fixes} not made: the encoding of the draft lacks a sign"
            )?;
        }
        for sentence in super::exit::causes(&self.missed) {
            writeln!(err, "{sentence}")?;
        }
        Ok(())
    }

    fn code(&self, diff: bool, allow_empty: bool) -> u8 {
        let gap = self
            .missed
            .iter()
            .any(|missed| missed.refusal.cause.is_gap());
        if self.panics > 0 {
            super::exit::BUG
        } else if gap || !self.left.is_empty() || self.examined == 0 && !allow_empty {
            INCOMPLETE
        } else if diff && self.changed > 0 {
            FINDINGS
        } else {
            CLEAN
        }
    }
}
