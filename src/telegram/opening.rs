//! How a line of the text opens: with a number, a letter or a bullet, and with a mark.

use super::{Reader, offset};
use crate::lexer::{Lexeme, Token};
use crate::text::Span;
use smallvec::SmallVec;

/// Longest mark, in bytes.
pub(super) const LONGEST_MARK: usize = 48;

/// Most digits of a paragraph number.
const MOST_DIGITS: u32 = 3;

/// The number a line begins with, where it begins as a paragraph does.
pub(super) fn paragraph_number(text: &str) -> Option<u32> {
    let bare = text.trim_start_matches('\u{b6}').trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare.get(digits..)?.strip_prefix('.')?;
    let decimal = rest.starts_with(|next: char| next.is_ascii_digit());
    if digits == 0 || digits > MOST_DIGITS as usize || decimal {
        return None;
    }
    bare.get(..digits)?.parse().ok()
}

/// The words in brackets with which a line begins.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let (inner, _) = text.strip_prefix('(')?.split_once(')')?;
    (inner.len() <= LONGEST_MARK).then_some(inner)
}

/// What stands before the words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Opening {
    /// A number, as a paragraph has it.
    pub(super) number: Option<(u32, Span)>,
    /// A letter with a stop or a bracket, a dash or a bullet, as a part of a paragraph has it.
    pub(super) bullet: bool,
    /// The letter of a list, in capitals, where it is one.
    pub(super) letter: Option<u8>,
    /// What stands in brackets, or should.
    pub(super) bracket: Option<Bracket>,
    /// Where the words begin.
    pub(super) words: u32,
}

/// Words in brackets where a mark may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bracket {
    /// The words.
    pub(super) inner: Span,
    /// The words with their brackets.
    pub(super) whole: Span,
    /// Whether a bracket is missing, or blanks are wrong.
    pub(super) malformed: bool,
}

/// Most tokens before the bracket that closes a mark.
const MOST_TOKENS: usize = 24;

/// Most tokens before it where the one that opens it is missing.
const MOST_UNOPENED: usize = 8;

/// Walks over the tokens of a line, of which no more are made than are looked at.
struct Walk<I> {
    tokens: I,
    /// Those that were looked at.
    seen: SmallVec<[Lexeme; MOST_TOKENS]>,
    /// The one of them that is next.
    at: usize,
}

impl<I: Iterator<Item = Lexeme>> Walk<I> {
    /// The next so many tokens, or as many as there are.
    fn next(&mut self, count: usize) -> &[Lexeme] {
        let end = self.at + count;
        while self.seen.len() < end
            && let Some(token) = self.tokens.next()
        {
            self.seen.push(token);
        }
        let end = end.min(self.seen.len());
        self.seen.get(self.at..end).unwrap_or_default()
    }

    fn peek(&mut self, ahead: usize) -> Option<Lexeme> {
        let seen = self.seen.get(self.at + ahead).copied();
        seen.or_else(|| self.next(ahead + 1).get(ahead).copied())
    }

    fn is(&mut self, ahead: usize, token: Token) -> bool {
        self.peek(ahead).is_some_and(|found| found.token == token)
    }

    /// Passes over so many tokens that were looked at.
    fn pass(&mut self, count: usize) {
        self.at = self.seen.len().min(self.at + count);
        if self.at == self.seen.len() {
            // A line of nothing but hyphens takes no room.
            self.seen.clear();
            self.at = 0;
        }
    }

    fn blanks(&mut self) -> bool {
        let found = self.is(0, Token::Blanks);
        self.pass(usize::from(found));
        found
    }
}

/// Whether a line may open with anything but words: all but lines of prose do.
pub(super) fn may_open(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes.first() {
        None => false,
        Some(byte) if byte.is_ascii_uppercase() => {
            let mut rest = bytes.iter().skip(1);
            let capital = |byte: &&u8| byte.is_ascii_uppercase() || **byte == b'\'';
            match rest.find(|byte| !capital(byte)) {
                // A word in capitals before a bracket or a slash may be a mark that lacks its bracket.
                Some(b')' | b'/') => true,
                Some(next) if next.is_ascii_lowercase() => false,
                _ => bytes.get(1).is_none_or(|next| !capital(&next)),
            }
        }
        Some(byte) => !byte.is_ascii_lowercase(),
    }
}

