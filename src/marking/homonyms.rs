//! Words that stand for a level or a control and for another control too: the level before them tells which.

use super::parse::Parser;
use super::scheme::{ControlId, LevelId, Scheme};
use super::surface::{Spellings, Surface};
use super::words::{Found, Standing, Word};
use crate::pack::text::PackText;

impl Parser<'_, '_> {
    /// A word that is shared, as what it is meant for here: behind another level, or at the level of the marking.
    pub(super) fn meant(&self, found: Found, at: usize) -> Found {
        let Some(level) = self.marking.level.map(|used| used.level) else {
            return found;
        };
        let is_meant = |&&(word, control): &&(Word, ControlId)| match word {
            _ if word != found.word => false,
            Word::Level(own) => own != level,
            _ => self.scheme.control(control).levels.contains(&level),
        };
        let Some(&(_, control)) = self.scheme.homonyms.iter().find(is_meant) else {
            return found;
        };
        let written = self.text.get(at..at + found.len).unwrap_or_default();
        let own = &self.scheme.control(control).spellings;
        let mut own = own.on(self.surface).iter();
        let standing = if own.any(|own| own.eq_ignore_ascii_case(written)) {
            Standing::Right
        } else {
            Standing::Variant
        };
        Found {
            word: Word::Control(control),
            standing,
            ..found
        }
    }
}

impl Scheme {
    /// The level that a control states behind a higher one.
    pub(super) fn level_stated_by(&self, control: ControlId) -> Option<LevelId> {
        let mut own = self.homonyms.iter().filter(|(_, own)| *own == control);
        own.find_map(|(word, _)| match word {
            Word::Level(level) => Some(*level),
            _ => None,
        })
    }

    /// Whether a control has no spelling but those of the word that it shares, on whatever surface.
    pub(super) fn is_shared(&self, word: Word, own: &Spellings) -> bool {
        let all = |of: &Spellings, is: &dyn Fn(&PackText) -> bool| {
            let mut surfaces = Surface::ALL.into_iter();
            surfaces.all(|on| of.on(on).iter().all(is))
        };
        let mut shared = self.homonyms.iter();
        shared.any(|(shared, control)| {
            let taken = match *shared {
                _ if Word::Control(*control) != word => return false,
                Word::Level(id) => &self.level(id).spellings,
                Word::Control(id) => &self.control(id).spellings,
                _ => return false,
            };
            let is_taken = |own: &PackText| !all(taken, &|other| other != own);
            all(own, &is_taken)
        })
    }
}
