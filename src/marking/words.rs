//! The spellings of one surface, found by walking a tree of letters: the longest one that ends at a word's end.

use super::scheme::{CodeId, ControlId, LevelId, ModifierId, OwnerId};
use crate::pack::text::PackText;
use std::num::NonZeroU32;
use std::sync::Arc;

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

/// The spellings of a surface: a tree, which other surfaces may share, and what its ends stand for here.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    tree: Arc<Tree>,
    /// For each end of the tree the entry that it stands for here, counted from one.
    by_end: Vec<u32>,
    entries: Vec<Entry>,
}

type Entry = (Word, Standing, PackText);

/// A tree of spellings, capitals aside. What follows a node lies together, its letters as well.
#[derive(Debug, Clone, Default)]
struct Tree {
    /// The letter that leads to each node but the first; a byte before it for that one.
    letters: Vec<u8>,
    nodes: Vec<Node>,
    /// The nodes that follow the first one, by their letters; many do. Zero stands for none.
    starts: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The first of the nodes that follow, and how many there are.
    first: u32,
    count: u32,
    /// The end that lies here.
    end: Option<End>,
}

/// Where a spelling ends in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End(NonZeroU32);

/// A tree of spellings that grows.
#[derive(Debug)]
pub(super) struct Growing {
    sprouts: Vec<Sprout>,
    ends: u32,
}

/// A node of a tree that grows. Zero stands for no node.
#[derive(Debug, Clone, Copy, Default)]
struct Sprout {
    letter: u8,
    /// The first node that follows.
    child: u32,
    /// The next node that follows the same one.
    sibling: u32,
    end: Option<End>,
}

impl Default for Growing {
    fn default() -> Self {
        Self {
            sprouts: vec![Sprout::default()],
            ends: 0,
        }
    }
}

impl Growing {
    /// Where a spelling ends, capitals aside.
    pub(super) fn end_of(&mut self, spelling: &str) -> End {
        let mut at = 0;
        for byte in spelling.bytes() {
            at = self.step_or_grow(at, byte.to_ascii_uppercase());
        }
        let known = self.sprouts.get(at).and_then(|sprout| sprout.end);
        known.unwrap_or_else(|| {
            let end = End(NonZeroU32::MIN.saturating_add(self.ends));
            self.ends = self.ends.saturating_add(1);
            if let Some(sprout) = self.sprouts.get_mut(at) {
                sprout.end = Some(end);
            }
            end
        })
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
    fn grown(&self) -> Tree {
        let mut tree = Tree {
            letters: vec![0],
            nodes: vec![Node::default()],
            starts: vec![0; 256],
        };
        tree.letters.reserve(self.sprouts.len());
        tree.nodes.reserve(self.sprouts.len());
        // The places of nodes in the order in which they are laid down, breadth first.
        let mut order = vec![0];
        order.reserve(self.sprouts.len());
        let mut done = 0;
        while let Some(&place) = order.get(done) {
            let first = number(tree.letters.len());
            for (child, sprout) in self.children(place) {
                order.push(child);
                tree.letters.push(sprout.letter);
                tree.nodes.push(Node::default());
            }
            if let Some(node) = tree.nodes.get_mut(done) {
                *node = Node {
                    first,
                    count: number(tree.letters.len()) - first,
                    end: self.sprouts.get(place).and_then(|sprout| sprout.end),
                };
            }
            done += 1;
        }
        let count = tree.nodes.first().map_or(0, |node| node.count);
        for place in 1..=count {
            let letter = tree.letters.get(place as usize).copied();
            let start = tree.starts.get_mut(usize::from(letter.unwrap_or_default()));
            if let Some(start) = start {
                *start = place;
            }
        }
        tree
    }

    /// The words of surfaces that share the tree.
    pub(super) fn words<const N: usize>(self, surfaces: [Standings; N]) -> [Words; N] {
        let tree = Arc::new(self.grown());
        surfaces.map(|own| Words {
            tree: Arc::clone(&tree),
            by_end: own.by_end,
            entries: own.entries,
        })
    }
}

/// What the ends of a tree that grows stand for on a surface.
#[derive(Debug, Default)]
pub(super) struct Standings {
    by_end: Vec<u32>,
    entries: Vec<Entry>,
}

impl Standings {
    /// Nothing yet, with room for every end that a tree has.
    pub(super) fn of(tree: &Growing) -> Self {
        let ends = tree.ends as usize;
        Self {
            by_end: Vec::with_capacity(ends),
            entries: Vec::with_capacity(ends),
        }
    }

