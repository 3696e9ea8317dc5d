//! The shape of the parts of a scheme file that list codes.

use super::shared::{Day, Name};
use super::text::PackText;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A list of codes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeListEntry {
    /// The name that parameters give.
    pub name: Name,
    /// What the codes are, in a line.
    pub title: PackText,
    /// Groups of codes, in the order in which they stand.
    #[serde(default)]
    pub groups: Vec<PackText>,
    /// The group of a code that names none.
    #[serde(default)]
    pub group: PackText,
    /// Codes with their names, where nothing else is to be said of them.
    #[serde(default)]
    pub plain: BTreeMap<PackText, PackText>,
    /// Codes of which more is to be said.
    #[serde(default, rename = "code")]
    pub codes: Vec<CodeEntry>,
    /// Codes that join two others as words do, where no right separator stands before them.
    #[serde(default)]
    pub conjunctions: Vec<PackText>,
    /// Where they are listed.
    #[serde(default)]
    pub authority: PackText,
}

/// A code, perhaps one that stands for several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeEntry {
    /// The code.
    pub code: Name,
    /// What it stands for, in a line.
    #[serde(default)]
    pub title: PackText,
    /// Its group.
    pub group: Option<PackText>,
    /// The codes that it stands for; empty where they are not published.
    #[serde(default)]
    pub members: Vec<Name>,
    /// Last day on which it may be used.
    pub until: Option<Day>,
    /// The code to use afterwards.
    pub replaced_by: Option<PackText>,
}
