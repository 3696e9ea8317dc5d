//! The shape of a vocabulary file: the words that one kind of element may hold.

use super::shared::{Day, Evidence, Name};
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
    pub title: String,
    /// A group that every term belongs to.
    pub group: Option<String>,
    /// Whether a word outside the list is suspicious.
    #[serde(default)]
    pub closed: bool,
    /// The document that defines it, with its date.
    pub authority: String,
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
    pub title: String,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// Words in order, where `*` stands for one or more of any.
    #[serde(default)]
    pub pattern: Vec<String>,
    /// Phrases of which each must stand, for a notice. A `#` at the end demands that a number follows.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Labels by which rules choose it.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The control of the scheme that it states.
    pub control: Option<Name>,
    /// The level of the scheme that it states.
    pub level: Option<Name>,
    /// The letters that may follow it, for a reason.
    pub letters: Option<String>,
    /// First day on which it may be used.
    pub since: Option<Day>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The word to use afterwards.
    pub replaced_by: Option<Name>,
    /// Where it is defined, if not where the vocabulary is.
    pub authority: Option<String>,
    /// Whether the authority was read.
    pub status: Option<Evidence>,
}
