//! The `caveat` program: parses, runs, returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    ExitCode::from(caveat::cli::run(std::env::args_os(), &mut out, &mut err))
}
