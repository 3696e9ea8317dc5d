//! Flags of every command that examines drafts: which, how judged, by which configuration, how reported.

use super::words::{
    ColourWord, EncodingWord, FailOnWord, FormWord, FormatWord, ProfileWord, ReportWord,
};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// Which drafts.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which drafts")]
pub(in crate::cli) struct Selection {
    /// Drafts or folders; `-` reads one draft from standard input [default: .]
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// What a draft from standard input is called: configuration and patterns go by that
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    /// Read paths from a file, one a line or separated by NUL; `-` for standard input
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(in crate::cli) files_from: Option<PathBuf>,
    /// Examine only drafts that differ from this revision of git, or that it does not know
    #[arg(long, value_name = "REV")]
    pub(in crate::cli) since: Option<String>,
    /// Leave out what the pattern covers, beside what the configuration leaves out
    #[arg(long, value_name = "GLOB")]
    pub(in crate::cli) exclude: Vec<String>,
    /// Leave out excluded drafts even if they are named
    #[arg(long, hide_short_help = true)]
    pub(in crate::cli) force_exclude: bool,
    /// It is no fault if there is nothing to examine
    #[arg(long, hide_short_help = true)]
    pub(in crate::cli) allow_empty: bool,
    /// How the bytes are read
    #[arg(long, value_name = "ENCODING", hide_short_help = true)]
    pub(in crate::cli) encoding: Option<EncodingWord>,
}

/// How drafts are judged.
#[derive(Debug, Args)]
#[command(next_help_heading = "How they are judged")]
pub(in crate::cli) struct Judging {
    /// Judge by the rules of this day, such as 2007-12-13, whatever the draft's own date
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<Date>,
    /// Take every draft for one of this marking scheme
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scheme: Option<String>,
    /// Take every draft for one of this kind
    #[arg(long, value_name = "FORM", hide_short_help = true)]
    pub(in crate::cli) form: Option<FormWord>,
    /// Take every draft for one about to be sent, or for one that was sent long ago
    #[arg(long, value_name = "PROFILE", hide_short_help = true)]
    pub(in crate::cli) profile: Option<ProfileWord>,
    /// Ask these rules alone: `pack/name` or `pack/*`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) select: Vec<String>,
    /// Ask these rules too
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        hide_short_help = true
    )]
    pub(in crate::cli) extend_select: Vec<String>,
    /// Do not ask these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,
    /// The highest marking that may stand in a file; one above it is an error that nothing silences
    #[arg(long, value_name = "MARKING")]
    pub(in crate::cli) ceiling: Option<String>,
    /// Show findings of which the reader is not sure, too
    #[arg(long)]
    pub(in crate::cli) pedantic: bool,
}

impl Judging {
    /// Whether some rules alone are asked.
    pub(in crate::cli) const fn narrows(&self) -> bool {
        !self.select.is_empty() || !self.ignore.is_empty()
    }
}

/// Where settings come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(in crate::cli) struct Configured {
    /// A configuration file in place of those above the drafts, or one setting
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    pub(in crate::cli) config: Vec<String>,
    /// A file of findings that are known and not reported again
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<String>,
    /// Read no configuration file
    #[arg(long, hide_short_help = true)]
    pub(in crate::cli) isolated: bool,
    /// A policy that holds beside that of the machine: it can only tighten
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(in crate::cli) policy: Vec<PathBuf>,
}

/// How the report is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct Output {
    /// How findings are written [default: full]
    #[arg(long = "output-format", value_name = "FORMAT")]
    pub(in crate::cli) format: Option<FormatWord>,
    /// Write the report to a file, replaced whole
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
    /// Write a report in this form to a file as well, replaced whole; may be given more than once
    #[arg(long = "report", value_name = "FORMAT=FILE")]
    pub(in crate::cli) reports: Vec<ReportWord>,
    /// The least severity that gives exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    pub(in crate::cli) fail_on: Option<FailOnWord>,
    /// Leave out all text of the drafts
    #[arg(long, overrides_with = "no_redact")]
    pub(in crate::cli) redact: bool,
    /// Show text of the drafts though the configuration says otherwise
    #[arg(long, overrides_with = "redact", hide_short_help = true)]
    pub(in crate::cli) no_redact: bool,
    /// Count findings by rule at the end
    #[arg(long, hide_short_help = true)]
    pub(in crate::cli) statistics: bool,
    /// Findings only, no closing lines
    #[arg(short, long, conflicts_with_all = ["silent", "verbose"], hide_short_help = true)]
    pub(in crate::cli) quiet: bool,
    /// Nothing; the exit code says it
    #[arg(short, long, conflicts_with = "verbose", hide_short_help = true)]
    pub(in crate::cli) silent: bool,
    /// Say on standard error what was read and by which configuration
    #[arg(short, long, hide_short_help = true)]
    pub(in crate::cli) verbose: bool,
    /// When to colour [default: auto]
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) color: Option<ColourWord>,
    /// Show no progress bar
    #[arg(long, hide_short_help = true)]
    pub(in crate::cli) no_progress: bool,
    /// How many drafts at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), hide_short_help = true)]
    pub(in crate::cli) threads: Option<u16>,
}
