//! The shape of a policy file.

use crate::config::file::{Placed, RuleTable, Words};
use crate::config::settings::FailOn;
use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::Deserialize;

/// How little the findings of a rule may weigh. None of these turns one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyLevel {
    /// As much as the rule says.
    On,
    /// Advice.
    Advice,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl PolicyLevel {
    /// The least weight of a finding.
    pub const fn least(self) -> Severity {
        match self {
            Self::On | Self::Advice => Severity::Advice,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }

    /// The word of the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A policy file: what holds for every draft on a machine, whatever its configuration and the command line say.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyFile {
    /// The highest marking that may stand in any file. A configuration may set a lower one for its own.
    pub ceiling: Option<Placed<String>>,
    /// Folders of house packs that are loaded with those of the configuration, relative to this file.
    pub packs: Option<Placed<Words>>,
    /// The least severity that must give exit code 1. A configuration may be stricter.
    pub fail_on: Option<Placed<FailOn>>,
    /// Whether reports always leave out all text of drafts.
    pub redact: Option<Placed<bool>>,
    /// Whether scheme, form, profile, day and encoding of drafts are always detected, never chosen, and the
    /// size of those that are examined is not made less.
    pub as_detected: Option<Placed<bool>>,
    /// Drafts that no `include`, `exclude` or `--exclude` leaves out, as patterns.
    pub always_examine: Option<Placed<Words>>,
    /// Drafts that must carry a marking, as patterns.
    pub require_marking: Option<Placed<Words>>,
    /// Rules and packs of rules that are always asked, and what their findings weigh at least. Neither `off`,
    /// `[[allow]]` nor a baseline takes their findings out.
    #[serde(default)]
    pub rules: RuleTable<PolicyLevel>,
}
