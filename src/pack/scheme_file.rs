//! The shape of a scheme file: punctuation, placement and profiles of one marking scheme, and what it lists.
//!
//! A scheme may be spread over several files of a folder: one with `[scheme]`, others with `[part]`.
//! Every name that is looked up later is a [`Name`], so that a problem points at the exact word.

use super::code_file::CodeListEntry;
use super::control_file::{CategoryEntry, ControlEntry, ParameterKind};
use super::level_file::{LadderEntry, LevelEntry, OwnerEntry};
use super::shared::{Day, Evidence, Name};
use super::text::PackText;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

/// A scheme file, or a part of one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchemeFile {
    /// What the scheme is; stands in exactly one of its files.
    pub scheme: Option<SchemeHeader>,
    /// Which scheme this file adds to.
    pub part: Option<PartHeader>,
    /// How a marking is punctuated.
    pub syntax: Option<SyntaxEntry>,
    /// Ladders of levels; without any there is one.
    #[serde(default, rename = "ladder")]
    pub ladders: Vec<LadderEntry>,
    /// Levels, lowest first within their ladder.
    #[serde(default, rename = "level")]
    pub levels: Vec<LevelEntry>,
    /// Owners that stand before the level, or in an empty first place.
    #[serde(default, rename = "owner")]
    pub owners: Vec<OwnerEntry>,
    /// Categories of controls, in the order in which they stand in a marking.
    #[serde(default, rename = "category")]
    pub categories: Vec<CategoryEntry>,
    /// Controls that name their category, and follow those that stand in it.
    #[serde(default, rename = "control")]
    pub controls: Vec<Arc<ControlEntry>>,
    /// Lists of codes that parameters name.
    #[serde(default, rename = "code-list")]
    pub code_lists: Vec<CodeListEntry>,
    /// Chains of controls of which the first that is present stands for the rest.
    #[serde(default, rename = "dominance")]
    pub dominance: Vec<DominanceEntry>,
    /// Where markings stand.
    pub placement: Option<PlacementEntry>,
    /// Labelled fields of the classification authority block.
    #[serde(default, rename = "block-field")]
    pub block_fields: Vec<BlockFieldEntry>,
    /// Sentences and blocks that a control or level demands.
    #[serde(default, rename = "companion")]
    pub companions: Vec<CompanionEntry>,
    /// Old terms that are not live words of the scheme.
    #[serde(default, rename = "deprecated")]
    pub deprecated: Vec<DeprecatedEntry>,
    /// Variants of the scheme that change some of it.
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
    pub title: PackText,
    /// The document that defines it, with its date.
    pub authority: Vec<PackText>,
    /// Version of this file format: 1.
    pub format: u32,
}

/// Which scheme a file adds to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartHeader {
    /// The scheme's name.
    pub of: Name,
    /// What the file holds, in a line.
    pub title: PackText,
}

/// How a marking is punctuated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SyntaxEntry {
    /// Between the level and a category, and between categories.
    pub between_categories: PackText,
    /// Between two controls of a category.
    pub between_controls: PackText,
    /// What stands before an owner that takes the place of the scheme's own.
    pub leading: PackText,
    /// The brackets of a portion mark.
    pub portion: [PackText; 2],
    /// Other separators that are read, and reported.
    pub tolerated: Vec<PackText>,
    /// Whether a level may be written with blanks between its letters on a message header.
    pub letter_spaced: bool,
    /// Surfaces that are punctuated otherwise.
    #[serde(rename = "surface")]
    pub surfaces: Vec<SurfaceSyntaxEntry>,
}

impl Default for SyntaxEntry {
    fn default() -> Self {
        Self {
            between_categories: "//".into(),
            between_controls: "/".into(),
            leading: "//".into(),
            portion: ["(".into(), ")".into()],
            tolerated: Vec::new(),
            letter_spaced: false,
            surfaces: Vec::new(),
        }
    }
}

