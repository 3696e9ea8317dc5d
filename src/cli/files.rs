//! `caveat files`: what would be examined and, for the rest, why not.

use super::args::FilesArguments;
use super::exit::{CLEAN, INCOMPLETE, some};
use super::failure::{Failure, bug};
use super::scope::Scope;
use super::world::{Streams, Surroundings};
use crate::audit::{Task, in_order};
use crate::input::{Cause, Refusal};
use crate::report::one_line;
use crate::walk::Missed;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

pub(super) fn files(
    arguments: &FilesArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let FilesArguments {
        selection,
        judging,
        configured,
    } = arguments;
    let surroundings = (&mut *streams, around);
    let scope = Scope::find(selection, judging, configured, None, surroundings)?;
    let (tasks, missed) = scope.sorted_out();
    let mut rows: Vec<(&Path, String)> = Vec::new();
    let unread = unread(&tasks)?;
    for missed in missed.iter().chain(&unread) {
        let refusal = &missed.refusal;
        let why = format!("{} ({})", refusal.cause.word(), refusal.detail);
        rows.push((&missed.path, why));
    }
    let refused: BTreeSet<&Path> = unread.iter().map(|missed| &*missed.path).collect();
    let read = tasks.iter().map(|task| &*task.path);
    let read = read.filter(|path| !refused.contains(path));
    rows.extend(read.map(|path| (path, "examined".to_owned())));
    rows.sort();
    for (path, why) in &rows {
        let path = path.to_string_lossy();
        writeln!(streams.out, "{:<48} {why}", one_line(&path))?;
    }
    let examined = tasks.len() - unread.len();
    let all = some(rows.len(), "path", "paths");
    writeln!(streams.out, "{examined} of {all} would be examined")?;
    let mut causes = missed
        .iter()
        .chain(&unread)
        .map(|missed| missed.refusal.cause);
    Ok(if causes.any(Cause::is_gap) {
        INCOMPLETE
    } else {
        CLEAN
    })
}

/// Drafts that cannot be read, and why.
fn unread(tasks: &[Task]) -> Result<Vec<Missed>, Failure> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut missed = Vec::new();
    let refused = |task: &&Task| task.read().err();
    in_order(tasks.iter(), threads, refused, |result| {
        if let Some((task, fate)) = result {
            let bug = |panicked| Some(Refusal::new(Cause::Unreadable, bug(&panicked)));
            let refusal = fate.unwrap_or_else(bug);
            missed.extend(refusal.map(|refusal| Missed {
                path: task.path.clone(),
                refusal,
            }));
        }
        ControlFlow::Continue(())
    })
    .map_err(|error| Failure::Usage(format!("threads could not be started: {error}")))?;
    Ok(missed)
}
