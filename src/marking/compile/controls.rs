//! Categories, controls, parameters and code lists.

use super::merge::{Merged, Placed};
use super::names::Names;
use super::words::spellings;
use crate::marking::control::{Category, Control, InBanner};
use crate::marking::parameter::{Beneath, Code, CodeList, KnownValue, Limits, Parameter};
use crate::marking::scheme::{CategoryId, CodeId, ControlId};
use crate::marking::surface::{Lifetime, Spellings, Surface};
use crate::marking::words::{Growing, Standing, Standings, Word};
use crate::pack::code_file::CodeListEntry;
use crate::pack::control_file::{
    CategoryEntry, ControlEntry, InBannerEntry, OpenEntry, ParameterEntry, ParameterKind, Sort,
    ValueEntry,
};
use crate::pack::shared::{Evidence, Name};
use crate::pack::text::PackText;
use std::sync::Arc;

/// Categories with the controls of all, in the order in which they stand.
pub(super) struct Built {
    pub(super) categories: Vec<Category>,
    pub(super) controls: Vec<Control>,
}

impl Names {
    pub(super) fn categories(&mut self, merged: &Merged) -> Built {
        let listed: usize = merged.controls.iter().map(Vec::len).sum();
        let mut built = Built {
            categories: Vec::with_capacity(merged.categories.len()),
            // Words outside the list of a category count as one more.
            controls: Vec::with_capacity(listed + merged.categories.len()),
        };
        let all = merged.categories.iter().zip(&merged.controls);
        for (index, ((file, entry), listed)) in (0u8..).zip(all) {
            let id = CategoryId(index);
            for control in listed {
                let control = self.one_control(id, entry, control, merged);
                built.controls.push(control);
            }
            self.at(*file);
            let open = entry.open.as_ref().map(|open| {
                let control = self.open_control(id, entry, open, merged);
                let index = u16::try_from(built.controls.len()).unwrap_or(u16::MAX);
                built.controls.push(control);
                ControlId(index)
            });
            let category = self.one_category(entry, open, merged);
            built.categories.push(category);
        }
        built
    }

    /// Controls that share the word of a level or of another control.
    pub(super) fn homonyms(&mut self, merged: &Merged) -> Vec<(Word, ControlId)> {
        let mut homonyms = Vec::new();
        for (file, entry) in merged.controls.iter().flatten() {
            let Some(name) = &entry.shares_word_of else {
                continue;
            };
            self.at(*file);
            let (word, own) = (self.level_or_control(name), self.control(&entry.name));
            homonyms.extend(word.zip(own));
        }
        homonyms
    }

    fn one_category(
        &mut self,
        entry: &CategoryEntry,
        open: Option<ControlId>,
        merged: &Merged,
    ) -> Category {
        if entry.at_most.is_some_and(|most| most < entry.at_least) {
            let message = format!("`{}` wants more controls than it allows", entry.name.text());
            self.problem(&entry.name, message);
        }
        let lead = entry
            .lead
            .as_ref()
            .unwrap_or(&merged.syntax.between_categories);
        let inner = entry
            .inner
            .as_ref()
            .unwrap_or(&merged.syntax.between_controls);
        Category {
            name: entry.name.to_text(),
            position: entry.position,
            lead: lead.clone(),
            inner: inner.clone(),
            sort: entry.sort,
            groups: entry.groups.clone(),
            first: self.control_list(&entry.first),
            roll_up: entry.roll_up,
            open,
            at_least: entry.at_least,
            at_most: entry.at_most,
        }
    }

