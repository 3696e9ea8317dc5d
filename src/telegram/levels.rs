//! Levels as telegrams write them: in capitals or not, with blanks between the letters or not, misspelt or not.

use super::Reader;
use crate::marking::{LevelId, LevelUse, Marking, Scheme, Surface};
use crate::reading::Value;
use crate::text::Span;

/// Shortest misspelt level, in letters.
const SHORTEST_NEAR: usize = 5;

/// A level at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LevelAt {
    pub(super) level: LevelId,
    /// Bytes that it takes.
    pub(super) len: usize,
    pub(super) misspelt: bool,
}

/// The level that a text begins with, the longest spelling first.
pub(super) fn level_at(text: &str, scheme: &Scheme) -> Option<LevelAt> {
    let first = *text.as_bytes().first()?;
    let mut best: Option<LevelAt> = None;
    for (level, entry) in scheme.levels() {
        for spelling in entry.spellings.on(Surface::Header) {
            if !spelling.as_bytes().first()?.eq_ignore_ascii_case(&first) {
                continue;
            }
            if let Some(len) = spaced(text, spelling)
                && best.is_none_or(|other| other.len < len)
            {
                best = Some(LevelAt {
                    level,
                    len,
                    misspelt: false,
                });
            }
        }
    }
    best
}

/// The level that the words before a place misspell: at most two letters wrong, at most one in a short word.
pub(super) fn near_level(words: &str, scheme: &Scheme) -> Option<LevelId> {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|letter| !letter.is_whitespace());
        kept.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let written = letters(words);
    if written.len() < SHORTEST_NEAR {
        return None;
    }
    let near = scheme.levels().flat_map(|(level, entry)| {
        let spellings = entry.spellings.on(Surface::Header).iter();
        let written = &written;
        spellings.filter_map(move |spelling| {
            let spelling = letters(spelling);
            let most = if spelling.len() < 7 { 1 } else { 2 };
            let close = spelling.len().abs_diff(written.len()) <= most;
            let distance = close.then(|| strsim::osa_distance(&spelling, written))?;
            (distance <= most).then_some((distance, level))
        })
    });
    near.min().map(|(_, level)| level)
}

/// Where a spelling ends in a text that begins with it, blanks between letters allowed.
fn spaced(text: &str, spelling: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for wanted in spelling.bytes().filter(|&byte| byte != b' ') {
        while at > 0 && bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        if !bytes.get(at)?.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        at += 1;
    }
    let next = bytes.get(at);
    next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        .then_some(at)
}

/// A marking that states a level and nothing else.
pub(super) fn level_marking(level: LevelId, span: Span) -> Value {
    let mut marking = Marking::empty(span, Surface::Header);
    marking.level = Some(LevelUse { level, span });
    Value::Marking(Box::new(marking))
}

/// With which two letters levels begin: for each first letter the second ones, a bit for each. Capitals
/// do not matter.
#[derive(Debug)]
pub(super) struct FirstLetters([u32; 32]);

impl FirstLetters {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let mut all = Self([0; 32]);
        let levels = scheme.levels();
        for spelling in levels.flat_map(|(_, level)| level.spellings.on(Surface::Header)) {
            let (first, seconds) = Self::read(spelling);
            if let Some(own) = all.0.get_mut(first) {
                *own |= seconds;
            }
        }
        all
    }

    /// Whether a text may begin with a level. Most lines are of the text, and their letters tell.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        let (first, seconds) = Self::read(text);
        self.0.get(first).is_some_and(|own| own & seconds != 0)
    }

    /// The first letter of a text, and the bit of the next one; every bit where there is none.
    fn read(text: &str) -> (usize, u32) {
        let (first, second) = match *text.as_bytes() {
            [first, second, ..] if first != b' ' && second != b' ' => (first, second),
            _ => {
                let mut letters = text.bytes().filter(|&byte| byte != b' ');
                let mut next = || letters.next().unwrap_or_default();
                (next(), next())
            }
        };
        let bits = if second.is_ascii_alphabetic() {
            1 << (second % 32)
        } else {
            u32::MAX
        };
        (usize::from(first % 32), bits)
    }
}

impl Reader<'_> {
    /// The level that a line begins with.
    pub(super) fn level_at(&self, text: &str) -> Option<LevelAt> {
        if !self.level_letters.may_begin(text) {
            return None;
        }
        level_at(text, self.scheme)
    }

    /// The level that a whole line is.
    pub(super) fn level_alone(&self, text: &str) -> Option<LevelId> {
        let found = self.level_at(text)?;
        (found.len == text.len()).then_some(found.level)
    }
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn a_spelling_is_found_with_and_without_blanks() {
        assert_eq!(spaced("G U A R D E D ZENDA", "GUARDED"), Some(13));
        assert_eq!(spaced("Guarded zenda", "GUARDED"), Some(7));
        assert_eq!(spaced("OPEN Q U A Y", "OPEN QUAY"), Some(12));
        assert_eq!(spaced("GUARDEDX", "GUARDED"), None);
    }
}
