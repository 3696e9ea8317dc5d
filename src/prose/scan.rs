//! One look over a text for anything that a marked document has. Most texts have nothing of it, so this
//! is what a large audit spends its time on: no allocation, a few bytes of each line.

use super::banner::Heads;
use super::lead::lead;
use crate::marking::{Scheme, Surface};

/// Bytes of a line within which its mark stands, after numbers and labels.
const MARK_WINDOW: usize = 64;

/// Whether a text may be a marked document: a line that may be a banner, or a bracket at the start of
/// one that opens with a word of the scheme.
pub(super) fn may_be_marked(text: &str, scheme: &Scheme) -> bool {
    let heads = Heads::of(scheme);
    let mut start = 0;
    let ends = memchr::memchr3_iter(b'\n', b'\r', b'\x0c', text.as_bytes());
    for end in ends.chain([text.len()]) {
        let line = text.get(start..end).unwrap_or_default();
        start = end + 1;
        if line.len() > 2 && (may_open_with_mark(line, scheme) || heads.may_be_banner(line)) {
            return true;
        }
    }
    false
}

/// Whether a bracket that opens the text of a line, or of a cell in it, holds a word of the scheme.
fn may_open_with_mark(line: &str, scheme: &Scheme) -> bool {
    let bytes = line.as_bytes();
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let row = first == Some(&b'|');
    let end = if row {
        bytes.len()
    } else {
        bytes.len().min(MARK_WINDOW)
    };
    let window = bytes.get(..end).unwrap_or_default();
    let opens_in_capitals = |&at: &usize| {
        let mut after = bytes.iter().skip(at + 1).skip_while(|byte| **byte == b' ');
        after
            .next()
            .is_some_and(|byte| byte.is_ascii_uppercase() || *byte == b'/')
    };
    memchr::memchr_iter(b'(', window)
        .filter(opens_in_capitals)
        .any(|at| may_be_mark(line, at, row, scheme))
}

/// Whether the bracket at a byte holds a word of the scheme and opens a text.
fn may_be_mark(line: &str, at: usize, row: bool, scheme: &Scheme) -> bool {
    let rest = line.get(at + 1..).unwrap_or_default().trim_start();
    let head = rest
        .find(|letter: char| !letter.is_ascii_uppercase())
        .map_or("", |end| rest.get(..end).unwrap_or_default());
    let known =
        rest.starts_with("//") || !head.is_empty() && scheme.word(head, Surface::Portion).is_some();
    if !known {
        return false;
    }
    let before = line.get(..at).unwrap_or_default().trim_end();
    row && before.ends_with('|') || before.ends_with(':') || lead(line).rest >= at
}
