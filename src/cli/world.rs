//! What the program finds around it: streams, terminal, environment, working folder.
//!
//! Everything of the kind is read here, once, and passed down.

use crate::config::{Colour, OF_THE_MACHINE};
use crate::report::Look;
use std::io::{IsTerminal as _, Read, Write};
use std::path::PathBuf;

/// Columns where the width is not known.
const WIDTH: usize = 80;

/// Widest line: longer ones are hard to read.
const WIDEST: usize = 120;

/// Where the program reads and writes.
pub struct Streams<'s> {
    /// Standard input.
    pub input: &'s mut dyn Read,
    /// Standard output: findings and answers.
    pub out: &'s mut dyn Write,
    /// Standard error: problems, progress, log.
    pub err: &'s mut dyn Write,
}

impl std::fmt::Debug for Streams<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Streams").finish_non_exhaustive()
    }
}

/// What lies around the program.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The working folder.
    pub folder: PathBuf,
    /// The user's home folder, where it has one.
    pub home: Option<PathBuf>,
    /// Today, by which `[[allow]]` entries run out.
    pub today: jiff::civil::Date,
    /// Where the policy of the machine lies, if it has one.
    pub policy: Option<PathBuf>,
    /// `CAVEAT_CONFIG`: a configuration file.
    pub config: Option<PathBuf>,
    /// `CAVEAT_OUTPUT_FORMAT`.
    pub output_format: Option<String>,
    /// `GIT_EDITOR`: git sets it to `:` for its hooks where no editor was opened.
    pub git_editor: Option<String>,
    /// Where this program lies.
    pub program: Option<PathBuf>,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, not empty and not 0.
    pub clicolor_force: bool,
    /// `TERM`.
    pub term: Option<String>,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
    /// Columns of the terminal.
    pub width: Option<usize>,
}

/// Today, wherever on the earth.
pub(super) fn today() -> jiff::civil::Date {
    let now = jiff::Timestamp::now();
    jiff::tz::Offset::UTC.to_datetime(now).date()
}

impl Surroundings {
    /// Those of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where environment and working folder are read"
    )]
    pub fn of_this_process() -> Self {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let word = |name| set(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            folder: std::env::current_dir().unwrap_or_default(),
            home: std::env::home_dir(),
            today: today(),
            policy: Some(PathBuf::from(OF_THE_MACHINE)),
            config: set("CAVEAT_CONFIG").map(PathBuf::from),
            output_format: word("CAVEAT_OUTPUT_FORMAT"),
            git_editor: word("GIT_EDITOR"),
            program: std::env::current_exe().ok(),
            no_color: set("NO_COLOR").is_some(),
            clicolor_force: set("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            term: word("TERM"),
            out_is_terminal: std::io::stdout().is_terminal(),
            err_is_terminal: std::io::stderr().is_terminal(),
            width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        }
    }

    /// How findings look on standard output.
    pub(super) fn look(&self, colour: Colour, to_file: bool) -> Look {
        let terminal = self.out_is_terminal && !to_file;
        self.look_of(terminal, colour)
    }

    /// How problems look on standard error.
    pub(super) fn problem_look(&self, colour: Colour) -> Look {
        self.look_of(self.err_is_terminal, colour)
    }

    fn look_of(&self, terminal: bool, colour: Colour) -> Look {
        let term = self.term.as_deref().unwrap_or_default();
        let colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if self.no_color => false,
            Colour::Auto => self.clicolor_force || (terminal && term != "dumb"),
        };
        let width = self.width.filter(|_| terminal).unwrap_or(WIDTH);
        Look {
            width: width.min(WIDEST),
            unicode: terminal && (cfg!(windows) || !matches!(term, "" | "dumb" | "linux")),
            colour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Surroundings;
    use crate::config::Colour;

    #[test]
    fn colour_follows_the_flag_then_the_environment_then_the_terminal() {
        let terminal = Surroundings {
            out_is_terminal: true,
            term: Some("xterm".to_owned()),
            width: Some(300),
            ..Surroundings::default()
        };
        let look = terminal.look(Colour::Auto, false);
        assert!(look.colour && look.unicode && look.width == 120);
        let to_file = terminal.look(Colour::Auto, true);
        assert!(!to_file.colour && !to_file.unicode && to_file.width == 80);
        let plain = Surroundings {
            no_color: true,
            ..terminal.clone()
        };
        assert!(!plain.look(Colour::Auto, false).colour);
        assert!(plain.look(Colour::Always, false).colour);
        let dumb = Surroundings {
            term: Some("dumb".to_owned()),
            ..terminal
        };
        assert!(!dumb.look(Colour::Auto, false).colour && !dumb.look(Colour::Auto, false).unicode);
        let forced = Surroundings {
            clicolor_force: true,
            ..Surroundings::default()
        };
        assert!(forced.look(Colour::Auto, false).colour);
        assert!(!forced.look(Colour::Never, false).colour);
    }
}
