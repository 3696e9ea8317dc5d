//! The journal of an audit: what its reports say of each path, line by line, so that a run can go on where
//! another one ended, and parts of an audit be put together.
//!
//! The first line says what drafts are judged by. A line for each path follows, in the order of the paths;
//! before the first finding of a rule a line on the rule; at the end what is said of the configuration, and
//! the last line, without which the journal is not finished. It is for the caveat that wrote it alone: the
//! lines are no format that others may read.

mod named;
mod reader;
mod writer;

pub use named::Named;
pub use reader::{NoJournal, Reader};
pub use writer::Writer;

use super::excerpt::Cut;
use super::{DraftRecord, Found, MissedRecord, RuleRecord};
use crate::audit::{Census, Shard, Silenced, Stamp};
use serde::{Deserialize, Serialize};

/// Version of the lines.
const FORMAT: u32 = 1;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// The first one.
    Begin(Box<Begin>),
    /// What is to be said of a rule whose first finding follows.
    Rule(String, Box<RuleRecord>),
    /// A draft that was examined.
    Draft(Box<DraftEntry>),
    /// A path that was not.
    Missed(Box<MissedEntry>),
    /// What is found in a configuration file.
    Remark(Box<Remark>),
    /// The last one.
    End(End),
}

/// What a journal goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// Version of the lines.
    pub format: u32,
    /// Version of caveat.
    pub caveat: String,
    /// Digest of the settings.
    pub settings: String,
    /// Digest of the rule packs.
    pub packs: String,
    /// Digest of the paths that were asked for.
    pub paths: String,
    /// Which part of the audit it is.
    pub shard: Shard,
    /// How excerpts are cut; none where they are not shown.
    pub excerpts: Option<Cut>,
    /// Whether it quotes drafts.
    pub quotes: bool,
    /// Whether nothing to examine is as good as clean.
    pub allow_empty: bool,
    /// Whether a named path that is excluded says nothing.
    pub force_exclude: bool,
    /// For those who look into the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

impl Begin {
    /// The version of the lines that this program writes.
    pub const FORMAT: u32 = FORMAT;

    /// The line for those who look into a journal that quotes drafts.
    pub const NOTICE: &'static str = "this journal quotes drafts; it is classified as high as the highest of them, which its last line names";
}

/// A draft that was examined.
#[derive(Debug, Serialize, Deserialize)]
pub struct DraftEntry {
    /// Its path, in the order of which lines stand.
    pub named: Named,
    /// What tells that it is unchanged; none where nothing can.
    pub stamp: Option<Stamp>,
    /// What was taken out of its findings.
    #[serde(default)]
    pub silenced: Silenced,
    /// What reports say of it.
    pub record: DraftRecord,
}

/// A path that was not examined.
#[derive(Debug, Serialize, Deserialize)]
pub struct MissedEntry {
    /// The path, in the order of which lines stand.
    pub named: Named,
    /// What tells that it is unchanged; none where nothing can, or where it was never opened.
    pub stamp: Option<Stamp>,
    /// What reports say of it.
    pub record: MissedRecord,
}

/// What is found in a configuration file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Remark {
    /// Which configuration of the run says it.
    pub project: usize,
    /// Whether it says that nothing was met: then it holds for a whole audit only where it holds for every part.
    pub needs_every_part: bool,
    /// What is said.
    pub found: Found,
}

/// How a run ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct End {
    /// Lines of paths.
    pub lines: u64,
    /// The paths of this part.
    pub own: Census,
    /// The paths of all parts.
    pub all: Census,
    /// How high the journal is classified by what it quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}
