//! caveat checks security-classification markings in drafts before they are released.
//!
//! Modules stand in layers, and imports only go down:
//!
//! | layer | module | what it knows |
//! |---|---|---|
//! | L0 | [`text`], [`fingerprint`] | text, places in it, the way back to the bytes of the file; what a finding is known by |
//! | L1 | [`input`], [`lexer`], [`diagnostic`], [`problem`] | drafts from bytes; tokens; findings; problems in TOML files |
//! | L2 | [`toml_file`], [`document`] | TOML files with all their problems at once, and those that were parsed when caveat was built; lines, each cut into tokens where these are asked for |
//! | L3 | [`pack`] | the shapes of scheme, vocabulary and rule files |
//! | L4 | [`marking`] | schemes, vocabularies, markings, roll-up |
//! | L5 | [`reading`] | the elements of a draft, and dates as messages write them |
//! | L6 | [`telegram`], [`prose`], [`ceiling`] | read a telegram, or a marked document, into elements; no marking above the highest that may lie in a place |
//! | L7 | [`checks`] | the kinds of check, and which elements and drafts they are asked about |
//! | L8 | [`rules`] | rules, loaded from TOML with schemes and vocabularies |
//! | L9 | [`engine`], [`baseline`] | one draft against a rule set; findings that are known |
//! | L10 | [`fix`], [`config`], [`trial`] | settings and where each comes from; rules on their own examples |
//! | L11 | [`walk`], [`git`] | the files to examine; what git is about to let out, and its hooks |
//! | L12 | [`audit`] | many drafts at once |
//! | L13 | [`report`] | findings written out |
//! | L14 | [`lsp`] | the language server |
//! | L15 | [`cli`] | the command line |
//!
//! `tests/layers.rs` reads every `use crate::` and fails on an upward one.

pub mod audit;
pub mod baseline;
pub mod ceiling;
pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod fingerprint;
pub mod fix;
pub mod git;
pub mod input;
pub mod lexer;
pub mod lsp;
pub mod marking;
pub mod pack;
pub mod problem;
pub mod prose;
pub mod reading;
pub mod report;
pub mod rules;
pub mod telegram;
pub mod text;
pub mod toml_file;
pub mod trial;
pub mod walk;
