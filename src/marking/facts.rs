//! What a scheme says beside its grammar: places, companions, citations, and the life of its words.

use super::markings::Marking;
use super::parameter::CodeList;
use super::scheme::{Companion, Deprecated, LevelId, Scheme};
use super::surface::Citation;
use super::words::Word;
use crate::pack::scheme_file::{BlockFieldEntry, Place, PortionPolicy};
use crate::pack::shared::Evidence;
use crate::text::Span;
use std::cmp::Ordering;

impl Scheme {
    /// A list of codes, by its index.
    pub fn code_list(&self, index: u8) -> Option<&CodeList> {
        self.code_lists.get(usize::from(index))
    }

    /// Whether a document's marking must stand at a place.
    pub fn wants_banner_at(&self, place: Place) -> bool {
        self.placement.banner.contains(&place)
    }

    /// Whether no marking may stand at a place.
    pub fn forbids_marking_at(&self, place: Place) -> bool {
        self.placement.never.contains(&place)
    }

    /// Which of two places counts where their markings differ; `None` where the scheme does not say.
    pub fn place_that_counts(&self, one: Place, other: Place) -> Option<Place> {
        let order = &self.placement.precedence;
        order
            .iter()
            .copied()
            .find(|&place| place == one || place == other)
    }

    /// Whether the portions of a document at a level are marked.
    pub fn portions_at(&self, level: Option<LevelId>) -> PortionPolicy {
        let policy = self.placement.portions;
        let Some(from) = self.portions_from else {
            return policy;
        };
        let reaches = level.is_some_and(|level| {
            matches!(
                self.compare(level, from),
                Some(Ordering::Greater | Ordering::Equal)
            )
        });
        if reaches {
            policy
        } else {
            PortionPolicy::Optional
        }
    }

    /// Whether a part of a document, such as a heading, needs no mark.
    pub fn is_exempt(&self, part: &str) -> bool {
        self.placement.exempt.iter().any(|own| own == part)
    }

    /// Fields of the authority block that a document at a level must have.
    pub fn fields_at(&self, level: LevelId) -> impl Iterator<Item = &BlockFieldEntry> {
        let reaches = move |from: &Option<LevelId>| {
            from.is_some_and(|from| {
                matches!(
                    self.compare(level, from),
                    Some(Ordering::Greater | Ordering::Equal)
                )
            })
        };
        let required = self
            .block_fields
            .iter()
            .filter(move |(_, from)| reaches(from));
        required.map(|(field, _)| field)
    }

    /// Every field of the authority block.
    pub fn fields(&self) -> impl Iterator<Item = &BlockFieldEntry> {
        self.block_fields.iter().map(|(field, _)| field)
    }

    /// Sentences and blocks that the words of a marking demand.
    pub fn companions<'s>(&'s self, marking: &'s Marking) -> impl Iterator<Item = &'s Companion> {
        let stands = move |companion: &&Companion| match companion.of {
            Word::Level(level) => marking.level.is_some_and(|used| used.level == level),
            Word::Control(control) => marking.has(control),
            _ => false,
        };
        self.companions.iter().filter(stands)
    }

    /// A term that is no longer one of the scheme.
    pub fn deprecated(&self, index: u16) -> Option<&Deprecated> {
        self.deprecated.get(usize::from(index))
    }

    /// The deprecated term that a text is; capitals do not matter.
    pub fn deprecated_named(&self, text: &str) -> Option<&Deprecated> {
        let mut terms = self.deprecated.iter();
        terms.find(|term| term.text.eq_ignore_ascii_case(text))
    }

    /// Where a word is written down, and whether that was read.
    pub fn citation(&self, word: Word) -> Citation {
        let (text, status) = match word {
            Word::Level(id) => (self.level(id).authority.clone(), self.level(id).status),
            Word::Control(id) => (self.control(id).authority.clone(), self.control(id).status),
            Word::Owner(id) | Word::OwnedLevel(id, _) => {
                (self.owner(id).authority.clone(), self.owner(id).status)
            }
            Word::Deprecated(index) => match self.deprecated(index) {
                Some(term) => (Some(term.citation.text.clone()), term.citation.status),
                None => (None, Evidence::Unverified),
            },
            Word::Code(id) => {
                let list = self.code_lists.get(usize::from(id.list));
                (list.map(|list| list.authority.clone()), Evidence::Read)
            }
            Word::Modifier(id) => match self.modifiers.get(usize::from(id.0)) {
                Some(own) => return self.citation(Word::Level(own.of)),
                None => (None, Evidence::Unverified),
            },
        };
        let own = text.filter(|text| !text.is_empty());
        Citation {
            text: own
                .or_else(|| self.authority.first().cloned())
                .unwrap_or_default(),
            status,
        }
    }

    /// Words of a marking that may not be used on a day, with their places.
    pub fn out_of_time<'s>(
        &'s self,
        marking: &'s Marking,
        day: jiff::civil::Date,
    ) -> impl Iterator<Item = (Word, Span)> + 's {
        let level = marking
            .level
            .filter(move |used| !self.level_holds(used.level, day));
        let level = level.map(|used| (Word::Level(used.level), used.span));
        let controls = marking.controls.iter();
        let controls = controls.filter(move |used| !self.control_holds(used.control, day));
        let controls = controls.map(|used| (Word::Control(used.control), used.span));
        level.into_iter().chain(controls)
    }

    /// The word to use in place of another, where there is one.
    pub fn successor(&self, word: Word) -> Option<Word> {
        match word {
            Word::Level(id) => self.level(id).replaced_by.map(Word::Level),
            Word::Control(id) => self.control(id).replaced_by.map(Word::Control),
            Word::Deprecated(index) => self.deprecated(index).and_then(|term| term.replaced_by),
            _ => None,
        }
    }

    /// Levels that a level must be weighed against by a person.
    pub fn parallels(&self, level: LevelId) -> impl Iterator<Item = LevelId> {
        let says =
            move |(_, other): &(LevelId, &super::scheme::Level)| other.parallel.contains(&level);
        let own = self.level(level).parallel.iter().copied();
        let others = self.levels().filter(says).map(|(id, _)| id);
        own.chain(others)
    }
}

impl Companion {
    /// Whether a text has every phrase; capitals, line breaks and repeated blanks do not matter.
    pub fn stands_in(&self, text: &str) -> bool {
        self.phrases.iter().all(|phrase| has_phrase(text, phrase))
    }
}

/// Whether the words of a phrase stand one after the other in a text.
fn has_phrase(text: &str, phrase: &str) -> bool {
    let wanted: Vec<&str> = phrase.split_whitespace().collect();
    let Some((first, rest)) = wanted.split_first() else {
        return true;
    };
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let begins = word.get(word.len().saturating_sub(first.len())..);
        if begins.is_some_and(|end| end.eq_ignore_ascii_case(first)) {
            let mut after = words.clone();
            let follows = |(index, wanted): (usize, &&str)| {
                let last = index + 1 == rest.len();
                after.next().is_some_and(|word| {
                    let head = word.get(..wanted.len());
                    let same = head.is_some_and(|head| head.eq_ignore_ascii_case(wanted));
                    same && (last || word.len() == wanted.len())
                })
            };
            if rest.iter().enumerate().all(follows) {
                return true;
            }
        }
    }
    false
}
