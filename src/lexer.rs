//! L1: the tokens of a line. Lossless: every byte of the line lies in exactly one token.
//!
//! Markings stand where lines begin and between brackets, so only these places are read closely; the
//! prose between them is passed over in long runs. No line needs another, so only those are cut into
//! tokens of which a reader wants to know them.

use crate::text::Span;
use logos::{Lexer, Logos};

/// What a run of bytes is.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[logos(extras = Window)]
pub enum Token {
    /// Blanks between words, and before the first.
    #[regex(r"[ \t]+", |lexer| close_look(lexer, Token::Blanks, 0))]
    Blanks,
    /// A single letter, as of a level whose letters stand apart.
    #[regex(r"[A-Z]", |lexer| close_look(lexer, Token::Letter, 0))]
    Letter,
    /// A word in capitals.
    #[regex(r"[A-Z][A-Z']+", |lexer| close_look(lexer, Token::Capitals, 2))]
    Capitals,
    /// A word that begins with a capital, as in a label.
    #[regex(r"[A-Z][A-Z']*[a-z][A-Za-z']*", |lexer| close_look(lexer, Token::Word, 6))]
    Word,
    /// A word that begins small: inside brackets only, elsewhere it begins prose.
    #[regex(r"[a-z][A-Za-z']*", small)]
    Small,
    /// A run of digits.
    #[regex(r"[0-9]+", |lexer| close_look(lexer, Token::Digits, 1))]
    Digits,
    /// `(`
    #[token("(", open)]
    Open,
    /// `)`
    #[token(")", close)]
    Close,
    /// `/`
    #[token("/", |lexer| close_look(lexer, Token::Slash, 0))]
    Slash,
    /// `//`, the outer separator of a marking.
    #[token("//", separator)]
    DoubleSlash,
    /// `.`
    #[token(".", |lexer| close_look(lexer, Token::Stop, 0))]
    Stop,
    /// `:`
    #[token(":", |lexer| close_look(lexer, Token::Colon, 0))]
    Colon,
    /// `-`
    #[token("-", |lexer| close_look(lexer, Token::Hyphen, 0))]
    Hyphen,
    /// `#`
    #[token("#", |lexer| close_look(lexer, Token::Hash, 0))]
    Hash,
    /// The sign of a paragraph.
    #[token("\u{b6}", |lexer| close_look(lexer, Token::Pilcrow, 0))]
    Pilcrow,
    /// Any other character.
    #[regex(r"(?s:.)", |lexer| close_look(lexer, Token::Other, 2), priority = 1)]
    Other,
    /// Text in which no marking can stand, up to a bracket or a `//`.
    #[regex(r"[A-Z][A-Za-z']*[a-z] [a-z]", prose)]
    Prose,
}

/// How much of a line is still read closely.
///
/// Each token of a line costs something; when nothing is left, the rest of the line is prose.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    left: u8,
    /// What was left before a bracket; `None` outside brackets.
    before_bracket: Option<u8>,
}

impl Window {
    /// What a line may cost: about eight words in capitals, or two others.
    const LINE: u8 = 12;
    /// What brackets may cost.
    const BRACKET: u8 = 12;
    /// What may stand after a separator in prose.
    const SEPARATOR: u8 = 4;
}

impl Default for Window {
    fn default() -> Self {
        Self {
            left: Self::LINE,
            before_bracket: None,
        }
    }
}

/// The token where enough is left of the window, else prose that begins with it.
fn close_look(lexer: &mut Lexer<'_, Token>, token: Token, cost: u8) -> Token {
    if lexer.extras.left == 0 {
        return prose(lexer);
    }
    lexer.extras.left = lexer.extras.left.saturating_sub(cost);
    token
}

fn small(lexer: &mut Lexer<'_, Token>) -> Token {
    if lexer.extras.before_bracket.is_none() {
        lexer.extras.left = 0;
    }
    close_look(lexer, Token::Small, 4)
}

fn open(lexer: &mut Lexer<'_, Token>) {
    let window = &mut lexer.extras;
    window.before_bracket = window.before_bracket.or(Some(window.left));
    window.left = Window::BRACKET;
}

