//! The names of a scheme, and the problems with them.

use super::merge::Merged;
use crate::marking::lazy::SchemeNames;
use crate::marking::scheme::{CategoryId, ControlId, LevelId, OwnerId};
use crate::marking::words::Word;
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::problem::{PackProblem, TextFile};
use rustc_hash::FxHashMap;

/// Most levels in a scheme, with those that modifiers make: the order is kept in bits.
pub(super) const MOST_LEVELS: usize = 64;

/// Every name that is looked up, and the problems found so far.
pub(super) struct Names {
    sources: Vec<TextFile>,
    /// The file whose entries are being read.
    file: usize,
    pub(super) known: SchemeNames,
    category_ids: FxHashMap<PackText, CategoryId>,
    list_ids: FxHashMap<PackText, u8>,
    gone: Vec<PackText>,
    pub(super) problems: Vec<PackProblem>,
}

impl Names {
    pub(super) fn new(merged: &Merged) -> Self {
        let mut names = Self {
            sources: merged.sources.clone(),
            file: 0,
            known: SchemeNames {
                name: merged.name.clone(),
                ..SchemeNames::default()
            },
            category_ids: FxHashMap::default(),
            list_ids: FxHashMap::default(),
            gone: merged.gone.clone(),
            problems: Vec::new(),
        };
        names.list_levels(merged);
        names.list_controls(merged);
        for (id, (file, owner)) in (0u8..).zip(&merged.owners) {
            names.at(*file);
            if names
                .known
                .owners
                .insert(owner.name.to_text(), OwnerId(id))
                .is_some()
            {
                names.twice("owner", &owner.name);
            }
        }
        for (id, (file, list)) in (0u8..).zip(&merged.code_lists) {
            names.at(*file);
            if names.list_ids.insert(list.name.to_text(), id).is_some() {
                names.twice("code list", &list.name);
            }
        }
        names
    }

    /// Levels and, after each, the levels that its modifiers make.
    fn list_levels(&mut self, merged: &Merged) {
        let mut next = 0u8;
        for (file, level) in &merged.levels {
            self.at(*file);
            let made = level.modifiers.iter().map(|modifier| {
                let name = format!(
                    "{}{}{}",
                    level.name.text(),
                    modifier.join,
                    modifier.name.text()
                );
                (name.into(), &modifier.name)
            });
            let own = (level.name.to_text(), &level.name);
            for (text, name) in std::iter::once(own).chain(made) {
                if usize::from(next) >= MOST_LEVELS {
                    self.problem(name, format!("more than {MOST_LEVELS} levels"));
                    return;
                }
                if self.known.levels.insert(text, LevelId(next)).is_some() {
                    self.twice("level", name);
                }
                next += 1;
            }
        }
    }

    /// Controls by category, the one for open words last.
    fn list_controls(&mut self, merged: &Merged) {
        let mut next = 0u16;
        let categories = merged.categories.iter().zip(&merged.controls);
        for (id, ((file, category), controls)) in (0u8..).zip(categories) {
            self.at(*file);
            let name = category.name.to_text();
            if self.category_ids.insert(name, CategoryId(id)).is_some() {
                self.twice("category", &category.name);
            }
            let open = category.open.iter().map(|open| (*file, &open.name));
            let listed = controls
                .iter()
                .map(|(file, control)| (*file, &control.name));
            for (file, name) in listed.chain(open) {
                self.at(file);
                if self
                    .known
                    .controls
                    .insert(name.to_text(), ControlId(next))
                    .is_some()
                {
                    self.twice("control", name);
                }
                next = next.saturating_add(1);
            }
        }
    }

    /// Says which file the entries that follow stand in.
    pub(super) const fn at(&mut self, file: usize) {
        self.file = file;
    }

    pub(super) fn problem(&mut self, at: &Name, message: String) {
        if let Some(source) = self.sources.get(self.file) {
            self.problems
                .push(PackProblem::new(source, at.place(), message));
        }
    }

    fn twice(&mut self, kind: &str, name: &Name) {
        self.problem(name, format!("{kind} `{}` stands twice", name.text()));
    }

    pub(super) fn unknown<'a>(
        &mut self,
        kind: &str,
        name: &Name,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        if self.gone.iter().any(|gone| gone == name.text()) {
            return;
        }
        let message = format!("no {kind} is called `{}`", name.text());
        if let Some(source) = self.sources.get(self.file) {
            let problem = PackProblem::new(source, name.place(), message);
            self.problems.push(problem.nearest(name.text(), known));
        }
    }

    pub(super) fn level(&mut self, name: &Name) -> Option<LevelId> {
        let found = self.known.levels.get(name.text()).copied();
        if found.is_none() {
            let known = in_order(&self.known.levels);
            self.unknown("level", name, known.iter().map(PackText::as_str));
        }
        found
    }

    pub(super) fn control(&mut self, name: &Name) -> Option<ControlId> {
        let found = self.known.controls.get(name.text()).copied();
        if found.is_none() {
            let known = in_order(&self.known.controls);
            self.unknown("control", name, known.iter().map(PackText::as_str));
        }
        found
    }

    pub(super) fn owner(&mut self, name: &Name) -> Option<OwnerId> {
        let found = self.known.owners.get(name.text()).copied();
        if found.is_none() {
            let known = in_order(&self.known.owners);
            self.unknown("owner", name, known.iter().map(PackText::as_str));
        }
        found
    }

    pub(super) fn code_list(&mut self, name: &Name) -> Option<u8> {
        let found = self.list_ids.get(name.text()).copied();
        if found.is_none() {
            let known = in_order(&self.list_ids);
            self.unknown("code list", name, known.iter().map(PackText::as_str));
        }
        found
    }

    /// A level or a control; the nearest of either where there is none.
    pub(super) fn level_or_control(&mut self, name: &Name) -> Option<Word> {
        if let Some(&level) = self.known.levels.get(name.text()) {
            return Some(Word::Level(level));
        }
        if let Some(&control) = self.known.controls.get(name.text()) {
            return Some(Word::Control(control));
        }
        let mut known = in_order(&self.known.levels);
        known.append(&mut in_order(&self.known.controls));
        self.unknown("level or control", name, known.iter().map(PackText::as_str));
        None
    }

    pub(super) fn level_list(&mut self, names: &[Name]) -> Vec<LevelId> {
        names.iter().filter_map(|name| self.level(name)).collect()
    }

    pub(super) fn control_list(&mut self, names: &[Name]) -> Vec<ControlId> {
        names.iter().filter_map(|name| self.control(name)).collect()
    }

    pub(super) fn owner_list(&mut self, names: &[Name]) -> Vec<OwnerId> {
        names.iter().filter_map(|name| self.owner(name)).collect()
    }
}

/// Names by the alphabet, from which the nearest is proposed.
fn in_order<T>(of: &FxHashMap<PackText, T>) -> Vec<PackText> {
    let mut names: Vec<PackText> = of.keys().cloned().collect();
    names.sort_unstable();
    names
}
