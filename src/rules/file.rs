//! The shape of a rule file: rules of closed kinds, with their conditions, words and examples.

use crate::checks::{Check, Condition, Kinds, Profile, Words};
use crate::diagnostic::{Applicability, Severity};
use crate::pack::shared::{Day, Evidence, Name};
use crate::pack::text::PackText;
use crate::reading::{ElementKind, Form};
use schemars::JsonSchema;
use serde::Deserialize;

/// A rule file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Kinds of draft that its rules judge, where a rule names none itself.
    #[serde(default)]
    pub form: Vec<Form>,
    /// Its rules.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RuleEntry>,
}

/// A rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleEntry {
    /// Its name in its pack, in kebab case, so that `allow <name>` reads well.
    pub name: Name,
    /// Names that it had before, with their packs.
    #[serde(default)]
    pub aliases: Words,
    /// How much a finding weighs.
    pub severity: Severity,
    /// Other severities for some drafts; the first that holds counts.
    #[serde(default)]
    pub weighs: Vec<Weight>,
    /// Whether it is on unless it is switched off, or off unless it is asked for.
    #[serde(default)]
    pub status: Status,
    /// Whether it speaks of markings, or of form, which weighs little once a draft was sent.
    #[serde(default)]
    pub about: Concern,
    /// Kind and parameters.
    pub check: Check,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
    /// When it does not apply, though `when` holds.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// Rules that name the same cause more closely: where one of them finds something, this one is silent.
    #[serde(default)]
    pub unless_found: Words,
    /// The same at a place: where one of them finds something there, this one is silent there alone.
    #[serde(default)]
    pub unless_found_here: Words,
    /// Whether all places are one finding, at the first of them.
    #[serde(default)]
    pub together: bool,
    /// First day of the drafts that it judges.
    pub since: Option<Day>,
    /// Last day of the drafts that it judges.
    pub until: Option<Day>,
    /// Whether it judges drafts without a date though it has a first or last day.
    #[serde(default)]
    pub undated: bool,
    /// What is wrong. `{found}`, `{expected}`, `{count}`, `{date}` and `{level}` are filled in, and what
    /// stands in square brackets is left out where a value in it is empty.
    pub message: Name,
    /// A few words beneath the place.
    pub label: Option<Name>,
    /// A few words beneath the places that explain it.
    pub beside: Option<Name>,
    /// One line that can be followed.
    pub help: Option<Name>,
    /// How it can be put right.
    pub fix: Option<FixEntry>,
    /// What, why, and how to put it right: the page of the rule.
    #[serde(default)]
    pub explain: PackText,
    /// Where it is laid down.
    #[serde(default)]
    pub authority: Vec<AuthorityEntry>,
    /// Run as tests.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

/// Whether a rule is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Off unless asked for.
    Preview,
    /// On unless switched off.
    #[default]
    Stable,
}

/// What a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// Levels, controls, and what belongs to them.
    #[default]
    Marking,
    /// Form: at most advice once a draft was sent.
    Form,
}

/// Another severity for some drafts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Weight {
    /// Which drafts.
    pub when: Condition,
    /// How much it weighs there.
    pub severity: Severity,
}

/// Where a rule is laid down.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuthorityEntry {
    /// The document.
    pub document: Name,
    /// Chapter, section or paragraph.
    pub section: Option<PackText>,
    /// Whether it was read. What was not read never makes an error.
    #[serde(default)]
    pub status: Evidence,
}

/// How a finding can be put right: one of `replace`, `delete` and `insert-below`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixEntry {
    /// What it does, in the imperative.
    pub title: Name,
    /// Whether a person has to decide.
    pub applicability: Applicability,
    /// Text in the place of what was found.
    pub replace: Option<Name>,
    /// Takes out what was found, with its line where nothing else stands on it.
    #[serde(default)]
    pub delete: bool,
    /// A line below the last element of the first of these kinds that occurs.
    pub insert_below: Option<Kinds>,
    /// The text of that line.
    pub line: Option<Name>,
    /// The field into which that text goes instead in a telegram of labelled fields.
    pub in_field: Option<FieldEntry>,
    /// The banners of a document raised to what they and the portions demand together.
    #[serde(default)]
    pub raise: bool,
}

/// A labelled field that takes one more value.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldEntry {
    /// The element that holds the values of the field.
    pub element: ElementKind,
    /// What stands between two values.
    pub separator: PackText,
    /// The label of the field, for a telegram that has none yet.
    pub label: Name,
    /// Its line goes below the last element of the first of these kinds that occurs.
    pub below: Kinds,
}

/// A draft that shows a rule, or shows that it keeps silent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// A draft in which the rule finds something.
    pub fires: Option<PackText>,
    /// The text at which it does.
    pub at: Option<PackText>,
    /// What the fix makes of that draft.
    pub fixed: Option<PackText>,
    /// A draft in which it finds nothing.
    pub quiet: Option<PackText>,
    /// Whether the drafts are about to be sent or were sent long ago, where they do not say it themselves.
    pub profile: Option<Profile>,
}
