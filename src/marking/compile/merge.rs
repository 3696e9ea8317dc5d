//! The files of a scheme joined to one list of entries, each with the file it stands in.

use crate::pack::code_file::CodeListEntry;
use crate::pack::control_file::{CategoryEntry, ControlEntry};
use crate::pack::level_file::{LadderEntry, LevelEntry, OwnerEntry};
use crate::pack::scheme_file::{
    BlockFieldEntry, CompanionEntry, DeprecatedEntry, DominanceEntry, PlacementEntry, ProfileEntry,
    SchemeFile, SyntaxEntry,
};
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::problem::{PackProblem, TextFile};
use std::sync::Arc;

/// An entry with the index of its file. The profiles of a scheme share those that they do not change.
pub(super) type Placed<T> = (usize, Arc<T>);

/// The entries of all files.
#[derive(Debug, Clone, Default)]
pub(in crate::marking) struct Merged {
    pub(super) sources: Vec<TextFile>,
    pub(super) problems: Vec<PackProblem>,
    pub(super) name: PackText,
    pub(super) title: PackText,
    pub(super) authority: Vec<PackText>,
    pub(super) syntax: SyntaxEntry,
    pub(super) placement: PlacementEntry,
    pub(super) placement_file: usize,
    pub(super) ladders: Vec<Placed<LadderEntry>>,
    pub(super) levels: Vec<Placed<LevelEntry>>,
    pub(super) owners: Vec<Placed<OwnerEntry>>,
    pub(super) categories: Vec<Placed<CategoryEntry>>,
    /// Controls of each category, by the category's index.
    pub(super) controls: Vec<Vec<Placed<ControlEntry>>>,
    pub(super) code_lists: Vec<Placed<CodeListEntry>>,
    pub(super) dominance: Vec<Placed<DominanceEntry>>,
    pub(super) block_fields: Vec<Placed<BlockFieldEntry>>,
    pub(super) companions: Vec<Placed<CompanionEntry>>,
    pub(super) deprecated: Vec<Placed<DeprecatedEntry>>,
    pub(super) profiles: Vec<Placed<ProfileEntry>>,
    /// What the parts say that they add to.
    parts: Vec<(usize, Name)>,
    /// The profile that was applied.
    pub(super) profile: Option<PackText>,
    /// Names that a profile left out: what names them keeps silent.
    pub(super) gone: Vec<PackText>,
}

impl Merged {
    /// Joins files; fails where none says which scheme it is.
    pub(super) fn join(
        files: impl IntoIterator<Item = (TextFile, SchemeFile)>,
    ) -> Result<Self, Vec<PackProblem>> {
        let mut merged = Self::default();
        let mut loose = Vec::new();
        for (source, file) in files {
            merged.sources.push(source);
            loose.extend(merged.take(file));
        }
        if merged.name.is_empty() {
            let file = merged.sources.first().cloned();
            let source = file.unwrap_or_else(|| TextFile::new("", ""));
            let problem =
                PackProblem::new(&source, 0..0, "no `[scheme]` says which scheme this is");
            return Err(vec![
                problem.help("add a `[scheme]` table with its name and title"),
            ]);
        }
        for (at, of) in std::mem::take(&mut merged.parts) {
            if of.text() != merged.name {
                let message = format!("the scheme is not `{}`", of.text());
                let help = format!("it is `{}`", merged.name);
                merged.problem(at, &of, message.into(), &help);
            }
        }
        for control in loose {
            merged.place(control);
        }
        Ok(merged)
    }

    /// Takes the entries of the newest file; gives back its controls that name their category.
    fn take(&mut self, file: SchemeFile) -> Vec<Placed<ControlEntry>> {
        let at = self.sources.len() - 1;
        match (file.scheme, file.part) {
            (Some(header), None) if self.name.is_empty() => {
                self.name = header.name.to_text();
                self.title = header.title.to_string().into();
                self.authority = header.authority;
                if header.format != 1 {
                    let message = format!("format {} is not known", header.format);
                    self.problem(
                        at,
                        &header.name,
                        message.into(),
                        "this version reads format 1",
                    );
                }
            }
            (Some(header), _) => {
                let message = "a second `[scheme]`".to_owned();
                self.problem(
                    at,
                    &header.name,
                    message.into(),
                    "write `[part]` with `of` instead",
                );
            }
            (None, Some(part)) => self.parts.push((at, part.of)),
            (None, None) => {
                let problem = PackProblem::new(
                    self.sources.get(at).expect("the newest file is there"),
                    0..0,
                    "neither `[scheme]` nor `[part]`",
                );
                self.problems.push(problem);
            }
        }
        if let Some(syntax) = file.syntax {
            self.syntax = syntax;
        }
        if let Some(placement) = file.placement {
            self.placement = placement;
            self.placement_file = at;
        }
        for mut category in file.categories {
            let controls = std::mem::take(&mut category.controls);
            let controls = controls.into_iter().map(|entry| (at, entry));
            self.controls.push(controls.collect());
            self.categories.push((at, Arc::new(category)));
        }
        extend(&mut self.ladders, at, file.ladders);
        extend(&mut self.levels, at, file.levels);
        extend(&mut self.owners, at, file.owners);
        extend(&mut self.code_lists, at, file.code_lists);
        extend(&mut self.dominance, at, file.dominance);
        extend(&mut self.block_fields, at, file.block_fields);
        extend(&mut self.companions, at, file.companions);
        extend(&mut self.deprecated, at, file.deprecated);
        extend(&mut self.profiles, at, file.profiles);
        file.controls.into_iter().map(|entry| (at, entry)).collect()
    }

