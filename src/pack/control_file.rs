//! The shape of the parts of a scheme file that speak of controls: categories, parameters and codes.

use super::scheme_file::{Forms, SurfaceName};
use super::shared::{Day, Evidence, Name};
use super::text::PackText;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

/// Where a category stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Before the level, as an endorsement.
    BeforeLevel,
    /// After the level.
    #[default]
    AfterLevel,
}

/// In which order words or values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// As they stand in the scheme file.
    #[default]
    Listed,
    /// By the alphabet, digits first.
    Alphabetical,
    /// Those of `first` in front, the others by the alphabet.
    FirstThenAlphabetical,
    /// By group, in the order of `groups`, and then by the alphabet.
    Groups,
    /// In any order.
    Free,
}

/// What the portions demand of the banner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RollUpOperator {
    /// On any portion, so on the banner, with the values of all.
    #[default]
    Union,
    /// The banner keeps only what every portion allows.
    Intersection,
    /// The first of a chain that is present stands for the rest.
    Dominance,
    /// The banner says only that there is some, without the values.
    Presence,
    /// Portions say nothing about the banner.
    None,
}

/// A category of controls.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CategoryEntry {
    /// The category's name.
    pub name: Name,
    /// Where it stands.
    #[serde(default)]
    pub position: Position,
    /// What stands between it and the level's side, if not the scheme's separator.
    pub lead: Option<PackText>,
    /// What stands between its controls, if not the scheme's separator.
    pub inner: Option<PackText>,
    /// The order of its controls.
    #[serde(default)]
    pub sort: Sort,
    /// Groups in order, for `sort = "groups"`.
    #[serde(default)]
    pub groups: Vec<PackText>,
    /// Controls in front, for `sort = "first-then-alphabetical"`.
    #[serde(default)]
    pub first: Vec<Name>,
    /// What portions demand of the banner, unless a control says otherwise.
    #[serde(default)]
    pub roll_up: RollUpOperator,
    /// The control that stands for words outside the list, where they are allowed.
    pub open: Option<OpenEntry>,
    /// Fewest controls that must stand, where there is a level.
    #[serde(default)]
    pub at_least: u8,
    /// Most controls that may stand together.
    pub at_most: Option<u8>,
    /// Its controls.
    #[serde(default, rename = "control")]
    pub controls: Vec<Arc<ControlEntry>>,
}

/// Words outside the list of a category.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OpenEntry {
    /// What such a word is, for people.
    pub name: Name,
    /// What it looks like.
    pub shape: Shape,
    /// Levels it may stand with; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// What joins values to it, as to the listed controls, such as a hyphen.
    pub values: Option<ParameterEntry>,
    /// Whether it is to be looked at by a person.
    #[serde(default)]
    pub suspicious: bool,
}

/// Which letters a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Letters {
    /// Capitals and digits.
    #[default]
    Alphanumeric,
    /// Capitals only.
    Alphabetic,
    /// Digits only.
    Digits,
    /// Words of capitals and digits, with blanks and hyphens between.
    Words,
    /// Anything printable.
    Any,
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shape {
    /// Its letters.
    pub letters: Letters,
    /// Fewest characters.
    pub shortest: Option<u32>,
    /// Most characters.
    pub longest: Option<u32>,
}

/// What may stand beside a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// Codes of countries or organisations.
    Codes,
    /// Compartments and sub-compartments.
    Compartments,
    /// Numbers.
    Numbers,
    /// A nickname nobody lists.
    Nickname,
    /// One word in capitals.
    Codeword,
    /// A calendar date.
    Date,
    /// A date and a time.
    Moment,
    /// An event in words.
    Event,
    /// An organisation in words.
    Organisation,
    /// A person in words.
    Person,
}

/// On which side of a control's words its values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// After them.
    #[default]
    After,
    /// Before them.
    Before,
}

/// A parameter of a control.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ParameterEntry {
    /// What kind of value it is.
    pub kind: ParameterKind,
    /// The list of codes that are known.
    pub codes: Option<Name>,
    /// Values that are known, with what holds of each.
    #[serde(default, rename = "value")]
    pub values: Vec<ValueEntry>,
    /// Whether a value that is not known is wrong.
    #[serde(default)]
    pub closed: bool,
    /// Levels that any value may stand with; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// What a value looks like that is not known.
    #[serde(default)]
    pub shape: Shape,
    /// The code that stands first.
    pub first: Option<Name>,
    /// The code that must stand, wherever.
    pub always: Option<Name>,
    /// The order of the values.
    #[serde(default)]
    pub sort: Sort,
    /// On which side of the words the values stand.
    #[serde(default)]
    pub side: Side,
    /// What joins the values to the words: without it a blank, or for compartments their separator.
    pub join: Option<PackText>,
    /// What stands between two values, and between a value and those beneath it, one a depth.
    #[serde(default)]
    pub separators: Vec<PackText>,
    /// Whether the control may stand without it.
    #[serde(default)]
    pub optional: bool,
    /// Surfaces on which the control may stand without it: the banner says the values.
    #[serde(default)]
    pub optional_on: Vec<SurfaceName>,
    /// Most values.
    pub at_most: Option<u8>,
    /// The character that makes a separator part of a value.
    pub escape: Option<char>,
}

