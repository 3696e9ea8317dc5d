//! A scheme as the parser uses it: levels in their partial order, owners, controls, and every spelling by surface.

use super::control::{Category, Control};
use super::order::LevelOrder;
use super::parameter::{CodeList, Parameter};
use super::surface::{Citation, Spellings, Surface};
use super::words::{Standing, Word, Words};
use crate::pack::level_file::EquivalentEntry;
use crate::pack::scheme_file::{BlockFieldEntry, PlacementEntry, SyntaxEntry};
use crate::pack::shared::{Color, Day, Evidence, holds_on};
use crate::pack::text::PackText;
use std::cmp::Ordering;
use std::sync::Arc;

/// Index of a level in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LevelId(pub u8);

/// Index of an owner in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerId(pub u8);

/// Index of a modifier in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModifierId(pub u8);

/// Index of a category in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CategoryId(pub u8);

/// Index of a control in its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ControlId(pub u16);

/// A code: its list, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeId {
    /// Index of the list in the scheme.
    pub list: u8,
    /// Index of the code in the list.
    pub code: u16,
}

/// One rank.
#[derive(Debug, Clone)]
pub struct Level {
    /// Full name.
    pub name: PackText,
    /// What it means.
    pub title: PackText,
    /// Whether it is a classification.
    pub classified: bool,
    /// How it is written.
    pub spellings: Spellings,
    /// The level that it is with a modifier, and what joins the two.
    pub base: Option<(LevelId, PackText)>,
    /// Whether its word counts in capitals only.
    pub ordinary: bool,
    /// Levels at its height that a person must weigh against it.
    pub parallel: Vec<LevelId>,
    /// Levels of other schemes that it answers to, for messages only.
    pub equivalents: Vec<EquivalentEntry>,
    /// Controls that it states itself.
    pub implies: Vec<ControlId>,
    /// Owners of which one must stand before it; empty where none need.
    pub owners: Vec<OwnerId>,
    /// The level that it demands of a banner without its owner.
    pub counts_as: Option<LevelId>,
    /// The colour in which editors show it.
    pub color: Option<Color>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// The level to use afterwards.
    pub replaced_by: Option<LevelId>,
    /// Where it is defined.
    pub authority: Option<PackText>,
    /// Whether that was read.
    pub status: Evidence,
}

/// Who owns the information.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Name.
    pub name: PackText,
    /// What it means.
    pub title: PackText,
    /// How it is written.
    pub spellings: Spellings,
    /// The list whose codes may stand as owner.
    pub codes: Option<u8>,
    /// Whether the first place is left empty before it.
    pub leading_separator: bool,
    /// What joins it to the level in a portion mark that leaves no first place empty.
    pub joined_by: Option<PackText>,
    /// Levels that are one word with it.
    pub combined: Vec<(LevelId, Spellings)>,
    /// Levels it may stand before; empty for every level.
    pub levels: Vec<LevelId>,
    /// What may follow its word.
    pub sub_owner: Option<SubOwner>,
    /// What follows the level.
    pub parameter: Option<Parameter>,
    /// All of these must stand beside it.
    pub requires: Vec<ControlId>,
    /// None of these may stand beside it.
    pub excludes: Vec<ControlId>,
    /// The control that states it in a banner without it.
    pub becomes: Option<ControlId>,
    /// The code that the control then names.
    pub becomes_code: Option<PackText>,
    /// Where it is defined.
    pub authority: Option<PackText>,
    /// Whether that was read.
    pub status: Evidence,
}

/// What may follow an owner's word.
#[derive(Debug, Clone)]
pub struct SubOwner {
    /// What stands between the two.
    pub join: PackText,
    /// Names that are known.
    pub names: Vec<PackText>,
    /// Whether a name outside the list is wrong.
    pub closed: bool,
    /// Levels it may stand before; empty for every level.
    pub levels: Vec<LevelId>,
    /// The letters that stand for the owner where a portion mark writes all of it in one word.
    pub fused: Option<PackText>,
}

/// A suffix of one level.
#[derive(Debug, Clone)]
pub struct Modifier {
    /// The level that it belongs to.
    pub of: LevelId,
    /// That level with it.
    pub makes: LevelId,
    /// What joins the two.
    pub join: PackText,
}

/// A sentence or block that a level or control demands.
#[derive(Debug, Clone)]
pub struct Companion {
    /// The level or control that demands it.
    pub of: Word,
    /// Phrases of which each must stand.
    pub phrases: Vec<PackText>,
    /// Where that is said.
    pub citation: Citation,
}

/// A term that is no longer one of the scheme.
#[derive(Debug, Clone)]
pub struct Deprecated {
    /// The old words.
    pub text: PackText,
    /// The word to use.
    pub replaced_by: Option<Word>,
    /// Whether the new word may be put in its place without a person.
    pub exact: bool,
    /// First day on which it is reported.
    pub warn_from: Option<Day>,
    /// First day on which it is an error.
    pub error_from: Option<Day>,
    /// Last day on which it was right.
    pub until: Option<Day>,
    /// Whether records of the time keep it.
    pub kept_in_records: bool,
    /// Why it is gone.
    pub reason: PackText,
    /// Where that is said.
    pub citation: Citation,
}

