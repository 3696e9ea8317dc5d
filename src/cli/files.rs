//! `caveat files`: what would be examined and, for the rest, why not.

use super::args::FilesArguments;
use super::exit::{CLEAN, INCOMPLETE, some};
use super::failure::Failure;
use super::scope::Scope;
use super::world::{Streams, Surroundings};
use crate::audit::Task;
use crate::input;
use crate::report::one_line;
use crate::walk::Missed;

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
    let Scope { tasks, missed, .. } =
        Scope::find(selection, judging, configured, None, surroundings)?;
    let mut rows: Vec<(&std::path::Path, String)> = Vec::new();
    let unread: Vec<Missed> = tasks.iter().filter_map(unread).collect();
    for missed in missed.iter().chain(&unread) {
        let refusal = &missed.refusal;
        let why = format!("{} ({})", refusal.cause.word(), refusal.detail);
        rows.push((&missed.path, why));
    }
    for task in &tasks {
        if unread.iter().all(|missed| missed.path != task.path) {
            rows.push((&task.path, "examined".to_owned()));
        }
    }
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
    Ok(if causes.any(input::Cause::is_gap) {
        INCOMPLETE
    } else {
        CLEAN
    })
}

/// Why a draft could not be read, where it cannot.
fn unread(task: &Task) -> Option<Missed> {
    let refusal = task.read().err()?;
    Some(Missed {
        path: task.path.clone(),
        refusal,
    })
}
