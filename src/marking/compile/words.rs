//! Every spelling of every surface.

use super::merge::Merged;
use super::names::Names;
use crate::marking::scheme::{Deprecated, LevelId, ModifierId, OwnerId, Scheme};
use crate::marking::surface::{Spellings, Surface};
use crate::marking::words::{End, Growing, Standing, Standings, Word};
use crate::pack::scheme_file::Forms;
use crate::pack::shared::Name;
use crate::pack::text::PackText;

impl Names {
    /// Fills the trees of words. Two words of a surface may not share a spelling.
    pub(super) fn words(&mut self, merged: &Merged, scheme: &mut Scheme) {
        let modifiers = merged.levels.iter().flat_map(|(_, entry)| &entry.modifiers);
        let modifiers: Vec<Spellings> = modifiers.map(|made| spellings(&made.forms)).collect();
        let mut tree = Growing::default();
        let mut all = all_words(merged, scheme, &modifiers);
        all.retain(|own| !scheme.is_shared(own.word, own.spellings));
        for own in &mut all {
            own.ends = Surface::ALL.map(|surface| ends(own.spellings.on(surface), &mut tree));
        }
        let words = Surface::ALL.map(|surface| self.words_on(merged, surface, &all, &mut tree));
        scheme.words = tree.words(words);
        let mut tree = Growing::default();
        let owners =
            Surface::ALL.map(|surface| self.owner_words(merged, scheme, surface, &mut tree));
        scheme.owner_words = tree.words(owners);
    }

    fn words_on(
        &mut self,
        merged: &Merged,
        surface: Surface,
        all: &[Spelt<'_>],
        tree: &mut Growing,
    ) -> Standings {
        let mut words = Standings::of(tree);
        for own in all {
            // A suffix alone is no word: it is known only to say what is wrong with it.
            if matches!(own.word, Word::Modifier(_)) {
                continue;
            }
            for spelt in own.on(surface) {
                let taken = words.add(spelt, own.word, Standing::Right);
                if taken.is_some_and(|other| other != own.word) {
                    self.at(own.file);
                    let (_, spelling) = spelt;
                    self.problem(own.name, format!("`{spelling}` stands for two words"));
                }
            }
        }
        read_too(merged, surface, all, (tree, &mut words));
        words
    }

    fn owner_words(
        &mut self,
        merged: &Merged,
        scheme: &Scheme,
        surface: Surface,
        tree: &mut Growing,
    ) -> Standings {
        let mut words = Standings::default();
        let by_standing = [
            (Standing::Right, surface),
            (Standing::OtherSurface, Surface::Banner),
            (Standing::OtherSurface, Surface::Portion),
        ];
        for (standing, from) in by_standing {
            for ((id, owner), (file, entry)) in scheme.owners().zip(&merged.owners) {
                self.at(*file);
                for (word, spellings) in words_of(id, &owner.spellings, &owner.combined) {
                    for spelling in spellings.on(from) {
                        let spelt = (tree.end_of(spelling), spelling);
                        let taken = words.add(spelt, word, standing);
                        if taken.is_some_and(|other| other != word) && standing == Standing::Right {
                            let message = format!("`{spelling}` stands for two words");
                            self.problem(&entry.name, message);
                        }
                    }
                }
            }
        }
        words
    }
}

/// A word: its file, the name that stands for it there, and how it is written.
struct Spelt<'m> {
    file: usize,
    name: &'m Name,
    word: Word,
    spellings: &'m Spellings,
    /// Where the spellings of each surface end in the tree.
    ends: [Vec<End>; 6],
}

impl<'m> Spelt<'m> {
    fn new(file: usize, name: &'m Name, word: Word, spellings: &'m Spellings) -> Self {
        Self {
            file,
            name,
            word,
            spellings,
            ends: Default::default(),
        }
    }

    /// Its spellings on a surface, each with its end.
    fn on(&self, surface: Surface) -> impl Iterator<Item = (End, &'m PackText)> {
        let ends = self.ends.get(surface as usize).into_iter().flatten();
        ends.copied().zip(self.spellings.on(surface))
    }
}

fn ends(spellings: &[PackText], tree: &mut Growing) -> Vec<End> {
    spellings.iter().map(|own| tree.end_of(own)).collect()
}

