//! Brackets where a mark may stand.

use std::ops::Range;

/// Most bytes between the brackets of a mark: a long list of codes.
const LONGEST: usize = 200;

/// In which letters the words between brackets are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Capitals, digits and separators.
    Capitals,
    /// The same with small letters among them.
    Small,
    /// Anything else, which is no mark.
    Other,
}

/// A bracket that opens a text, with what it holds.
#[derive(Debug, Clone)]
pub(super) struct Bracket {
    /// Bytes between the brackets.
    pub(super) inner: Range<usize>,
    /// Where the text after it begins.
    pub(super) after: usize,
    /// In which letters it is written.
    pub(super) shape: Shape,
}

/// The bracket with which `text` begins, where a blank or nothing follows it.
pub(super) fn bracket(text: &str) -> Option<Bracket> {
    let open = usize::from(text.starts_with('\\'));
    let rest = text.get(open..)?.strip_prefix('(')?;
    let bytes = rest.as_bytes().get(..rest.len().min(LONGEST))?;
    let end = memchr::memchr2(b')', b'(', bytes).filter(|&at| bytes.get(at) == Some(&b')'))?;
    let inner = rest.get(..end)?;
    let escaped = inner.ends_with('\\');
    let inner = inner.strip_suffix('\\').unwrap_or(inner);
    if inner.matches('\n').count() > 1 {
        return None;
    }
    let start = open + 1;
    let close = start + inner.len() + usize::from(escaped) + 1;
    let tail = text.get(close..)?;
    let bare = tail.trim_start_matches(['*', '_']);
    let apart = bare.is_empty()
        || bare.starts_with(|next: char| next.is_whitespace() || next == '<' || next == '|');
    let blank = bare.len() - bare.trim_start_matches([' ', '\t', '\u{a0}']).len();
    apart.then(|| Bracket {
        inner: start..start + inner.len(),
        after: close + (tail.len() - bare.len()) + blank,
        shape: shape(inner),
    })
}

/// In which letters a text is written.
fn shape(inner: &str) -> Shape {
    let mut shape = Shape::Other;
    for byte in inner.bytes() {
        match byte {
            b'A'..=b'Z' if shape == Shape::Other => shape = Shape::Capitals,
            b'a'..=b'z' => shape = Shape::Small,
            b'A'..=b'Z'
            | b'0'..=b'9'
            | b' '
            | b'/'
            | b'-'
            | b','
            | b'&'
            | b'.'
            | b'['
            | b']'
            | b'|'
            | b'\\'
            | b'\n'
            | b'\r' => {}
            _ => return Shape::Other,
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::{Shape, bracket};

    #[test]
    fn a_bracket_before_a_text_is_read_and_one_within_a_word_is_not() {
        let cases = [
            ("(U) Rain", Some(("U", Shape::Capitals, 4))),
            (
                "(G//RT MER, ALD)** Rain",
                Some(("G//RT MER, ALD", Shape::Capitals, 19)),
            ),
            ("\\(U\\) Rain", Some(("U", Shape::Capitals, 6))),
            ("( U ) Rain", Some((" U ", Shape::Capitals, 6))),
            ("(c) 2019", Some(("c", Shape::Small, 4))),
            ("(see below) Rain", Some(("see below", Shape::Small, 12))),
            ("(R\u{e9}) Rain", Some(("R\u{e9}", Shape::Other, 6))),
            ("(S)he", None),
            ("(b)(1)", None),
            ("(S", None),
            ("(a (b) c)", None),
        ];
        for (text, wanted) in cases {
            let found = bracket(text);
            let found = found.as_ref().map(|found| {
                (
                    text.get(found.inner.clone()).unwrap_or_default(),
                    found.shape,
                    found.after,
                )
            });
            assert_eq!(found, wanted, "{text}");
        }
    }
}
