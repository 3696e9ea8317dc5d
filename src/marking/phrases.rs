//! The phrases of a vocabulary's terms, all found in one pass over a text.
//!
//! The pass looks for one piece of each phrase, many bytes at once; only where one stands are the pieces
//! around it compared.

use super::terms::{Term, TermId};
use crate::text::Span;
use aho_corasick::packed::{Config, MatchKind, Searcher};
use aho_corasick::{AhoCorasick, Input, Span as Bytes};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// Bytes of a text that are folded to small letters at a time.
const CHUNK: usize = 16 * 1024;

/// Finds the phrases that stand in a text, capitals and line breaks aside.
#[derive(Debug, Clone)]
pub(super) struct Phrases {
    finder: Finder,
    /// For each piece that is looked for, the numbers of the phrases that it may belong to.
    by_piece: Vec<SmallVec<[u16; 2]>>,
    longest_piece: usize,
    /// In small letters.
    known: Vec<Phrase>,
    /// Terms with phrases, each with the numbers of its own.
    terms: Vec<(TermId, Range<usize>)>,
}

/// Finds pieces of phrases in a text of small letters.
#[derive(Debug, Clone)]
enum Finder {
    /// There are none.
    Nothing,
    Packed(Searcher),
    /// Where there are too many for that.
    Automaton(AhoCorasick),
}

/// A phrase, around the piece that it is found by.
#[derive(Debug, Clone)]
struct Phrase {
    before: Box<str>,
    rest: Box<str>,
}

/// The phrases of a vocabulary that stand in a text, by place.
#[derive(Debug, Default)]
pub struct StandingPhrases(Vec<(Span, u16)>);

impl Phrases {
    pub(super) fn of(terms: &[Term]) -> Self {
        let (mut phrases, mut with_phrases) = (Vec::new(), Vec::new());
        for (id, term) in (0u16..).map(TermId).zip(terms) {
            let first = phrases.len();
            phrases.extend(term.phrases.iter().map(|phrase| Phrase::of(phrase)));
            if phrases.len() > first {
                with_phrases.push((id, first..phrases.len()));
            }
        }
        let pieces = without_longer(phrases.iter().map(Phrase::piece).collect());
        let begins = |piece: &str| {
            let numbered = (0u16..).zip(&phrases);
            let own = numbered.filter(|(_, phrase)| phrase.piece().starts_with(piece));
            own.map(|(number, _)| number).collect()
        };
        Self {
            finder: Finder::of(&pieces),
            by_piece: pieces.iter().map(|piece| begins(piece)).collect(),
            longest_piece: pieces.iter().map(|piece| piece.len()).max().unwrap_or(0),
            known: phrases,
            terms: with_phrases,
        }
    }

    /// Every phrase that stands in a text.
    pub(super) fn find(&self, text: &str) -> StandingPhrases {
        let mut standing = Vec::new();
        let bytes = text.as_bytes();
        let mut folded = Vec::new();
        let starts = (0..bytes.len()).step_by(CHUNK);
        for base in starts.take_while(|_| !matches!(self.finder, Finder::Nothing)) {
            // A piece may reach into the next chunk.
            let end = (base + CHUNK + self.longest_piece).min(bytes.len());
            folded.clear();
            folded.extend_from_slice(bytes.get(base..end).unwrap_or_default());
            folded.make_ascii_lowercase();
            let mut from = 0;
            while let Some((piece, at)) =
                self.finder.find(&folded, from).filter(|own| own.1 < CHUNK)
            {
                from = at + 1;
                for &number in self.by_piece.get(piece).into_iter().flatten() {
                    let phrase = self.known.get(usize::from(number));
                    let place = phrase.and_then(|phrase| phrase.around(bytes, base + at));
                    standing.extend(place.map(|place| (place, number)));
                }
            }
        }
        standing.sort_unstable();
        StandingPhrases(standing)
    }

    /// The terms, in the order of the files, of which every phrase stands in a part of the text and
    /// outside of quotation marks there.
    pub(super) fn stated_within(
        &self,
        part: Span,
        text: &str,
        standing: &StandingPhrases,
    ) -> SmallVec<[TermId; 2]> {
        let first = standing.0.partition_point(|(at, _)| at.start < part.start);
        let near = standing.0.iter().skip(first);
        let near = near.take_while(|(at, _)| at.start < part.end);
        let mut within = near.filter(|(at, _)| at.end <= part.end).peekable();
        if within.peek().is_none() {
            return SmallVec::new();
        }
        let mut stands: SmallVec<[bool; 128]> = smallvec![false; self.known.len()];
        let (mut quotes, mut passed) = (Quotes::default(), part.start);
        for &(at, number) in within {
            let between = Span::new(passed, at.start);
            quotes.pass(text.get(between.range()).unwrap_or_default());
            passed = at.start;
            if let Some(stands) = stands.get_mut(usize::from(number)) {
                *stands |= !quotes.are_open();
            }
        }
        let is_whole = |own: &Range<usize>| {
            let own = stands.get(own.clone());
            own.is_some_and(|own| own.iter().all(|&stands| stands))
        };
        let whole = self.terms.iter().filter(|(_, own)| is_whole(own));
        whole.map(|&(id, _)| id).collect()
    }
}

impl Finder {
    fn of(pieces: &[&str]) -> Self {
        if pieces.is_empty() {
            return Self::Nothing;
        }
        let mut packed = Config::new()
            .match_kind(MatchKind::LeftmostFirst)
            .heuristic_pattern_limits(false)
            .builder();
        if let Some(searcher) = packed.extend(pieces).build() {
            return Self::Packed(searcher);
        }
        // It fails where there are so many that it would need gigabytes: then none is found.
        AhoCorasick::new(pieces).map_or(Self::Nothing, Self::Automaton)
    }

