//! L9: what the user settled: `caveat.toml`, and what it says of each draft.

mod settings;

pub use settings::{Colour, FailOn, LARGEST, OutputFormat, Settings};

use crate::rules::RuleSet;
use std::path::Path;
use std::sync::Arc;

/// A configuration, resolved: what drafts below one folder are judged by.
#[derive(Debug)]
pub struct Project {
    rules: Arc<RuleSet>,
}

impl Project {
    /// A configuration that says nothing beyond the packs.
    pub const fn bare(rules: Arc<RuleSet>) -> Self {
        Self { rules }
    }

    /// The rules of the shipped packs and those of the house.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Whether an `[[allow]]` entry takes out findings of this rule in this draft.
    pub const fn allows(&self, _path: &Path, _rule: &str) -> bool {
        false
    }
}
