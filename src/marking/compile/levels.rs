//! Levels, their order, their modifiers, and owners.

use super::merge::Merged;
use super::names::{MOST_LEVELS, Names};
use super::words::{joined, spellings};
use crate::marking::order::LevelOrder;
use crate::marking::scheme::{Level, LevelId, Modifier, Owner, SubOwner};
use crate::pack::level_file::{LevelEntry, ModifierEntry, OwnerEntry};
use crate::pack::scheme_file::BlockFieldEntry;
use crate::pack::shared::Name;

impl Names {
    pub(super) fn levels(&mut self, merged: &Merged) -> Vec<Level> {
        let mut levels = Vec::new();
        for (file, entry) in &merged.levels {
            self.at(*file);
            let id = LevelId(u8::try_from(levels.len()).unwrap_or(u8::MAX));
            let level = self.one_level(entry);
            let made: Vec<_> = entry
                .modifiers
                .iter()
                .map(|modifier| with_modifier(&level, id, modifier))
                .collect();
            levels.push(level);
            levels.extend(made);
        }
        levels.truncate(MOST_LEVELS);
        levels
    }

    fn one_level(&mut self, entry: &LevelEntry) -> Level {
        Level {
            name: entry.name.to_text(),
            title: entry.title.clone(),
            classified: entry.classified,
            spellings: spellings(&entry.forms),
            base: None,
            ordinary: entry.ordinary,
            parallel: self.level_list(&entry.parallel),
            equivalents: entry.equivalents.clone(),
            implies: self.control_list(&entry.implies),
            owners: self.owner_list(&entry.owners),
            counts_as: entry.counts_as.as_ref().and_then(|name| self.level(name)),
            color: entry.color,
            since: entry.since,
            until: entry.until,
            replaced_by: entry.replaced_by.as_ref().and_then(|name| self.level(name)),
            authority: entry.authority.clone(),
            status: entry.status,
        }
    }

    /// Levels below each level, through any number of steps.
    pub(super) fn order(&mut self, merged: &Merged, levels: &[Level]) -> LevelOrder {
        let ladders = self.ladders(merged);
        let mut below = vec![0u64; levels.len()];
        let mut equal = vec![0u64; levels.len()];
        for (index, &own) in ladders.iter().enumerate() {
            let lower_ladders = self.lower_ladders(merged, own);
            for (other, &ladder) in ladders.iter().enumerate() {
                let lower = ladder == own && other < index;
                if (lower || ladder != own && lower_ladders >> ladder & 1 == 1)
                    && let Some(bits) = below.get_mut(index)
                {
                    *bits |= 1 << other;
                }
            }
        }
        self.explicit_order(merged, &mut below, &mut equal);
        close(&mut below, &equal);
        self.parallel_pairs(merged, &below);
        LevelOrder::new(below, equal)
    }

    /// `above` and `equals`.
    fn explicit_order(&mut self, merged: &Merged, below: &mut [u64], equal: &mut [u64]) {
        for (file, entry) in &merged.levels {
            self.at(*file);
            let Some(own) = self
                .known
                .levels
                .get(entry.name.text())
                .map(|id| usize::from(id.0))
            else {
                continue;
            };
            for lower in self.level_list(&entry.above) {
                if let Some(bits) = below.get_mut(own) {
                    *bits |= 1 << lower.0;
                }
            }
            for twin in self.level_list(&entry.equals) {
                for (one, other) in [(own, usize::from(twin.0)), (usize::from(twin.0), own)] {
                    if let Some(bits) = equal.get_mut(one) {
                        *bits |= 1 << other;
                    }
                }
            }
        }
    }

    /// Levels that are said to be parallel must not compare, and none may lie below itself.
    fn parallel_pairs(&mut self, merged: &Merged, below: &[u64]) {
        let is_below = |low: LevelId, high: LevelId| {
            let bits = below.get(usize::from(high.0));
            bits.is_some_and(|bits| bits >> low.0 & 1 == 1)
        };
        for (file, entry) in &merged.levels {
            self.at(*file);
            let Some(&own) = self.known.levels.get(entry.name.text()) else {
                continue;
            };
            if is_below(own, own) {
                let message = format!("level `{}` lies below itself", entry.name.text());
                self.problem(&entry.name, message);
            }
            for name in &entry.parallel {
                let other = self.known.levels.get(name.text()).copied();
                if other.is_some_and(|other| is_below(own, other) || is_below(other, own)) {
                    let message = format!(
                        "`{}` and `{}` are called parallel, and one lies below the other",
                        entry.name.text(),
                        name.text()
                    );
                    self.problem(name, message);
                }
            }
        }
    }

    /// The ladder of each level, by index; the first ladder where none is named.
    fn ladders(&mut self, merged: &Merged) -> Vec<usize> {
        let mut ladders = Vec::new();
        for (file, level) in &merged.levels {
            self.at(*file);
            let ladder = level
                .ladder
                .as_ref()
                .map_or(0, |name| self.ladder(merged, name));
            ladders.extend(std::iter::repeat_n(ladder, 1 + level.modifiers.len()));
        }
        ladders.truncate(MOST_LEVELS);
        ladders
    }