/// How markings of one surface are punctuated; it wins over what categories say.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SurfaceSyntaxEntry {
    /// The surface.
    pub of: SurfaceName,
    /// Between the level and a category, and between categories.
    pub between_categories: PackText,
    /// Between two controls of a category.
    pub between_controls: PackText,
    /// What stands around the marking.
    pub brackets: Option<[PackText; 2]>,
}

/// Where a marking is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SurfaceName {
    /// In a banner line.
    Banner,
    /// In a portion mark.
    Portion,
    /// On the reference line of a message.
    Header,
    /// In the subject of a message.
    Subject,
    /// In a header field of a mail.
    Mail,
    /// In the security warning of a transmission.
    Transmission,
}

/// How a word is written on each surface: the first spelling is the canonical one, the others are right too.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forms {
    /// In a banner line.
    pub banner: Vec<PackText>,
    /// In a banner line, spelt out.
    pub long: Option<PackText>,
    /// In a portion mark.
    pub portion: Vec<PackText>,
    /// On the reference line of a message, or the line for captions below it.
    pub header: Vec<PackText>,
    /// In the subject of a message.
    pub subject: Vec<PackText>,
    /// In a header field of a mail.
    pub mail: Vec<PackText>,
    /// In the security warning of a transmission.
    pub transmission: Vec<PackText>,
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
    /// At the start of the subject.
    SubjectStart,
    /// At the end of the subject.
    SubjectEnd,
    /// In a header field of a mail.
    MailHeader,
    /// The first line of a mail's text.
    BodyStart,
    /// Right before the text that is labelled.
    BeforeText,
    /// The reference line of a message.
    MessageHeader,
    /// Titles and headings.
    Heading,
    /// An outer envelope.
    Envelope,
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
    /// Which place counts where two differ, the first named one first.
    pub precedence: Vec<Place>,
    /// Whether portions are marked.
    pub portions: PortionPolicy,
    /// The lowest level from which that holds; below it portions are as the author likes.
    pub portions_from: Option<Name>,
    /// Parts of a document that need no mark, such as headings.
    pub exempt: Vec<PackText>,
}

/// A labelled field of the classification authority block.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BlockFieldEntry {
    /// The label and other spellings of it.
    pub labels: Vec<PackText>,
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
    /// Phrases of which each must stand in the text; capitals and line breaks do not matter.
    pub phrases: Vec<PackText>,
    /// Where that is said.
    pub authority: PackText,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
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
    /// First day on which it is reported.
    pub warn_from: Option<Day>,
    /// First day on which it is an error.
    pub error_from: Option<Day>,
    /// Last day on which it was right.
    pub until: Option<Day>,
    /// Whether records of the time keep it, and only new documents must not have it.
    #[serde(default)]
    pub kept_in_records: bool,
    /// Why it is gone, in a line.
    #[serde(default)]
    pub reason: PackText,
    /// Where that is said.
    pub authority: PackText,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// A variant of the scheme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProfileEntry {
    /// The name that configuration gives in place of the scheme's.
    pub name: Name,
    /// What it is for.
    pub title: PackText,
    /// Where it is defined.
    #[serde(default)]
    pub authority: PackText,
    /// Controls, levels and categories that it does not have.
    #[serde(default)]
    pub without: Vec<Name>,
    /// Categories in its own order, where that differs.
    #[serde(default)]
    pub order: Vec<Name>,
    /// Punctuation of its own.
    pub syntax: Option<SyntaxEntry>,
    /// Placement of its own.
    pub placement: Option<PlacementEntry>,
    /// Levels that stand in place of those of the same name.
    #[serde(default, rename = "level")]
    pub levels: Vec<LevelEntry>,
    /// Controls that stand in place of those of the same name, or beside the others.
    #[serde(default, rename = "control")]
    pub controls: Vec<Arc<ControlEntry>>,
}
