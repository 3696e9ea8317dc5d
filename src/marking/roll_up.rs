//! What the portions demand of the banner.
//!
//! Markings are gathered into a state that is a join: the order and the number of times they are
//! added do not matter. Dropping and dominance act only when the demand is read from it.

use super::parse::Marking;
use super::scheme::{ControlId, LevelId, Scheme};
use crate::pack::scheme_file::RollUpOperator;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The markings of the portions so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollUp {
    /// Highest levels seen; more than one where they do not compare.
    levels: BTreeSet<LevelId>,
    /// Controls seen on any portion.
    any: BTreeSet<ControlId>,
    /// Controls of which some portion has none: an intersection without them is empty.
    lacking: BTreeSet<ControlId>,
}

/// What the portions demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The level; `None` where no portion has one, or where the highest ones do not compare.
    pub level: Option<LevelId>,
    /// Whether a person must decide between levels that do not compare.
    pub undecided: bool,
    /// The controls, in the order of the scheme.
    pub controls: Vec<ControlId>,
}

impl RollUp {
    /// Adds one portion.
    pub fn add(&mut self, marking: &Marking, scheme: &Scheme) {
        if let Some(used) = marking.level {
            self.raise(used.level, scheme);
        }
        for used in &marking.controls {
            self.any.insert(used.control);
            self.any.extend(&scheme.control(used.control).implies);
        }
        let shared = scheme
            .controls()
            .filter(|(_, control)| control.roll_up == RollUpOperator::Intersection);
        for (id, _) in shared {
            if !marking.has(id) {
                self.lacking.insert(id);
            }
        }
    }

    /// Joins two states.
    pub fn join(&mut self, other: &Self, scheme: &Scheme) {
        for &level in &other.levels {
            self.raise(level, scheme);
        }
        self.any.extend(&other.any);
        self.lacking.extend(&other.lacking);
    }

    fn raise(&mut self, level: LevelId, scheme: &Scheme) {
        let below = |seen: &LevelId| scheme.compare(*seen, level) == Some(Ordering::Less);
        let covered = self.levels.iter().any(|&seen| {
            matches!(
                scheme.compare(seen, level),
                Some(Ordering::Greater | Ordering::Equal)
            )
        });
        if !covered {
            self.levels.retain(|seen| !below(seen));
            self.levels.insert(level);
        }
    }

    /// What the portions added so far demand of the banner.
    pub fn demand(&self, scheme: &Scheme) -> Demand {
        let level = match self.levels.len() {
            1 => self.levels.first().copied(),
            _ => None,
        };
        let mut controls = BTreeSet::new();
        for &id in &self.any {
            let control = scheme.control(id);
            let dropped = level.is_some_and(|level| control.dropped_at.contains(&level));
            match control.roll_up {
                _ if dropped => {}
                RollUpOperator::None => {}
                RollUpOperator::Intersection if self.lacking.contains(&id) => {
                    controls.extend(control.empty_becomes.filter(|_| level.is_some()));
                }
                _ => {
                    controls.insert(id);
                }
            }
        }
        let covered: BTreeSet<_> = controls
            .iter()
            .flat_map(|&id| scheme.control(id).covers.iter().copied())
            .collect();
        controls.retain(|id| !covered.contains(id));
        let undecided = self.levels.len() > 1;
        Demand {
            level,
            undecided,
            controls: controls.into_iter().collect(),
        }
    }
}
