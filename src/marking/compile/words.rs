//! Every spelling of every surface.

use super::merge::Merged;
use super::names::Names;
use crate::marking::scheme::{Deprecated, LevelId, ModifierId, OwnerId, Scheme};
use crate::marking::surface::{Spellings, Surface};
use crate::marking::words::{Growing, Standing, Word, Words};
use crate::pack::scheme_file::Forms;
use crate::pack::shared::Name;

impl Names {
    /// Fills the trees of words. Two words of a surface may not share a spelling.
    pub(super) fn words(&mut self, merged: &Merged, scheme: &mut Scheme) {
        let modifiers = merged.levels.iter().flat_map(|(_, entry)| &entry.modifiers);
        let modifiers: Vec<Spellings> = modifiers.map(|made| spellings(&made.forms)).collect();
        let mut all = all_words(merged, scheme, &modifiers);
        all.retain(|(_, _, word, spellings)| !scheme.is_shared(*word, spellings));
        let words = Surface::ALL.map(|surface| self.words_on(merged, surface, &all));
        let owners = Surface::ALL.map(|surface| self.owner_words(merged, scheme, surface));
        scheme.words = words;
        scheme.owner_words = owners;
    }

    fn words_on(&mut self, merged: &Merged, surface: Surface, all: &[Spelt<'_>]) -> Words {
        let mut words = Growing::default();
        for (file, name, word, spellings) in all {
            // A suffix alone is no word: it is known only to say what is wrong with it.
            if matches!(word, Word::Modifier(_)) {
                continue;
            }
            for spelling in spellings.on(surface) {
                let taken = words.add(spelling, *word, Standing::Right);
                if taken.is_some_and(|other| other != *word) {
                    self.at(*file);
                    self.problem(name, format!("`{spelling}` stands for two words"));
                }
            }
        }
        read_too(merged, surface, all, &mut words);
        words.grown()
    }

    fn owner_words(&mut self, merged: &Merged, scheme: &Scheme, surface: Surface) -> Words {
        let mut words = Growing::default();
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
                        let taken = words.add(spelling, word, standing);
                        if taken.is_some_and(|other| other != word) && standing == Standing::Right {
                            let message = format!("`{spelling}` stands for two words");
                            self.problem(&entry.name, message);
                        }
                    }
                }
            }
        }
        words.grown()
    }
}

/// A word with its file, the name that stands for it there, and how it is written.
type Spelt<'m> = (usize, &'m Name, Word, &'m Spellings);

/// Levels, their modifiers alone, and controls, with the names that stand for them in the file.
fn all_words<'m>(
    merged: &'m Merged,
    scheme: &'m Scheme,
    modifiers: &'m [Spellings],
) -> Vec<Spelt<'m>> {
    let mut all = Vec::new();
    let mut levels = scheme.levels();
    let mut modifiers = (0u8..).map(ModifierId).zip(modifiers);
    for (file, entry) in &merged.levels {
        let own = std::iter::once(&entry.name);
        let own = own.chain(entry.modifiers.iter().map(|made| &made.name));
        for (name, (id, level)) in own.zip(levels.by_ref()) {
            all.push((*file, name, Word::Level(id), &level.spellings));
        }
        for (made, (id, spellings)) in entry.modifiers.iter().zip(modifiers.by_ref()) {
            all.push((*file, &made.name, Word::Modifier(id), spellings));
        }
    }
    let mut own = scheme
        .controls()
        .filter(|(_, control)| control.open.is_none());
    for (file, entry) in merged.controls.iter().flatten() {
        if let Some((id, control)) = own.next() {
            let word = Word::Control(id);
            all.push((*file, &entry.name, word, &control.spellings));
            all.push((*file, &entry.name, word, &control.bare));
        }
    }
    all
}

/// Words that are read on a surface though they do not belong there.
fn read_too(merged: &Merged, surface: Surface, all: &[Spelt<'_>], words: &mut Growing) {
    if surface == Surface::Transmission {
        return;
    }
    let levels = merged.levels.iter();
    let levels = levels.map(|(file, entry)| (file, &entry.name, &entry.variants));
    let controls = merged.controls.iter().flatten();
    let controls = controls.map(|(file, entry)| (file, &entry.name, &entry.variants));
    let entries = levels.chain(controls);
    for (file, name, variants) in entries.filter(|(.., variants)| !variants.is_empty()) {
        let same = |(at, own, ..): &&Spelt<'_>| at == file && own.place() == name.place();
        let word = all.iter().find(same);
        for variant in variants {
            if let Some((_, _, word, _)) = word {
                words.add(variant, *word, Standing::Variant);
            }
        }
    }
    for (index, (_, entry)) in (0u16..).zip(&merged.deprecated) {
        words.add(
            entry.text.text(),
            Word::Deprecated(index),
            Standing::Variant,
        );
    }
    for (_, _, word, spellings) in all {
        if matches!(word, Word::Modifier(_)) {
            for spelling in spellings.on(surface) {
                words.add(spelling, *word, Standing::Right);
            }
        }
    }
    for other in Surface::ALL {
        if matches!(other, Surface::Transmission) || other == surface {
            continue;
        }
        for (_, _, word, spellings) in all {
            for spelling in spellings.on(other) {
                words.add(spelling, *word, Standing::OtherSurface);
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
        .map(|(base, suffix)| format!("{base}{join}{suffix}"));
    let by_surface = Surface::ALL.map(|surface| {
        let suffixes = suffix.on(surface);
        let bases = base.on(surface);
        bases
            .iter()
            .flat_map(|base| {
                suffixes
                    .iter()
                    .map(move |suffix| format!("{base}{join}{suffix}"))
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
