//! Banner lines: a marking alone on its line, or beside a page number.

use super::Draft;
use crate::marking::{Fault, LevelId, LevelUse, Marking, Scheme, Surface, Word, parse};
use crate::text::Span;
use smallvec::SmallVec;

/// Most bytes of a line that is looked at as a banner.
const LONGEST: usize = 240;

/// Words that stand beside a page number.
const PAGE_WORDS: [&str; 8] = ["PAGE", "BEGIN", "END", "OF", "P", "PG", "SHEET", "COPY"];

/// A marking that is the whole of a line, or all but its page number.
///
/// A text may be one banner after the other, so what it says is read again where it is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct BannerLine {
    /// Index of the line.
    line: u32,
    /// Bytes of its words.
    words: Span,
    /// Its level, if it states one.
    pub(super) level: Option<LevelId>,
    /// Whether a page number stands beside it.
    pub(super) beside_page: bool,
    /// Whether a label stands before it: several of these list other documents.
    pub(super) labelled: bool,
    /// Whether it says more than a level: no ordinary word does.
    pub(super) strong: bool,
    /// Whether all that it says is an ordinary word too.
    pub(super) plain: bool,
}

impl BannerLine {
    /// That of a line, with nothing said of where it stands.
    pub(super) fn of(index: usize, marking: &Marking) -> Self {
        Self {
            line: offset(index),
            words: marking.span,
            level: marking.level.map(|used| used.level),
            beside_page: false,
            labelled: false,
            strong: !marking.controls.is_empty(),
            plain: false,
        }
    }

    /// Index of the line.
    pub(super) const fn line(self) -> usize {
        self.line as usize
    }

    /// What it says.
    pub(super) fn marking(self, draft: Draft<'_>) -> Option<Marking> {
        banner(draft.slice(self.words), self.words.start, draft.scheme)
    }
}

/// What a line is to the pages.
#[derive(Debug, Clone)]
pub(super) enum PageLine {
    /// A banner.
    Banner(Box<Marking>, bool),
    /// A banner behind a label, as in a mail.
    Labelled(Box<Marking>),
    /// A page number.
    Number,
}

/// The first words of the level's banner spellings: no line without one is a banner.
#[derive(Debug)]
pub(super) struct Heads<'s>(SmallVec<[&'s str; 24]>);

impl<'s> Heads<'s> {
    /// Those of a scheme.
    pub(super) fn of(scheme: &'s Scheme) -> Self {
        let mut heads: SmallVec<[&'s str; 24]> = scheme
            .levels()
            .flat_map(|(_, level)| level.spellings.on(Surface::Banner))
            .filter_map(|spelling| spelling.split([' ', '-', '/']).next())
            .collect();
        heads.sort_unstable();
        heads.dedup();
        Self(heads)
    }

    /// Whether a line may be a banner: it begins or ends in capitals and holds one of these words.
    pub(super) fn may_be_banner(&self, line: &str) -> bool {
        if line.len() > LONGEST || !has_capitals_at_an_end(line.as_bytes()) {
            return false;
        }
        let (_, bare) = bare(line);
        self.0.iter().any(|head| bare.contains(head)) || is_spaced(bare)
    }
}

/// Whether the first or the last letters of a line are capitals, or digits at its end. What only sets it
/// off does not count; a tag may hide what stands behind it.
fn has_capitals_at_an_end(bytes: &[u8]) -> bool {
    let sets_off = |byte: &u8| {
        matches!(
            byte,
            b'*' | b'_' | b'#' | b'=' | b'|' | b'>' | b'~' | b'-' | b'`'
        ) || byte.is_ascii_whitespace()
    };
    let Some(start) = bytes.iter().position(|byte| !sets_off(byte)) else {
        return false;
    };
    let mut first = bytes.iter().skip(start);
    let capital = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_uppercase);
    match first.next() {
        Some(b'<' | 0xc2) => return true,
        Some(b'/') if first.next() == Some(&b'/') && capital(first.next()) => return true,
        Some(byte) if byte.is_ascii_uppercase() => match first.next() {
            Some(b' ' | b'-') if capital(first.next()) => return true,
            Some(byte) if byte.is_ascii_uppercase() => return true,
            _ => {}
        },
        _ => {}
    }
    let mut last = bytes.iter().rev().skip_while(|byte| sets_off(byte));
    let ends = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    ends(last.next())
        && last
            .next()
            .is_some_and(|byte| *byte == b' ' || ends(Some(byte)))
}