    /// The next piece from a byte on, and where it begins.
    fn find(&self, folded: &[u8], from: usize) -> Option<(usize, usize)> {
        let found = match self {
            Self::Nothing => None,
            Self::Packed(searcher) => searcher.find_in(folded, Bytes::from(from..folded.len())),
            Self::Automaton(automaton) => {
                automaton.find(Input::new(folded).span(from..folded.len()))
            }
        };
        found.map(|found| (found.pattern().as_usize(), found.start()))
    }
}

impl Phrase {
    /// A phrase, to be found by the longest of its pieces.
    fn of(phrase: &str) -> Self {
        let phrase = phrase.to_ascii_lowercase();
        let mut longest = 0..0;
        let mut start = 0;
        for piece in phrase.split_inclusive(' ') {
            let end = start + piece.trim_end_matches(' ').len();
            if end - start > longest.len() {
                longest = start..end;
            }
            start += piece.len();
        }
        let (before, rest) = phrase.split_at_checked(longest.start).unwrap_or_default();
        Self {
            before: before.into(),
            rest: rest.into(),
        }
    }

    /// The piece that it is found by.
    fn piece(&self) -> &str {
        self.rest.split(' ').next().unwrap_or_default()
    }

    /// Where it stands, if it does, in a text in which its piece begins at a byte.
    fn around(&self, text: &[u8], at: usize) -> Option<Span> {
        let (before, rest) = text.split_at_checked(at)?;
        let ahead = compared(self.before.bytes().rev(), before.iter().rev())?;
        let behind = compared(self.rest.bytes(), rest.iter())?;
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Some(Span::new(place(at - ahead), place(at + behind)))
    }
}

/// How many bytes of a text a phrase takes, from where both begin; any blanks and line breaks may stand
/// where it has a blank.
fn compared<'t>(
    phrase: impl Iterator<Item = u8>,
    text: impl ExactSizeIterator<Item = &'t u8>,
) -> Option<usize> {
    let all = text.len();
    let mut rest = text.peekable();
    for wanted in phrase {
        let found = rest.next()?;
        if wanted != b' ' {
            if !found.eq_ignore_ascii_case(&wanted) {
                return None;
            }
            continue;
        }
        if !found.is_ascii_whitespace() {
            return None;
        }
        while rest.next_if(|next| next.is_ascii_whitespace()).is_some() {}
    }
    Some(all - rest.len())
}

/// Pieces without those that another one begins: what is found by these is found by that.
fn without_longer(mut pieces: Vec<&str>) -> Vec<&str> {
    pieces.retain(|piece| !piece.is_empty());
    pieces.sort_unstable();
    let mut kept: Vec<&str> = Vec::new();
    for piece in pieces {
        if !kept
            .last()
            .is_some_and(|shorter| piece.starts_with(shorter))
        {
            kept.push(piece);
        }
    }
    kept
}

/// Quotation marks of a text, as far as it was passed.
#[derive(Debug, Default)]
struct Quotes {
    straight: usize,
    opening: usize,
    closing: usize,
}

impl Quotes {
    fn pass(&mut self, text: &str) {
        self.straight += memchr::memchr_iter(b'"', text.as_bytes()).count();
        self.opening += text.matches('\u{201c}').count();
        self.closing += text.matches('\u{201d}').count();
    }

    /// Whether a quotation that was opened is still open.
    const fn are_open(&self) -> bool {
        self.straight % 2 == 1 || self.opening > self.closing
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Phrase, Phrases, without_longer};
    use crate::marking::Vocabulary;
    use crate::problem::TextFile;

    const BOARD: &str = r#"
[vocabulary]
of = "statement"
title = "Statements of the Ferry Board (fictional)"
authority = "Board Order 5"
[[term]]
word = "ashore"
phrases = ["stays ashore", "at dusk"]
[[term]]
word = "short"
phrases = ["shor"]
"#;

    fn board() -> Vocabulary {
        let mut words = Vocabulary::default();
        let file = TextFile::new("board.toml", BOARD);
        words.add(toml::from_str(BOARD).unwrap(), &file).unwrap();
        words
    }

    fn places(text: &str) -> Vec<(u32, u32, u16)> {
        let found = Phrases::of(board().terms()).find(text);
        let places = found.0.iter();
        places
            .map(|(at, number)| (at.start, at.end, *number))
            .collect()
    }

    #[test]
    fn a_phrase_stands_where_its_pieces_do_whatever_is_between_them() {
        assert_eq!(places("it Stays \n ashore"), [(3, 17, 0), (12, 16, 2)]);
        assert_eq!(places("overstays ashores"), [(4, 16, 0), (11, 15, 2)]);
        assert_eq!(places("stays  ash ore, at  Dusk"), [(16, 24, 1)]);
        assert_eq!(places("at"), []);
        assert_eq!(places(""), []);
    }

    #[test]
    fn a_phrase_is_found_where_two_chunks_meet() {
        for gap in CHUNK - 20..CHUNK + 2 {
            let text = format!("{}at dusk", ".".repeat(gap));
            let at = u32::try_from(gap).unwrap();
            assert_eq!(places(&text), [(at, at + 7, 1)], "{gap}");
        }
    }

    #[test]
    fn a_phrase_is_found_by_its_longest_piece_and_that_by_what_begins_it() {
        let phrase = Phrase::of("At Dusk by the quay ");
        assert_eq!((&*phrase.before, phrase.piece()), ("at ", "dusk"));
        assert_eq!(
            without_longer(vec!["quays", "dusk", "quay", ""]),
            ["dusk", "quay"]
        );
    }
}
