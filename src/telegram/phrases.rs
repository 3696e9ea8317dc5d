//! Every known phrase of the vocabularies, found in one pass over the text.
//!
//! A phrase may be wrapped over lines, joined by dashes, and written in any case: the pass finds its
//! longest words, and the words around them are then compared one by one. A notice may be misspelt.

use super::lexicon::Kind;
use super::words::Words;
use crate::marking::TermId;
use crate::text::{KnownWords, Span};
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// Most bytes between two words of a phrase.
const WIDEST_GAP: usize = 24;

/// Most letters that may be wrong in a phrase.
const MOST_WRONG: usize = 3;

/// A phrase that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) kind: Kind,
    pub(super) term: TermId,
    /// Which of the term's phrases it is.
    pub(super) phrase: u8,
    pub(super) span: Span,
    /// Whether letters of it are wrong.
    pub(super) near: bool,
}

#[derive(Debug)]
struct Phrase {
    kind: Kind,
    term: TermId,
    index: u8,
    words: Vec<String>,
    /// Whether it begins, or ends, with a bracket.
    bracketed: bool,
    /// Whether a number must follow.
    numbered: bool,
}

/// The phrases of a lexicon, and the words by which they are found.
#[derive(Debug)]
pub(super) struct Phrases {
    words: KnownWords,
    /// For each of the words, the phrases it is in and its place there.
    anchors: Vec<SmallVec<[(u16, u8); 2]>>,
    known: Vec<Phrase>,
}

impl Phrases {
    /// Compiles the phrases of every vocabulary whose words stand in running text.
    pub(super) fn new<'w>(words: impl Fn(Kind) -> &'w Words) -> Self {
        let mut phrases = Vec::new();
        let with_phrases = [Kind::Notice, Kind::Stamp, Kind::Wording];
        let with_words = [Kind::Heading, Kind::Pointer, Kind::Label];
        for kind in with_phrases.into_iter().chain(with_words) {
            for (id, term) in words(kind).terms() {
                let in_text = kind != Kind::Label || term.is_in("authority");
                if with_phrases.contains(&kind) {
                    for (index, phrase) in (0u8..).zip(&term.phrases) {
                        phrases.extend(Phrase::of(kind, id, index, phrase));
                    }
                } else if in_text {
                    for spelling in std::iter::once(&term.word).chain(&term.also) {
                        phrases.extend(Phrase::of(kind, id, 0, spelling));
                    }
                }
            }
        }
        Self::compile(phrases)
    }

    fn compile(phrases: Vec<Phrase>) -> Self {
        let mut by_word: BTreeMap<&str, SmallVec<[(u16, u8); 2]>> = BTreeMap::new();
        for (number, phrase) in (0u16..).zip(&phrases) {
            for (place, word) in phrase.anchors() {
                by_word.entry(word).or_default().push((number, place));
            }
        }
        let (found, anchors): (Vec<&str>, Vec<_>) = by_word.into_iter().unzip();
        Self {
            words: KnownWords::new(found),
            anchors,
            known: phrases,
        }
    }

    /// Every phrase that stands in a text, by place.
    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.words.each(text, |word, found| {
            let anchors = self.anchors.get(word);
            for &(number, place) in anchors.into_iter().flatten() {
                let Some(phrase) = self.known.get(usize::from(number)) else {
                    continue;
                };
                let place = usize::from(place);
                if let Some((span, near)) = phrase.around(text, place, found.start, found.end) {
                    hits.push(Hit {
                        kind: phrase.kind,
                        term: phrase.term,
                        phrase: phrase.index,
                        span,
                        near,
                    });
                }
            }
        });
        hits.sort_by_key(|hit| (hit.span, hit.kind, hit.term, hit.phrase, hit.near));
        hits.dedup_by_key(|hit| (hit.span, hit.kind, hit.term, hit.phrase));
        hits
    }
}