/// Levels, their modifiers alone, and controls, with the names that stand for them in the file.
fn all_words<'m>(
    merged: &'m Merged,
    scheme: &'m Scheme,
    modifiers: &'m [Spellings],
) -> Vec<Spelt<'m>> {
    let listed: usize = merged.controls.iter().map(Vec::len).sum();
    let mut all = Vec::with_capacity(2 * (merged.levels.len() + listed));
    let mut levels = scheme.levels();
    let mut modifiers = (0u8..).map(ModifierId).zip(modifiers);
    for (file, entry) in &merged.levels {
        let own = std::iter::once(&entry.name);
        let own = own.chain(entry.modifiers.iter().map(|made| &made.name));
        for (name, (id, level)) in own.zip(levels.by_ref()) {
            all.push(Spelt::new(*file, name, Word::Level(id), &level.spellings));
        }
        for (made, (id, spellings)) in entry.modifiers.iter().zip(modifiers.by_ref()) {
            all.push(Spelt::new(*file, &made.name, Word::Modifier(id), spellings));
        }
    }
    let mut own = scheme
        .controls()
        .filter(|(_, control)| control.open.is_none());
    for (file, entry) in merged.controls.iter().flatten() {
        if let Some((id, control)) = own.next() {
            let word = Word::Control(id);
            all.push(Spelt::new(*file, &entry.name, word, &control.spellings));
            all.push(Spelt::new(*file, &entry.name, word, &control.bare));
        }
    }
    all
}

/// Words that are read on a surface though they do not belong there.
fn read_too(
    merged: &Merged,
    surface: Surface,
    all: &[Spelt<'_>],
    (tree, words): (&mut Growing, &mut Standings),
) {
    if surface == Surface::Transmission {
        return;
    }
    let levels = merged.levels.iter();
    let levels = levels.map(|(file, entry)| (file, &entry.name, &entry.variants));
    let controls = merged.controls.iter().flatten();
    let controls = controls.map(|(file, entry)| (file, &entry.name, &entry.variants));
    let entries = levels.chain(controls);
    for (file, name, variants) in entries.filter(|(.., variants)| !variants.is_empty()) {
        let same = |own: &&Spelt<'_>| own.file == *file && own.name.place() == name.place();
        let known = all.iter().find(same);
        for (variant, known) in variants.iter().zip(known.into_iter().cycle()) {
            let spelt = (tree.end_of(variant), variant);
            words.add(spelt, known.word, Standing::Variant);
        }
    }
    for (index, (_, entry)) in (0u16..).zip(&merged.deprecated) {
        let text = entry.text.to_text();
        let spelt = (tree.end_of(&text), &text);
        words.add(spelt, Word::Deprecated(index), Standing::Variant);
    }
    for own in all {
        if matches!(own.word, Word::Modifier(_)) {
            for spelt in own.on(surface) {
                words.add(spelt, own.word, Standing::Right);
            }
        }
    }
    for other in Surface::ALL {
        if matches!(other, Surface::Transmission) || other == surface {
            continue;
        }
        for own in all {
            for spelt in own.on(other) {
                words.add(spelt, own.word, Standing::OtherSurface);
            }
        }
    }
}

fn words_of<'s>(
    id: OwnerId,
    own: &'s Spellings,
    combined: &'s [(LevelId, Spellings)],
) -> impl Iterator<Item = (Word, &'s Spellings)> {
    let combined = combined
        .iter()
        .map(move |(level, spellings)| (Word::OwnedLevel(id, *level), spellings));
    std::iter::once((Word::Owner(id), own)).chain(combined)
}

pub(super) fn spellings(forms: &Forms) -> Spellings {
    Spellings::new(
        [
            forms.banner.clone(),
            forms.portion.clone(),
            forms.header.clone(),
            forms.subject.clone(),
            forms.mail.clone(),
            forms.transmission.clone(),
        ],
        forms.long.clone(),
    )
}

/// The spellings of a level with its suffix.
pub(super) fn joined(base: &Spellings, join: &str, suffix: &Spellings) -> Spellings {
    let long = base
        .long()
        .zip(suffix.long())
        .map(|(base, suffix)| format!("{base}{join}{suffix}").into());
    let by_surface = Surface::ALL.map(|surface| {
        let suffixes = suffix.on(surface);
        let bases = base.on(surface);
        bases
            .iter()
            .flat_map(|base| {
                suffixes
                    .iter()
                    .map(move |suffix| format!("{base}{join}{suffix}").into())
            })
            .collect()
    });
    Spellings::new(by_surface, long)
}

impl Deprecated {
    /// Whether the term was right on a day.
    pub fn was_right_on(&self, day: jiff::civil::Date) -> bool {
        self.until.is_some_and(|last| day <= last.0)
    }
}
