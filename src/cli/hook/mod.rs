//! `caveat hook`: hooks of git, put in, taken out, and run.

mod judged;
mod parcel;
mod run;
mod told;

use super::args::{HookAction, InstallArguments, UninstallArguments};
use super::exit::CLEAN;
use super::failure::Failure;
use super::world::{Streams, Surroundings};
use crate::git::{CHAINED, GitError, Hook, InstallError, Repository};
use crate::report::one_line;
use std::path::Path;

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self::Usage(one_line(&error.to_string()).into_owned())
    }
}

impl From<InstallError> for Failure {
    fn from(error: InstallError) -> Self {
        Self::Usage(one_line(&error.to_string()).into_owned())
    }
}

pub(super) fn hook(
    action: &HookAction,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    match action {
        HookAction::Install(arguments) => install(arguments, streams, around),
        HookAction::Uninstall(arguments) => uninstall(arguments, streams, around),
        HookAction::Run(arguments) => run::run(arguments, streams, around),
    }
}

fn install(
    arguments: &InstallArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let repository = Repository::of(&around.folder)?;
    let hooks = match (arguments.hooks.as_slice(), repository.bare) {
        ([], true) => &[Hook::PreReceive],
        ([], false) => &Hook::USUAL[..],
        (hooks, _) => hooks,
    };
    let program = around.program.as_deref().unwrap_or(Path::new("caveat"));
    for installed in crate::git::install(&repository, hooks, program, arguments.shared)? {
        let path = installed.path.display().to_string();
        write!(streams.out, "installed `{}`", one_line(&path))?;
        if installed.chains {
            let word = installed.hook.word();
            write!(streams.out, ", which first calls `{word}{CHAINED}`")?;
        }
        writeln!(streams.out)?;
    }
    Ok(CLEAN)
}

fn uninstall(
    arguments: &UninstallArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let repository = Repository::of(&around.folder)?;
    let hooks = match arguments.hooks.as_slice() {
        [] => &Hook::ALL[..],
        hooks => hooks,
    };
    let removed = crate::git::uninstall(&repository, hooks)?;
    if removed.is_empty() {
        writeln!(streams.out, "no hook here is caveat's")?;
    }
    for removed in removed {
        let path = removed.path.display().to_string();
        let path = one_line(&path);
        if removed.restored {
            writeln!(streams.out, "restored `{path}`")?;
        } else {
            writeln!(streams.out, "removed `{path}`")?;
        }
    }
    Ok(CLEAN)
}
