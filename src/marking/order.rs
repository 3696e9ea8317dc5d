//! The partial order of levels.

use super::scheme::LevelId;
use std::cmp::Ordering;

/// The partial order of levels: which lie below which.
#[derive(Debug, Clone, Default)]
pub struct LevelOrder {
    below: Vec<u64>,
    equal: Vec<u64>,
}

impl LevelOrder {
    /// `below[i]` and `equal[i]` are the sets of levels below and equal to level `i`, as bits.
    pub(super) const fn new(below: Vec<u64>, equal: Vec<u64>) -> Self {
        Self { below, equal }
    }

    pub(super) fn compare(&self, left: LevelId, right: LevelId) -> Option<Ordering> {
        let bit = |set: &[u64], of: LevelId, member: LevelId| {
            set.get(usize::from(of.0))
                .is_some_and(|bits| bits >> member.0 & 1 == 1)
        };
        if left == right || bit(&self.equal, left, right) {
            Some(Ordering::Equal)
        } else if bit(&self.below, right, left) {
            Some(Ordering::Less)
        } else if bit(&self.below, left, right) {
            Some(Ordering::Greater)
        } else {
            None
        }
    }
}
