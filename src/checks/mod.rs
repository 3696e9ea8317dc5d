//! L7: the kinds of check. Each file holds one: its parameters as TOML writes them, the same with every
//! name looked up, and how it finds fault with the elements of a draft.

mod absent;
mod addressed;
mod agree;
mod balance;
mod condition;
mod conflict;
mod control_in_header;
mod control_in_portions;
mod count;
mod draft;
mod faultless;
mod finding;
mod first;
mod form;
mod interval;
mod length;
mod letters;
mod lifetime;
mod names;
mod not_above;
mod not_below;
mod order;
mod pattern;
mod pointer;
mod present;
mod rank;
mod referred;
mod rolls_up;
mod selector;
mod sequence;
mod unique;
mod vocabulary;
mod written;
mod year;

pub use absent::Absent;
pub use addressed::Addressed;
pub use agree::{Agree, Measure};
pub use balance::Balance;
pub use condition::{Condition, Facts};
pub use conflict::Conflict;
pub use control_in_header::ControlInHeader;
pub use control_in_portions::ControlInPortions;
pub use count::Count;
pub use draft::{Draft, Lexicon, Profile};
pub use faultless::Faultless;
pub use finding::Finding;
pub use first::First;
pub use form::Form;
pub use interval::{Interval, Period};
pub use length::Length;
pub use letters::Letters;
pub use lifetime::Lifetime;
pub use names::{ControlSet, LevelSet, Names, TermSet};
pub use not_above::{NotAbove, Parts};
pub use not_below::NotBelow;
pub use order::Order;
pub use pattern::Pattern;
pub use pointer::Pointer;
pub use present::Present;
pub use rank::Rank;
pub use referred::{Referred, Which};
pub use rolls_up::{RollsUp, Way};
pub use selector::{Choice, Chosen, Selector, ValueKind};
pub use sequence::Sequence;
pub use unique::Unique;
pub use vocabulary::Known;
pub use written::{Faults, Kinds, Words};
pub use year::Year;

use crate::reading::KindSet;
use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt::Debug;

/// The kinds of check. One key names the kind, its table holds the parameters.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// Something must stand where something else does.
    Present(Present),
    /// Something must not stand.
    Absent(Absent),
    /// Words must be known.
    Vocabulary(Known),
    /// The same must not stand twice.
    Unique(Unique),
    /// So many must stand, and no more.
    Count(Count),
    /// Two must not stand together.
    Conflict(Conflict),
    /// Kinds of element stand in an order.
    Order(Order),
    /// Of several, some must come first.
    First(First),
    /// Numbers run from one, step one.
    Sequence(Sequence),
    /// Two say the same.
    Agree(Agree),
    /// A word must be in use on the day of the draft.
    Lifetime(Lifetime),
    /// A day must lie so far from another.
    Interval(Interval),
    /// Letters must be among those of the word before them.
    Letters(Letters),
    /// Something must be written in one form.
    Form(Form),
    /// No level may be above that of the header.
    NotAbove(NotAbove),
    /// The level of the header must be that of some portion.
    NotBelow(NotBelow),
    /// A control on a portion demands the same in the header.
    ControlInHeader(ControlInHeader),
    /// A control in the header demands the same on a portion.
    ControlInPortions(ControlInPortions),
    /// The header says what the portions demand, levels aside.
    RollsUp(RollsUp),
    /// What is opened is closed.
    Balance(Balance),
    /// What is pointed to is there.
    Pointer(Pointer),
    /// Of words in an order, one is not above others.
    Rank(Rank),
    /// A text is so long at most.
    Length(Length),
    /// A year is that of another, or not beyond it.
    Year(Year),
    /// A message must not refer to itself, nor to one that is yet to come.
    Referred(Referred),
    /// Whoever is spoken to must be among those to whom the message goes.
    Addressed(Addressed),
    /// A marking is written as its scheme wants.
    Faultless(Faultless),
}

/// A check with every name looked up.
pub trait Run: Debug + Send + Sync {
    /// Kinds of which one must occur for anything to be found; empty where it must be asked always.
    fn needs(&self) -> KindSet;

    /// Adds every place at which it finds fault, in the order of the text.
    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>);
}

impl Check {
    /// Looks up its names.
    pub fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        match self {
            Self::Present(check) => check.compile(names),
            Self::Absent(check) => check.compile(names),
            Self::Vocabulary(check) => check.compile(names),
            Self::Unique(check) => check.compile(names),
            Self::Count(check) => check.compile(names),
            Self::Conflict(check) => check.compile(names),
            Self::Order(check) => check.compile(names),
            Self::First(check) => check.compile(names),
            Self::Sequence(check) => check.compile(names),
            Self::Agree(check) => check.compile(names),
            Self::Lifetime(check) => check.compile(names),
            Self::Interval(check) => check.compile(names),
            Self::Letters(check) => check.compile(names),
            Self::Form(check) => check.compile(names),
            Self::NotAbove(check) => check.compile(names),
            Self::NotBelow(check) => check.compile(names),
            Self::ControlInHeader(check) => check.compile(names),
            Self::ControlInPortions(check) => check.compile(names),
            Self::RollsUp(check) => check.compile(names),
            Self::Referred(check) => check.compile(names),
            Self::Addressed(check) => check.compile(names),
            Self::Year(check) => check.compile(names),
            Self::Length(check) => check.compile(names),
            Self::Rank(check) => check.compile(names),
            Self::Pointer(check) => check.compile(names),
            Self::Balance(check) => check.compile(names),
            Self::Faultless(check) => check.compile(names),
        }
    }

    /// Whether its findings say what should stand at their place.
    pub const fn expects(&self) -> bool {
        !matches!(
            self,
            Self::Present(_)
                | Self::Absent(_)
                | Self::Unique(_)
                | Self::Addressed(_)
                | Self::Pointer(_)
                | Self::Referred(_)
        )
    }
}
