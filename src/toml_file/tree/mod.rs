//! A TOML file as a tree in bytes: what parsing it gives, with every place, and read without parsing.
//!
//! The packs that are compiled in are parsed when caveat is built. Their trees are read into the same
//! shapes as TOML, by the same `Deserialize`.

mod format;
mod read;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod write;

pub use read::{Tree, Unfit};
