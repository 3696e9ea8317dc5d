//! L10: what the user settled: `caveat.toml`, environment and flags, and what they say of each draft.
//!
//! The nearest file above a draft counts, alone but for what it `extend`s; tables merge, lists are
//! replaced, `extend-` lists add. An `[[override]]` goes before the file, what was typed before both.

mod allow;
pub mod file;
mod imprint;
mod keys;
mod known;
mod layer;
mod names;
mod packs;
mod pattern;
mod pattern_list;
mod policy;
mod project;
mod remark;
mod resolver;
mod rule_pages;
mod settings;
mod severities;
mod show;
mod tree;

#[cfg(test)]
mod tests;

pub use imprint::{Imprint, digest, seen_from};
pub use known::KnownFindings;
pub use layer::{Layer, LayerKind, lexical};
pub use packs::LoadedFile;
pub use pattern::{BadPattern, Patterns};
pub use policy::{OF_THE_MACHINE, PolicyFile, PolicyLevel};
pub use project::Project;
pub use remark::{MARKING_MISSING, REMARKS, RemarkKind, Remarked, needs_every_part};
pub use resolver::{COMMAND_LINE, ENVIRONMENT, FILE_NAMES, Resolver, Start};
pub use rule_pages::RulePages;
pub use settings::{Colour, FailOn, LARGEST, OutputFormat, Settings};
pub use show::Shown;
pub use tree::{Disk, Tree, is_toml};
