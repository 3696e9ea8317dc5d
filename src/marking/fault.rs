//! What is wrong with a marking, at the words at fault, and what belongs there.

use super::scheme::{CategoryId, ControlId, ModifierId, OwnerId, Scheme};
use super::surface::Surface;
use super::words::Word;
use crate::text::Span;

/// What is wrong with a marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// No word of the scheme.
    UnknownWord,
    /// A word that the scheme allows and does not list.
    Unlisted,
    /// Another separator belongs here.
    Separator,
    /// Blanks that do not belong here.
    Blank,
    /// The empty first place is missing before an owner.
    Leading,
    /// A separator with nothing after it.
    Trailing,
    /// Capitals are wanted, or not wanted.
    Case,
    /// The word belongs on another surface.
    Form,
    /// A spelling that is read, and not right.
    Variant,
    /// A term that is no longer one of the scheme.
    Obsolete,
    /// A second level.
    SecondLevel,
    /// The same control again.
    Duplicate,
    /// The word stands behind one that it goes before.
    Order,
    /// The suffix belongs to another level.
    Modifier,
    /// The control may not stand with this level.
    Level,
    /// The level, or the control, wants an owner before it.
    Owner,
    /// A sub-owner that is not known, or not with this level.
    SubOwner,
    /// A control without a level.
    LevelMissing,
    /// A control that must stand beside this one is missing.
    Requires,
    /// Two words that may not stand together; at the second.
    Excludes,
    /// A control that another makes needless.
    Needless,
    /// Fewer controls than the category wants.
    TooFew,
    /// More controls, or values, than allowed.
    TooMany,
    /// The control wants a value.
    MissingValue,
    /// No value that the control knows.
    UnknownValue,
    /// The value has not the shape that it should.
    ValueShape,
    /// Another separator belongs between values.
    ValueSeparator,
    /// The value stands behind one that it goes before.
    ValueOrder,
    /// The same value again.
    DuplicateValue,
    /// A value that must be in the list is not.
    ValueMissing,
    /// The words after the value are missing.
    Suffix,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 31] = [
        Self::UnknownWord,
        Self::Unlisted,
        Self::Separator,
        Self::Blank,
        Self::Leading,
        Self::Trailing,
        Self::Case,
        Self::Form,
        Self::Variant,
        Self::Obsolete,
        Self::SecondLevel,
        Self::Duplicate,
        Self::Order,
        Self::Modifier,
        Self::Level,
        Self::Owner,
        Self::SubOwner,
        Self::LevelMissing,
        Self::Requires,
        Self::Excludes,
        Self::Needless,
        Self::TooFew,
        Self::TooMany,
        Self::MissingValue,
        Self::UnknownValue,
        Self::ValueShape,
        Self::ValueSeparator,
        Self::ValueOrder,
        Self::DuplicateValue,
        Self::ValueMissing,
        Self::Suffix,
    ];

    /// The fault of a name, in kebab case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }
}

/// What belongs where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expected {
    /// Nothing can be said, or nothing belongs there.
    Nothing,
    /// A word.
    Word(Word),
    /// The separator before a category.
    Lead(CategoryId),
    /// The separator within a category.
    Inner(CategoryId),
    /// The empty first place.
    Leading,
    /// A blank.
    Blank,
    /// What joins a suffix to its level.
    ModifierJoin(ModifierId),
    /// What joins values to a control.
    Join(ControlId),
    /// What stands between values of a control, at a depth.
    Between(ControlId, u8),
    /// What joins and separates the values of an owner.
    OwnerValues(OwnerId),
    /// The value that stands first, or must stand.
    FirstValue(ControlId),
    /// The code that an owner's list must have.
    OwnerValue(OwnerId),
    /// The words after a control's value.
    Suffix(ControlId),
}

/// One thing wrong, at the words at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkingFault {
    /// What is wrong.
    pub fault: Fault,
    /// Bytes of the decoded text.
    pub span: Span,
    /// What belongs there.
    pub expected: Expected,
    /// The other word that makes it wrong.
    pub other: Option<Span>,
}

impl MarkingFault {
    pub(super) const fn new(fault: Fault, span: Span, expected: Expected) -> Self {
        Self {
            fault,
            span,
            expected,
            other: None,
        }
    }
}

impl Expected {
    /// The characters that belong there; `None` where nothing can be said.
    pub fn text(self, scheme: &Scheme, surface: Surface) -> Option<&str> {
        let own = scheme.punctuation(surface).own.as_ref();
        let parameter = |id: ControlId| scheme.control(id).parameter.as_ref();
        match self {
            Self::Nothing => None,
            Self::Word(word) => scheme.spelling(word, surface),
            Self::Lead(id) => {
                let lead = &scheme.category(id).lead;
                Some(own.map_or(lead, |(between, _)| between))
            }
            Self::Inner(id) => {
                let inner = &scheme.category(id).inner;
                Some(own.map_or(inner, |(_, inner)| inner))
            }
            Self::Leading => Some(&scheme.syntax().leading),
            Self::Blank => Some(" "),
            Self::ModifierJoin(id) => scheme
                .modifiers
                .get(usize::from(id.0))
                .map(|modifier| modifier.join.as_str()),
            Self::Join(id) => parameter(id).map(|own| own.join.as_str()),
            Self::Between(id, depth) => parameter(id).map(|own| own.separator(usize::from(depth))),
            Self::OwnerValues(id) => {
                let own = scheme.owner(id).parameter.as_ref();
                own.map(|own| own.separator(0))
            }
            Self::FirstValue(id) => {
                parameter(id).and_then(|own| own.first.as_deref().or(own.always.as_deref()))
            }
            Self::OwnerValue(id) => {
                let own = scheme.owner(id).parameter.as_ref();
                own.and_then(|own| own.always.as_deref().or(own.first.as_deref()))
            }
            Self::Suffix(id) => scheme.control(id).suffix.as_deref(),
        }
    }
}

impl Scheme {
    /// How a word is written on a surface, or in a banner where it has no form on the surface.
    pub fn spelling(&self, word: Word, surface: Surface) -> Option<&str> {
        match word {
            Word::Level(id) => self.level(id).spellings.best(surface),
            Word::Control(id) => self.control(id).spellings.best(surface),
            Word::Owner(id) => self.owner(id).spellings.best(surface),
            Word::OwnedLevel(owner, level) => {
                let combined = &self.owner(owner).combined;
                let own = combined.iter().find(|(own, _)| *own == level);
                own.and_then(|(_, spellings)| spellings.best(surface))
            }
            Word::Modifier(id) => {
                let modifier = self.modifiers.get(usize::from(id.0))?;
                self.level(modifier.makes).spellings.best(surface)
            }
            Word::Code(id) => {
                let list = self.code_lists.get(usize::from(id.list))?;
                list.code(id.code).map(|code| code.code.as_str())
            }
            Word::Deprecated(index) => {
                let term = self.deprecated.get(usize::from(index))?;
                Some(&term.text)
            }
        }
    }
}