fn close(lexer: &mut Lexer<'_, Token>) -> Token {
    match lexer.extras.before_bracket.take() {
        Some(left) => lexer.extras.left = left,
        None if lexer.extras.left == 0 => return prose(lexer),
        None => {}
    }
    Token::Close
}

fn separator(lexer: &mut Lexer<'_, Token>) {
    lexer.extras.left = lexer.extras.left.max(Window::SEPARATOR);
}

/// Takes everything up to the next place that is read closely.
fn prose(lexer: &mut Lexer<'_, Token>) -> Token {
    lexer.extras.left = 0;
    lexer.extras.before_bracket = None;
    let rest = lexer.remainder().as_bytes();
    let is_break = |&at: &usize| {
        // A single slash is prose; a doubled one separates.
        rest.get(at) != Some(&b'/') || rest.get(at + 1) == Some(&b'/')
    };
    let end = memchr::memchr2_iter(b'(', b'/', rest).find(is_break);
    lexer.bump(end.unwrap_or(rest.len()));
    Token::Prose
}

/// A token and the bytes it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub token: Token,
    /// Bytes of the decoded text.
    pub span: Span,
}

/// Cuts a line, or the rest of one from a bracket on, into its tokens; `start` is its place in the text.
/// The same line always gives the same tokens.
pub fn lexemes(line: &str, start: u32) -> impl Iterator<Item = Lexeme> {
    let lexer = Lexer::with_extras(line, Window::default()).spanned();
    lexer.map(move |(token, range)| Lexeme {
        token: token.unwrap_or(Token::Other),
        span: Span::new(start + offset(range.start), start + offset(range.end)),
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at once")]
mod tests {
    use super::{Token, lexemes};
    use proptest::prelude::*;

    fn shown(line: &str) -> Vec<(Token, &str)> {
        let all = lexemes(line, 0).map(|found| (found.token, &line[found.span.range()]));
        all.filter(|(token, _)| *token != Token::Blanks).collect()
    }

    #[test]
    fn a_line_is_read_closely_until_prose_begins() {
        use Token::{Capitals, Close, Digits, Letter, Open, Pilcrow, Prose, Stop};
        assert_eq!(
            shown("\u{b6}2. (GD) The ferry left."),
            [
                (Pilcrow, "\u{b6}"),
                (Digits, "2"),
                (Stop, "."),
                (Open, "("),
                (Capitals, "GD"),
                (Close, ")"),
                (Prose, "The ferry left."),
            ]
        );
        assert_eq!(
            shown("O P EN"),
            [(Letter, "O"), (Letter, "P"), (Capitals, "EN")]
        );
    }

    #[test]
    fn brackets_and_separators_in_prose_are_read_closely() {
        use Token::{Capitals, Close, DoubleSlash, Letter, Open, Prose};
        assert_eq!(
            shown("so the ferry (G) left a/b and said GUARDED//HARBOR and left"),
            [
                (Prose, "so the ferry "),
                (Open, "("),
                (Letter, "G"),
                (Close, ")"),
                (Prose, " left a/b and said GUARDED"),
                (DoubleSlash, "//"),
                (Capitals, "HARBOR"),
                (Prose, "and left"),
            ]
        );
    }

    fn fragments() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[A-Za-z0-9 ().:/#\u{b6}-]{0,12}",
            Just("1. (G//HB) The ferry ".to_owned()),
            Just("a b//c ".to_owned()),
            ".{0,6}",
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tokens_joined_give_the_line_back(line in fragments()) {
            let mut end = 0;
            for found in lexemes(&line, 0) {
                prop_assert_eq!(found.span.start, end);
                prop_assert!(!found.span.is_empty() && line.get(found.span.range()).is_some());
                end = found.span.end;
            }
            prop_assert_eq!(end as usize, line.len());
        }

        #[test]
        fn what_brackets_hold_does_not_depend_on_what_stands_before_them(before in fragments(), inside in fragments()) {
            use Token::Close;
            let whole = format!("{before}({inside})");
            let from = u32::try_from(before.len()).unwrap();
            let until_close = |line: &str, start: u32| -> Vec<_> {
                let tokens = lexemes(line, start).filter(|found| found.span.start >= from);
                tokens.take_while(|found| found.token != Close).collect()
            };
            prop_assert_eq!(until_close(&whole, 0), until_close(&whole[before.len()..], from));
        }
    }
}
