//! L10: the command line. Here and nowhere else the arguments are read and the streams written.

mod args;
mod check;
mod config;
mod exit;
mod explain;
mod failure;
mod files;
mod place;
mod progress;
mod quoted;
mod rules;
mod run;
mod scope;
mod select;
mod typed;
mod world;

pub use exit::{BUG, CLEAN, FINDINGS, INCOMPLETE, USAGE};
pub use world::{Streams, Surroundings};

use crate::audit::Panicked;
use args::{Arguments, Command};
use clap::Parser as _;
use failure::Failure;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs the program on its arguments, the program's own name first; gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
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

fn answer(
    command: Command,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    match command {
        Command::Check(arguments) => check::check(&arguments, streams, around),
        Command::Explain(arguments) => explain::explain(&arguments, streams, around),
        Command::Config(arguments) => config::config(&arguments, streams, around),
        Command::Files(arguments) => files::files(&arguments, streams, around),
        Command::Rules(arguments) => rules::rules(&arguments, streams, around),
    }
}
