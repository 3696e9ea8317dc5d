//! What stands before the text of a line: quote marks, heading marks, bullets, numbers, emphasis.

use std::ops::Range;

/// What kind of block a line begins, by what stands before its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum LeadKind {
    /// Nothing that says so.
    #[default]
    None,
    /// A heading of a markup language.
    Heading,
    /// A bullet.
    Bullet,
    /// A number with as many parts as its depth.
    Number,
    /// A letter of a list.
    Letter,
    /// The mark of a footnote.
    Footnote,
}

/// What stands before the text of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    /// Which kind of block it begins.
    pub(super) kind: LeadKind,
    /// Digits of a number.
    pub(super) number: Option<Range<usize>>,
    /// How deep it lies beneath a paragraph: numbers by their parts, then letters, brackets, bullets.
    pub(super) rank: u8,
    /// Whether the line is quoted.
    pub(super) quoted: bool,
    /// Where the text begins.
    pub(super) rest: usize,
}

/// Most things that stand before a text one after the other.
const MOST: usize = 8;

/// Most bytes of a tag of a markup language.
const LONGEST_TAG: usize = 80;

/// Most letters of a roman number.
const LONGEST_LETTER: usize = 5;

/// Rank of a letter with a stop; numbers have that of their parts.
const LETTER: u8 = 10;

/// Rank of a number or letter in brackets.
pub(super) const BRACKETED: u8 = 20;

/// Rank of a bullet; a repeated one lies deeper.
const BULLET: u8 = 30;

const BULLETS: [char; 11] = [
    '-', '*', '+', '\u{2022}', '\u{b7}', '\u{25aa}', '\u{25e6}', '\u{2013}', '\u{2014}',
    '\u{25cf}', '\u{25cb}',
];

/// Reads what stands before the text of a line.
pub(super) fn lead(line: &str) -> Lead {
    let mut lead = Lead::default();
    for _ in 0..MOST {
        let text = line.get(lead.rest..).unwrap_or_default().trim_start();
        lead.rest = line.len() - text.len();
        let Some(piece) = piece(text) else { break };
        lead.quoted |= piece.quote;
        if let Some(kind) = piece.kind
            && matches!(lead.kind, LeadKind::None | LeadKind::Bullet)
        {
            lead.kind = kind;
            lead.rank = piece.rank;
        }
        if let Some(digits) = piece.number {
            lead.number = Some(lead.rest + digits.start..lead.rest + digits.end);
        }
        lead.rest += piece.length;
    }
    lead
}

/// One thing that stands before a text.
#[derive(Debug, Default)]
struct Piece {
    length: usize,
    kind: Option<LeadKind>,
    rank: u8,
    number: Option<Range<usize>>,
    quote: bool,
}

impl Piece {
    fn of(length: usize, kind: LeadKind, rank: u8) -> Self {
        Self {
            length,
            kind: Some(kind),
            rank,
            ..Self::default()
        }
    }
}

fn piece(text: &str) -> Option<Piece> {
    let first = text.chars().next()?;
    match first {
        '>' => Some(Piece {
            length: 1,
            quote: true,
            ..Piece::default()
        }),
        '<' => tag(text),
        '#' | '=' => {
            run_before_blank(text, first, 6).map(|count| Piece::of(count, LeadKind::Heading, 0))
        }
        '\u{a7}' | '\u{b6}' => Some(Piece {
            length: first.len_utf8(),
            ..Piece::default()
        }),
        '\\' => text.starts_with("\\(").then(|| Piece {
            length: 1,
            ..Piece::default()
        }),
        '.' if text.starts_with(".. ") => directive(text),
        '.' => run_before_blank(text, '.', 5)
            .map(|count| Piece::of(count, LeadKind::Number, rank(count))),
        '[' => bracketed(text),
        '(' => parenthesis(text),
        '0'..='9' => numbered(text),
        'A'..='Z' | 'a'..='n' | 'p'..='z' => lettered(text),
        _ => bullet(text, first)
            .or_else(|| emphasis(text, first))
            .or_else(|| lettered(text)),
    }
}

/// How often a character is repeated, where a blank follows and it is at most so often.
fn run_before_blank(text: &str, letter: char, most: usize) -> Option<usize> {
    let rest = text.trim_start_matches(letter);
    let count = (text.len() - rest.len()) / letter.len_utf8();
    (count <= most && rest.starts_with([' ', '\t', '\u{a0}'])).then_some(count)
}

fn bullet(text: &str, first: char) -> Option<Piece> {
    if first == 'o' {
        // A round bullet that a word processor wrote as a letter.
        let rest = text.strip_prefix('o')?.trim_start_matches([' ', '\t']);
        return rest
            .starts_with('(')
            .then(|| Piece::of(1, LeadKind::Bullet, BULLET));
    }
    let count = run_before_blank(text, first, 5).filter(|_| BULLETS.contains(&first))?;
    Some(Piece::of(
        count * first.len_utf8(),
        LeadKind::Bullet,
        BULLET + rank(count),
    ))
}

/// Asterisks or underscores that open emphasis on a mark in brackets.
fn emphasis(text: &str, first: char) -> Option<Piece> {
    if !matches!(first, '*' | '_') {
        return None;
    }
    let rest = text.trim_start_matches(first);
    let length = text.len() - rest.len();
    (length <= 3 && rest.starts_with(['(', '\\'])).then(|| Piece {
        length,
        ..Piece::default()
    })
}

fn tag(text: &str) -> Option<Piece> {
    let inner = text.strip_prefix('<')?;
    let named = inner.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
    let end = inner
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| byte == b'>')?;
    named.then(|| Piece {
        length: end + 2,
        ..Piece::default()
    })
}