impl Phrase {
    fn of(kind: Kind, term: TermId, index: u8, phrase: &str) -> Option<Self> {
        let words: Vec<String> = phrase
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_uppercase)
            .collect();
        (!words.is_empty()).then_some(Self {
            kind,
            term,
            index,
            words,
            bracketed: phrase.starts_with('('),
            numbered: phrase.ends_with('#'),
        })
    }

    /// The words by which it is found: the longest, and for a notice the second longest as well, so
    /// that either may be misspelt.
    fn anchors(&self) -> impl Iterator<Item = (u8, &str)> {
        let mut words: Vec<(u8, &str)> =
            (0u8..).zip(self.words.iter().map(String::as_str)).collect();
        words.sort_by_key(|(place, word)| (std::cmp::Reverse(word.len()), *place));
        let most = if self.kind == Kind::Notice { 2 } else { 1 };
        let long = |&(_, word): &(u8, &str)| word.len() > 4;
        let mut long_ones: Vec<_> = words.iter().copied().filter(long).take(most).collect();
        if long_ones.is_empty() {
            long_ones.extend(words.first().copied());
        }
        long_ones.into_iter()
    }

    /// Compares the words around one of its own; gives where the phrase stands, and whether it is misspelt.
    fn around(&self, text: &str, place: usize, start: usize, end: usize) -> Option<(Span, bool)> {
        let mut wrong = 0;
        let (mut first, mut last) = (start, end);
        for word in self.words.get(..place)?.iter().rev() {
            let range = word_before(text, first)?;
            wrong += self.difference(word, text.get(range.clone())?)?;
            first = range.start;
        }
        for word in self.words.get(place + 1..)? {
            let range = word_after(text, last)?;
            wrong += self.difference(word, text.get(range.clone())?)?;
            last = range.end;
        }
        if self.bracketed
            && !(text.get(..first)?.ends_with('(') && text.get(last..)?.starts_with(')'))
        {
            return None;
        }
        if self.numbered && !introduces_number(text.get(last..)?) {
            return None;
        }
        (wrong <= MOST_WRONG).then(|| (Span::new(offset(first), offset(last)), wrong > 0))
    }

    /// How many letters of a word are wrong; `None` where it is another word.
    fn difference(&self, wanted: &str, found: &str) -> Option<usize> {
        if wanted.eq_ignore_ascii_case(found) {
            return Some(0);
        }
        if self.kind != Kind::Notice || wanted.len() < 6 || wanted.len().abs_diff(found.len()) > 2 {
            return None;
        }
        let distance = strsim::osa_distance(wanted, &found.to_ascii_uppercase());
        (distance <= 2).then_some(distance)
    }
}

/// Whether the text behind a phrase is a number, or the mark that stands before one.
fn introduces_number(behind: &str) -> bool {
    let next = behind.trim_start_matches([' ', '\t']).bytes().next();
    next.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'#'))
}

/// The next word, over at most one line end.
fn word_after(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let rest = bytes.get(from..)?;
    let gap = rest
        .iter()
        .take(WIDEST_GAP + 1)
        .position(u8::is_ascii_alphanumeric)?;
    let lines = memchr::memchr_iter(b'\n', rest.get(..gap)?).count();
    let start = from + gap;
    let letters = bytes
        .get(start..)?
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric());
    let end = start + letters.count();
    (gap > 0 && lines < 2).then_some(start..end)
}

/// The word before, over at most one line end.
fn word_before(text: &str, to: usize) -> Option<std::ops::Range<usize>> {
    let before = text.as_bytes().get(..to)?;
    let mut back = before.iter().rev();
    let gap = back
        .by_ref()
        .take(WIDEST_GAP + 1)
        .position(u8::is_ascii_alphanumeric)?;
    let end = to - gap;
    let lines = memchr::memchr_iter(b'\n', before.get(end..)?).count();
    let letters = before
        .get(..end)?
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric());
    let start = end - letters.count();
    (gap > 0 && lines < 2).then_some(start..end)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
