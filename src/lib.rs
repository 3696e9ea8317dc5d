//! caveat checks security-classification markings in drafts before they are released.
//!
//! Modules stand in layers, and imports only go down:
//!
//! | layer | module | what it knows |
//! |---|---|---|
//! | L0 | [`text`] | text, places in it, the way back to the bytes of the file |
//! | L1 | [`input`], [`diagnostic`], [`problem`], [`toml_file`] | drafts from bytes; findings; problems in TOML files |
//! | L2 | [`document`], [`pack`] | lines; the shapes of scheme, vocabulary and rule files |
//! | L3 | [`marking`] | schemes, vocabularies, markings, roll-up |
//! | L4 | [`reading`] | the elements of a draft, and dates as messages write them |
//! | L5 | [`telegram`] | reads a telegram into elements |
//! | L6 | [`rules`] | rules, loaded from TOML with schemes and vocabularies |
//! | L7 | [`checks`] | the kinds of check |
//! | L8 | [`engine`] | one draft against a rule set |
//! | L9 | [`config`] | settings and where each comes from |
//! | L10 | [`walk`] | the files to examine |
//! | L11 | [`audit`] | many drafts at once |
//! | L12 | [`report`] | findings written out |
//! | L13 | [`cli`] | the command line |
//!
//! `tests/layers.rs` reads every `use crate::` and fails on an upward one.

pub mod audit;
pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod input;
pub mod marking;
pub mod pack;
pub mod problem;
pub mod reading;
pub mod report;
pub mod rules;
pub mod telegram;
pub mod text;
pub mod toml_file;
pub mod walk;