/// How a surface is punctuated.
#[derive(Debug, Clone, Default)]
pub(super) struct Punctuation {
    /// Separators that win over those of the categories: between categories, between controls.
    pub(super) own: Option<(PackText, PackText)>,
    /// What stands around the marking.
    pub(super) brackets: Option<[PackText; 2]>,
}

/// A marking scheme, validated.
#[derive(Debug, Clone)]
pub struct Scheme {
    pub(super) name: PackText,
    pub(super) title: PackText,
    pub(super) profile: Option<PackText>,
    pub(super) authority: Vec<PackText>,
    pub(super) syntax: SyntaxEntry,
    pub(super) punctuation: [Punctuation; 6],
    pub(super) levels: Vec<Level>,
    pub(super) modifiers: Vec<Modifier>,
    pub(super) owners: Vec<Owner>,
    pub(super) categories: Vec<Category>,
    pub(super) controls: Vec<Control>,
    /// Those that a banner has only where every portion has them.
    pub(super) shared: Vec<ControlId>,
    /// Shared with the profiles of the scheme.
    pub(super) code_lists: Arc<[CodeList]>,
    pub(super) dominance: Vec<Vec<ControlId>>,
    pub(super) placement: PlacementEntry,
    pub(super) portions_from: Option<LevelId>,
    pub(super) block_fields: Vec<(BlockFieldEntry, Option<LevelId>)>,
    pub(super) companions: Vec<Companion>,
    pub(super) deprecated: Vec<Deprecated>,
    pub(super) order: LevelOrder,
    /// Words that stand for a control too, where that is meant.
    pub(super) homonyms: Vec<(Word, ControlId)>,
    pub(super) words: [Words; 6],
    pub(super) owner_words: [Words; 6],
}

impl Scheme {
    /// The name used in configuration and reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The profile that was chosen, if one was.
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The name for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The documents that define it.
    pub fn authority(&self) -> &[PackText] {
        &self.authority
    }

    /// How a marking is punctuated.
    pub const fn syntax(&self) -> &SyntaxEntry {
        &self.syntax
    }

    /// What stands around a marking on a surface.
    pub fn brackets(&self, surface: Surface) -> Option<&[PackText; 2]> {
        let own = self.punctuation(surface).brackets.as_ref();
        own.or_else(|| (surface == Surface::Portion).then_some(&self.syntax.portion))
    }

    pub(super) fn punctuation(&self, surface: Surface) -> &Punctuation {
        self.punctuation
            .get(surface as usize)
            .expect("every surface has its punctuation")
    }

    /// Every level with its index, lowest first within its ladder.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, &Level)> {
        (0u8..).map(LevelId).zip(&self.levels)
    }

    /// A level of this scheme.
    pub fn level(&self, id: LevelId) -> &Level {
        self.levels
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// The level of a name.
    pub fn level_named(&self, name: &str) -> Option<LevelId> {
        self.levels()
            .find(|(_, level)| level.name == name)
            .map(|(id, _)| id)
    }

    /// Every owner with its index.
    pub fn owners(&self) -> impl Iterator<Item = (OwnerId, &Owner)> {
        (0u8..).map(OwnerId).zip(&self.owners)
    }

    /// An owner of this scheme.
    pub fn owner(&self, id: OwnerId) -> &Owner {
        self.owners
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// Every category with its index, in the order in which they stand.
    pub fn categories(&self) -> impl Iterator<Item = (CategoryId, &Category)> {
        (0u8..).map(CategoryId).zip(&self.categories)
    }

    /// A category of this scheme.
    pub fn category(&self, id: CategoryId) -> &Category {
        self.categories
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// Every control with its index, in the order of the file.
    pub fn controls(&self) -> impl Iterator<Item = (ControlId, &Control)> {
        (0u16..).map(ControlId).zip(&self.controls)
    }

    /// A control of this scheme.
    pub fn control(&self, id: ControlId) -> &Control {
        self.controls
            .get(usize::from(id.0))
            .expect("an id is made by its own scheme only")
    }

    /// The control of a name.
    pub fn control_named(&self, name: &str) -> Option<ControlId> {
        self.controls()
            .find(|(_, control)| control.name == name)
            .map(|(id, _)| id)
    }

    /// What a whole spelling stands for on a surface, capitals as they should be.
    pub fn word(&self, text: &str, surface: Surface) -> Option<Word> {
        self.words_on(surface)
            .whole(text)
            .filter(|found| found.exact && found.standing == Standing::Right)
            .map(|found| found.word)
    }

    pub(super) fn words_on(&self, surface: Surface) -> &Words {
        self.words
            .get(surface as usize)
            .expect("every surface has its words")
    }

    pub(super) fn owner_words_on(&self, surface: Surface) -> &Words {
        self.owner_words
            .get(surface as usize)
            .expect("every surface has its words")
    }

    /// Every spelling of a surface, for the nearest one.
    pub fn spellings(&self, surface: Surface) -> impl Iterator<Item = &str> {
        let right = |(_, standing, spelling)| (standing == Standing::Right).then_some(spelling);
        self.words_on(surface).iter().filter_map(right)
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
