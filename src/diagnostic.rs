//! What is wrong in a draft, and how it could be put right.

use crate::fingerprint::Fingerprint;
use crate::text::Span;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a thought; form.
    Advice,
    /// A person must look.
    Warning,
    /// Do not release: the order says must, and the authority was read.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the reader is that it understood the place.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// May be something else; shown with `--pedantic` only.
    Possible,
    /// The place reads so, and something near it agrees.
    Likely,
    /// It can be nothing else.
    Certain,
}

impl Confidence {
    /// The word used in every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A second place that belongs to a finding.
#[derive(Clone, PartialEq, Eq)]
pub struct Label {
    /// What is to be seen there; may quote the draft.
    pub message: String,
    /// Bytes of the decoded text.
    pub span: Span,
}

/// Whether a fix may be applied without a person.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Shown, never applied: it needs a classification decision.
    Display,
    /// Changes meaning, upward or sideways only: a person decides.
    Unsafe,
    /// Changes form only.
    Safe,
}

/// One replacement of bytes of the decoded text.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// How a finding could be put right.
#[derive(Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Whether a person has to decide.
    pub applicability: Applicability,
    /// Replacements, in order, not overlapping.
    pub edits: Vec<Edit>,
}

/// A finding in a draft.
///
/// It cannot be built without a primary place. `message` and the labels may quote the draft;
/// `plain` is the same message without a word of it, for `--redact`.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id of the rule, `pack/name`.
    pub rule: Arc<str>,
    /// What it is known by from one run to the next.
    pub fingerprint: Fingerprint,
    /// How much it weighs, after dates and configuration.
    pub severity: Severity,
    /// How sure the reader is.
    pub confidence: Confidence,
    /// What stands there and what should.
    pub message: String,
    /// The same without any text of the draft.
    pub plain: String,
    /// What stands at the primary place, in a few words.
    pub label: String,
    /// One line that can be followed; the rule's own words, never the draft's.
    pub help: Option<String>,
    /// Bytes of the decoded text at fault.
    pub primary: Span,
    /// Other places that explain it; at most three, the last of which may count the rest.
    pub related: Vec<Label>,
    /// How it could be put right.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of `rule` at `primary`, known by its rule alone.
    pub fn new(rule: Arc<str>, primary: Span) -> Self {
        Self {
            fingerprint: Fingerprint::of([&*rule]),
            rule,
            severity: Severity::Warning,
            confidence: Confidence::Certain,
            message: String::new(),
            plain: String::new(),
            label: String::new(),
            help: None,
            primary,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Drops everything that quotes the draft.
    pub fn redact(&mut self) {
        self.message.clone_from(&self.plain);
        self.label.clear();
        self.fix = None;
        for label in &mut self.related {
            label.message.clear();
        }
    }
}

// Findings quote drafts, so `Debug` shows only where and which rule.
impl std::fmt::Debug for Diagnostic {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Diagnostic")
            .field("rule", &self.rule)
            .field("severity", &self.severity)
            .field("primary", &self.primary)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Fix {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Fix")
            .field("applicability", &self.applicability)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Edit")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Label {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Label")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}
