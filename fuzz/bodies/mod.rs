//! What each fuzz target makes of bytes, and what must hold whatever they are.
//!
//! `fuzz/targets` hands these to libFuzzer; `tests/fuzz_replay.rs` runs them on the kept inputs wherever
//! the tests run.

mod config;
mod decoding;
mod document;
mod fixes;
mod lexer;
mod lsp;
mod marking;
mod places;
mod rule_files;
mod scheme_files;
#[path = "../../tests/settling/mod.rs"]
mod settling;
mod shipped;
mod telegram;

/// Reads bytes and panics where something does not hold.
pub(crate) type Body = fn(&[u8]);

/// Every target.
pub(crate) const ALL: [(&str, Body); 10] = [
    ("config", config::run),
    ("decoding", decoding::run),
    ("document", document::run),
    ("fixes", fixes::run),
    ("lexer", lexer::run),
    ("lsp", lsp::run),
    ("marking", marking::run),
    ("rule_files", rule_files::run),
    ("scheme_files", scheme_files::run),
    ("telegram", telegram::run),
];

/// The first byte, which chooses among ways to read the rest.
fn chosen(bytes: &[u8]) -> (usize, &[u8]) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    (usize::from(*first), rest)
}

/// Bytes as text; what is no UTF-8 becomes the sign for that.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