    /// Adds a spelling; gives the word that has it already, which stays.
    pub(super) fn add(
        &mut self,
        (end, spelling): (End, &PackText),
        word: Word,
        standing: Standing,
    ) -> Option<Word> {
        let place = end.place();
        if self.by_end.len() <= place {
            self.by_end.resize(place + 1, 0);
        }
        let entry = self.by_end.get_mut(place)?;
        if let Some(taken) = entry.checked_sub(1) {
            return self.entries.get(taken as usize).map(|&(word, ..)| word);
        }
        self.entries.push((word, standing, spelling.clone()));
        *entry = number(self.entries.len());
        None
    }
}

impl End {
    const fn place(self) -> usize {
        self.0.get() as usize - 1
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Tree {
    fn step(&self, from: usize, letter: u8) -> Option<usize> {
        if from == 0 {
            let start = *self.starts.get(usize::from(letter))?;
            return (start > 0).then_some(start as usize);
        }
        let node = self.nodes.get(from)?;
        let first = node.first as usize;
        let letters = self.letters.get(first..first + node.count as usize)?;
        let place = letters.iter().position(|&own| own == letter)?;
        Some(first + place)
    }
}

impl Words {
    /// The entry of an end, which may stand for nothing here.
    fn entry(&self, end: End) -> Option<&Entry> {
        let entry = self.by_end.get(end.place())?.checked_sub(1)?;
        self.entries.get(entry as usize)
    }

    /// The longest spelling that a text begins with and that ends where a word ends.
    pub(super) fn longest(&self, text: &str) -> Option<Found> {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut best = None;
        for (index, byte) in bytes.iter().enumerate() {
            let Some(next) = self.tree.step(at, byte.to_ascii_uppercase()) else {
                break;
            };
            at = next;
            let end = self.tree.nodes.get(at).and_then(|node| node.end);
            if let Some(entry) = end.and_then(|end| self.entry(end))
                && ends_word(bytes, index + 1)
            {
                best = Some((entry, index + 1));
            }
        }
        let ((word, standing, spelling), len) = best?;
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
    use super::{Growing, Standing, Standings, Word};
    use crate::marking::scheme::LevelId;
    use crate::pack::text::PackText;

    #[test]
    fn the_longest_spelling_that_ends_a_word_is_found() {
        let (mut tree, mut here, mut there) = <(Growing, Standings, Standings)>::default();
        let word = |index| Word::Level(LevelId(index));
        let mut add = |spelling: &'static str, index, standing| {
            let spelling = PackText::from(spelling);
            here.add((tree.end_of(&spelling), &spelling), word(index), standing)
        };
        assert_eq!(add("QUAY", 0, Standing::Right), None);
        assert_eq!(add("QUAY EAST", 1, Standing::Right), None);
        assert_eq!(add("quay", 2, Standing::Variant), Some(word(0)));
        assert_eq!(add("QUAIL", 3, Standing::Right), None);
        let east = PackText::from("QUAY EAST");
        there.add((tree.end_of(&east), &east), word(4), Standing::Right);
        let [words, there] = tree.words([here, there]);
        assert_eq!(
            there.longest("QUAY EAST").map(|found| found.word),
            Some(word(4))
        );
        assert_eq!(there.longest("QUAY WEST"), None);
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
