//! Terms found by any of their spellings, of which no second copy is kept.

use super::terms::TermId;
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher as _;

/// One spelling of a term: of all of them, the first is the word itself.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    hash: u64,
    term: TermId,
    place: u16,
}

/// The terms of a vocabulary by their spellings.
#[derive(Debug, Clone, Default)]
pub struct BySpelling(HashTable<Spelling>);

impl BySpelling {
    /// Makes room for more spellings.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve(more, |spelling| spelling.hash);
    }

    /// Adds the spelling of a term at a place among its own; gives the term that is spelt so already, which
    /// stays. `key` is the spelling as texts are compared with it, and `is_key` whether another is that.
    pub fn add(
        &mut self,
        key: &[u8],
        (term, place): (TermId, usize),
        is_key: impl Fn(TermId, usize) -> bool,
    ) -> Option<TermId> {
        let taken = self.find(key, is_key);
        if taken.is_none() {
            let spelling = Spelling {
                hash: hash(key),
                term,
                place: u16::try_from(place).ok()?,
            };
            let hash = |spelling: &Spelling| spelling.hash;
            self.0.insert_unique(spelling.hash, spelling, hash);
        }
        taken
    }

    /// The term with a spelling that is the key, as `is_key` says of a term and a place among its spellings.
    pub fn find(&self, key: &[u8], is_key: impl Fn(TermId, usize) -> bool) -> Option<TermId> {
        let hash = hash(key);
        let same = |own: &Spelling| own.hash == hash && is_key(own.term, usize::from(own.place));
        self.0.find(hash, same).map(|own| own.term)
    }
}

fn hash(key: &[u8]) -> u64 {
    FxBuildHasher.hash_one(key)
}
