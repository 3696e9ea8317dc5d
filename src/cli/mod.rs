//! L15: the command line. Here and nowhere else the arguments are read and the streams written.

mod args;
mod audit;
mod baseline;
mod check;
mod config;
mod exit;
mod explain;
mod failure;
mod files;
mod fix;
mod hook;
mod init;
mod journal;
mod lsp;
mod marking;
mod merge;
mod packs;
mod place;
mod progress;
mod reports;
mod resolving;
mod roll_up;
mod rules;
mod run;
mod schema;
mod scope;
mod select;
mod shell;
mod since;
mod survey;
mod told;
mod typed;
mod version;
mod world;

#[cfg(test)]
mod bugs;

pub use exit::{BUG, CLEAN, FINDINGS, INCOMPLETE, USAGE};
pub use world::{Streams, Surroundings};

use crate::audit::Panicked;
use args::{Arguments, Command};
use clap::error::ErrorKind;
use failure::Failure;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the program on its arguments, the program's own name first; gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> u8 {
    let words: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::typed(&words) {
        Err(error) if error.kind() == ErrorKind::DisplayVersion && asks_all(&words) => {
            return failure::of_help(&version::long(), streams);
        }
        Ok(arguments) => arguments,
        Err(error) => return failure::of_arguments(&error, streams),
    };
    let answered = || -> Result<u8, Failure> {
        let code = answer(arguments.command, streams, around)?;
        streams.out.flush()?;
        Ok(code)
    };
    let ended = catch_unwind(AssertUnwindSafe(answered));
    match ended {
        Ok(Ok(code)) => code,
        Ok(Err(failure)) => failure.tell(streams, around),
        Err(_) => failure::of_bug(&Panicked::here(), streams),
    }
}

/// Whether the version is asked for at length.
fn asks_all(words: &[OsString]) -> bool {
    words.iter().any(|word| word == "--version")
}

fn answer(
    command: Command,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    match command {
        Command::Check(arguments) => check::check(&arguments, streams, around),
        Command::Fix(arguments) => fix::fix(&arguments, streams, around),
        Command::Audit(arguments) => audit::audit(&arguments, streams, around),
        Command::Merge(arguments) => merge::merge(&arguments, streams, around),
        Command::Baseline(arguments) => baseline::baseline(&arguments, streams, around),
        Command::Explain(arguments) => explain::explain(&arguments, streams, around),
        Command::Marking(arguments) => marking::marking(&arguments, streams, around),
        Command::RollUp(arguments) => roll_up::roll_up(&arguments, streams, around),
        Command::Config(arguments) => config::config(&arguments, streams, around),
        Command::Files(arguments) => files::files(&arguments, streams, around),
        Command::Packs(arguments) => packs::packs(&arguments, streams, around),
        Command::Hook { action } => hook::hook(&action, streams, around),
        Command::Init(arguments) => init::init(&arguments, streams),
        Command::Schema { kind } => schema::schema(kind, streams),
        Command::Completions { shell } => shell::completions(shell, streams),
        Command::Man { command } => shell::man(command.as_deref(), streams),
        Command::Lsp(arguments) => lsp::lsp(&arguments, around),
        Command::Rules(arguments) => rules::rules(&arguments, streams, around),
    }
}
