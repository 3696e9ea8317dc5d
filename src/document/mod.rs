//! L2: a text as lines, each with its place.

use crate::text::Span;

/// A line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Bytes without the line end and without blanks at either end.
    pub span: Span,
    /// Bytes of blanks before it.
    pub indent: u32,
}

/// The lines of a text: LF, CRLF, a lone CR and a form feed each end one.
pub fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 40 + 1);
    let mut start = 0;
    for end in memchr::memchr3_iter(b'\n', b'\r', b'\x0c', text.as_bytes()) {
        push(text, start, end, &mut lines);
        start = end + 1;
    }
    push(text, start, text.len(), &mut lines);
    lines
}

fn push(text: &str, start: usize, end: usize, lines: &mut Vec<Line>) {
    let Some(line) = text.get(start..end) else {
        return;
    };
    let indent = line.len() - line.trim_start().len();
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let first = start + indent;
    let span = Span::new(offset(first), offset(first + line.trim().len()));
    lines.push(Line {
        span,
        indent: offset(indent),
    });
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn every_line_end_ends_a_line() {
        let found: Vec<_> = lines("a\r\n  b \x0cc")
            .iter()
            .map(|line| line.span.range())
            .collect();
        assert_eq!(found, [0..1, 2..2, 5..6, 8..9]);
    }
}