    /// Puts a control into the category that it names.
    fn place(&mut self, (at, control): Placed<ControlEntry>) {
        let Some(name) = control.category.clone() else {
            let message = format!("control `{}` names no category", control.name.text());
            self.problem(at, &control.name, message.into(), "add `category`");
            return;
        };
        let known = |(_, category): &Placed<CategoryEntry>| category.name.text() == name.text();
        if let Some(index) = self.categories.iter().position(known) {
            if let Some(controls) = self.controls.get_mut(index) {
                controls.push((at, control));
            }
            return;
        }
        let message = format!("no category is called `{}`", name.text());
        let names = self.categories.iter().map(|(_, entry)| entry.name.text());
        if let Some(source) = self.sources.get(at) {
            let problem = PackProblem::new(source, name.place(), message);
            self.problems.push(problem.nearest(name.text(), names));
        }
    }

    fn problem(&mut self, file: usize, name: &Name, message: PackText, help: &str) {
        if let Some(source) = self.sources.get(file) {
            let problem = PackProblem::new(source, name.place(), message);
            self.problems.push(problem.help(help));
        }
    }

    /// Changes the entries as a profile says.
    pub(super) fn apply_profile(&mut self, wanted: &str) {
        self.profile = Some(wanted.to_owned().into());
        let found = self
            .profiles
            .iter()
            .find(|(_, entry)| entry.name.text() == wanted);
        let Some((at, profile)) = found.map(|(at, profile)| (*at, ProfileEntry::clone(profile)))
        else {
            let names: Vec<_> = self
                .profiles
                .iter()
                .map(|(_, entry)| entry.name.text())
                .collect();
            let message = format!("the scheme has no profile `{wanted}`");
            if let Some(source) = self.sources.first() {
                let problem = PackProblem::new(source, 0..0, message).nearest(wanted, names);
                self.problems.push(problem);
            }
            return;
        };
        self.name = profile.name.to_text();
        self.title = profile.title.to_string().into();
        self.authority
            .extend(Some(profile.authority).filter(|text| !text.is_empty()));
        if let Some(syntax) = profile.syntax {
            self.syntax = syntax;
        }
        if let Some(placement) = profile.placement {
            self.placement = placement;
            self.placement_file = at;
        }
        for name in &profile.without {
            self.leave_out(at, name);
        }
        for level in profile.levels {
            let same = |(_, own): &&mut Placed<LevelEntry>| own.name.text() == level.name.text();
            match self.levels.iter_mut().find(same) {
                Some(own) => *own = (at, Arc::new(level)),
                None => self.levels.push((at, Arc::new(level))),
            }
        }
        for control in profile.controls {
            let same =
                |(_, own): &&mut Placed<ControlEntry>| own.name.text() == control.name.text();
            match self.controls.iter_mut().flatten().find(same) {
                Some(own) => *own = (at, control),
                None => self.place((at, control)),
            }
        }
        self.reorder(at, &profile.order);
    }

    fn leave_out(&mut self, at: usize, name: &Name) {
        let before = self.count();
        self.gone.push(name.to_text());
        let other = |own: &Name| own.text() != name.text();
        self.levels.retain(|(_, level)| other(&level.name));
        for controls in &mut self.controls {
            controls.retain(|(_, control)| other(&control.name));
        }
        let gone = self
            .categories
            .iter()
            .position(|(_, category)| !other(&category.name));
        if let Some(index) = gone {
            self.categories.remove(index);
            let controls = self.controls.remove(index);
            let names = controls.iter().map(|(_, control)| control.name.to_text());
            self.gone.extend(names);
        }
        if self.count() == before {
            let message = format!("nothing is called `{}`", name.text());
            self.problem(
                at,
                name,
                message.into(),
                "name a level, a control or a category",
            );
        }
    }

    fn count(&self) -> usize {
        let controls: usize = self.controls.iter().map(Vec::len).sum();
        self.levels.len() + self.categories.len() + controls
    }

    /// Puts categories into another order; those that are not named follow.
    fn reorder(&mut self, at: usize, order: &[Name]) {
        for name in order.iter().rev() {
            let named = |(_, category): &Placed<CategoryEntry>| category.name.text() == name.text();
            if let Some(index) = self.categories.iter().position(named) {
                let category = self.categories.remove(index);
                let controls = self.controls.remove(index);
                self.categories.insert(0, category);
                self.controls.insert(0, controls);
            } else {
                let message = format!("no category is called `{}`", name.text());
                self.problem(at, name, message.into(), "name a category of the scheme");
            }
        }
    }
}

fn extend<T>(all: &mut Vec<Placed<T>>, at: usize, own: Vec<T>) {
    all.extend(own.into_iter().map(|entry| (at, Arc::new(entry))));
}
