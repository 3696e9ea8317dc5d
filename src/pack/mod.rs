//! The files that a marking officer writes: schemes, vocabularies and rules, as TOML.

pub mod code_file;
pub mod control_file;
pub mod level_file;
pub mod scheme_file;
pub mod shared;
pub mod text;
pub mod vocabulary_file;

#[cfg(test)]
mod tests;
