//! L3: the marking grammar: schemes, markings, and what portions demand of a banner.

mod compile;
mod parse;
mod roll_up;
mod scheme;

pub use compile::compile;
pub use parse::{ControlUse, Fault, LevelUse, Marking, MarkingFault, parse};
pub use roll_up::{Demand, RollUp};
pub use scheme::{
    Category, CategoryId, Control, ControlId, Level, LevelId, LevelOrder, Scheme, Spellings,
    Surface, Word,
};

#[cfg(test)]
mod tests;
