//! `caveat baseline`: write down the findings that are there, and keep that file true.

use super::args::{BaselineAction, BaselineArguments};
use super::exit::{BUG, CLEAN, INCOMPLETE, causes, some};
use super::failure::Failure;
use super::scope::Scope;
use super::typed::Typed;
use super::world::{Streams, Surroundings};
use crate::audit::{examine, in_order};
use crate::baseline::{BaselineFile, Entry, FILE_NAME, relative};
use crate::ceiling;
use crate::diagnostic::Severity;
use crate::fingerprint::Fingerprint;
use crate::input::said;
use crate::walk::Missed;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Counts by path, rule and fingerprint.
type Counts = BTreeMap<(String, String, Fingerprint), usize>;

/// What a run over the drafts found.
#[derive(Default)]
struct Found {
    /// Everything but spills.
    there: Counts,
    /// What may enter.
    counts: Counts,
    /// Drafts that were examined, from the folder of the baseline.
    examined: BTreeSet<String>,
    /// Errors that were left out, and spills, which never enter.
    errors: usize,
    spills: usize,
    /// Findings of rules that a policy holds, which never enter either.
    held: usize,
    missed: Vec<Missed>,
    panics: usize,
}

pub(super) fn baseline(
    arguments: &BaselineArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let BaselineArguments {
        selection,
        judging,
        configured,
        ..
    } = arguments;
    if arguments.action == BaselineAction::Write && selection.since.is_some() {
        let message = "a baseline is written of everything: `update` and `prune` take `--since`";
        return Err(Failure::Usage(message.to_owned()));
    }
    let typed = Typed::new(selection, judging, None).without_baseline();
    let scope = Scope::of(selection, typed, configured, (&mut *streams, around))?;
    let path = scope.project.baseline_path();
    let path = path.unwrap_or_else(|| around.folder.join(FILE_NAME));
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    let old = read(&path, arguments.action)?;
    let folders = scope.folders.clone();
    let found = find(scope, &base, arguments.include_errors)?;
    let new = match arguments.action {
        BaselineAction::Write => found.counts.clone(),
        action => {
            // Of drafts that the run did not come by nothing is known.
            let walked = |path: &str| {
                let place = base.join(path);
                found.examined.contains(path)
                    || !place.exists() && folders.iter().any(|folder| place.starts_with(folder))
            };
            merged(&old, &found, action, walked)
        }
    };
    write(&path, &new)?;
    tell(&path, (&old, &new), &found, streams)?;
    let gap = found
        .missed
        .iter()
        .any(|missed| missed.refusal.cause.is_gap());
    Ok(if found.panics > 0 {
        BUG
    } else if gap {
        INCOMPLETE
    } else {
        CLEAN
    })
}

/// The counts of the file as it is; none where it is to be written anew.
fn read(path: &Path, action: BaselineAction) -> Result<Counts, Failure> {
    let told = |what: &str| Failure::Usage(format!("`{}` {what}", path.display()));
    let text = match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| told("is no UTF-8"))?,
        Err(error) if error.kind() == ErrorKind::NotFound && action != BaselineAction::Prune => {
            return Ok(Counts::new());
        }
        Err(error) => return Err(told(&format!("cannot be read: {}", said(&error)))),
    };
    let file = match BaselineFile::read(&text) {
        Ok(file) => file,
        Err(_) if action == BaselineAction::Write => return Ok(Counts::new()),
        Err((message, _)) => return Err(told(&format!("is no baseline: {message}"))),
    };
    let mut counts = Counts::new();
    for entry in file.findings {
        *counts
            .entry((entry.path, entry.rule, entry.fingerprint))
            .or_default() += entry.count;
    }
    Ok(counts)
}