/// A value that is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueEntry {
    /// Its name.
    pub name: Name,
    /// What it means, in a line.
    #[serde(default)]
    pub title: PackText,
    /// How it is written.
    pub forms: Forms,
    /// Levels it may stand with; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// Controls that must stand beside it.
    #[serde(default)]
    pub requires: Vec<Name>,
    /// Controls that may not stand beside it.
    #[serde(default)]
    pub excludes: Vec<Name>,
    /// What the values beneath it look like; without it there may be none.
    pub beneath: Option<BeneathEntry>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The value to use afterwards.
    pub replaced_by: Option<PackText>,
    /// Where it is defined, if not where the control is.
    pub authority: Option<PackText>,
}

/// Values beneath a value.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeneathEntry {
    /// What they look like.
    pub shape: Shape,
    /// Those that are known; any where none is given.
    pub only: Vec<PackText>,
    /// Levels they may stand with; empty for every level.
    pub levels: Vec<Name>,
    /// Controls that must stand beside them.
    pub requires: Vec<Name>,
    /// Controls that may not stand beside them.
    pub excludes: Vec<Name>,
}

/// How a banner writes a control with other words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InBannerEntry {
    /// The control that stands there in its place, beside those that it implies.
    pub becomes: Name,
    /// Controls of which one must stand on some portion; any where none is given.
    #[serde(default)]
    pub beside: Vec<Name>,
    /// Levels of the banner at which that holds too.
    #[serde(default)]
    pub at: Vec<Name>,
}

/// A control: anything that may follow, or precede, the level.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlEntry {
    /// Its canonical name.
    pub name: Name,
    /// What it means, in a line.
    pub title: PackText,
    /// Its category, where it does not stand in one.
    pub category: Option<Name>,
    /// How it is written; nothing where the value alone is written.
    #[serde(default)]
    pub forms: Forms,
    /// How it is written where its values are left out, because the banner says them.
    #[serde(default)]
    pub bare: Forms,
    /// Spellings that are read, and reported with the canonical form.
    #[serde(default)]
    pub variants: Vec<PackText>,
    /// Whether its word is an ordinary one too, and counts in capitals only.
    #[serde(default)]
    pub ordinary: bool,
    /// The level or control whose word it shares: it is meant behind another level, or at the levels that
    /// it may stand with.
    pub shares_word_of: Option<Name>,
    /// Whether it says enough without a level.
    #[serde(default)]
    pub stands_alone: bool,
    /// The group that `sort = "groups"` puts it in.
    pub group: Option<PackText>,
    /// Words that belong to it after its value.
    pub suffix: Option<PackText>,
    /// What may stand beside it.
    pub parameter: Option<ParameterEntry>,
    /// Levels it may stand with; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// Owners of which one must stand before the level; empty where none need.
    #[serde(default)]
    pub owners: Vec<Name>,
    /// Controls that must stand beside it.
    #[serde(default)]
    pub requires: Vec<Name>,
    /// Controls of which one must stand beside it.
    #[serde(default)]
    pub requires_one: Vec<Name>,
    /// Controls that may not stand beside it.
    #[serde(default)]
    pub excludes: Vec<Name>,
    /// Controls that it makes needless.
    #[serde(default)]
    pub covers: Vec<Name>,
    /// Controls that it states as well.
    #[serde(default)]
    pub implies: Vec<Name>,
    /// What portions demand of the banner, if not as the category says.
    pub roll_up: Option<RollUpOperator>,
    /// The control that an empty intersection becomes.
    pub empty_becomes: Option<Name>,
    /// Controls whose codes count as its own in an intersection.
    #[serde(default)]
    pub widened_by: Vec<Name>,
    /// Levels whose portions say nothing to the intersection unless they carry a control of it.
    #[serde(default)]
    pub silent_at: Vec<Name>,
    /// Whether a portion with it allows nothing to an intersection, at a silent level too.
    #[serde(default)]
    pub allows_nothing: bool,
    /// Whether a portion without any control may allow it or not, which cannot be seen on it.
    #[serde(default)]
    pub bare_undecided: bool,
    /// Levels at which the banner leaves it out.
    #[serde(default)]
    pub dropped_at: Vec<Name>,
    /// How a banner writes it with other words.
    pub in_banner: Option<InBannerEntry>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The control to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the scheme is.
    pub authority: Option<PackText>,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}
