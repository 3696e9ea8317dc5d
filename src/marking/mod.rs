//! L3: the marking grammar: schemes, markings, and what portions demand of a banner.

mod by_spelling;
mod compile;
mod constraints;
mod control;
mod differences;
mod explain;
mod facts;
mod fault;
mod homonyms;
mod intersection;
mod lazy;
mod markings;
mod mend;
mod nearest;
mod order;
mod owners;
mod parameter;
mod parse;
mod phrases;
mod recent;
mod repair;
mod roll_up;
mod scheme;
mod schemes;
mod settle;
mod statement;
mod surface;
mod terms;
mod value_constraints;
mod value_kinds;
mod values;
mod vocabulary;
mod within;
mod wording;
mod words;

pub use by_spelling::BySpelling;
pub use compile::{SchemePart, compile, compile_all, compile_files};
pub use control::{Category, Control, InBanner};
pub use differences::{Difference, Direction};
pub use explain::{Explained, Part, Rolled, explain, roll_up};
pub use fault::{Expected, Fault, MarkingFault};
pub use lazy::LazyScheme;
pub use markings::{ControlUse, LevelUse, Marking, OwnerUse, ValueOf, ValueUse};
pub use nearest::Near;
pub use order::LevelOrder;
pub use parameter::{Beneath, Code, CodeList, KnownValue, Limits, Parameter};
pub use parse::parse;
pub use phrases::StandingPhrases;
pub use repair::{Repair, repair};
pub use roll_up::{Demand, RollUp};
pub use scheme::{
    CategoryId, CodeId, Companion, ControlId, Deprecated, Level, LevelId, Modifier, ModifierId,
    Owner, OwnerId, Scheme, SubOwner,
};
pub use schemes::Schemes;
pub use statement::{Stated, StatedOwner, StatedValue, Statement, Style};
pub use surface::{Citation, Lifetime, Spellings, Surface};
pub use terms::{Term, TermId};
pub(crate) use vocabulary::LONGEST_PATTERNED;
pub use vocabulary::{Vocabulary, follows};
pub use words::Word;

#[cfg(test)]
mod tests;