    fn one_control(
        &mut self,
        id: CategoryId,
        of: &CategoryEntry,
        (file, entry): &Placed<ControlEntry>,
        merged: &Merged,
    ) -> Control {
        self.at(*file);
        if of.sort == Sort::Groups {
            let known = entry
                .group
                .as_ref()
                .is_some_and(|own| of.groups.contains(own));
            if !known {
                let message = format!("`{}` is in no group of its category", entry.name.text());
                self.problem(&entry.name, message);
            }
        }
        let one = |names: &mut Self, name: &Option<Name>| {
            name.as_ref().and_then(|name| names.control(name))
        };
        Control {
            name: entry.name.to_text(),
            title: entry.title.clone(),
            category: id,
            spellings: spellings(&entry.forms),
            bare: spellings(&entry.bare),
            ordinary: entry.ordinary,
            stands_alone: entry.stands_alone,
            group: entry.group.clone(),
            suffix: entry.suffix.clone(),
            parameter: entry
                .parameter
                .as_ref()
                .map(|own| self.parameter(own, merged)),
            open: None,
            levels: self.level_list(&entry.levels),
            owners: self.owner_list(&entry.owners),
            requires: self.control_list(&entry.requires),
            requires_one: self.control_list(&entry.requires_one),
            excludes: self.control_list(&entry.excludes),
            covers: self.control_list(&entry.covers),
            implies: self.control_list(&entry.implies),
            roll_up: entry.roll_up.unwrap_or(of.roll_up),
            empty_becomes: one(self, &entry.empty_becomes),
            widened_by: self.control_list(&entry.widened_by),
            silent_at: self.level_list(&entry.silent_at),
            dropped_at: self.level_list(&entry.dropped_at),
            allows_nothing: entry.allows_nothing,
            bare_undecided: entry.bare_undecided,
            in_banner: entry.in_banner.as_ref().and_then(|own| self.in_banner(own)),
            since: entry.since,
            until: entry.until,
            replaced_by: one(self, &entry.replaced_by),
            authority: entry.authority.clone(),
            status: entry.status,
        }
    }

    fn in_banner(&mut self, entry: &InBannerEntry) -> Option<InBanner> {
        Some(InBanner {
            beside: self.control_list(&entry.beside),
            at: self.level_list(&entry.at),
            becomes: self.control(&entry.becomes)?,
        })
    }

    /// The control that stands for words outside the list.
    fn open_control(
        &mut self,
        id: CategoryId,
        of: &CategoryEntry,
        entry: &OpenEntry,
        merged: &Merged,
    ) -> Control {
        Control {
            name: entry.name.to_text(),
            title: entry.name.to_text(),
            category: id,
            spellings: Spellings::default(),
            bare: Spellings::default(),
            ordinary: false,
            stands_alone: false,
            group: None,
            suffix: None,
            parameter: entry.values.as_ref().map(|own| self.parameter(own, merged)),
            open: Some((entry.shape, entry.suspicious)),
            levels: self.level_list(&entry.levels),
            owners: Vec::new(),
            requires: Vec::new(),
            requires_one: Vec::new(),
            excludes: Vec::new(),
            covers: Vec::new(),
            implies: Vec::new(),
            roll_up: of.roll_up,
            empty_becomes: None,
            widened_by: Vec::new(),
            silent_at: Vec::new(),
            dropped_at: Vec::new(),
            allows_nothing: false,
            bare_undecided: false,
            in_banner: None,
            since: None,
            until: None,
            replaced_by: None,
            authority: None,
            status: Evidence::Read,
        }
    }

    pub(super) fn parameter(&mut self, entry: &ParameterEntry, merged: &Merged) -> Parameter {
        let codes = entry.codes.as_ref().and_then(|name| self.code_list(name));
        let list = codes.and_then(|list| merged.code_lists.get(usize::from(list)));
        for code in entry.first.iter().chain(&entry.always) {
            let known = list.map(|(_, list)| codes_of(list));
            if let Some(known) = known.filter(|known| !known.contains(&code.text())) {
                self.unknown("code", code, known);
            }
        }
        let mut separators = entry.separators.clone();
        if separators.is_empty() {
            separators = match entry.kind {
                ParameterKind::Compartments => vec!["-".to_owned().into(), " ".to_owned().into()],
                _ => vec![", ".to_owned().into()],
            };
        }
        let joins = match entry.kind {
            ParameterKind::Compartments => separators.first().cloned(),
            _ => None,
        };
        let join = entry.join.clone().or(joins);
        let join = join.unwrap_or_else(|| " ".to_owned().into());
        let mut optional = [entry.optional; 6];
        for &surface in &entry.optional_on {
            if let Some(own) = optional.get_mut(Surface::from(surface) as usize) {
                *own = true;
            }
        }
        Parameter {
            kind: entry.kind,
            codes,
            values: entry
                .values
                .iter()
                .map(|value| self.known_value(value))
                .collect(),
            closed: entry.closed,
            levels: self.level_list(&entry.levels),
            shape: entry.shape,
            first: entry.first.as_ref().map(Name::to_text),
            always: entry.always.as_ref().map(Name::to_text),
            sort: entry.sort,
            side: entry.side,
            join,
            separators,
            optional,
            at_most: entry.at_most,
            escape: entry.escape,
        }
    }

