//! A TOML file as a tree in bytes: what parsing it gives, with every place, and read without parsing.
//!
//! The packs that are compiled in are parsed when caveat is built. Their trees are read into the same
//! shapes as TOML, by the same `Deserialize`.

mod access;
mod format;
mod read;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod write;

pub use read::{PLACED, Tree, Unfit};

/// The words of all packs that are compiled in, one after the other: their trees point to them, and all of these
/// must have them from here, as words are told to be these by where they lie.
pub static WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/shipped.words"));

/// The same text, lent for as long as the program runs; `None` where it is none of those that are compiled in.
pub fn lent(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("");
    }
    // A place within the words is a place within the words, whoever points to it.
    let start = text.as_ptr().addr().checked_sub(WORDS.as_ptr().addr())?;
    WORDS.get(start..start.checked_add(text.len())?)
}