/// A line without what only sets it off: rules, emphasis, blanks, a pair of tags; and where it begins.
fn bare(line: &str) -> (usize, &str) {
    let mut start = line.len() - line.trim_start().len();
    let mut inner = line.trim_start();
    if let Some((tag, rest)) = inner.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        start += tag.len() + 2;
        inner = rest.rsplit_once("</").map_or(rest, |(rest, _)| rest);
    }
    let sets_off = |letter: char| letter.is_whitespace() || "*_#=|>~-`".contains(letter);
    start += inner.len() - inner.trim_start_matches(sets_off).len();
    (start, inner.trim_matches(sets_off))
}

/// What a line is to the pages: a banner, a page number, or neither.
pub(super) fn page_line(line: &str, base: u32, scheme: &Scheme) -> Option<PageLine> {
    if line.len() > LONGEST {
        return None;
    }
    let (start, text) = bare(line);
    // A comment of source code: the marking of a foreign owner has no blank behind its slashes.
    if text.starts_with("// ") {
        return None;
    }
    let start = base + offset(start);
    if let Some(marking) = banner(text, start, scheme) {
        return Some(PageLine::Banner(Box::new(marking), false));
    }
    let (before, after) = (furniture(text), furniture_at_end(text));
    let inner = text.get(before..text.len() - after).unwrap_or_default();
    if inner.is_empty() {
        let numbered = text.bytes().any(|byte| byte.is_ascii_digit());
        return (numbered && !text.is_empty()).then_some(PageLine::Number);
    }
    let beside = text
        .get(..before)
        .unwrap_or_default()
        .bytes()
        .any(|byte| byte.is_ascii_digit())
        || text
            .get(text.len() - after..)
            .unwrap_or_default()
            .bytes()
            .any(|byte| byte.is_ascii_digit());
    if !beside {
        return None;
    }
    let marking = banner(inner, start + offset(before), scheme)?;
    Some(PageLine::Banner(Box::new(marking), true))
}

/// The marking that is the whole of a text, in capitals and with a level.
pub(super) fn banner(text: &str, base: u32, scheme: &Scheme) -> Option<Marking> {
    if text.is_empty() || text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if is_spaced(text) {
        return spaced(text, base, scheme);
    }
    let marking = parse(text, base, scheme, Surface::Banner);
    marking.level?;
    let faulty = |wanted: Fault| marking.faults.iter().any(|found| found.fault == wanted);
    let apart = text.contains(scheme.syntax().between_categories.as_str());
    let whole = marking.is_understood() && !faulty(Fault::Form);
    let is_banner = !faulty(Fault::SecondLevel) && (apart || whole);
    is_banner.then_some(marking)
}

/// A level whose letters stand apart, by blanks or hyphens.
fn spaced(text: &str, base: u32, scheme: &Scheme) -> Option<Marking> {
    let mut joined = String::with_capacity(text.len());
    for word in text.split("  ").filter(|word| !word.trim().is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.extend(word.chars().filter(char::is_ascii_alphabetic));
    }
    let Word::Level(level) = scheme.word(&joined, Surface::Banner)? else {
        return None;
    };
    let span = Span::new(base, base + offset(text.len()));
    let mut marking = Marking::empty(span, Surface::Banner);
    marking.level = Some(LevelUse { level, span });
    Some(marking)
}

/// Whether a text is single capitals with a blank or hyphen between each two.
fn is_spaced(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut letters = 0;
    while let Some(letter) = bytes.next() {
        if !letter.is_ascii_uppercase() {
            return letter == b' ' && letters > 0 && bytes.len() > 0;
        }
        letters += 1;
        match bytes.next() {
            None => return letters > 3,
            Some(b' ' | b'-') => {}
            Some(_) => return false,
        }
    }
    false
}

/// Bytes at the start of a text that are words and numbers of a page.
fn furniture(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let word = rest.split_whitespace().next().unwrap_or_default();
        if !is_furniture(word) {
            return end;
        }
        let gap = rest.len() - rest.trim_start().len();
        end += gap + word.len();
        let rest = text.get(end..).unwrap_or_default();
        end += rest.len() - rest.trim_start().len();
    }
}

/// The same at the end.
fn furniture_at_end(text: &str) -> usize {
    let mut end = text.len();
    loop {
        let rest = text.get(..end).unwrap_or_default().trim_end();
        let word = rest.split_whitespace().next_back().unwrap_or_default();
        if !is_furniture(word) {
            return text.len() - rest.len();
        }
        end = rest.len() - word.len();
    }
}

fn is_furniture(word: &str) -> bool {
    let word = word.trim_matches(['-', '.', ':', ',', '|', '[', ']', '\u{2013}']);
    let numbered = !word.is_empty()
        && word.len() <= 9
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'/');
    numbered
        || PAGE_WORDS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
