//! Whether one marking lies within another: what the one allows, the other may ask.

use super::markings::Marking;
use super::scheme::{ControlId, LevelId, Scheme};
use std::cmp::Ordering;

impl Scheme {
    /// Whether a marking asks for no more than `most` grants: a level that is not above its own, and no
    /// control that it neither names nor makes needless. Levels that do not compare lie outside.
    pub fn is_within(&self, marking: &Marking, most: &Marking) -> bool {
        self.level_is_within(marking, most) && self.controls_are_within(marking, most)
    }

    fn level_is_within(&self, marking: &Marking, most: &Marking) -> bool {
        let (Some(used), Some(most)) = (marking.level, most.level) else {
            return marking.level.is_none();
        };
        let counts_as = self.level(used.level).counts_as.unwrap_or(used.level);
        self.is_not_above(counts_as, most.level)
    }

    fn is_not_above(&self, level: LevelId, most: LevelId) -> bool {
        matches!(
            self.compare(level, most),
            Some(Ordering::Less | Ordering::Equal)
        )
    }

    fn controls_are_within(&self, marking: &Marking, most: &Marking) -> bool {
        let implied = most.level.map(|used| &self.level(used.level).implies);
        let implied = implied.into_iter().flatten().copied();
        let granted: Vec<ControlId> = most
            .controls
            .iter()
            .map(|used| used.control)
            .chain(implied)
            .collect();
        let within = |asked: ControlId| {
            // A level that is stated behind a higher one asks for no more than that level.
            let by_level = self.level_stated_by(asked).zip(most.level);
            by_level.is_some_and(|(own, most)| self.is_not_above(own, most.level))
                || granted
                    .iter()
                    .any(|&own| own == asked || self.stands_for(own, asked))
        };
        let own = marking.level.map(|used| &self.level(used.level).implies);
        let own = own.into_iter().flatten().copied();
        let owner = marking
            .owner
            .and_then(|used| self.owner(used.owner).becomes);
        let same_owner = marking.owner.map(|used| used.owner) == most.owner.map(|used| used.owner);
        let mut asked = marking.controls.iter().map(|used| used.control).chain(own);
        asked.all(within) && (same_owner || owner.is_none_or(within))
    }

    /// Whether a control asks for all that another asks for.
    fn stands_for(&self, over: ControlId, under: ControlId) -> bool {
        let own = self.control(over);
        let place = |chain: &[ControlId], id| chain.iter().position(|&member| member == id);
        let dominates = self.dominance.iter().any(|chain| {
            place(chain, over)
                .zip(place(chain, under))
                .is_some_and(|(over, under)| over < under)
        });
        dominates || own.covers.contains(&under) || own.implies.contains(&under)
    }
}
