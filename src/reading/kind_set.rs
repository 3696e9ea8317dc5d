//! Sets of kinds of element, as bits.

use super::ElementKind;

/// A set of kinds of element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KindSet([u64; WORDS]);

const WORDS: usize = 4;

impl KindSet {
    /// No kind.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// Most kinds that a set can hold.
    pub const MOST: usize = WORDS * 64;

    /// One kind.
    pub const fn of(kind: ElementKind) -> Self {
        let mut set = Self::EMPTY;
        set.insert(kind);
        set
    }

    /// Adds a kind.
    pub const fn insert(&mut self, kind: ElementKind) {
        self.0[kind as usize / 64] |= 1 << (kind as usize % 64);
    }

    /// These kinds and one more.
    #[must_use]
    pub const fn with(mut self, kind: ElementKind) -> Self {
        self.insert(kind);
        self
    }

    /// The kinds of both.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
        self
    }

    /// Whether it holds a kind.
    pub const fn contains(self, kind: ElementKind) -> bool {
        self.0[kind as usize / 64] >> (kind as usize % 64) & 1 == 1
    }

    /// The kinds in both.
    #[must_use]
    pub fn both(mut self, other: Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own &= other;
        }
        self
    }

    /// Whether some kind is in both.
    pub fn intersects(self, other: Self) -> bool {
        let pairs = self.0.iter().zip(other.0);
        pairs.fold(0, |all, (own, other)| all | own & other) != 0
    }

    /// The kinds it holds, by their numbers.
    pub const fn numbers(self) -> Numbers {
        Numbers {
            left: self.0,
            at: 0,
        }
    }

    /// Whether it holds no kind.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }
}

/// The numbers of the kinds of a set, from the lowest on.
#[derive(Debug, Clone)]
pub struct Numbers {
    left: [u64; WORDS],
    at: usize,
}

impl Iterator for Numbers {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while let Some(left) = self.left.get_mut(self.at) {
            if *left != 0 {
                let bit = left.trailing_zeros() as usize;
                *left &= *left - 1;
                return Some(self.at * 64 + bit);
            }
            self.at += 1;
        }
        None
    }
}

impl FromIterator<ElementKind> for KindSet {
    fn from_iter<I: IntoIterator<Item = ElementKind>>(kinds: I) -> Self {
        kinds
            .into_iter()
            .fold(Self::EMPTY, |set, kind| set.union(Self::of(kind)))
    }
}
