//! The spellings of one surface, found by walking a tree of letters: the longest one that ends at a word's end.

use super::scheme::{CodeId, ControlId, LevelId, ModifierId, OwnerId};
use smallvec::SmallVec;

/// What a spelling stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Word {
    /// A level, with its modifier if it has one.
    Level(LevelId),
    /// A control.
    Control(ControlId),
    /// An owner.
    Owner(OwnerId),
    /// An owner and a level in one word.
    OwnedLevel(OwnerId, LevelId),
    /// A modifier without its level.
    Modifier(ModifierId),
    /// A code of a list.
    Code(CodeId),
    /// A term that is no longer one of the scheme, by its index.
    Deprecated(u16),
}

/// Whether a spelling belongs where it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It does.
    Right,
    /// It belongs on another surface.
    OtherSurface,
    /// It is a spelling that is read, and reported.
    Variant,
}

/// A spelling that was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// What it stands for.
    pub(super) word: Word,
    /// Whether it belongs there.
    pub(super) standing: Standing,
    /// How many bytes it is long.
    pub(super) len: usize,
    /// Whether its capitals are as they should be.
    pub(super) exact: bool,
}

/// A tree of spellings, capitals aside.
#[derive(Debug, Clone)]
pub(super) struct Words {
    nodes: Vec<Node>,
    entries: Vec<(Word, Standing, Box<str>)>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    letters: SmallVec<[u8; 16]>,
    next: SmallVec<[u32; 4]>,
    entry: Option<u32>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            entries: Vec::new(),
        }
    }
}

impl Words {
    /// Adds a spelling; gives the word that has it already, which stays.
    pub(super) fn add(&mut self, spelling: &str, word: Word, standing: Standing) -> Option<Word> {
        let mut at = 0;
        for byte in spelling.bytes() {
            at = self.step_or_grow(at, byte.to_ascii_uppercase());
        }
        let fresh = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let node = self.nodes.get_mut(at)?;
        if let Some(taken) = node.entry {
            return self.entries.get(taken as usize).map(|&(word, ..)| word);
        }
        node.entry = Some(fresh);
        self.entries.push((word, standing, spelling.into()));
        None
    }

    fn step_or_grow(&mut self, from: usize, letter: u8) -> usize {
        if let Some(next) = self.step(from, letter) {
            return next;
        }
        let fresh = self.nodes.len();
        self.nodes.push(Node::default());
        if let Some(node) = self.nodes.get_mut(from) {
            node.letters.push(letter);
            node.next.push(u32::try_from(fresh).unwrap_or(u32::MAX));
        }
        fresh
    }

    fn step(&self, from: usize, letter: u8) -> Option<usize> {
        let node = self.nodes.get(from)?;
        let place = node.letters.iter().position(|&own| own == letter)?;
        node.next.get(place).map(|&next| next as usize)
    }

    /// The longest spelling that a text begins with and that ends where a word ends.
    pub(super) fn longest(&self, text: &str) -> Option<Found> {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut best = None;
        for (index, byte) in bytes.iter().enumerate() {
            let Some(next) = self.step(at, byte.to_ascii_uppercase()) else {
                break;
            };
            at = next;
            if let Some(entry) = self.nodes.get(at).and_then(|node| node.entry)
                && ends_word(bytes, index + 1)
            {
                best = Some((entry, index + 1));
            }
        }
        let (entry, len) = best?;
        let (word, standing, spelling) = self.entries.get(entry as usize)?;
        Some(Found {
            word: *word,
            standing: *standing,
            len,
            exact: bytes.get(..len) == Some(spelling.as_bytes()),
        })
    }

    /// The spelling that is the whole of a text.
    pub(super) fn whole(&self, text: &str) -> Option<Found> {
        self.longest(text).filter(|found| found.len == text.len())
    }

    /// Every spelling with what it stands for.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Word, Standing, &str)> {
        self.entries
            .iter()
            .map(|(word, standing, spelling)| (*word, *standing, &**spelling))
    }
}

/// Whether a word may end before byte `at`: no letter or digit follows one.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let before = at.checked_sub(1).and_then(|last| bytes.get(last));
    !(before.is_some_and(is_letter) && bytes.get(at).is_some_and(is_letter))
}

#[cfg(test)]
mod tests {
    use super::{Standing, Word, Words};
    use crate::marking::scheme::LevelId;

    #[test]
    fn the_longest_spelling_that_ends_a_word_is_found() {
        let mut words = Words::default();
        let word = |index| Word::Level(LevelId(index));
        assert_eq!(words.add("QUAY", word(0), Standing::Right), None);
        assert_eq!(words.add("QUAY EAST", word(1), Standing::Right), None);
        assert_eq!(words.add("quay", word(2), Standing::Variant), Some(word(0)));
        let found = |text| {
            words
                .longest(text)
                .map(|found| (found.word, found.len, found.exact))
        };
        assert_eq!(found("QUAY EAST//X"), Some((word(1), 9, true)));
        assert_eq!(found("Quay EASTER"), Some((word(0), 4, false)));
        assert_eq!(found("QUAYSIDE"), None);
    }
}
