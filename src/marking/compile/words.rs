//! Every spelling of every surface.

use super::merge::Merged;
use super::names::Names;
use crate::marking::scheme::{ControlId, Deprecated, LevelId, ModifierId, OwnerId, Scheme};
use crate::marking::surface::{Spellings, Surface};
use crate::marking::words::{Standing, Word, Words};
use crate::pack::scheme_file::Forms;
use crate::pack::shared::Name;

impl Names {
    /// Fills the trees of words. Two words of a surface may not share a spelling.
    pub(super) fn words(&mut self, merged: &Merged, scheme: &mut Scheme) {
        let mut all = all_words(merged, scheme);
        all.retain(|(_, _, word, spellings)| !scheme.is_shared(*word, spellings));
        for surface in Surface::ALL {
            let mut words = Words::default();
            for (file, name, word, spellings) in &all {
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
            read_too(merged, surface, &all, &mut words);
            if let Some(own) = scheme.words.get_mut(surface as usize) {
                *own = words;
            }
            let owners = self.owner_words(merged, scheme, surface);
            if let Some(own) = scheme.owner_words.get_mut(surface as usize) {
                *own = owners;
            }
        }
    }

    fn owner_words(&mut self, merged: &Merged, scheme: &Scheme, surface: Surface) -> Words {
        let mut words = Words::default();
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
        words
    }
}

/// Levels, their modifiers alone, and controls, with the names that stand for them in the file.
fn all_words<'m>(merged: &'m Merged, scheme: &Scheme) -> Vec<(usize, &'m Name, Word, Spellings)> {
    let mut all = Vec::new();
    let mut level = 0u8;
    let mut modifier = 0u8;
    for (file, entry) in &merged.levels {
        let own = std::iter::once(&entry.name);
        for name in own.chain(entry.modifiers.iter().map(|made| &made.name)) {
            let id = LevelId(level);
            let spellings = scheme.levels.get(usize::from(level));
            let spellings = spellings.map(|level| level.spellings.clone());
            all.push((*file, name, Word::Level(id), spellings.unwrap_or_default()));
            level = level.saturating_add(1);
        }
        for made in &entry.modifiers {
            let word = Word::Modifier(ModifierId(modifier));
            all.push((*file, &made.name, word, spellings(&made.forms)));
            modifier = modifier.saturating_add(1);
        }
    }
    let mut control = 0u16;
    for ((_, category), controls) in merged.categories.iter().zip(&merged.controls) {
        for (file, entry) in controls {
            let word = Word::Control(ControlId(control));
            all.push((*file, &entry.name, word, spellings(&entry.forms)));
            all.push((*file, &entry.name, word, spellings(&entry.bare)));
            control = control.saturating_add(1);
        }
        control = control.saturating_add(u16::from(category.open.is_some()));
    }
    all
}

/// Words that are read on a surface though they do not belong there.
fn read_too(
    merged: &Merged,
    surface: Surface,
    all: &[(usize, &Name, Word, Spellings)],
    words: &mut Words,
) {
    if surface == Surface::Transmission {
        return;
    }
    let levels = merged.levels.iter();
    let levels = levels.map(|(file, entry)| (file, &entry.name, &entry.variants));
    let controls = merged.controls.iter().flatten();
    let controls = controls.map(|(file, entry)| (file, &entry.name, &entry.variants));
    for (file, name, variants) in levels.chain(controls) {
        let same = |(at, own, ..): &&(usize, &Name, Word, Spellings)| {
            at == file && own.place() == name.place()
        };
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
