//! Categories and their controls.

use super::parameter::Parameter;
use super::scheme::{CategoryId, ControlId, LevelId, OwnerId};
use super::surface::Spellings;
use crate::pack::control_file::{Position, RollUpOperator, Shape, Sort};
use crate::pack::shared::{Day, Evidence};
use crate::pack::text::PackText;

/// A group of controls with a place in the marking.
#[derive(Debug, Clone)]
pub struct Category {
    /// Name.
    pub name: PackText,
    /// Before or after the level.
    pub position: Position,
    /// What stands between it and the level's side.
    pub lead: PackText,
    /// What stands between its controls.
    pub inner: PackText,
    /// In which order its controls stand.
    pub sort: Sort,
    /// Groups in order.
    pub groups: Vec<PackText>,
    /// Controls in front.
    pub first: Vec<ControlId>,
    /// What portions demand of the banner.
    pub roll_up: RollUpOperator,
    /// The control that stands for words outside the list.
    pub open: Option<ControlId>,
    /// Fewest controls beside a level.
    pub at_least: u8,
    /// Most controls together.
    pub at_most: Option<u8>,
}

/// Anything that may stand beside a level.
#[derive(Debug, Clone)]
pub struct Control {
    /// Canonical name.
    pub name: PackText,
    /// What it means.
    pub title: PackText,
    /// Its category.
    pub category: CategoryId,
    /// How it is written.
    pub spellings: Spellings,
    /// How it is written where its values are left out.
    pub bare: Spellings,
    /// Whether its word counts in capitals only.
    pub ordinary: bool,
    /// Whether it says enough without a level.
    pub stands_alone: bool,
    /// The group that sorting puts it in.
    pub group: Option<PackText>,
    /// Words that belong to it after its value.
    pub suffix: Option<PackText>,
    /// What may stand beside it.
    pub parameter: Option<Parameter>,
    /// The shape of words that it stands for, where it stands for words outside the list.
    pub open: Option<(Shape, bool)>,
    /// Levels it may stand with; empty for every level.
    pub levels: Vec<LevelId>,
    /// Owners of which one must stand; empty where none need.
    pub owners: Vec<OwnerId>,
    /// All of these must stand beside it.
    pub requires: Vec<ControlId>,
    /// One of these must stand beside it.
    pub requires_one: Vec<ControlId>,
    /// None of these may stand beside it.
    pub excludes: Vec<ControlId>,
    /// Made needless by it.
    pub covers: Vec<ControlId>,
    /// Stated by it as well.
    pub implies: Vec<ControlId>,
    /// What portions demand of the banner.
    pub roll_up: RollUpOperator,
    /// What an empty intersection becomes.
    pub empty_becomes: Option<ControlId>,
    /// Controls whose codes count as its own in an intersection.
    pub widened_by: Vec<ControlId>,
    /// Levels whose bare portions say nothing to the intersection.
    pub silent_at: Vec<LevelId>,
    /// Levels at which the banner leaves it out.
    pub dropped_at: Vec<LevelId>,
    /// Whether a portion with it allows nothing to an intersection.
    pub allows_nothing: bool,
    /// Whether a portion without any control may allow it or not, which cannot be seen on it.
    pub bare_undecided: bool,
    /// How a banner writes it with other words.
    pub in_banner: Option<InBanner>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The control to use afterwards.
    pub replaced_by: Option<ControlId>,
    /// Where it is defined.
    pub authority: Option<PackText>,
    /// Whether that was read.
    pub status: Evidence,
}

/// How a banner writes a control with other words.
#[derive(Debug, Clone)]
pub struct InBanner {
    /// The control that stands there in its place.
    pub becomes: ControlId,
    /// Controls of which one must stand on some portion; any where none is given.
    pub beside: Vec<ControlId>,
    /// Levels of the banner at which that holds too.
    pub at: Vec<LevelId>,
}
