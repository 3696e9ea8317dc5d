//! L3: the marking grammar: schemes, markings, and what portions demand of a banner.

mod compile;
mod parse;
mod roll_up;
mod scheme;
mod vocabulary;

pub use compile::compile;
pub use parse::{ControlUse, Fault, LevelUse, Marking, MarkingFault, parse};
pub use roll_up::{Demand, RollUp};
pub use scheme::{
    Category, CategoryId, Control, ControlId, Level, LevelId, LevelOrder, Scheme, Spellings,
    Surface, Word,
};
pub use vocabulary::{Term, TermId, Vocabulary};

#[cfg(test)]
mod tests;
