//! L9: the command line. Here and nowhere else the arguments are read and the streams written.

use crate::diagnostic::Severity;
use crate::engine::{Options, Verdict, check};
use crate::report;
use crate::rules::RuleSet;
use crate::text::{DecodeError, Source, decode};
use clap::{Parser, Subcommand, ValueEnum};
use rayon::prelude::*;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Everything asked for was examined, and nothing weighs as much as `--fail-on`.
pub const CLEAN: u8 = 0;
/// Something weighs at least as much as `--fail-on`.
pub const FINDINGS: u8 = 1;
/// Wrong usage, or a broken pack: no draft was examined.
pub const USAGE: u8 = 2;
/// Not everything was examined.
pub const INCOMPLETE: u8 = 3;

/// Checks classification markings in drafts before they are released.
#[derive(Debug, Parser)]
#[command(name = "caveat", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or a \
broken pack, 3 not everything was examined, 101 a bug";

#[derive(Debug, Subcommand)]
enum Command {
    /// Examine drafts and print findings
    Check(CheckArguments),
    /// Explain one rule
    Explain {
        /// Its id, `pack/name`
        rule: String,
    },
    /// List the rules
    Rules,
}

#[derive(Debug, clap::Args)]
struct CheckArguments {
    /// Drafts or folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// Leave out all text of the drafts
    #[arg(long)]
    redact: bool,
    /// The least severity that gives exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    fail_on: FailOn,
    /// Judge by the rules of this day, such as 2007-12-13
    #[arg(long, value_name = "DATE")]
    as_of: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Full,
    Concise,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Advice,
    Never,
}

/// Runs the program on its arguments, the program's own name first; gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let written = if error.use_stderr() {
                write!(err, "{error}")
            } else {
                write!(out, "{error}")
            };
            return if error.use_stderr() || written.is_err() {
                USAGE
            } else {
                CLEAN
            };
        }
    };
    let rules = match RuleSet::shipped() {
        Ok(rules) => rules,
        Err(problems) => {
            let shown = problems
                .into_iter()
                .map(|problem| format!("{:?}", miette::Report::new(problem)));
            let shown = shown.collect::<Vec<_>>().join("\n");
            return writeln!(err, "{shown}").map_or(INCOMPLETE, |()| USAGE);
        }
    };
    match arguments.command {
        Command::Check(arguments) => examine(&arguments, &rules, out),
        Command::Explain { rule } => explain(&rule, &rules, out, err),
        Command::Rules => {
            let lines = rules
                .rules()
                .iter()
                .map(|rule| format!("{:<40} {}\n", rule.id, rule.entry.severity.word()));
            write!(out, "{}", lines.collect::<String>()).map_or(INCOMPLETE, |()| CLEAN)
        }
    }
}

fn explain(id: &str, rules: &RuleSet, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let Some(rule) = rules.rule(id) else {
        let near = crate::problem::nearest(id, rules.rules().iter().map(|rule| &*rule.id));
        let hint = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let written = writeln!(err, "no rule is called `{id}`{hint}");
        return written.map_or(INCOMPLETE, |()| USAGE);
    };
    let entry = &rule.entry;
    let written = writeln!(
        out,
        "{} ({})\n\n{}\nAuthority: {}\nTo put it right: {}",
        rule.id,
        entry.severity.word(),
        entry.explain,
        entry.authority.join("; "),
        entry.help
    );
    written.map_or(INCOMPLETE, |()| CLEAN)
}

/// A draft that was read and judged.
pub(crate) struct Examined {
    pub(crate) path: PathBuf,
    pub(crate) source: Source,
    pub(crate) verdict: Verdict,
}

/// A draft that was not examined, and why.
pub(crate) struct Missed {
    pub(crate) path: PathBuf,
    pub(crate) cause: &'static str,
    pub(crate) detail: String,
}

fn examine(arguments: &CheckArguments, rules: &RuleSet, out: &mut dyn Write) -> u8 {
    let (paths, mut missed) = walk(&arguments.paths);
    let nothing = paths.is_empty();
    let options = Options {
        as_of: arguments.as_of,
        ..Options::default()
    };
    let results: Vec<Result<Examined, Missed>> = paths
        .into_par_iter()
        .map(|path| {
            let source = read(&path)?;
            let mut verdict = check(&source, rules, &options);
            if arguments.redact {
                verdict
                    .diagnostics
                    .iter_mut()
                    .for_each(crate::diagnostic::Diagnostic::redact);
            }
            Ok(Examined {
                path,
                source,
                verdict,
            })
        })
        .collect();
    let mut examined = Vec::new();
    for result in results {
        match result {
            Ok(draft) => examined.push(draft),
            Err(cause) => missed.push(cause),
        }
    }
    missed.sort_by(|left, right| left.path.cmp(&right.path));
    let written = match arguments.output_format {
        Format::Full => report::full(&examined, &missed, rules, arguments.redact, out),
        Format::Concise => report::concise(&examined, &missed, out),
        Format::Json => report::json(&examined, &missed, rules, arguments.redact, out),
    };
    if written.is_err() || nothing || missed.iter().any(|draft| draft.cause != "not-a-draft") {
        return INCOMPLETE;
    }
    let threshold = match arguments.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Advice => Severity::Advice,
        FailOn::Never => return CLEAN,
    };
    let mut all = examined.iter().flat_map(|draft| &draft.verdict.diagnostics);
    if all.any(|found| found.severity >= threshold) {
        FINDINGS
    } else {
        CLEAN
    }
}

/// Files below the paths, in order, and the paths that are none.
fn walk(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Missed>) {
    let mut files = Vec::new();
    let mut missed = Vec::new();
    for root in paths {
        for entry in ignore::WalkBuilder::new(root).build() {
            match entry {
                Ok(entry) if entry.path().is_dir() => {}
                Ok(entry) => files.push(entry.into_path()),
                Err(error) => missed.push(Missed {
                    path: root.clone(),
                    cause: "unreadable",
                    detail: error.to_string(),
                }),
            }
        }
    }
    files.sort();
    files.dedup();
    (files, missed)
}

fn read(path: &Path) -> Result<Source, Missed> {
    let miss = |cause, detail: String| Missed {
        path: path.to_owned(),
        cause,
        detail,
    };
    let data = std::fs::metadata(path).map_err(|error| miss("unreadable", error.to_string()))?;
    if !data.is_file() {
        return Err(miss("not-a-draft", "no regular file".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|error| miss("unreadable", error.to_string()))?;
    let (text, encoding, map) = decode(bytes).map_err(|error| {
        let cause = match error {
            DecodeError::Binary => "not-a-draft",
            DecodeError::TooLarge => "too-large",
            DecodeError::BrokenUtf16 => "undecodable",
        };
        miss(cause, error.to_string())
    })?;
    Ok(Source::new(path.to_string_lossy(), text, encoding, map))
}
