//! The shape of a scheme file: levels, categories and controls of one marking scheme.
//!
//! Every name that is looked up later is a [`Name`], so that a problem points at the exact word.

use super::shared::{Day, Evidence, Name};
use schemars::JsonSchema;
use serde::Deserialize;

/// A scheme file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchemeFile {
    /// What the scheme is.
    pub scheme: SchemeHeader,
    /// How a marking is punctuated.
    #[serde(default)]
    pub syntax: SyntaxEntry,
    /// Ladders of levels; without any there is one.
    #[serde(default, rename = "ladder")]
    pub ladders: Vec<LadderEntry>,
    /// Levels, lowest first within their ladder.
    #[serde(rename = "level")]
    pub levels: Vec<LevelEntry>,
    /// Owners that stand before the level, or in an empty first place.
    #[serde(default, rename = "owner")]
    pub owners: Vec<OwnerEntry>,
    /// Categories of controls, in the order in which they stand in a marking.
    #[serde(default, rename = "category")]
    pub categories: Vec<CategoryEntry>,
    /// Chains of controls of which the first that is present stands for the rest.
    #[serde(default, rename = "dominance")]
    pub dominance: Vec<DominanceEntry>,
    /// Where markings stand.
    #[serde(default)]
    pub placement: PlacementEntry,
    /// Labelled fields of the classification authority block.
    #[serde(default, rename = "block-field")]
    pub block_fields: Vec<BlockFieldEntry>,
    /// Sentences and blocks that a control or level demands.
    #[serde(default, rename = "companion")]
    pub companions: Vec<CompanionEntry>,
    /// Old terms that are not live words of the scheme.
    #[serde(default, rename = "deprecated")]
    pub deprecated: Vec<DeprecatedEntry>,
    /// Variants of the scheme that switch words off.
    #[serde(default, rename = "profile")]
    pub profiles: Vec<ProfileEntry>,
}

/// What the scheme is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchemeHeader {
    /// The name used in configuration and reports.
    pub name: Name,
    /// The name for people.
    pub title: String,
    /// The document that defines it, with its date.
    pub authority: Vec<String>,
    /// Version of this file format: 1.
    pub format: u32,
}

/// How a marking is punctuated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SyntaxEntry {
    /// Between the level and a category, and between categories.
    pub between_categories: String,
    /// Between two controls of a category.
    pub between_controls: String,
    /// The brackets of a portion mark.
    pub portion: [String; 2],
    /// Other separators that are read, and reported.
    pub tolerated: Vec<String>,
    /// Whether a level may be written with blanks between its letters on a message header.
    pub letter_spaced: bool,
}

impl Default for SyntaxEntry {
    fn default() -> Self {
        Self {
            between_categories: "//".to_owned(),
            between_controls: "/".to_owned(),
            portion: ["(".to_owned(), ")".to_owned()],
            tolerated: Vec::new(),
            letter_spaced: false,
        }
    }
}

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

/// How a word is written on each surface: the first spelling is the canonical one.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forms {
    /// In a banner line.
    pub banner: Vec<String>,
    /// In a portion mark.
    pub portion: Vec<String>,
    /// On the reference line of a message, or the line for captions below it.
    pub header: Vec<String>,
    /// In the subject of a message.
    pub subject: Vec<String>,
    /// In a header field of a mail.
    pub mail: Vec<String>,
    /// In the security warning of a transmission.
    pub transmission: Vec<String>,
}

/// One rank of the scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelEntry {
    /// Its full name.
    pub name: Name,
    /// What it means, in a line.
    pub title: String,
    /// Its ladder; without it the first one.
    pub ladder: Option<Name>,
    /// Whether it is a classification.
    #[serde(default)]
    pub classified: bool,
    /// How it is written.
    pub forms: Forms,
    /// Levels of other ladders that weigh the same.
    #[serde(default)]
    pub equals: Vec<Name>,
    /// Suffixes that this level alone may carry; each is a step above the bare level.
    #[serde(default, rename = "modifier")]
    pub modifiers: Vec<ModifierEntry>,
    /// Controls that the level itself states.
    #[serde(default)]
    pub implies: Vec<Name>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The level to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the scheme is.
    pub authority: Option<String>,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// A suffix bound to one level.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModifierEntry {
    /// The suffix's name.
    pub name: Name,
    /// What joins it to the level, such as a hyphen.
    pub join: String,
    /// How it is written.
    pub forms: Forms,
}

/// Who owns the information, where the marking says so.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnerEntry {
    /// The owner's name.
    pub name: Name,
    /// How it is written.
    pub forms: Forms,
    /// Whether an empty first place (`//`) stands before it.
    #[serde(default)]
    pub leading_separator: bool,
    /// A level that the owner's word replaces.
    pub replaces_level: Option<Name>,
    /// Whether a sub-owner may follow after the inner separator.
    #[serde(default)]
    pub sub_owner: bool,
}

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

/// In which order the controls of a category stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// As they stand in the scheme file.
    #[default]
    Listed,
    /// By the alphabet.
    Alphabetical,
    /// By group, in the order of `groups`, and then by the alphabet.
    Groups,
    /// In any order.
    Free,
}