/// A directive of reStructuredText, or a footnote there: `.. figure::`, `.. [1]`.
fn directive(text: &str) -> Option<Piece> {
    let rest = text.strip_prefix(".. ")?;
    if rest.starts_with('[') {
        let end = rest.bytes().take(12).position(|byte| byte == b']')?;
        return Some(Piece::of(3 + end + 1, LeadKind::Footnote, 0));
    }
    let end = rest.find("::")?;
    let word = rest.get(..end)?;
    let is_name = word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (is_name && end <= 24).then(|| Piece {
        length: 3 + end + 2,
        ..Piece::default()
    })
}

/// A box to be ticked, or the mark of a footnote: `[ ]`, `[x]`, `[^1]:`, `[1]`.
fn bracketed(text: &str) -> Option<Piece> {
    let end = text.bytes().take(12).position(|byte| byte == b']')?;
    let inner = text.get(1..end)?;
    let length = end + 1;
    if matches!(inner, " " | "x" | "X") {
        return Some(Piece {
            length,
            ..Piece::default()
        });
    }
    let colon = text.get(length..)?.starts_with(':');
    if inner.starts_with('^') && colon {
        return Some(Piece::of(length + 1, LeadKind::Footnote, 0));
    }
    let digits = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Piece::of(length, LeadKind::Footnote, 0))
}

/// `1.`, `1)`, `2.3`, `2.3.`: digits with a stop or a bracket, or several numbers.
fn numbered(text: &str) -> Option<Piece> {
    let mut end = 0;
    let mut parts = 0;
    loop {
        let rest = text.get(end..)?;
        let digits = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len());
        if digits == 0 || digits > 3 {
            break;
        }
        parts += 1;
        end += digits;
        if !text.get(end..)?.starts_with('.') {
            break;
        }
        end += 1;
    }
    let number = text.get(..end)?.trim_end_matches('.').len();
    let closed = text.get(end..)?.starts_with(')');
    end += usize::from(closed);
    let stopped = closed || end > number;
    let rest = text.get(end..)?;
    let apart = rest.is_empty() || rest.starts_with([' ', '\t', '(', '\u{a0}']);
    (parts > 0 && apart && (stopped || parts > 1)).then(|| {
        let mut piece = Piece::of(end, LeadKind::Number, rank(parts));
        piece.number = Some(0..number);
        piece
    })
}

/// `a.`, `b)`, `iv.`: a letter or a roman number with a stop or a bracket.
fn lettered(text: &str) -> Option<Piece> {
    let mut bytes = text.bytes().take(LONGEST_LETTER + 1);
    let letters = bytes.position(|byte| !byte.is_ascii_alphabetic())?;
    let word = text.get(..letters)?;
    let rest = text.get(letters..)?.strip_prefix(['.', ')'])?;
    let apart = rest.is_empty() || rest.starts_with([' ', '\t', '(', '\u{a0}']);
    (is_list_letter(word) && apart).then(|| Piece::of(letters + 1, LeadKind::Letter, LETTER))
}

/// `(1)`, `(iv)`, and `(a)` where another bracket follows.
fn parenthesis(text: &str) -> Option<Piece> {
    let end = text.bytes().take(8).position(|byte| byte == b')')?;
    let inner = text.get(1..end)?;
    let rest = text.get(end + 1..)?;
    let after = rest.trim_start_matches([' ', '\t']);
    let digits = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (rest.starts_with([' ', '\t']) || after.starts_with('(')) {
        return Some(Piece::of(end + 1, LeadKind::Number, BRACKETED));
    }
    let lower = inner.bytes().all(|byte| byte.is_ascii_lowercase());
    (lower && is_list_letter(inner) && after.starts_with('('))
        .then(|| Piece::of(end + 1, LeadKind::Letter, BRACKETED))
}

fn rank(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX).min(LETTER - 1)
}

/// One letter, or a roman number.
fn is_list_letter(word: &str) -> bool {
    match word.len() {
        1 => true,
        2..=LONGEST_LETTER => {
            word.bytes().all(|byte| b"ivxl".contains(&byte))
                || word.bytes().all(|byte| b"IVXL".contains(&byte))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{LeadKind, lead};

    #[test]
    fn what_stands_before_the_text_is_told_from_it() {
        let cases = [
            ("(U) Rain fell.", LeadKind::None, 0),
            ("1. (U) Rain fell.", LeadKind::Number, 3),
            ("2.3.1 (U) Rain fell.", LeadKind::Number, 6),
            ("###  4. (U) Rain", LeadKind::Heading, 8),
            ("- (U) Rain fell.", LeadKind::Bullet, 2),
            ("- [ ] **(U)** Rain fell.", LeadKind::Bullet, 8),
            ("> (U) Rain fell.", LeadKind::None, 2),
            ("a. (U) Rain fell.", LeadKind::Letter, 3),
            ("(b) (U) Rain fell.", LeadKind::Letter, 4),
            ("(b) Rain fell.", LeadKind::None, 0),
            ("(1) Rain fell.", LeadKind::Number, 4),
            ("[^3]: (U) Rain fell.", LeadKind::Footnote, 6),
            (".. figure:: rain.png", LeadKind::None, 12),
            ("2019 was dry.", LeadKind::None, 0),
            ("12 mills stood.", LeadKind::None, 0),
            ("e.g. rain", LeadKind::None, 0),
            ("<td>(U) Rain", LeadKind::None, 4),
            ("---", LeadKind::None, 0),
        ];
        for (line, kind, rest) in cases {
            let found = lead(line);
            assert_eq!((found.kind, found.rest), (kind, rest), "{line}");
        }
    }
}
