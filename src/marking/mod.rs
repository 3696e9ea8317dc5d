//! L3: the marking grammar: schemes, markings, and what portions demand of a banner.

mod compile;
mod scheme;

pub use compile::compile;
pub use scheme::{
    Category, CategoryId, Control, ControlId, Level, LevelId, LevelOrder, Scheme, Spellings,
    Surface, Word,
};
