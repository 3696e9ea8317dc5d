//! What is said of each rule: by name, by pack, by selection.

use super::file::{Placed, RuleLevel, RuleTable, Words};
use super::names::means;
use super::project::Said;
use crate::engine::Setting;
use crate::rules::RuleSet;

/// What the tables say of a rule: a later table wins for the same name, then the longest name.
pub(super) fn said_of<'t>(
    id: &str,
    tables: impl Iterator<Item = &'t RuleTable>,
) -> Option<RuleLevel> {
    let entries = tables.flat_map(|table| &table.0);
    entries
        .filter(|(name, _)| means(name.value(), id))
        // Of equals the last is the maximum.
        .max_by_key(|(name, _)| name.value().len())
        .map(|(_, level)| *level.value())
}

/// The setting of each rule, from keys of which the last win; empty where nothing is said of any.
///
/// The tables of the files count as one; an `[[override]]` and the command line, each that speaks of a
/// rule, go before them. `select`, `extend-select` and `ignore` have the last word.
pub(super) fn severities(said: &[Said<'_>], rules: &RuleSet) -> Vec<Setting> {
    let select = said.iter().rev().find_map(|said| said.keys.select);
    let ignore = said.iter().rev().find_map(|said| said.keys.ignore);
    let more = said.iter().filter_map(|said| said.keys.extend_select);
    let more: Vec<&Placed<Words>> = more.collect();
    let silent = said.iter().all(|said| said.keys.rules.0.is_empty());
    if silent && select.is_none() && ignore.is_none() && more.is_empty() {
        return Vec::new();
    }
    let named = |list: &Placed<Words>, id: &str| {
        let mut names = list.value().iter();
        names.any(|name| means(name.value(), id))
    };
    let setting = |id: &str| {
        let setting = match level(said, id).map(RuleLevel::severity) {
            None => Setting::Own,
            Some(None) => Setting::Off,
            Some(Some(severity)) => Setting::Fixed(severity),
        };
        let asked = more
            .iter()
            .copied()
            .chain(select)
            .any(|list| named(list, id));
        if ignore.is_some_and(|list| named(list, id)) || (select.is_some() && !asked) {
            Setting::Off
        } else if asked && matches!(setting, Setting::Off | Setting::Own) {
            Setting::On
        } else {
            setting
        }
    };
    rules.rules().iter().map(|rule| setting(&rule.id)).collect()
}

/// The level that is said of a rule last.
fn level(said: &[Said<'_>], id: &str) -> Option<RuleLevel> {
    let (files, others): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
        said.iter().partition(|said| said.of_file);
    let of_files = said_of(id, files.iter().map(|said| said.keys.rules));
    others.iter().fold(of_files, |level, said| {
        said_of(id, std::iter::once(said.keys.rules)).or(level)
    })
}
