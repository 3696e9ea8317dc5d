//! What ends the program before it has an answer, and how that is told.

use super::exit::{BUG, CLEAN, INCOMPLETE, USAGE};
use super::world::{Streams, Surroundings};
use crate::audit::Panicked;
use crate::config::Colour;
use crate::problem::PackProblem;
use std::io;

/// Why the program cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It was asked for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// A configuration or pack is broken.
    #[error("the configuration or a pack is broken")]
    Broken(Vec<PackProblem>),
    /// The reader of the output is gone; the code is what was known by then.
    #[error("the output is closed")]
    Closed(u8),
    /// The output cannot be written.
    #[error("the output cannot be written: {0}")]
    Unwritable(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed(CLEAN)
        } else {
            Self::Unwritable(crate::input::said(&error))
        }
    }
}

impl Failure {
    /// Says on standard error what is wrong; gives the exit code.
    pub(super) fn tell(self, streams: &mut Streams<'_>, around: &Surroundings) -> u8 {
        let (text, code) = match self {
            Self::Closed(code) => return code,
            Self::Broken(problems) => (told(problems, around), USAGE),
            Self::Usage(message) => (format!("error: {message}\n"), USAGE),
            Self::Unwritable(_) => (format!("error: {self}\n"), INCOMPLETE),
        };
        // Where standard error is gone as well, the code alone must say it.
        drop(streams.err.write_all(text.as_bytes()));
        code
    }
}

/// The problems, each as an excerpt of its file, and how many there are.
pub(super) fn told(problems: Vec<PackProblem>, around: &Surroundings) -> String {
    let handler = around.problem_look(Colour::Auto).handler();
    let count = super::exit::some(problems.len(), "problem", "problems");
    let mut text = String::new();
    for problem in problems {
        if handler.render_report(&mut text, &problem).is_err() {
            text.push_str(&problem.to_string());
        }
        text.push('\n');
    }
    text + &format!("{count}; no draft was examined\n")
}

/// Help and version go to standard output, mistakes to standard error.
pub(super) fn of_arguments(error: &clap::Error, streams: &mut Streams<'_>) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        drop(streams.err.write_all(text.as_bytes()));
        return USAGE;
    }
    of_help(&text, streams)
}

/// Text that was asked for; it is no fault if nobody reads it to the end.
pub(super) fn of_help(text: &str, streams: &mut Streams<'_>) -> u8 {
    let written = streams.out.write_all(text.as_bytes());
    drop(written.and_then(|()| streams.out.flush()));
    CLEAN
}

/// Says that caveat itself is at fault, and where, without a word of any draft.
pub(super) fn of_bug(panicked: &Panicked, streams: &mut Streams<'_>) -> u8 {
    drop(writeln!(streams.err, "{}", bug(panicked)));
    BUG
}

/// The sentence on a bug.
pub(super) fn bug(panicked: &Panicked) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match &panicked.place {
        Some(place) => format!("a bug in caveat {version}, at {place}: please report it"),
        None => format!("a bug in caveat {version}: please report it"),
    }
}
