//! Several schemes side by side: one speaks for the document, the others are recognised beside it.

use super::markings::Marking;
use super::parse::parse;
use super::scheme::{LevelId, Scheme};
use super::surface::Surface;

/// The schemes that are known; the first is the document's own.
#[derive(Debug, Clone, Default)]
pub struct Schemes {
    all: Vec<Scheme>,
}

impl Schemes {
    /// Schemes in the order in which they are asked.
    pub const fn new(all: Vec<Scheme>) -> Self {
        Self { all }
    }

    /// The scheme of the document, if there is any scheme.
    pub fn primary(&self) -> Option<&Scheme> {
        self.all.first()
    }

    /// Makes a scheme the document's own; gives whether it is known.
    pub fn choose(&mut self, name: &str) -> bool {
        let found = self.all.iter().position(|scheme| scheme.name() == name);
        if let Some(index) = found {
            let chosen = self.all.remove(index);
            self.all.insert(0, chosen);
        }
        found.is_some()
    }

    /// A scheme by its name.
    pub fn get(&self, name: &str) -> Option<&Scheme> {
        self.all.iter().find(|scheme| scheme.name() == name)
    }

    /// Every scheme, the document's own first.
    pub fn iter(&self) -> impl Iterator<Item = &Scheme> {
        self.all.iter()
    }

    /// The scheme whose marking a text is: the document's own where that reads it at all, then one that
    /// finds nothing wrong with it, then one that reads it.
    pub fn recognise(&self, text: &str, surface: Surface) -> Option<(&Scheme, Marking)> {
        let read = |scheme| (scheme, parse(text, 0, scheme, surface));
        let own = self
            .primary()
            .map(read)
            .filter(|(_, marking)| marking.is_understood());
        let right = || {
            self.iter()
                .map(read)
                .find(|(_, marking)| marking.is_understood() && marking.is_right())
        };
        let any = || {
            self.iter()
                .map(read)
                .find(|(_, marking)| marking.is_understood())
        };
        own.or_else(right).or_else(any)
    }

    /// The level of another scheme that a level answers to: for messages, never to convert a marking.
    pub fn equivalent<'s>(
        &'s self,
        of: &Scheme,
        level: LevelId,
        there: &'s str,
    ) -> Option<(&'s Scheme, LevelId)> {
        let entries = &of.level(level).equivalents;
        let name = &entries.iter().find(|entry| entry.scheme == there)?.level;
        let scheme = self.get(there)?;
        Some((scheme, scheme.level_named(name)?))
    }
}
