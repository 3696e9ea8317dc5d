//! A marking as it stands in a text: its words, each with its place.

use super::fault::{Fault, MarkingFault};
use super::scheme::{CodeId, ControlId, LevelId, OwnerId};
use super::surface::Surface;
use crate::text::Span;
use smallvec::SmallVec;

/// An owner as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerUse {
    /// Which one.
    pub owner: OwnerId,
    /// Bytes of its word, or of the codes that are its word; with the level where the two are one.
    pub span: Span,
    /// Bytes of the sub-owner; empty where there is none.
    pub sub_owner: Span,
}

/// A level as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelUse {
    /// Which one.
    pub level: LevelId,
    /// Bytes of the decoded text.
    pub span: Span,
}

/// A control as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlUse {
    /// Which one.
    pub control: ControlId,
    /// Bytes of the control's own words.
    pub span: Span,
    /// Bytes of its value, such as a list of codes; empty where it has none.
    pub value: Span,
}

/// Whose a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueOf {
    /// The owner's.
    Owner,
    /// That of the control at an index of the marking's controls.
    Control(u8),
}

/// One value as it stands in a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueUse {
    /// Whose it is.
    pub of: ValueOf,
    /// How many values it stands beneath: a sub-compartment stands beneath one.
    pub depth: u8,
    /// Bytes of the decoded text.
    pub span: Span,
    /// The code that it is, where the list knows it.
    pub code: Option<CodeId>,
}

/// A level and its controls, wherever written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// The whole of it, without brackets.
    pub span: Span,
    /// Where it is written.
    pub surface: Surface,
    /// Who owns it, if it says so.
    pub owner: Option<OwnerUse>,
    /// Its level, if it states one.
    pub level: Option<LevelUse>,
    /// Its controls, as they stand.
    pub controls: SmallVec<[ControlUse; 4]>,
    /// The values of owner and controls, as they stand.
    pub values: SmallVec<[ValueUse; 6]>,
    /// What is wrong with it, by place.
    pub faults: SmallVec<[MarkingFault; 1]>,
}

impl Marking {
    /// A marking that says nothing yet.
    pub fn empty(span: Span, surface: Surface) -> Self {
        Self {
            span,
            surface,
            owner: None,
            level: None,
            controls: SmallVec::new(),
            values: SmallVec::new(),
            faults: SmallVec::new(),
        }
    }

    /// Whether it states a control.
    pub fn has(&self, control: ControlId) -> bool {
        self.controls.iter().any(|used| used.control == control)
    }

    /// The values of a control, by its index among the controls.
    pub fn values_of(&self, of: ValueOf) -> impl Iterator<Item = &ValueUse> {
        self.values.iter().filter(move |value| value.of == of)
    }

    /// Whether nothing is wrong with it; a word that the scheme allows without listing it is right.
    pub fn is_right(&self) -> bool {
        self.faults
            .iter()
            .all(|found| found.fault == Fault::Unlisted)
    }

    /// Whether it reads as a marking: words of the scheme that say enough, and none from outside.
    pub fn is_understood(&self) -> bool {
        let known = self.level.is_some() || !self.controls.is_empty();
        let foreign = |found: &MarkingFault| {
            matches!(
                found.fault,
                Fault::UnknownWord
                    | Fault::UnknownValue
                    | Fault::SecondLevel
                    | Fault::LevelMissing
                    | Fault::Owner
            )
        };
        // Letters that would be an owner and a level, if only the first place were empty, say little.
        let unled = |found: &MarkingFault| found.fault == Fault::Leading;
        let alone = self.controls.is_empty() && self.surface == Surface::Portion;
        let vague = alone && self.faults.iter().any(unled);
        // A word that the scheme does not list says little without one that it does.
        let count = |fault| {
            self.faults
                .iter()
                .filter(|found| found.fault == fault)
                .count()
        };
        let unlisted = count(Fault::Unlisted);
        let vague = vague || unlisted > 0 && unlisted == self.controls.len();
        known && !vague && !self.faults.iter().any(foreign)
    }
}
