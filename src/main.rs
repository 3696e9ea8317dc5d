//! The `caveat` program: runs, returns its exit code.

use caveat::cli::{Streams, Surroundings, run};
use std::io::{BufWriter, stderr, stdin, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    caveat::audit::remember_panics();
    let (mut input, mut out, mut err) = (stdin(), BufWriter::new(stdout()), stderr());
    let mut streams = Streams {
        input: &mut input,
        out: &mut out,
        err: &mut err,
    };
    let surroundings = Surroundings::of_this_process();
    ExitCode::from(run(std::env::args_os(), &mut streams, &surroundings))
}
