//! The shape of the parts of a scheme file that speak of levels and of those who own information.

use super::control_file::ParameterEntry;
use super::scheme_file::Forms;
use super::shared::{Color, Day, Evidence, Name};
use super::text::PackText;
use schemars::JsonSchema;
use serde::Deserialize;

/// A ladder of levels.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LadderEntry {
    /// The name that levels give.
    pub name: Name,
    /// Ladders of which every level is lower than every level of this one.
    #[serde(default)]
    pub above: Vec<Name>,
}

/// One rank of the scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelEntry {
    /// Its full name.
    pub name: Name,
    /// What it means, in a line.
    pub title: PackText,
    /// Its ladder; without it the first one.
    pub ladder: Option<Name>,
    /// Whether it is a classification.
    #[serde(default)]
    pub classified: bool,
    /// How it is written.
    pub forms: Forms,
    /// Spellings that are read, and reported with the canonical form.
    #[serde(default)]
    pub variants: Vec<PackText>,
    /// Whether its word is an ordinary one too, and counts in capitals only.
    #[serde(default)]
    pub ordinary: bool,
    /// Levels of other ladders that lie below it.
    #[serde(default)]
    pub above: Vec<Name>,
    /// Levels of other ladders that weigh the same.
    #[serde(default)]
    pub equals: Vec<Name>,
    /// Levels of other ladders at its height that it does not compare with: a person decides.
    #[serde(default)]
    pub parallel: Vec<Name>,
    /// Levels of other schemes that it answers to, for messages only.
    #[serde(default)]
    pub equivalents: Vec<EquivalentEntry>,
    /// Suffixes that this level alone may carry; each is a step above the bare level.
    #[serde(default, rename = "modifier")]
    pub modifiers: Vec<ModifierEntry>,
    /// Controls that the level itself states.
    #[serde(default)]
    pub implies: Vec<Name>,
    /// Owners of which one must stand before it; empty where none need.
    #[serde(default)]
    pub owners: Vec<Name>,
    /// The level that it demands of a banner without its owner.
    pub counts_as: Option<Name>,
    /// The colour in which editors show it.
    pub color: Option<Color>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The level to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the scheme is.
    pub authority: Option<PackText>,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// A level of another scheme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EquivalentEntry {
    /// The scheme's name.
    pub scheme: PackText,
    /// The level's name there.
    pub level: PackText,
}

/// A suffix bound to one level.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModifierEntry {
    /// The suffix's name.
    pub name: Name,
    /// What it means, in a line.
    #[serde(default)]
    pub title: PackText,
    /// What joins it to the level, such as a hyphen.
    pub join: PackText,
    /// How it is written.
    pub forms: Forms,
}

/// Who owns the information, where the marking says so.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnerEntry {
    /// The owner's name.
    pub name: Name,
    /// What it means, in a line.
    #[serde(default)]
    pub title: PackText,
    /// How it is written; nothing where any code of `codes` is the owner.
    #[serde(default)]
    pub forms: Forms,
    /// The list whose codes may each stand as owner.
    pub codes: Option<Name>,
    /// Whether the first place is left empty before it.
    #[serde(default)]
    pub leading_separator: bool,
    /// What joins it to the level in a portion mark that leaves no first place empty, such as a hyphen.
    pub joined_by: Option<PackText>,
    /// Levels that are one word with the owner: replaced or absorbed.
    #[serde(default, rename = "combined")]
    pub combined: Vec<CombinedEntry>,
    /// Levels it may stand before; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// What may follow the owner's word, such as the name of an operation.
    pub sub_owner: Option<SubOwnerEntry>,
    /// What follows the level, such as the codes of all owners.
    pub parameter: Option<ParameterEntry>,
    /// Controls that must stand beside it.
    #[serde(default)]
    pub requires: Vec<Name>,
    /// Controls that may not stand beside it.
    #[serde(default)]
    pub excludes: Vec<Name>,
    /// The control that states the owner in a banner without it.
    pub becomes: Option<Name>,
    /// The code that the control then names; the owner's own code where none is given.
    pub becomes_code: Option<Name>,
    /// Where it is defined, if not where the scheme is.
    pub authority: Option<PackText>,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// A level that is one word with its owner.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CombinedEntry {
    /// The level.
    pub level: Name,
    /// How owner and level are written together.
    pub forms: Forms,
}

/// What may follow the owner's word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SubOwnerEntry {
    /// What stands between the two.
    pub join: PackText,
    /// Names that are known.
    #[serde(default)]
    pub names: Vec<PackText>,
    /// Whether a name outside the list is wrong.
    #[serde(default)]
    pub closed: bool,
    /// Levels it may stand before; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// The letters that stand for the owner where a portion mark writes owner, name and level in one word.
    pub fused: Option<PackText>,
}
