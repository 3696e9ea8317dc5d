//! From a scheme file to a scheme: looks up every name and collects every problem.

use super::scheme::{
    Category, CategoryId, Control, ControlId, Level, LevelId, LevelOrder, Scheme, Spellings,
    Surface, Word,
};
use crate::pack::scheme_file::{CategoryEntry, ControlEntry, Forms, LevelEntry, SchemeFile};
use crate::pack::shared::Name;
use crate::problem::PackProblem;
use miette::NamedSource;
use std::collections::HashMap;
use std::sync::Arc;

/// Most levels in a scheme: the order is kept in bits.
const MOST_LEVELS: usize = 64;

/// Reads a scheme file.
///
/// # Errors
/// Every problem of the file, in the order of the places at fault.
pub fn compile(name: &str, text: &str) -> Result<Scheme, Vec<PackProblem>> {
    let source = Arc::new(NamedSource::new(name, text.to_owned()).with_language("toml"));
    let file: SchemeFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let place = error.span().unwrap_or(0..0);
            return Err(vec![PackProblem::new(&source, place, error.message())]);
        }
    };
    let mut compiler = Compiler::new(&file, source);
    let levels = compiler.levels();
    let order = compiler.order();
    let (categories, controls) = compiler.categories();
    let (words, longest) = compiler.words(&levels, &controls);
    if !compiler.problems.is_empty() {
        compiler.problems.sort_by_key(PackProblem::offset);
        return Err(compiler.problems);
    }
    Ok(Scheme {
        name: file.scheme.name.text().to_owned(),
        title: file.scheme.title.clone(),
        authority: file.scheme.authority.clone(),
        syntax: file.syntax.clone(),
        levels,
        categories,
        controls,
        order,
        words,
        longest,
    })
}

struct Compiler<'f> {
    file: &'f SchemeFile,
    source: Arc<NamedSource<String>>,
    level_ids: HashMap<&'f str, LevelId>,
    control_ids: HashMap<&'f str, ControlId>,
    problems: Vec<PackProblem>,
}

impl<'f> Compiler<'f> {
    fn new(file: &'f SchemeFile, source: Arc<NamedSource<String>>) -> Self {
        let mut compiler = Self {
            file,
            source,
            level_ids: HashMap::new(),
            control_ids: HashMap::new(),
            problems: Vec::new(),
        };
        if let Some(level) = file.levels.get(MOST_LEVELS) {
            let problem = format!("more than {MOST_LEVELS} levels");
            compiler.problem(&level.name, problem);
        }
        for (index, level) in file.levels.iter().take(MOST_LEVELS).enumerate() {
            let id = LevelId(u8::try_from(index).expect("at most 64 levels"));
            if compiler.level_ids.insert(level.name.text(), id).is_some() {
                compiler.problem(
                    &level.name,
                    format!("level `{}` stands twice", level.name.text()),
                );
            }
        }
        let controls = file
            .categories
            .iter()
            .flat_map(|category| &category.controls);
        for (index, control) in controls.enumerate() {
            let id = ControlId(u16::try_from(index).unwrap_or(u16::MAX));
            if compiler
                .control_ids
                .insert(control.name.text(), id)
                .is_some()
            {
                let name = control.name.text();
                compiler.problem(&control.name, format!("control `{name}` stands twice"));
            }
        }
        compiler
    }

    fn problem(&mut self, at: &Name, message: String) {
        self.problems
            .push(PackProblem::new(&self.source, at.place(), message));
    }

    fn level(&mut self, name: &Name) -> Option<LevelId> {
        let found = self.level_ids.get(name.text()).copied();
        if found.is_none() {
            let message = format!("no level is called `{}`", name.text());
            let known = self.level_ids.keys().copied().collect::<Vec<_>>();
            let problem = PackProblem::new(&self.source, name.place(), message);
            self.problems.push(problem.nearest(name.text(), known));
        }
        found
    }

    fn control(&mut self, name: &Name) -> Option<ControlId> {
        let found = self.control_ids.get(name.text()).copied();
        if found.is_none() {
            let message = format!("no control is called `{}`", name.text());
            let known = self.control_ids.keys().copied().collect::<Vec<_>>();
            let problem = PackProblem::new(&self.source, name.place(), message);
            self.problems.push(problem.nearest(name.text(), known));
        }
        found
    }

    fn level_list(&mut self, names: &[Name]) -> Vec<LevelId> {
        names.iter().filter_map(|name| self.level(name)).collect()
    }

    fn control_list(&mut self, names: &[Name]) -> Vec<ControlId> {
        names.iter().filter_map(|name| self.control(name)).collect()
    }

    fn levels(&mut self) -> Vec<Level> {
        let file = self.file;
        file.levels
            .iter()
            .take(MOST_LEVELS)
            .map(|entry| self.one_level(entry))
            .collect()
    }

    fn one_level(&mut self, entry: &LevelEntry) -> Level {
        Level {
            name: entry.name.text().to_owned(),
            title: entry.title.clone(),
            classified: entry.classified,
            spellings: spellings(&entry.forms),
            since: entry.since,
            until: entry.until,
            replaced_by: entry.replaced_by.as_ref().and_then(|name| self.level(name)),
            authority: entry.authority.clone(),
            status: entry.status,
        }
    }

    fn categories(&mut self) -> (Vec<Category>, Vec<Control>) {
        let file = self.file;
        let mut categories = Vec::new();
        let mut controls = Vec::new();
        for (index, entry) in file.categories.iter().enumerate() {
            let id = CategoryId(u8::try_from(index).unwrap_or(u8::MAX));
            categories.push(Category {
                name: entry.name.text().to_owned(),
                position: entry.position,
                lead: entry
                    .lead
                    .clone()
                    .unwrap_or(file.syntax.between_categories.clone()),
                inner: entry
                    .inner
                    .clone()
                    .unwrap_or(file.syntax.between_controls.clone()),
                sort: entry.sort,
                roll_up: entry.roll_up,
                open: entry.open,
            });
            for control in &entry.controls {
                controls.push(self.one_control(id, entry, control));
            }
        }
        (categories, controls)
    }

