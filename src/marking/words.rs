//! The spellings of one surface, found by walking a tree of letters: the longest one that ends at a word's end.

use super::scheme::{CodeId, ControlId, LevelId, ModifierId, OwnerId};

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

/// A tree of spellings, capitals aside. What follows a node lies together, its letters as well.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// The letter that leads to each node but the first; a byte before it for that one.
    letters: Vec<u8>,
    nodes: Vec<Node>,
    entries: Vec<Entry>,
}

type Entry = (Word, Standing, Box<str>);

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The first of the nodes that follow, and how many there are.
    first: u32,
    count: u32,
    /// The entry that ends here, counted from one.
    entry: u32,
}

/// A tree of spellings that grows.
#[derive(Debug)]
pub(super) struct Growing {
    sprouts: Vec<Sprout>,
    entries: Vec<Entry>,
}

/// A node of a tree that grows. Zero stands for no node, and for no entry.
#[derive(Debug, Clone, Copy, Default)]
struct Sprout {
    letter: u8,
    /// The first node that follows.
    child: u32,
    /// The next node that follows the same one.
    sibling: u32,
    /// The entry that ends here, counted from one.
    entry: u32,
}

impl Default for Growing {
    fn default() -> Self {
        Self {
            sprouts: vec![Sprout::default()],
            entries: Vec::new(),
        }
    }
}

impl Growing {
    /// Adds a spelling; gives the word that has it already, which stays.
    pub(super) fn add(&mut self, spelling: &str, word: Word, standing: Standing) -> Option<Word> {
        let mut at = 0;
        for byte in spelling.bytes() {
            at = self.step_or_grow(at, byte.to_ascii_uppercase());
        }
        let sprout = self.sprouts.get_mut(at)?;
        if let Some(taken) = sprout.entry.checked_sub(1) {
            return self.entries.get(taken as usize).map(|&(word, ..)| word);
        }
        self.entries.push((word, standing, spelling.into()));
        sprout.entry = number(self.entries.len());
        None
    }

    fn step_or_grow(&mut self, from: usize, letter: u8) -> usize {
        let last = match self.children(from).try_fold(0, |_, (place, sprout)| {
            if sprout.letter == letter {
                Err(place)
            } else {
                Ok(place)
            }
        }) {
            Err(found) => return found,
            Ok(last) => last,
        };
        let fresh = self.sprouts.len();
        self.sprouts.push(Sprout {
            letter,
            ..Sprout::default()
        });
        let before = if last == 0 { from } else { last };
        if let Some(sprout) = self.sprouts.get_mut(before) {
            let link = if last == 0 {
                &mut sprout.child
            } else {
                &mut sprout.sibling
            };
            *link = number(fresh);
        }
        fresh
    }

    /// The nodes that follow one, with their places.
    fn children(&self, of: usize) -> impl Iterator<Item = (usize, Sprout)> {
        let mut next = self.sprouts.get(of).map_or(0, |sprout| sprout.child);
        std::iter::from_fn(move || {
            let place = next as usize;
            let sprout = *self.sprouts.get(place).filter(|_| place > 0)?;
            next = sprout.sibling;
            Some((place, sprout))
        })
    }

    /// The same tree for looking up.
    pub(super) fn grown(self) -> Words {
        let mut words = Words {
            letters: vec![0],
            nodes: vec![Node::default()],
            entries: Vec::new(),
        };
        words.letters.reserve(self.sprouts.len());
        words.nodes.reserve(self.sprouts.len());
        // The places of nodes in the order in which they are laid down, breadth first.
        let mut order = vec![0];
        order.reserve(self.sprouts.len());
        let mut done = 0;
        while let Some(&place) = order.get(done) {
            let first = number(words.letters.len());
            for (child, sprout) in self.children(place) {
                order.push(child);
                words.letters.push(sprout.letter);
                words.nodes.push(Node::default());
            }
            if let Some(node) = words.nodes.get_mut(done) {
                *node = Node {
                    first,
                    count: number(words.letters.len()) - first,
                    entry: self.sprouts.get(place).map_or(0, |sprout| sprout.entry),
                };
            }
            done += 1;
        }
        words.entries = self.entries;
        words
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Words {
    fn step(&self, from: usize, letter: u8) -> Option<usize> {
        let node = self.nodes.get(from)?;
        let first = node.first as usize;
        let letters = self.letters.get(first..first + node.count as usize)?;
        let place = letters.iter().position(|&own| own == letter)?;
        Some(first + place)
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
            let entry = self
                .nodes
                .get(at)
                .and_then(|node| node.entry.checked_sub(1));
            if let Some(entry) = entry
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
    use super::{Growing, Standing, Word};
    use crate::marking::scheme::LevelId;

    #[test]
    fn the_longest_spelling_that_ends_a_word_is_found() {
        let mut words = Growing::default();
        let word = |index| Word::Level(LevelId(index));
        assert_eq!(words.add("QUAY", word(0), Standing::Right), None);
        assert_eq!(words.add("QUAY EAST", word(1), Standing::Right), None);
        assert_eq!(words.add("quay", word(2), Standing::Variant), Some(word(0)));
        assert_eq!(words.add("QUAIL", word(3), Standing::Right), None);
        let words = words.grown();
        let found = |text| {
            words
                .longest(text)
                .map(|found| (found.word, found.len, found.exact))
        };
        assert_eq!(found("QUAY EAST//X"), Some((word(1), 9, true)));
        assert_eq!(found("Quay EASTER"), Some((word(0), 4, false)));
        assert_eq!(found("QUAYSIDE"), None);
        assert_eq!(found("quail"), Some((word(3), 5, false)));
        assert_eq!(found("QUA"), None);
    }
}