    fn known_value(&mut self, entry: &ValueEntry) -> KnownValue {
        let limits = Limits {
            levels: self.level_list(&entry.levels),
            requires: self.control_list(&entry.requires),
            excludes: self.control_list(&entry.excludes),
        };
        let beneath = entry.beneath.as_ref().map(|beneath| Beneath {
            shape: beneath.shape,
            only: beneath.only.clone(),
            limits: Limits {
                levels: self.level_list(&beneath.levels),
                requires: self.control_list(&beneath.requires),
                excludes: self.control_list(&beneath.excludes),
            },
        });
        KnownValue {
            name: entry.name.to_text(),
            title: entry.title.clone(),
            spellings: spellings(&entry.forms),
            limits,
            beneath,
            lifetime: Lifetime {
                since: entry.since,
                until: entry.until,
            },
            replaced_by: entry.replaced_by.clone(),
            authority: entry.authority.clone(),
        }
    }

    pub(super) fn code_lists(&mut self, merged: &Merged) -> Arc<[CodeList]> {
        let mut lists = Vec::new();
        for (index, (file, entry)) in (0u8..).zip(&merged.code_lists) {
            self.at(*file);
            lists.push(self.one_list(index, entry));
        }
        lists.into()
    }

    fn one_list(&mut self, list: u8, entry: &CodeListEntry) -> CodeList {
        let known = codes_of(entry);
        let place = |group: &str| {
            let found = entry.groups.iter().position(|own| own == group);
            found.and_then(|found| u8::try_from(found).ok())
        };
        let own_group = place(&entry.group).unwrap_or(u8::MAX);
        let plain = entry.plain.iter().map(|(code, title)| Code {
            code: code.clone(),
            title: title.clone(),
            group: own_group,
            members: Vec::new(),
            until: None,
            replaced_by: None,
        });
        let mut codes: Vec<Code> = plain.collect();
        for code in &entry.codes {
            let mut members = Vec::new();
            for member in &code.members {
                match known.iter().position(|&own| own == member.text()) {
                    Some(index) => members.push(u16::try_from(index).unwrap_or(u16::MAX)),
                    None => self.unknown("code", member, known.iter().copied()),
                }
            }
            codes.push(Code {
                code: code.code.to_text(),
                title: code.title.clone(),
                group: code
                    .group
                    .as_deref()
                    .map_or(Some(own_group), place)
                    .unwrap_or(u8::MAX),
                members,
                until: code.until,
                replaced_by: code.replaced_by.clone(),
            });
        }
        let (mut tree, mut words) = <(Growing, Standings)>::default();
        for (index, code) in (0u16..).zip(&codes) {
            let word = Word::Code(CodeId { list, code: index });
            let spelt = (tree.end_of(&code.code), &code.code);
            if words.add(spelt, word, Standing::Right).is_some() {
                let name = entry.codes.iter().find(|own| own.code.text() == code.code);
                let name = name.map_or(&entry.name, |own| &own.code);
                self.problem(name, format!("code `{}` stands twice", code.code));
            }
        }
        let stands = codes.iter().filter(|code| !code.members.is_empty());
        let mut collective: Vec<u8> = stands.map(|code| code.group).collect();
        collective.sort_unstable();
        collective.dedup();
        let [words] = tree.words([words]);
        CodeList {
            collective,
            name: entry.name.to_text(),
            title: entry.title.clone(),
            authority: entry.authority.clone(),
            codes,
            conjunctions: entry.conjunctions.clone(),
            words,
        }
    }

    pub(super) fn dominance(&mut self, merged: &Merged) -> Vec<Vec<ControlId>> {
        let mut chains = Vec::new();
        for (file, entry) in &merged.dominance {
            self.at(*file);
            chains.push(self.control_list(&entry.chain));
        }
        chains
    }
}

/// Every code of a list, in the order of their indices.
fn codes_of(entry: &CodeListEntry) -> Vec<&str> {
    let plain = entry.plain.keys().map(PackText::as_str);
    plain
        .chain(entry.codes.iter().map(|code| code.code.text()))
        .collect()
}