    fn ladder(&mut self, merged: &Merged, name: &Name) -> usize {
        let known = merged.ladders.iter().map(|(_, ladder)| ladder.name.text());
        if let Some(index) = known.clone().position(|ladder| ladder == name.text()) {
            return index;
        }
        self.unknown("ladder", name, known);
        0
    }

    /// Ladders below one, through any number of steps, as bits.
    fn lower_ladders(&mut self, merged: &Merged, ladder: usize) -> u64 {
        let mut reached = 0u64;
        let mut waiting = vec![ladder];
        while let Some(next) = waiting.pop() {
            let Some((file, entry)) = merged.ladders.get(next) else {
                continue;
            };
            self.at(*file);
            for name in &entry.above {
                let found = merged
                    .ladders
                    .iter()
                    .position(|(_, other)| other.name.text() == name.text());
                if let Some(lower) = found.filter(|&lower| lower < MOST_LEVELS)
                    && reached >> lower & 1 == 0
                {
                    reached |= 1 << lower;
                    waiting.push(lower);
                }
            }
        }
        reached & !(1 << ladder.min(MOST_LEVELS - 1))
    }

    pub(super) fn owners(&mut self, merged: &Merged) -> Vec<Owner> {
        let mut owners = Vec::new();
        for (file, entry) in &merged.owners {
            self.at(*file);
            owners.push(self.one_owner(entry, merged));
        }
        owners
    }

    fn one_owner(&mut self, entry: &OwnerEntry, merged: &Merged) -> Owner {
        let combined = entry.combined.iter().filter_map(|combined| {
            let level = self.level(&combined.level)?;
            Some((level, spellings(&combined.forms)))
        });
        let combined = combined.collect();
        let sub_owner = entry.sub_owner.as_ref().map(|sub| SubOwner {
            fused: sub.fused.clone(),
            join: sub.join.clone(),
            names: sub.names.clone(),
            closed: sub.closed,
            levels: self.level_list(&sub.levels),
        });
        Owner {
            name: entry.name.to_text(),
            title: entry.title.clone(),
            spellings: spellings(&entry.forms),
            codes: entry.codes.as_ref().and_then(|name| self.code_list(name)),
            leading_separator: entry.leading_separator,
            joined_by: entry.joined_by.clone(),
            combined,
            levels: self.level_list(&entry.levels),
            sub_owner,
            parameter: entry
                .parameter
                .as_ref()
                .map(|own| self.parameter(own, merged)),
            requires: self.control_list(&entry.requires),
            excludes: self.control_list(&entry.excludes),
            becomes: entry.becomes.as_ref().and_then(|name| self.control(name)),
            becomes_code: entry.becomes_code.as_ref().map(Name::to_text),
            authority: entry.authority.clone(),
            status: entry.status,
        }
    }

    pub(super) fn portions_from(&mut self, merged: &Merged) -> Option<LevelId> {
        self.at(merged.placement_file);
        let from = merged.placement.portions_from.as_ref()?;
        self.level(from)
    }

    pub(super) fn block_fields(
        &mut self,
        merged: &Merged,
    ) -> Vec<(BlockFieldEntry, Option<LevelId>)> {
        let mut fields = Vec::new();
        for (file, entry) in &merged.block_fields {
            self.at(*file);
            let from = entry
                .required_from
                .as_ref()
                .and_then(|name| self.level(name));
            fields.push((BlockFieldEntry::clone(entry), from));
        }
        fields
    }
}

/// The suffixes of all levels.
pub(super) fn modifiers(merged: &Merged) -> Vec<Modifier> {
    let mut modifiers = Vec::new();
    let mut next = 0u8;
    for (_, entry) in &merged.levels {
        let of = LevelId(next);
        for modifier in &entry.modifiers {
            next = next.saturating_add(1);
            modifiers.push(Modifier {
                of,
                makes: LevelId(next),
                join: modifier.join.clone(),
            });
        }
        next = next.saturating_add(1);
    }
    modifiers
}

/// A level with its suffix: one step above the bare one.
fn with_modifier(level: &Level, id: LevelId, modifier: &ModifierEntry) -> Level {
    let own = spellings(&modifier.forms);
    Level {
        name: format!("{}{}{}", level.name, modifier.join, modifier.name.text()).into(),
        title: modifier.title.clone(),
        spellings: joined(&level.spellings, &modifier.join, &own),
        base: Some((id, modifier.join.clone())),
        parallel: Vec::new(),
        equivalents: Vec::new(),
        ..level.clone()
    }
}

/// Adds what lies below the lower and equal levels, until nothing is added.
fn close(below: &mut [u64], equal: &[u64]) {
    let count = below.len();
    let bit = |bits: u64, at: usize| bits >> at & 1 == 1;
    let mut changed = true;
    while changed {
        changed = false;
        for level in 0..count {
            let own = below.get(level).copied().unwrap_or_default();
            let twins = equal.get(level).copied().unwrap_or_default();
            let mut all = own;
            for other in 0..count {
                if bit(own, other) {
                    all |= below.get(other).copied().unwrap_or_default();
                    all |= equal.get(other).copied().unwrap_or_default();
                }
                if bit(twins, other) {
                    all |= below.get(other).copied().unwrap_or_default();
                }
            }
            if all != own
                && let Some(bits) = below.get_mut(level)
            {
                *bits = all;
                changed = true;
            }
        }
    }
}