/// Examines the drafts and counts what is found.
fn find(scope: Scope, base: &Path, include_errors: bool) -> Result<Found, Failure> {
    let (tasks, missed) = scope.sorted_out();
    let mut found = Found {
        missed,
        ..Found::default()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    in_order(tasks.into_iter(), threads, examine, |fate| {
        let Some((task, fate)) = fate else {
            return ControlFlow::Continue(());
        };
        match fate {
            Ok(Ok(draft)) => {
                let Some(path) = relative(&task.place, base) else {
                    return ControlFlow::Continue(());
                };
                for one in draft.verdict.diagnostics {
                    if *one.rule == *ceiling::ID {
                        found.spills += 1;
                        continue;
                    }
                    if task.project.is_held(&one.rule) {
                        found.held += 1;
                        continue;
                    }
                    let key = (path.clone(), one.rule.to_string(), one.fingerprint);
                    *found.there.entry(key.clone()).or_default() += 1;
                    if one.severity == Severity::Error && !include_errors {
                        found.errors += 1;
                    } else {
                        *found.counts.entry(key).or_default() += 1;
                    }
                }
                found.examined.insert(path);
            }
            Ok(Err(missed)) => found.missed.push(missed),
            Err(_) => found.panics += 1,
        }
        ControlFlow::Continue(())
    })
    .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
    Ok(found)
}

/// The old counts with what the run knows better.
fn merged(
    old: &Counts,
    found: &Found,
    action: BaselineAction,
    walked: impl Fn(&str) -> bool,
) -> Counts {
    let mut new = Counts::new();
    for (key, &count) in old {
        let there = found.there.get(key).copied().unwrap_or_default();
        let kept = if walked(&key.0) {
            count.min(there)
        } else {
            count
        };
        new.insert(key.clone(), kept);
    }
    if action == BaselineAction::Update {
        for (key, &count) in &found.counts {
            let entry = new.entry(key.clone()).or_default();
            *entry = count.max(*entry);
        }
    }
    new.retain(|_, count| *count > 0);
    new
}

fn write(path: &Path, counts: &Counts) -> Result<(), Failure> {
    let entries = counts
        .iter()
        .map(|((path, rule, fingerprint), &count)| Entry {
            path: path.clone(),
            rule: rule.clone(),
            fingerprint: *fingerprint,
            count,
        });
    let text = BaselineFile::new(entries.collect()).text();
    let unwritable = |error: std::io::Error| {
        Failure::Usage(format!(
            "`{}` cannot be written: {}",
            path.display(),
            said(&error)
        ))
    };
    let folder = path
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that the user makes: the mask of the process takes off what it takes off.
        file.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = file
        .prefix(".caveat-baseline-")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    file.write_all(text.as_bytes()).map_err(unwritable)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}

/// Says what the file holds now and what changed in it.
fn tell(
    path: &Path,
    (old, new): (&Counts, &Counts),
    found: &Found,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let sum = |counts: &Counts| counts.values().sum::<usize>();
    let more = |over: &Counts, under: &Counts| -> usize {
        let over = over.iter();
        over.map(|(key, &count)| count.saturating_sub(under.get(key).copied().unwrap_or_default()))
            .sum()
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let knows = some(sum(new), "finding", "findings");
    let (added, gone) = (more(new, old), more(old, new));
    writeln!(
        streams.out,
        "`{name}` knows {knows}: {added} added, {gone} taken out"
    )?;
    if found.errors > 0 {
        let errors = some(found.errors, "error", "errors");
        writeln!(
            streams.out,
            "  {errors} left out; --include-errors lets them in"
        )?;
    }
    if found.spills > 0 {
        let spills = some(found.spills, "draft", "drafts");
        writeln!(
            streams.out,
            "  {spills} above the ceiling: that never enters"
        )?;
    }
    if found.held > 0 {
        let held = some(found.held, "finding", "findings");
        writeln!(
            streams.out,
            "  {held} of rules that a policy holds: they never enter"
        )?;
    }
    for sentence in causes(&found.missed) {
        writeln!(streams.out, "{sentence}")?;
    }
    Ok(())
}
