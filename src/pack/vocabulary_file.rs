//! The shape of a vocabulary file: the words that one kind of element may hold.

use super::shared::{Day, Evidence, Name};
use super::text::PackText;
use schemars::JsonSchema;
use serde::Deserialize;

/// A vocabulary file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VocabularyFile {
    /// What the vocabulary is.
    pub vocabulary: VocabularyHeader,
    /// Its words.
    #[serde(rename = "term")]
    pub terms: Vec<TermEntry>,
}

/// What a vocabulary is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VocabularyHeader {
    /// The kind of element whose words these are.
    pub of: Name,
    /// The name for people.
    pub title: PackText,
    /// A group that every term belongs to.
    pub group: Option<PackText>,
    /// Whether a word outside the list is suspicious.
    #[serde(default)]
    pub closed: bool,
    /// The document that defines it, with its date.
    pub authority: PackText,
    /// Whether the authority was read.
    #[serde(default)]
    pub status: Evidence,
}

/// One word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermEntry {
    /// The word as it should be written.
    pub word: Name,
    /// What it means, in a line.
    #[serde(default)]
    pub title: PackText,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<PackText>,
    /// Words in order, where `*` stands for one or more of any.
    #[serde(default)]
    pub pattern: Vec<PackText>,
    /// Phrases of which each must stand, for a notice. A `#` at the end demands that a number follows.
    #[serde(default)]
    pub phrases: Vec<PackText>,
    /// Labels by which rules choose it.
    #[serde(default)]
    pub groups: Vec<PackText>,
    /// The control of the scheme that it states.
    pub control: Option<Name>,
    /// The level of the scheme that it states.
    pub level: Option<Name>,
    /// The letters that may follow it, for a reason.
    pub letters: Option<PackText>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The word to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the vocabulary is.
    pub authority: Option<PackText>,
    /// Whether the authority was read.
    pub status: Option<Evidence>,
}
