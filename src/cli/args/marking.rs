//! Flags of the commands that answer about markings without a draft.

use super::Configured;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct MarkingArguments {
    /// The marking; without it, one a line is read from standard input
    pub(in crate::cli) marking: Option<String>,
    /// Where it is written [default: as it looks]
    #[arg(long, value_enum)]
    pub(in crate::cli) kind: Option<MarkingKind>,
    /// The marking scheme [default: that of the configuration]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scheme: Option<String>,
    /// How the answer is written [default: text; for standard input json-lines]
    #[arg(long = "output-format", value_name = "FORMAT", value_enum)]
    pub(in crate::cli) format: Option<AnswerFormat>,
    #[command(flatten)]
    pub(in crate::cli) configured: Configured,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RollUpArguments {
    /// Portion marks; without any, one set a line is read from standard input, with ` | ` between them
    pub(in crate::cli) portions: Vec<String>,
    /// A file of portion marks, all of them one set: one a line, or with ` | ` between them
    #[arg(long, value_name = "FILE", conflicts_with = "portions")]
    pub(in crate::cli) file: Option<PathBuf>,
    /// The marking scheme [default: that of the configuration]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scheme: Option<String>,
    /// How the answer is written [default: text; for standard input json-lines]
    #[arg(long = "output-format", value_name = "FORMAT", value_enum)]
    pub(in crate::cli) format: Option<AnswerFormat>,
    #[command(flatten)]
    pub(in crate::cli) configured: Configured,
}

/// Where a marking is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MarkingKind {
    /// On the line at top and bottom
    Banner,
    /// In brackets before a paragraph
    Portion,
}

/// How an answer about markings is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnswerFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// One JSON object a line
    JsonLines,
}
