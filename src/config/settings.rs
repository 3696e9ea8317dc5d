//! What holds for one draft, once files, environment and flags are settled.

use crate::ceiling::{self, Ceiling};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Options;
use crate::input::Manner;
use crate::text::Encoding;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most bytes of a file where the configuration says nothing: 1 GiB.
pub const LARGEST: u64 = 1 << 30;

/// The least severity that gives exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    #[default]
    Warning,
    /// Everything that is found.
    Advice,
    /// Nothing.
    Never,
}

impl FailOn {
    /// The word used in configuration and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
            Self::Never => "never",
        }
    }

    /// The one that fails more runs.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        let fails = |one: &Self| {
            let all = [Severity::Advice, Severity::Warning, Severity::Error];
            all.into_iter()
                .filter(|severity| one.fails(*severity))
                .count()
        };
        if fails(&other) > fails(&self) {
            other
        } else {
            self
        }
    }

    /// Whether a finding of this weight is to fail the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Advice => severity >= Severity::Advice,
            Self::Never => false,
        }
    }
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// With an excerpt of the draft, help and authority.
    #[default]
    Full,
    /// One line each.
    Concise,
    /// One line each, below the path of their draft.
    Grouped,
    /// One JSON object, version 1.
    Json,
    /// JSON objects in lines, each written as soon as its draft is examined.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    #[serde(rename = "github")]
    GitHub,
    /// Code Quality of GitLab.
    #[serde(rename = "gitlab")]
    GitLab,
    /// Suites of tests in XML.
    #[serde(rename = "junit")]
    Junit,
    /// One page for a browser.
    Html,
}

impl OutputFormat {
    /// Whether a program reads it, which wants a whole report however little there is to say.
    pub const fn is_for_programs(self) -> bool {
        !matches!(self, Self::Full | Self::Concise | Self::Grouped)
    }

    /// The word used in configuration and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Grouped => "grouped",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Sarif => "sarif",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Junit => "junit",
            Self::Html => "html",
        }
    }
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Colour {
    /// On a terminal that has colours.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// The word used in configuration and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// What holds for one draft.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How the draft is judged: day, form, scheme, and what is said of each rule.
    pub options: Options,
    /// The encoding, where it is not to be found out.
    pub encoding: Option<Encoding>,
    /// The least severity that gives exit code 1.
    pub fail_on: FailOn,
    /// Whether all text of the draft is left out of reports.
    pub redact: bool,
    /// Whether findings of which the reader is not sure are shown.
    pub pedantic: bool,
    /// Most bytes of a file.
    pub largest: u64,
    /// How much it weighs that a draft carries no marking; `None` where that is no finding.
    pub must_be_marked: Option<Severity>,
    /// The highest markings that may stand in the draft; it must keep to each.
    pub ceilings: Vec<Ceiling>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            options: Options::default(),
            encoding: None,
            fail_on: FailOn::default(),
            redact: false,
            pedantic: false,
            largest: LARGEST,
            must_be_marked: None,
            ceilings: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether a finding is to fail the run. One above the ceiling does, whatever `fail-on` says.
    pub fn fails(&self, found: &Diagnostic) -> bool {
        *found.rule == *ceiling::ID || self.fail_on.fails(found.severity)
    }

    /// How the draft is to be read.
    pub const fn manner(&self) -> Manner {
        Manner {
            encoding: self.encoding,
            largest: self.largest,
            every_reading: !self.ceilings.is_empty(),
        }
    }
}