impl Reader<'_> {
    /// Reads how a line opens.
    pub(super) fn opening(&self, index: usize) -> Opening {
        let mut opening = Opening::default();
        let Some(line) = self.document.lines().get(index) else {
            return opening;
        };
        opening.words = line.span.start;
        if !may_open(self.slice(line.span)) {
            return opening;
        }
        let mut walk = Walk {
            tokens: self.document.tokens(line),
            seen: SmallVec::new(),
            at: 0,
        };
        while walk.is(0, Token::Pilcrow) {
            walk.pass(1);
            walk.blanks();
        }
        let glued = self.number(&mut walk, &mut opening);
        if opening.number.is_none() {
            bullet(&mut walk, &mut opening, self.text);
        }
        let blank = walk.blanks();
        if let Some(word) = walk.peek(0) {
            opening.words = word.span.start;
        }
        opening.bracket = self.bracket(&mut walk, opening.number.is_some());
        if let Some(bracket) = &mut opening.bracket {
            bracket.malformed |= glued || opening.number.is_some() && !blank;
            opening.words = bracket.whole.end;
        }
        opening
    }

    /// A number with its stop, or one with a bracket right behind it; `true` where the stop is missing.
    fn number(&self, walk: &mut Walk<impl Iterator<Item = Lexeme>>, opening: &mut Opening) -> bool {
        let Some(digits) = walk.peek(0).filter(|found| found.token == Token::Digits) else {
            return false;
        };
        if digits.span.len() > MOST_DIGITS {
            return false;
        }
        let number = self
            .slice(digits.span)
            .parse()
            .ok()
            .map(|number| (number, digits.span));
        if walk.is(1, Token::Stop) && !walk.is(2, Token::Digits) {
            opening.number = number;
            walk.pass(2);
            return false;
        }
        let behind = usize::from(walk.is(1, Token::Blanks)) + 1;
        if walk.is(behind, Token::Open) && walk.is(behind + 2, Token::Close) {
            opening.number = number;
            walk.pass(1);
            return true;
        }
        false
    }

    /// What stands in brackets, with the brackets as they should be or not.
    fn bracket(
        &self,
        walk: &mut Walk<impl Iterator<Item = Lexeme>>,
        numbered: bool,
    ) -> Option<Bracket> {
        let first = walk.peek(0)?;
        if first.token == Token::Open {
            let closes = |ahead| walk.peek(ahead).filter(|found| found.token == Token::Close);
            let Some(close) = (1..MOST_TOKENS).find_map(closes) else {
                return self.unclosed(first, numbered);
            };
            let outer = Span::new(first.span.end, close.span.start);
            let inner = self.trim(outer);
            let short = outer.len() as usize <= LONGEST_MARK && !inner.is_empty();
            return short.then(|| Bracket {
                inner,
                whole: first.span.join(close.span),
                malformed: inner != outer,
            });
        }
        if !numbered && !matches!(first.token, Token::Capitals) {
            return None;
        }
        // `SBU) Text`: the opening bracket is missing.
        let tail = walk.next(MOST_UNOPENED);
        let close = tail.iter().position(|found| found.token == Token::Close)?;
        let words = tail.get(..close)?;
        let plain = words.iter().all(|found| {
            matches!(
                found.token,
                Token::Capitals | Token::Letter | Token::Slash | Token::DoubleSlash
            )
        });
        let end = tail.get(close)?.span;
        plain.then(|| Bracket {
            inner: Span::new(first.span.start, end.start),
            whole: Span::new(first.span.start, end.end),
            malformed: true,
        })
    }

    /// `(C Text`: the closing bracket is missing.
    fn unclosed(&self, open: Lexeme, numbered: bool) -> Option<Bracket> {
        let rest = self.text.get(open.span.end as usize..)?;
        let word = rest.split([' ', '\n', '\r', ')']).next()?;
        let plain = word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'/');
        let inner = Span::new(open.span.end, open.span.end + offset(word.len()));
        (numbered && plain && !word.is_empty()).then(|| Bracket {
            inner,
            whole: open.span.join(inner),
            malformed: true,
        })
    }
}

/// `A.`, `a)`, `--`, `-`, `*`: what opens a part of a paragraph.
fn bullet(walk: &mut Walk<impl Iterator<Item = Lexeme>>, opening: &mut Opening, text: &str) {
    let Some(first) = walk.peek(0) else { return };
    let mut stops = 0;
    match first.token {
        Token::Hyphen => {
            while walk.is(0, Token::Hyphen) {
                walk.pass(1);
            }
            opening.bullet = true;
            return;
        }
        Token::Other => {
            let sign = text.get(first.span.range()).unwrap_or_default();
            if matches!(sign, "*" | "\u{2022}" | "\u{2013}" | "\u{2014}" | "\u{b7}") {
                walk.pass(1);
                opening.bullet = true;
            }
            return;
        }
        Token::Letter | Token::Small | Token::Digits
            if first.span.len() <= 2
                && (walk.is(1, Token::Stop) || walk.is(1, Token::Close))
                && (walk.is(2, Token::Blanks) || walk.is(2, Token::Open)) =>
        {
            stops = 2;
        }
        _ => {}
    }
    if stops > 0 {
        let byte = text.as_bytes().get(first.span.start as usize).copied();
        opening.letter = byte
            .filter(u8::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_uppercase());
        opening.bullet = true;
        walk.pass(stops);
    }
}

#[cfg(test)]
mod tests {
    use super::{may_open, paragraph_number};

    #[test]
    fn words_open_a_line_of_prose_and_nothing_else_does() {
        let open = [
            "1. Text",
            "(GD) Text",
            "A. Text",
            "GD) Text",
            "GD//HB) Text",
            "- Text",
            "A",
        ];
        let prose = [
            "the ferry",
            "The ferry",
            "FERRY left",
            "O'HARA left",
            "FERRY",
            "FERRy) left",
            "",
        ];
        for line in open {
            assert!(may_open(line), "{line}");
        }
        for line in prose {
            assert!(!may_open(line), "{line}");
        }
    }

    #[test]
    fn a_number_opens_a_paragraph_and_a_decimal_does_not() {
        assert_eq!(paragraph_number("\u{b6}12. Text"), Some(12));
        assert_eq!(paragraph_number("1.5 million"), None);
        assert_eq!(paragraph_number("1234. Text"), None);
        assert_eq!(paragraph_number("3 (C) Text"), None);
    }
}
