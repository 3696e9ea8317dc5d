//! Flags of `caveat audit` and `caveat merge`.

use super::drafts::{Configured, Judging, Output, Selection};
use super::words::{ColourWord, EncodingWord, FormatWord, ReportWord};
use crate::audit::Shard;
use crate::cli::failure::Failure;
use crate::report::InventoryFormat;
use clap::Args;
use std::path::{Path, PathBuf};
use std::str::FromStr;

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditArguments {
    #[command(flatten)]
    pub(in crate::cli) holdings: Holdings,
    #[command(flatten)]
    pub(in crate::cli) inventories: Inventories,
    #[command(flatten)]
    pub(in crate::cli) course: Course,
    #[command(flatten)]
    pub(in crate::cli) judging: Judging,
    #[command(flatten)]
    pub(in crate::cli) configured: Configured,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// Which drafts.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which drafts")]
pub(in crate::cli) struct Holdings {
    /// Drafts or folders, of which no ignore file hides anything [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read paths from a file, one a line or separated by NUL; `-` for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Leave out what the pattern covers, beside what the configuration leaves out
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Leave out excluded drafts even if they are named
    #[arg(long, hide_short_help = true)]
    force_exclude: bool,
    /// It is no fault if there is nothing to examine
    #[arg(long, hide_short_help = true)]
    allow_empty: bool,
    /// How the bytes are read
    #[arg(long, value_name = "ENCODING", hide_short_help = true)]
    encoding: Option<EncodingWord>,
}

impl Holdings {
    /// The same as the other commands have it.
    ///
    /// # Errors
    /// A draft from standard input is no part of any holdings.
    pub(in crate::cli) fn selection(&self) -> Result<Selection, Failure> {
        if self.paths.iter().any(|path| path == Path::new("-")) {
            let message = "an audit is of files: `caveat check -` reads standard input";
            return Err(Failure::Usage(message.to_owned()));
        }
        Ok(Selection {
            paths: self.paths.clone(),
            stdin_filename: None,
            files_from: self.files_from.clone(),
            since: None,
            exclude: self.exclude.clone(),
            force_exclude: self.force_exclude,
            allow_empty: self.allow_empty,
            encoding: self.encoding,
        })
    }
}

/// How a long audit goes on after it was broken off, and on many machines.
#[derive(Debug, Args)]
#[command(next_help_heading = "Long audits")]
pub(in crate::cli) struct Course {
    /// Keep a journal, from which the audit goes on after it was broken off, and which `merge` reads
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) journal: Option<PathBuf>,
    /// Go on where the journal ends: what it has of drafts that are unchanged is not examined again
    #[arg(long, requires = "journal")]
    pub(in crate::cli) resume: bool,
    /// Examine one part of the drafts, such as 3/4; `merge` joins the journals of all parts
    #[arg(long, value_name = "I/N", hide_short_help = true)]
    pub(in crate::cli) shard: Option<Shard>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArguments {
    /// The journals of all parts of one audit
    #[arg(value_name = "JOURNAL", required = true)]
    pub(in crate::cli) journals: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) inventories: Inventories,
    #[command(flatten)]
    written: Written,
}

/// How the report is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
struct Written {
    /// How findings are written [default: full]
    #[arg(long = "output-format", value_name = "FORMAT")]
    format: Option<FormatWord>,
    /// Write the report to a file, replaced whole
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write a report in this form to a file as well, replaced whole; may be given more than once
    #[arg(long = "report", value_name = "FORMAT=FILE")]
    reports: Vec<ReportWord>,
    /// Count findings by rule at the end
    #[arg(long, hide_short_help = true)]
    statistics: bool,
    /// Findings only, no closing lines
    #[arg(short, long, conflicts_with = "silent", hide_short_help = true)]
    quiet: bool,
    /// Nothing; the exit code says it
    #[arg(short, long, hide_short_help = true)]
    silent: bool,
    /// When to colour [default: auto]
    #[arg(long, value_name = "WHEN")]
    color: Option<ColourWord>,
    /// Show no progress bar
    #[arg(long, hide_short_help = true)]
    no_progress: bool,
}

impl MergeArguments {
    /// The same as the other commands have it; whether drafts are quoted was said when they were examined.
    pub(in crate::cli) fn output(&self, quotes: bool) -> Output {
        let written = &self.written;
        Output {
            format: written.format,
            file: written.file.clone(),
            reports: written.reports.clone(),
            fail_on: None,
            redact: !quotes,
            no_redact: quotes,
            statistics: written.statistics,
            quiet: written.quiet,
            silent: written.silent,
            verbose: false,
            color: written.color,
            no_progress: written.no_progress,
            threads: None,
        }
    }
}

/// Which inventories are written.
#[derive(Debug, Args)]
pub(in crate::cli) struct Inventories {
    /// Write a row for each path, as csv or jsonl: to a file, replaced whole, or in place of the report on
    /// standard output; may be given more than once
    #[arg(
        long = "inventory",
        value_name = "FORMAT[=FILE]",
        help_heading = "Report"
    )]
    pub(in crate::cli) asked: Vec<InventoryWord>,
}

/// An inventory that is asked for.
#[derive(Debug, Clone)]
pub(in crate::cli) struct InventoryWord {
    pub(in crate::cli) format: InventoryFormat,
    /// Where it goes; standard output where nothing is named.
    pub(in crate::cli) file: Option<PathBuf>,
}

impl FromStr for InventoryWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (format, file) = match word.split_once('=') {
            Some((_, "")) => return Err("no file is named after `=`".to_owned()),
            Some((format, file)) => (format, Some(file.into())),
            None => (word, None),
        };
        let format = match format {
            "csv" => InventoryFormat::Csv,
            "jsonl" => InventoryFormat::JsonLines,
            _ => {
                return Err(format!(
                    "no inventory has the form `{format}`; known are csv, jsonl"
                ));
            }
        };
        Ok(Self { format, file })
    }
}