/// What the portions demand of the banner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RollUpOperator {
    /// On any portion, so on the banner.
    #[default]
    Union,
    /// The banner keeps only what every portion allows.
    Intersection,
    /// The first of a chain that is present stands for the rest.
    Dominance,
    /// The banner says only that there is some.
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
    /// What stands before it, if not the scheme's separator.
    pub lead: Option<String>,
    /// What stands between its controls, if not the scheme's separator.
    pub inner: Option<String>,
    /// The order of its controls.
    #[serde(default)]
    pub sort: Sort,
    /// Groups in order, for `sort = "groups"`.
    #[serde(default)]
    pub groups: Vec<String>,
    /// What portions demand of the banner, unless a control says otherwise.
    #[serde(default)]
    pub roll_up: RollUpOperator,
    /// Whether words outside the list are allowed.
    #[serde(default)]
    pub open: bool,
    /// Most controls that may stand together.
    pub at_most: Option<u8>,
    /// Its controls.
    #[serde(default, rename = "control")]
    pub controls: Vec<ControlEntry>,
}

/// What may stand after a control.
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

/// A parameter of a control.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ParameterEntry {
    /// What kind of value it is.
    pub kind: ParameterKind,
    /// The codes that are known; empty where any are.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Codes that stand for several, with their members.
    #[serde(default)]
    pub groups: Vec<CodeGroupEntry>,
    /// The code that stands first.
    pub first: Option<String>,
    /// The order of the others.
    #[serde(default)]
    pub sort: Sort,
    /// What stands between two values.
    pub separator: Option<String>,
    /// Whether the control may stand without it.
    #[serde(default)]
    pub optional: bool,
    /// Longest value, in characters.
    pub longest: Option<u32>,
}

/// A code that stands for several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeGroupEntry {
    /// The code.
    pub code: String,
    /// The codes that it stands for; empty where they are not published.
    #[serde(default)]
    pub members: Vec<String>,
}

/// A control: anything that may follow, or precede, the level.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlEntry {
    /// Its canonical name.
    pub name: Name,
    /// What it means, in a line.
    pub title: String,
    /// How it is written.
    pub forms: Forms,
    /// The group that `sort = "groups"` puts it in.
    pub group: Option<String>,
    /// Words that belong to it after its value.
    pub suffix: Option<String>,
    /// What may stand after it.
    pub parameter: Option<ParameterEntry>,
    /// Levels it may stand with; empty for every level.
    #[serde(default)]
    pub levels: Vec<Name>,
    /// Controls of which one must stand beside it.
    #[serde(default)]
    pub requires: Vec<Name>,
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
    /// Levels at which the banner leaves it out.
    #[serde(default)]
    pub dropped_at: Vec<Name>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The control to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the scheme is.
    pub authority: Option<String>,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// A chain of controls of which the first that is present stands for the rest.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DominanceEntry {
    /// Strongest first.
    pub chain: Vec<Name>,
}

/// A place for a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The first line.
    Top,
    /// The last line.
    Bottom,
    /// Top and bottom of each page.
    EveryPage,
    /// In the subject.
    Subject,
    /// In a header field of a mail.
    MailHeader,
    /// The reference line of a message.
    MessageHeader,
}

/// Whether portions are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PortionPolicy {
    /// Never.
    Off,
    /// As the author likes.
    #[default]
    Optional,
    /// All or none.
    AllOrNothing,
    /// All.
    Required,
}

/// Where markings stand.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlacementEntry {
    /// Where the document's marking must stand.
    pub banner: Vec<Place>,
    /// Where no marking may stand.
    pub never: Vec<Place>,
    /// Whether portions are marked.
    pub portions: PortionPolicy,
    /// The lowest level from which that holds.
    pub portions_from: Option<Name>,
    /// Parts of a document that need no mark, such as headings.
    pub exempt: Vec<String>,
}

/// A labelled field of the classification authority block.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BlockFieldEntry {
    /// The label and other spellings of it.
    pub labels: Vec<String>,
    /// What kind of value it has.
    pub value: ParameterKind,
    /// The lowest level from which it must stand.
    pub required_from: Option<Name>,
}

/// A sentence or block that a control or level demands.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CompanionEntry {
    /// The control or level that demands it.
    pub of: Name,
    /// Phrases of which each must stand in the text.
    pub phrases: Vec<String>,
    /// Where that is said.
    pub authority: String,
}

/// An old term.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeprecatedEntry {
    /// The old words.
    pub text: Name,
    /// The word to use, where there is one.
    pub replaced_by: Option<Name>,
    /// Whether the new word may be put in its place without a person.
    #[serde(default)]
    pub exact: bool,
    /// Last day on which it was right.
    pub until: Option<Day>,
    /// Where that is said.
    pub authority: String,
}

/// A variant of the scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProfileEntry {
    /// The name that configuration gives.
    pub name: Name,
    /// What it is for.
    pub title: String,
    /// Controls and levels that it does not have.
    #[serde(default)]
    pub without: Vec<Name>,
    /// Categories in its own order, where that differs.
    #[serde(default)]
    pub order: Vec<Name>,
}