    fn one_control(&mut self, id: CategoryId, of: &CategoryEntry, entry: &ControlEntry) -> Control {
        Control {
            name: entry.name.text().to_owned(),
            title: entry.title.clone(),
            category: id,
            spellings: spellings(&entry.forms),
            parameter: entry.parameter.clone(),
            levels: self.level_list(&entry.levels),
            requires: self.control_list(&entry.requires),
            excludes: self.control_list(&entry.excludes),
            covers: self.control_list(&entry.covers),
            implies: self.control_list(&entry.implies),
            roll_up: entry.roll_up.unwrap_or(of.roll_up),
            empty_becomes: entry
                .empty_becomes
                .as_ref()
                .and_then(|name| self.control(name)),
            dropped_at: self.level_list(&entry.dropped_at),
            since: entry.since,
            until: entry.until,
            replaced_by: entry
                .replaced_by
                .as_ref()
                .and_then(|name| self.control(name)),
            authority: entry.authority.clone(),
            status: entry.status,
        }
    }

    /// Levels below each level: earlier ones of its ladder, and all of the ladders that its ladder is above.
    fn order(&mut self) -> LevelOrder {
        let file = self.file;
        let ladders = self.ladders();
        let mut below = vec![0u64; ladders.len()];
        let mut equal = vec![0u64; ladders.len()];
        for (index, &own) in ladders.iter().enumerate() {
            let lower_ladders = self.lower_ladders(own);
            for (other, &ladder) in ladders.iter().enumerate() {
                let lower = ladder == own && other < index;
                if lower || ladder != own && lower_ladders >> ladder & 1 == 1 {
                    below[index] |= 1 << other;
                }
            }
        }
        for (index, entry) in file.levels.iter().take(MOST_LEVELS).enumerate() {
            for twin in self.level_list(&entry.equals) {
                let twin = usize::from(twin.0);
                equal[index] |= 1 << twin;
                equal[twin] |= 1 << index;
                let joined = below[index] | below[twin];
                below[index] = joined;
                below[twin] = joined;
            }
        }
        LevelOrder::new(below, equal)
    }

    /// The ladder of each level, by index; the first ladder where none is named.
    fn ladders(&mut self) -> Vec<usize> {
        let file = self.file;
        let mut ladders = Vec::new();
        for level in file.levels.iter().take(MOST_LEVELS) {
            ladders.push(level.ladder.as_ref().map_or(0, |name| self.ladder(name)));
        }
        ladders
    }

    fn ladder(&mut self, name: &Name) -> usize {
        let known = self.file.ladders.iter().map(|ladder| ladder.name.text());
        if let Some(index) = known.clone().position(|ladder| ladder == name.text()) {
            return index;
        }
        let message = format!("no ladder is called `{}`", name.text());
        let problem = PackProblem::new(&self.source, name.place(), message);
        self.problems.push(problem.nearest(name.text(), known));
        0
    }

    /// Ladders below one, through any number of steps, as bits.
    fn lower_ladders(&mut self, ladder: usize) -> u64 {
        let file = self.file;
        let mut reached = 0u64;
        let mut waiting = vec![ladder];
        while let Some(next) = waiting.pop() {
            for name in file.ladders.get(next).map_or(&[][..], |entry| &entry.above) {
                let lower = self.ladder(name);
                if lower < MOST_LEVELS && reached >> lower & 1 == 0 {
                    reached |= 1 << lower;
                    waiting.push(lower);
                }
            }
        }
        reached & !(1 << ladder.min(MOST_LEVELS - 1))
    }

    /// Every spelling of every surface; two words may not share one.
    fn words(
        &mut self,
        levels: &[Level],
        controls: &[Control],
    ) -> ([HashMap<String, Word>; 6], [u8; 6]) {
        let file = self.file;
        let mut words: [HashMap<String, Word>; 6] = Default::default();
        let mut longest = [1u8; 6];
        let level_names = file.levels.iter().map(|entry| &entry.name);
        let control_entries = file
            .categories
            .iter()
            .flat_map(|category| &category.controls);
        let ids = (0u8..).map(|id| Word::Level(LevelId(id)));
        let of_levels = ids
            .zip(level_names)
            .zip(levels.iter().map(|level| &level.spellings));
        let ids = (0u16..).map(|id| Word::Control(ControlId(id)));
        let names = control_entries.map(|entry| &entry.name);
        let of_controls = ids
            .zip(names)
            .zip(controls.iter().map(|control| &control.spellings));
        for ((word, name), spellings) in of_levels.chain(of_controls) {
            for surface in Surface::ALL {
                for spelling in spellings.on(surface) {
                    let count = u8::try_from(spelling.split(' ').count()).unwrap_or(u8::MAX);
                    longest[surface as usize] = longest[surface as usize].max(count);
                    let taken = words[surface as usize].insert(spelling.clone(), word);
                    if taken.is_some_and(|other| other != word) {
                        self.problem(name, format!("`{spelling}` stands for two words"));
                    }
                }
            }
        }
        (words, longest)
    }
}

fn spellings(forms: &Forms) -> Spellings {
    Spellings::new([
        forms.banner.clone(),
        forms.portion.clone(),
        forms.header.clone(),
        forms.subject.clone(),
        forms.mail.clone(),
        forms.transmission.clone(),
    ])
}
