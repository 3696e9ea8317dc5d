//! The shape of a rule file: rules of closed kinds, with their conditions, words and examples.

use crate::diagnostic::Severity;
use crate::pack::shared::{Day, Name};
use crate::reading::{ElementKind, Form, Rendering};
use schemars::JsonSchema;
use serde::Deserialize;

/// A rule file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Its rules.
    #[serde(rename = "rule")]
    pub rules: Vec<RuleEntry>,
}

/// A rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleEntry {
    /// Its name in its pack, in kebab case, so that `allow <name>` reads well.
    pub name: Name,
    /// How much a finding weighs.
    pub severity: Severity,
    /// Kind and parameters.
    pub check: Check,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
    /// When it does not apply, though `when` holds.
    #[serde(default)]
    pub unless: Vec<Condition>,
    /// Other severities for some drafts; the first that holds counts.
    #[serde(default)]
    pub weighs: Vec<Weight>,
    /// What is wrong: `{found}` and `{expected}` are filled in.
    pub message: String,
    /// A few words beneath the place.
    #[serde(default)]
    pub label: String,
    /// One line that can be followed.
    pub help: String,
    /// What, why, and how to put it right.
    pub explain: String,
    /// Document and section.
    pub authority: Vec<String>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Run as tests.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
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

/// A draft that shows a rule, or shows that it keeps silent.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// A draft in which the rule finds something.
    pub fires: Option<String>,
    /// The text at which it does.
    pub at: Option<String>,
    /// A draft in which it finds nothing.
    pub quiet: Option<String>,
}

/// Facts of a draft that must hold, all of them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// Kinds of draft.
    pub form: Vec<Form>,
    /// Renderings of a telegram.
    pub rendering: Vec<Rendering>,
    /// Whether the header's level is a classification.
    pub classified: Option<bool>,
    /// Captions of which one must stand.
    pub any_caption: Vec<Name>,
    /// Captions of which none may stand.
    pub no_caption: Vec<Name>,
    /// Elements that must be there.
    pub present: Vec<ElementKind>,
    /// Elements that must not be there.
    pub absent: Vec<ElementKind>,
    /// First day of the draft.
    pub since: Option<Day>,
    /// Last day of the draft.
    pub until: Option<Day>,
}

/// The kinds of check. One key names the kind, its table holds the parameters.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// An element must be there.
    Present(Present),
    /// An element must not be there.
    Absent(Absent),
    /// The level of some markings must not be above that of the header.
    NotAbove(NotAbove),
    /// A control on a portion demands the same in the header.
    ControlInHeader(ControlInHeader),
    /// Two captions must not stand together.
    Conflict(Conflict),
    /// The day of the draft must lie in the lifetime of a word.
    Lifetime(Lifetime),
    /// Two numbers must agree.
    Agree(Agree),
    /// Numbers must run from one, step one.
    Sequence(Sequence),
    /// A day must not lie too far ahead, nor behind.
    DayRange(DayRange),
}

/// An element must be there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Present {
    /// What must be there.
    pub element: ElementKind,
    /// What it is missing from: the place of the finding.
    pub of: ElementKind,
}

/// An element must not be there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Absent {
    /// What must not be there.
    pub element: ElementKind,
    /// Texts that it must not be; any where none is given. Capitals do not matter.
    #[serde(default)]
    pub text: Vec<String>,
    /// One finding at the first place, with the others beside it.
    #[serde(default)]
    pub together: bool,
}

/// The level of some markings must not be above that of the header.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NotAbove {
    /// Markings that are compared.
    pub element: ElementKind,
}

/// A control on a portion demands the same in the header.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlInHeader {
    /// Name of the control.
    pub control: Name,
}

/// Two captions must not stand together.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {
    /// The one that is at fault.
    pub caption: Name,
    /// Those it must not stand with.
    pub with: Vec<Name>,
}

/// The day of the draft must lie in the lifetime of a word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lifetime {
    /// Elements whose word is looked up.
    pub element: ElementKind,
    /// Vocabulary of the word.
    pub vocabulary: Name,
    /// Days before its time that are let pass.
    #[serde(default)]
    pub early: i32,
    /// Days after its time that are let pass.
    #[serde(default)]
    pub late: i32,
}

/// Two numbers must agree.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Agree {
    /// The one at fault.
    pub element: ElementKind,
    /// The one it must agree with.
    pub with: ElementKind,
    /// How many last digits count; all where none are given.
    pub last_digits: Option<u32>,
}

/// Numbers must run from one, step one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sequence {
    /// The numbers.
    pub element: ElementKind,
}

/// A day must not lie too far ahead, nor behind.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DayRange {
    /// The day.
    pub element: ElementKind,
    /// Most years after the day of the draft.
    pub years: i16,
}
