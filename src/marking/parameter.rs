//! What may stand beside a control: codes, compartments and other values.

use super::scheme::{ControlId, LevelId};
use super::surface::{Lifetime, Spellings, Surface};
use super::words::{Word, Words};
use crate::pack::control_file::{Letters, ParameterKind, Shape, Side, Sort};
use crate::pack::shared::Day;
use crate::pack::text::PackText;

/// A parameter of a control or an owner.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// What kind of value it is.
    pub kind: ParameterKind,
    /// Index of the list of its codes.
    pub codes: Option<u8>,
    /// Values that are known.
    pub values: Vec<KnownValue>,
    /// Whether a value that is not known is wrong.
    pub closed: bool,
    /// Levels that any value may stand with; empty for every level.
    pub levels: Vec<LevelId>,
    /// What a value looks like that is not known.
    pub shape: Shape,
    /// The code that stands first.
    pub first: Option<PackText>,
    /// The code that must stand.
    pub always: Option<PackText>,
    /// The order of the values.
    pub sort: Sort,
    /// On which side of the words the values stand.
    pub side: Side,
    /// What joins the values to the words.
    pub join: PackText,
    /// What stands between two values, one a depth.
    pub separators: Vec<PackText>,
    /// Whether the control may stand without a value, by surface.
    pub optional: [bool; 6],
    /// Most values.
    pub at_most: Option<u8>,
    /// The character that makes a separator part of a value.
    pub escape: Option<char>,
}

/// A value that is known, and what holds of it.
#[derive(Debug, Clone)]
pub struct KnownValue {
    /// Its name.
    pub name: PackText,
    /// What it means.
    pub title: PackText,
    /// How it is written.
    pub spellings: Spellings,
    /// Where and beside what it may stand.
    pub limits: Limits,
    /// The values beneath it; without it there may be none.
    pub beneath: Option<Beneath>,
    /// When it may be used.
    pub lifetime: Lifetime,
    /// The value to use afterwards.
    pub replaced_by: Option<PackText>,
    /// Where it is defined.
    pub authority: Option<PackText>,
}

/// Values beneath a value.
#[derive(Debug, Clone)]
pub struct Beneath {
    /// What they look like.
    pub shape: Shape,
    /// Those that are known; any where none is given.
    pub only: Vec<PackText>,
    /// Where and beside what they may stand.
    pub limits: Limits,
}

/// Where a value may stand.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// Levels; empty for every one.
    pub levels: Vec<LevelId>,
    /// All of these controls must stand beside it.
    pub requires: Vec<ControlId>,
    /// None of these may.
    pub excludes: Vec<ControlId>,
}

impl Parameter {
    /// What stands between two values at a depth.
    pub fn separator(&self, depth: usize) -> &str {
        let last = self.separators.last().map_or("", PackText::as_str);
        self.separators.get(depth).map_or(last, PackText::as_str)
    }

    /// Whether the control may stand without a value on a surface.
    pub fn is_optional(&self, surface: Surface) -> bool {
        self.optional.get(surface as usize).copied() == Some(true)
    }

    /// Whether its values are words of their own rather than free text.
    pub const fn is_list(&self) -> bool {
        matches!(
            self.kind,
            ParameterKind::Codes | ParameterKind::Compartments | ParameterKind::Numbers
        )
    }

    /// The longest spelling of a known value, of more than one word, that a text begins with.
    pub(super) fn known_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let spellings = self.values.iter().flat_map(|value| {
            let surfaces = Surface::ALL.into_iter();
            surfaces.flat_map(|surface| value.spellings.on(surface))
        });
        let several = spellings.filter(|own| own.contains(' '));
        let lengths = several.filter_map(|own| {
            let head = text.get(..own.len())?;
            head.eq_ignore_ascii_case(own).then_some(own.len())
        });
        text.get(..lengths.max()?)
    }

    /// The known value that a spelling stands for, on any surface.
    pub fn known(&self, text: &str) -> Option<&KnownValue> {
        self.values.iter().find(|value| {
            Surface::ALL.into_iter().any(|surface| {
                let spellings = value.spellings.on(surface);
                spellings.iter().any(|own| own.eq_ignore_ascii_case(text))
            })
        })
    }
}

/// A list of codes.
#[derive(Debug, Clone)]
pub struct CodeList {
    /// Its name.
    pub name: PackText,
    /// What the codes are.
    pub title: PackText,
    /// Where they are listed.
    pub authority: PackText,
    /// Its codes.
    pub codes: Vec<Code>,
    /// Codes that join two others as words do, where no right separator stands before them.
    pub conjunctions: Vec<PackText>,
    pub(super) words: Words,
    /// Groups in which some code stands for others.
    pub(super) collective: Vec<u8>,
}

/// A code.
#[derive(Debug, Clone)]
pub struct Code {
    /// As it is written.
    pub code: PackText,
    /// What it stands for.
    pub title: PackText,
    /// The place of its group among the groups of the list.
    pub group: u8,
    /// The codes that it stands for, by index.
    pub members: Vec<u16>,
    /// Last day.
    pub until: Option<Day>,
    /// The code to use afterwards.
    pub replaced_by: Option<PackText>,
}

impl CodeList {
    /// The index of a code; capitals do not matter.
    pub fn find(&self, text: &str) -> Option<u16> {
        match self.words.whole(text)?.word {
            Word::Code(id) => Some(id.code),
            _ => None,
        }
    }

    /// A code by its index.
    pub fn code(&self, index: u16) -> Option<&Code> {
        self.codes.get(usize::from(index))
    }
}

/// Whether a word has a shape.
pub(super) fn fits(shape: Shape, text: &str) -> bool {
    let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let is_long_enough = count >= shape.shortest.unwrap_or(1);
    let is_short_enough = shape.longest.is_none_or(|longest| count <= longest);
    is_long_enough && is_short_enough && text.chars().all(|letter| allows(shape.letters, letter))
}

fn allows(letters: Letters, letter: char) -> bool {
    match letters {
        Letters::Alphanumeric => letter.is_ascii_uppercase() || letter.is_ascii_digit(),
        Letters::Alphabetic => letter.is_ascii_uppercase(),
        Letters::Digits => letter.is_ascii_digit(),
        Letters::Words => {
            letter.is_ascii_uppercase() || letter.is_ascii_digit() || " -".contains(letter)
        }
        Letters::Any => !letter.is_control(),
    }
}
