//! What is said of each rule: by name, by pack, by selection.

use super::file::{Placed, RuleLevel, RuleTable, Words};
use super::names::{current, means};
use super::project::Said;
use super::remark::MARKING_MISSING;
use crate::diagnostic::Severity;
use crate::engine::Setting;
use crate::rules::RuleSet;

/// What the tables say of a rule: a later table wins for the same name, then the longest name.
pub(super) fn said_of<'t>(
    id: &str,
    rules: &RuleSet,
    tables: impl Iterator<Item = &'t RuleTable>,
) -> Option<RuleLevel> {
    let entries = tables.flat_map(|table| &table.0);
    entries
        .filter(|(name, _)| means(current(name.value(), rules), id))
        // Of equals the last is the maximum.
        .max_by_key(|(name, _)| name.value().len())
        .map(|(_, level)| *level.value())
}

/// The setting of each rule, from keys of which the last win; empty where nothing is said of any.
///
/// The tables of the files count as one; an `[[override]]` and the command line, each that speaks of a
/// rule, go before them. `select`, `extend-select` and `ignore` have the last word.
pub(super) fn severities(said: &[Said<'_>], rules: &RuleSet) -> Vec<Setting> {
    let silent = said.iter().all(|Said { keys, .. }| {
        let listed = keys.select.or(keys.ignore).or(keys.extend_select);
        keys.rules.0.is_empty() && listed.is_none()
    });
    if silent {
        return Vec::new();
    }
    rules.ids().map(|id| setting(said, id, rules)).collect()
}

/// How much it weighs that a draft which must be marked is not; `None` where that is turned off.
pub(super) fn marking_missing(said: &[Said<'_>], rules: &RuleSet) -> Option<Severity> {
    match setting(said, MARKING_MISSING.id, rules) {
        Setting::Own | Setting::On => Some(MARKING_MISSING.severity),
        Setting::Fixed(severity) | Setting::AtLeast(severity) => Some(severity),
        Setting::Off => None,
    }
}

/// What is said of one rule.
fn setting(said: &[Said<'_>], id: &str, rules: &RuleSet) -> Setting {
    let named = |list: &Placed<Words>| {
        let mut names = list.value().iter();
        names.any(|name| means(current(name.value(), rules), id))
    };
    let select = said.iter().rev().find_map(|said| said.keys.select);
    let ignore = said.iter().rev().find_map(|said| said.keys.ignore);
    let more = said.iter().filter_map(|said| said.keys.extend_select);
    let setting = match level(said, id, rules).map(RuleLevel::severity) {
        None => Setting::Own,
        Some(None) => Setting::Off,
        Some(Some(severity)) => Setting::Fixed(severity),
    };
    let asked = more.chain(select).any(named);
    if ignore.is_some_and(named) || (select.is_some() && !asked) {
        Setting::Off
    } else if asked && matches!(setting, Setting::Off | Setting::Own) {
        Setting::On
    } else {
        setting
    }
}

/// The level that is said of a rule last.
fn level(said: &[Said<'_>], id: &str, rules: &RuleSet) -> Option<RuleLevel> {
    let (files, others): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
        said.iter().partition(|said| said.of_file);
    let of_files = said_of(id, rules, files.iter().map(|said| said.keys.rules));
    others.iter().fold(of_files, |level, said| {
        said_of(id, rules, std::iter::once(said.keys.rules)).or(level)
    })
}
