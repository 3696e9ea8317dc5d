//! A scheme as the parser uses it: levels in their partial order, controls, and every spelling by surface.

use crate::pack::scheme_file::{ParameterEntry, Position, RollUpOperator, Sort, SyntaxEntry};
use crate::pack::shared::{Day, Evidence, holds_on};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Index of a level in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LevelId(pub u8);

/// Index of a category in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryId(pub u8);

/// Index of a control in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ControlId(pub u16);

/// Where a marking is written; the same word may be written differently on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Surface {
    /// A banner line.
    Banner,
    /// A portion mark.
    Portion,
    /// The reference line of a message and the captions below it.
    Header,
    /// The subject of a message.
    Subject,
    /// A header field of a mail.
    Mail,
    /// The security warning of a transmission.
    Transmission,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 6] = [
        Self::Banner,
        Self::Portion,
        Self::Header,
        Self::Subject,
        Self::Mail,
        Self::Transmission,
    ];
}

/// Spellings by surface, the canonical one first.
#[derive(Debug, Clone, Default)]
pub struct Spellings([Vec<String>; 6]);

impl Spellings {
    pub(super) fn new(by_surface: [Vec<String>; 6]) -> Self {
        Self(by_surface)
    }

    /// Spellings on a surface, the canonical one first.
    pub fn on(&self, surface: Surface) -> &[String] {
        self.0.get(surface as usize).map_or(&[], Vec::as_slice)
    }

    /// The canonical spelling on a surface.
    pub fn canonical(&self, surface: Surface) -> Option<&str> {
        self.on(surface).first().map(String::as_str)
    }
}

/// One rank.
#[derive(Debug, Clone)]
pub struct Level {
    /// Full name.
    pub name: String,
    /// What it means.
    pub title: String,
    /// Whether it is a classification.
    pub classified: bool,
    /// How it is written.
    pub spellings: Spellings,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The level to use afterwards.
    pub replaced_by: Option<LevelId>,
    /// Where it is defined.
    pub authority: Option<String>,
    /// Whether that was read.
    pub status: Evidence,
}

/// A group of controls with a place in the marking.
#[derive(Debug, Clone)]
pub struct Category {
    /// Name.
    pub name: String,
    /// Before or after the level.
    pub position: Position,
    /// What stands before it.
    pub lead: String,
    /// What stands between its controls.
    pub inner: String,
    /// In which order its controls stand.
    pub sort: Sort,
    /// What portions demand of the banner.
    pub roll_up: RollUpOperator,
    /// Whether unknown words are allowed.
    pub open: bool,
}

/// Anything that may stand beside a level.
#[derive(Debug, Clone)]
pub struct Control {
    /// Canonical name.
    pub name: String,
    /// What it means.
    pub title: String,
    /// Its category.
    pub category: CategoryId,
    /// How it is written.
    pub spellings: Spellings,
    /// What may stand after it.
    pub parameter: Option<ParameterEntry>,
    /// Levels it may stand with; empty for every level.
    pub levels: Vec<LevelId>,
    /// One of these must stand beside it.
    pub requires: Vec<ControlId>,
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
    /// Levels at which the banner leaves it out.
    pub dropped_at: Vec<LevelId>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The control to use afterwards.
    pub replaced_by: Option<ControlId>,
    /// Where it is defined.
    pub authority: Option<String>,
    /// Whether that was read.
    pub status: Evidence,
}

/// What a spelling stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// A level.
    Level(LevelId),
    /// A control.
    Control(ControlId),
}

/// A marking scheme, validated.
#[derive(Debug, Clone)]
pub struct Scheme {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) authority: Vec<String>,
    pub(super) syntax: SyntaxEntry,
    pub(super) levels: Vec<Level>,
    pub(super) categories: Vec<Category>,
    pub(super) controls: Vec<Control>,
    pub(super) order: LevelOrder,
    pub(super) words: [HashMap<String, Word>; 6],
    pub(super) longest: [u8; 6],
}

impl Scheme {
    /// The name used in configuration and reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The documents that define it.
    pub fn authority(&self) -> &[String] {
        &self.authority
    }

    /// How a marking is punctuated.
    pub const fn syntax(&self) -> &SyntaxEntry {
        &self.syntax
    }

    /// Every level with its index, lowest first within its ladder.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, &Level)> {
        (0u8..).map(LevelId).zip(&self.levels)
    }

    /// Every control with its index, in the order of the file.
    pub fn controls(&self) -> impl Iterator<Item = (ControlId, &Control)> {
        (0u16..).map(ControlId).zip(&self.controls)
    }

    /// A level of this scheme.
    pub fn level(&self, id: LevelId) -> &Level {
        self.levels
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// A control of this scheme.
    pub fn control(&self, id: ControlId) -> &Control {
        self.controls
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// A category of this scheme.
    pub fn category(&self, id: CategoryId) -> &Category {
        self.categories
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// The level of a name.
    pub fn level_named(&self, name: &str) -> Option<LevelId> {
        self.levels()
            .find(|(_, level)| level.name == name)
            .map(|(id, _)| id)
    }

    /// The control of a name.
    pub fn control_named(&self, name: &str) -> Option<ControlId> {
        self.controls()
            .find(|(_, control)| control.name == name)
            .map(|(id, _)| id)
    }

    /// What a spelling stands for on a surface; exact, blanks and case included.
    pub fn word(&self, spelling: &str, surface: Surface) -> Option<Word> {
        self.words.get(surface as usize)?.get(spelling).copied()
    }

    /// Most words that a spelling on a surface has.
    pub fn longest(&self, surface: Surface) -> u8 {
        self.longest.get(surface as usize).copied().unwrap_or(1)
    }

    /// Every spelling of a surface, for the nearest one.
    pub fn spellings(&self, surface: Surface) -> impl Iterator<Item = &str> {
        let levels = self.levels.iter().map(|level| &level.spellings);
        let controls = self.controls.iter().map(|control| &control.spellings);
        levels
            .chain(controls)
            .flat_map(move |all| all.on(surface))
            .map(String::as_str)
    }

    /// How two levels compare; `None` where the scheme says nothing, which a person must decide.
    pub fn compare(&self, left: LevelId, right: LevelId) -> Option<Ordering> {
        self.order.compare(left, right)
    }

    /// Whether a level may be used on a day.
    pub fn level_holds(&self, id: LevelId, day: jiff::civil::Date) -> bool {
        let level = self.level(id);
        holds_on(level.since, level.until, day)
    }

    /// Whether a control may be used on a day.
    pub fn control_holds(&self, id: ControlId, day: jiff::civil::Date) -> bool {
        let control = self.control(id);
        holds_on(control.since, control.until, day)
    }
}

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

    fn compare(&self, left: LevelId, right: LevelId) -> Option<Ordering> {
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
