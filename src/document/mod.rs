//! L2: a text as lines, each cut into tokens where these are asked for. It knows no scheme and no form of draft.

use crate::lexer::{Lexeme, lexemes};
use crate::text::Span;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Bytes without the line end and without blanks at either end.
    pub span: Span,
    /// Bytes of blanks before it.
    pub indent: u32,
}

/// A text cut into lines.
pub struct Document<'t> {
    text: &'t str,
    lines: Vec<Line>,
    widest: usize,
}

// It holds a draft's text.
impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Document")
            .field("lines", &self.lines.len())
            .finish_non_exhaustive()
    }
}

impl<'t> Document<'t> {
    /// Reads a text once. LF, CRLF, a lone CR and a form feed each end a line.
    pub fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::with_capacity(text.len() / 48 + 2);
        let (mut start, mut widest) = (0, 0);
        let mut add = |end: usize, next: usize| {
            let line = text.get(start..end).unwrap_or_default();
            widest = line.len().max(widest);
            lines.push(Line::of(line, start));
            start = next;
        };
        let mut fed = true;
        if memchr::memchr2(b'\r', b'\x0c', bytes).is_none() {
            memchr::memchr_iter(b'\n', bytes).for_each(|end| add(end, end + 1));
        } else {
            let mut next = 0;
            for end in memchr::memchr3_iter(b'\n', b'\r', b'\x0c', bytes) {
                if end < next {
                    continue;
                }
                let double = bytes.get(end..end + 2) == Some(b"\r\n");
                fed &= double || bytes.get(end) == Some(&b'\n');
                next = end + 1 + usize::from(double);
                add(end, next);
            }
        }
        add(text.len(), text.len());
        Self {
            text,
            lines,
            widest: if fed { widest } else { text.len() },
        }
    }

    /// Bytes up to which its lines may be long, where only a line feed ends a line: those of the longest, or of
    /// the text where something else ends lines too.
    pub const fn widest(&self) -> usize {
        self.widest
    }

    /// The text.
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Its lines; a text that ends in a line end has an empty last one.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The tokens of a line, from the first that is no blank to its end, blanks there included.
    pub fn tokens(&self, line: &Line) -> impl Iterator<Item = Lexeme> + use<'t> {
        let from = self.text.get(line.span.start as usize..);
        let from = from.unwrap_or_default();
        let shown = line.span.len() as usize;
        let mut behind = from.as_bytes().iter().skip(shown);
        let end = behind.position(|byte| matches!(byte, b'\n' | b'\r' | b'\x0c'));
        let end = end.map_or(from.len(), |blanks| shown + blanks);
        lexemes(from.get(..end).unwrap_or_default(), line.span.start)
    }
}

impl Line {
    /// A line that begins at a byte of the text.
    #[inline]
    fn of(line: &str, start: usize) -> Self {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let mut indent = 0;
        if line.as_bytes().first().is_some_and(is_blank) {
            indent = line.bytes().take_while(is_blank).count();
        }
        let shown = line.get(indent..).unwrap_or_default();
        // Most lines end in a letter or a stop; any other end may be a blank of several bytes.
        let whole = shown.as_bytes().last().is_none_or(u8::is_ascii_graphic);
        let len = if whole {
            shown.len()
        } else {
            shown.trim_end().len()
        };
        let first = start + indent;
        Self {
            span: Span::new(offset(first), offset(first + len)),
            indent: offset(indent),
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::lexer::Token;

    #[test]
    fn every_line_end_ends_a_line() {
        let places = |text: &str| {
            let document = Document::of(text);
            let lines = document.lines().iter();
            let places = lines.map(|line| (line.span.range(), line.indent));
            places.collect::<Vec<_>>()
        };
        assert_eq!(places("a\r\n  b \x0cc"), [(0..1, 0), (5..6, 2), (8..9, 0)]);
        assert_eq!(
            places("a\r\rb\n\rc"),
            [(0..1, 0), (2..2, 0), (3..4, 0), (5..5, 0), (6..7, 0)]
        );
        assert_eq!(places("a\n\tb\n"), [(0..1, 0), (3..4, 1), (5..5, 0)]);
    }

    #[test]
    fn a_line_knows_its_tokens_without_blanks_before_it() {
        let document = Document::of("\n  1. (S) Text\n a. \n");
        let tokens = |index: usize| {
            let line = document.lines().get(index).expect("there are four lines");
            let all = document.tokens(line);
            all.map(|found| found.token).collect::<Vec<_>>()
        };
        assert_eq!(tokens(0), []);
        assert_eq!(tokens(1)[..3], [Token::Digits, Token::Stop, Token::Blanks]);
        assert_eq!(tokens(2), [Token::Prose]);
        assert_eq!(tokens(3), []);
    }
}
