//! L2: a text as lines over its token stream. It knows no scheme and no form of draft.

use crate::lexer::{Lexeme, Token, lexemes};
use crate::text::Span;
use std::ops::Range;

/// A line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes without the line end and without blanks at either end.
    pub span: Span,
    /// Bytes of blanks before it.
    pub indent: u32,
    /// Its tokens, without outer blanks before and without the line end.
    tokens: Range<u32>,
}

/// A text cut into tokens and lines.
#[derive(Debug, Clone)]
pub struct Document {
    lexemes: Vec<Lexeme>,
    lines: Vec<Line>,
}

impl Document {
    /// Reads a text once. LF, CRLF, a lone CR and a form feed each end a line.
    pub fn of(text: &str) -> Self {
        let mut builder = Builder {
            text,
            lexemes: Vec::with_capacity(text.len() / 12 + 8),
            lines: Vec::with_capacity(text.len() / 40 + 2),
            line_start: 0,
            first: 0,
        };
        for lexeme in lexemes(text) {
            builder.lexemes.push(lexeme);
            if matches!(lexeme.token, Token::LineEnd | Token::PageBreak) {
                builder.line(lexeme.span.start, 1);
                builder.line_start = lexeme.span.end;
                builder.first = builder.lexemes.len();
            }
        }
        builder.line(u32::try_from(text.len()).unwrap_or(u32::MAX), 0);
        Self {
            lexemes: builder.lexemes,
            lines: builder.lines,
        }
    }

    /// Its lines; a text that ends in a line end has an empty last one.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The tokens of a line, from the first that is no blank to its end.
    pub fn tokens(&self, line: &Line) -> &[Lexeme] {
        let range = line.tokens.start as usize..line.tokens.end as usize;
        self.lexemes.get(range).unwrap_or_default()
    }
}

struct Builder<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    lines: Vec<Line>,
    /// First byte of the line that is being read.
    line_start: u32,
    /// Index of its first token.
    first: usize,
}

impl Builder<'_> {
    /// Ends a line at a byte; its last `ends` tokens end it.
    fn line(&mut self, end: u32, ends: usize) {
        let last = self.lexemes.len() - ends;
        let mut first = self.first;
        let blank = self.lexemes.get(first).filter(|_| first < last);
        let mut start = self.line_start;
        if let Some(blank) = blank.filter(|found| found.token == Token::Blanks) {
            start = blank.span.end;
            first += 1;
        }
        let bytes = Span::new(start, end);
        let line = self.text.get(bytes.range()).unwrap_or_default();
        let trimmed = u32::try_from(line.trim_end().len()).unwrap_or(u32::MAX);
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.lines.push(Line {
            span: Span::new(start, start + trimmed),
            indent: start - self.line_start,
            tokens: index(first)..index(last),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::lexer::Token;

    #[test]
    fn every_line_end_ends_a_line() {
        let document = Document::of("a\r\n  b \x0cc");
        let found: Vec<_> = document
            .lines()
            .iter()
            .map(|line| (line.span.range(), line.indent))
            .collect();
        assert_eq!(found, [(0..1, 0), (5..6, 2), (8..9, 0)]);
    }

    #[test]
    fn a_line_knows_its_tokens_without_blanks_before_it() {
        let document = Document::of("\n  1. (S) Text\n");
        let tokens = |index: usize| {
            let line = document.lines().get(index).expect("there are three lines");
            let all = document.tokens(line).iter();
            all.map(|found| found.token).collect::<Vec<_>>()
        };
        assert_eq!(tokens(0), []);
        assert_eq!(tokens(1)[..3], [Token::Digits, Token::Stop, Token::Blanks]);
        assert_eq!(tokens(2), []);
    }
}
